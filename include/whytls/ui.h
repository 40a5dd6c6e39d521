/*
 * ui.h - the wizard. Everything under src/ui draws from const models to a grid of cells; one file
 * alone (src/ui/app/term.c) knows curses.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_H
#define WHYTLS_UI_H

#include <stdbool.h>
#include <stddef.h>

#include "whytls/theme.h"

struct config;
struct request;
struct evidence;

struct ui_start {
    const struct request *request;  /* what to check at once; NULL: the welcome page */
    const struct request *defaults; /* options for targets that are typed on the welcome page */
    struct evidence *take_case;     /* a saved case to show; the ui frees it; or NULL */
    bool as_list; /* no screen: pages as lines, choices by number; needs a terminal all the same */
    const struct theme *theme;   /* NULL: the default */
    enum colour_when color;      /* heard by the themes that are chosen later */
    const struct config *config; /* what the settings page begins with; NULL: nothing */
    const char *notice;          /* shown on the first page until a key is pressed; NULL: nothing */
};

/* Why a screen can't be had: NULL where it can. "TERM=dumb can't move its cursor" ... */
const char *ui_why_not(void);

/*
 * Runs until the user leaves. Returns an exit code: 0; 70 where there is no memory or no terminal;
 * 128 and a signal's number; as a list that of `check` (0 to 3) in place of 0. The terminal is as
 * it was.
 */
int ui_run(const struct ui_start *start);

#endif
