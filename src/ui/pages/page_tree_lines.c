/*
 * page_tree_lines.c - what the tree page shows, line by line: see page_tree_lines.h. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "page_tree_lines.h"

#include <stdio.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/text.h"
#include "whytls/walk.h"

bool tree_is_open(const struct model *m, int bit)
{
    return m->forms.tree.open & ((uint32_t)1 << bit);
}

static struct tree_line *add(struct tree_lines *all, enum tree_kind kind, enum step step)
{
    if (all->n == TREE_MAX_LINES)
        return &all->line[TREE_MAX_LINES - 1];
    struct tree_line *l = &all->line[all->n++];
    *l = (struct tree_line){.kind = kind, .step = step};
    return l;
}

static const struct diagnosed *found_here(const struct finding *f, const struct cause *cause)
{
    for (size_t i = 0; i < f->n_causes; i++)
        if (f->causes[i].cause == cause)
            return &f->causes[i];
    return NULL;
}

/* Causes of a step that were not found. */
static int count_not_found(const struct model *m, enum step s)
{
    int n = 0;
    for (size_t row = 0; row < tree_size(); row++) {
        const struct check *check = tree_row(row)->check;
        for (size_t i = 0; check->step == s && i < check->n_causes; i++)
            n += !found_here(&m->walk->findings[row], &check->causes[i]);
    }
    return n;
}

/* Every cause of the step in the table's order, found or not: so none moves when one is found. */
static void add_causes(const struct model *m, enum step step, struct tree_lines *all)
{
    int place = 0;
    for (size_t row = 0, n = tree_size(); row < n; row++) {
        const struct check *check = tree_row(row)->check;
        if (check->step != step) {
            place += (int)check->n_causes;
            continue;
        }
        for (size_t i = 0; i < check->n_causes; i++, place++) {
            struct tree_line *l = add(all, TREE_CAUSE, step);
            l->row = row;
            l->cause = &check->causes[i];
            l->place = place;
            l->diagnosed = found_here(&m->walk->findings[row], l->cause);
        }
    }
}

static void add_step(const struct model *m, enum step step, struct tree_lines *all)
{
    bool has_causes = false;
    add(all, TREE_STEP, step);
    for (size_t row = 0, n = tree_size(); row < n; row++) {
        const struct check *check = tree_row(row)->check;
        if (check->step != step)
            continue;
        has_causes = has_causes || check->n_causes > 0;
        if (tree_is_open(m, tree_step_bit(step)))
            add(all, TREE_CHECK, step)->row = row;
    }
    if (!has_causes)
        return;
    add(all, TREE_BRANCH, step);
    if (tree_is_open(m, tree_branch_bit(step)))
        add_causes(m, step, all);
}

void tree_lines_make(const struct model *m, struct tree_lines *all)
{
    const struct diagnosed *verdict = NULL;
    all->n = 0;
    for (enum step s = STEP_REACH; s < STEP_COUNT; s++)
        add_step(m, s, all);
    size_t n = m->walk->conclusion == CONCLUSION_ASKING ? 0 : walk_verdict(m->walk, &verdict);
    for (size_t i = 0; i < n; i++) {
        struct tree_line *l = add(all, TREE_ANSWER, STEP_NONE);
        l->diagnosed = &verdict[i];
        l->cause = verdict[i].cause;
    }
    if (n == 0)
        add(all, TREE_ANSWER, STEP_NONE);
}

/* ---- folding ------------------------------------------------------------------------------ */

void tree_fold_at_first(struct model *m)
{
    if (m->forms.tree.was_touched || !m->walk)
        return;
    m->forms.tree.open = 0;
    for (enum step s = STEP_REACH; s < STEP_COUNT; s++)
        if (mark_of_step(m, s) == MARK_FAIL)
            m->forms.tree.open |= (uint32_t)1 << tree_step_bit(s);
}

static bool is_same_line(const struct tree_line *a, const struct tree_line *b)
{
    return a->kind == b->kind && a->step == b->step && a->row == b->row && a->cause == b->cause;
}

/* The line as it stands now, else the line of its step. */
static void focus_line(struct model *m, const struct tree_line *wanted)
{
    struct tree_lines all;
    tree_lines_make(m, &all);
    for (int i = all.n; i-- > 0;) {
        const struct tree_line *l = &all.line[i];
        if (l->kind == TREE_STEP && l->step == wanted->step)
            m->at.focus = i;
    }
    for (int i = 0; i < all.n; i++)
        if (is_same_line(&all.line[i], wanted))
            m->at.focus = i;
}

uint32_t tree_all_open(void)
{
    uint32_t bits = 0;
    for (enum step s = STEP_REACH; s < STEP_COUNT; s++)
        bits |= (uint32_t)1 << tree_step_bit(s) | (uint32_t)1 << tree_branch_bit(s);
    return bits;
}

void tree_fold_all(struct model *m)
{
    struct tree_lines all;
    if (!m->walk)
        return;
    tree_lines_make(m, &all);
    struct tree_line here = all.line[page_focus(m)];
    m->forms.tree.open = m->forms.tree.open == tree_all_open() ? 0 : tree_all_open();
    m->forms.tree.was_touched = true;
    focus_line(m, &here);
}

