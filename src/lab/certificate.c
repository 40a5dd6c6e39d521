/*
 * certificate.c - one certificate made on the spot, as its draft says, faults and all. Uses GnuTLS.
 * SPDX-License-Identifier: MIT
 */
#include "lab/certificate.h"

#include <arpa/inet.h>
#include <gnutls/crypto.h>
#include <gnutls/x509-ext.h>
#include <string.h>
#include <time.h>

static int make_key(gnutls_x509_privkey_t *key, enum lab_key kind)
{
    int rc = gnutls_x509_privkey_init(key);
    if (rc < 0)
        return rc;
    if (kind == LAB_KEY_P256)
        return gnutls_x509_privkey_generate(*key, GNUTLS_PK_ECDSA,
                                            GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    unsigned bits = kind == LAB_KEY_RSA_1024 ? 1024 : 2048;
    return gnutls_x509_privkey_generate(*key, GNUTLS_PK_RSA, bits, 0);
}

static int copy_key(gnutls_x509_privkey_t *key, gnutls_x509_privkey_t from)
{
    int rc = gnutls_x509_privkey_init(key);
    return rc < 0 ? rc : gnutls_x509_privkey_cpy(*key, from);
}

static int set_who(gnutls_x509_crt_t crt, const struct draft *d)
{
    uint8_t serial[16];
    int rc = gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial);
    if (rc < 0)
        return rc;
    serial[0] = (serial[0] & 0x7f) | 0x40; /* positive, no leading zero: RFC 5280 4.1.2.2 */
    if ((rc = gnutls_x509_crt_set_version(crt, 3)) < 0 ||
        (rc = gnutls_x509_crt_set_serial(crt, serial, sizeof serial)) < 0)
        return rc;
    if (d->organisation)
        rc = gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_ORGANIZATION_NAME, 0,
                                           d->organisation, (unsigned)strlen(d->organisation));
    if (rc < 0)
        return rc;
    return gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, d->cn,
                                         (unsigned)strlen(d->cn));
}

static int set_when(gnutls_x509_crt_t crt, const struct draft *d, int64_t now)
{
    bool has_seconds = d->seconds.from || d->seconds.to;
    int64_t from = has_seconds ? d->seconds.from : d->days.from * INT64_C(86400);
    int64_t to = has_seconds ? d->seconds.to : d->days.to * INT64_C(86400);
    int rc = gnutls_x509_crt_set_activation_time(crt, (time_t)(now + from));
    return rc < 0 ? rc : gnutls_x509_crt_set_expiration_time(crt, (time_t)(now + to));
}

static int add_name(gnutls_x509_crt_t crt, const char *name)
{
    uint8_t address[4];
    if (inet_pton(AF_INET, name, address) == 1)
        return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, address,
                                                    sizeof address, GNUTLS_FSAN_APPEND);
    return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, name,
                                                (unsigned)strlen(name), GNUTLS_FSAN_APPEND);
}

static int add_names(gnutls_x509_crt_t crt, const char *names)
{
    int rc = 0;
    while (rc >= 0 && *names) {
        char one[256];
        size_t n = strcspn(names, " ");
        if (n >= sizeof one)
            return GNUTLS_E_INVALID_REQUEST;
        memcpy(one, names, n);
        one[n] = '\0';
        if (n)
            rc = add_name(crt, one);
        names += n + (names[n] == ' ');
    }
    return rc;
}

static unsigned key_usage(const struct draft *d)
{
    /* With the right to sign handshakes, as public CAs have it: else no GnuTLS server would send
     * an intermediate in the first place, as the scenario of the wrong order does. */
    if (d->is_ca)
        return GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN | GNUTLS_KEY_DIGITAL_SIGNATURE;
    if (d->key == LAB_KEY_P256)
        return GNUTLS_KEY_DIGITAL_SIGNATURE;
    return GNUTLS_KEY_DIGITAL_SIGNATURE | GNUTLS_KEY_KEY_ENCIPHERMENT;
}

static int set_must_staple(gnutls_x509_crt_t crt)
{
    enum { STATUS_REQUEST = 5 };
    gnutls_x509_tlsfeatures_t features;
    int rc = gnutls_x509_tlsfeatures_init(&features);
    if (rc < 0)
        return rc;
    rc = gnutls_x509_tlsfeatures_add(features, STATUS_REQUEST);
    if (rc >= 0)
        rc = gnutls_x509_crt_set_tlsfeatures(crt, features);
    gnutls_x509_tlsfeatures_deinit(features);
    return rc;
}

