/*
 * test_session_rounds.c - what an answer costs in connections and in round trips that wait for each
 * other. Counted, not timed: the session is the real one, and its probes and fetches are played
 * here, one round trip of all that run at a time. No network.
 * SPDX-License-Identifier: MIT
 */
#include "unit/chain_ask.h"
#include "unit/statements.h"

#include <time.h>

#include "whytls/probe.h"
#include "whytls/session.h"
#include "whytls/text.h"
#include "whytls/walk.h"

enum { MOST = 8 };

/* ---- the played site ---------------------------------------------------------------------------
 */

static struct {
    const struct pki_cert *sent[2]; /* what each visitor is shown */
    const struct pki_cert *second;  /* what every second visitor is shown in place of sent[0] */
    struct statement staple;        /* der empty: none */
    bool is_tls12;                  /* a round trip more */
} site;

struct probe_run {
    struct evidence *ev;
    struct probe *p;
    struct probe_sink sink;
    unsigned rounds; /* where it stands: pass_round_of */
};

struct fetch_pool {
    struct evidence *ev;
    struct fetch *f;
    void (*on_done)(void *ctx, struct fetch *f);
    void *ctx;
    unsigned rounds;
};

static struct probe_run *runs[MOST];
static struct fetch_pool fetching;
static size_t n_visitors;

struct probe_run *probe_start(uv_loop_t *loop, struct evidence *ev, struct probe *p,
                              unsigned timeout_ms, const struct probe_secrets *secrets,
                              const struct probe_sink *sink)
{
    (void)loop, (void)timeout_ms, (void)secrets;
    size_t i = 0;
    while (runs[i])
        assert_true(++i < MOST);
    runs[i] = calloc(1, sizeof(*runs[i]));
    assert_non_null(runs[i]);
    *runs[i] = (struct probe_run){.ev = ev, .p = p, .sink = *sink};
    return runs[i];
}

static void end_run(struct probe_run *run, enum break_kind how)
{
    for (size_t i = 0; i < MOST; i++)
        runs[i] = runs[i] == run ? NULL : runs[i];
    run->p->outcome.finished = true;
    run->p->outcome.how = how;
    run->sink.on_done(run->sink.ctx, run->p);
    free(run);
}

void probe_cancel(struct probe_run *run)
{
    end_run(run, BREAK_CANCELLED);
}

struct fetch_pool *fetch_pool_new(uv_loop_t *loop)
{
    (void)loop;
    return &fetching;
}

void fetch_pool_free(struct fetch_pool *pool)
{
    *pool = (struct fetch_pool){0};
}

bool fetch_start(struct fetch_pool *pool, struct evidence *ev, struct fetch *f,
                 enum address_kind from, unsigned timeout_ms,
                 void (*on_done)(void *ctx, struct fetch *f), void *ctx)
{
    (void)from, (void)timeout_ms;
    assert_null(pool->f);
    *pool = (struct fetch_pool){.ev = ev, .f = f, .on_done = on_done, .ctx = ctx};
    f->state = FETCH_WAITING;
    return true;
}

static void show_certificates(struct probe_run *run)
{
    struct outcome *o = &run->p->outcome;
    n_visitors++;
    for (size_t i = 0; i < 2 && site.sent[i]; i++) {
        bool is_second = i == 0 && site.second && n_visitors % 2 == 0;
        const struct blob *der = is_second ? &site.second->der : &site.sent[i]->der;
        o->chain[o->n_chain++] = (int16_t)evidence_add_certificate(run->ev, der->data, der->len);
    }
    if (site.staple.der.len)
        o->staple = (int16_t)evidence_add_statement(run->ev, site.staple.kind, site.staple.der.data,
                                                    site.staple.der.len);
    o->version = site.is_tls12 ? 0x0303 : 0x0304;
    assert_true(text_copy(o->suite, sizeof(o->suite), "ECDHE-ECDSA AES-128-GCM"));
    assert_true(text_copy(o->signature, sizeof(o->signature), "ECDSA-SHA256"));
}

