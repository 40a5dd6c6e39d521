/*
 * pki.h - a small authority for tests: certificates made in the test, with any fault that is asked
 * for. Fill in a struct pki_spec, call pki_make; pki_free_all at the end. Uses GnuTLS and cmocka.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_PKI_H
#define WHYTLS_TESTS_PKI_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509-ext.h>
#include <gnutls/x509.h>

#include "whytls/buf.h"

/* Certificates live from PKI_FROM to PKI_UNTIL where the spec says nothing; tests judge at PKI_NOW.
 */
#define PKI_FROM 1767225600 /* 2026-01-01 */
#define PKI_NOW 1780272000  /* 2026-06-01 */
#define PKI_UNKNOWN_OID "1.3.6.1.4.1.99999.1"
#define PKI_UNTIL 1798761600 /* 2027-01-01 */

enum { PKI_MAX = 8192, PKI_NAMES = 4 };
enum pki_key { PKI_P256, PKI_RSA_2048, PKI_RSA_1024 };

struct pki_cert {
    gnutls_x509_crt_t crt;
    gnutls_x509_privkey_t key;
    struct blob der;
};

struct pki_spec {
    const char *cn;
    const char *org;
    const struct pki_cert *issuer;   /* NULL: it signs itself */
    const struct pki_cert *same_key; /* takes this one's key: a cross-sign, a renewed one */
    const char *dns[PKI_NAMES];
    const char *ip[PKI_NAMES];
    const gnutls_datum_t *raw_scts; /* the SCT extension, as bytes */
    const gnutls_datum_t *raw_san;  /* a whole subjectAltName extension, as bytes */
    int64_t from, until;            /* 0: PKI_FROM, PKI_UNTIL */
    bool is_ca;
    bool no_basic_constraints;
    int max_below; /* path length + 1; 0: no limit */
    unsigned usage;
    const char *purpose, *purpose2;
    enum pki_key key;
    gnutls_digest_algorithm_t digest; /* 0: SHA-256 */
    const char *permit_dns;           /* name constraint */
    const char *issuer_url, *ocsp_url, *crl_url;
    bool no_key_ids;          /* without authority and subject key identifiers */
    bool must_staple;         /* TLS feature status_request */
    const char *critical_oid; /* of an extension that holds an ASN.1 NULL */
    unsigned version;         /* 0: 3 */
};

static struct pki_cert pki_all[PKI_MAX];
static size_t pki_n;
static gnutls_x509_privkey_t pki_rsa[2]; /* slow to make: one of each size, shared */

static inline void pki_check(int ret)
{
    if (ret < 0) {
        fail_msg("pki: %s", gnutls_strerror(ret));
    }
}

static inline gnutls_x509_privkey_t pki_new_key(gnutls_pk_algorithm_t algorithm, unsigned bits)
{
    gnutls_x509_privkey_t key;
    pki_check(gnutls_x509_privkey_init(&key));
    pki_check(gnutls_x509_privkey_generate(key, algorithm, bits, 0));
    return key;
}

/* Owned by the certificate: RSA keys are copied from the cache. */
static inline gnutls_x509_privkey_t pki_key_for(const struct pki_spec *s)
{
    gnutls_x509_privkey_t key, *cached = &pki_rsa[s->key == PKI_RSA_1024];
    if (!s->same_key && s->key == PKI_P256) {
        return pki_new_key(GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1));
    }
    if (!s->same_key && !*cached) {
        *cached = pki_new_key(GNUTLS_PK_RSA, s->key == PKI_RSA_1024 ? 1024 : 2048);
    }
    pki_check(gnutls_x509_privkey_init(&key));
    pki_check(gnutls_x509_privkey_cpy(key, s->same_key ? s->same_key->key : *cached));
    return key;
}

