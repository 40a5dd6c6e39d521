/*
 * local_file.h - this computer's own files, bounded; file.h reads them. Private to src/local.
 * SPDX-License-Identifier: MIT
 */
#ifndef LOCAL_FILE_H
#define LOCAL_FILE_H

#include <stdbool.h>

/*
 * Calls fn with the path of each regular file below dir, folders at most depth deep, in the order
 * of their names, so that the same computer gives the same facts twice. At most 4096 entries are
 * read. False: a folder was left out for want of memory.
 */
bool local_file_walk(const char *dir, int depth, void (*fn)(void *ctx, const char *path),
                     void *ctx);

#endif
