/*
 * view.c - puts a screen together from a page and the frame, and finds what a key means. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "pages/pages.h"
#include "whytls/text.h"
#include "widgets/widgets.h"

/* Marks what one looks for wherever it stands on the page. */
static void mark_found(const struct model *m, const struct canvas *c)
{
    unsigned int wanted[FIELD_SIZE], ch;
    size_t n = 0, length;
    for (const char *at = m->fields[FIELD_FIND].text; (length = text_next(at, &ch)) > 0;
         at += length)
        wanted[n++] = ch;
    if (m->is_found)
        canvas_mark(c, wanted, n, ROLE_FOCUS);
}

void view_draw(const struct model *m, struct grid *g)
{
    const struct page_ops *ops = page_ops(page_shown(m));
    struct canvas all = grid_canvas(g);
    all.redaction = m->redaction;
    if (ops->is_bare) {
        ops->draw(m, &all);
        return;
    }
    int above = page_top(m) - 2; /* the page's own two rows end at its top */
    canvas_rule(&all, page_top(m) - 1, m->glyphs->rule);
    struct canvas body = canvas_part(&all, 0, above, all.width, all.height - above - PAGE_FOOTER);
    ops->draw(m, &body);
    if (page_has_block(m))
        block_draw(m, &all);
    else
        header_draw(m, &all);
    mark_found(m, &body);
    footer_draw(m, &all);
}

/* ---- keys --------------------------------------------------------------------------------- */

static struct action edit_key(unsigned key)
{
    switch (key) {
    case UI_KEY_BACKSPACE:
        return action_of(ACTION_ERASE, 0);
    case UI_KEY_DELETE:
        return action_of(ACTION_DELETE, 0);
    case UI_KEY_LEFT:
        return action_of(ACTION_CURSOR, -1);
    case UI_KEY_RIGHT:
        return action_of(ACTION_CURSOR, 1);
    case UI_KEY_HOME:
        return action_of(ACTION_LINE_START, 0);
    case UI_KEY_END:
        return action_of(ACTION_LINE_END, 0);
    case UI_KEY_CTRL + 'U':
        return action_of(ACTION_LINE_CLEAR, 0);
    default:
        if (key >= ' ' && key != 0x7F && key < UI_KEY_ENTER)
            return action_of(ACTION_TYPE, (int)key);
        return action_of(ACTION_NONE, 0);
    }
}

enum { WHEEL_ROWS = 3 };

static struct action move_key(const struct model *m, unsigned key)
{
    const struct page_ops *ops = page_ops(page_shown(m));
    int page = (ops->window ? ops->window(m) : page_window(m)) - 1;
    switch (key) {
    case UI_KEY_UP:
    case 'k':
    case 'K':
        return action_of(ACTION_MOVE, -1);
    case UI_KEY_DOWN:
    case 'j':
    case 'J':
        return action_of(ACTION_MOVE, 1);
    case UI_KEY_PAGE_UP:
    case 'b':
        return action_of(ACTION_MOVE, -page);
    case UI_KEY_PAGE_DOWN:
    case ' ':
        return action_of(ACTION_MOVE, page);
    case UI_KEY_WHEEL_UP:
        return action_of(ACTION_MOVE, -WHEEL_ROWS);
    case UI_KEY_WHEEL_DOWN:
        return action_of(ACTION_MOVE, WHEEL_ROWS);
    case UI_KEY_HOME:
    case 'g':
        return action_of(ACTION_TOP, 0);
    case UI_KEY_END:
    case 'G':
        return action_of(ACTION_BOTTOM, 0);
    default:
        return action_of(ACTION_NONE, 0);
    }
}

/* While one types what to look for: Enter stays there, Esc goes back, F-keys do as ever. */
static struct action find_field_key(const struct model *m, enum page page, unsigned key)
{
    if (key == UI_KEY_ENTER || key == UI_KEY_DOWN || key == UI_KEY_UP)
        return action_of(ACTION_FIND_END, 1);
    bool is_empty = !m->fields[FIELD_FIND].text[0];
    if (key == UI_KEY_ESC || (key == UI_KEY_BACKSPACE && is_empty))
        return action_of(ACTION_FIND_END, 0);
    struct action a = edit_key(key);
    return a.kind != ACTION_NONE ? a : keys_find(m, page, true, key);
}

static struct action find_again_key(enum page page, unsigned key)
{
    bool is_there = PAGES_TO_FIND_IN & (1u << page);
    if (is_there && (key == 'n' || key == 'N'))
        return action_of(ACTION_FIND_NEXT, key == 'n' ? 1 : -1);
    return action_of(ACTION_NONE, 0);
}

struct action view_key(const struct model *m, unsigned key)
{
    enum page page = page_shown(m);
    bool is_typing = page_is_typing(m);
    if (m->is_finding && page != PAGE_TOO_SMALL)
        return find_field_key(m, page, key);
    struct action a = page_ops(page)->key(m, key);
    if (a.kind == ACTION_NONE && is_typing)
        a = edit_key(key);
    if (a.kind == ACTION_NONE)
        a = keys_find(m, page, is_typing, key);
    if (a.kind == ACTION_NONE && !is_typing)
        a = find_again_key(page, key);
    if (a.kind == ACTION_NONE && page != PAGE_TOO_SMALL && !is_typing)
        a = move_key(m, key);
    return a;
}
