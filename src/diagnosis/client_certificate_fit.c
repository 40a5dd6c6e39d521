/*
 * client_certificate_fit.c - what the evidence says of a certificate of ours that the server asks
 * for: whether a try ended for want of it or because of it, and what is odd about the one that the
 * user gave. Pure. SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "context.h"

const struct certificate_request *analysis_request(const struct analysis *r)
{
    int index = r->asked ? r->asked->outcome.request : -1;
    return index >= 0 && (size_t)index < r->ev->n_requests ? &r->ev->requests[index] : NULL;
}

/* ---- the user's own ------------------------------------------------------------------------- */

static bool is_named_organisation(const struct certificate_request *request,
                                  const char *organisation)
{
    for (size_t i = 0; organisation[0] && i < request->n_authorities; i++)
        if (strcmp(request->authorities[i].organisation, organisation) == 0)
            return true;
    return false;
}

/* Does one of these words start so? No words: no limit. */
static bool has_word(const struct requested_type *words, size_t n, const char *start)
{
    for (size_t i = 0; i < n; i++)
        if (strncmp(words[i].name, start, strlen(start)) == 0)
            return true;
    return n == 0;
}

/* The key's kind and a signature that it can make must be among what is asked for (RFC 5246 7.4.4,
 * RFC 8446 4.3.2); in TLS 1.3 RSA signs by PSS alone. */
static bool is_kind_wanted(const struct certificate_request *request, const char *key,
                           bool is_tls13)
{
    bool is_rsa = strncmp(key, "RSA", 3) == 0, is_edwards = strncmp(key, "Ed", 2) == 0;
    const char *kind = is_rsa ? "RSA" : "ECDSA";
    const char *signature = is_rsa ? (is_tls13 ? "RSA-PSS-" : "RSA-") : is_edwards ? key : "ECDSA-";
    return has_word(request->kinds, request->n_kinds, kind) &&
           has_word(request->signatures, request->n_signatures, signature);
}

void analysis_own_dates(const struct analysis *r, struct own_dates *dates)
{
    *dates = (struct own_dates){.late = -1, .early = -1};
    for (size_t i = 0; i < r->ev->n_own; i++) {
        struct cert_info info;
        if (!cert_describe(&r->ev->own[i].der, &info))
            continue;
        if (info.not_after < r->true_time && dates->late < 0)
            dates->late = (int)i;
        if (info.not_before > r->true_time && dates->early < 0)
            dates->early = (int)i;
    }
}

static void read_authority(const struct certificate_request *request, const struct cert_info *top,
                           struct own_analysis *own)
{
    own->is_open_ended = !top->is_self_issued;
    if (request->n_all_authorities == 0 || request->ours >= 0)
        return;
    own->is_unnamed = true;
    own->is_of_same_house = own->is_open_ended && is_named_organisation(request, top->issuer_org);
}

bool analysis_own(const struct analysis *r, struct own_analysis *own)
{
    struct cert_info leaf, top;
    const struct evidence *ev = r->ev;
    const struct certificate_request *request = analysis_request(r);
    *own = (struct own_analysis){.is_kind_wanted = true};
    if (ev->n_own == 0 || !cert_describe(&ev->own[0].der, &leaf) ||
        !cert_describe(&ev->own[ev->n_own - 1].der, &top))
        return false;
    analysis_own_dates(r, &own->dates);
    own->is_for_clients = leaf.for_clients;
    own->is_open_ended = !top.is_self_issued;
    if (!request)
        return true;
    own->is_kind_wanted = is_kind_wanted(request, leaf.key, r->asked->outcome.version == 0x0304);
    read_authority(request, &top, own);
    return true;
}
