/*
 * page_answer.c - the verdict in words: who can fix it, what is wrong, do this, do not, why, and
 * what is fine. The most important lines come first, so that they stand on the first 24 rows. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "../widgets/widgets.h"
#include "entry.h"
#include "pages.h"
#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/report.h"
#include "whytls/text.h"
#include "whytls/walk.h"

/* How much room there is: an answer of one fault stands on one screen, each of several on its own.
 */
enum room {
    ROOM_TIGHT,  /* not even for the first fault with blank rows */
    ROOM_CUT,    /* for all but some proofs and what is fine */
    ROOM_CLOSE,  /* what is fine as catchwords, no blank rows */
    ROOM_BRIEF,  /* with blank rows between the parts */
    ROOM_BLANKS, /* and sentences */
    ROOM_SCREENS /* not for all, but a screen for each fault */
};

static void make_blocks(const struct model *m, struct answer_blocks *s)
{
    answer_blocks_of_walk(m->walk, m->redaction, s);
    if (m->walk->conclusion == CONCLUSION_ASKING)
        s->n = s->n_entries = 0;
}

static void put_notes(const struct answer_blocks *s, struct doc *d, bool is_roomy)
{
    const struct answer_block *heading = answer_blocks_heading(s, BLOCK_NOTES);
    if (!heading)
        return;
    entry_label(d, is_roomy, message("Also seen"));
    for (size_t i = 1; i <= heading->number; i++)
        doc_text(d, ENTRY_TEXT_X, ROLE_TEXT, answer_blocks_text(s, heading[i].text));
}

/* The row where proofs and what is fine must end, so that all is seen: notes are no catchwords. */
static int end_of(const struct model *m, const struct answer_blocks *s, enum room room)
{
    struct doc d = doc_measure(m);
    put_notes(s, &d, false);
    return room == ROOM_CUT ? page_window(m) - d.row : ENTRY_NO_END;
}

static void put_fine_lines(struct doc *d, const struct answer_blocks *s,
                           const struct answer_block *heading)
{
    entry_label(d, true, answer_blocks_text(s, heading->text));
    for (size_t i = 1; i <= heading->number; i++)
        doc_text(d, ENTRY_TEXT_X, ROLE_TEXT, answer_blocks_text(s, heading[i].text));
}

/* Catchwords, where they end before row `end`; else how many there are, or nothing. */
static void put_fine_brief(const struct model *m, struct doc *d, size_t n, enum room room, int end)
{
    char brief[ADVICE_LINE];
    advice_fine_brief(m->walk, brief, sizeof(brief));
    if (d->row + entry_rows_of(d, brief) > end)
        snprintf(brief, sizeof(brief),
                 message_plural("%zu thing.  Press t.", "%zu things.  Press t.", n), n);
    if (d->row >= end)
        return;
    entry_label(d, room >= ROOM_BRIEF, message("What is fine"));
    doc_text(d, ENTRY_TEXT_X, ROLE_TEXT, brief);
}

static void put_fine(const struct model *m, const struct answer_blocks *s, struct doc *d,
                     enum room room)
{
    const struct answer_block *heading = answer_blocks_heading(s, BLOCK_FINE);
    size_t n = heading ? heading->number : 0;
    if (n > 0 && room != ROOM_BLANKS)
        put_fine_brief(m, d, n, room, end_of(m, s, room));
    else if (n > 0)
        put_fine_lines(d, s, heading);
}

/* Where there is not room for all, its first row ends the screen before: PgDn puts it on top. */
static void begin_second(const struct model *m, struct doc *d, size_t place, enum room room)
{
    int next = (int)place * (page_window(m) - 1);
    bool has_screens = room == ROOM_SCREENS || room == ROOM_TIGHT;
    if (has_screens && d->row <= next)
        d->row = next;
    else
        doc_blank(d);
}

