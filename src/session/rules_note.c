/*
 * rules_note.c - the dated rules that bear on a case become facts of it. Uses data, chain.
 * SPDX-License-Identifier: MIT
 */
#include "rules_note.h"

#include <string.h>

#include "whytls/chain.h"
#include "whytls/data.h"

/* Those of an authority where it is that one; those of all where a certificate lives that long. */
static bool bears(const struct dated_rule *rule, const struct cert_info *info, bool is_root)
{
    if (rule->kind == DATED_LIFETIME)
        return !info->is_ca && info->not_before >= rule->date &&
               info->not_after - info->not_before > rule->days * INT64_C(86400);
    return is_root &&
           (strcmp(rule->root, info->sha256) == 0 || strcmp(rule->root, info->key_sha256) == 0);
}

static void note_all(const struct request *r, struct evidence *ev, const struct blob *der,
                     bool is_root)
{
    struct cert_info info;
    size_t n = rule_table_size(r->rules);
    if (!cert_describe(der, &info))
        return;
    for (size_t i = 0; i < n + r->pretend.n_rules; i++) {
        const struct dated_rule *rule =
            i < n ? rule_table_at(r->rules, i) : &r->pretend.rules[i - n];
        if (bears(rule, &info, is_root))
            evidence_add_rule(ev, rule);
    }
}

/* What an authority leaves out of the certificates that it gives to people. */
static void note_own(const struct request *r, struct evidence *ev)
{
    struct cert_info info;
    if (ev->n_own == 0 || !cert_describe(&ev->own[0].der, &info))
        return;
    for (size_t i = 0; i < rule_table_size(r->rules); i++) {
        const struct dated_rule *rule = rule_table_at(r->rules, i);
        bool is_its = !rule->authority[0] || strcmp(rule->authority, info.issuer_org) == 0;
        if (rule->kind == DATED_PURPOSE && is_its && info.not_before >= rule->date)
            evidence_add_rule(ev, rule);
    }
}

size_t rules_note(const struct request *r, struct evidence *ev, size_t noted)
{
    const struct facts *f = &ev->facts;
    size_t n = ev->n_certificates + f->n_anchors + f->n_roots + ev->n_own;
    if (n == noted)
        return n;
    ev->facts.rules_known = r->rules || r->pretend.n_rules > 0;
    note_own(r, ev);
    for (size_t i = 0; i < ev->n_certificates; i++)
        note_all(r, ev, &ev->certificates[i].der, false);
    for (size_t i = 0; i < f->n_anchors; i++)
        note_all(r, ev, &f->anchors[i].der, true);
    for (size_t i = 0; i < f->n_roots; i++)
        note_all(r, ev, &f->roots[i].der, true);
    return n;
}
