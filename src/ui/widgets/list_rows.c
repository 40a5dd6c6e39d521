/*
 * list_rows.c - a list of rows in columns, each an item of its page: the pointer stands at the one
 * in focus, and so much is drawn as there is room for. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "../page.h"
#include "widgets.h"

enum { CELL_SIZE = 512 };

int list_top(int focus, int count, int window)
{
    int top = focus - window / 2;
    if (top > count - window)
        top = count - window;
    return top < 0 ? 0 : top;
}

int list_first_seen(const struct model *m)
{
    return list_top(page_focus(m), page_ops(page_shown(m))->items(m), page_window(m));
}

enum role list_point(const struct model *m, const struct canvas *c, int x, int y, bool is_here)
{
    if (!is_here)
        return ROLE_TEXT;
    canvas_put(c, x, y, ROLE_FOCUS, m->glyphs->pointer);
    canvas_cursor(c, x, y);
    return ROLE_FOCUS;
}

static void draw_row(const struct model *m, const struct canvas *c, int y,
                     const struct list_rows *l, int i)
{
    char text[CELL_SIZE];
    enum role role = list_point(m, c, LIST_POINTER_X, y, l->first_item + i == page_focus(m));
    for (int k = 0; k < l->n_columns; k++) {
        const struct list_column *column = &l->columns[k];
        int end = k + 1 < l->n_columns ? l->columns[k + 1].x : c->width;
        text[0] = '\0';
        l->cell(m, i, k, text, sizeof(text));
        canvas_put_within(c, column->x, y, end - column->x - 1, column->is_plain ? ROLE_TEXT : role,
                          text);
    }
}

int list_draw(const struct model *m, const struct canvas *c, const struct list_rows *l, int top)
{
    int y = 0;
    for (; y < c->height && top + y < l->n; y++)
        draw_row(m, c, y, l, top + y);
    return y;
}
