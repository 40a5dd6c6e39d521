/*
 * walk.c - walks the tree over a case: asks each row whose parent's result opens it, collects all
 * causes that block, and what is still wanted. Pure; the order of a verdict is decided here.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <string.h>

#include "context.h"

/* ---- wants that no single check owns ------------------------------------------------------ */

static void want_basics(struct walk *w)
{
    const struct analysis *r = &w->analysis;
    const struct evidence *ev = r->ev;
    struct check_context c = {.ev = ev, .r = r, .w = w, .row = -1};
    if (evidence_is_closed(ev))
        return;
    if (!ev->resolution.finished)
        check_want(&c, &(struct want){.kind = WANT_RESOLUTION});
    else if (r->has_base && !r->first && !evidence_find_probe(ev, &r->base, 0))
        check_want(&c, &(struct want){.kind = WANT_PROBE, .settings = r->base});
    if (r->shown && !r->anchors_ready)
        check_want(&c, &(struct want){.kind = WANT_ANCHORS});
}

/*
 * A bad certificate is asked about again. That need not wait until the page that follows it has
 * come: the round trips of both pass at the same time. Nothing is concluded here.
 */
static void want_early(struct walk *w)
{
    const struct analysis *r = &w->analysis;
    struct finding unused = {0};
    struct check_context c = {.ev = r->ev, .r = r, .w = w, .row = -1, .finding = &unused};
    if (evidence_is_closed(r->ev) || r->ev->target.from_file)
        return;
    if (!r->anchors_ready) {
        check_want(&c, &(struct want){.kind = WANT_ANCHORS});
        return;
    }
    for (size_t i = 0; i < tree_size(); i++) {
        c.row = (int)i;
        c.check = tree_row(i)->check;
        unused = (struct finding){0};
        if (c.check->asks_early)
            c.check->judge(&c);
    }
}

/* The search is asked by many rows; what it wishes for is wanted once, by none of them. */
static void want_search(struct walk *w)
{
    const struct analysis *r = &w->analysis;
    struct check_context c = {.ev = r->ev, .r = r, .w = w, .row = -1};
    struct search s;
    search_run(r, &s);
    assert(s.state != SEARCH_FOUND || (s.changes && s.experiment >= 0 && s.baseline >= 0));
    memcpy(w->dropped, s.dropped, s.n_dropped * sizeof(s.dropped[0]));
    w->n_dropped = s.n_dropped;
    for (size_t i = 0; s.state == SEARCH_WAITING && i < s.n_wanted; i++)
        check_experiment(&c, s.wanted[i], NULL);
}

/* ---- settling the verdict ----------------------------------------------------------------- */

static bool is_explained(const struct walk *w, const struct cause *cause)
{
    for (size_t i = 0; i < w->n_causes; i++) {
        const struct cause *other = w->causes[i].cause;
        if (other == cause)
            continue;
        if (cause->is_symptom && !other->is_symptom && other->blocks <= cause->blocks)
            return true;
        for (size_t k = 0; k < CAUSE_MAX_EXPLAINS && other->explains[k]; k++)
            if (strcmp(other->explains[k], cause->slug) == 0)
                return true;
    }
    return false;
}

static void collect(struct walk *w)
{
    for (size_t row = 0; row < tree_size(); row++)
        for (size_t i = 0; i < w->findings[row].n_causes; i++) {
            const struct diagnosed *n = &w->findings[row].causes[i];
            bool is_note = n->cause->blocks == BLOCKS_NOTHING;
            if (is_note && w->n_notes < WALK_MAX_CAUSES)
                w->notes[w->n_notes++] = *n;
            else if (!is_note && w->n_causes < WALK_MAX_CAUSES)
                w->causes[w->n_causes++] = *n;
        }
}

static void drop_explained(struct walk *w)
{
    struct diagnosed kept[WALK_MAX_CAUSES];
    size_t n = 0;
    for (size_t i = 0; i < w->n_causes; i++)
        if (!is_explained(w, w->causes[i].cause))
            kept[n++] = w->causes[i];
    memcpy(w->causes, kept, n * sizeof(kept[0]));
    w->n_causes = n;
}

