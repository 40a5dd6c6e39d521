/*
 * page_step_wide.c - what a step shows where the window is large: the path beside it, what it can
 * find, the messages as they arrive. See page_step_parts.h. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "page_step_parts.h"
#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/walk.h"

/* Each with a blank row before it; the helper's with one after it, too. */
enum { HELPER_ROWS = 7, WHO_ROWS = 4, LEAST_KNOWN = 4 };

/* ---- the path beside the step ------------------------------------------------------------- */

/* What one tells who helps by telephone. */
static void draw_helper(const struct model *m, const struct canvas *c, int y)
{
    char words[PAGE_SENTENCE], name[64];
    snprintf(name, sizeof(name), "page:%s-%d", page_name(PAGE_STEP), (int)m->at.step);
    spell_code(m->evidence->case_code, words, sizeof(words));
    canvas_put(c, 1, y, ROLE_HEADING, message("HELPER"));
    canvas_put(c, 3, y + 1, ROLE_TEXT, message("The case, read aloud:"));
    canvas_wrap(c, 3, y + 2, c->width - 4, 2, ROLE_TEXT, words);
    canvas_putf(c, 3, y + 4, ROLE_TEXT, message("The page:  %s"), name);
}

static void draw_who(const struct model *m, const struct canvas *c, int y)
{
    struct advice a;
    const struct diagnosed *verdict = NULL;
    bool is_found = m->walk->conclusion != CONCLUSION_ASKING && walk_verdict(m->walk, &verdict) > 0;
    canvas_put(c, 1, y, ROLE_HEADING, message("WHO CAN FIX IT"));
    if (is_found)
        advice_make(m->walk, &verdict[0], m->redaction, &a);
    canvas_wrap(c, 3, y + 1, c->width - 4, WHO_ROWS - 2, is_found ? ROLE_TEXT : ROLE_MUTED,
                is_found ? a.who : message("We do not know it yet."));
}

/* What stands under the path hangs on the window alone: who can fix it comes first. */
static void draw_below_path(const struct model *m, const struct canvas *c)
{
    int who = c->height >= WHO_ROWS ? WHO_ROWS : 0;
    int helper = c->height - who >= LEAST_KNOWN + HELPER_ROWS ? HELPER_ROWS : 0;
    int known = c->height - who - helper;
    if (known >= LEAST_KNOWN) {
        struct canvas facts = canvas_part(c, 0, 2, c->width, known - 2);
        canvas_put(c, 1, 1, ROLE_HEADING, message("WHAT WE KNOW"));
        step_draw_known(m, &facts, 0);
    }
    if (who > 0)
        draw_who(m, c, c->height - helper - who + 1);
    if (helper > 0)
        draw_helper(m, c, c->height - helper + 1);
}

void step_draw_path(const struct model *m, const struct canvas *c)
{
    canvas_put(c, 1, 0, ROLE_HEADING, message("THE PATH SO FAR"));
    bool is_roomy = c->width == STEP_PATH_MAX; /* the longest question fits */
    int y = c->height > STEP_COUNT ? 2 : 1;
    for (enum step s = STEP_REACH; s < STEP_COUNT; s++, y++) {
        bool is_here = s == m->at.step;
        enum role role = is_here ? ROLE_FOCUS : ROLE_TEXT;
        canvas_put(c, 1, y, ROLE_PATH_HERE, is_here ? m->glyphs->here : " ");
        canvas_putf(c, 3, y, role, "%d", (int)s);
        canvas_put_within(c, 6, y, c->width - MARK_WIDTH - 8, role,
                          message(is_roomy ? step_question(s) : step_name(s)));
        mark_draw(c, c->width - MARK_WIDTH - 1, y, mark_of_step(m, s));
    }
    struct canvas below = canvas_part(c, 0, y, c->width, c->height - y);
    draw_below_path(m, &below);
}

/* ---- what the step can find --------------------------------------------------------------- */

