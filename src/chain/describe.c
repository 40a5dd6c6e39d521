/*
 * describe.c - one certificate as clean, bounded text and numbers for screens, files and checks.
 * The bytes are hostile. Uses GnuTLS's X.509 functions and text. Fuzzed by fuzz_cert.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <arpa/inet.h>
#include <gnutls/x509-ext.h>
#include <stdio.h>
#include <string.h>

#include "whytls/text.h"

static void describe_dn(gnutls_x509_crt_t crt,
                        int (*get)(gnutls_x509_crt_t, gnutls_datum_t *, unsigned), char *out,
                        size_t out_size)
{
    gnutls_datum_t dn = {NULL, 0};
    out[0] = '\0';
    if (get(crt, &dn, 0) >= 0) {
        text_clean_marked(out, out_size, dn.data, dn.size);
    }
    gnutls_free(dn.data);
}

/* What a person would call it: common name, else organisation, else all of it. */
static void choose_short_name(char *out, size_t out_size, const char *org, const char *dn)
{
    if (out[0] == '\0') {
        text_clean_str_marked(out, out_size, org[0] ? org : dn);
    }
}

static void describe_names(gnutls_x509_crt_t crt, struct cert_info *info)
{
    static const char cn[] = GNUTLS_OID_X520_COMMON_NAME;
    static const char org[] = GNUTLS_OID_X520_ORGANIZATION_NAME;
    dn_by_oid_fn subject = gnutls_x509_crt_get_dn_by_oid;
    dn_by_oid_fn issuer = gnutls_x509_crt_get_issuer_dn_by_oid;
    crt_name_part(crt, subject, cn, info->subject, sizeof info->subject);
    crt_name_part(crt, subject, org, info->subject_org, sizeof info->subject_org);
    crt_name_part(crt, issuer, cn, info->issuer, sizeof info->issuer);
    crt_name_part(crt, issuer, org, info->issuer_org, sizeof info->issuer_org);
    describe_dn(crt, gnutls_x509_crt_get_dn3, info->subject_dn, sizeof info->subject_dn);
    describe_dn(crt, gnutls_x509_crt_get_issuer_dn3, info->issuer_dn, sizeof info->issuer_dn);
    choose_short_name(info->subject, sizeof info->subject, info->subject_org, info->subject_dn);
    choose_short_name(info->issuer, sizeof info->issuer, info->issuer_org, info->issuer_dn);
}

/*
 * A dNSName that holds an address is marked: it is a common mistake, matches nothing, and must not
 * look like an iPAddress.
 */
static void describe_dns_name(const uint8_t *data, size_t len, char *out, size_t out_size)
{
    uint8_t address[16];
    char text[SETTINGS_NAME_SIZE];
    text_clean_marked(text, sizeof text, data, len);
    if (address_bytes(text, address) > 0) {
        snprintf(out, out_size, "DNS:%.*s", (int)out_size - 5, text);
    } else {
        text_copy_cut(out, out_size, text); /* as large */
    }
}

static bool describe_address(const uint8_t *data, size_t len, char *out, size_t out_size)
{
    int family = len == 4 ? AF_INET : AF_INET6;
    return (len == 4 || len == 16) && inet_ntop(family, data, out, (socklen_t)out_size) != NULL;
}

static void describe_sans(gnutls_x509_crt_t crt, enum san_kind wanted, struct cert_info *info)
{
    struct san_list s;
    enum san_kind kind;
    const uint8_t *data;
    size_t len;
    san_init(&s, crt);
    while (san_next(&s, &kind, &data, &len)) {
        if (kind != wanted) {
            continue;
        }
        info->n_all_names++;
        if (info->n_names == CERT_MAX_NAMES) {
            continue;
        }
        char *out = info->names[info->n_names];
        if (kind == SAN_DNS) {
            describe_dns_name(data, len, out, sizeof info->names[0]);
            info->n_names++;
        } else if (describe_address(data, len, out, sizeof info->names[0])) {
            info->n_names++;
        } else {
            out[0] = '\0';
        }
    }
    info->has_san = info->has_san || s.is_there;
    san_fini(&s);
}

