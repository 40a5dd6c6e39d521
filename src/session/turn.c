/*
 * turn.c - the turns of a session: walk, start what the walk wants, collect what comes in, and walk
 * again. What comes in makes a turn due, and any number of them make one. It judges nothing. libuv.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <string.h>

#include "begin.h"
#include "issuers.h"
#include "rules_note.h"
#include "session_parts.h"
#include "session_trace.h"
#include "whytls/trace.h"

enum {
    CHANGES_SIZE = 200, /* of a traced set of changes */
    STATEMENT_TIMEOUT_MS = 1500,
    MAX_COMPARED = 2, /* of the open connections for a comparison */
};

/* ---- telling the sink -------------------- */

static void tell_change(struct session *s)
{
    if (s->sink.on_change)
        s->sink.on_change(s->sink.ctx);
}

unsigned session_elapsed_ms(const struct session *s)
{
    uint64_t end = s->is_done ? s->ended_ns : uv_hrtime();
    return (unsigned)((end - s->began_ns) / 1000000u);
}

static void tell_done(struct session *s)
{
    s->is_done = true;
    s->ended_ns = uv_hrtime();
    uv_timer_stop(s->time_up);
    session_trace_done(s, session_elapsed_ms(s));
    if (s->sink.on_done)
        s->sink.on_done(s->sink.ctx);
}

/* ---- a turn is due -------------------- */

/* The time between two pieces of work is the user's own, and no part of what the case took. */
static void resume(struct session *s)
{
    if (s->is_done)
        s->began_ns += uv_hrtime() - s->ended_ns;
    s->is_done = false;
}

static void on_turn(uv_idle_t *handle);

void session_schedule(struct session *s)
{
    if (s->is_turn_due || !s->turn)
        return;
    s->is_turn_due = true;
    resume(s);
    uv_idle_start(s->turn, on_turn);
}

/* ---- what came in -------------------- */

static int index_of(const struct session *s, const struct probe *p)
{
    return (int)(p - s->ev->probes);
}

/*
 * A Date header is compared with the clock of its moment: probes note time(), and the case's clock
 * may be a pretended one (--at, lab), so the pretence is added here.
 */
static void shift_local_time(const struct session *s, int64_t *local)
{
    if (*local)
        *local += s->request.pretend.clock_offset_s;
}

static void remove_running(struct session *s, const struct probe *p)
{
    size_t i = 0;
    while (i < s->n_running && s->running[i].probe != p)
        i++;
    assert(i < s->n_running); /* no probe ends that was not started, and none twice */
    if (i < s->n_running)
        s->running[i] = s->running[--s->n_running];
}

/* From the certificate on, each stage may answer something, or show what else is to be asked. */
static void on_probe_event(void *ctx, struct probe *p)
{
    struct session *s = ctx;
    tell_change(s);
    for (size_t i = 0; i < s->n_running; i++) {
        struct running *r = &s->running[i];
        if (r->probe != p || !outcome_certificate_came(&p->outcome) || p->outcome.stage == r->told)
            continue;
        r->told = p->outcome.stage;
        session_schedule(s);
    }
}

static void on_probe_done(void *ctx, struct probe *p)
{
    struct session *s = ctx;
    assert(p->outcome.finished);
    TRACE(SESSION, "probe %d ended: %s at %s", index_of(s, p), break_id(p->outcome.how),
          stage_id(p->outcome.stage));
    shift_local_time(s, &p->outcome.http_date_local);
    remove_running(s, p);
    session_schedule(s);
}

static void on_fetch_done(void *ctx, struct fetch *f)
{
    struct session *s = ctx;
    assert(s->n_fetching > 0 && f->state != FETCH_WAITING);
    TRACE(SESSION, "fetch %d ended: %s", (int)(f - s->ev->fetches), fetch_state_id(f->state));
    shift_local_time(s, &f->http_date_local);
    s->n_fetching--;
    session_schedule(s);
}

static void on_resolved(void *ctx, struct resolution *r)
{
    struct session *s = ctx;
    assert(s->resolve && r == &s->ev->resolution && r->finished);
    TRACE(SESSION, "the name is resolved: %s, %zu addresses", break_id(r->how), r->n_addresses);
    s->resolve = NULL;
    session_schedule(s);
}

