/*
 * page_tree.c - the path through all questions: walked, not taken, not tested, and the answer at
 * its end. Branches fold; a cause that was not found can be looked at. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "page_tree_lines.h"
#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/text.h"
#include "whytls/walk.h"

static int count_items(const struct model *m)
{
    struct tree_lines all;
    if (!m->walk)
        return 0;
    tree_lines_make(m, &all);
    return all.n;
}

static struct tree_line line_at(const struct model *m, int i)
{
    struct tree_lines all;
    tree_lines_make(m, &all);
    return all.line[i >= 0 && i < all.n ? i : 0];
}

/* ---- where one is ------------------------------------------------------------------------- */

/* The check that is being asked, else the last that found something, else the last one asked. */
static size_t check_here(const struct model *m)
{
    size_t found = 0, walked = 0;
    for (size_t i = 0; i < tree_size(); i++) {
        enum mark mark = mark_of_check(m, i);
        if (mark == MARK_BUSY)
            return i;
        if (mark == MARK_FAIL)
            found = i;
        if (mark != MARK_EMPTY && mark != MARK_SKIP)
            walked = i;
    }
    return found > 0 || mark_of_check(m, 0) == MARK_FAIL ? found : walked;
}

/* Its line, or the line of its step where that is folded. */
static int here(const struct model *m)
{
    struct tree_lines all;
    size_t row = check_here(m);
    int at = 0;
    tree_lines_make(m, &all);
    for (int i = 0; i < all.n; i++) {
        const struct tree_line *l = &all.line[i];
        bool is_step = l->kind == TREE_STEP && l->step == tree_row(row)->check->step;
        if (is_step || (l->kind == TREE_CHECK && l->row == row))
            at = i;
    }
    return at;
}

static int top_line(const struct model *m)
{
    int n = count_items(m);
    return list_top(page_focus(m), n, page_window(m));
}

/* ---- drawing ------------------------------------------------------------------------------ */

static void draw(const struct model *m, const struct canvas *c)
{
    struct tree_lines all;
    tree_draw_legend(m, c);
    tree_lines_make(m, &all);
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    int top = top_line(m), focus = page_focus(m), at = here(m);
    for (int y = 0; y < body.height && top + y < all.n; y++) {
        if (top + y == at)
            canvas_put(&body, 0, y, ROLE_PATH_HERE, m->glyphs->here);
        tree_draw_line(m, &body, y, &all.line[top + y], top + y == focus);
    }
}

/* ---- keys --------------------------------------------------------------------------------- */

static struct action fold(const struct tree_line *l, enum fold how)
{
    if (l->kind != TREE_STEP && l->kind != TREE_BRANCH)
        return action_of(ACTION_NONE, 0);
    int bit = l->kind == TREE_STEP ? tree_step_bit(l->step) : tree_branch_bit(l->step);
    return (struct action){.kind = ACTION_FOLD, .value = bit, .choice = (int)how};
}

/* Left on what can't be shut goes up to what can: the step, or the branch. */
static struct action go_up(const struct model *m, const struct tree_line *l)
{
    struct tree_lines all;
    enum tree_kind above = l->kind == TREE_CAUSE ? TREE_BRANCH : TREE_STEP;
    tree_lines_make(m, &all);
    for (int i = 0; i < all.n; i++)
        if (all.line[i].kind == above && all.line[i].step == l->step)
            return action_of(ACTION_FOCUS, i);
    return action_of(ACTION_MOVE, -1);
}

static bool is_shut(const struct model *m, const struct tree_line *l)
{
    if (l->kind == TREE_STEP)
        return !tree_is_open(m, tree_step_bit(l->step));
    return l->kind != TREE_BRANCH || !tree_is_open(m, tree_branch_bit(l->step));
}

static struct action enter(const struct tree_line *l)
{
    switch (l->kind) {
    case TREE_STEP:
        return action_of(ACTION_STEP, (int)l->step);
    case TREE_CHECK:
        return action_of(ACTION_CHECK_STEP, (int)l->row);
    case TREE_BRANCH:
        return fold(l, FOLD_TOGGLE);
    case TREE_CAUSE:
        return l->diagnosed ? action_of(ACTION_GO, PAGE_ANSWER)
                            : action_of(ACTION_PREVIEW, l->place);
    default:
        return action_of(ACTION_GO, PAGE_ANSWER);
    }
}

static struct action key(const struct model *m, unsigned k)
{
    struct tree_line l = line_at(m, page_focus(m));
    if (k == UI_KEY_ENTER)
        return enter(&l);
    if (k == ' ')
        return fold(&l, FOLD_TOGGLE);
    if (k == UI_KEY_RIGHT || k == 'l' || k == 'L')
        return is_shut(m, &l) ? fold(&l, FOLD_OPEN) : action_of(ACTION_MOVE, 1);
    if (k == UI_KEY_LEFT || k == 'h' || k == 'H')
        return is_shut(m, &l) ? go_up(m, &l) : fold(&l, FOLD_SHUT);
    if (k >= '1' && k <= '9')
        return action_of(ACTION_STEP, (int)(k - '0'));
    return action_of(ACTION_NONE, 0);
}

