/*
 * tree_dump.c - the decision tree as the table has it: each step, its questions, when a question is
 * asked, and the causes that it can name. For tests/golden.sh.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "whytls/checks.h"

static void print_row(size_t i)
{
    const struct tree_row *row = tree_row(i);
    printf("   %-20s %s\n", row->check->id, row->check->question);
    if (row->parent >= 0)
        printf("      asked where %s is \"%s\"\n", tree_row((size_t)row->parent)->check->id,
               result_id(row->on));
    for (size_t k = 0; k < row->check->n_causes; k++) {
        const struct cause *c = &row->check->causes[k];
        printf("      %s  %-28s %s\n", c->code, c->slug, c->title);
    }
}

int main(void)
{
    enum step step = STEP_NONE;
    for (size_t i = 0; i < tree_size(); i++) {
        if (tree_row(i)->check->step != step) {
            step = tree_row(i)->check->step;
            printf("%d  %s\n", (int)step, step_question(step));
        }
        print_row(i);
    }
    return ferror(stdout) != 0;
}
