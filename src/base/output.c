/*
 * output.c - the three descriptors that a program is given, and whether what it printed arrived:
 * see output.h. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "whytls/file.h"
#include "whytls/trace.h"
#include "whytls/message.h"

static const int write_signals[] = {SIGPIPE, SIGXFSZ};

static void set_write_signals(void (*handler)(int))
{
    for (size_t i = 0; i < sizeof(write_signals) / sizeof(write_signals[0]); i++)
        signal(write_signals[i], handler);
}

bool output_begin(void)
{
    /* A read from it, or a write to it, fails. */
    static const int wrong_way[] = {
        [STDIN_FILENO] = O_WRONLY, [STDOUT_FILENO] = O_RDONLY, [STDERR_FILENO] = O_RDONLY};
    set_write_signals(SIG_IGN);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) >= 0)
            continue;
        if (open("/dev/null", wrong_way[fd]) != fd) /* POSIX: the lowest that is free */
            return false;
    }
    return true;
}

void output_begin_child(void)
{
    set_write_signals(SIG_DFL);
}

bool output_write(const char *bytes, size_t n)
{
    return fflush(stdout) == 0 && file_write_all(STDOUT_FILENO, bytes, n);
}

int output_end(int code)
{
    bool is_lost = ferror(stdout);
    trace_end();
    errno = 0;
    is_lost = fclose(stdout) != 0 || is_lost;
    if (is_lost && errno)
        fprintf(stderr, message("whytls: the output could not be written: %s\n"), strerror(errno));
    else if (is_lost)
        fputs(message("whytls: the output could not be written\n"), stderr);
    is_lost = is_lost || ferror(stderr);
    return is_lost && code < EX__BASE ? EX_IOERR : code;
}
