/*
 * forge.h - certificates made on the spot: a chain from a recipe. Uses GnuTLS.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_LAB_FORGE_H
#define WHYTLS_LAB_FORGE_H

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "lab/scenario.h"

enum { FORGED_MAX_SENT = 6 };

/* Signed timestamps of this moment, Unix seconds, into the certificate (sct.c). GnuTLS's code. */
int forge_scts(gnutls_x509_crt_t crt, int64_t at);

enum {
    FORGED_LEAF,
    FORGED_INTERMEDIATE,
    FORGED_ROOT,
    FORGED_UPPER, /* between intermediate and root, where the recipe has one */
    FORGED_WRONG, /* of the intermediate's name, with another key */
    FORGED_CROSS, /* the root's name and key, signed by an older root; ran out */
    FORGED_OLD_ROOT,
    FORGED_COUNT
};

/* A forged chain, ready to be served. All zero before forge_chain. */
struct forged {
    gnutls_x509_crt_t crt[FORGED_COUNT]; /* NULL where the chain has none */
    gnutls_x509_privkey_t key[FORGED_COUNT];
    gnutls_privkey_t signer;               /* the leaf's key, as a session wants it */
    gnutls_pcert_st sent[FORGED_MAX_SENT]; /* in the order of the recipe */
    unsigned n_sent;
    struct blob der[FORGED_COUNT];
    struct blob staple, ocsp, crl; /* statements about the leaf; empty: none */
    struct blob above;             /* a list about the intermediate */
};

/* What the leaf names; NULL: it does not. */
struct forge_urls {
    const char *issuer, *ocsp, *crl;
    const char *upper, *above; /* the intermediate's issuer, and the list about it */
};

/*
 * Forges the chain. host: the leaf's name where the recipe has none; urls: put into the leaf; now:
 * Unix seconds. Returns GnuTLS's code; free with forged_fini whatever it was.
 */
int forge_chain(struct forged *f, const struct chain_recipe *recipe, const char *host,
                const struct forge_urls *urls, int64_t now);
void forged_fini(struct forged *f);

#endif
