/*
 * walk.c - walks the tree over a case: asks each row whose parent's result opens it, collects all
 * causes that block, and what is still wanted. Pure; the order of a verdict is decided here.
 * SPDX-License-Identifier: MIT
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "context.h"

/* ---- what checks call --------------------------------------------------------------------------
 */

static void say(struct check_context *c, enum result result, const char *format, va_list args)
{
    c->finding->result = result;
    vsnprintf(c->finding->said, sizeof(c->finding->said), format, args);
}

void check_fine(struct check_context *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(c, RESULT_FINE, format, args);
    va_end(args);
}

void check_untold(struct check_context *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(c, RESULT_UNTOLD, format, args);
    va_end(args);
}

void check_say(struct check_context *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(c, c->finding->result, format, args);
    va_end(args);
}

void check_not_needed(struct check_context *c)
{
    c->finding->result = RESULT_NOT_NEEDED;
}

void check_waiting(struct check_context *c)
{
    c->finding->result = RESULT_WAITING;
}

struct named *check_cause(struct check_context *c, const char *slug, enum certainty certainty)
{
    struct finding *f = c->finding;
    size_t i = f->n_causes < FINDING_MAX_CAUSES ? f->n_causes++ : FINDING_MAX_CAUSES - 1;
    f->result = RESULT_CAUSE;
    f->causes[i] = (struct named){
        .cause = &c->check->causes[0],
        .certainty = certainty,
        .proof = {.baseline = c->r->first_index, .experiment = -1},
        .path_place = -1,
    };
    for (size_t k = 0; k < c->check->n_causes; k++)
        if (strcmp(c->check->causes[k].slug, slug) == 0)
            f->causes[i].cause = &c->check->causes[k];
    return &f->causes[i];
}