/* Stable: causes that block at the same place keep the tree's order. */
static void sort_causes(struct walk *w)
{
    for (size_t i = 1; i < w->n_causes; i++)
        for (size_t k = i; k > 0; k--) {
            if (w->causes[k - 1].cause->blocks <= w->causes[k].cause->blocks)
                break;
            struct diagnosed swap = w->causes[k];
            w->causes[k] = w->causes[k - 1];
            w->causes[k - 1] = swap;
        }
}

static bool has_open_want(const struct walk *w)
{
    for (size_t i = 0; i < w->n_wants; i++)
        if (w->wants[i].kind != WANT_ANSWER)
            return true;
    for (size_t row = 0; row < tree_size(); row++)
        if (w->findings[row].result == RESULT_WAITING)
            return true;
    return false;
}

/* ---- time was up -------------------------------------------------------------------------- */

/* Likely causes might have had another explanation: only what is proven stays. */
static void keep_proven(struct finding *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n_causes; i++)
        if (f->causes[i].cause->blocks == BLOCKS_NOTHING ||
            f->causes[i].certainty == CERTAINTY_PROVEN)
            f->causes[n++] = f->causes[i];
    f->is_cut = f->result == RESULT_CAUSE && n == 0;
    f->n_causes = n;
}

/* What is still awaited never comes: those questions have no answer, and the rest is what it is. */
static void cut_short(struct walk *w)
{
    w->is_cut = true;
    w->n_wants = 0;
    for (size_t row = 0; row < tree_size(); row++) {
        struct finding *f = &w->findings[row];
        keep_proven(f);
        f->is_cut |= f->result == RESULT_WAITING;
        if (!f->is_cut)
            continue;
        f->result = RESULT_UNKNOWN;
        f->summary = said_plain(SAID_TIME_UP);
    }
}

static void note_cut(struct walk *w)
{
    bool is_verdict =
        w->conclusion == CONCLUSION_TIME_UP || w->conclusion == CONCLUSION_TIME_UP_FAILS;
    if (!w->is_cut || is_verdict || w->n_notes == WALK_MAX_CAUSES)
        return;
    w->notes[w->n_notes++] = (struct diagnosed){
        .cause = conclusion_cause(CONCLUSION_TIME_UP),
        .certainty = CERTAINTY_PROVEN,
        .proof = {.baseline = -1, .experiment = -1},
        .path_place = -1,
    };
}

/* No network at all, or the resolver could not say: nothing was tested. */
static bool is_not_tested(const struct analysis *r)
{
    const struct evidence *ev = r->ev;
    if (ev->resolution.finished && ev->resolution.n_addresses == 0)
        return ev->resolution.how != BREAK_NAME_NOT_FOUND;
    if (!r->first)
        return true;
    enum break_kind how = r->first->outcome.how;
    return how == BREAK_UNREACHABLE || how == BREAK_FAILED || how == BREAK_CANCELLED;
}

static enum conclusion conclude_file(const struct analysis *r)
{
    return !r->chain.judged        ? CONCLUSION_FILE_UNJUDGED
           : r->chain.changes == 0 ? CONCLUSION_FILE_GOOD
                                   : CONCLUSION_UNKNOWN;
}

/* It came about, and what the server showed is good. */
static bool is_working(const struct analysis *r, bool *is_judged, bool *is_through)
{
    const struct outcome *o = &r->first->outcome;
    *is_judged = r->chain.judged || (o->n_chain == 0 && !o->chain_cut);
    *is_through = o->success || (outcome_is_cut_reply(o) && analysis_reply(r) == EXPERIMENT_WORKED);
    return *is_through && *is_judged && r->chain.changes == 0;
}

/* A chain that fails, or a try that does; one that came through and was not judged is neither. */
static enum conclusion conclude_cut(const struct analysis *r)
{
    bool is_judged, is_through;
    if (!r->first || is_not_tested(r))
        return CONCLUSION_TIME_UP;
    if (!outcome_is_through(&r->first->outcome))
        return CONCLUSION_TIME_UP_FAILS;
    if (is_working(r, &is_judged, &is_through))
        return CONCLUSION_WORKS;
    return is_judged && r->chain.changes ? CONCLUSION_TIME_UP_FAILS : CONCLUSION_TIME_UP;
}

