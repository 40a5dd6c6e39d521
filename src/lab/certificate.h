/*
 * certificate.h - what one certificate of a forged chain is to be. For forge.c.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_LAB_CERTIFICATE_H
#define WHYTLS_LAB_CERTIFICATE_H

#include "lab/forge.h"

/* What one certificate is to be, whichever of them. */
struct draft {
    int which;
    const char *cn, *organisation;
    const char *names;   /* SANs, separated by spaces; NULL: none */
    const char *purpose; /* OID; NULL: none */
    struct forge_urls urls;
    struct lab_days days;
    struct lab_seconds seconds; /* in place of days */
    enum lab_key key;
    gnutls_digest_algorithm_t digest;
    bool is_ca;
    bool must_staple, is_critical, is_logged;
    bool is_unlinked; /* without the key identifier of its authority */
    bool has_roots_key;
    bool allows_none_below;  /* path length 0 */
    const char *only_domain; /* the one that it may sign for; NULL: any */
    int issuer;              /* index of the one that signs; which itself: self-signed */
};

/* Makes it with its key, signed by its issuer, which is there already; now: Unix seconds. GnuTLS's
 * code; what was made is freed with the chain. */
int forge_one(struct forged *f, const struct draft *d, int64_t now);

#endif