/* TCP, the hellos (TLS 1.2: and the end of the handshake), the page. */
static void pass_round_of(struct probe_run *run)
{
    struct outcome *o = &run->p->outcome;
    run->rounds += run->rounds == 2 && !site.is_tls12 ? 2 : 1; /* TLS 1.3 has no third */
    if (run->rounds == 1) {
        o->stage = STAGE_HELLO;
    } else if (run->rounds == 2) {
        show_certificates(run);
        o->stage = site.is_tls12 ? STAGE_FINISHED : STAGE_REPLY;
    } else if (run->rounds == 3) {
        o->stage = STAGE_REPLY;
    } else {
        o->stage = STAGE_DONE;
        o->success = true;
        o->http_status = 200;
        o->http_date = PKI_NOW;
        o->http_date_local = time(NULL); /* the session knows of the pretended clock */
        end_run(run, BREAK_NONE);
        return;
    }
    run->sink.on_event(run->sink.ctx, run->p);
}

/* TCP, and what is asked for over it: the one that is missing. */
static void pass_round_of_fetch(struct fetch_pool *pool)
{
    struct fetch *f = pool->f;
    if (!f || ++pool->rounds < 2)
        return;
    pool->f = NULL;
    f->certificate = (int16_t)evidence_add_certificate(pool->ev, middle->der.data, middle->der.len);
    f->state = FETCH_GOT;
    pool->on_done(pool->ctx, f);
}

/* One round trip of all that run now; what they lead to begins after it. */
static void pass_round(void)
{
    struct probe_run *now[MOST];
    memcpy(now, runs, sizeof(now));
    pass_round_of_fetch(&fetching);
    for (size_t i = 0; i < MOST; i++)
        if (now[i])
            pass_round_of(now[i]);
}

/* ---- one case ----------------------------------------------------------------------------------
 */

static void pretend_computer(struct request *r)
{
    assert_true(text_copy(r->target.host, sizeof(r->target.host), name));
    assert_true(text_copy(r->target.ascii, sizeof(r->target.ascii), name));
    r->target.port = 443;
    r->pretend.clock_offset_s = PKI_NOW - time(NULL);
    r->pretend.witnesses_set = r->pretend.resolution_set = r->pretend.anchors_set = true;
    r->pretend.n_addresses = 1;
    assert_true(text_copy(r->pretend.addresses[0], SETTINGS_ADDRESS_SIZE, "192.0.2.1"));
    r->pretend.anchors[r->pretend.n_anchors++] =
        (struct anchor){.der = root->der, .source = ANCHOR_SHIPPED};
}

struct cost {
    unsigned rounds;
    size_t connections;
    char verdict[200];
};

static void read_cost(const struct session *s, struct cost *c)
{
    const struct diagnosed *list;
    size_t n = walk_verdict(session_walk(s), &list);
    c->connections = session_evidence(s)->n_probes;
    c->verdict[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        size_t have = strlen(c->verdict);
        snprintf(c->verdict + have, sizeof(c->verdict) - have, "%s%s", i ? " " : "",
                 list[i].cause->slug);
    }
}

static struct cost cost_now(void)
{
    static struct request r; /* large */
    const struct session_sink sink = {0};
    uv_loop_t loop;
    char error[160];
    struct cost c = {0};
    r = (struct request){0};
    n_visitors = 0;
    pretend_computer(&r);
    assert_int_equal(uv_loop_init(&loop), 0);
    struct session *s = session_new(&loop, &r, &sink, error, sizeof(error));
    assert_non_null(s);
    for (c.rounds = 0;; c.rounds++) {
        while (uv_run(&loop, UV_RUN_NOWAIT)) /* all that is due without a word from outside */
            ;
        if (session_is_done(s))
            break;
        assert_true(c.rounds < 100);
        pass_round();
    }
    read_cost(s, &c);
    session_free(s);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
    return c;
}

