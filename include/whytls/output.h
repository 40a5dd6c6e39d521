/*
 * output.h - the three descriptors that a program is given, and what becomes of what it prints: all
 * of it arrives, or the exit code says that it did not. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_OUTPUT_H
#define WHYTLS_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Call first of all. Opens /dev/null where descriptor 0, 1 or 2 is closed, so that no file or
 * socket of ours becomes one of them (libuv aborts then), the wrong way round as gnulib's stdopen
 * does: reading or writing still fails with EBADF, and is noticed. A closed pipe and a file that
 * may not grow become errors of write (EPIPE, EFBIG), not signals. False with errno.
 */
bool output_begin(void);

/* In a child that was forked: the signals as they were before output_begin. */
void output_begin_child(void);

/* All of these bytes to standard output, behind what was printed before. False with errno. */
bool output_write(const char *bytes, size_t n);

/*
 * Call last: ends the trace (trace.h) and closes standard output, as close_stdout of GNU coreutils
 * does. Returns code, or EX_IOERR where code is an answer (below EX__BASE of sysexits.h) and not
 * all that was printed on standard output or error has arrived; a line on standard error says so
 * where it can.
 */
int output_end(int code);

#endif
