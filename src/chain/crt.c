/*
 * crt.c - single facts of one certificate that several parts of this room ask for. Uses GnuTLS's
 * X.509 functions. Fuzzed by fuzz_cert.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <gnutls/x509-ext.h>
#include <stdio.h>
#include <string.h>

#include "whytls/text.h"

enum { PURPOSES_MAX = 64, SCTS_MAX = 32 };

gnutls_x509_crt_t crt_import(const struct blob *der)
{
    const gnutls_datum_t datum = {der->data, (unsigned)der->len};
    gnutls_x509_crt_t crt = NULL;
    if (!der->data || gnutls_x509_crt_init(&crt) < 0) {
        return NULL;
    }
    if (gnutls_x509_crt_import(crt, &datum, GNUTLS_X509_FMT_DER) < 0) {
        gnutls_x509_crt_deinit(crt);
        return NULL;
    }
    return crt;
}

void crt_free(gnutls_x509_crt_t crt)
{
    if (crt) {
        gnutls_x509_crt_deinit(crt);
    }
}

bool crt_names_issuer(gnutls_x509_crt_t crt, const gnutls_datum_t *name)
{
    gnutls_datum_t issuer = {NULL, 0};
    bool same = gnutls_x509_crt_get_raw_issuer_dn(crt, &issuer) >= 0 && issuer.size == name->size &&
                memcmp(issuer.data, name->data, name->size) == 0;
    gnutls_free(issuer.data);
    return same;
}

bool crt_allows_purpose(gnutls_x509_crt_t crt, const char *const *wanted, size_t n)
{
    gnutls_datum_t extension = {NULL, 0}, oid;
    gnutls_x509_key_purposes_t purposes = NULL;
    bool allowed = false;
    int ret = gnutls_x509_crt_get_extension_by_oid2(crt, "2.5.29.37", 0, &extension, NULL);
    if (ret < 0) {
        return ret == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE;
    }
    if (gnutls_x509_key_purpose_init(&purposes) >= 0 &&
        gnutls_x509_ext_import_key_purposes(&extension, purposes, 0) >= 0) {
        for (unsigned i = 0; !allowed && i < PURPOSES_MAX; i++) {
            if (gnutls_x509_key_purpose_get(purposes, i, &oid) < 0) {
                break;
            }
            for (size_t k = 0; k < n; k++) {
                allowed = allowed || (oid.size == strlen(wanted[k]) &&
                                      memcmp(oid.data, wanted[k], oid.size) == 0);
            }
        }
    }
    if (purposes) {
        gnutls_x509_key_purpose_deinit(purposes);
    }
    gnutls_free(extension.data);
    return allowed;
}

bool crt_must_staple(gnutls_x509_crt_t crt)
{
    enum { STATUS_REQUEST = 5, FEATURES_MAX = 32 };
    gnutls_x509_tlsfeatures_t features;
    bool found = false;
    if (gnutls_x509_tlsfeatures_init(&features) < 0) {
        return false;
    }
    if (gnutls_x509_crt_get_tlsfeatures(crt, features, 0, NULL) >= 0) {
        unsigned feature = 0;
        for (unsigned i = 0;
             !found && i < FEATURES_MAX && gnutls_x509_tlsfeatures_get(features, i, &feature) >= 0;
             i++) {
            found = feature == STATUS_REQUEST;
        }
    }
    gnutls_x509_tlsfeatures_deinit(features);
    return found;
}

static void write_hex(const uint8_t hash[32], char out[65])
{
    for (size_t i = 0; i < 32; i++) {
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
    }
}

void crt_hashes(gnutls_x509_crt_t crt, char whole[65], char key[65])
{
    uint8_t hash[32];
    size_t n = sizeof hash;
    whole[0] = key[0] = '\0';
    if (gnutls_x509_crt_get_fingerprint(crt, GNUTLS_DIG_SHA256, hash, &n) >= 0) {
        write_hex(hash, whole);
    }
    n = sizeof hash;
    if (gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA256, hash, &n) >= 0) {
        write_hex(hash, key);
    }
}

/* The log's signature is not checked here: it is as true as the certificate around it. */
void crt_scts(gnutls_x509_crt_t crt, int64_t *oldest, int64_t *newest)
{
    *oldest = *newest = 0;
    gnutls_datum_t extension = {NULL, 0};
    gnutls_x509_ct_scts_t scts = NULL;
    if (gnutls_x509_crt_get_extension_by_oid2(crt, GNUTLS_X509EXT_OID_CT_SCT_V1, 0, &extension,
                                              NULL) >= 0 &&
        gnutls_x509_ext_ct_scts_init(&scts) >= 0 &&
        gnutls_x509_ext_ct_import_scts(&extension, scts, 0) >= 0) {
        for (unsigned i = 0; i < SCTS_MAX; i++) {
            time_t at = 0;
            gnutls_datum_t log = {NULL, 0}, signature = {NULL, 0};
            gnutls_sign_algorithm_t algorithm;
            if (gnutls_x509_ct_sct_get(scts, i, &at, &log, &algorithm, &signature) < 0) {
                break;
            }
            *newest = at > *newest ? at : *newest;
            *oldest = *oldest == 0 || at < *oldest ? at : *oldest;
            gnutls_free(log.data);
            gnutls_free(signature.data);
        }
    }
    if (scts) {
        gnutls_x509_ext_ct_scts_deinit(scts);
    }
    gnutls_free(extension.data);
}

/* GnuTLS puts a backslash before what would need one in a whole name (RFC 4514 2.4); one part of it
 * is read by people: "Shop, Inc.". */
static size_t drop_escapes(char *text, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        i += text[i] == '\\' && i + 1 < n;
        text[kept++] = text[i];
    }
    return kept;
}

void crt_name_part(gnutls_x509_crt_t crt, dn_by_oid_fn get, const char *oid, char *out,
                   size_t out_size)
{
    char raw[1024];
    size_t n = sizeof raw;
    out[0] = '\0';
    int rc = get(crt, oid, 0, 0, raw, &n);
    if (rc >= 0) {
        text_clean_marked(out, out_size, raw, drop_escapes(raw, n));
    } else if (rc ==
               GNUTLS_E_SHORT_MEMORY_BUFFER) { /* it is there, and longer than any honest one */
        text_copy_cut(out, out_size, &TEXT_CUT[1]);
    }
}
