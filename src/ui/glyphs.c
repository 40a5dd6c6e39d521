/*
 * glyphs.c - the two sets of drawing characters: see glyphs.h. Constant tables only.
 * SPDX-License-Identifier: MIT
 */
#include "glyphs.h"

static const struct glyphs sets[] = {
    {
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

const struct glyphs *glyphs_get(bool ascii)
{
    return &sets[ascii ? 0 : 1];
}
