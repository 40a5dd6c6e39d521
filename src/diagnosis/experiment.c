/*
 * experiment.c - what an experiment says: whether the baseline, with some things changed, came to a
 * handshake. Where its probe is not there yet, that is awaited. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "context.h"

static enum experiment_state state_of(const struct analysis *r, const struct probe *p)
{
    const struct outcome *o = &p->outcome;
    /* Before TLS 1.3 the server's Finished is its word: no need to wait for the page. */
    if (!o->finished && outcome_reply_awaited(o) && o->version && o->version < 0x0304)
        return EXPERIMENT_WORKED;
    if (outcome_is_cut_short(r->ev, o))
        return EXPERIMENT_WAITING;
    if (!o->finished)
        return evidence_is_closed(r->ev) ? EXPERIMENT_UNKNOWN : EXPERIMENT_WAITING;
    if (outcome_is_through(o) || (p->settings.speak != SPEAK_TLS && o->success))
        return EXPERIMENT_WORKED;
    /* Past the hello at which the first one broke: what the server wants now is another matter. */
    if (outcome_stops_at_client_certificate(o) && r->first &&
        !r->first->outcome.certificate_requested)
        return EXPERIMENT_WORKED;
    if (o->how == BREAK_CANCELLED || o->how == BREAK_FAILED)
        return EXPERIMENT_UNKNOWN;
    /* The port was open a moment ago: the server pushes back, it does not answer the question. */
    if (!outcome_tcp_opened(o) && r->first && outcome_tcp_opened(&r->first->outcome) &&
        !(p->changes & CHANGE_BIT(ADDRESS)))
        return EXPERIMENT_UNKNOWN;
    return EXPERIMENT_FAILED;
}

enum experiment_state analysis_experiment_of(const struct analysis *r, const struct settings *s,
                                             unsigned changes, int *index)
{
    const struct probe *p = evidence_find_probe(r->ev, s, changes);
    if (index)
        *index = p ? (int)(p - r->ev->probes) : -1;
    if (!p)
        return evidence_is_closed(r->ev) ? EXPERIMENT_UNKNOWN : EXPERIMENT_WAITING;
    return state_of(r, p);
}

enum experiment_state analysis_experiment(const struct analysis *r, unsigned changes, int *index)
{
    struct settings s;
    if (index)
        *index = -1;
    if (!r->has_base || !analysis_apply(r, changes, &s))
        return EXPERIMENT_UNKNOWN;
    return analysis_experiment_of(r, &s, changes, index);
}

enum experiment_state analysis_reply(const struct analysis *r)
{
    int index;
    const struct outcome *o = &r->first->outcome;
    /* The server's Finished, or in TLS 1.3 a ticket: it has accepted us. */
    if (o->version < 0x0304 || o->ticket_seen)
        return EXPERIMENT_WORKED;
    enum experiment_state state = analysis_experiment(r, CHANGE_BIT(SEND_NOTHING), &index);
    /* Cut again though we asked for nothing: it is the greeting that was refused. */
    return state == EXPERIMENT_WORKED && !r->ev->probes[index].outcome.success ? EXPERIMENT_FAILED
                                                                               : state;
}
