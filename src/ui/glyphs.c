/*
 * glyphs.c - the two sets of drawing characters: see glyphs.h. Constant tables only.
 * SPDX-License-Identifier: MIT
 */
#include "glyphs.h"

static const struct glyphs sets[] = {
    {
        .is_ascii = true,
        .rule = "-",
        .bar = "|",
        .pointer = ">",
        .walked = "=",
        .not_taken = "-",
        .here = "*",
        .out = "-->",
        .in = "<--",
    },
    {
        .rule = "─",
        .bar = "│",
        .pointer = "▶",
        .walked = "━",
        .not_taken = "┄",
        .here = "*",
        .out = "──▶",
        .in = "◀──",
    },
};

#define BLANK                                                                                      \
    .rule = " ", .bar = " ", .pointer = " ", .walked = " ", .not_taken = " ", .here = " ",         \
    .out = " ", .in = " "

/* No lines: they flicker and smear where a screen is sent as a film. */
#define PRESENTER                                                                                  \
    .rule = " ", .bar = " ", .pointer = ">", .walked = "=", .not_taken = "-", .here = "*",         \
    .out = "-->", .in = "<--"

static const struct glyphs blank[] = {{.is_ascii = true, BLANK}, {.is_ascii = false, BLANK}};

const struct glyphs *glyphs_get(bool ascii)
{
    return &sets[ascii ? 0 : 1];
}

static const struct glyphs presenter[] = {{.is_ascii = true, PRESENTER},
                                          {.is_ascii = false, PRESENTER}};

const struct glyphs *glyphs_for_presenter(bool ascii)
{
    return &presenter[ascii ? 0 : 1];
}

const struct glyphs *glyphs_for_list(bool ascii)
{
    return &blank[ascii ? 0 : 1];
}
