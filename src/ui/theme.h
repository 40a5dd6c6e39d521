/*
 * theme.h - how a role looks: colours and attributes as data. Knows no curses; term.c turns these
 * into pairs.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_THEME_H
#define WHYTLS_UI_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "canvas.h"

enum { COLOUR_DEFAULT = -1 };
enum { STYLE_BOLD = 1, STYLE_UNDERLINE = 2, STYLE_REVERSE = 4 };

/* A colour for terminals of 8 colours (0-7) and one for those of 256. */
struct colour {
    short basic, rich;
};

struct style {
    struct colour fg, bg;
    unsigned attributes;
};

struct theme {
    const char *name;
    const char *words; /* what it is for, in a line */
    bool has_colour;
    struct style styles[ROLE_COUNT];
};

const struct theme *theme_at(size_t i);           /* NULL past the end */
const struct theme *theme_find(const char *name); /* NULL where unknown */
/*
 * NO_COLOR (any value but the empty one) gives mono, whatever the name; an unknown name gives the
 * default: a bad theme never stops the program.
 */
const struct theme *theme_choose(const char *name, const char *no_color);

#endif
