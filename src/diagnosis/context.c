/*
 * context.c - what checks call: to say what they found, to name a cause, to ask for what they need.
 * Writes into the walk that it is given. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "context.h"
#include "whytls/text.h"

#include <assert.h>
#include <string.h>

void check_say(struct check_context *c, struct said said)
{
    c->finding->summary = said;
}

void check_fine(struct check_context *c, struct said said)
{
    c->finding->result = RESULT_FINE;
    check_say(c, said);
}

void check_unknown(struct check_context *c, struct said said)
{
    c->finding->result = RESULT_UNKNOWN;
    check_say(c, said);
}

void check_not_needed(struct check_context *c)
{
    c->finding->result = RESULT_NOT_NEEDED;
}

void check_waiting(struct check_context *c)
{
    c->finding->result = RESULT_WAITING;
}

static const struct cause *own_cause(const struct check *check, const char *slug)
{
    for (size_t i = 0; i < check->n_causes; i++)
        if (strcmp(check->causes[i].slug, slug) == 0)
            return &check->causes[i];
    return NULL;
}

struct diagnosed *check_cause(struct check_context *c, const char *slug, enum certainty certainty)
{
    struct finding *f = c->finding;
    size_t i = f->n_causes < FINDING_MAX_CAUSES ? f->n_causes++ : FINDING_MAX_CAUSES - 1;
    f->result = RESULT_CAUSE;
    const struct cause *own = own_cause(c->check, slug);
    assert(own); /* a check names its own causes */
    f->causes[i] = (struct diagnosed){
        .cause = own ? own : &c->check->causes[0],
        .certainty = certainty,
        .proof = {.baseline = c->r->first_index, .experiment = -1},
        .path_place = -1,
    };
    return &f->causes[i];
}

struct diagnosed *check_chain_cause(struct check_context *c, const char *slug,
                                    enum chain_change change)
{
    const struct chain_answer *a = &c->r->chain_then;
    struct diagnosed *n = check_cause(c, slug, a->is_proven ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
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

void check_want(struct check_context *c, const struct want *wanted)
{
    struct walk *w = c->w;
    assert(wanted->kind != WANT_PROBE || c->r->has_base); /* what it differs from */
    for (size_t i = 0; i < w->n_wants; i++) {
        const struct want *have = &w->wants[i];
        if (have->kind == wanted->kind && have->changes == wanted->changes &&
            have->question == wanted->question && strcmp(have->url, wanted->url) == 0 &&
            strcmp(have->request, wanted->request) == 0 &&
            settings_equal(&have->settings, &wanted->settings))
            return;
    }
    if (w->n_wants == WALK_MAX_WANTS)
        return;
    w->wants[w->n_wants] = *wanted;
    w->wants[w->n_wants].check = c->row;
    w->n_wants++;
}

void check_want_fetch(struct check_context *c, enum fetch_kind kind, const char *url,
                      const char *request)
{
    struct want want = {.kind = WANT_FETCH, .fetch = kind};
    /* What was cut would be another address, of somebody whom the certificate does not name. */
    if (text_copy(want.url, sizeof(want.url), url) &&
        text_copy(want.request, sizeof(want.request), request))
        check_want(c, &want);
}

void check_want_question(struct check_context *c, enum question q)
{
    if (c->ev->answers[q] == ANSWER_NONE)
        check_want(c, &(struct want){.kind = WANT_ANSWER, .question = q});
}

static enum experiment_state want_if_waiting(struct check_context *c, enum experiment_state state,
                                             const struct settings *s, unsigned changes)
{
    if (state == EXPERIMENT_WAITING && !evidence_find_probe(c->ev, s, changes)) {
        struct want want = {.kind = WANT_PROBE, .changes = changes, .settings = *s};
        check_want(c, &want);
    }
    return state;
}

enum experiment_state check_experiment(struct check_context *c, unsigned changes, int *index)
{
    enum experiment_state state = analysis_experiment(c->r, changes, index);
    struct settings s;
    if (!analysis_apply(c->r, changes, &s))
        return EXPERIMENT_UNKNOWN;
    return want_if_waiting(c, state, &s, changes);
}

enum experiment_state check_at_address(struct check_context *c, size_t place, unsigned more,
                                       int *index)
{
    struct settings s = c->r->base;
    assert(place < c->ev->resolution.n_addresses);
    TEXT_SET(s.address, c->ev->resolution.addresses[place]);
    unsigned changes = CHANGE_BIT(ADDRESS) | more;
    const struct probe *p = evidence_find_probe(c->ev, &s, changes);
    if (!p && !more) /* where the baseline itself had moved on from this address */
        p = evidence_find_probe(c->ev, &s, 0);
    if (index)
        *index = p ? (int)(p - c->ev->probes) : -1;
    enum experiment_state state = EXPERIMENT_WAITING;
    if (!p || !p->outcome.finished || outcome_is_cut_short(c->ev, &p->outcome))
        state = check_can_ask(c) ? EXPERIMENT_WAITING : EXPERIMENT_UNKNOWN;
    else if (outcome_is_through(&p->outcome))
        state = EXPERIMENT_WORKED;
    else
        state = outcome_tcp_opened(&p->outcome) && p->outcome.how != BREAK_CANCELLED
                    ? EXPERIMENT_FAILED
                    : EXPERIMENT_UNKNOWN;
    return want_if_waiting(c, state, &s, changes);
}

enum experiment_state check_reply(struct check_context *c)
{
    enum experiment_state state = analysis_reply(c->r);
    return state == EXPERIMENT_WAITING ? check_experiment(c, CHANGE_BIT(SEND_NOTHING), NULL)
                                       : state;
}

bool check_found(struct check_context *c, unsigned changes, struct search *s)
{
    search_run(c->r, s);
    if (s->state == SEARCH_WAITING)
        check_waiting(c);
    return s->state == SEARCH_FOUND && (s->changes & changes);
}

struct diagnosed *check_search_cause(struct check_context *c, const char *slug,
                                     const struct search *s)
{
    assert(s->state == SEARCH_FOUND || s->state == SEARCH_LUCK);
    struct diagnosed *n =
        check_cause(c, slug, s->is_confirmed ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    n->proof.baseline = s->baseline;
    n->proof.experiment = s->experiment;
    n->proof.changes = s->changes;
    n->proof.is_success = s->experiment < 0 || !outcome_stops_at_client_certificate(
                                                   &c->ev->probes[s->experiment].outcome);
    return n;
}
