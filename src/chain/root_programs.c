/*
 * root_programs.c - a chain that was found good, judged once more as each program would that has
 * dated rules of its own: whose rules does it violate? Uses dated.c, judge.c.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

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

/* False where the path does not end in an authority of the list. */
static bool read_answer(const struct chain_question *q, const struct chain_answer *a,
                        struct dated_subject *s)
{
    const struct chain_link *top = a->n_path > 0 ? &a->path[a->n_path - 1] : NULL;
    *s = (struct dated_subject){.not_before = 0};
    if (!a->judged || !top || top->from != CHAIN_FROM_ANCHOR || q->n_rules == 0) {
        return false;
    }
    gnutls_x509_crt_t leaf = crt_import(link_der(q, &a->path[0])),
                      root = crt_import(link_der(q, top));
    bool is_read = leaf && root;
    if (is_read) {
        dated_read_leaf(leaf, s);
        dated_read_root(root, q->anchors[top->index].source, s);
    }
    crt_free(leaf);
    crt_free(root);
    return is_read;
}

static size_t add_hit(struct rule_hit *hits, size_t n, const struct rule_hit *hit)
{
    for (size_t i = 0; i < n; i++) {
        if (hits[i].rule == hit->rule) {
            hits[i].root_programs |= hit->root_programs;
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
        if (q->rules[i].kind == kind && q->rules[i].date <= q->now &&
            dated_is_about(&q->rules[i], &s)) {
            return &q->rules[i];
        }
    }
    return NULL;
}

/*
 * The path that was found is looked at first, which is cheap; only where it violates a rule is the
 * whole question judged again as that program would, for it may know another way to the top.
 */
size_t rules_violated(const struct chain_question *q, const struct chain_answer *a,
                      struct rule_hit hits[RULE_MAX_HITS])
{
    struct dated_subject s;
    size_t n = 0;
    if (!read_answer(q, a, &s)) {
        return 0;
    }
    for (unsigned k = 0; k < ROOT_PROGRAM_COUNT; k++) {
        struct chain_question own = *q;
        struct chain_answer b;
        own.root_programs = 1u << k;
        if (dated_find(q, own.root_programs, DATED_DISTRUST, &s) < 0 &&
            dated_find(q, own.root_programs, DATED_LIFETIME, &s) < 0) {
            continue;
        }
        chain_judge(&own, &b);
        const int found[] = {b.distrust, b.lifetime};
        static const enum chain_change changes[] = {CHAIN_CHANGE_DISTRUST, CHAIN_CHANGE_LIFETIME};
        for (size_t i = 0; b.judged && i < 2; i++) {
            if (found[i] >= 0) {
                const struct rule_hit hit = {.rule = (size_t)found[i],
                                             .root_programs = own.root_programs,
                                             .place = b.at[changes[i]],
                                             .changes = b.changes,
                                             .is_proven = b.is_proven};
                n = add_hit(hits, n, &hit);
            }
        }
    }
    return n;
}
