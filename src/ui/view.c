/*
 * view.c - puts a screen together from a page and the frame, and finds what a key means. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "pages/pages.h"
#include "whytls/advice.h"
#include "whytls/text.h"
#include "widgets/widgets.h"

static const struct page_ops *const pages[] = {
    [PAGE_WELCOME] = &page_welcome,   [PAGE_LAB] = &page_lab,
    [PAGE_STEP] = &page_step,         [PAGE_TREE] = &page_tree,
    [PAGE_PREVIEW] = &page_preview,   [PAGE_ANSWER] = &page_answer,
    [PAGE_DETAILS] = &page_details,   [PAGE_COMPARE] = &page_compare,
    [PAGE_SAVE] = &page_save,         [PAGE_CASES] = &page_cases,
    [PAGE_SETTINGS] = &page_settings, [PAGE_LEAVE] = &page_leave,
    [PAGE_HELP] = &page_help,         [PAGE_TOO_SMALL] = &page_too_small,
};

const struct page_ops *page_ops(enum page p)
{
    return pages[p < PAGE_COUNT ? p : PAGE_WELCOME];
}

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

/* Presenter mode has its large number where there is one to show. */
static bool is_block(const struct model *m)
{
    enum page page = page_shown(m);
    bool has_room = m->height >= MODEL_MIN_HEIGHT;
    return has_room && m->is_presenter && m->walk && (page == PAGE_STEP || page == PAGE_ANSWER);
}

int page_top(const struct model *m)
{
    return is_block(m) ? BLOCK_ROWS : PAGE_TOP;
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

/* ---- drawing ------------------------------------------------------------------------------------
 */

/* Marks what one looks for wherever it stands on the page. */
static void mark_found(const struct model *m, struct canvas *c)
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
    all.cover = m->cover;
    if (ops->is_bare) {
        ops->draw(m, &all);
        return;
    }
    int above = page_top(m) - 2; /* the page's own two rows end at its top */
    canvas_rule(&all, page_top(m) - 1, m->glyphs->rule);
    struct canvas body = canvas_part(&all, 0, above, all.width, all.height - above - PAGE_FOOTER);
    ops->draw(m, &body);
    if (is_block(m))
        block_draw(m, &all);
    else
        header_draw(m, &all);
    mark_found(m, &body);
    footer_draw(m, &all);
}

/* ---- keys ---------------------------------------------------------------------------------------
 */

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

/* ---- what several pages say ---------------------------------------------------------------------
 */

void page_say_so_far(const struct model *m, char *out, size_t out_size)
{
    const struct named *list = NULL;
    const struct walk *w = m->walk;
    bool is_asking = w->conclusion == CONCLUSION_ASKING;
    struct advice advice;
    if (is_asking && w->n_causes == 0)
        snprintf(out, out_size, "So far:  nothing wrong yet.  Asking the site, %u s.",
                 m->elapsed_ms / 1000);
    else if (walk_verdict(w, &list) == 0 && w->n_causes == 0)
        snprintf(out, out_size, "So far:  we can't say yet.");
    else {
        advice_make(w, w->n_causes > 0 ? &w->causes[0] : &list[0], &advice);
        snprintf(out, out_size, "%s  %s", is_asking ? "So far: " : "Found: ", advice.title);
    }
}

const char *page_step_branch(enum step s)
{
    static const char *const words[STEP_COUNT] = {
        [STEP_NONE] = "",
        [STEP_REACH] = "a name or network problem",
        [STEP_CLOCK] = "it is behind or ahead",
        [STEP_OTHERS] = "only some programs or addresses fail",
        [STEP_PROTOCOL] = "one side is too old",
        [STEP_CIPHER] = "no common way to scramble",
        [STEP_CERTIFICATES] = "a date, an authority, a missing part",
        [STEP_NAME] = "another site's name",
        [STEP_BETWEEN] = "a filter or a sign-in page",
        [STEP_EDGE] = "the server behind the first one",
    };
    return s < STEP_COUNT ? words[s] : "";
}

void page_preview_advice(const struct cause *cause, struct advice *a)
{
    static const struct walk no_walk;
    const struct named n = {.cause = cause, .certainty = CERTAINTY_UNKNOWN, .path_place = -1};
    advice_make(&no_walk, &n, a);
    a->n_why = 0;
}

void page_check_id(size_t row, char *out, size_t out_size)
{
    enum step step = tree_row(row)->check->step;
    int letter = 'a';
    for (size_t i = 0; i < row; i++)
        if (tree_row(i)->check->step == step)
            letter++;
    snprintf(out, out_size, "%d%c", (int)step, letter <= 'z' ? letter : '+');
}
