/*
 * term.h - the terminal: painting a grid, reading keys. Only term.c includes curses.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_TERM_H
#define WHYTLS_UI_TERM_H

#include <stdbool.h>

#include "../canvas.h"
#include "whytls/theme.h"

struct display;

/* NULL where a screen can be had; else why not: no sentence, to be put into one. */
const char *term_why_not(void);
/* False: outside a UTF-8 locale, so the ASCII glyph set is due. */
bool term_is_utf8(void);

/* The terminal once more, for a loop to watch; -1: none. The caller closes it. */
int term_open_to_watch(void);

/* NULL where it can't be opened. One at a time: a terminal is one thing. */
struct display *term_open(const struct theme *theme);
/* From now on it looks so; the next grid is painted whole. The theme is not kept. */
void term_set_theme(struct display *t, const struct theme *theme);
/* The terminal is as it was. NULL is allowed. */
void term_close(struct display *t);

/* Clicks and the wheel as keys, or not. False: this terminal tells nothing of its mouse. */
bool term_set_mouse(struct display *t, bool is_on);

void term_size(const struct display *t, int *width, int *height);
/* After SIGWINCH: asks for the new size, and paints all of the next grid. */
void term_resize(struct display *t);
/* Paints what differs from the grid before, and puts the hardware cursor. */
void term_paint(struct display *t, const struct grid *g);
/* Puts text into the clipboard by the terminal's own way (OSC 52); false: it says that it has none.
 */
bool term_copy(struct display *t, const char *text);
/* The next paint paints everything. */
void term_redraw(struct display *t);
/* The next key (an enum ui_key or a character); UI_KEY_NONE where none is waiting. Never waits. */
unsigned term_read(struct display *t);
/* Readable when keys are waiting; for the loop to watch, never to read. */
int term_poll_fd(const struct display *t);
/* Asked when it is readable: true where that means that the terminal has gone. */
bool term_is_gone(const struct display *t);
/* Gives the terminal back and stops this process; returns where the shell continues it. */
void term_suspend(struct display *t);
/* After SIGCONT: takes the terminal again. term_resize is due then. */
void term_resume(struct display *t);

#endif