static int set_only_domain(gnutls_x509_crt_t crt, const char *domain)
{
    gnutls_datum_t name = {(unsigned char *)domain, (unsigned)strlen(domain)};
    gnutls_x509_name_constraints_t all;
    int rc = gnutls_x509_name_constraints_init(&all);
    if (rc < 0)
        return rc;
    rc = gnutls_x509_name_constraints_add_permitted(all, GNUTLS_SAN_DNSNAME, &name);
    if (rc >= 0)
        rc = gnutls_x509_crt_set_name_constraints(crt, all, 1);
    gnutls_x509_name_constraints_deinit(all);
    return rc;
}

static int set_access(gnutls_x509_crt_t crt, int what, const char *text)
{
    gnutls_datum_t url = {(unsigned char *)text, text ? (unsigned)strlen(text) : 0};
    return text ? gnutls_x509_crt_set_authority_info_access(crt, what, &url) : 0;
}

static int set_urls(gnutls_x509_crt_t crt, const struct forge_urls *urls)
{
    int rc = set_access(crt, GNUTLS_IA_CAISSUERS_URI, urls->issuer);
    if (rc >= 0)
        rc = set_access(crt, GNUTLS_IA_OCSP_URI, urls->ocsp);
    if (rc >= 0 && urls->crl)
        rc = gnutls_x509_crt_set_crl_dist_points2(crt, GNUTLS_SAN_URI, urls->crl,
                                                  (unsigned)strlen(urls->crl), 0);
    return rc;
}

static int set_what(gnutls_x509_crt_t crt, const struct draft *d)
{
    int rc = gnutls_x509_crt_set_basic_constraints(crt, d->is_ca, d->allows_none_below ? 0 : -1);
    if (rc >= 0)
        rc = gnutls_x509_crt_set_key_usage(crt, key_usage(d));
    if (rc >= 0 && d->names)
        rc = add_names(crt, d->names);
    if (rc >= 0 && d->purpose)
        rc = gnutls_x509_crt_set_key_purpose_oid(crt, d->purpose, 0);
    if (rc >= 0 && d->must_staple)
        rc = set_must_staple(crt);
    if (rc >= 0 && d->is_critical)
        rc = gnutls_x509_crt_set_extension_by_oid(crt, "1.3.6.1.4.1.99999.1", "\x05\0", 2, 1);
    if (rc >= 0 && d->only_domain)
        rc = set_only_domain(crt, d->only_domain);
    return rc < 0 ? rc : set_urls(crt, &d->urls);
}

static int set_key_ids(gnutls_x509_crt_t crt, const struct draft *d, gnutls_x509_crt_t issuer)
{
    uint8_t id[64];
    size_t n = sizeof id;
    int rc = gnutls_x509_crt_get_key_id(crt, 0, id, &n);
    if (rc >= 0)
        rc = gnutls_x509_crt_set_subject_key_id(crt, id, n);
    n = sizeof id;
    if (rc < 0 || d->is_unlinked)
        return rc;
    rc = gnutls_x509_crt_get_key_id(issuer, 0, id, &n);
    return rc < 0 ? rc : gnutls_x509_crt_set_authority_key_id(crt, id, n);
}

static int export_der(gnutls_x509_crt_t crt, struct blob *der)
{
    gnutls_datum_t out = {NULL, 0};
    int rc = gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &out);
    if (rc < 0)
        return rc;
    if (!blob_set(der, out.data, out.size))
        rc = GNUTLS_E_MEMORY_ERROR;
    gnutls_free(out.data);
    return rc;
}

int forge_one(struct forged *f, const struct draft *d, int64_t now)
{
    int rc = gnutls_x509_crt_init(&f->crt[d->which]);
    if (rc < 0 || (rc = d->has_roots_key ? copy_key(&f->key[d->which], f->key[FORGED_ROOT])
                                         : make_key(&f->key[d->which], d->key)) < 0)
        return rc;
    gnutls_x509_crt_t crt = f->crt[d->which];
    if ((rc = gnutls_x509_crt_set_key(crt, f->key[d->which])) < 0 || (rc = set_who(crt, d)) < 0 ||
        (rc = set_when(crt, d, now)) < 0 || (rc = set_what(crt, d)) < 0 ||
        (rc = set_key_ids(crt, d, f->crt[d->issuer])) < 0 ||
        (d->is_logged && (rc = forge_scts(crt, now + d->days.from * INT64_C(86400))) < 0))
        return rc;
    rc = gnutls_x509_crt_sign2(crt, f->crt[d->issuer], f->key[d->issuer], d->digest, 0);
    return rc < 0 ? rc : export_der(crt, &f->der[d->which]);
}
