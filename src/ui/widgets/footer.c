/*
 * footer.c - the last three rows: a status sentence, what Enter does, the key bar. The bar is made
 * from keys.def. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "../page.h"
#include "widgets.h"

/* "31-52 of 90" at the right. Returns the column where what stands before it must end. */
static int draw_scroll_mark(const struct model *m, const struct page_ops *ops,
                            const struct canvas *c, int y)
{
    int rows = ops->rows ? ops->rows(m) : 0;
    int window = ops->window ? ops->window(m) : page_window(m);
    if (rows <= window)
        return c->width - 1;
    char mark[48];
    int top = ops->top ? ops->top(m) : page_scroll(m);
    int last = top + window < rows ? top + window : rows;
    snprintf(mark, sizeof(mark), "  %d-%d of %d", top + 1, last, rows);
    return canvas_put_right(c, y, 1, ROLE_INFO, mark);
}

/* While one types what to look for, the field stands in place of the status. */
static void draw_find(const struct model *m, const struct canvas *c, int y)
{
    enum { FIND_X = 7, FIND_WIDTH = 40 };
    bool is_missing = m->fields[FIELD_FIND].text[0] && !m->is_found;
    struct canvas place = canvas_part(c, FIND_X, y, FIND_WIDTH, 1);
    canvas_put(c, 1, y, ROLE_FOCUS, "Find:");
    field_draw(&m->fields[FIELD_FIND], &place, is_missing ? ROLE_FIELD_ERROR : ROLE_FIELD, true);
    if (is_missing)
        canvas_put(c, FIND_X + FIND_WIDTH + 2, y, ROLE_WARN, "not on this page");
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

static int draw_verbs(const struct model *m, enum page page, const struct canvas *c, int y)
{
    int x = c->width - 1;
    bool is_typing = page_is_typing(m);
    const struct key_row *row;
    size_t n = 0;
    while (key_row(n))
        n++;
    while (n-- > 0) {
        row = key_row(n);
        const char *shown = is_typing ? row->typing : row->shown;
        if (key_row_place(row, page) != KEY_BY_ENTER || !key_row_is_on(row, page) || !shown ||
            !key_row_is_ready(row, m))
            continue;
        x -= (int)strlen(shown) + 1 + (int)strlen(row->label);
        int at = x + canvas_put(c, x, y, ROLE_KEY, shown) + 1;
        canvas_put(c, at, y, ROLE_KEY_LABEL, row->label);
        x -= 3;
    }
    return x;
}

static void draw_enter(const struct model *m, const struct page_ops *ops, enum page page,
                       const struct canvas *c, int y)
{
    char text[PAGE_SENTENCE] = "", line[PAGE_SENTENCE + 16];
    int end = draw_verbs(m, page, c, y);
    if (m->is_finding)
        snprintf(text, sizeof(text), "stay here; then n = next, N = the one before");
    else if (ops->enter)
        ops->enter(m, text, sizeof(text));
    snprintf(line, sizeof(line), "Enter = %s", text);
    canvas_put_within(c, 1, y, end - 1, ROLE_HINT_ENTER, line);
}

static void draw_bar(const struct model *m, enum page page, const struct canvas *c, int y)
{
    bool is_typing = page_is_typing(m);
    int x = 1;
    const struct key_row *row;
    for (size_t i = 0; (row = key_row(i)); i++) {
        const char *shown = is_typing ? row->typing : row->shown;
        if (key_row_place(row, page) != KEY_ON_BAR || !key_row_is_on(row, page) || !shown)
            continue;
        if (!key_row_is_ready(row, m))
            continue;
        int width = (int)strlen(shown) + 1 + (int)strlen(row->label);
        if (x + width > c->width)
            break;
        x += canvas_put(c, x, y, ROLE_KEY, shown) + 1;
        x += canvas_put(c, x, y, ROLE_KEY_LABEL, row->label) + 2;
    }
    static const char leave[] = "(Ctrl-C: leave)";
    if (is_typing && x + (int)sizeof(leave) <= c->width)
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
