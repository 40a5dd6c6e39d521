/*
 * page_tree_lines.h - the tree as lines: steps, their checks, the causes that they can name, and
 * the answer. What is folded is in the model. Pure.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_TREE_LINES_H
#define WHYTLS_UI_TREE_LINES_H

#include "../model.h"
#include "../widgets/widgets.h"

enum tree_kind {
    TREE_STEP,
    TREE_CHECK,
    TREE_BRANCH, /* "otherwise ..": the causes of a step that are not the answer here */
    TREE_CAUSE,
    TREE_ANSWER
};

enum { TREE_MAX_LINES = 256 };

struct tree_line {
    enum tree_kind kind;
    enum step step;
    size_t row;                        /* CHECK: of the tree */
    const struct cause *cause;         /* CAUSE; ANSWER: NULL where there is none yet */
    int place;                         /* CAUSE: as cause_at counts */
    const struct diagnosed *diagnosed; /* CAUSE that was found here, ANSWER; or NULL */
};

struct tree_lines {
    struct tree_line line[TREE_MAX_LINES];
    int n;
};

/* Bits of model.forms.tree.open. */
enum { TREE_OPEN_BRANCH = 16 };
static inline int tree_step_bit(enum step s)
{
    return (int)s;
}
static inline int tree_branch_bit(enum step s)
{
    return TREE_OPEN_BRANCH + (int)s;
}
bool tree_is_open(const struct model *m, int bit);

/* What is to be seen with this folding. A row keeps its place while a case is being asked. */
void tree_lines_make(const struct model *m, struct tree_lines *all);

/* Steps with a fault open, all else shut; what the user has folded stays. */
void tree_fold_at_first(struct model *m);
/* The bits where everything is open. */
uint32_t tree_all_open(void);
/* All open, or all shut where all is open; the focus stays on its line. */
void tree_fold_all(struct model *m);
/* Looks in all lines, folded or not, and opens what is found. direction 0: from the focus on. */
bool tree_find(struct model *m, const char *text, int direction);
/* The words of a line. */
void tree_line_text(const struct model *m, const struct tree_line *l, char *out, size_t out_size);

/* What came of a check or a step, in a word: "fine". */
const char *tree_result_word(enum mark mark);
/* Why a check was not asked. */
void tree_say_not_asked(const struct model *m, size_t row, char *out, size_t out_size);
/* The first of the step's checks that is as its mark says. */
size_t tree_telling_check(const struct model *m, enum step s);

/* ---- page_tree_draw.c ---- */

void tree_draw_line(const struct model *m, const struct canvas *c, int y, const struct tree_line *l,
                    bool is_focus);
/* The title, how many questions are answered, and what the signs mean. */
void tree_draw_legend(const struct model *m, const struct canvas *c);

#endif
