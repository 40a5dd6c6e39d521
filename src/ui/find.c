/*
 * find.c - looking for text on a page: through the things that can have the focus, else through the
 * rows that scroll; and marking what was found. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include "pages/page_tree_lines.h"
#include "page.h"
#include "whytls/text.h"

enum { ROW_SIZE = 4096, MAX_ROWS = 100000 };

static int wrap_around(int i, int n)
{
    return (i % n + n) % n;
}

static bool find_item(struct model *m, const struct page_ops *ops, int n, const char *text,
                      int direction)
{
    char words[PAGE_SENTENCE * 2];
    int from = page_focus(m), step = direction < 0 ? -1 : 1;
    for (int k = direction == 0 ? 0 : 1; k <= n; k++) {
        int i = wrap_around(from + step * k, n);
        words[0] = '\0';
        if (ops->find_text)
            ops->find_text(m, i, words, sizeof(words));
        else if (ops->item)
            ops->item(m, i, words, sizeof(words));
        if (text_contains_nocase(words, text)) {
            m->at.focus = i;
            return true;
        }
    }
    return false;
}

static bool row_says(const struct grid *g, int y, const char *text)
{
    struct buf row;
    buf_init(&row, ROW_SIZE);
    grid_row_text(g, y, &row);
    bool has = text_contains_nocase(buf_text(&row), text);
    buf_fini(&row);
    return has;
}

/* A screenful of the document from this row on; returns the rows that were looked at. */
static int look_at_rows(struct model *there, int row, int rows, const char *text, bool *says)
{
    struct grid *g = grid_new(there->width, there->height, false);
    there->at.scroll = row;
    int top = page_scroll(there), window = page_window(there);
    if (g)
        view_draw(there, g);
    for (int y = 0; g && y < window && top + y < rows; y++)
        says[top + y] = row_says(g, page_top(there) + y, text);
    grid_free(g);
    return top + window - row;
}

static bool find_row(struct model *m, int rows, const char *text, int direction)
{
    struct model there = *m;
    bool *says = calloc((size_t)rows, sizeof(*says));
    bool is_found = false;
    there.is_finding = there.is_found = false;
    for (int row = 0; says && row < rows;)
        row += look_at_rows(&there, row, rows, text, says);
    int from = m->is_found ? m->at.scroll : page_scroll(m), step = direction < 0 ? -1 : 1;
    for (int k = direction == 0 ? 0 : 1; says && !is_found && k <= rows; k++) {
        int row = wrap_around(from + step * k, rows);
        is_found = says[row];
        if (is_found)
            m->at.scroll = row; /* may be past the last screenful: n goes on from here */
    }
    free(says);
    return is_found;
}

bool model_find(struct model *m, int direction)
{
    const struct page_ops *ops = page_ops(page_shown(m));
    const char *text = m->fields[FIELD_FIND].text;
    int items = ops->items ? ops->items(m) : 0, rows = ops->rows ? ops->rows(m) : 0;
    bool is_found = false;
    if (!text[0])
        return false;
    if (page_shown(m) == PAGE_TREE)
        is_found = tree_find(m, text, direction);
    else if (items > 0 && (ops->find_text || ops->item))
        is_found = find_item(m, ops, items, text, direction);
    else if (rows > 0 && rows < MAX_ROWS)
        is_found = find_row(m, rows, text, direction);
    m->is_found = is_found;
    return is_found;
}
