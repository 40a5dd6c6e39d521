/*
 * theme_look.c - what a theme comes to on a terminal: numbers at each depth, contrast, words for
 * people. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "colour.h"

enum { BRIGHT = 8, BLACK = 0x000000, WHITE = 0xffffff, PALETTE_OF_DIRECT = 8 };

static int at_depth(struct colour c, enum colour_depth depth)
{
    switch (depth) {
    case DEPTH_8:
        return c.at8;
    case DEPTH_16:
        return c.at16;
    case DEPTH_256:
        return c.at256;
    case DEPTH_DIRECT: /* its first numbers are a palette yet: nearly black is black then */
        return c.rgb >= 0 && c.rgb < PALETTE_OF_DIRECT ? BLACK : c.rgb;
    default:
        return COLOUR_DEFAULT;
    }
}

struct look theme_look(const struct theme *t, enum role r, enum colour_depth depth)
{
    const struct style *s = &t->styles[r < ROLE_COUNT ? r : ROLE_TEXT];
    struct look look = {
        .fg = at_depth(s->fg, depth), .bg = at_depth(s->bg, depth), .attributes = s->attributes};
    if (depth != DEPTH_8)
        return look;
    if (look.fg >= BRIGHT) {
        look.fg -= BRIGHT;
        look.attributes |= STYLE_BOLD;
    }
    if (look.bg >= BRIGHT)
        look.bg -= BRIGHT;
    return look;
}

bool theme_is_plain(const struct theme *t)
{
    for (int i = 0; i < ROLE_COUNT * DEPTH_COUNT; i++) {
        struct look look =
            theme_look(t, (enum role)(i / DEPTH_COUNT), (enum colour_depth)(i % DEPTH_COUNT));
        if (look.fg != COLOUR_DEFAULT || look.bg != COLOUR_DEFAULT)
            return false;
    }
    return true;
}

static int32_t shown(int number, enum colour_depth depth, int32_t otherwise)
{
    if (number == COLOUR_DEFAULT)
        return otherwise;
    return depth == DEPTH_DIRECT ? number : colour_of_index(number);
}

/* Where the terminal's own background is of this colour, its text is of the opposite one. */
static double contrast_on(struct look look, enum colour_depth depth, int32_t background)
{
    return colour_contrast(shown(look.fg, depth, WHITE - background),
                           shown(look.bg, depth, background));
}

double theme_contrast(const struct theme *t, enum role r, enum colour_depth depth)
{
    struct look look = theme_look(t, r, depth);
    double on_black = contrast_on(look, depth, BLACK), on_white = contrast_on(look, depth, WHITE);
    return t->background == BACKGROUND_DARK    ? on_black
           : t->background == BACKGROUND_LIGHT ? on_white
                                               : fmin(on_black, on_white);
}

/* ---- words -------------------------------------------------------------------------------- */

void theme_colour_words(struct colour c, char *out, size_t out_size)
{
    if (c.rgb == COLOUR_DEFAULT)
        snprintf(out, out_size, "default");
    else if (c.at256 >= 0 && c.at256 < 16)
        snprintf(out, out_size, "%s", colour_name_at((size_t)c.at256 + 1));
    else
        snprintf(out, out_size, "#%06X (%d)", (unsigned)c.rgb, c.at256);
}

void theme_attribute_words(unsigned attributes, char *out, size_t out_size)
{
    snprintf(out, out_size, "%s%s%s", attributes & STYLE_BOLD ? "bold " : "",
             attributes & STYLE_UNDERLINE ? "underline " : "",
             attributes & STYLE_REVERSE ? "reverse " : "");
    size_t n = strlen(out);
    if (n > 0)
        out[n - 1] = '\0';
    else
        snprintf(out, out_size, "-");
}
