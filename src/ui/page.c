/*
 * page.c - where one is on a page: which one is shown, what has the focus, what is scrolled to, and
 * whether letters are typed or are keys. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "page.h"

#include "widgets/widgets.h"

enum page page_shown(const struct model *m)
{
    bool is_small = m->width < MODEL_MIN_WIDTH || m->height < MODEL_LEAST_HEIGHT;
    return is_small ? PAGE_TOO_SMALL : m->at.page;
}

int page_focus(const struct model *m)
{
    const struct page_ops *ops = page_ops(page_shown(m));
    int n = ops->items ? ops->items(m) : 0;
    int focus = m->at.focus;
    if (focus == MODEL_FOCUS_AUTO)
        focus = ops->focus ? ops->focus(m) : 0;
    return focus >= n ? (n > 0 ? n - 1 : 0) : focus;
}

bool page_has_block(const struct model *m)
{
    enum page page = page_shown(m);
    bool has_room = m->height >= MODEL_MIN_HEIGHT;
    return has_room && m->is_presenter && m->walk && (page == PAGE_STEP || page == PAGE_ANSWER);
}

int page_top(const struct model *m)
{
    return page_has_block(m) ? BLOCK_ROWS : PAGE_TOP;
}

int page_window(const struct model *m)
{
    int rows = m->height - page_top(m) - PAGE_FOOTER;
    return rows > 1 ? rows : 1;
}

int page_scroll(const struct model *m)
{
    const struct page_ops *ops = page_ops(page_shown(m));
    int rows = ops->rows ? ops->rows(m) : 0;
    int window = ops->window ? ops->window(m) : page_window(m);
    int most = rows > window ? rows - window : 0;
    return m->at.scroll > most ? most : m->at.scroll < 0 ? 0 : m->at.scroll;
}

enum field_id page_field(const struct model *m)
{
    const struct page_ops *ops = page_ops(page_shown(m));
    if (m->is_finding && page_shown(m) != PAGE_TOO_SMALL)
        return FIELD_FIND;
    return ops->field ? ops->field(m) : FIELD_NONE;
}

bool page_is_typing(const struct model *m)
{
    return page_field(m) != FIELD_NONE;
}