static void cost_is(const char *verdict, unsigned rounds, size_t connections)
{
    struct cost c = cost_now();
    if (strcmp(c.verdict, verdict) != 0 || c.rounds != rounds || c.connections != connections)
        fail_msg("%s: %u round trips, %zu connections; not %s: %u, %zu", c.verdict, c.rounds,
                 c.connections, verdict, rounds, connections);
}

static void show(const struct pki_cert *first, const struct pki_cert *then)
{
    memset(&site, 0, sizeof(site));
    site.sent[0] = first;
    site.sent[1] = then;
}

/* ---- what they cost ----------------------------------------------------------------------------
 */

enum { DAY = 86400 };

/* The measure itself. */
static void a_healthy_site_costs_one_connection(void **state)
{
    (void)state;
    show(leaf, middle);
    cost_is("works", 3, 1);
    site.is_tls12 = true;
    cost_is("works", 4, 1);
}

static void a_bad_certificate_costs_five_round_trips(void **state)
{
    (void)state;
    show(make_leaf((struct pki_spec){.until = PKI_NOW - DAY}), middle);
    cost_is("chain.expired", 5, 3);
    show(make_leaf((struct pki_spec){.from = PKI_NOW + DAY}), middle);
    cost_is("chain.not-yet-valid", 5, 3);
    show(pki_make((struct pki_spec){.cn = name, .dns = {name}}), NULL);
    cost_is("chain.self-signed", 5, 3);
    show(make_leaf((struct pki_spec){.issuer = other_root}), other_root);
    cost_is("chain.unknown-authority", 5, 3);
    show(make_leaf((struct pki_spec){.dns = {"other.example"}}), middle);
    cost_is("name.other-name", 5, 5);
    show(pki_corrupt(leaf), middle);
    cost_is("chain.bad-signature", 5, 3);
    show(make_leaf((struct pki_spec){.until = PKI_NOW - DAY, .dns = {"other.example"}}), middle);
    cost_is("chain.expired name.other-name", 5, 5);
}

/* While the site is asked again, its authority is asked for the missing one. */
static void a_missing_intermediate_costs_no_more(void **state)
{
    (void)state;
    show(make_leaf((struct pki_spec){.issuer_url = "http://ca.example/middle.der"}), NULL);
    cost_is("chain.missing-intermediate", 5, 3);
}

/* A signed statement says it all: nobody has to be asked again. */
static void a_revoked_certificate_costs_one_connection(void **state)
{
    (void)state;
    show(leaf, middle);
    site.staple = say_by_ocsp(leaf, middle, LAB_WORD_REVOKED, PKI_NOW);
    cost_is("chain.revoked", 3, 1);
    blob_fini(&site.staple.der);
}

/* In TLS 1.2 a connection takes one more, and the certificate comes as early. */
static void an_older_version_costs_one_more(void **state)
{
    (void)state;
    show(make_leaf((struct pki_spec){.until = PKI_NOW - DAY}), middle);
    site.is_tls12 = true;
    cost_is("chain.expired", 6, 3);
}

/* What the repeats are for: of several servers behind one address, one was renewed. */
static void the_renewed_server_is_found_as_soon(void **state)
{
    (void)state;
    show(make_leaf((struct pki_spec){.until = PKI_NOW - DAY}), middle);
    site.second = leaf;
    cost_is("address.changing-certificate chain.expired", 5, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_healthy_site_costs_one_connection),
        cmocka_unit_test(a_bad_certificate_costs_five_round_trips),
        cmocka_unit_test(a_missing_intermediate_costs_no_more),
        cmocka_unit_test(a_revoked_certificate_costs_one_connection),
        cmocka_unit_test(an_older_version_costs_one_more),
        cmocka_unit_test(the_renewed_server_is_found_as_soon),
    };
    return cmocka_run_group_tests_name("session rounds", tests, set_up, pki_tear_down);
}
