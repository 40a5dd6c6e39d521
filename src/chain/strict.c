/*
 * strict.c - what strict programs ask of a certificate beyond what others do: the parts of RFC 5280
 * that OpenSSL's X509_STRICT looks at, and Python by default from 3.13 on. Uses GnuTLS's X.509
 * functions. SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <gnutls/gnutls.h>

static bool has(int result)
{
    return result >= 0 || result == GNUTLS_E_SHORT_MEMORY_BUFFER;
}

/* What is asked of an authority (RFC 5280 4.2.1.2, 4.2.1.3, 4.2.1.9). */
static const char *authority_fault(gnutls_x509_crt_t crt, bool is_critical)
{
    unsigned usage = 0;
    unsigned char id[128];
    size_t n = sizeof id;
    if (!is_critical) {
        return "an authority's mark is not critical";
    }
    if (!has(gnutls_x509_crt_get_key_usage(crt, &usage, NULL))) {
        return "an authority lacks its key usage";
    }
    if (!has(gnutls_x509_crt_get_subject_key_id(crt, id, &n, NULL))) {
        return "an authority lacks its key identifier";
    }
    return NULL;
}

/* What is asked of all others (RFC 5280 4.2.1.3, 4.2.1.6). */
static const char *leaf_fault(gnutls_x509_crt_t crt)
{
    unsigned usage = 0, is_critical = 0;
    size_t n = 0;
    char name[1];
    if (has(gnutls_x509_crt_get_key_usage(crt, &usage, NULL)) &&
        (usage & GNUTLS_KEY_KEY_CERT_SIGN)) {
        return "it may sign others, but is no authority";
    }
    if (gnutls_x509_crt_get_dn(crt, name, &n) == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE &&
        has(gnutls_x509_crt_get_subject_alt_name(crt, 0, NULL, &n, &is_critical)) && !is_critical) {
        return "no subject, and its names are not critical";
    }
    return NULL;
}

/* The identifiers are there, and not critical (RFC 5280 4.2.1.1, 4.2.1.2). */
static const char *identifier_fault(gnutls_x509_crt_t crt, bool is_top)
{
    unsigned is_critical = 0;
    unsigned char id[128];
    size_t n = sizeof id;
    int result = gnutls_x509_crt_get_authority_key_id(crt, id, &n, &is_critical);
    if (!is_top && !has(result)) {
        return "the authority's key identifier is missing";
    }
    if (has(result) && is_critical) {
        return "a key identifier is critical";
    }
    n = sizeof id;
    result = gnutls_x509_crt_get_subject_key_id(crt, id, &n, &is_critical);
    return has(result) && is_critical ? "a key identifier is critical" : NULL;
}

static const char *fault_of(gnutls_x509_crt_t crt, bool is_top)
{
    unsigned is_critical = 0, ca = 0;
    int path_length;
    bool is_ca =
        gnutls_x509_crt_get_basic_constraints(crt, &is_critical, &ca, &path_length) >= 0 && ca;
    const char *fault = is_ca ? authority_fault(crt, is_critical != 0) : leaf_fault(crt);
    return fault ? fault : identifier_fault(crt, is_top);
}

const char *cert_strict_fault(const struct blob *der, bool is_top)
{
    gnutls_x509_crt_t crt = crt_import(der);
    const char *fault = crt ? fault_of(crt, is_top) : NULL;
    crt_free(crt);
    return fault;
}
