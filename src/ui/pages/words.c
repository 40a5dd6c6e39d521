/*
 * words.c - what several pages say alike. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "pages.h"
#include "whytls/walk.h"

void page_say_so_far(const struct model *m, char *out, size_t out_size)
{
    const struct diagnosed *list = NULL;
    const struct walk *w = m->walk;
    bool is_asking = w->conclusion == CONCLUSION_ASKING;
    struct advice advice;
    if (is_asking && w->n_causes == 0)
        snprintf(out, out_size, "So far:  nothing wrong yet.  Asking the site, %u s.",
                 m->elapsed_ms / 1000);
    else if (walk_verdict(w, &list) == 0 && w->n_causes == 0)
        snprintf(out, out_size, "So far:  we can't say yet.");
    else {
        advice_make(w, w->n_causes > 0 ? &w->causes[0] : &list[0], m->redaction, &advice);
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
    const struct diagnosed n = {.cause = cause, .certainty = CERTAINTY_UNKNOWN, .path_place = -1};
    advice_make(&no_walk, &n, NULL, a);
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