struct named *check_chain_cause(struct check_context *c, const char *slug, enum chain_change change)
{
    const struct chain_answer *a = &c->r->chain_then;
    struct named *n = check_cause(c, slug, a->is_proven ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    n->proof.baseline = c->r->shown_index;
    n->proof.chain_changes = a->changes;
    n->proof.is_success = a->is_proven;
    n->path_place = a->at[change];
    return n;
}

bool check_can_ask(const struct check_context *c)
{
    return !evidence_is_closed(c->ev);
}

/* The same want from two checks is one want. */
static struct want *add_want(struct check_context *c, const struct want *wanted)
{
    struct walk *w = c->w;
    for (size_t i = 0; i < w->n_wants; i++) {
        const struct want *have = &w->wants[i];
        if (have->kind == wanted->kind && have->changes == wanted->changes &&
            have->question == wanted->question && strcmp(have->url, wanted->url) == 0 &&
            strcmp(have->request, wanted->request) == 0 &&
            settings_equal(&have->settings, &wanted->settings))
            return NULL;
    }
    if (w->n_wants == WALK_MAX_WANTS)
        return NULL;
    w->wants[w->n_wants] = *wanted;
    w->wants[w->n_wants].check = c->row;
    return &w->wants[w->n_wants++];
}

void check_want_fetch(struct check_context *c, enum fetch_kind kind, const char *url,
                      const char *request)
{
    struct want want = {.kind = WANT_FETCH, .fetch = kind};
    snprintf(want.url, sizeof(want.url), "%s", url);
    snprintf(want.request, sizeof(want.request), "%s", request);
    add_want(c, &want);
}

void check_want_question(struct check_context *c, enum question q)
{
    if (c->ev->answers[q] == ANSWER_NONE)
        add_want(c, &(struct want){.kind = WANT_ANSWER, .question = q});
}

static enum experiment_state want_if_waiting(struct check_context *c, enum experiment_state state,
                                             const struct settings *s, unsigned changes)
{
    if (state == EXPERIMENT_WAITING && !evidence_find_probe(c->ev, s, changes)) {
        struct want want = {.kind = WANT_PROBE, .changes = changes, .settings = *s};
        add_want(c, &want);
    }
    return state;
}

enum experiment_state check_experiment(struct check_context *c, unsigned changes, int *index)
{
    enum experiment_state state = reading_experiment(c->r, changes, index);
    struct settings s;
    if (!search_apply(c->r, changes, &s))
        return EXPERIMENT_UNTOLD;
    return want_if_waiting(c, state, &s, changes);
}

enum experiment_state check_at_address(struct check_context *c, size_t place, unsigned more,
                                       int *index)
{
    struct settings s = c->r->base;
    snprintf(s.address, sizeof(s.address), "%s", c->ev->resolution.addresses[place]);
    unsigned changes = CHANGE_BIT(ADDRESS) | more;
    const struct probe *p = evidence_find_probe(c->ev, &s, changes);
    if (!p && !more) /* where the baseline itself had moved on from this address */
        p = evidence_find_probe(c->ev, &s, 0);
    if (index)
        *index = p ? (int)(p - c->ev->probes) : -1;
    enum experiment_state state = EXPERIMENT_WAITING;
    if (!p || !p->outcome.finished)
        state = check_can_ask(c) ? EXPERIMENT_WAITING : EXPERIMENT_UNTOLD;
    else if (outcome_is_through(&p->outcome))
        state = EXPERIMENT_WORKED;
    else
        state = p->outcome.stage > STAGE_CONNECT && p->outcome.how != BREAK_CANCELLED
                    ? EXPERIMENT_FAILED
                    : EXPERIMENT_UNTOLD;
    return want_if_waiting(c, state, &s, changes);
}

enum experiment_state check_reply(struct check_context *c)
{
    enum experiment_state state = reading_reply(c->r);
    return state == EXPERIMENT_WAITING ? check_experiment(c, CHANGE_BIT(QUIET), NULL) : state;
}

bool check_found(struct check_context *c, unsigned changes, struct search *s)
{
    search_run(c->r, s);
    if (s->state == SEARCH_WAITING)
        check_waiting(c);
    return s->state == SEARCH_FOUND && (s->changes & changes);
}

struct named *check_search_cause(struct check_context *c, const char *slug, const struct search *s)
{
    struct named *n = check_cause(c, slug, s->is_confirmed ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    n->proof.baseline = s->baseline;
    n->proof.experiment = s->experiment;
    n->proof.changes = s->changes;
    n->proof.is_success =
        s->experiment < 0 || !outcome_stops_at_card(&c->ev->probes[s->experiment].outcome);
    return n;
}

/* ---- wants that no single check owns ------------------------------------------------------------
 */

static void want_basics(struct walk *w)
{
    const struct reading *r = &w->reading;
    const struct evidence *ev = r->ev;
    struct check_context c = {.ev = ev, .r = r, .w = w, .row = 0};
    if (evidence_is_closed(ev))
        return;
    if (!ev->resolution.finished)
        add_want(&c, &(struct want){.kind = WANT_RESOLUTION});
    else if (r->has_base && !r->first && !evidence_find_probe(ev, &r->base, 0))
        add_want(&c, &(struct want){.kind = WANT_PROBE, .settings = r->base});
    if (r->shown && !r->anchors_ready)
        add_want(&c, &(struct want){.kind = WANT_ANCHORS});
}

/* The search's wishes become wants of the row that asks in its name. */
static void want_search(struct walk *w)
{
    const struct reading *r = &w->reading;
    struct check_context c = {.ev = r->ev, .r = r, .w = w, .row = 3};
    struct search s;
    search_run(r, &s);
    for (size_t i = 0; s.state == SEARCH_WAITING && i < s.n_wanted; i++)
        check_experiment(&c, s.wanted[i], NULL);
}

/* ---- settling the verdict -----------------------------------------------------------------------
 */

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
            const struct named *n = &w->findings[row].causes[i];
            bool is_note = n->cause->blocks == BLOCKS_NOTHING;
            if (is_note && w->n_notes < WALK_MAX_CAUSES)
                w->notes[w->n_notes++] = *n;
            else if (!is_note && w->n_causes < WALK_MAX_CAUSES)
                w->causes[w->n_causes++] = *n;
        }
}

