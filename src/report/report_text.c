/*
 * report_text.c - a case as plain text: the headings of `check`, each cause a block, and the tree.
 * The answer comes as blocks (blocks.h); its head has the time and the code of the case, and
 * nothing is of this moment, so that a saved case opens to the same bytes.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "whytls/advice.h"
#include "whytls/blocks.h"
#include "whytls/message.h"
#include "whytls/report.h"
#include "whytls/text.h"
#include "whytls/walk.h"
#include "wrapped.h"

enum { QUESTION_WIDTH = 38 };

/* ---- the answer: a sink ------------------------------------------------------------------- */

static void put_entry(void *ctx, const struct block_entry *e)
{
    struct buf *out = ctx;
    char line[ADVICE_LINE + 16];
    /* behind a head, or another one */
    buf_printf(out, "%s%s\n", e->n > 0 ? "\n" : "", message("Answer"));
    snprintf(line, sizeof(line), "%s  %s", e->code, e->title);
    put_wrapped(out, "  ", line);
    if (e->n > 0)
        put_wrapped(out, "  ", e->sure);
    if (e->n > 1 && e->place == 0)
        snprintf(line, sizeof(line), message("Finding %zu of %zu. This one comes first"),
                 e->place + 1, e->n);
    else if (e->n > 1)
        snprintf(line, sizeof(line), message("Finding %zu of %zu"), e->place + 1, e->n);
    if (e->n > 1)
        buf_printf(out, "  %s\n", line);
}

static void put_heading(void *ctx, enum block_part part, const char *words, size_t n_items)
{
    (void)part;
    (void)n_items;
    buf_printf(ctx, "\n%s\n", words);
}

static void put_text(void *ctx, enum block_part part, const char *text)
{
    put_wrapped(ctx, part == BLOCK_HEAD ? "" : "  ", text);
}

static void put_item(void *ctx, enum block_part part, size_t number, const char *text)
{
    static const char *const leads[] = {
        [BLOCK_DO_NOT] = "  x  ", [BLOCK_WHY] = "  -  ", [BLOCK_MISSING] = "  -  ",
        [BLOCK_SEEN] = "  -  ",   [BLOCK_HOW] = "  -  ", [BLOCK_FINE] = "  +  ",
        [BLOCK_NOTES] = "  -  "};
    char lead[32];
    snprintf(lead, sizeof(lead), "  %zu  ", number);
    put_wrapped(ctx, leads[part] ? leads[part] : lead, text);
}

static void put_code(void *ctx, enum block_part part, const char *text)
{
    (void)part;
    buf_printf(ctx, "     %s\n", text);
}

static struct block_sink text_sink(struct buf *out)
{
    return (struct block_sink){.ctx = out,
                               .entry = put_entry,
                               .heading = put_heading,
                               .text = put_text,
                               .item = put_item,
                               .code = put_code};
}

void report_text(const struct walk *w, const struct redaction *redaction, struct buf *out)
{
    const struct block_sink sink = text_sink(out);
    report_answer(w, redaction, &sink);
}

void report_text_head(const struct walk *w, const struct redaction *redaction, struct buf *out)
{
    const struct block_sink sink = text_sink(out);
    report_head(w, redaction, &sink);
}

void report_cause(const struct cause *cause, struct buf *out)
{
    const struct block_sink sink = text_sink(out);
    report_answer_of(cause, &sink);
}

/* ---- the tree ------------------------------------------------------------------------------ */

static const char *const marks[] = {
    /* TRANSLATORS: four columns each */
    [RESULT_WAITING] = " .. ", [RESULT_FINE] = N_(" OK "),   [RESULT_CAUSE] = N_("FAIL"),
    [RESULT_UNKNOWN] = " ?? ", [RESULT_NOT_NEEDED] = "    ",
};

void report_tree(const struct walk *w, const struct redaction *redaction, struct buf *out)
{
    enum step step = STEP_NONE;
    for (size_t i = 0; i < tree_size(); i++) {
        const struct check *check = tree_row(i)->check;
        const struct finding *f = &w->findings[i];
        if (check->step != step) {
            step = check->step;
            buf_printf(out, "%d  %s\n", (int)step, message(step_question(step)));
        }
        char said[SAID_SIZE];
        advice_said(&f->summary, redaction, said, sizeof(said));
        const char *question = message(check->question);
        int width = text_width(question), gap = width < QUESTION_WIDTH ? QUESTION_WIDTH - width : 0;
        buf_printf(out, "   [%s] %s%*s %s\n", message(marks[f->result]), question, gap, "", said);
        for (size_t k = 0; k < f->n_causes; k++)
            buf_printf(out, "          %s  %s\n", f->causes[k].cause->code,
                       f->causes[k].cause->slug);
    }
}

int report_exit_code(const struct walk *w)
{
    if (w->analysis.ev && w->analysis.ev->no_memory)
        return 3;
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
