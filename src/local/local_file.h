/*
 * local_file.h - reading this computer's own files, bounded. Private to src/local.
 * SPDX-License-Identifier: MIT
 */
#ifndef LOCAL_FILE_H
#define LOCAL_FILE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A whole regular file, NUL-terminated; caller frees. NULL with errno: not there, not regular (a
 * FIFO or a device would hold us up), or EFBIG where it is longer than max bytes.
 */
char *local_file_read(const char *path, size_t max, size_t *len);

/*
 * Calls fn with the path of each regular file below dir, folders at most depth deep, in the order
 * of their names, so that the same computer gives the same facts twice. At most 4096 entries are
 * read.
 */
void local_file_walk(const char *dir, int depth, void (*fn)(void *ctx, const char *path),
                     void *ctx);

#endif
