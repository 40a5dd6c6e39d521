/*
 * file.h - the bytes of a file that somebody else may have put there; and all of ours into one.
 * Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_FILE_H
#define WHYTLS_FILE_H

#include <stdbool.h>

#include "whytls/buf.h"

/*
 * All of a regular file, up to the ceiling of out. False with errno: EISDIR or EINVAL where it is
 * no regular file, EFBIG where it is larger; a pipe of that name holds nobody up. Caller ends out
 * either way.
 */
bool file_read(const char *path, struct buf *out);

/* All of these bytes. False with errno. The caller closes. */
bool file_write_all(int fd, const char *bytes, size_t n);

#endif