/* ---- satisfying wants -------------------- */

static unsigned timeout_ms(const struct session *s)
{
    return s->ev->target.timeout_s * 1000u;
}

/* Where the name's address comes from: --connect-to, the lab, or the resolver. */
static void start_resolution(struct session *s)
{
    const struct pretend *p = &s->request.pretend;
    struct resolution *r = &s->ev->resolution;
    const struct target *t = &s->ev->target;
    if (s->resolve || r->finished)
        return;
    if (p->resolution_set) {
        memcpy(r->addresses, p->addresses, sizeof(r->addresses));
        r->n_addresses = p->n_addresses;
        r->finished = true;
        session_schedule(s);
        return;
    }
    const char *name = t->connect_to[0] ? t->connect_to : t->ascii;
    s->resolve = resolve_start(s->loop, r, name, t->family, timeout_ms(s), on_resolved, s);
    s->ev->no_memory = s->ev->no_memory || !s->resolve;
    if (!s->resolve && !r->finished) {
        r->finished = true;
        r->how = BREAK_NAME_LOOKUP_FAILED;
        session_schedule(s);
    }
}

static void trace_start(const struct session *s, const struct probe *p)
{
    char changes[CHANGES_SIZE];
    if (!TRACE_IS_ON(SESSION))
        return;
    session_changes_text(p->changes, changes, sizeof(changes));
    TRACE(SESSION, "starts probe %d: changes %s, beside %zu", index_of(s, p), changes,
          s->n_running);
}

static void start_probe(struct session *s, const struct want *want)
{
    if (s->n_running == SESSION_MAX_OPEN) {
        TRACE(SESSION, "puts a probe off: %d run", SESSION_MAX_OPEN);
        return; /* wanted again by the walk that follows when one has ended */
    }
    struct probe *p = evidence_add_probe(s->ev, &want->settings, want->changes);
    if (!p) {
        TRACE(SESSION, "drops a probe: there is room for %d in a case", EVIDENCE_MAX_PROBES);
        s->ev->settled = true; /* no room for more evidence: what is there must do */
        session_schedule(s);
        return;
    }
    trace_start(s, p);
    const struct probe_secrets secrets = session_secrets(&s->request);
    const struct probe_sink sink = {.on_event = on_probe_event, .on_done = on_probe_done, .ctx = s};
    struct probe_run *run = probe_start(s->loop, s->ev, p, timeout_ms(s), &secrets, &sink);
    if (!run) {
        p->outcome.finished = true;
        session_schedule(s);
        return;
    }
    assert(s->n_running < SESSION_MAX_OPEN); /* starting one calls nobody back */
    s->running[s->n_running++] = (struct running){.run = run, .probe = p};
}

/*
 * Whether a certificate was revoked is worth less than an answer that comes soon. Two are asked
 * at most, one after the other: together about as long as browsers wait for the like.
 */
static unsigned fetch_timeout_ms(const struct session *s, enum fetch_kind kind)
{
    unsigned most = timeout_ms(s);
    bool is_brief = kind != FETCH_KIND_ISSUER && most > STATEMENT_TIMEOUT_MS;
    return is_brief ? STATEMENT_TIMEOUT_MS : most;
}

static void start_fetch(struct session *s, const struct want *want)
{
    struct fetch *f = evidence_add_fetch(s->ev, want->fetch, want->url, want->request);
    if (!s->fetches)
        s->fetches = fetch_pool_new(s->loop);
    s->ev->no_memory = s->ev->no_memory || !s->fetches;
    if (!f) {
        TRACE(SESSION, "drops a fetch: there is room for %d in a case", EVIDENCE_MAX_FETCHES);
        return;
    }
    TRACE(SESSION, "starts fetch %d", (int)(f - s->ev->fetches));
    if (s->fetches && fetch_start(s->fetches, s->ev, f, evidence_answered_at(s->ev),
                                  fetch_timeout_ms(s, f->kind), on_fetch_done, s)) {
        s->n_fetching++;
        return;
    }
    if (f->state == FETCH_WAITING)
        f->state = FETCH_FAILED;
    TRACE(SESSION, "fetch %d was not begun: %s", (int)(f - s->ev->fetches),
          fetch_state_id(f->state));
    session_schedule(s);
}

