/*
 * answer.c - the verdict in words: who can fix it, what is wrong, do this, do not, why, and what is
 * fine. The most important lines come first, so that they stand on the first 24 rows. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "../widgets/widgets.h"
#include "entry.h"
#include "pages.h"
#include "whytls/advice.h"
#include "whytls/report.h"

/* How much room there is: the first entry stands on the first 24 rows, with what is fine if it can
 * be. */
enum room {
    ROOM_TIGHT, /* not even for that */
    ROOM_CLOSE, /* what is fine as catchwords, no blank rows */
    ROOM_BRIEF, /* with blank rows between the parts */
    ROOM_BLANKS /* and sentences */
};

static void put_fine(const struct model *m, struct doc *d, enum room room)
{
    char lines[ADVICE_MAX_FINE][ADVICE_LINE], brief[ADVICE_LINE];
    size_t n = advice_fine(m->walk, lines);
    if (n == 0)
        return;
    entry_label(d, room != ROOM_CLOSE, "What is fine");
    if (room == ROOM_CLOSE || room == ROOM_BRIEF) {
        advice_fine_brief(m->walk, brief, sizeof(brief));
        doc_text(d, ENTRY_TEXT_X, ROLE_TEXT, brief);
        return;
    }
    for (size_t i = 0; i < n; i++)
        doc_text(d, ENTRY_TEXT_X, ROLE_TEXT, lines[i]);
}

static void put_entry(const struct model *m, struct doc *d, const struct named *n, bool is_roomy)
{
    struct advice a;
    advice_make(m->walk, n, &a);
    entry_put(d, &a, is_roomy);
}

static void put_second(const struct model *m, struct doc *d, const struct named *n, size_t place,
                       bool is_roomy)
{
    struct advice a;
    advice_make(m->walk, n, &a);
    doc_blank(d);
    doc_putf(d, ENTRY_LABEL_X, ROLE_TITLE, "FAULT %zu  %s   %s", place + 1, n->cause->code, a.sure);
    d->row++;
    put_entry(m, d, n, is_roomy);
}

static void put_notes(const struct model *m, struct doc *d)
{
    char line[4 * ADVICE_LINE];
    for (size_t i = 0; i < m->walk->n_notes; i++) {
        if (i == 0) {
            doc_blank(d);
            doc_put(d, ENTRY_LABEL_X, ROLE_HEADING, "Also seen");
        }
        advice_note(m->walk, &m->walk->notes[i], line, sizeof(line));
        doc_text(d, ENTRY_TEXT_X, ROLE_TEXT, line);
    }
}

static void put_waiting(const struct model *m, struct doc *d)
{
    doc_text(d, ENTRY_LABEL_X, ROLE_TITLE, "The answer is not there yet");
    doc_blank(d);
    doc_putf(d, ENTRY_LABEL_X, ROLE_TEXT, "We are still asking the site, for %u s now.",
             m->elapsed_ms / 1000);
    d->row += 2;
    doc_text(d, ENTRY_LABEL_X, ROLE_TEXT, "It comes up here by itself.  Press . to stop asking.");
}

static void put_all(const struct model *m, struct doc *d, enum room room)
{
    const struct named *list = NULL;
    size_t n = walk_verdict(m->walk, &list);
    if (m->walk->conclusion == CONCLUSION_ASKING || n == 0) {
        put_waiting(m, d);
        return;
    }
    if (n > 1)
        doc_putf(d, ENTRY_LABEL_X, ROLE_WARN, "%zu faults.  This one blocks first.", n);
    d->row += n > 1;
    put_entry(m, d, &list[0], room >= ROOM_BRIEF);
    for (size_t i = 1; i < n; i++)
        put_second(m, d, &list[i], i, room >= ROOM_BRIEF);
    put_fine(m, d, room);
    put_notes(m, d);
}

static int rows_with(const struct model *m, enum room room)
{
    struct doc d = doc_measure(m);
    put_all(m, &d, room);
    return d.row;
}