/* ---- words and finding -------------------------------------------------------------------- */

static void say_cause(const struct model *m, const struct tree_line *l, char *out, size_t out_size)
{
    struct advice a;
    if (l->diagnosed)
        advice_make(m->walk, l->diagnosed, m->redaction, &a);
    else
        page_preview_advice(l->cause, &a);
    snprintf(out, out_size, "%s  %s", l->cause->code, a.title);
}

void tree_line_text(const struct model *m, const struct tree_line *l, char *out, size_t out_size)
{
    char id[8];
    switch (l->kind) {
    case TREE_STEP:
        snprintf(out, out_size, "%d  %s", (int)l->step, message(step_question(l->step)));
        break;
    case TREE_CHECK:
        page_check_id(l->row, id, sizeof(id));
        snprintf(out, out_size, "%s  %s", id, message(tree_row(l->row)->check->question));
        break;
    case TREE_BRANCH: {
        int n = count_not_found(m, l->step);
        bool is_other = mark_of_step(m, l->step) == MARK_FAIL;
        /* TRANSLATORS: a branch of the tree: what else a step can find, and how many causes. */
        snprintf(out, out_size,
                 is_other ? message_plural("other .. %s  (%d cause)", "other .. %s  (%d causes)",
                                           (unsigned long)n)
                          : message_plural("otherwise .. %s  (%d cause)",
                                           "otherwise .. %s  (%d causes)", (unsigned long)n),
                 page_step_branch(l->step), n);
        break;
    }
    case TREE_CAUSE:
        say_cause(m, l, out, out_size);
        break;
    case TREE_ANSWER:
        if (l->diagnosed)
            say_cause(m, l, out, out_size);
        else
            text_copy_cut(out, out_size, message("not there yet"));
        break;
    }
}

static bool says(const struct model *m, const struct tree_line *l, const char *text)
{
    char words[ADVICE_LINE + 32];
    tree_line_text(m, l, words, sizeof(words));
    if (text_contains_nocase(words, text))
        return true;
    return l->kind == TREE_CAUSE && text_contains_nocase(l->cause->slug, text);
}

bool tree_find(struct model *m, const char *text, int direction)
{
    struct tree_lines seen, all;
    struct model open = *m;
    tree_lines_make(m, &seen);
    struct tree_line here = seen.line[page_focus(m)];
    open.forms.tree.open = tree_all_open();
    tree_lines_make(&open, &all);
    int at = 0, step = direction < 0 ? -1 : 1;
    for (int i = 0; i < all.n; i++)
        if (is_same_line(&all.line[i], &here))
            at = i;
    for (int k = direction == 0 ? 0 : 1; k <= all.n; k++) {
        const struct tree_line *l = &all.line[((at + step * k) % all.n + all.n) % all.n];
        if (!says(&open, l, text))
            continue;
        if (l->kind == TREE_CHECK)
            m->forms.tree.open |= (uint32_t)1 << tree_step_bit(l->step);
        if (l->kind == TREE_CAUSE)
            m->forms.tree.open |= (uint32_t)1 << tree_branch_bit(l->step);
        focus_line(m, l);
        return true;
    }
    return false;
}

/* ---- what came of a line ------------------------------------------------------------------ */

const char *tree_result_word(enum mark mark)
{
    switch (mark) {
    case MARK_OK:
        /* TRANSLATORS: how a question went, in a column of its own: each word as short as can be.
         * */
        return message("fine");
    case MARK_FAIL:
        return message("FAULT");
    case MARK_WARN:
        return message("weak");
    case MARK_BUSY:
        return message("asking");
    case MARK_UNKNOWN:
        return message("unclear");
    default:
        return "";
    }
}

/* Why a check was not asked: the last one above it that was asked ended it. */
void tree_say_not_asked(const struct model *m, size_t row, char *out, size_t out_size)
{
    const struct tree_row *r = tree_row(row);
    while (r->parent >= 0 && mark_of_check(m, (size_t)r->parent) == MARK_SKIP)
        r = tree_row((size_t)r->parent);
    bool is_shut = r->parent >= 0 && m->walk->findings[r->parent].result != r->on;
    char id[8];
    if (mark_of_check(m, row) == MARK_EMPTY) {
        text_copy_cut(out, out_size, message("not asked yet"));
    } else if (is_shut) {
        page_check_id((size_t)r->parent, id, sizeof(id));
        snprintf(out, out_size, message("not asked: %s ended it"), id);
    } else {
        text_copy_cut(out, out_size, message("not needed for this answer"));
    }
}

/* The first of the step's checks that is as its mark says. */
size_t tree_telling_check(const struct model *m, enum step s)
{
    size_t first = tree_size();
    for (size_t row = tree_size(); row-- > 0;)
        if (tree_row(row)->check->step == s &&
            (mark_of_check(m, row) == mark_of_step(m, s) || first == tree_size()))
            first = row;
    return first;
}