static void drop_explained(struct walk *w)
{
    struct named kept[WALK_MAX_CAUSES];
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
            struct named swap = w->causes[k];
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

/* No network at all, or the resolver could not say: nothing was tested. */
static bool is_not_tested(const struct reading *r)
{
    const struct evidence *ev = r->ev;
    if (ev->resolution.finished && ev->resolution.n_addresses == 0)
        return ev->resolution.how != BREAK_NAME_NOT_FOUND;
    if (!r->first)
        return true;
    enum break_kind how = r->first->outcome.how;
    return how == BREAK_UNREACHABLE || how == BREAK_FAILED || how == BREAK_CANCELLED;
}

static enum conclusion conclude_file(const struct reading *r)
{
    return !r->chain.judged        ? CONCLUSION_FILE_UNJUDGED
           : r->chain.changes == 0 ? CONCLUSION_FILE_GOOD
                                   : CONCLUSION_UNKNOWN;
}

static enum conclusion conclude(const struct walk *w)
{
    const struct reading *r = &w->reading;
    if (has_open_want(w) && !evidence_is_closed(r->ev))
        return CONCLUSION_ASKING;
    if (w->n_causes > 0)
        return CONCLUSION_CAUSE;
    if (r->ev->target.from_file)
        return conclude_file(r);
    if (r->first && outcome_is_through(&r->first->outcome)) {
        const struct outcome *o = &r->first->outcome;
        bool is_judged = r->chain.judged || (o->n_chain == 0 && !o->chain_cut);
        bool is_through =
            o->success || (outcome_is_cut_reply(o) && reading_reply(r) == EXPERIMENT_WORKED);
        if (is_through && is_judged && r->chain.changes == 0)
            return CONCLUSION_WORKS;
        if (r->ev->stopped)
            return CONCLUSION_STOPPED;
        return is_through && !is_judged ? CONCLUSION_UNJUDGED : CONCLUSION_UNKNOWN;
    }
    if (r->ev->stopped)
        return CONCLUSION_STOPPED;
    return is_not_tested(r) ? CONCLUSION_NOT_TESTED : CONCLUSION_UNKNOWN;
}

static void fill_conclusion(struct walk *w)
{
    if (w->conclusion == CONCLUSION_CAUSE || w->conclusion == CONCLUSION_ASKING)
        return;
    bool is_good = w->conclusion == CONCLUSION_WORKS || w->conclusion == CONCLUSION_FILE_GOOD;
    w->causes[0] = (struct named){
        .cause = conclusion_cause(w->conclusion),
        .certainty = is_good ? CERTAINTY_PROVEN : CERTAINTY_UNKNOWN,
        .proof = {.baseline = w->reading.first_index, .experiment = -1, .is_success = is_good},
        .path_place = -1,
    };
}

size_t walk_verdict(const struct walk *w, const struct named **list)
{
    *list = w->causes;
    return w->conclusion == CONCLUSION_CAUSE ? w->n_causes : w->causes[0].cause ? 1 : 0;
}

/* ---- the walk
 * -------------------------------------------------------------------------------------- */

static bool is_check(int row, const char *id)
{
    return row >= 0 && strcmp(tree_row((size_t)row)->check->id, id) == 0;
}

/* A file has certificates and says nothing of a server, nor of what it staples: only the
 * certificates, and the clock, are asked. */
static bool is_open_for_file(const struct walk *w, int row)
{
    int parent = tree_row((size_t)row)->parent;
    return is_check(row, "shows-certificate") || is_check(row, "clock") ||
           (is_check(parent, "shows-certificate") && !is_check(row, "chain-staple") &&
            w->findings[parent].result == RESULT_FINE);
}

static bool is_open(const struct walk *w, const struct tree_row *row)
{
    return row->parent < 0 || w->findings[row->parent].result == row->on;
}

void walk(const struct evidence *ev, struct walk *w)
{
    memset(w, 0, sizeof(*w));
    reading_make(ev, &w->reading);
    if (ev->kept) {
        kept_walk(ev, w);
        return;
    }
    want_basics(w);
    want_search(w);
    for (size_t i = 0; i < tree_size(); i++) {
        const struct tree_row *row = tree_row(i);
        struct check_context c = {
            .ev = ev,
            .r = &w->reading,
            .w = w,
            .check = row->check,
            .row = (int)i,
            .finding = &w->findings[i],
        };
        c.finding->result = RESULT_NOT_NEEDED;
        if (ev->target.from_file ? is_open_for_file(w, (int)i) : is_open(w, row))
            row->check->judge(&c);
        else if (ev->target.from_file)
            check_untold(&c, "a file does not tell");
    }
    collect(w);
    drop_explained(w);
    sort_causes(w);
    w->conclusion = conclude(w);
    fill_conclusion(w);
}