/* Blank rows where the first entry then still fits on one screen; else all on one if that can be.
 */
static enum room room_of(const struct model *m)
{
    const struct named *list = NULL;
    struct doc d = doc_measure(m);
    size_t n = walk_verdict(m->walk, &list);
    for (enum room r = ROOM_BLANKS; n > 0 && r >= ROOM_CLOSE; r--)
        if (rows_with(m, r) <= page_window(m))
            return r;
    if (n > 0)
        put_entry(m, &d, &list[0], true);
    return d.row + (n > 1) <= page_window(m) ? ROOM_BLANKS : ROOM_TIGHT;
}

static int count_rows(const struct model *m)
{
    return rows_with(m, room_of(m));
}

static void draw_top(const struct model *m, const struct canvas *c)
{
    const struct named *list = NULL;
    struct advice a;
    if (m->walk->conclusion == CONCLUSION_ASKING || walk_verdict(m->walk, &list) == 0) {
        canvas_put(c, 1, 0, ROLE_TITLE, "ANSWER");
        return;
    }
    advice_make(m->walk, &list[0], &a);
    canvas_putf(c, 1, 0, ROLE_TITLE, "ANSWER  %s", a.cause->code);
    canvas_put_right(c, 0, 1, ROLE_TITLE, a.sure);
}

static void draw(const struct model *m, struct canvas *c)
{
    draw_top(m, c);
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    struct doc d = doc_of(&body, page_scroll(m));
    put_all(m, &d, room_of(m));
    canvas_cursor(&body, ENTRY_LABEL_X, 0);
}

/* The words of `check`: they are made to be read in a row. */
static void list(const struct model *m, struct buf *out)
{
    const struct named *verdict = NULL;
    if (m->walk->conclusion == CONCLUSION_ASKING || walk_verdict(m->walk, &verdict) == 0)
        buf_printf(out, "The answer is not there yet.  We are still asking the site.\n");
    else
        report_text(m->walk, out);
}

/* ---- keys ---------------------------------------------------------------------------------------
 */

static struct action key(const struct model *m, unsigned k)
{
    bool is_asking = m->walk->conclusion == CONCLUSION_ASKING;
    if (k == UI_KEY_ENTER && is_asking)
        return action_of(ACTION_STEP, (int)m->at.step);
    if (k == UI_KEY_ENTER)
        return m->is_live ? action_of(ACTION_GO, PAGE_SAVE) : action_of(ACTION_GO, PAGE_TREE);
    if (k >= '1' && k <= '9')
        return action_of(ACTION_STEP, (int)(k - '0'));
    return action_of(ACTION_NONE, 0);
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    int asked = 0, steps = 0;
    for (size_t i = 0; i < tree_size(); i++) {
        enum mark mark = mark_of_check(m, i);
        asked += mark != MARK_SKIP && mark != MARK_EMPTY;
    }
    for (enum step s = STEP_REACH; s < STEP_COUNT; s++)
        steps += mark_of_step(m, s) == MARK_SKIP;
    if (m->walk->conclusion == CONCLUSION_ASKING)
        page_say_so_far(m, out, out_size);
    else if (steps > 0)
        snprintf(out, out_size, "We asked %d question%s.  %d step%s not needed for this answer.",
                 asked, asked == 1 ? "" : "s", steps, steps == 1 ? " was" : "s were");
    else
        snprintf(out, out_size, "We asked %d questions in nine steps.", asked);
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    if (m->walk->conclusion == CONCLUSION_ASKING)
        snprintf(out, out_size, "watch the steps meanwhile");
    else
        snprintf(out, out_size, "%s",
                 m->is_live ? "save this answer" : "see the path to this answer");
}

const struct page_ops page_answer = {
    .name = "answer",
    .title = "The answer",
    .help =
        "The cause, who can fix it, and what to do. \"Proven\" means: we changed one thing, and "
        "it worked. \"Likely\" means: all we saw points to it, but nothing we can change proves "
        "it.",
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .rows = count_rows,
};