static void describe_serial(gnutls_x509_crt_t crt, struct cert_info *info)
{
    uint8_t serial[64];
    size_t n = sizeof serial;
    if (gnutls_x509_crt_get_serial(crt, serial, &n) < 0) {
        return;
    }
    for (size_t i = 0, at = 0; i < n && at + 3 < sizeof info->serial; i++) {
        at += (size_t)snprintf(info->serial + at, sizeof info->serial - at, i ? ":%02x" : "%02x",
                               serial[i]);
    }
}

/* "P-256" for the curves that have such a name: GnuTLS knows no other ones as ECDSA keys. */
static void describe_key(gnutls_x509_crt_t crt, struct cert_info *info)
{
    unsigned bits = 0;
    int algorithm = gnutls_x509_crt_get_pk_algorithm(crt, &bits);
    switch (algorithm) {
    case GNUTLS_PK_ECDSA:
        snprintf(info->key, sizeof info->key, "P-%u", bits);
        break;
    case GNUTLS_PK_EDDSA_ED25519:
        TEXT_SET(info->key, "Ed25519");
        break;
    case GNUTLS_PK_EDDSA_ED448:
        TEXT_SET(info->key, "Ed448");
        break;
    case GNUTLS_PK_RSA:
    case GNUTLS_PK_RSA_PSS:
    case GNUTLS_PK_DSA:
        snprintf(info->key, sizeof info->key, "%s-%u",
                 algorithm == GNUTLS_PK_DSA   ? "DSA"
                 : algorithm == GNUTLS_PK_RSA ? "RSA"
                                              : "RSA-PSS",
                 bits);
        break;
    default:
        text_clean_str_marked(info->key, sizeof info->key,
                              algorithm > 0 ? gnutls_pk_get_name(algorithm) : "unknown");
    }
}

static void describe_signature(gnutls_x509_crt_t crt, struct cert_info *info)
{
    char oid[128];
    size_t n = sizeof oid;
    int algorithm = gnutls_x509_crt_get_signature_algorithm(crt);
    const char *name = algorithm > 0 ? gnutls_sign_get_name(algorithm) : NULL;
    if (name) {
        text_clean_str_marked(info->signature, sizeof info->signature, name);
    } else if (gnutls_x509_crt_get_signature_oid(crt, oid, &n) >= 0) {
        text_clean_str_marked(info->signature, sizeof info->signature, oid);
    }
}

/* A URL that is cut or changed by cleaning leads elsewhere: better none. */
static void add_url(char urls[CERT_MAX_URLS][512], size_t *n, const void *url, size_t len)
{
    if (*n < CERT_MAX_URLS && len > 0 && text_is_clean(url, len) &&
        text_clean(urls[*n], sizeof urls[0], url, len)) {
        ++*n;
    }
}

/* One extension, read once; freed by the caller. Empty: it has none. */
static gnutls_datum_t extension_of(gnutls_x509_crt_t crt, const char *oid)
{
    gnutls_datum_t extension = {NULL, 0};
    if (gnutls_x509_crt_get_extension_by_oid2(crt, oid, 0, &extension, NULL) < 0) {
        return (gnutls_datum_t){NULL, 0};
    }
    return extension;
}

static void add_access(const gnutls_datum_t *method, const gnutls_datum_t *url,
                       struct cert_info *info)
{
    const size_t n = method->size;
    if (n == strlen(GNUTLS_OID_AD_CAISSUERS) &&
        memcmp(method->data, GNUTLS_OID_AD_CAISSUERS, n) == 0) {
        add_url(info->issuer_urls, &info->n_issuer_urls, url->data, url->size);
    } else if (n == strlen(GNUTLS_OID_AD_OCSP) &&
               memcmp(method->data, GNUTLS_OID_AD_OCSP, n) == 0) {
        add_url(info->ocsp_urls, &info->n_ocsp_urls, url->data, url->size);
    }
}

static void describe_access(gnutls_x509_crt_t crt, struct cert_info *info)
{
    gnutls_datum_t extension = extension_of(crt, "1.3.6.1.5.5.7.1.1");
    gnutls_x509_aia_t all;
    if (extension.data && gnutls_x509_aia_init(&all) >= 0) {
        if (gnutls_x509_ext_import_aia(&extension, all, 0) >= 0) {
            gnutls_datum_t method, url;
            unsigned kind = 0;
            for (unsigned i = 0; gnutls_x509_aia_get(all, i, &method, &kind, &url) >= 0; i++) {
                if (kind == GNUTLS_SAN_URI) {
                    add_access(&method, &url, info);
                }
            }
        }
        gnutls_x509_aia_deinit(all);
    }
    gnutls_free(extension.data);
}