void session_match_anchors(struct session *s)
{
    const struct pretend *p = &s->request.pretend;
    struct facts *f = &s->ev->facts;
    if (!p->anchors_set) {
        trust_list_match(s->trust, s->ev);
        if (!s->trust)
            f->anchors_for = s->ev->n_certificates;
    } else {
        for (size_t i = 0; i < p->n_anchors; i++)
            evidence_add_anchor(s->ev, p->anchors[i].der.data, p->anchors[i].der.len,
                                p->anchors[i].source);
        f->anchors_known = !p->anchors_missing;
        f->anchors_total =
            p->anchors_missing ? 0 : p->n_anchors + 1; /* a pretended list has others, too */
        f->anchors_for = s->ev->n_certificates;
    }
    TRACE(SESSION, "trusted authorities: %zu bear on the case, of %zu", f->n_anchors,
          (size_t)f->anchors_total);
    session_schedule(s);
}

static void satisfy(struct session *s, const struct want *want)
{
    switch (want->kind) {
    case WANT_RESOLUTION:
        start_resolution(s);
        break;
    case WANT_PROBE:
        start_probe(s, want);
        break;
    case WANT_FETCH:
        start_fetch(s, want);
        break;
    case WANT_ANCHORS:
        session_match_anchors(s);
        break;
    case WANT_ANSWER: /* the wizard asks; without a screen it stays open */
        break;
    }
}

static bool is_busy(const struct session *s)
{
    return s->n_running > 0 || s->n_fetching > 0 || s->resolve || s->is_turn_due ||
           stores_is_awaited(&s->stores);
}

/* ---- the turn: walk, and do what it wants ---------------------------------------------------- */

/* Something is awaited that nobody can bring: what is known must do. */
static void settle(struct session *s)
{
    assert(s->walk.conclusion == CONCLUSION_ASKING);
    TRACE(SESSION, "settles: what is wanted cannot be had");
    s->ev->settled = true;
    walk(s->ev, &s->walk);
    assert(s->walk.conclusion != CONCLUSION_ASKING);
}

static void compare(struct session *s)
{
    struct want wants[MAX_COMPARED];
    for (size_t i = compare_wants(&s->walk, wants, MAX_COMPARED); i-- > 0;)
        if (s->n_running < MAX_COMPARED) {
            assert(wants[i].kind == WANT_PROBE);
            start_probe(s, &wants[i]);
        }
}

/* With all that this computer knows of the certificates so far. */
static void look(struct session *s)
{
    s->n_known_issuers = issuers_note(s->issuers, s->ev, s->n_known_issuers);
    s->n_ruled = rules_note(&s->request, s->ev, s->n_ruled);
    stores_note(&s->stores, s->loop, &s->request, s->ev);
    walk(s->ev, &s->walk);
    session_trace_walk(s);
}

static bool wants_anchors(const struct walk *w)
{
    for (size_t i = 0; i < w->n_wants; i++)
        if (w->wants[i].kind == WANT_ANCHORS)
            return true;
    return false;
}

static void turn(struct session *s)
{
    assert(s->is_live); /* one over a saved case has no loop, and takes no turns */
    look(s);
    if (wants_anchors(&s->walk)) { /* they are at hand: what follows from them is wanted now */
        session_match_anchors(s);
        look(s);
    }
    if (s->walk.conclusion == CONCLUSION_ASKING)
        for (size_t i = 0; i < s->walk.n_wants; i++)
            satisfy(s, &s->walk.wants[i]);
    else if (s->is_comparing && !evidence_is_closed(s->ev))
        compare(s);
    tell_change(s);
    if (is_busy(s))
        return;
    s->is_comparing = false;
    if (s->walk.conclusion == CONCLUSION_ASKING) {
        settle(s);
        tell_change(s);
    }
    tell_done(s);
}

static void on_turn(uv_idle_t *handle)
{
    struct session *s = handle->data;
    uv_idle_stop(handle);
    s->is_turn_due = false;
    turn(s);
}
