/*
 * app_restore.c - gives the terminal back after a crash: see app_restore.h. A signal handler may
 * compute nothing: it writes bytes that are ready. Knows no curses.
 * SPDX-License-Identifier: MIT
 */
#include "app_restore.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { RESTORE_SIZE = 512 };

static const int fatal_signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE,
                                    SIGILL,  SIGTERM, SIGHUP, SIGQUIT};

/* What the signal handler may touch: the one mutable state that is in no struct. */
static struct {
    volatile sig_atomic_t is_armed;
    char bytes[RESTORE_SIZE];
    size_t n;
    struct termios before;
} restore;

static void restore_and_die(int signal_number)
{
    if (restore.is_armed) {
        restore.is_armed = 0;
        ssize_t written = write(STDOUT_FILENO, restore.bytes, restore.n);
        (void)written;
        tcsetattr(STDIN_FILENO, TCSANOW, &restore.before);
    }
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

void restore_begin(const struct termios *before)
{
    restore.n = 0;
    restore.before = *before;
}

void restore_append(const char *sequence)
{
    size_t n = strlen(sequence);
    if (restore.n + n > sizeof(restore.bytes))
        return;
    memcpy(restore.bytes + restore.n, sequence, n);
    restore.n += n;
}

void restore_arm(void)
{
    restore.is_armed = 1;
}

void restore_disarm(void)
{
    restore.is_armed = 0;
}

void restore_catch_signals(void)
{
    struct sigaction action = {.sa_handler = restore_and_die, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof(fatal_signals) / sizeof(fatal_signals[0]); i++) {
        struct sigaction now;
        if (sigaction(fatal_signals[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL)
            sigaction(fatal_signals[i], &action, NULL);
    }
}

void restore_release_signals(void)
{
    for (size_t i = 0; i < sizeof(fatal_signals) / sizeof(fatal_signals[0]); i++) {
        struct sigaction now;
        if (sigaction(fatal_signals[i], NULL, &now) == 0 && now.sa_handler == restore_and_die)
            signal(fatal_signals[i], SIG_DFL);
    }
}
