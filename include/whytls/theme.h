/*
 * theme.h - how each role looks: colours and attributes, from JSON files (doc/themes.md) of the
 * user, of the system, and of our own, which are compiled in. Knows no curses and no terminal.
 * Contrast is that of WCAG 2.1, "relative luminance" and "contrast ratio".
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_THEME_H
#define WHYTLS_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "whytls/json_doc.h"
#include "whytls/role.h"

enum {
    THEME_NAME = 64, /* bytes with the NUL, as all sizes here */
    THEME_WORDS = 96,
    THEME_PATH = 512,
    THEME_MAX_BYTES = 64 * 1024,
    THEME_MAX_DEPTH = 8, /* of extends */
    THEME_MAX_VARS = 64,
    THEME_MAX_LIST = 64,
};

/* How many colours a terminal has. */
enum colour_depth { DEPTH_MONO, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_DIRECT, DEPTH_COUNT };

enum { COLOUR_DEFAULT = -1 }; /* the terminal's own */
enum { STYLE_BOLD = 1, STYLE_UNDERLINE = 2, STYLE_REVERSE = 4 };

/* One colour as each kind of terminal has it; COLOUR_DEFAULT each where it is the terminal's own.
 */
struct colour {
    int at8, at16; /* 0-15; 8-15 is the bright one, at a depth of 8 by boldness */
    int at256;
    int32_t rgb; /* 0xRRGGBB */
};

struct style {
    struct colour fg, bg;
    unsigned attributes; /* STYLE_ bits */
};

/* What a theme takes the terminal's own background for. */
enum theme_background { BACKGROUND_ANY, BACKGROUND_DARK, BACKGROUND_LIGHT };

struct theme {
    char name[THEME_NAME];   /* of its file, without .json */
    char title[THEME_WORDS]; /* what it calls itself */
    char about[THEME_WORDS]; /* what it is for */
    char from[THEME_PATH];   /* its file; "": compiled in */
    enum theme_background background;
    bool is_ascii; /* wants the ASCII signs */
    struct style styles[ROLE_COUNT];
};

/* ---- having one ------------------------------------------------------------------------------ */

/* The one that is compiled in as default-dark. False: no memory for it, and each role has the
 * terminal's own colours. */
bool theme_default(struct theme *t);
/*
 * By name, or by file where `which` has a slash or ends in .json. Names are looked for in
 * $XDG_CONFIG_HOME/whytls/themes, then in $WHYTLS_DATADIR/themes (by default $(datadir)/whytls),
 * then among those compiled in. False where it can't be used: the report says why, *t is as it was.
 */
bool theme_load(const char *which, struct theme *t, struct json_report *report);
/* The same from bytes; `name` is for messages. What it extends is looked for as above. */
bool theme_read(const char *name, const char *bytes, size_t n, struct theme *t,
                struct json_report *report);

/* ---- choosing one ---------------------------------------------------------------------------- */

enum colour_when { COLOUR_AUTO, COLOUR_NEVER, COLOUR_ALWAYS };

struct theme_wish {
    const char *option; /* --theme; NULL: not given */
    const char *config; /* what the configuration says; NULL or "": nothing */
    enum colour_when when;
};

/*
 * No colour by `when`, else by a NO_COLOR that is not empty (no-color.org) where that is AUTO:
 * mono. Else the option, $WHYTLS_THEME, the configuration; else default-dark, or linux-console
 * where TERM is that. One that can't be used gives the default, and the report says why: a bad
 * theme never stops the program.
 */
void theme_choose(const struct theme_wish *wish, struct theme *t, struct json_report *report);
/* Whether colours are forbidden, whatever the theme. */
bool theme_is_colourless(enum colour_when when);

/* All themes that have a name, sorted, each once, as it would be loaded; broken ones are left out
 * where the report does not want to hear of them (NULL). Caller frees *list; returns how many. */
size_t theme_list(struct theme **list, struct json_report *report);

/* ---- looking at one -------------------------------------------------------------------------- */

/* What a terminal of that depth is told: numbers for curses, or COLOUR_DEFAULT. */
struct look {
    int fg, bg;
    unsigned attributes;
};
struct look theme_look(const struct theme *t, enum role r, enum colour_depth depth);
/*
 * From 1 to 21, the worst that the depth can come to: colours by xterm's palette, bright ones at a
 * depth of 8 as if boldness did nothing, and the terminal's own background as the theme takes it.
 */
double theme_contrast(const struct theme *t, enum role r, enum colour_depth depth);
/* No role has a colour at any depth. */
bool theme_is_plain(const struct theme *t);

/* "blue", "#56B4E9 (74)", "default": for people. */
void theme_colour_words(struct colour c, char *out, size_t out_size);
/* "bold reverse", "-". */
void theme_attribute_words(unsigned attributes, char *out, size_t out_size);

#endif
