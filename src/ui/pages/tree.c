/*
 * tree.c - the path through all questions as a flat list: walked, not taken, not tested, and the
 * answer at its end. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "whytls/advice.h"

enum line_kind { LINE_CHECK, LINE_CAUSE, LINE_OTHERWISE, LINE_ANSWER };

enum { MAX_LINES = WALK_MAX_CHECKS * (2 + FINDING_MAX_CAUSES) + WALK_MAX_CAUSES + 1 };

struct line {
    enum line_kind kind;
    size_t row;                /* CHECK, CAUSE, OTHERWISE */
    const struct named *named; /* CAUSE, ANSWER; NULL: no answer yet */
};

struct lines {
    struct line line[MAX_LINES];
    int n;
};

/* Causes that the walked checks of a step could have named and did not. */
static size_t not_taken(const struct model *m, enum step s)
{
    size_t n = 0;
    for (size_t row = 0; row < tree_size(); row++) {
        const struct finding *f = &m->walk->findings[row];
        const struct check *check = tree_row(row)->check;
        bool is_walked = f->result == RESULT_FINE || f->result == RESULT_CAUSE;
        if (check->step == s && is_walked && check->n_causes > f->n_causes)
            n += check->n_causes - f->n_causes;
    }
    return n;
}

static void add_line(struct lines *all, enum line_kind kind, size_t row, const struct named *named)
{
    if (all->n < MAX_LINES)
        all->line[all->n++] = (struct line){.kind = kind, .row = row, .named = named};
}

static void make_lines(const struct model *m, struct lines *all)
{
    const struct named *verdict = NULL;
    all->n = 0;
    for (size_t row = 0; row < tree_size(); row++) {
        const struct finding *f = &m->walk->findings[row];
        enum step step = tree_row(row)->check->step;
        bool is_last = row + 1 == tree_size() || tree_row(row + 1)->check->step != step;
        add_line(all, LINE_CHECK, row, NULL);
        for (size_t i = 0; i < f->n_causes; i++)
            add_line(all, LINE_CAUSE, row, &f->causes[i]);
        if (is_last && not_taken(m, step) > 0)
            add_line(all, LINE_OTHERWISE, row, NULL);
    }
    size_t n = walk_verdict(m->walk, &verdict);
    for (size_t i = 0; i < n; i++)
        add_line(all, LINE_ANSWER, 0, &verdict[i]);
    if (n == 0)
        add_line(all, LINE_ANSWER, 0, NULL);
}

/* ---- where one is -------------------------------------------------------------------------------
 */

static int count_items(const struct model *m)
{
    return m->walk ? (int)tree_size() : 0;
}

static int count_rows(const struct model *m)
{
    struct lines all;
    make_lines(m, &all);
    return all.n;
}

/* The row that is being asked, else the last that found something, else the last that was asked. */
static int here(const struct model *m)
{
    int found = 0, walked = 0;
    for (size_t i = 0; i < tree_size(); i++) {
        enum mark mark = mark_of_check(m, i);
        if (mark == MARK_BUSY)
            return (int)i;
        if (mark == MARK_FAIL)
            found = (int)i;
        if (mark != MARK_EMPTY && mark != MARK_SKIP)
            walked = (int)i;
    }
    return found > 0 || mark_of_check(m, 0) == MARK_FAIL ? found : walked;
}

static int top_line(const struct model *m)
{
    struct lines all;
    int focus = page_focus(m), at = 0;
    make_lines(m, &all);
    for (int i = 0; i < all.n; i++)
        if (all.line[i].kind == LINE_CHECK && all.line[i].row == (size_t)focus)
            at = i;
    /* On the last question the lines after it, the answer, are in sight too. */
    if (focus == count_items(m) - 1)
        at = all.n - 1;
    return list_top(at, all.n, page_window(m));
}

/* ---- drawing ------------------------------------------------------------------------------------
 */

static const char *result_word(enum mark mark)
{
    switch (mark) {
    case MARK_OK:
        return "fine";
    case MARK_FAIL:
        return "FAULT";
    case MARK_WARN:
        return "weak";
    case MARK_BUSY:
        return "asking";
    case MARK_UNKNOWN:
        return "unclear";
    default:
        return "";
    }
}

enum { WORD_X = 51, SAID_X = 59, CAUSE_X = 13 };

static void draw_check(const struct model *m, const struct canvas *c, int y, size_t row)
{
    enum mark mark = mark_of_check(m, row);
    bool is_walked =
        mark == MARK_OK || mark == MARK_FAIL || mark == MARK_WARN || mark == MARK_UNKNOWN;
    bool is_focus = (int)row == page_focus(m);
    const char *said = m->walk->findings[row].said;
    char id[8];
    if ((int)row == here(m))
        canvas_put(c, 0, y, ROLE_PATH_HERE, m->glyphs->here);
    canvas_put(c, 2, y, is_walked ? ROLE_PATH_WALKED : ROLE_PATH_NOT_TAKEN,
               is_walked ? m->glyphs->walked : "?");
    if (is_focus) {
        canvas_put(c, 4, y, ROLE_FOCUS, m->glyphs->pointer);
        canvas_cursor(c, 4, y);
    }
    page_check_id(row, id, sizeof(id));
    canvas_put(c, 6, y, is_focus ? ROLE_FOCUS : ROLE_TEXT, id);
    canvas_put_within(c, 9, y, WORD_X - 10, is_focus ? ROLE_FOCUS : ROLE_TEXT,
                      tree_row(row)->check->question);
    canvas_put(c, WORD_X, y, mark == MARK_EMPTY ? ROLE_MUTED : mark_role(mark), result_word(mark));
    if (mark == MARK_SKIP)
        said = "not needed";
    else if (mark == MARK_EMPTY)
        said = "not asked yet";
    canvas_put_within(c, SAID_X, y, c->width - SAID_X - 1, ROLE_TEXT, said);
}

