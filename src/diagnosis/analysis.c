/*
 * analysis.c - what every check reads from the evidence before it judges: the baseline and its
 * probe, the probe whose certificates count, the judged chain. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "context.h"
#include "whytls/text.h"

static int probe_index(const struct evidence *ev, const struct probe *p)
{
    return p ? (int)(p - ev->probes) : -1;
}

/* ---- the baseline ------------------------------------------------------------------------ */

static const struct client *base_client(const struct evidence *ev)
{
    const struct client *c = client_find(ev->target.client);
    return c ? c : client_find("current");
}

/* A list of the client's of which nothing is left. Without TLS 1.2 no key exchange is listed, and
 * TLS 1.3 needs none (RFC 8446 B.4). */
static bool offers_nothing(const uint32_t *offers, const struct client *client)
{
    bool has_tls13 = offers[OFFER_LIST_VERSION] & offer_bit(OFFER_VERSION_TLS13);
    for (size_t list = 0; list < OFFER_LIST_COUNT; list++)
        if (client->offers[list] && !offers[list] && !(list == OFFER_LIST_KX && has_tls13))
            return true;
    return false;
}

bool policy_leaves_nothing(const struct policy *p, const struct client *client)
{
    uint32_t left[OFFER_LIST_COUNT];
    for (size_t list = 0; list < OFFER_LIST_COUNT; list++)
        left[list] = client->offers[list] & p->offers[list];
    return p->known && p->limits && offers_nothing(left, client);
}

/* A program obeys the policy of the library that it uses; no program has two. Where one that was
 * taken already leaves nothing together with the next, that next one is another program's matter.
 */
static void take_policy(const struct policy *p, const struct client *client, struct settings *s)
{
    struct settings less = *s;
    for (size_t list = 0; list < OFFER_LIST_COUNT; list++)
        less.offers[list] &= p->offers[list];
    if (p->dh_min_bits > less.dh_min_bits)
        less.dh_min_bits = p->dh_min_bits;
    if (!offers_nothing(less.offers, client))
        *s = less;
}

/*
 * The client's offers, less what this computer's own policies take away. A policy that leaves no
 * hello to say can't be tried: the check local_policy names it.
 */
static void base_offers(const struct evidence *ev, const struct client *client, struct settings *s)
{
    memcpy(s->offers, client->offers, sizeof(s->offers));
    s->dh_min_bits = client->dh_min_bits;
    for (size_t i = 0; i < POLICY_COUNT; i++)
        if (ev->facts.policies[i].known && ev->facts.policies[i].limits)
            take_policy(&ev->facts.policies[i], client, s);
}

/* The name in the hello, and the one in the request: that is the site's own in every try, so that
 * an experiment with the first changes nothing else. */
static void base_name(const struct evidence *ev, const struct client *client, struct settings *s)
{
    const struct target *t = &ev->target;
    text_copy_cut(s->host, sizeof(s->host), target_name(t)); /* as large as a name of the target */
    if (t->server_name_set)
        TEXT_SET(s->server_name, t->server_name);
    else if (client->sends_name && !t->is_address)
        TEXT_SET(s->server_name, t->ascii);
}

static void base_settings(const struct evidence *ev, struct settings *s)
{
    const struct client *client = base_client(ev);
    memset(s, 0, sizeof(*s));
    s->port = ev->target.connect_port ? ev->target.connect_port : ev->target.port;
    if (s->port != ev->target.port)
        s->host_port = ev->target.port;
    s->service = ev->target.service;
    s->no_extensions = client->no_extensions;
    s->alpn = s->service == SERVICE_HTTPS ? ALPN_HTTP1 : ALPN_NONE;
    if (ev->target.has_client_certificate)
        s->client_certificate = CLIENT_CERTIFICATE_GIVEN;
    base_offers(ev, client, s);
    base_name(ev, client, s);
}

/* One that ran when time was up has not ended: it says nothing yet. */
static const struct probe *finished(const struct evidence *ev, const struct probe *p)
{
    return p && p->outcome.finished && !outcome_is_cut_short(ev, &p->outcome) ? p : NULL;
}

/* Which of the probes count: those that have ended, or one whose page still comes. */
typedef const struct probe *probe_filter(const struct evidence *ev, const struct probe *p);

static const struct probe *under_way(const struct evidence *ev, const struct probe *p)
{
    (void)ev;
    return p && !p->outcome.finished ? p : NULL;
}

/* Every program tries the next address where TCP itself fails (RFC 6724, RFC 8305). */
static bool is_tcp_failure(const struct probe *p)
{
    return p && !p->outcome.success && !outcome_tcp_opened(&p->outcome) &&
           p->outcome.how != BREAK_CANCELLED;
}