static void describe_crl_urls(gnutls_x509_crt_t crt, struct cert_info *info)
{
    gnutls_datum_t extension = extension_of(crt, "2.5.29.31");
    gnutls_x509_crl_dist_points_t all;
    if (extension.data && gnutls_x509_crl_dist_points_init(&all) >= 0) {
        if (gnutls_x509_ext_import_crl_dist_points(&extension, all, 0) >= 0) {
            gnutls_datum_t url;
            unsigned kind = 0, reasons = 0;
            for (unsigned i = 0;
                 gnutls_x509_crl_dist_points_get(all, i, &kind, &url, &reasons) >= 0; i++) {
                if (kind == GNUTLS_SAN_URI) {
                    add_url(info->crl_urls, &info->n_crl_urls, url.data, url.size);
                }
            }
        }
        gnutls_x509_crl_dist_points_deinit(all);
    }
    gnutls_free(extension.data);
}

static bool is_self_issued(gnutls_x509_crt_t crt)
{
    gnutls_datum_t subject = {NULL, 0};
    bool same = gnutls_x509_crt_get_raw_dn(crt, &subject) >= 0 && crt_names_issuer(crt, &subject);
    gnutls_free(subject.data);
    return same;
}

/* Asked anew for each screen, so that what takes longer than 16,384 bits with a usual exponent is
 * not checked: EDGE_UNKNOWN. */
static enum edge own_edge(gnutls_x509_crt_t crt)
{
    enum { WORK_OF_A_SCREEN = 64 };
    if (!is_self_issued(crt)) {
        return EDGE_NONE;
    }
    return work_of_key(crt) > WORK_OF_A_SCREEN ? EDGE_UNKNOWN : crt_edge(crt, crt);
}

static void describe_issuing(gnutls_x509_crt_t crt, struct cert_info *info)
{
    info->is_self_issued = is_self_issued(crt);
    enum edge own = own_edge(crt);
    info->is_self_signed = own == EDGE_GOOD || own == EDGE_UNKNOWN;
    info->is_ca = gnutls_x509_crt_get_ca_status(crt, NULL) > 0 ||
                  (info->is_self_signed && gnutls_x509_crt_get_version(crt) == 1);
    unsigned usage = 0;
    info->may_sign = info->is_ca || (gnutls_x509_crt_get_key_usage(crt, &usage, NULL) >= 0 &&
                                     (usage & GNUTLS_KEY_KEY_CERT_SIGN));
}

static void describe_purposes(gnutls_x509_crt_t crt, struct cert_info *info)
{
    static const char *const client[] = {GNUTLS_KP_TLS_WWW_CLIENT, GNUTLS_KP_ANY};
    static const char *const server[] = {GNUTLS_KP_TLS_WWW_SERVER};
    info->for_clients = crt_allows_purpose(crt, client, 2);
    static const char *const any[] = {GNUTLS_KP_ANY};
    info->takes_any_use = crt_allows_purpose(crt, any, 1);
    info->names_sites = crt_allows_purpose(crt, server, 1);
}

bool cert_describe(const struct blob *der, struct cert_info *info)
{
    *info = (struct cert_info){.n_names = 0};
    gnutls_x509_crt_t crt = crt_import(der);
    if (!crt) {
        return false;
    }
    info->not_before = gnutls_x509_crt_get_activation_time(crt);
    info->not_after = gnutls_x509_crt_get_expiration_time(crt);
    describe_names(crt, info);
    describe_sans(crt, SAN_DNS, info);
    describe_sans(crt, SAN_ADDRESS, info);
    describe_serial(crt, info);
    crt_hashes(crt, info->sha256, info->key_sha256);
    describe_key(crt, info);
    describe_signature(crt, info);
    describe_access(crt, info);
    describe_crl_urls(crt, info);
    crt_scts(crt, &info->oldest_sct, &info->newest_sct);
    describe_issuing(crt, info);
    info->must_staple = crt_must_staple(crt);
    describe_purposes(crt, info);
    gnutls_x509_crt_deinit(crt);
    return true;
}