static bool is_in_verdict(const struct model *m, const struct cause *cause)
{
    for (size_t i = 0; i < m->walk->n_causes; i++)
        if (m->walk->causes[i].cause == cause)
            return true;
    return false;
}

static void draw_cause(const struct model *m, const struct canvas *c, int y, const struct named *n)
{
    char line[ADVICE_LINE + 64];
    struct advice a;
    const char *more = "";
    advice_make(m->walk, n, &a);
    if (n->cause->blocks != BLOCKS_NOTHING && !is_in_verdict(m, n->cause))
        more = "  (the answer below explains it)";
    canvas_put(c, 2, y, ROLE_PATH_WALKED, m->glyphs->walked);
    snprintf(line, sizeof(line), "found  %s  %s%s", n->cause->code, a.title, more);
    canvas_put_within(c, CAUSE_X, y, c->width - CAUSE_X - 1, ROLE_TITLE, line);
}

static void draw_otherwise(const struct model *m, const struct canvas *c, int y, size_t row)
{
    enum step step = tree_row(row)->check->step;
    size_t n = not_taken(m, step);
    bool is_clean = mark_of_step(m, step) != MARK_FAIL;
    canvas_put(c, 2, y, ROLE_PATH_NOT_TAKEN, m->glyphs->not_taken);
    canvas_putf(c, CAUSE_X, y, ROLE_PATH_NOT_TAKEN, "%s ..  (%zu cause%s)",
                is_clean ? "otherwise" : "other", n, n == 1 ? "" : "s");
}

static void draw_answer(const struct model *m, const struct canvas *c, int y, const struct named *n)
{
    char line[ADVICE_LINE + 32];
    struct advice a;
    if (!n) {
        canvas_put(c, 2, y, ROLE_TITLE, "?  ANSWER  not there yet");
        return;
    }
    advice_make(m->walk, n, &a);
    canvas_put(c, 2, y, ROLE_PATH_WALKED, m->glyphs->walked);
    snprintf(line, sizeof(line), "ANSWER  %s  %s", n->cause->code, a.title);
    canvas_put_within(c, 5, y, c->width - 6, ROLE_TITLE, line);
}

static void draw_legend(const struct model *m, const struct canvas *c)
{
    int answered = 0, n = (int)tree_size();
    char count[64];
    for (int i = 0; i < n; i++) {
        enum mark mark = mark_of_check(m, (size_t)i);
        answered += mark != MARK_BUSY && mark != MARK_EMPTY && mark != MARK_SKIP;
    }
    canvas_put(c, 1, 0, ROLE_TITLE, "THE PATH WE TOOK");
    snprintf(count, sizeof(count), "%d of %d questions answered", answered, n);
    canvas_put_right(c, 0, 1, ROLE_TEXT, count);
    int x = 3;
    x += canvas_putf(c, x, 1, ROLE_TEXT, "  %s walked  ", m->glyphs->walked) + 2;
    x += canvas_putf(c, x, 1, ROLE_TEXT, "  %s not taken  ", m->glyphs->not_taken) + 2;
    x += canvas_put(c, x, 1, ROLE_TEXT, "  ? not tested  ") + 2;
    canvas_putf(c, x, 1, ROLE_TEXT, "  %s you are here  ", m->glyphs->here);
}

static void draw(const struct model *m, struct canvas *c)
{
    struct lines all;
    draw_legend(m, c);
    make_lines(m, &all);
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    int top = top_line(m);
    for (int y = 0; y < body.height && top + y < all.n; y++) {
        const struct line *l = &all.line[top + y];
        switch (l->kind) {
        case LINE_CHECK:
            draw_check(m, &body, y, l->row);
            break;
        case LINE_CAUSE:
            draw_cause(m, &body, y, l->named);
            break;
        case LINE_OTHERWISE:
            draw_otherwise(m, &body, y, l->row);
            break;
        case LINE_ANSWER:
            draw_answer(m, &body, y, l->named);
            break;
        }
    }
}

static struct action key(const struct model *m, unsigned k)
{
    if (k == UI_KEY_ENTER)
        return action_of(ACTION_STEP, (int)tree_row((size_t)page_focus(m))->check->step);
    if (k >= '1' && k <= '9')
        return action_of(ACTION_STEP, (int)(k - '0'));
    return action_of(ACTION_NONE, 0);
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    size_t row = (size_t)page_focus(m);
    char id[8];
    page_check_id(row, id, sizeof(id));
    snprintf(out, out_size, "On %s.  %s", id, tree_row(row)->check->gloss);
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    enum step step = tree_row((size_t)page_focus(m))->check->step;
    snprintf(out, out_size, "show step %d: %s", (int)step, step_question(step));
}

const struct page_ops page_tree = {
    .name = "tree",
    .title = "The path we took",
    .help = "Every question that whytls can ask, in order. It goes down only as far as the answers "
            "lead. The line at the end is the answer.",
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .items = count_items,
    .focus = here,
    .rows = count_rows,
    .top = top_line,
};
