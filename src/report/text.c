/*
 * text.c - a case as plain text: the headings of `check`, each cause a block, and the tree.
 * Words from advice; nothing that changes from run to run (times) stands here, so that a saved
 * case opens to the same bytes.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "whytls/advice.h"
#include "whytls/report.h"

enum { WIDTH = 76, MAX_LINES = 24 };

/* Text wrapped behind a first indent and a hanging one of the same width. */
static void put_wrapped(struct buf *out, const char *lead, const char *text)
{
    const char *starts[MAX_LINES];
    size_t lengths[MAX_LINES];
    int indent = (int)strlen(lead);
    size_t n = advice_wrap(text, WIDTH - indent, MAX_LINES, starts, lengths);
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%*s%.*s\n", indent, i == 0 ? lead : "", (int)lengths[i], starts[i]);
}

static void put_heading(struct buf *out, const char *heading)
{
    buf_printf(out, "\n%s\n", heading);
}

static void put_list(struct buf *out, const char *heading, const char *mark,
                     char (*lines)[ADVICE_LINE], size_t n)
{
    if (n == 0)
        return;
    put_heading(out, heading);
    for (size_t i = 0; i < n; i++) {
        char lead[32];
        if (mark)
            snprintf(lead, sizeof(lead), "  %s  ", mark);
        else
            snprintf(lead, sizeof(lead), "  %zu  ", i + 1);
        put_wrapped(out, lead, lines[i]);
    }
}

/* Finding i of n; n 0: a cause by itself, of no case. */
static void put_answer(struct buf *out, const struct advice *a, size_t i, size_t n)
{
    char line[ADVICE_LINE + 16];
    buf_puts(out, "Answer\n");
    snprintf(line, sizeof(line), "%s  %s", a->cause->code, a->title);
    put_wrapped(out, "  ", line);
    if (n > 0)
        put_wrapped(out, "  ", a->sure);
    if (n > 1)
        buf_printf(out, "  Finding %zu of %zu%s\n", i + 1, n,
                   i == 0 ? ". This one comes first" : "");
}

static void put_block(struct buf *out, struct advice *a)
{
    put_heading(out, "Who can fix it");
    put_wrapped(out, "  ", a->who);
    put_heading(out, "What is wrong");
    put_wrapped(out, "  ", a->what);
    put_list(out, "Do this", NULL, a->todo, a->n_todo);
    put_list(out, "Do not", "x", a->dont, a->n_dont);
    put_list(out, "Why we say so", "-", a->why, a->n_why);
}

/* So that the owner can tell them from others of the same name. */
static void put_missing(const struct walk *w, struct buf *out)
{
    struct missing_certificate list[CHAIN_MAX_PATH];
    size_t n = walk_missing(w, list);
    for (size_t i = 0; i < n; i++) {
        struct cert_info info;
        if (!cert_describe(list[i].der, &info))
            continue;
        put_wrapped(out, "  -  ", "Its fingerprint (SHA-256):");
        buf_printf(out, "     %s\n", info.sha256);
    }
}

static void put_notes(const struct walk *w, struct buf *out)
{
    if (w->n_notes == 0)
        return;
    put_heading(out, "Also seen, but not the cause");
    for (size_t i = 0; i < w->n_notes; i++) {
        char line[2 * ADVICE_LINE];
        advice_note(w, &w->notes[i], line, sizeof(line));
        put_wrapped(out, "  -  ", line);
    }
}

void report_text(const struct walk *w, struct buf *out)
{
    const struct named *list;
    size_t n = walk_verdict(w, &list);
    for (size_t i = 0; i < n; i++) {
        struct advice a;
        advice_make(w, &list[i], &a);
        if (i > 0)
            buf_puts(out, "\n");
        put_answer(out, &a, i, n);
        put_block(out, &a);
        if (list[i].cause->tells_missing)
            put_missing(w, out);
    }
    char fine[ADVICE_MAX_FINE][ADVICE_LINE];
    size_t n_fine = advice_fine(w, fine);
    if (n_fine > 0)
        put_list(out, "What is fine", "+", fine, n_fine);
    else
        buf_puts(out, "\nWhat is fine\n  We did not get far enough to say.\n");
    put_notes(w, out);
}

void report_cause(const struct cause *cause, struct buf *out)
{
    struct walk w = {0};
    struct named n = {.cause = cause,
                      .certainty = CERTAINTY_PROVEN,
                      .proof = {.baseline = -1, .experiment = -1},
                      .path_place = -1};
    struct advice a;
    advice_make(&w, &n, &a);
    a.n_why = 0; /* there is no case to say why from */
    put_answer(out, &a, 0, 0);
    put_block(out, &a);
}

/* ---- the tree ------------------------------------------------------------------------------ */

static const char *const marks[] = {
    [RESULT_WAITING] = " .. ", [RESULT_FINE] = " OK ",       [RESULT_CAUSE] = "FAIL",
    [RESULT_UNTOLD] = " ?? ",  [RESULT_NOT_NEEDED] = "    ",
};

void report_tree(const struct walk *w, struct buf *out)
{
    enum step step = STEP_NONE;
    for (size_t i = 0; i < tree_size(); i++) {
        const struct check *check = tree_row(i)->check;
        const struct finding *f = &w->findings[i];
        if (check->step != step) {
            step = check->step;
            buf_printf(out, "%d  %s\n", (int)step, step_question(step));
        }
        buf_printf(out, "   [%s] %-38s %s\n", marks[f->result], check->question, f->said);
        for (size_t k = 0; k < f->n_causes; k++)
            buf_printf(out, "          %s  %s\n", f->causes[k].cause->code,
                       f->causes[k].cause->slug);
    }
}

int report_exit_code(const struct walk *w)
{
    switch (w->conclusion) {
    case CONCLUSION_WORKS:
    case CONCLUSION_FILE_GOOD:
        return 0;
    case CONCLUSION_CAUSE:
        return 1;
    case CONCLUSION_UNKNOWN:
    case CONCLUSION_TIME_UP_FAILS:
        return 2;
    default:
        return 3;
    }
}
