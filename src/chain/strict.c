/*
 * strict.c - what strict programs ask of a certificate beyond what others do: the parts of RFC 5280
 * that OpenSSL's X509_STRICT looks at, and Python by default from 3.13 on. Uses GnuTLS's X.509
 * functions.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <gnutls/gnutls.h>

static bool has(int result)
{
    return result >= 0 || result == GNUTLS_E_SHORT_MEMORY_BUFFER;
}

/* Who it is: a subject, or names that are critical (RFC 5280 4.1.2.6, 4.2.1.6). */
static const char *subject_fault(gnutls_x509_crt_t crt, bool is_ca)
{
    gnutls_datum_t names = {NULL, 0};
    unsigned is_critical = 0;
    size_t n = 0;
    if (gnutls_x509_crt_get_dn(crt, NULL, &n) != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) {
        return NULL;
    }
    if (is_ca) {
        return N_("an authority has no name");
    }
    bool has_names =
        gnutls_x509_crt_get_extension_by_oid2(crt, "2.5.29.17", 0, &names, &is_critical) >= 0;
    gnutls_free(names.data);
    return has_names && !is_critical ? N_("no subject, and names not critical") : NULL;
}

/* What is asked of an authority (RFC 5280 4.2.1.2, 4.2.1.3, 4.2.1.9). */
static const char *authority_fault(gnutls_x509_crt_t crt, bool is_critical)
{
    unsigned usage = 0;
    unsigned char id[128];
    size_t n = sizeof id;
    if (!is_critical) {
        return N_("an authority's mark is not critical");
    }
    if (!has(gnutls_x509_crt_get_key_usage(crt, &usage, NULL))) {
        return N_("an authority lacks its key usage");
    }
    if (!has(gnutls_x509_crt_get_subject_key_id(crt, id, &n, NULL))) {
        return N_("an authority lacks its key identifier");
    }
    return NULL;
}

/* What is asked of all others (RFC 5280 4.2.1.3). */
static const char *leaf_fault(gnutls_x509_crt_t crt)
{
    unsigned usage = 0;
    bool may_sign =
        gnutls_x509_crt_get_key_usage(crt, &usage, NULL) >= 0 && (usage & GNUTLS_KEY_KEY_CERT_SIGN);
    return may_sign ? N_("it may sign others, but is no authority") : NULL;
}

/* The identifiers are there, and not critical (RFC 5280 4.2.1.1, 4.2.1.2). */
static const char *identifier_fault(gnutls_x509_crt_t crt, bool is_top)
{
    unsigned is_critical = 0;
    unsigned char id[128];
    size_t n = sizeof id;
    int result = gnutls_x509_crt_get_authority_key_id(crt, id, &n, &is_critical);
    if (!is_top && !has(result)) {
        return N_("the authority's key identifier is missing");
    }
    if (has(result) && is_critical) {
        return N_("a key identifier is critical");
    }
    n = sizeof id;
    result = gnutls_x509_crt_get_subject_key_id(crt, id, &n, &is_critical);
    return has(result) && is_critical ? N_("a key identifier is critical") : NULL;
}

static bool is_authority(gnutls_x509_crt_t crt, unsigned *is_critical)
{
    unsigned ca = 0;
    int path_length;
    return gnutls_x509_crt_get_basic_constraints(crt, is_critical, &ca, &path_length) >= 0 && ca;
}

static const char *fault_of(gnutls_x509_crt_t crt, bool is_top)
{
    unsigned is_critical = 0;
    bool is_ca = is_authority(crt, &is_critical);
    const char *fault = subject_fault(crt, is_ca);
    if (!fault) {
        fault = is_ca ? authority_fault(crt, is_critical != 0) : leaf_fault(crt);
    }
    return fault ? fault : identifier_fault(crt, is_top);
}

const char *cert_strict_fault(const struct blob *der, bool is_top)
{
    gnutls_x509_crt_t crt = crt_import(der);
    const char *fault = crt ? fault_of(crt, is_top) : NULL;
    crt_free(crt);
    return fault;
}

const char *cert_subject_fault(const struct blob *der)
{
    unsigned is_critical = 0;
    gnutls_x509_crt_t crt = crt_import(der);
    const char *fault = crt ? subject_fault(crt, is_authority(crt, &is_critical)) : NULL;
    crt_free(crt);
    return fault;
}
