/*
 * page_step_parts.h - the parts of the step page: its checks, its experiments, its question. Pure.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_STEP_PARTS_H
#define WHYTLS_UI_STEP_PARTS_H

#include "../canvas.h"
#include "../model.h"

/* Rows of the tree that belong to a step, in order. */
int step_check_count(enum step s);
size_t step_check_row(enum step s, int i);
void step_draw_checks(const struct model *m, const struct canvas *c);

int step_experiment_count(const struct model *m);
void step_draw_experiments(const struct model *m, const struct canvas *c);
/* "it worked", "still fails" ... */
const char *experiment_result(const struct model *m, const struct probe *p, enum role *role);

/* The columns that the longest of them takes. */
int experiment_result_width(void);

/* The open question that a check of this step wants answered. */
bool step_question_asked(const struct model *m, enum question *q);
int question_choices(enum question q);
/* The rows that it takes with its choices. */
int step_question_rows(enum question q, int width);
void step_draw_question(const struct model *m, const struct canvas *c);

/* What was found to be fine, as many rows as there is room for. */
void step_draw_known(const struct model *m, const struct canvas *c, int y);

/* ---- where the window is large (page_step_wide.c) -------------------------------------------- */

enum { STEP_PATH_MAX = 56 }; /* columns of the path at most */
void step_draw_path(const struct model *m, const struct canvas *c);
/* The causes that a step can name as an answer. */
int step_cause_count(enum step s);
void step_draw_finds(const struct model *m, const struct canvas *c);
void step_draw_evidence(const struct model *m, const struct canvas *c);

#endif