static void put_second(const struct model *m, const struct answer_blocks *s, struct doc *d,
                       size_t place, enum room room)
{
    const struct answer_block *entry = answer_blocks_entry(s, place);
    begin_second(m, d, place, room);
    /* TRANSLATORS: a title: the fault's number, its code (W-603), and "proven" or "likely". */
    doc_putf(d, ENTRY_LABEL_X, ROLE_TITLE, message("FAULT %zu  %s   %s"), place + 1,
             answer_blocks_text(s, entry->code), answer_blocks_text(s, entry->sure));
    d->row++;
    entry_put(d, s, place, room >= ROOM_BRIEF, ENTRY_NO_END);
}

static void put_waiting(const struct model *m, struct doc *d)
{
    doc_text(d, ENTRY_LABEL_X, ROLE_TITLE, message("The answer is not there yet"));
    doc_blank(d);
    doc_putf(d, ENTRY_LABEL_X, ROLE_TEXT, message("We are still asking the site, for %u s now."),
             m->elapsed_ms / 1000);
    d->row += 2;
    doc_text(d, ENTRY_LABEL_X, ROLE_TEXT,
             message("It comes up here by itself.  Press . to stop asking."));
}

static void put_all(const struct model *m, const struct answer_blocks *s, struct doc *d,
                    enum room room)
{
    bool is_roomy = room >= ROOM_BRIEF;
    if (s->texts.failed) {
        entry_put(d, s, 0, is_roomy, ENTRY_NO_END);
        return;
    }
    if (s->n_entries == 0) {
        put_waiting(m, d);
        return;
    }
    if (s->n_entries > 1)
        doc_putf(d, ENTRY_LABEL_X, ROLE_WARN, message("%zu faults.  This one blocks first."),
                 s->n_entries);
    d->row += s->n_entries > 1;
    entry_put(d, s, 0, is_roomy, end_of(m, s, room));
    for (size_t i = 1; i < s->n_entries; i++)
        put_second(m, s, d, i, room);
    put_fine(m, s, d, room);
    put_notes(s, d, is_roomy);
}

static int rows_with(const struct model *m, const struct answer_blocks *s, enum room room)
{
    struct doc d = doc_measure(m);
    put_all(m, s, &d, room);
    return d.row;
}

/* All on one screen if that can be; else with blank rows where the first fault still has room. */
static enum room room_of(const struct model *m, const struct answer_blocks *s)
{
    struct doc d = doc_measure(m);
    if (s->n_entries > 0 && rows_with(m, s, ROOM_CUT) <= page_window(m))
        for (enum room r = ROOM_BLANKS; r >= ROOM_CUT; r--)
            if (rows_with(m, s, r) <= page_window(m))
                return r;
    if (s->n_entries > 0)
        entry_put(&d, s, 0, true, ENTRY_NO_END);
    return d.row + 1 < page_window(m) ? ROOM_SCREENS : ROOM_TIGHT;
}

/* Below all that is for the reader: it is there to be passed on. */
static void put_technical(const struct answer_blocks *s, struct doc *d)
{
    for (size_t i = 0; i < s->n_entries; i++)
        entry_put_technical(d, s, i, true);
}

/* What other programs print makes no answer scroll that stands on one screen. */
static void put_seen(const struct model *m, const struct answer_blocks *s, struct doc *d)
{
    for (size_t i = 0; i < s->n_entries; i++) {
        struct doc apart = doc_measure(m);
        entry_put_seen(&apart, s, i, true);
        if (d->row > page_window(m) || d->row + apart.row <= page_window(m))
            entry_put_seen(d, s, i, true);
    }
}

static int count_rows(const struct model *m)
{
    struct answer_blocks s;
    make_blocks(m, &s);
    struct doc d = doc_measure(m);
    put_all(m, &s, &d, room_of(m, &s));
    put_technical(&s, &d);
    put_seen(m, &s, &d);
    int rows = d.row;
    answer_blocks_end(&s);
    return rows;
}

static void draw_top(const struct answer_blocks *s, const struct canvas *c)
{
    const struct answer_block *first = answer_blocks_entry(s, 0);
    if (!first) {
        canvas_put(c, 1, 0, ROLE_TITLE, message("ANSWER"));
        return;
    }
    canvas_putf(c, 1, 0, ROLE_TITLE, message("ANSWER  %s"), answer_blocks_text(s, first->code));
    canvas_put_right(c, 0, 1, ROLE_TITLE, answer_blocks_text(s, first->sure));
}

