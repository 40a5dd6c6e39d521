/*
 * places.c - what stands at the places of the judged path: certificates and what is known of their
 * issuers; and which of them the site left out. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "context.h"

#include <string.h>

#include "whytls/text.h"

static int path_certificate(const struct analysis *r, const struct chain_answer *a, int place)
{
    if (!r->shown || place < 0 || (size_t)place >= a->n_path)
        return -1;
    const struct chain_link *link = &a->path[place];
    if (link->from == CHAIN_FROM_SENT)
        return r->shown->outcome.chain[link->index];
    if (link->from == CHAIN_FROM_ANCHOR)
        return -1;
    return link->index < r->n_extra ? r->extra[link->index] : -1;
}

const struct blob *analysis_path_der(const struct analysis *r, const struct chain_answer *a,
                                     int place)
{
    if (place >= 0 && (size_t)place < a->n_path && a->path[place].from == CHAIN_FROM_ANCHOR)
        return &r->ev->facts.anchors[a->path[place].index].der;
    int i = path_certificate(r, a, place);
    return i >= 0 ? &r->ev->certificates[i].der : NULL;
}

const struct blob *analysis_certificate(const struct analysis *r, int place)
{
    return analysis_path_der(r, &r->chain_then, place);
}

const struct issuer *analysis_path_issuer(const struct analysis *r, const struct chain_answer *a,
                                          int place)
{
    int i = path_certificate(r, a, place);
    return i >= 0 ? &r->ev->certificates[i].issuer : NULL;
}

/* What authorities that stand below others are called: such a one has to be sent. */
static bool is_middle_name(const char *name)
{
    static const char *const words[] = {"intermediate", "issuing", "subordinate", "sub ca",
                                        "subca"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (text_has_words_nocase(name, words[i]))
            return true;
    return false;
}

/* Authorities of the same organisation that somebody added here: one of them was meant to be the
 * end of the chain (local/trust.c looks for them). Not where the missing one calls itself a root:
 * then the organisation has a new one, which was not added here. */
static bool has_kin(const struct facts *f, const struct cert_info *top)
{
    struct cert_info info;
    if (!top->issuer_org[0] || text_has_words_nocase(top->issuer, "root"))
        return false;
    for (size_t i = 0; i < f->n_anchors; i++)
        if (f->anchors[i].source != ANCHOR_SHIPPED && cert_describe(&f->anchors[i].der, &info) &&
            strcmp(info.subject_org, top->issuer_org) == 0)
            return true;
    return false;
}

bool analysis_lacks_issuer(const struct analysis *r)
{
    const struct chain_answer *a = &r->chain_then;
    struct cert_info top;
    const struct blob *der = analysis_path_der(r, a, (int)a->n_path - 1);
    bool is_stray_sent =
        a->n_path == 1 && a->has_unused; /* other authorities than the one needed */
    if (!a->is_incomplete || !der || !cert_describe(der, &top))
        return false;
    if (a->wrong_sent >= 0 || is_stray_sent || is_middle_name(top.issuer) ||
        has_kin(&r->ev->facts, &top))
        return true;
    if (top.is_ca || !target_is_public(r->ev))
        return false;
    for (size_t i = 0; i < top.n_issuer_urls; i++)
        if (text_starts_nocase(top.issuer_urls[i], "http"))
            return true;
    return false;
}

/* ---- what the owner must add --------------------------------------------------------------- */

size_t walk_missing(const struct walk *w, struct missing_certificate list[CHAIN_MAX_PATH])
{
    const struct analysis *r = &w->analysis;
    const struct chain_answer *a = &r->chain_then;
    size_t n = 0;
    if (!r->ev || !(a->changes & CHAIN_BIT(ADD_CERTIFICATE)))
        return 0;
    for (size_t i = 1; i < a->n_path; i++) {
        struct cert_info info;
        const struct blob *der = analysis_path_der(r, a, (int)i);
        if (a->path[i].from != CHAIN_FROM_EXTRA || !der || !cert_describe(der, &info) ||
            info.is_self_signed) /* a root that is not sent is no fault */
            continue;
        list[n++] = (struct missing_certificate){.der = der, .url = r->extra_url[a->path[i].index]};
    }
    return n;
}

size_t walk_missing_pem(const struct walk *w, struct buf *out)
{
    struct missing_certificate list[CHAIN_MAX_PATH];
    size_t n = walk_missing(w, list);
    for (size_t i = 0; i < n; i++)
        if (!cert_to_pem(list[i].der, out))
            out->failed = true;
    return n;
}
