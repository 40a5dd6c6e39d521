/*
 * colour.c - names, xterm's palette and contrast: see colour.h. Pure.
 * Sources: xterm's 256colres.pl (6 x 6 x 6 cube, 24 greys) and XTerm-col.ad (the first 16); WCAG
 * 2.1, "relative luminance".
 * SPDX-License-Identifier: MIT
 */
#include "colour.h"

#include <math.h>
#include <string.h>

#include "whytls/ascii.h"

enum { CUBE = 16, GREYS = 232, PALETTE = 256 };

static const struct {
    const char *name;
    int32_t rgb;
} basic[] = {
    {"black", 0x000000},       {"red", 0xcd0000},           {"green", 0x00cd00},
    {"yellow", 0xcdcd00},      {"blue", 0x0000ee},          {"magenta", 0xcd00cd},
    {"cyan", 0x00cdcd},        {"white", 0xe5e5e5},         {"brightblack", 0x7f7f7f},
    {"brightred", 0xff0000},   {"brightgreen", 0x00ff00},   {"brightyellow", 0xffff00},
    {"brightblue", 0x5c5cff},  {"brightmagenta", 0xff00ff}, {"brightcyan", 0x00ffff},
    {"brightwhite", 0xffffff},
};

enum { BASIC_COUNT = sizeof(basic) / sizeof(basic[0]) };

const char *colour_name_at(size_t i)
{
    return i == 0 ? "default" : i <= BASIC_COUNT ? basic[i - 1].name : NULL;
}

int colour_by_name(const char *name)
{
    for (size_t i = 0; colour_name_at(i); i++)
        if (strcmp(colour_name_at(i), name) == 0)
            return (int)i - 1;
    return COLOUR_UNKNOWN;
}

int32_t colour_by_hex(const char *text)
{
    if (text[0] != '#' || strlen(text) != 7 || strspn(text + 1, "0123456789abcdefABCDEF") != 6)
        return COLOUR_UNKNOWN;
    int32_t rgb = 0;
    for (text++; *text; text++)
        rgb = rgb * 16 + ascii_hex_value(*text);
    return rgb;
}

int32_t colour_of_index(int index)
{
    static const int32_t levels[] = {0, 95, 135, 175, 215, 255};
    if (index < CUBE)
        return basic[index < 0 ? 0 : index].rgb;
    if (index >= GREYS) {
        int32_t grey = 8 + 10 * (index < PALETTE ? index - GREYS : PALETTE - 1 - GREYS);
        return grey << 16 | grey << 8 | grey;
    }
    int n = index - CUBE;
    return levels[n / 36] << 16 | levels[n / 6 % 6] << 8 | levels[n % 6];
}

static int32_t channel(int32_t rgb, int i)
{
    return rgb >> (8 * i) & 0xff;
}

int colour_nearest(int32_t rgb, int first, int last)
{
    int32_t least = INT32_MAX;
    int found = first;
    for (int index = first; index <= last; index++) {
        int32_t far = 0;
        for (int i = 0; i < 3; i++) {
            int32_t d = channel(rgb, i) - channel(colour_of_index(index), i);
            far += d * d;
        }
        if (far < least) {
            least = far;
            found = index;
        }
    }
    return found;
}

void colour_complete(struct colour *c)
{
    if (c->rgb == COLOUR_UNKNOWN) {
        int index = c->at256 != COLOUR_UNKNOWN  ? c->at256
                    : c->at16 != COLOUR_UNKNOWN ? c->at16
                    : c->at8 != COLOUR_UNKNOWN  ? c->at8
                                                : COLOUR_DEFAULT;
        c->rgb = index >= 0 ? colour_of_index(index) : COLOUR_DEFAULT;
    }
    bool is_default = c->rgb == COLOUR_DEFAULT;
    if (c->at256 == COLOUR_UNKNOWN)
        c->at256 = is_default ? COLOUR_DEFAULT : colour_nearest(c->rgb, CUBE, PALETTE - 1);
    if (c->at16 == COLOUR_UNKNOWN)
        c->at16 = is_default ? COLOUR_DEFAULT : colour_nearest(c->rgb, 0, BASIC_COUNT - 1);
    if (c->at8 == COLOUR_UNKNOWN)
        c->at8 = c->at16;
}

/* ---- contrast ----------------------------------------------------------------------------- */

static double linear(int32_t level)
{
    double c = level / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(int32_t rgb)
{
    return 0.2126 * linear(channel(rgb, 2)) + 0.7152 * linear(channel(rgb, 1)) +
           0.0722 * linear(channel(rgb, 0));
}

double colour_contrast(int32_t a, int32_t b)
{
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}