static void choose_address(struct analysis *r)
{
    const struct resolution *found = &r->ev->resolution;
    struct settings s = r->base;
    for (size_t i = 0; i < found->n_addresses; i++) {
        TEXT_SET(s.address, found->addresses[i]);
        const struct probe *p = finished(r->ev, evidence_find_probe(r->ev, &s, 0));
        if (!is_tcp_failure(p)) {
            r->base = s;
            return;
        }
    }
    TEXT_SET(r->base.address, found->addresses[0]);
}

/* Alert 120 (RFC 7301 3.2): this server wants another application protocol; programs have both. */
static void choose_alpn(struct analysis *r)
{
    for (enum alpn alpn = r->base.alpn; alpn < ALPN_NONE; alpn++) {
        const struct probe *p = finished(r->ev, evidence_find_probe(r->ev, &r->base, 0));
        if (!p || p->outcome.alert != 120)
            return;
        r->base.alpn = alpn + 1;
    }
}

/* Its probe is the one that take() takes. */
static void read_baseline(struct analysis *r, probe_filter *take)
{
    const struct evidence *ev = r->ev;
    base_settings(ev, &r->base);
    if (!ev->resolution.finished || ev->resolution.n_addresses == 0)
        return;
    r->has_base = true;
    choose_address(r);
    choose_alpn(r);
    r->first = take(ev, evidence_find_probe(ev, &r->base, 0));
    r->first_index = probe_index(ev, r->first);
}

/* ---- the probe whose certificates count -------------------------------------------------- */

/* Changes that leave the question "which certificate does this site show?" as it was. */
enum {
    SAME_SITE = CHANGE_BIT(VERSIONS) | CHANGE_BIT(OLD_ONLY) | CHANGE_BIT(NOT_NEWEST) |
                CHANGE_BIT(SUITES) | CHANGE_BIT(GROUPS) | CHANGE_BIT(SIGNATURES) | CHANGE_BIT(DH) |
                CHANGE_BIT(POLICY) | CHANGE_BIT(TARGET_NAME) | CHANGE_BIT(ADDRESS) |
                CHANGE_BIT(NEWER_CLIENT) | CHANGE_BIT(OLDER_CLIENT) |
                CHANGE_BIT(POST_HANDSHAKE_AUTH) | CHANGE_BIT(AGAIN)
};

