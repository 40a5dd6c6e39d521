/*
 * session.c - the loop: walk, wants, start probes, collect, walk again. It judges nothing. libuv.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "begin.h"
#include "from_file.h"
#include "issuers.h"
#include "session/stores_run.h"
#include "whytls/data.h"
#include "whytls/probe.h"
#include "whytls/session.h"
#include "whytls/text.h"

enum {
    MAX_OPEN = 8,     /* connections open to the target at once (issue, politeness) */
    MAX_COMPARED = 2, /* of them for a comparison */
    STATEMENT_TIMEOUT_MS = 1500,
};

struct running {
    struct probe_run *run;
    struct probe *probe;
};

struct session {
    uv_loop_t *loop;
    struct request request;
    struct session_sink sink;
    struct evidence *ev;
    struct walk walk;
    struct trust_list *trust;
    struct issuer_table *issuers;
    struct stores_keeper stores;
    struct fetch_pool *fetches;
    struct resolve_run *resolve;
    struct running running[MAX_OPEN];
    size_t n_running;
    size_t n_fetching;
    size_t n_known_issuers; /* certificates whose issuer was looked up */
    uv_idle_t *turn;        /* active while a walk is due on the loop's next turn */
    bool is_turn_due;
    bool is_comparing; /* asks what compare_wants has, once the walk is done */
    bool is_live;
    bool is_done;
    uint64_t began_ns, ended_ns;
};

static void session_schedule(struct session *s);

static void on_stores(void *ctx)
{
    session_schedule(ctx);
}

/* ---- telling the sink -------------------- */

static void tell_change(struct session *s)
{
    if (s->sink.on_change)
        s->sink.on_change(s->sink.ctx);
}

static void tell_done(struct session *s)
{
    s->is_done = true;
    s->ended_ns = uv_hrtime();
    if (s->sink.on_done)
        s->sink.on_done(s->sink.ctx);
}

/* ---- what came in -------------------- */

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
    for (size_t i = 0; i < s->n_running; i++)
        if (s->running[i].probe == p) {
            s->running[i] = s->running[--s->n_running];
            return;
        }
}

static void on_probe_event(void *ctx, struct probe *p)
{
    tell_change(ctx);
    if (p->outcome.stage == STAGE_REPLY) /* before TLS 1.3 that is an answer already */
        session_schedule(ctx);
}

static void on_probe_done(void *ctx, struct probe *p)
{
    struct session *s = ctx;
    shift_local_time(s, &p->outcome.http_date_local);
    remove_running(s, p);
    session_schedule(s);
}

static void on_fetch_done(void *ctx, struct fetch *f)
{
    struct session *s = ctx;
    shift_local_time(s, &f->http_date_local);
    s->n_fetching--;
    session_schedule(s);
}

static void on_resolved(void *ctx, struct resolution *r)
{
    (void)r;
    struct session *s = ctx;
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
    if (!s->resolve && !r->finished) {
        r->finished = true;
        r->how = BREAK_NAME_UNTOLD;
        session_schedule(s);
    }
}

static void start_probe(struct session *s, const struct want *want)
{
    if (s->n_running == MAX_OPEN)
        return; /* wanted again by the walk that follows when one has ended */
    struct probe *p = evidence_add_probe(s->ev, &want->settings, want->changes);
    if (!p) {
        s->ev->settled = true; /* no room for more evidence: what is there must do */
        session_schedule(s);
        return;
    }
    const struct probe_secrets secrets = {.cert_file = s->request.cert, .key_file = s->request.key};
    const struct probe_sink sink = {.on_event = on_probe_event, .on_done = on_probe_done, .ctx = s};
    struct probe_run *run = probe_start(s->loop, s->ev, p, timeout_ms(s), &secrets, &sink);
    if (!run) {
        p->outcome.finished = true;
        session_schedule(s);
        return;
    }
    s->running[s->n_running++] = (struct running){.run = run, .probe = p};
}

/* An issuer may stand on a private address only where the target itself does. */
static bool may_fetch_private(const struct evidence *ev)
{
    return ev->resolution.n_addresses > 0 && address_text_is_private(ev->resolution.addresses[0]);
}

/*
 * Whether a certificate was called back is worth less than an answer that comes soon. Two are asked
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
    if (!f)
        return;
    if (s->fetches && fetch_start(s->fetches, s->ev, f, may_fetch_private(s->ev),
                                  fetch_timeout_ms(s, f->kind), on_fetch_done, s)) {
        s->n_fetching++;
        return;
    }
    if (f->state == FETCH_WAITING)
        f->state = FETCH_FAILED;
    session_schedule(s);
}

static void match_anchors(struct session *s)
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
        f->anchors_known = true;
        f->anchors_total = p->n_anchors + 1; /* a pretended list has others, too */
        f->anchors_for = s->ev->n_certificates;
    }
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
        match_anchors(s);
        break;
    case WANT_ANSWER: /* the wizard asks; without a screen it stays open */
        break;
    }
}

static bool is_busy(const struct session *s)
{
    return s->n_running > 0 || s->n_fetching > 0 || s->resolve || s->is_turn_due ||
           (s->stores.run && !s->ev->stopped);
}

/* ---- the turn: walk, and do what it wants ---------------------------------------------------- */

/* Something is awaited that nobody can bring: what is known must do. */
static void settle(struct session *s)
{
    s->ev->settled = true;
    walk(s->ev, &s->walk);
}

static void compare(struct session *s)
{
    struct want wants[MAX_COMPARED];
    for (size_t i = compare_wants(&s->walk, wants, MAX_COMPARED); i-- > 0;)
        if (s->n_running < MAX_COMPARED)
            start_probe(s, &wants[i]);
}

