/*
 * dated.c - the dated rules of other programs (rules.h): does one bite on a path, and on whom?
 * A rule is the programs' own: it counts where they know the authority themselves, never under one
 * that somebody added on this computer. What is not known bites nobody. Uses pool.c.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <string.h>

enum { DAY_S = 86400 };

/* What a rule looks at. */
struct dated_subject {
    int64_t not_before, not_after;               /* of the leaf, Unix seconds */
    int64_t oldest_sct;                          /* 0: it has none */
    char certificate[RULE_HASH], key[RULE_HASH]; /* of the root: SHA-256, hex; "": not known */
    bool is_added;                               /* somebody added it on this computer */
};

/* ---- one rule ----------------------------------------------------------------------------- */

static bool is_kept_by(const struct dated_rule *rule, unsigned keepers)
{
    for (unsigned k = 0; k < KEEPER_COUNT; k++) {
        if (rule->keeps[k] && (keepers >> k & 1)) {
            return true;
        }
    }
    return false;
}

static bool is_about(const struct dated_rule *rule, const struct dated_subject *s)
{
    return rule->root[0] == '\0' || strcmp(rule->root, s->certificate) == 0 ||
           strcmp(rule->root, s->key) == 0;
}

static bool is_since(const struct dated_rule *rule, const struct dated_subject *s)
{
    switch (rule->since) {
    case DATED_SINCE_ALWAYS:
        return true;
    case DATED_SINCE_ISSUED:
        return s->not_before >= rule->date;
    case DATED_SINCE_SCT:
        return s->oldest_sct != 0 && s->oldest_sct >= rule->date;
    case DATED_SINCE_COUNT:
        break;
    }
    return false;
}

/*
 * A root on the system's list can still be a company's own, put there by a package of its own. But
 * only public authorities have their certificates logged, and so timestamped: browsers ask for it
 * since 2018 (Chrome's Certificate Transparency policy).
 */
static bool is_public(const struct dated_subject *s)
{
    return !s->is_added && s->oldest_sct != 0;
}

/* Chromium and Apple take the difference of both ends, to the second. */
static bool outlives(const struct dated_rule *rule, const struct dated_subject *s)
{
    return s->not_after - s->not_before > (int64_t)rule->days * DAY_S;
}

static bool bites(const struct dated_rule *rule, const struct dated_subject *s)
{
    switch (rule->kind) {
    case DATED_DISTRUST:
        return rule->root[0] && !s->is_added && is_about(rule, s) && is_since(rule, s);
    case DATED_LIFETIME:
        return (rule->for_any || is_public(s)) && is_about(rule, s) && is_since(rule, s) &&
               outlives(rule, s);
    default:
        return false;
    }
}

/* Of several the strictest: where a shorter life came later, that one is the rule of the day. */
static int find_rule(const struct chain_question *q, unsigned keepers, enum dated_kind kind,
                     const struct dated_subject *s)
{
    int found = -1;
    for (size_t i = 0; i < q->n_rules; i++) {
        const struct dated_rule *rule = &q->rules[i];
        if (rule->kind == kind && is_kept_by(rule, keepers) && bites(rule, s) &&
            (found < 0 || rule->days < q->rules[found].days)) {
            found = (int)i;
        }
    }
    return found;
}

/* ---- what it looks at --------------------------------------------------------------------- */

static void read_leaf(gnutls_x509_crt_t leaf, struct dated_subject *s)
{
    int64_t newest;
    s->not_before = gnutls_x509_crt_get_activation_time(leaf);
    s->not_after = gnutls_x509_crt_get_expiration_time(leaf);
    crt_scts(leaf, &s->oldest_sct, &newest);
}

static void read_root(gnutls_x509_crt_t root, enum anchor_source source, struct dated_subject *s)
{
    crt_hashes(root, s->certificate, s->key);
    s->is_added = source == ANCHOR_ADDED;
}

void pool_bar(struct pool *pool, const struct chain_question *q)
{
    struct dated_subject s = {.not_before = 0};
    if (q->keepers == 0 || q->n_rules == 0 || q->n_sent == 0 || pool->sent[0] < 0) {
        return;
    }
    read_leaf(pool->nodes[pool->sent[0]].crt, &s);
    for (size_t i = 0; i < pool->n; i++) {
        struct node *node = &pool->nodes[i];
        if (node->anchor >= 0) {
            read_root(node->crt, q->anchors[node->anchor].source, &s);
            node->is_barred = find_rule(q, q->keepers, DATED_DISTRUST, &s) >= 0;
        }
    }
}

