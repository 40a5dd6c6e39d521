/*
 * page_tree_draw.c - the lines of the tree as they are drawn: what was walked, and what came of it.
 * Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "page_tree_lines.h"
#include "whytls/message.h"
#include "whytls/walk.h"

enum { POINTER_X = 4, FOLD_X = 5, STEP_X = 6, CHECK_X = 9, CAUSE_X = 12, WORD_X = 53 };
enum { LEGEND_X = 3, LEGEND_GAP = 6, LEGEND_COUNT = 4 };

static bool is_walked(enum mark mark)
{
    return mark == MARK_OK || mark == MARK_FAIL || mark == MARK_WARN || mark == MARK_UNKNOWN;
}

/* Behind the longest of the words. */
static int said_x(const struct canvas *c)
{
    int widest = 0;
    for (int mark = 0; mark < MARK_COUNT; mark++) {
        int width = canvas_columns(c, tree_result_word((enum mark)mark));
        widest = width > widest ? width : widest;
    }
    return WORD_X + widest + 1;
}

static void draw_result(const struct model *m, const struct canvas *c, int y, enum mark mark,
                        size_t row)
{
    char why[SAID_SIZE];
    if (mark == MARK_SKIP || mark == MARK_EMPTY) {
        tree_say_not_asked(m, row, why, sizeof(why));
        canvas_put_within(c, WORD_X, y, c->width - WORD_X - 1, ROLE_MUTED, why);
        return;
    }
    canvas_put(c, WORD_X, y, mark_role(mark), tree_result_word(mark));
    advice_said(&m->walk->findings[row].summary, m->redaction, why, sizeof(why));
    int x = said_x(c);
    canvas_put_within(c, x, y, c->width - x - 1, ROLE_TEXT, why);
}

static void draw_walked(const struct model *m, const struct canvas *c, int y, enum mark mark)
{
    if (is_walked(mark))
        canvas_put(c, 2, y, ROLE_PATH_WALKED, m->glyphs->walked);
    else
        canvas_put(c, 2, y, ROLE_PATH_NOT_TAKEN, "?");
}

static void draw_words(const struct model *m, const struct canvas *c, int x, int y, int width,
                       enum role role, const struct tree_line *l)
{
    char words[ADVICE_LINE + 32];
    tree_line_text(m, l, words, sizeof(words));
    canvas_put_within(c, x, y, width, role, words);
}

static void draw_step(const struct model *m, const struct canvas *c, int y,
                      const struct tree_line *l, enum role role)
{
    enum mark mark = mark_of_step(m, l->step);
    draw_walked(m, c, y, mark);
    if (!tree_is_open(m, tree_step_bit(l->step)))
        canvas_put(c, FOLD_X, y, ROLE_MUTED, "+");
    draw_words(m, c, STEP_X, y, WORD_X - STEP_X - 1, role, l);
    draw_result(m, c, y, mark, tree_telling_check(m, l->step));
}

static void draw_check(const struct model *m, const struct canvas *c, int y,
                       const struct tree_line *l, enum role role)
{
    draw_walked(m, c, y, mark_of_check(m, l->row));
    draw_words(m, c, CHECK_X, y, WORD_X - CHECK_X - 1, role, l);
    draw_result(m, c, y, mark_of_check(m, l->row), l->row);
}

static void draw_branch(const struct model *m, const struct canvas *c, int y,
                        const struct tree_line *l, enum role role)
{
    bool is_asked = is_walked(mark_of_step(m, l->step));
    canvas_put(c, 2, y, ROLE_PATH_NOT_TAKEN, is_asked ? m->glyphs->not_taken : "?");
    if (!tree_is_open(m, tree_branch_bit(l->step)))
        canvas_put(c, CHECK_X - 1, y, ROLE_MUTED, "+");
    draw_words(m, c, CHECK_X, y, c->width - CHECK_X - 1,
               role == ROLE_TEXT ? ROLE_PATH_NOT_TAKEN : role, l);
}

static void draw_cause(const struct model *m, const struct canvas *c, int y,
                       const struct tree_line *l, enum role role)
{
    enum mark mark = mark_of_check(m, l->row);
    int x = CAUSE_X;
    if (l->diagnosed) {
        canvas_put(c, 2, y, ROLE_PATH_WALKED, m->glyphs->walked);
        x += canvas_put(c, x, y, role == ROLE_TEXT ? ROLE_TITLE : role, message("found  "));
    } else {
        canvas_put(c, 2, y, ROLE_PATH_NOT_TAKEN, is_walked(mark) ? m->glyphs->not_taken : "?");
    }
    draw_words(m, c, x, y, c->width - x - 1, l->diagnosed && role == ROLE_TEXT ? ROLE_TITLE : role,
               l);
}

static void draw_answer(const struct model *m, const struct canvas *c, int y,
                        const struct tree_line *l, enum role role)
{
    if (l->diagnosed)
        canvas_put(c, 2, y, ROLE_PATH_WALKED, m->glyphs->walked);
    else
        canvas_put(c, 2, y, ROLE_PATH_NOT_TAKEN, "?");
    int x = STEP_X + canvas_put(c, STEP_X, y, ROLE_TITLE, message("ANSWER  "));
    draw_words(m, c, x, y, c->width - x - 1, role == ROLE_TEXT ? ROLE_TITLE : role, l);
}

void tree_draw_line(const struct model *m, const struct canvas *c, int y, const struct tree_line *l,
                    bool is_focus)
{
    static void (*const draws[])(const struct model *, const struct canvas *, int,
                                 const struct tree_line *, enum role) = {
        [TREE_STEP] = draw_step,   [TREE_CHECK] = draw_check,   [TREE_BRANCH] = draw_branch,
        [TREE_CAUSE] = draw_cause, [TREE_ANSWER] = draw_answer,
    };
    draws[l->kind](m, c, y, l, list_point(m, c, POINTER_X, y, is_focus));
}

/* What the signs mean; closer together where they would not have room. */
static void draw_signs(const struct model *m, const struct canvas *c)
{
    char signs[LEGEND_COUNT][64];
    int width = 0;
    snprintf(signs[0], sizeof(signs[0]), message("%s walked"), m->glyphs->walked);
    snprintf(signs[1], sizeof(signs[1]), message("%s not taken"), m->glyphs->not_taken);
    snprintf(signs[2], sizeof(signs[2]), "%s", message("? not tested"));
    snprintf(signs[3], sizeof(signs[3]), message("%s you are here"), m->glyphs->here);
    for (int i = 0; i < LEGEND_COUNT; i++)
        width += canvas_columns(c, signs[i]);
    bool is_roomy = LEGEND_X + width + LEGEND_COUNT * LEGEND_GAP < c->width;
    int x = is_roomy ? LEGEND_X : 0;
    for (int i = 0; i < LEGEND_COUNT; i++)
        x += canvas_putf(c, x, 1, ROLE_TEXT, is_roomy ? "  %s  " : " %s", signs[i]) +
             (is_roomy ? 2 : 0);
}

void tree_draw_legend(const struct model *m, const struct canvas *c)
{
    int answered = 0, n = (int)tree_size();
    char count[128];
    for (int i = 0; i < n; i++)
        answered += is_walked(mark_of_check(m, (size_t)i));
    canvas_put(c, 1, 0, ROLE_TITLE, message("THE PATH WE TOOK"));
    snprintf(count, sizeof(count), message("%d of %d questions answered"), answered, n);
    canvas_put_right(c, 0, 1, ROLE_TEXT, count);
    draw_signs(m, c);
}