/* The step's n-th cause that can be an answer; NULL past the last. */
static const struct cause *cause_of_step(enum step s, int n)
{
    for (size_t row = 0; row < tree_size(); row++) {
        const struct check *check = tree_row(row)->check;
        for (size_t i = 0; check->step == s && i < check->n_causes; i++)
            if (check->causes[i].blocks != BLOCKS_NOTHING && n-- == 0)
                return &check->causes[i];
    }
    return NULL;
}

int step_cause_count(enum step s)
{
    int n = 0;
    while (cause_of_step(s, n))
        n++;
    return n;
}

static const struct diagnosed *found(const struct model *m, const struct cause *cause)
{
    for (size_t i = 0; i < m->walk->n_causes; i++)
        if (m->walk->causes[i].cause == cause)
            return &m->walk->causes[i];
    return NULL;
}

static void draw_cause(const struct model *m, const struct canvas *c, int y,
                       const struct cause *cause)
{
    struct advice a;
    const struct diagnosed *n = found(m, cause);
    if (n)
        advice_make(m->walk, n, m->redaction, &a);
    else
        page_preview_advice(cause, &a);
    if (n)
        mark_draw(c, 1, y, MARK_FAIL);
    canvas_put(c, 8, y, n ? ROLE_TITLE : ROLE_EVIDENCE, cause->code);
    canvas_put_within(c, 15, y, c->width - 16, n ? ROLE_TITLE : ROLE_EVIDENCE, a.title);
}

void step_draw_finds(const struct model *m, const struct canvas *c)
{
    int n = step_cause_count(m->at.step), room = c->height - 1;
    canvas_put(c, 1, 0, ROLE_HEADING, message("What this step can find"));
    if (n > room) {
        char more[96];
        snprintf(more, sizeof(more), message("%d more: press t"), n - room);
        canvas_put_right(c, 0, 1, ROLE_MUTED, more);
    }
    for (int i = 0; i < n && i < room; i++)
        draw_cause(m, c, 1 + i, cause_of_step(m->at.step, i));
}

/* ---- the messages as they arrive ---------------------------------------------------------- */

enum { TRY_X = 16, EVENT_X = 24 };

static void draw_event(const struct model *m, const struct canvas *c, int y, int try,
                       const struct event *e)
{
    char words[ADVICE_LINE];
    const struct probe *p = &m->evidence->probes[try];
    const char *arrow = e->direction == DIRECTION_OUT  ? m->glyphs->out
                        : e->direction == DIRECTION_IN ? m->glyphs->in
                                                       : "";
    advice_event(p, e, words, sizeof(words));
    canvas_putf(c, 1, y, ROLE_EVIDENCE, "%5u ms", (unsigned)(e->at_us / 1000));
    canvas_put(c, 11, y, ROLE_EVIDENCE, arrow);
    int end = TRY_X + canvas_putf(c, TRY_X, y, ROLE_EVIDENCE, message("try %d"), try + 1);
    int x = end + 1 > EVENT_X ? end + 1 : EVENT_X;
    canvas_put_within(c, x, y, c->width - x - 1, ROLE_EVIDENCE, words);
}

/* The latest of all tries, as many as there is room for. */
void step_draw_evidence(const struct model *m, const struct canvas *c)
{
    int room = c->height - 1, n = 0, y = 1;
    canvas_put(c, 1, 0, ROLE_HEADING, message("Evidence as it arrives"));
    for (size_t i = 0; i < m->evidence->n_probes; i++)
        n += (int)m->evidence->probes[i].n_events;
    int skip = n > room ? n - room : 0;
    for (size_t i = 0; i < m->evidence->n_probes; i++)
        for (size_t k = 0; k < m->evidence->probes[i].n_events; k++)
            if (skip-- <= 0)
                draw_event(m, c, y++, (int)i, &m->evidence->probes[i].events[k]);
    if (n == 0)
        canvas_put(c, 4, 1, ROLE_MUTED, message("Nothing has come yet."));
}