static int count_bits(unsigned bits)
{
    int n = 0;
    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

/* The finished probe with a trait, with the fewest changes against the baseline. */
static const struct probe *nearest(const struct analysis *r, bool (*has)(const struct probe *))
{
    if (r->first && has(r->first))
        return r->first;
    const struct probe *best = NULL;
    for (size_t i = 0; i < r->ev->n_probes; i++) {
        const struct probe *p = &r->ev->probes[i];
        if (!p->outcome.finished || !p->changes || (p->changes & ~(unsigned)SAME_SITE) || !has(p))
            continue;
        if (!best || count_bits(p->changes) < count_bits(best->changes))
            best = p;
    }
    return best;
}

static bool has_chain(const struct probe *p)
{
    return p->outcome.n_chain > 0;
}

static bool has_worked(const struct probe *p)
{
    return outcome_is_through(&p->outcome);
}

static bool has_stopped_at_client_certificate(const struct probe *p)
{
    return outcome_stops_at_client_certificate(&p->outcome);
}

static bool has_asked(const struct probe *p)
{
    return p->outcome.certificate_requested;
}

/* Of a chain from a file no handshake is known: but only RSA keys can do without a signature. */
static enum key_use used_key(const struct analysis *r, const struct outcome *o)
{
    bool must_sign = r->ev->target.from_file && !text_starts_nocase(r->leaf.key, "RSA");
    if (o->signature[0] || must_sign)
        return KEY_USE_SIGN;
    return text_starts_nocase(o->suite, "RSA ") ? KEY_USE_DECRYPT : KEY_USE_ANY;
}

static void question_make(const struct analysis *r, const struct probe *p, int64_t now,
                          const char *name, struct chain_question *q)
{
    const struct evidence *ev = r->ev;
    memset(q, 0, sizeof(*q));
    for (size_t i = 0; i < p->outcome.n_chain; i++)
        q->sent[q->n_sent++] = &ev->certificates[p->outcome.chain[i]].der;
    for (; q->n_extra < r->n_extra; q->n_extra++)
        q->extra[q->n_extra] = &ev->certificates[r->extra[q->n_extra]].der;
    for (size_t i = 0; i < ev->n_fetches; i++)
        if (ev->fetches[i].state == FETCH_GOT && ev->fetches[i].statement >= 0)
            q->told[q->n_told++] = &ev->statements[ev->fetches[i].statement];
    q->rules = ev->facts.rules;
    q->n_rules = ev->facts.n_rules;
    q->anchors = ev->facts.anchors;
    q->n_anchors = ev->facts.n_anchors;
    q->name = name ? name : analysis_name(r);
    q->name_is_address = !name && analysis_name_is_address(r);
    q->key_use = used_key(r, &p->outcome);
    if (p->outcome.staple >= 0 && (size_t)p->outcome.staple < ev->n_statements)
        q->staple = &ev->statements[p->outcome.staple];
    /* A small hello does not ask; in TLS 1.2 the answer comes before the key exchange. */
    q->may_expect_staple = !p->settings.no_extensions && outcome_key_exchange_came(&p->outcome);
    q->now = now;
}

void analysis_judge(const struct analysis *r, const struct probe *p, int64_t now, const char *name,
                    struct chain_answer *a)
{
    struct chain_question q;
    question_make(r, p, now, name, &q);
    chain_judge(&q, a);
    if (p->outcome.chain_cut && a->changes) /* what was cut off may be what is missing */
        a->judged = false;
}

static void add_extra(struct analysis *r, int16_t certificate, const char *url)
{
    for (size_t i = 0; i < r->n_extra; i++)
        if (r->extra[i] == certificate)
            return;
    if (r->n_extra == CHAIN_MAX_EXTRA)
        return;
    r->extra_url[r->n_extra] = url;
    r->extra[r->n_extra++] = certificate;
}

/* What the chain may lack: certificates that were fetched, and authorities that the site sent in
 * another handshake (at another address, to another hello). */
static void read_extra(struct analysis *r)
{
    const struct evidence *ev = r->ev;
    for (size_t i = 0; i < ev->n_fetches; i++)
        if (ev->fetches[i].state == FETCH_GOT && ev->fetches[i].certificate >= 0)
            add_extra(r, ev->fetches[i].certificate, ev->fetches[i].url);
    for (size_t i = 0; i < ev->n_probes; i++)
        for (size_t k = 1; k < ev->probes[i].outcome.n_chain; k++)
            add_extra(r, ev->probes[i].outcome.chain[k], "");
}

static void read_chain(struct analysis *r)
{
    const struct evidence *ev = r->ev;
    r->worked = nearest(r, has_worked);
    if (!r->worked)
        r->worked = nearest(r, has_stopped_at_client_certificate);
    r->asked = nearest(r, has_asked);
    r->shown = ev->target.from_file && ev->n_probes > 0 ? &ev->probes[0] : nearest(r, has_chain);
    r->shown_index = probe_index(ev, r->shown);
    if (!r->shown || r->shown->outcome.n_chain == 0)
        r->shown = NULL;
    if (!r->shown)
        return;
    read_extra(r);
    cert_describe(&ev->certificates[r->shown->outcome.chain[0]].der, &r->leaf);
    r->anchors_ready = ev->facts.anchors_for >= ev->n_certificates;
    if (r->anchors_ready)
        analysis_judge(r, r->shown, r->clock, NULL, &r->chain);
}

/* What this computer accepts by its own clock, it accepts: a better time only excuses. */
static void judge_by_true_time(struct analysis *r)
{
    struct chain_answer then;
    analysis_judge(r, r->shown, r->true_time, NULL, &then);
    if ((r->chain.changes & CHAIN_BIT(DATE)) || !(then.changes & CHAIN_BIT(DATE)))
        r->chain_then = then;
}

static void begin(const struct evidence *ev, struct analysis *r, probe_filter *take)
{
    memset(r, 0, sizeof(*r));
    r->ev = ev;
    r->first_index = r->shown_index = -1;
    r->clock = r->true_time = ev->facts.clock;
    read_baseline(r, take);
}

/* What the certificates and the witnesses say, once it is known which try is the first. */
static void read_rest(struct analysis *r)
{
    read_chain(r);
    analysis_weigh_clock(r);
    r->chain_then = r->chain;
    if (r->chain.judged && r->true_time != r->clock)
        judge_by_true_time(r);
    if (r->shown) {
        question_make(r, r->shown, r->true_time, NULL, &r->question);
        r->n_hits = rules_violated(&r->question, &r->chain_then, r->hits);
        r->question.now = r->clock;
    }
}

void analysis_make(const struct evidence *ev, struct analysis *r)
{
    begin(ev, r, finished);
    read_rest(r);
}

bool analysis_make_early(const struct evidence *ev, struct analysis *r)
{
    begin(ev, r, under_way);
    if (!r->first || !has_chain(r->first))
        return false;
    read_rest(r);
    return true;
}