static void say_check(const struct model *m, size_t row, char *out, size_t out_size)
{
    char why[SAID_SIZE], id[8];
    enum mark mark = mark_of_check(m, row);
    page_check_id(row, id, sizeof(id));
    const struct finding *f = &m->walk->findings[row];
    if (f->n_causes > 0) {
        struct advice a;
        advice_make(m->walk, &f->causes[0], m->redaction, &a);
        /* TRANSLATORS: a question's place (6a), a cause's code and its title. */
        snprintf(out, out_size, message("On %s.  Found %s: %s"), id, a.cause->code, a.title);
    } else if (mark == MARK_SKIP) {
        tree_say_not_asked(m, row, why, sizeof(why));
        /* TRANSLATORS: a question's place (6a), then "not needed for this answer" or the like. */
        snprintf(out, out_size, message("On %s, %s."), id, why);
    } else {
        snprintf(out, out_size, message("On %s.  %s"), id, message(tree_row(row)->check->gloss));
    }
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    struct tree_line l = line_at(m, page_focus(m));
    bool is_open = !is_shut(m, &l);
    switch (l.kind) {
    case TREE_STEP:
        snprintf(out, out_size,
                 is_open ? message("On step %d.  Space = hide its questions.")
                         : message("On step %d.  Space = show its questions."),
                 (int)l.step);
        break;
    case TREE_CHECK:
        say_check(m, l.row, out, out_size);
        break;
    case TREE_BRANCH:
        snprintf(out, out_size, message("Other causes that step %d can find."), (int)l.step);
        break;
    case TREE_CAUSE:
        snprintf(out, out_size, "%s",
                 l.diagnosed ? message("This was found.") : message("This was not found here."));
        break;
    case TREE_ANSWER:
        snprintf(out, out_size, "%s",
                 l.diagnosed ? message("The answer.") : message("There is no answer yet."));
        break;
    }
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    struct tree_line l = line_at(m, page_focus(m));
    char id[8];
    switch (l.kind) {
    case TREE_STEP:
        snprintf(out, out_size, message("show step %d"), (int)l.step);
        break;
    case TREE_CHECK:
        page_check_id(l.row, id, sizeof(id));
        snprintf(out, out_size, message("show the evidence for question %s"), id);
        break;
    case TREE_BRANCH:
        snprintf(out, out_size, "%s",
                 is_shut(m, &l) ? message("show these causes") : message("hide these causes"));
        break;
    case TREE_CAUSE:
        snprintf(out, out_size, "%s",
                 l.diagnosed ? message("read the answer")
                             : message("see what this cause would say"));
        break;
    case TREE_ANSWER:
        snprintf(out, out_size, "%s", message("read the answer"));
        break;
    }
}

/* ---- as lines ----------------------------------------------------------------------------- */

static void item(const struct model *m, int i, char *out, size_t out_size)
{
    static const char *const verbs[] = {
        [TREE_STEP] = N_("show step %s"),          [TREE_CHECK] = N_("show question %s"),
        [TREE_BRANCH] = N_("causes: %s"),          [TREE_CAUSE] = N_("look at %s"),
        [TREE_ANSWER] = N_("read the answer: %s"),
    };
    char words[ADVICE_LINE + 32], line[ADVICE_LINE + 128];
    struct tree_line l = line_at(m, i);
    tree_line_text(m, &l, words, sizeof(words));
    snprintf(line, sizeof(line), message(verbs[l.kind]), words);
    text_copy_cut(out, out_size, line); /* cut at a whole character */
}

static void list_line(const struct model *m, const struct tree_line *l, struct buf *out)
{
    char words[ADVICE_LINE + 32], why[SAID_SIZE];
    bool is_step = l->kind == TREE_STEP;
    size_t row = is_step ? tree_telling_check(m, l->step) : l->row;
    enum mark mark = is_step ? mark_of_step(m, l->step) : mark_of_check(m, l->row);
    tree_line_text(m, l, words, sizeof(words));
    if (mark == MARK_SKIP || mark == MARK_EMPTY)
        tree_say_not_asked(m, row, why, sizeof(why));
    else
        advice_said(&m->walk->findings[row].summary, m->redaction, why, sizeof(why));
    bool is_asked = mark != MARK_SKIP && mark != MARK_EMPTY;
    buf_printf(out, "%s%s  %s%s%s\n", is_step ? "" : "  ", words,
               is_asked ? tree_result_word(mark) : "", is_asked ? "  " : "", why);
}

static void list(const struct model *m, struct buf *out)
{
    struct tree_lines all;
    char words[ADVICE_LINE + 32];
    tree_lines_make(m, &all);
    buf_printf(out, "%s\n\n", message("THE PATH WE TOOK"));
    for (int i = 0; i < all.n; i++) {
        const struct tree_line *l = &all.line[i];
        if (l->kind == TREE_STEP || l->kind == TREE_CHECK)
            list_line(m, l, out);
        tree_line_text(m, l, words, sizeof(words));
        if (l->kind == TREE_ANSWER)
            buf_printf(out, "%s%s\n", message("ANSWER  "), words);
    }
}

static void change(struct model *m, struct action a)
{
    struct tree_form *f = &m->forms.tree;
    uint32_t bit = (uint32_t)1 << (a.value & 31);
    if (a.kind == ACTION_FOLD_ALL)
        tree_fold_all(m);
    if (a.kind != ACTION_FOLD)
        return;
    bool open = a.choice == FOLD_TOGGLE ? !(f->open & bit) : a.choice == FOLD_OPEN;
    f->open = open ? f->open | bit : f->open & ~bit;
    f->was_touched = true;
}

const struct page_ops page_tree = {
    .name = "tree",
    .title = N_("The path we took"),
    .help =
        N_("Every question that whytls can ask, in order. It goes down only as far as the answers "
           "lead. Each step opens to its questions, and to the causes that it can find. The line "
           "at the end is the answer."),
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .item = item,
    .items = count_items,
    .focus = here,
    .rows = count_items,
    .top = top_line,
    .turned_to = tree_fold_at_first,
    .change = change,
};
