/*
 * theme.c - the themes as tables: see theme.h. The default keeps the terminal's own foreground and
 * background and colours words only, so it can be read on dark and on light ones; its colours keep
 * a contrast of at least 3 to both black and white (a test computes it).
 * SPDX-License-Identifier: MIT
 */
#include "theme.h"

#include <string.h>

#include "whytls/text.h"

/* Blue and vermillion differ to colour-blind eyes too; 256-colour numbers of xterm. */
#define PLAIN                                                                                      \
    {                                                                                              \
        .basic = COLOUR_DEFAULT, .rich = COLOUR_DEFAULT                                            \
    }
#define BLUE                                                                                       \
    {                                                                                              \
        .basic = 6, .rich = 32                                                                     \
    }
#define VERMILLION                                                                                 \
    {                                                                                              \
        .basic = 1, .rich = 166                                                                    \
    }
#define OCHRE                                                                                      \
    {                                                                                              \
        .basic = 3, .rich = 136                                                                    \
    }
#define PURPLE                                                                                     \
    {                                                                                              \
        .basic = 5, .rich = 133                                                                    \
    }
#define BLACK                                                                                      \
    {                                                                                              \
        .basic = 0, .rich = 16                                                                     \
    }
#define WHITE                                                                                      \
    {                                                                                              \
        .basic = 7, .rich = 231                                                                    \
    }
#define YELLOW                                                                                     \
    {                                                                                              \
        .basic = 3, .rich = 226                                                                    \
    }
#define CYAN                                                                                       \
    {                                                                                              \
        .basic = 6, .rich = 51                                                                     \
    }

#define LOOK(ident, colour, look) [ROLE_##ident] = {.fg = colour, .bg = PLAIN, .attributes = (look)}
#define ON_BLACK(ident, colour, look)                                                              \
    [ROLE_##ident] = {.fg = colour, .bg = BLACK, .attributes = (look)}

static const struct theme themes[] = {
    {
        .name = "default",
        .words = "coloured words on the terminal's own background",
        .has_colour = true,
        .styles =
            {
                LOOK(TEXT, PLAIN, 0),
                LOOK(MUTED, PLAIN, 0),
                LOOK(TITLE, PLAIN, STYLE_BOLD),
                LOOK(HEADING, PLAIN, STYLE_BOLD),
                LOOK(RULE, PLAIN, 0),
                LOOK(OK, BLUE, STYLE_BOLD),
                LOOK(FAIL, VERMILLION, STYLE_BOLD | STYLE_REVERSE),
                LOOK(WARN, OCHRE, STYLE_BOLD),
                LOOK(INFO, PURPLE, STYLE_BOLD),
                LOOK(BUSY, PURPLE, 0),
                LOOK(SKIP, PLAIN, 0),
                LOOK(UNKNOWN, OCHRE, 0),
                LOOK(FOCUS, PLAIN, STYLE_BOLD),
                LOOK(FIELD, PLAIN, STYLE_UNDERLINE),
                LOOK(HINT_ENTER, BLUE, STYLE_BOLD),
                LOOK(KEY, PLAIN, STYLE_REVERSE),
                LOOK(KEY_LABEL, PLAIN, 0),
                LOOK(PATH_WALKED, BLUE, STYLE_BOLD),
                LOOK(PATH_NOT_TAKEN, PLAIN, 0),
                LOOK(PATH_HERE, VERMILLION, STYLE_BOLD),
                LOOK(EVIDENCE, PLAIN, 0),
            },
    },
    {
        .name = "mono",
        .words = "no colour: bold, underline and reverse only",
        .has_colour = false,
        .styles =
            {
                LOOK(TEXT, PLAIN, 0),
                LOOK(MUTED, PLAIN, 0),
                LOOK(TITLE, PLAIN, STYLE_BOLD),
                LOOK(HEADING, PLAIN, STYLE_BOLD),
                LOOK(RULE, PLAIN, 0),
                LOOK(OK, PLAIN, 0),
                LOOK(FAIL, PLAIN, STYLE_BOLD | STYLE_REVERSE),
                LOOK(WARN, PLAIN, STYLE_BOLD),
                LOOK(INFO, PLAIN, 0),
                LOOK(BUSY, PLAIN, 0),
                LOOK(SKIP, PLAIN, 0),
                LOOK(UNKNOWN, PLAIN, STYLE_BOLD),
                LOOK(FOCUS, PLAIN, STYLE_BOLD),
                LOOK(FIELD, PLAIN, STYLE_UNDERLINE),
                LOOK(HINT_ENTER, PLAIN, STYLE_BOLD),
                LOOK(KEY, PLAIN, STYLE_REVERSE),
                LOOK(KEY_LABEL, PLAIN, 0),
                LOOK(PATH_WALKED, PLAIN, STYLE_BOLD),
                LOOK(PATH_NOT_TAKEN, PLAIN, 0),
                LOOK(PATH_HERE, PLAIN, STYLE_BOLD),
                LOOK(EVIDENCE, PLAIN, 0),
            },
    },
    {
        .name = "high-contrast",
        .words = "white, yellow and cyan on black",
        .has_colour = true,
        .styles =
            {
                ON_BLACK(TEXT, WHITE, STYLE_BOLD),
                ON_BLACK(MUTED, WHITE, 0),
                ON_BLACK(TITLE, YELLOW, STYLE_BOLD),
                ON_BLACK(HEADING, YELLOW, STYLE_BOLD),
                ON_BLACK(RULE, WHITE, 0),
                ON_BLACK(OK, CYAN, STYLE_BOLD),
                ON_BLACK(FAIL, WHITE, STYLE_BOLD | STYLE_REVERSE),
                ON_BLACK(WARN, YELLOW, STYLE_BOLD | STYLE_UNDERLINE),
                ON_BLACK(INFO, WHITE, STYLE_BOLD),
                ON_BLACK(BUSY, WHITE, STYLE_BOLD),
                ON_BLACK(SKIP, WHITE, 0),
                ON_BLACK(UNKNOWN, YELLOW, STYLE_BOLD),
                ON_BLACK(FOCUS, YELLOW, STYLE_BOLD),
                ON_BLACK(FIELD, WHITE, STYLE_BOLD | STYLE_UNDERLINE),
                ON_BLACK(HINT_ENTER, YELLOW, STYLE_BOLD),
                ON_BLACK(KEY, YELLOW, STYLE_BOLD | STYLE_REVERSE),
                ON_BLACK(KEY_LABEL, WHITE, STYLE_BOLD),
                ON_BLACK(PATH_WALKED, CYAN, STYLE_BOLD),
                ON_BLACK(PATH_NOT_TAKEN, WHITE, 0),
                ON_BLACK(PATH_HERE, YELLOW, STYLE_BOLD),
                ON_BLACK(EVIDENCE, WHITE, STYLE_BOLD),
            },
    },
};

enum { THEME_DEFAULT, THEME_MONO };

const struct theme *theme_at(size_t i)
{
    return i < sizeof(themes) / sizeof(themes[0]) ? &themes[i] : NULL;
}

const struct theme *theme_find(const char *name)
{
    for (size_t i = 0; theme_at(i); i++)
        if (name && text_equal_nocase(themes[i].name, name))
            return &themes[i];
    return NULL;
}

const struct theme *theme_choose(const char *name, const char *no_color)
{
    if (no_color && no_color[0] != '\0')
        return &themes[THEME_MONO];
    const struct theme *found = theme_find(name);
    return found ? found : &themes[THEME_DEFAULT];
}