static inline void pki_set_names(gnutls_x509_crt_t crt, const struct pki_spec *s)
{
    if (s->cn) {
        pki_check(gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, s->cn,
                                                (unsigned)strlen(s->cn)));
    }
    if (s->org) {
        pki_check(gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, s->org,
                                                (unsigned)strlen(s->org)));
    }
    for (size_t i = 0; i < PKI_NAMES && s->dns[i]; i++) {
        pki_check(gnutls_x509_crt_set_subject_alt_name(
            crt, GNUTLS_SAN_DNSNAME, s->dns[i], (unsigned)strlen(s->dns[i]), GNUTLS_FSAN_APPEND));
    }
    for (size_t i = 0; i < PKI_NAMES && s->ip[i]; i++) {
        uint8_t bytes[16];
        unsigned n = inet_pton(AF_INET, s->ip[i], bytes) == 1 ? 4 : 16;
        assert_true(n == 4 || inet_pton(AF_INET6, s->ip[i], bytes) == 1);
        pki_check(gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, bytes, n,
                                                       GNUTLS_FSAN_APPEND));
    }
    if (s->raw_san) {
        pki_check(gnutls_x509_crt_set_extension_by_oid(crt, "2.5.29.17", s->raw_san->data,
                                                       s->raw_san->size, 0));
    }
}

static inline void pki_set_constraint(gnutls_x509_crt_t crt, const char *permit_dns)
{
    gnutls_x509_name_constraints_t nc;
    gnutls_datum_t name = {(unsigned char *)permit_dns, (unsigned)strlen(permit_dns)};
    pki_check(gnutls_x509_name_constraints_init(&nc));
    pki_check(gnutls_x509_name_constraints_add_permitted(nc, GNUTLS_SAN_DNSNAME, &name));
    pki_check(gnutls_x509_crt_set_name_constraints(crt, nc, 1));
    gnutls_x509_name_constraints_deinit(nc);
}

static inline void pki_set_url(gnutls_x509_crt_t crt, int what, const char *url)
{
    gnutls_datum_t data = {(unsigned char *)url, url ? (unsigned)strlen(url) : 0};
    if (url) {
        pki_check(gnutls_x509_crt_set_authority_info_access(crt, what, &data));
    }
}

static inline void pki_set_extensions(gnutls_x509_crt_t crt, const struct pki_spec *s)
{
    if (!s->no_basic_constraints) {
        pki_check(gnutls_x509_crt_set_basic_constraints(crt, s->is_ca, s->max_below - 1));
    }
    if (s->usage) {
        pki_check(gnutls_x509_crt_set_key_usage(crt, s->usage));
    }
    if (s->purpose) {
        pki_check(gnutls_x509_crt_set_key_purpose_oid(crt, s->purpose, 0));
    }
    if (s->purpose2) {
        pki_check(gnutls_x509_crt_set_key_purpose_oid(crt, s->purpose2, 0));
    }
    if (s->raw_scts) {
        pki_check(gnutls_x509_crt_set_extension_by_oid(crt, GNUTLS_X509EXT_OID_CT_SCT_V1,
                                                       s->raw_scts->data, s->raw_scts->size, 0));
    }
    if (s->permit_dns) {
        pki_set_constraint(crt, s->permit_dns);
    }
    if (s->must_staple) {
        pki_check(gnutls_x509_crt_set_extension_by_oid(crt, "1.3.6.1.5.5.7.1.24",
                                                       "\x30\x03\x02\x01\x05", 5, 0));
    }
    if (s->critical_oid) {
        pki_check(gnutls_x509_crt_set_extension_by_oid(crt, s->critical_oid, "\x05\0", 2, 1));
    }
    if (s->crl_url) {
        pki_check(gnutls_x509_crt_set_crl_dist_points2(crt, GNUTLS_SAN_URI, s->crl_url,
                                                       (unsigned)strlen(s->crl_url), 0));
    }
    pki_set_url(crt, GNUTLS_IA_OCSP_URI, s->ocsp_url);
    pki_set_url(crt, GNUTLS_IA_CAISSUERS_URI, s->issuer_url);
}

