/*
 * judges.c - how programs differ in what they make of a judged chain: what each allows of it, and
 * what it minds besides (judges.def). Pure. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include "judges.h"

#include <string.h>

#include "whytls/ascii.h"

static const struct judge judges[] = {
#include "judges.def"
};

_Static_assert(sizeof(judges) / sizeof(judges[0]) <= JUDGES_MAX, "there is a row for each");

const struct judge *judge_at(size_t i)
{
    return i < sizeof(judges) / sizeof(judges[0]) ? &judges[i] : NULL;
}

static const struct blob *der_at(const struct chain_question *q, const struct chain_answer *a,
                                 size_t place)
{
    const struct chain_link *link = &a->path[place];
    return link->from == CHAIN_FROM_SENT    ? q->sent[link->index]
           : link->from == CHAIN_FROM_EXTRA ? q->extra[link->index]
           : link->index < q->n_anchors     ? &q->anchors[link->index].der
                                            : NULL;
}

/* ---- what it allows ----------------------------------------------------------------------- */

static bool is_rsa(const struct cert_info *info)
{
    return strncmp(info->key, "RSA-", 4) == 0;
}

static int64_t rsa_bits(const struct cert_info *info)
{
    const char *bits = info->key + 4;
    return ascii_take_number(&bits, INT32_MAX);
}

static bool is_short_rsa(const struct cert_info *info, unsigned bits)
{
    return is_rsa(info) && rsa_bits(info) < (int64_t)bits;
}

/* All keys of the path are RSA ones that are long enough for it, or no RSA ones. */
static bool takes_keys(const struct judge *j, const struct chain_question *q,
                       const struct chain_answer *a)
{
    for (size_t i = 0; i < a->n_path; i++) {
        struct cert_info info;
        const struct blob *der = der_at(q, a, i);
        if (!der || !cert_describe(der, &info))
            return false;
        if (is_short_rsa(&info, j->min_rsa))
            return false;
        if (!is_rsa(&info) && a->at[CHAIN_CHANGE_KEY] == (int)i)
            return false;
    }
    return true;
}

static bool is_by_sha1(const struct chain_question *q, const struct chain_answer *a)
{
    struct cert_info info;
    int at = a->at[CHAIN_CHANGE_SIGNATURE];
    const struct blob *der = at >= 0 ? der_at(q, a, (size_t)at) : NULL;
    return der && cert_describe(der, &info) && strstr(info.signature, "SHA1");
}

static bool has_dotted_name(const struct cert_info *leaf, const char *name)
{
    size_t n = name ? strlen(name) : 0;
    for (size_t i = 0; i < leaf->n_names; i++)
        if (n > 0 && strlen(leaf->names[i]) == n + 1 &&
            ascii_equal_nocase(leaf->names[i], name, n) && strcmp(leaf->names[i] + n, ".") == 0)
            return true;
    return false;
}

static bool takes_name(const struct judge *j, const struct analysis *r,
                       const struct chain_question *q)
{
    return (j->takes_final_dot && has_dotted_name(&r->leaf, q->name)) ||
           (j->takes_top_wildcard && cert_has_top_wildcard(&r->leaf, q->name)) ||
           (j->takes_subject_name && cert_covers_by_subject(&r->leaf, q->name, q->name_is_address));
}

static bool takes_purpose(const struct judge *j, const struct chain_question *q,
                          const struct chain_answer *a)
{
    struct cert_info info;
    int at = a->at[CHAIN_CHANGE_PURPOSE];
    const struct blob *der = at > 0 ? der_at(q, a, (size_t)at) : NULL;
    return j->takes_authority_purpose
               ? der != NULL
               : j->takes_any_above && der && cert_describe(der, &info) && info.takes_any_use;
}

/* The first one that is out of date is what is trusted, for being so. */
static bool is_anchor_dated(const struct chain_answer *a)
{
    return a->n_path > 0 && a->at[CHAIN_CHANGE_DATE] == (int)a->n_path - 1 &&
           a->path[a->n_path - 1].from == CHAIN_FROM_ANCHOR;
}

unsigned judge_allows(const struct judge *j, const struct analysis *r,
                      const struct chain_question *q, const struct chain_answer *a)
{
    const struct {
        unsigned change;
        bool is_allowed;
    } all[] = {
        {CHAIN_BIT(KEY), takes_keys(j, q, a)},
        {CHAIN_BIT(SIGNATURE), j->takes_sha1 && is_by_sha1(q, a)},
        {CHAIN_BIT(ADD_CERTIFICATE), j->fetches != FETCHES_NOT},
        {CHAIN_BIT(NAME), takes_name(j, r, q)},
        {CHAIN_BIT(PURPOSE), takes_purpose(j, q, a)},
        {CHAIN_BIT(DATE), j->takes_any_anchor && is_anchor_dated(a)},
    };
    unsigned changes = 0;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (all[i].is_allowed)
            changes |= all[i].change;
    return changes;
}

/* ---- what it minds ------------------------------------------------------------------------ */

static void look_at_top(const struct blob *der, struct chain_looks *l)
{
    struct cert_info top;
    if (!cert_describe(der, &top))
        return;
    l->has_anchor = true;
    l->anchor_is_ca = top.is_ca;
    l->anchor_may_sign = top.may_sign;
    l->anchor_rsa = is_rsa(&top) ? (unsigned)rsa_bits(&top) : 0;
}

void chain_look(const struct chain_question *q, const struct chain_answer *a, struct chain_looks *l)
{
    *l = (struct chain_looks){.strict = NULL};
    for (size_t i = 0; i < a->n_path; i++) {
        const struct blob *der = der_at(q, a, i);
        bool is_top = i + 1 == a->n_path;
        if (!der)
            continue;
        l->strict = l->strict ? l->strict : cert_strict_fault(der, is_top);
        l->subject = l->subject ? l->subject : cert_subject_fault(der);
        if (is_top && i > 0 && a->path[i].from == CHAIN_FROM_ANCHOR)
            look_at_top(der, l);
    }
}

static const char *anchor_fault(const struct judge *j, const struct chain_looks *l)
{
    if (!l->has_anchor)
        return NULL;
    if ((j->anchor == ANCHOR_IS_CA && !l->anchor_is_ca) ||
        (j->anchor == ANCHOR_MAY_SIGN && !l->anchor_may_sign))
        return N_("what it trusts is no authority");
    if (j->weighs_anchor && l->anchor_rsa > 0 && l->anchor_rsa < j->min_rsa)
        return N_("its authority's key is short");
    return NULL;
}

const char *judge_minds_strictly(const struct judge *j, const struct analysis *r,
                                 const struct chain_looks *l)
{
    if (!j->takes_any_purpose && !r->leaf.names_sites)
        return N_("no purpose is named");
    if (j->is_strict && l->strict)
        return l->strict;
    if (j->needs_subjects && l->subject)
        return l->subject;
    return anchor_fault(j, l);
}

const char *judge_minds(const struct judge *j, const struct analysis *r,
                        const struct chain_answer *a, const struct chain_looks *l)
{
    if (j->needs_san && !r->leaf.has_san)
        return N_("the name is only in the CN");
    if (j->fails_on_expired_cross_sign && a->has_expired_cross_sign)
        return N_("an extra one has expired");
    return judge_minds_strictly(j, r, l);
}
