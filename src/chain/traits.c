/*
 * traits.c - what the checks ask of one certificate, read when a path needs it and kept in the
 * pool. Uses GnuTLS's X.509 functions.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <string.h>

enum {
    EXTENSIONS_MAX = 64,
    OID_SIZE = 128,
    /* CA/Browser Forum BR 6.1.5 says 2048; a modulus may lack a bit (OpenSSL lets that pass:
     * measured). DSA as RSA. */
    RSA_BITS_MIN = 2047,
    EC_BITS_MIN = 224,
};

static const char *const leaf_purposes[] = {GNUTLS_KP_TLS_WWW_SERVER, GNUTLS_KP_ANY};
/* Also in old words: Netscape's and Microsoft's step-up. Any purpose is not enough for OpenSSL,
 * GnuTLS and NSS (tests/chains/test_programs.sh). */
static const char *const authority_purposes[] = {GNUTLS_KP_TLS_WWW_SERVER, "2.16.840.1.113730.4.1",
                                                 "1.3.6.1.4.1.311.10.3.3",
                                                 "2.16.840.1.113733.1.8.1"};
enum { LEAF_PURPOSES = 2, AUTHORITY_PURPOSES = 4 };

static unsigned read_usage(gnutls_x509_crt_t crt)
{
    unsigned usage = 0;
    int ret = gnutls_x509_crt_get_key_usage(crt, &usage, NULL);
    if (ret == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) {
        return ~0u;
    }
    return ret >= 0 ? usage : 0;
}

static bool is_weak_key(int algorithm, unsigned bits)
{
    switch (algorithm) {
    case GNUTLS_PK_RSA:
    case GNUTLS_PK_RSA_PSS:
    case GNUTLS_PK_DSA:
        return bits < RSA_BITS_MIN;
    case GNUTLS_PK_ECDSA:
        return bits < EC_BITS_MIN;
    default:
        return false;
    }
}

static bool is_weak_signature(gnutls_x509_crt_t crt)
{
    int algorithm = gnutls_x509_crt_get_signature_algorithm(crt);
    if (algorithm <= 0) {
        return false; /* nothing is known of it: pool_edge says so */
    }
    switch (gnutls_sign_get_hash_algorithm(algorithm)) {
    case GNUTLS_DIG_MD2:
    case GNUTLS_DIG_MD5:
    case GNUTLS_DIG_SHA1:
        return true;
    default:
        return false;
    }
}

/* Critical extensions that current clients process or may pass over (RFC 5280 4.2): GnuTLS knows
 * fewer, and bridge authorities use the rest (policies bind only those who ask for a policy). */
static bool is_known_extension(const char *oid)
{
    static const char *const known[] = {
        "2.5.29.14",          /* subjectKeyIdentifier */
        "2.5.29.15",          /* keyUsage */
        "2.5.29.17",          /* subjectAltName */
        "2.5.29.18",          /* issuerAltName */
        "2.5.29.19",          /* basicConstraints */
        "2.5.29.30",          /* nameConstraints */
        "2.5.29.31",          /* cRLDistributionPoints */
        "2.5.29.32",          /* certificatePolicies */
        "2.5.29.33",          /* policyMappings */
        "2.5.29.35",          /* authorityKeyIdentifier */
        "2.5.29.36",          /* policyConstraints */
        "2.5.29.37",          /* extKeyUsage */
        "2.5.29.54",          /* inhibitAnyPolicy */
        "1.3.6.1.5.5.7.1.1",  /* authorityInfoAccess */
        "1.3.6.1.5.5.7.1.24", /* TLS feature, RFC 7633 */
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(oid, known[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_unknown_critical(gnutls_x509_crt_t crt)
{
    for (unsigned i = 0; i < EXTENSIONS_MAX; i++) {
        char oid[OID_SIZE];
        size_t n = sizeof oid;
        unsigned critical = 0;
        int ret = gnutls_x509_crt_get_extension_info(crt, i, oid, &n, &critical);
        if (ret == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) {
            return false;
        }
        if (ret == GNUTLS_E_SHORT_MEMORY_BUFFER ||
            (ret >= 0 && critical && !is_known_extension(oid))) {
            return true;
        }
    }
    return false;
}

const struct traits *pool_traits(struct pool *pool, size_t index)
{
    struct node *node = &pool->nodes[index];
    struct traits *t = &node->traits;
    if (node->traits_are_known) {
        return t;
    }
    unsigned bits = 0;
    int algorithm = gnutls_x509_crt_get_pk_algorithm(node->crt, &bits);
    t->is_known = algorithm > 0 && bits > 0;
    t->is_weak_key = is_weak_key(algorithm, bits);
    t->is_weak_signature = is_weak_signature(node->crt);
    t->serves = crt_allows_purpose(node->crt, leaf_purposes, LEAF_PURPOSES);
    t->usage = read_usage(node->crt);
    t->allows_serving = crt_allows_purpose(node->crt, authority_purposes, AUTHORITY_PURPOSES);
    t->has_unknown_critical = has_unknown_critical(node->crt);
    t->must_staple = crt_must_staple(node->crt);
    t->not_before = gnutls_x509_crt_get_activation_time(node->crt);
    t->not_after = gnutls_x509_crt_get_expiration_time(node->crt);
    node->traits_are_known = true;
    return t;
}