static inline void pki_set_key_ids(gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer)
{
    uint8_t id[20];
    size_t n = sizeof id;
    pki_check(gnutls_x509_crt_get_key_id(crt, 0, id, &n));
    pki_check(gnutls_x509_crt_set_subject_key_id(crt, id, n));
    n = sizeof id;
    pki_check(gnutls_x509_crt_get_key_id(issuer, 0, id, &n));
    pki_check(gnutls_x509_crt_set_authority_key_id(crt, id, n));
}

static inline void pki_export(struct pki_cert *c)
{
    gnutls_datum_t der;
    pki_check(gnutls_x509_crt_export2(c->crt, GNUTLS_X509_FMT_DER, &der));
    assert_true(blob_set(&c->der, der.data, der.size));
    gnutls_free(der.data);
}

/* Borrowed; lives until pki_free_all. */
static inline struct pki_cert *pki_make(struct pki_spec s)
{
    static uint8_t serial[4];
    assert_true(pki_n < PKI_MAX);
    struct pki_cert *c = &pki_all[pki_n++];
    const struct pki_cert *issuer = s.issuer ? s.issuer : c;
    pki_check(gnutls_x509_crt_init(&c->crt));
    c->key = pki_key_for(&s);
    serial[3]++;
    serial[2] = (uint8_t)(serial[2] + (serial[3] == 0));
    serial[0] = 1;
    pki_check(gnutls_x509_crt_set_serial(c->crt, serial, sizeof serial));
    pki_check(gnutls_x509_crt_set_version(c->crt, s.version ? s.version : 3));
    pki_check(gnutls_x509_crt_set_key(c->crt, c->key));
    pki_check(gnutls_x509_crt_set_activation_time(c->crt, s.from ? s.from : PKI_FROM));
    pki_check(gnutls_x509_crt_set_expiration_time(c->crt, s.until ? s.until : PKI_UNTIL));
    pki_set_names(c->crt, &s);
    if (s.version != 1) {
        pki_set_extensions(c->crt, &s);
        if (!s.no_key_ids) {
            pki_set_key_ids(c->crt, issuer->crt);
        }
    }
    pki_check(gnutls_x509_crt_sign2(c->crt, issuer->crt, issuer->key,
                                    s.digest ? s.digest : GNUTLS_DIG_SHA256, 0));
    pki_export(c);
    return c;
}

/* The same certificate with its signature corrupted, still well-formed. */
static inline struct pki_cert *pki_corrupt(const struct pki_cert *good)
{
    assert_true(pki_n < PKI_MAX);
    struct pki_cert *c = &pki_all[pki_n++];
    assert_true(blob_set(&c->der, good->der.data, good->der.len));
    c->der.data[c->der.len - 1] ^= 1;
    gnutls_datum_t der = {c->der.data, (unsigned)c->der.len};
    pki_check(gnutls_x509_crt_init(&c->crt));
    pki_check(gnutls_x509_crt_import(c->crt, &der, GNUTLS_X509_FMT_DER));
    pki_check(gnutls_x509_privkey_init(&c->key));
    pki_check(gnutls_x509_privkey_cpy(c->key, good->key));
    return c;
}

static inline void pki_free_all(void)
{
    for (size_t i = 0; i < pki_n; i++) {
        gnutls_x509_crt_deinit(pki_all[i].crt);
        gnutls_x509_privkey_deinit(pki_all[i].key);
        blob_fini(&pki_all[i].der);
    }
    pki_n = 0;
    for (size_t i = 0; i < 2; i++) {
        if (pki_rsa[i]) {
            gnutls_x509_privkey_deinit(pki_rsa[i]);
            pki_rsa[i] = NULL;
        }
    }
}

/* For cmocka. */
static inline int pki_tear_down(void **state)
{
    (void)state;
    pki_free_all();
    return 0;
}

#endif