static void draw(const struct model *m, const struct canvas *c)
{
    struct answer_blocks s;
    make_blocks(m, &s);
    draw_top(&s, c);
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    struct doc d = doc_of(&body, page_scroll(m));
    put_all(m, &s, &d, room_of(m, &s));
    put_technical(&s, &d);
    put_seen(m, &s, &d);
    answer_blocks_end(&s);
    canvas_cursor(&body, ENTRY_LABEL_X, 0);
}

/* The words of `check`: they are made to be read in a row. */
static void list(const struct model *m, struct buf *out)
{
    const struct diagnosed *verdict = NULL;
    if (m->walk->conclusion == CONCLUSION_ASKING || walk_verdict(m->walk, &verdict) == 0)
        buf_printf(out, "%s\n",
                   message("The answer is not there yet.  We are still asking the site."));
    else
        report_text(m->walk, m->redaction, out);
}

/* ---- keys --------------------------------------------------------------------------------- */

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

static const char *say_below(const struct model *m)
{
    const struct diagnosed *list = NULL;
    size_t n = walk_verdict(m->walk, &list);
    return n > 2   ? message("The other faults are below:  press PgDn or Space.")
           : n > 1 ? message("The other fault is below:  press PgDn or Space.")
                   : message("There is more below:  press PgDn or Space.");
}

/* Two sentences, each with a number of its own. */
static void say_asked(int asked, int skipped, char *out, size_t out_size)
{
    char first[PAGE_SENTENCE], second[PAGE_SENTENCE];
    snprintf(
        first, sizeof(first),
        message_plural("We asked %d question.", "We asked %d questions.", (unsigned long)asked),
        asked);
    snprintf(second, sizeof(second),
             message_plural("%d step was not needed for this answer.",
                            "%d steps were not needed for this answer.", (unsigned long)skipped),
             skipped);
    snprintf(out, out_size, "%.240s  %.240s", first, second);
}

static void say_rest(const struct model *m, char *out, size_t out_size)
{
    int asked = 0, steps = 0;
    for (size_t i = 0; i < tree_size(); i++) {
        enum mark mark = mark_of_check(m, i);
        asked += mark != MARK_SKIP && mark != MARK_EMPTY;
    }
    for (enum step s = STEP_REACH; s < STEP_COUNT; s++)
        steps += mark_of_step(m, s) == MARK_SKIP;
    if (page_scroll(m) == 0 && count_rows(m) > page_window(m))
        text_copy_cut(out, out_size, say_below(m));
    else if (steps > 0)
        say_asked(asked, steps, out, out_size);
    else
        snprintf(out, out_size,
                 message_plural("We asked %d question in nine steps.",
                                "We asked %d questions in nine steps.", (unsigned long)asked),
                 asked);
}

/* Another fault comes first, then what can be done: what does not fit is cut at its end. */
static void say_status(const struct model *m, char *out, size_t out_size)
{
    char rest[PAGE_SENTENCE];
    if (m->walk->conclusion == CONCLUSION_ASKING) {
        page_say_so_far(m, out, out_size);
        return;
    }
    say_rest(m, rest, sizeof(rest));
    const struct diagnosed *list;
    bool has_others = walk_verdict(m->walk, &list) > 1;
    const char *can_do =
        model_has_missing(m) && !m->redaction ? message("f saves the missing certificate.") : "";
    snprintf(out, out_size, "%s%s%s", has_others ? rest : can_do, can_do[0] ? "  " : "",
             has_others ? can_do : rest);
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    if (m->walk->conclusion == CONCLUSION_ASKING)
        snprintf(out, out_size, "%s", message("watch the steps meanwhile"));
    else
        snprintf(out, out_size, "%s",
                 m->is_live ? message("save this answer") : message("see the path to this answer"));
}

const struct page_ops page_answer = {
    .name = "answer",
    .title = N_("The answer"),
    .help =
        N_("\"Proven\": we changed one thing, and it worked. \"Likely\": all that we saw points to "
           "it, but nothing that we can change proves it."),
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .rows = count_rows,
};
