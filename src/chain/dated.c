/*
 * dated.c - the dated rules of other programs (rules.h): does a path violate one?
 * A rule is the programs' own: it counts where they know the authority themselves, never under one
 * that somebody added on this computer. What is not known is no violation. Uses pool.c.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <string.h>

enum { DAY_S = 86400 };

/* ---- one rule ----------------------------------------------------------------------------- */

static bool is_of_program(const struct dated_rule *rule, unsigned root_programs)
{
    for (unsigned k = 0; k < ROOT_PROGRAM_COUNT; k++) {
        if (rule->keeps[k] && (root_programs >> k & 1)) {
            return true;
        }
    }
    return false;
}

bool dated_is_about(const struct dated_rule *rule, const struct dated_subject *s)
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

static bool is_violated(const struct dated_rule *rule, const struct dated_subject *s)
{
    switch (rule->kind) {
    case DATED_DISTRUST:
        return rule->root[0] && !s->is_added && dated_is_about(rule, s) && is_since(rule, s);
    case DATED_LIFETIME:
        return (rule->for_any || is_public(s)) && dated_is_about(rule, s) && is_since(rule, s) &&
               outlives(rule, s);
    default:
        return false;
    }
}

/* Of several the strictest: where a shorter life came later, that one is the rule of the day. */
int dated_find(const struct chain_question *q, unsigned root_programs, enum dated_kind kind,
               const struct dated_subject *s)
{
    int found = -1;
    for (size_t i = 0; i < q->n_rules; i++) {
        const struct dated_rule *rule = &q->rules[i];
        if (rule->kind == kind && is_of_program(rule, root_programs) && is_violated(rule, s) &&
            (found < 0 || rule->days < q->rules[found].days)) {
            found = (int)i;
        }
    }
    return found;
}

/* ---- what it looks at --------------------------------------------------------------------- */

void dated_read_leaf(gnutls_x509_crt_t leaf, struct dated_subject *s)
{
    int64_t newest;
    s->not_before = gnutls_x509_crt_get_activation_time(leaf);
    s->not_after = gnutls_x509_crt_get_expiration_time(leaf);
    crt_scts(leaf, &s->oldest_sct, &newest);
}

void dated_read_root(gnutls_x509_crt_t root, enum anchor_source source, struct dated_subject *s)
{
    crt_hashes(root, s->certificate, s->key);
    s->is_added = source == ANCHOR_ADDED;
}

void pool_mark_distrusted(struct pool *pool, const struct chain_question *q)
{
    struct dated_subject s = {.not_before = 0};
    if (q->root_programs == 0 || q->n_rules == 0 || q->n_sent == 0 || pool->sent[0] < 0) {
        return;
    }
    dated_read_leaf(pool->nodes[pool->sent[0]].crt, &s);
    for (size_t i = 0; i < pool->n; i++) {
        struct node *node = &pool->nodes[i];
        if (node->anchor >= 0) {
            dated_read_root(node->crt, q->anchors[node->anchor].source, &s);
            node->is_distrusted = dated_find(q, q->root_programs, DATED_DISTRUST, &s) >= 0;
        }
    }
}

int path_dated_rule(const struct attempt *t, const struct path *p, enum dated_kind kind)
{
    struct dated_subject s = {.not_before = 0};
    if (t->q->root_programs == 0 || t->q->n_rules == 0 || !p->is_anchored) {
        return -1;
    }
    const struct node *top = &t->pool->nodes[p->nodes[p->n - 1]];
    if (top->anchor < 0) {
        return -1;
    }
    dated_read_leaf(t->pool->nodes[p->nodes[0]].crt, &s);
    dated_read_root(top->crt, t->q->anchors[top->anchor].source, &s);
    return dated_find(t->q, t->q->root_programs, kind, &s);
}
