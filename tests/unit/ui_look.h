/*
 * ui_look.h - what stands on a page, for the tests of pages: its text, a row, whether it has words.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_UI_LOOK_H
#define WHYTLS_TESTS_UI_LOOK_H

#include <stdlib.h>
#include <string.h>

#include "ui/page.h"

static inline char *text_of(const struct grid *g)
{
    struct buf text;
    buf_init(&text, 1024 * 1024);
    grid_text(g, &text);
    return buf_take(&text);
}

static inline char *row_of(const struct grid *g, int y)
{
    struct buf text;
    buf_init(&text, 16 * 1024);
    grid_row_text(g, y, &text);
    buf_puts(&text, "");
    return buf_take(&text);
}

static inline struct grid *draw(const struct model *m, bool is_ascii)
{
    struct grid *g = grid_new(m->width, m->height, is_ascii);
    view_draw(m, g);
    return g;
}

static inline bool page_has(const struct model *m, const char *words)
{
    struct model ascii = *m;
    ascii.glyphs = glyphs_get(true);
    struct grid *g = draw(&ascii, true);
    char *text = text_of(g);
    bool has = strstr(text, words) != NULL;
    free(text);
    grid_free(g);
    return has;
}

static inline void press(struct model *m, unsigned key)
{
    model_apply(m, view_key(m, key));
}

static inline void type(struct model *m, const char *text)
{
    for (; *text; text++)
        press(m, (unsigned char)*text);
}

#endif
