/*
 * request.c - the request that leads a session to a running scenario: its target, and what is
 * pretended of this computer. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>
#include <time.h>

#include "lab/running.h"
#include "whytls/chain.h"
#include "whytls/text.h"

enum { DEFAULT_TIMEOUT_S = 5 };

const char *const lab_addresses[2] = {"127.0.0.1", "127.0.0.2"};

static void fill_target(const struct scenario *s, struct target *t)
{
    *t = (struct target){
        .port = 443,
        .service = SERVICE_HTTPS,
        .is_address = s->is_address,
        .server_name_set = s->no_server_name,
        .timeout_s = (uint16_t)(s->timeout_s ? s->timeout_s : DEFAULT_TIMEOUT_S),
        .has_client_certificate = s->has_client_certificate,
        .is_practice = true,
    };
    text_copy_cut(t->typed, sizeof t->typed, scenario_host(s));
    text_copy_cut(t->host, sizeof t->host, scenario_host(s));
    text_copy_cut(t->ascii, sizeof t->ascii, scenario_host(s));
    text_copy_cut(t->client, sizeof t->client, s->client ? s->client : "current");
}

static void fill_addresses(const struct lab *lab, struct request *r)
{
    const struct server_recipe *server = &lab->endpoint.scenario->server;
    if (server->serves == SERVES_NOTHING)
        return; /* the resolver's own answer for .invalid (RFC 6761 6.4) */
    r->target.connect_port = lab->port;
    r->pretend.resolution_set = true;
    r->pretend.n_addresses = server->two_addresses ? 2 : 1;
    for (size_t i = 0; i < r->pretend.n_addresses; i++)
        text_copy_cut(r->pretend.addresses[i], sizeof r->pretend.addresses[i], lab_addresses[i]);
}

static void fill_anchors(struct lab *lab, struct pretend *p)
{
    const struct scenario *s = lab->endpoint.scenario;
    p->anchors_set = true;
    p->anchors_missing = s->no_trust_list;
    for (size_t i = 0; i < scenario_chains(s); i++) {
        const struct blob *root = &lab->endpoint.chains[i].der[FORGED_ROOT];
        if (!root->data || s->chains[i].trust == LAB_TRUST_NONE || s->no_trust_list)
            continue;
        p->anchors[p->n_anchors++] = (struct anchor){
            .der = *root,
            .source = s->chains[i].trust == LAB_TRUST_ADDED ? ANCHOR_ADDED : ANCHOR_SHIPPED,
        };
    }
}

/* A rule about the first chain's root, by its key, as the data file would name it. */
static void fill_rule(const struct lab *lab, struct pretend *p)
{
    const struct lab_rule *from = &lab->endpoint.scenario->chains[0].rule;
    struct dated_rule *rule = &p->rules[0];
    struct cert_info root;
    if (!from->is_there || !cert_describe(&lab->endpoint.chains[0].der[FORGED_ROOT], &root))
        return;
    *rule = (struct dated_rule){.kind = from->kind, .since = from->since};
    for (int k = 0; k < ROOT_PROGRAM_COUNT; k++)
        rule->keeps[k] = from->root_programs >> k & 1;
    if (from->since != DATED_SINCE_ALWAYS || from->kind != DATED_DISTRUST)
        rule->date = (time(NULL) / 86400 + from->from_day) * INT64_C(86400);
    text_copy_cut(rule->authority, sizeof rule->authority, root.subject);
    TEXT_SET(rule->root, root.key_sha256);
    TEXT_SET(rule->source, "the practice lab");
    p->n_rules = 1;
}

/* What is typical where a company added its authority to the system alone. */
static void fill_stores(const struct scenario *s, struct pretend *p)
{
    static const struct {
        struct store store;
        bool has_anchors;
    } others[] = {
        {{.kind = STORE_FIREFOX,
          .is_read = true,
          .has_builtin = true,
          .file = "~/.mozilla/firefox/practice.default/cert9.db"},
         false},
        {{.kind = STORE_JAVA, .is_read = true, .file = "/etc/ssl/certs/java/cacerts", .total = 140},
         false},
        {{.kind = STORE_GIT, .is_read = true, .file = "~/corp.pem", .total = 1, .added = 1}, true},
    };
    for (size_t i = 0; s->other_lists && i < sizeof others / sizeof others[0]; i++) {
        p->stores[p->n_stores] = others[i].store;
        p->store_has_anchors[p->n_stores++] = others[i].has_anchors;
    }
}

static void fill_policies(const struct scenario *s, struct pretend *p)
{
    p->policies_set = true;
    for (int i = 0; i < POLICY_COUNT; i++) {
        p->policies[i].known = true;
        for (int list = 0; list < OFFER_LIST_COUNT; list++)
            p->policies[i].offers[list] = offer_all((enum offer_list)list);
    }
    if (!s->openssl_policy_tls13_only)
        return;
    struct policy *openssl = &p->policies[POLICY_OPENSSL];
    openssl->limits = true;
    openssl->offers[OFFER_LIST_VERSION] = offer_bit(OFFER_VERSION_TLS13);
    TEXT_SET(openssl->file, "/etc/ssl/openssl.cnf");
    TEXT_SET(openssl->line, "MinProtocol = TLSv1.3");
}

/* The same on every computer: this one's own are good or bad as it pleases them. */
static void fill_clock(const struct scenario *s, struct pretend *p)
{
    const int64_t day = 86400, now = time(NULL);
    const struct witness witnesses[] = {
        {WITNESS_BUILD_DATE, now - 30 * day},
        {WITNESS_PACKAGES, now - 4 * day},
        {WITNESS_TRUST_LIST, now - 30 * day},
        {WITNESS_KERNEL, s->is_clock_synced ? now : EVIDENCE_NO_TIME},
    };
    p->clock_offset_s = s->clock_at ? s->clock_at - now : s->clock_offset_s;
    p->witnesses_set = true;
    p->n_witnesses = sizeof(witnesses) / sizeof(witnesses[0]);
    memcpy(p->witnesses, witnesses, sizeof(witnesses));
}

/* FNV-1a, so that a scenario has the same case code each time. */
static uint64_t seed_of(const char *name)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (; *name; name++)
        h = (h ^ (uint8_t)*name) * UINT64_C(1099511628211);
    return h ? h : 1;
}

void lab_fill_request(struct lab *lab, struct request *r)
{
    const struct scenario *s = lab->endpoint.scenario;
    memset(&r->pretend, 0, sizeof r->pretend);
    fill_target(s, &r->target);
    fill_addresses(lab, r);
    fill_anchors(lab, &r->pretend);
    fill_rule(lab, &r->pretend);
    fill_stores(s, &r->pretend);
    fill_policies(s, &r->pretend);
    r->pretend.cert_pem = lab->client_pem;
    r->pretend.key_pem = (const char *)lab->client_key.data;
    fill_clock(s, &r->pretend);
    r->pretend.case_seed = seed_of(s->line.name);
}