static void turn(struct session *s)
{
    s->n_known_issuers = issuers_note(s->issuers, s->ev, s->n_known_issuers);
    stores_note(&s->stores, s->loop, &s->request, s->ev);
    walk(s->ev, &s->walk);
    if (s->walk.conclusion == CONCLUSION_ASKING)
        for (size_t i = 0; i < s->walk.n_wants; i++)
            satisfy(s, &s->walk.wants[i]);
    else if (s->is_comparing)
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

static void session_schedule(struct session *s)
{
    if (s->is_turn_due || !s->turn)
        return;
    s->is_turn_due = true;
    s->is_done = false;
    uv_idle_start(s->turn, on_turn);
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void close_free(uv_handle_t *handle)
{
    free(handle);
}

static bool start_turns(struct session *s)
{
    s->turn = calloc(1, sizeof(*s->turn));
    if (!s->turn)
        return false;
    uv_idle_init(s->loop, s->turn);
    s->turn->data = s;
    return true;
}

static bool session_begin(struct session *s, char *error, size_t error_size)
{
    evidence_free(s->ev);
    s->ev = session_begin_evidence(&s->request);
    if (!s->ev)
        return false;
    s->n_known_issuers = 0;
    s->began_ns = uv_hrtime();
    if (s->request.chain) {
        s->ev->target.from_file = s->ev->offline = true;
        if (!add_chain_from_file(s->ev, s->request.chain, s->request.chain_len, error, error_size))
            return false;
        match_anchors(s);
    }
    walk(s->ev, &s->walk);
    session_schedule(s);
    return true;
}

static bool read_tables(struct session *s, char *error, size_t error_size)
{
    s->issuers = issuer_table_read(getenv("WHYTLS_DATADIR"), error, error_size);
    if (!s->issuers || s->request.pretend.anchors_set)
        return s->issuers != NULL;
    s->trust = trust_list_read(s->request.cacert, error, error_size);
    /* No system list is a finding, a --cacert that can't be read is the user's mistake. */
    return s->trust || !s->request.cacert;
}

struct session *session_new(uv_loop_t *loop, const struct request *r,
                            const struct session_sink *sink, char *error, size_t error_size)
{
    struct session *s = calloc(1, sizeof(*s));
    if (!s)
        return NULL;
    s->loop = loop;
    s->request = *r;
    s->sink = *sink;
    s->is_live = true;
    s->stores = (struct stores_keeper){.on_done = on_stores, .ctx = s};
    error[0] = '\0';
    if (read_tables(s, error, error_size) && start_turns(s) && session_begin(s, error, error_size))
        return s;
    if (!error[0])
        text_copy(error, error_size, "There is not enough memory");
    session_free(s);
    return NULL;
}

struct session *session_from_case(struct evidence *take)
{
    struct session *s = calloc(1, sizeof(*s));
    if (!s) {
        evidence_free(take);
        return NULL;
    }
    s->ev = take;
    s->is_done = true;
    walk(s->ev, &s->walk);
    if (s->walk.conclusion == CONCLUSION_ASKING) /* saved by another version, or half done */
        settle(s);
    return s;
}

static void cancel_all(struct session *s)
{
    if (s->resolve)
        resolve_cancel(s->resolve);
    s->resolve = NULL;
    stores_cancel(&s->stores);
    while (s->n_running > 0) /* on_probe_done takes it off the list */
        probe_cancel(s->running[s->n_running - 1].run);
    if (s->fetches)
        fetch_pool_free(s->fetches);
    s->fetches = NULL;
    s->n_fetching = 0;
}

void session_free(struct session *s)
{
    if (!s)
        return;
    s->sink = (struct session_sink){0};
    if (s->loop)
        cancel_all(s);
    if (s->turn) {
        uv_idle_stop(s->turn);
        uv_close((uv_handle_t *)s->turn, close_free);
    }
    evidence_free(s->ev);
    trust_list_free(s->trust);
    store_set_free(s->stores.set);
    issuer_table_free(s->issuers);
    free(s);
}

/* ---- asked by the sinks ---------------------------------------------------------------------- */

const struct evidence *session_evidence(const struct session *s)
{
    return s->ev;
}

const struct walk *session_walk(const struct session *s)
{
    return &s->walk;
}

bool session_is_done(const struct session *s)
{
    return s->is_done;
}

bool session_is_live(const struct session *s)
{
    return s->is_live;
}

unsigned session_elapsed_ms(const struct session *s)
{
    uint64_t end = s->is_done ? s->ended_ns : uv_hrtime();
    return (unsigned)((end - s->began_ns) / 1000000u);
}

void session_answer(struct session *s, enum question q, int answer)
{
    s->ev->answers[q] = answer;
    if (s->is_live)
        session_schedule(s);
    else
        walk(s->ev, &s->walk);
}

bool session_can_compare(const struct session *s)
{
    struct want want;
    return s->is_live && s->is_done && !s->ev->offline && !s->ev->stopped &&
           compare_wants(&s->walk, &want, 1) > 0;
}

void session_compare(struct session *s)
{
    s->is_comparing = session_can_compare(s);
    session_schedule(s);
}

void session_note_helped(struct session *s, enum helped helped)
{
    s->ev->helped = helped;
}

void session_stop(struct session *s)
{
    if (!s->is_live)
        return;
    s->ev->stopped = !s->is_comparing; /* what was found stays found */
    for (size_t i = 0; i < s->ev->n_fetches; i++)
        if (s->ev->fetches[i].state == FETCH_WAITING)
            s->ev->fetches[i].state = FETCH_FAILED;
    s->is_comparing = false;
    cancel_all(s);
    session_schedule(s);
}

void session_again(struct session *s)
{
    if (!s->is_live)
        return;
    char error[160];
    cancel_all(s);
    session_begin(s, error, sizeof(error));
}
