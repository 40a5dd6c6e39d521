/*
 * app_restore.h - the terminal is given back even where the program crashes or is killed: what to
 * write is made up beforehand.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_RESTORE_H
#define WHYTLS_UI_RESTORE_H

#include <termios.h>

/* Before curses: it takes only those signals that nobody else has taken. */
void restore_catch_signals(void);
void restore_release_signals(void);

/* What is to be written then, a piece after another, and the settings to go back to; then it
 * counts. */
void restore_begin(const struct termios *before);
void restore_append(const char *sequence);
void restore_arm(void);
void restore_disarm(void);

#endif