static enum conclusion conclude(const struct walk *w)
{
    const struct analysis *r = &w->analysis;
    if (has_open_want(w) && !evidence_is_closed(r->ev))
        return CONCLUSION_ASKING;
    if (w->n_causes > 0)
        return CONCLUSION_CAUSE;
    if (r->ev->target.from_file)
        return conclude_file(r);
    if (w->is_cut)
        return conclude_cut(r);
    if (r->first && outcome_is_through(&r->first->outcome)) {
        bool is_judged, is_through;
        if (is_working(r, &is_judged, &is_through))
            return CONCLUSION_WORKS;
        if (r->ev->stopped)
            return CONCLUSION_STOPPED;
        return is_through && !is_judged ? CONCLUSION_UNJUDGED : CONCLUSION_UNKNOWN;
    }
    if (r->ev->stopped)
        return CONCLUSION_STOPPED;
    return is_not_tested(r) ? CONCLUSION_NOT_TESTED : CONCLUSION_UNKNOWN;
}

/* The first try, or as much of it as there was when time was up; -1: it was not begun. */
static int first_try(const struct walk *w)
{
    const struct analysis *r = &w->analysis;
    const struct probe *p =
        w->is_cut && r->has_base ? evidence_find_probe(r->ev, &r->base, 0) : NULL;
    return r->first || !p ? r->first_index : (int)(p - r->ev->probes);
}

static void fill_conclusion(struct walk *w)
{
    if (w->conclusion == CONCLUSION_CAUSE || w->conclusion == CONCLUSION_ASKING)
        return;
    bool is_good = w->conclusion == CONCLUSION_WORKS || w->conclusion == CONCLUSION_FILE_GOOD;
    assert(w->n_causes == 0); /* a verdict that is no cause takes the place of none */
    w->causes[0] = (struct diagnosed){
        .cause = conclusion_cause(w->conclusion),
        .certainty = is_good ? CERTAINTY_PROVEN : CERTAINTY_UNKNOWN,
        .proof = {.baseline = first_try(w), .experiment = -1, .is_success = is_good},
        .path_place = -1,
    };
}

size_t walk_verdict(const struct walk *w, const struct diagnosed **list)
{
    *list = w->causes;
    return w->conclusion == CONCLUSION_CAUSE ? w->n_causes : w->causes[0].cause ? 1 : 0;
}

/* ---- the walk ----------------------------------------------------------------------------- */

/* A file has certificates and says nothing of a server: what it answers is asked, and below another
 * such question only where that one's result opens it. */
static bool is_open_for_file(const struct walk *w, const struct tree_row *row)
{
    const struct tree_row *parent = row->parent >= 0 ? tree_row((size_t)row->parent) : NULL;
    bool is_below = parent && parent->check->answers_file;
    return row->check->answers_file && (!is_below || w->findings[row->parent].result == row->on);
}

static bool is_open(const struct walk *w, const struct tree_row *row)
{
    return row->parent < 0 || w->findings[row->parent].result == row->on;
}

void walk(const struct evidence *ev, struct walk *w)
{
    memset(w, 0, sizeof(*w));
    if (!ev->kept && analysis_make_early(ev, &w->analysis))
        want_early(w);
    analysis_make(ev, &w->analysis);
    if (ev->kept) {
        kept_walk(ev, w);
        return;
    }
    want_basics(w);
    want_search(w);
    for (size_t i = 0; i < tree_size(); i++) {
        const struct tree_row *row = tree_row(i);
        assert(row->parent < (int)i); /* it was asked before */
        struct check_context c = {
            .ev = ev,
            .r = &w->analysis,
            .w = w,
            .check = row->check,
            .row = (int)i,
            .finding = &w->findings[i],
        };
        c.finding->result = RESULT_NOT_NEEDED;
        if (ev->target.from_file ? is_open_for_file(w, row) : is_open(w, row))
            row->check->judge(&c);
        else if (ev->target.from_file)
            check_unknown(&c, said_plain(SAID_NOT_IN_FILE));
    }
    if (ev->time_up_ms && has_open_want(w))
        cut_short(w);
    collect(w);
    drop_explained(w);
    sort_causes(w);
    w->conclusion = conclude(w);
    assert(w->conclusion != CONCLUSION_ASKING || !evidence_is_closed(ev));
    assert(w->conclusion != CONCLUSION_CAUSE || w->n_causes > 0);
    note_cut(w);
    fill_conclusion(w);
}
