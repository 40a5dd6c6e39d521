/*
 * footer.c - the last three rows: a status sentence, what Enter does, the key bar. The bar is made
 * from keys.def. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "../page.h"
#include "widgets.h"
#include "whytls/message.h"

enum { VERB_GAP = 3, LEAST_ENTER = 24 };

/* "31-52 of 90" at the right. Returns the column where what stands before it must end. */
static int draw_scroll_mark(const struct model *m, const struct page_ops *ops,
                            const struct canvas *c, int y)
{
    int rows = ops->rows ? ops->rows(m) : 0;
    int window = ops->window ? ops->window(m) : page_window(m);
    if (rows <= window)
        return c->width - 1;
    char mark[96];
    int top = ops->top ? ops->top(m) : page_scroll(m);
    int last = top + window < rows ? top + window : rows;
    snprintf(mark, sizeof(mark), message("  %d-%d of %d"), top + 1, last, rows);
    return canvas_put_right(c, y, 1, ROLE_INFO, mark);
}

/* While one types what to look for, the field stands in place of the status. */
static void draw_find(const struct model *m, const struct canvas *c, int y)
{
    enum { FIND_WIDTH = 40 };
    bool is_missing = m->fields[FIELD_FIND].text[0] && !m->is_found;
    int x = 1 + canvas_put(c, 1, y, ROLE_FOCUS, message("Find:")) + 1;
    struct canvas place = canvas_part(c, x, y, FIND_WIDTH, 1);
    field_draw(&m->fields[FIELD_FIND], &place, is_missing ? ROLE_FIELD_ERROR : ROLE_FIELD, true);
    if (is_missing)
        canvas_put(c, x + FIND_WIDTH + 2, y, ROLE_WARN, message("not on this page"));
}

static void draw_status(const struct model *m, const struct page_ops *ops, const struct canvas *c,
                        int y)
{
    char text[PAGE_SENTENCE] = "";
    int x = 1;
    if (m->is_finding) {
        draw_find(m, c, y);
        return;
    }
    if (m->message[0]) {
        if (m->message_is_error) {
            mark_draw(c, x, y, MARK_FAIL);
            x += MARK_WIDTH + 1;
        }
        canvas_put_within(c, x, y, c->width - x - 1, ROLE_TEXT, m->message);
        return;
    }
    if (ops->status)
        ops->status(m, text, sizeof(text));
    int end = draw_scroll_mark(m, ops, c, y);
    canvas_put_within(c, x, y, end - x, ROLE_TEXT, text);
}

static int width_of(const struct canvas *c, const char *shown, const struct key_row *row)
{
    return canvas_columns(c, shown) + 1 + canvas_columns(c, message(row->label));
}

static bool is_verb(const struct model *m, enum page page, const struct key_row *row)
{
    return key_row_place(row, page) == KEY_BY_ENTER && key_row_is_on(row, page) &&
           key_row_shown(row, page_is_typing(m)) && key_row_is_ready(row, m);
}

/* How many rows of the table: the first that leave so much room; help has them all. */
static size_t rows_with_room(const struct model *m, enum page page, const struct canvas *c,
                             int least)
{
    int left = c->width - 1;
    const struct key_row *row;
    size_t n = 0;
    for (; (row = key_row(n)); n++) {
        if (!is_verb(m, page, row))
            continue;
        left -= width_of(c, key_row_shown(row, page_is_typing(m)), row) + VERB_GAP;
        if (left < least)
            break;
    }
    return n;
}

/* Keys at the right; returns the column where what stands before them must end. */
static int draw_verbs(const struct model *m, enum page page, const struct canvas *c, int y,
                      int least)
{
    int x = c->width - 1;
    for (size_t n = rows_with_room(m, page, c, least); n-- > 0;) {
        const struct key_row *row = key_row(n);
        if (!is_verb(m, page, row))
            continue;
        const char *shown = key_row_shown(row, page_is_typing(m));
        x -= width_of(c, shown, row);
        int at = x + canvas_put(c, x, y, ROLE_KEY, shown) + 1;
        canvas_put(c, at, y, ROLE_KEY_LABEL, message(row->label));
        x -= VERB_GAP;
    }
    return x;
}

static void draw_enter(const struct model *m, const struct page_ops *ops, enum page page,
                       const struct canvas *c, int y)
{
    char text[PAGE_SENTENCE] = "", line[PAGE_SENTENCE + 64];
    if (m->is_finding)
        snprintf(text, sizeof(text), "%s", message("stay here; then n = next, N = the one before"));
    else if (ops->enter)
        ops->enter(m, text, sizeof(text));
    /* TRANSLATORS: the key, as it is called on keyboards, and what it does now. */
    snprintf(line, sizeof(line), message("Enter = %s"), text);
    int width = canvas_columns(c, line), least = width < LEAST_ENTER ? width : LEAST_ENTER;
    int end = draw_verbs(m, page, c, y, least + 1);
    canvas_put_within(c, 1, y, end - 1, ROLE_HINT_ENTER, line);
}

static void draw_bar(const struct model *m, enum page page, const struct canvas *c, int y)
{
    bool is_typing = page_is_typing(m);
    int x = 1;
    const struct key_row *row;
    for (size_t i = 0; (row = key_row(i)); i++) {
        const char *shown = key_row_shown(row, is_typing);
        if (key_row_place(row, page) != KEY_ON_BAR || !key_row_is_on(row, page) || !shown)
            continue;
        if (!key_row_is_ready(row, m))
            continue;
        int width = width_of(c, shown, row);
        if (x + width > c->width)
            break;
        x += canvas_put(c, x, y, ROLE_KEY, shown) + 1;
        x += canvas_put(c, x, y, ROLE_KEY_LABEL, message(row->label)) + 2;
    }
    const char *leave = message("(Ctrl-C: leave)");
    if (is_typing && x + canvas_columns(c, leave) < c->width)
        canvas_put(c, x, y, ROLE_MUTED, leave);
}

void footer_draw(const struct model *m, const struct canvas *c)
{
    enum page page = page_shown(m);
    const struct page_ops *ops = page_ops(page);
    draw_status(m, ops, c, c->height - 3);
    draw_enter(m, ops, page, c, c->height - 2);
    draw_bar(m, page, c, c->height - 1);
}