int path_dated_rule(const struct trial *t, const struct path *p, enum dated_kind kind)
{
    struct dated_subject s = {.not_before = 0};
    if (t->q->keepers == 0 || t->q->n_rules == 0 || !p->is_anchored) {
        return -1;
    }
    const struct node *top = &t->pool->nodes[p->nodes[p->n - 1]];
    if (top->anchor < 0) {
        return -1;
    }
    read_leaf(t->pool->nodes[p->nodes[0]].crt, &s);
    read_root(top->crt, t->q->anchors[top->anchor].source, &s);
    return find_rule(t->q, t->q->keepers, kind, &s);
}

/* ---- a whole answer ----------------------------------------------------------------------- */

static const struct blob *link_der(const struct chain_question *q, const struct chain_link *link)
{
    switch (link->from) {
    case CHAIN_FROM_SENT:
        return q->sent[link->index];
    case CHAIN_FROM_EXTRA:
        return q->extra[link->index];
    case CHAIN_FROM_ANCHOR:
        return &q->anchors[link->index].der;
    }
    return NULL;
}

static gnutls_x509_crt_t import(const struct blob *der)
{
    gnutls_x509_crt_t crt = NULL;
    gnutls_datum_t datum = {der->data, (unsigned)der->len};
    if (gnutls_x509_crt_init(&crt) < 0) {
        return NULL;
    }
    if (gnutls_x509_crt_import(crt, &datum, GNUTLS_X509_FMT_DER) < 0) {
        gnutls_x509_crt_deinit(crt);
        return NULL;
    }
    return crt;
}

/* False where the path does not end in an authority of the list. */
static bool read_answer(const struct chain_question *q, const struct chain_answer *a,
                        struct dated_subject *s)
{
    const struct chain_link *top = a->n_path > 0 ? &a->path[a->n_path - 1] : NULL;
    *s = (struct dated_subject){.not_before = 0};
    if (!a->judged || !top || top->from != CHAIN_FROM_ANCHOR || q->n_rules == 0) {
        return false;
    }
    gnutls_x509_crt_t leaf = import(link_der(q, &a->path[0])), root = import(link_der(q, top));
    bool is_read = leaf && root;
    if (is_read) {
        read_leaf(leaf, s);
        read_root(root, q->anchors[top->index].source, s);
    }
    if (leaf) {
        gnutls_x509_crt_deinit(leaf);
    }
    if (root) {
        gnutls_x509_crt_deinit(root);
    }
    return is_read;
}

static size_t add_hit(struct rule_hit *hits, size_t n, const struct rule_hit *hit)
{
    for (size_t i = 0; i < n; i++) {
        if (hits[i].rule == hit->rule) {
            hits[i].keepers |= hit->keepers;
            hits[i].changes |= hit->changes;
            hits[i].is_proven = hits[i].is_proven && hit->is_proven;
            return n;
        }
    }
    hits[n] = *hit;
    return n + 1;
}

const struct dated_rule *rules_about(const struct chain_question *q, const struct chain_answer *a,
                                     enum dated_kind kind)
{
    struct dated_subject s;
    if (!read_answer(q, a, &s)) {
        return NULL;
    }
    for (size_t i = 0; i < q->n_rules; i++) {
        if (q->rules[i].kind == kind && q->rules[i].date <= q->now && is_about(&q->rules[i], &s)) {
            return &q->rules[i];
        }
    }
    return NULL;
}

/*
 * The path that was found is looked at first, which is cheap; only where a rule bites on it is the
 * whole question judged again as that program would, for it may know another way to the top.
 */
size_t rules_biting(const struct chain_question *q, const struct chain_answer *a,
                    struct rule_hit hits[RULE_MAX_HITS])
{
    struct dated_subject s;
    size_t n = 0;
    if (!read_answer(q, a, &s)) {
        return 0;
    }
    for (unsigned k = 0; k < KEEPER_COUNT; k++) {
        struct chain_question own = *q;
        struct chain_answer b;
        own.keepers = 1u << k;
        if (find_rule(q, own.keepers, DATED_DISTRUST, &s) < 0 &&
            find_rule(q, own.keepers, DATED_LIFETIME, &s) < 0) {
            continue;
        }
        chain_judge(&own, &b);
        const int found[] = {b.distrust, b.lifetime};
        static const enum chain_change changes[] = {CHAIN_CHANGE_DISTRUST, CHAIN_CHANGE_LIFETIME};
        for (size_t i = 0; b.judged && i < 2; i++) {
            if (found[i] >= 0) {
                const struct rule_hit hit = {.rule = (size_t)found[i],
                                             .keepers = own.keepers,
                                             .place = b.at[changes[i]],
                                             .changes = b.changes,
                                             .is_proven = b.is_proven};
                n = add_hit(hits, n, &hit);
            }
        }
    }
    return n;
}
