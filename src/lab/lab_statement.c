/*
 * lab_statement.c - forges CRLs by GnuTLS, and OCSP answers byte by byte (RFC 6960 4.2.1), for
 * GnuTLS can read them but not make them. DER is written from its end to its start, so that each
 * length is known when it is due. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include "lab/lab_statement.h"

#include <gnutls/crypto.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { DER_SIZE = 2048, DAY_S = 86400, SHA1_SIZE = 20, COORDINATE = 32 };

/* Written from the back: at is where the next bytes end. */
struct der {
    uint8_t bytes[DER_SIZE];
    size_t at;
    bool failed;
};

static void der_init(struct der *d)
{
    d->at = DER_SIZE;
    d->failed = false;
}

static void put(struct der *d, const void *bytes, size_t n)
{
    if (d->failed || n > d->at) {
        d->failed = true;
        return;
    }
    d->at -= n;
    if (n > 0)
        memcpy(d->bytes + d->at, bytes, n);
}

/* Wraps all that was written since `end` (the value of at then) in an element. */
static void wrap(struct der *d, uint8_t tag, size_t end)
{
    size_t n = end - d->at;
    uint8_t head[4] = {tag, (uint8_t)n};
    size_t head_n = 2;
    if (n >= 0x100) {
        head[1] = 0x82;
        head[2] = (uint8_t)(n >> 8);
        head[3] = (uint8_t)n;
        head_n = 4;
    } else if (n >= 0x80) {
        head[1] = 0x81;
        head[2] = (uint8_t)n;
        head_n = 3;
    }
    put(d, head, head_n);
}

static void put_element(struct der *d, uint8_t tag, const void *bytes, size_t n)
{
    size_t end = d->at;
    put(d, bytes, n);
    wrap(d, tag, end);
}

static void put_time(struct der *d, int64_t when)
{
    char text[80];
    struct tm t;
    time_t at = (time_t)when;
    if (!gmtime_r(&at, &t)) {
        d->failed = true;
        return;
    }
    int n = snprintf(text, sizeof text, "%04d%02d%02d%02d%02d%02dZ", t.tm_year + 1900, t.tm_mon + 1,
                     t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
    put_element(d, 0x18, text, (size_t)n);
}

static const uint8_t ocsp_basic[] = {0x06, 0x09, 0x2b, 0x06, 0x01, 0x05,
                                     0x05, 0x07, 0x30, 0x01, 0x01};
static const uint8_t sha1[] = {0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00};
static const uint8_t ecdsa_sha256[] = {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
                                       0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};

/* ---- what an answer says ---------------------------------------------------------------- */

static int put_name_hash(struct der *d, gnutls_x509_crt_t issuer)
{
    uint8_t hash[SHA1_SIZE];
    gnutls_datum_t name = {NULL, 0};
    int rc = gnutls_x509_crt_get_raw_dn(issuer, &name);
    if (rc >= 0)
        rc = gnutls_hash_fast(GNUTLS_DIG_SHA1, name.data, name.size, hash);
    gnutls_free(name.data);
    put_element(d, 0x04, hash, sizeof hash);
    return rc;
}

/* GnuTLS gives coordinates as signed numbers: of 32 bytes, with a zero in front, or shorter. */
static void put_coordinate(uint8_t *out, const gnutls_datum_t *number)
{
    size_t n = number->size < COORDINATE ? number->size : COORDINATE;
    memset(out, 0, COORDINATE);
    memcpy(out + COORDINATE - n, number->data + number->size - n, n);
}

/* The hash of the key's bits alone, without the tag (RFC 6960 4.1.1). */
static int put_key_hash(struct der *d, gnutls_x509_privkey_t key)
{
    uint8_t point[1 + 2 * COORDINATE] = {4}, hash[SHA1_SIZE];
    gnutls_datum_t x = {NULL, 0}, y = {NULL, 0}, k = {NULL, 0};
    gnutls_ecc_curve_t curve;
    int rc = gnutls_x509_privkey_export_ecc_raw(key, &curve, &x, &y, &k);
    if (rc >= 0) {
        put_coordinate(point + 1, &x);
        put_coordinate(point + 1 + COORDINATE, &y);
        rc = gnutls_hash_fast(GNUTLS_DIG_SHA1, point, sizeof point, hash);
        put_element(d, 0x04, hash, sizeof hash);
    }
    gnutls_free(x.data);
    gnutls_free(y.data);
    gnutls_free(k.data);
    return rc;
}

static int put_certificate_id(struct der *d, const struct forged *f, enum lab_word word)
{
    uint8_t serial[64];
    size_t n = sizeof serial, end = d->at;
    int rc = gnutls_x509_crt_get_serial(f->crt[FORGED_LEAF], serial, &n);
    if (rc < 0)
        return rc;
    if (word == LAB_WORD_OTHER)
        serial[n - 1] ^= 1;
    put_element(d, 0x02, serial, n);
    rc = put_key_hash(d, f->key[FORGED_INTERMEDIATE]);
    if (rc >= 0)
        rc = put_name_hash(d, f->crt[FORGED_INTERMEDIATE]);
    put(d, sha1, sizeof sha1);
    wrap(d, 0x30, end);
    return rc;
}

static void put_status(struct der *d, enum lab_word word, int64_t now)
{
    if (word == LAB_WORD_REVOKED) {
        static const uint8_t key_compromise[] = {0xa0, 3, 0x0a, 1, 1};
        size_t end = d->at;
        put(d, key_compromise, sizeof key_compromise);
        put_time(d, now - 2 * DAY_S);
        wrap(d, 0xa1, end);
    } else {
        put_element(d, 0x80, NULL, 0);
    }
}

/* responses, producedAt, responderID, from the back. */
static int put_data(struct der *d, const struct forged *f, enum lab_word word, int64_t now)
{
    gnutls_datum_t name = {NULL, 0};
    int64_t made = word == LAB_WORD_STALE ? now - 20 * DAY_S : now - DAY_S;
    size_t end = d->at, until = d->at;
    put_time(d, made + 7 * DAY_S);
    wrap(d, 0xa0, until);
    put_time(d, made);
    put_status(d, word, now);
    int rc = put_certificate_id(d, f, word);
    wrap(d, 0x30, end);
    wrap(d, 0x30, end);
    put_time(d, made);
    if (rc >= 0)
        rc = gnutls_x509_crt_get_raw_dn(f->crt[FORGED_INTERMEDIATE], &name);
    put_element(d, 0xa1, name.data, name.size);
    wrap(d, 0x30, end);
    gnutls_free(name.data);
    return rc;
}

/* By the issuer; or, forged, by the leaf, who may not. */
static int sign_data(const struct forged *f, enum lab_word word, const struct der *data,
                     gnutls_datum_t *signature)
{
    const gnutls_datum_t bytes = {(unsigned char *)data->bytes + data->at,
                                  (unsigned)(DER_SIZE - data->at)};
    gnutls_x509_privkey_t key = f->key[word == LAB_WORD_FORGED ? FORGED_LEAF : FORGED_INTERMEDIATE];
    gnutls_privkey_t signer;
    int rc = gnutls_privkey_init(&signer);
    if (rc < 0)
        return rc;
    rc = gnutls_privkey_import_x509(signer, key, 0);
    if (rc >= 0)
        rc = gnutls_privkey_sign_data(signer, GNUTLS_DIG_SHA256, 0, &bytes, signature);
    gnutls_privkey_deinit(signer);
    return rc;
}

static void put_response(struct der *d, const struct der *data, const gnutls_datum_t *signature)
{
    static const uint8_t no_unused_bits[] = {0}, successful[] = {0x0a, 1, 0};
    size_t end = d->at;
    put(d, signature->data, signature->size);
    put(d, no_unused_bits, sizeof no_unused_bits);
    wrap(d, 0x03, end);
    put(d, ecdsa_sha256, sizeof ecdsa_sha256);
    put(d, data->bytes + data->at, DER_SIZE - data->at);
    wrap(d, 0x30, end);
    wrap(d, 0x04, end);
    put(d, ocsp_basic, sizeof ocsp_basic);
    wrap(d, 0x30, end);
    wrap(d, 0xa0, end);
    put(d, successful, sizeof successful);
    wrap(d, 0x30, end);
}

int forge_ocsp(const struct forged *f, enum lab_word word, int64_t now, struct blob *der)
{
    struct der data, response;
    gnutls_datum_t signature = {NULL, 0};
    der_init(&data);
    der_init(&response);
    int rc = put_data(&data, f, word, now);
    if (rc >= 0)
        rc = sign_data(f, word, &data, &signature);
    if (rc >= 0)
        put_response(&response, &data, &signature);
    gnutls_free(signature.data);
    if (rc < 0)
        return rc;
    bool ok = !data.failed && !response.failed &&
              blob_set(der, response.bytes + response.at, DER_SIZE - response.at);
    return ok ? 0 : GNUTLS_E_MEMORY_ERROR;
}

/* ---- lists ------------------------------------------------------------------------------ */

/* Two others, and the one that it is about where that was revoked. */
static int list_entries(gnutls_x509_crl_t crl, gnutls_x509_crt_t about, enum lab_word word,
                        int64_t now)
{
    static const uint8_t others[][4] = {{0x11, 0x22, 0x33, 0x44}, {0x55, 0x66, 0x77, 0x08}};
    uint8_t serial[64];
    size_t n = sizeof serial;
    int rc = gnutls_x509_crt_get_serial(about, serial, &n);
    for (size_t i = 0; rc >= 0 && i < 2; i++)
        rc = gnutls_x509_crl_set_crt_serial(crl, others[i], sizeof others[i],
                                            (time_t)(now - 9 * DAY_S));
    if (rc >= 0 && word == LAB_WORD_REVOKED)
        rc = gnutls_x509_crl_set_crt_serial(crl, serial, n, (time_t)(now - 2 * DAY_S));
    return rc;
}

static int make_list(gnutls_x509_crl_t crl, const struct forged *f, int issuer, int about,
                     enum lab_word word, int64_t now, gnutls_datum_t *der)
{
    int64_t made = word == LAB_WORD_STALE ? now - 20 * DAY_S : now - DAY_S;
    int signer = word == LAB_WORD_FORGED ? FORGED_LEAF : issuer;
    int rc = gnutls_x509_crl_set_version(crl, 2);
    if (rc >= 0)
        rc = gnutls_x509_crl_set_this_update(crl, (time_t)made);
    if (rc >= 0)
        rc = gnutls_x509_crl_set_next_update(crl, (time_t)(made + 7 * DAY_S));
    if (rc >= 0)
        rc = list_entries(crl, f->crt[about], word, now);
    if (rc >= 0)
        rc = gnutls_x509_crl_sign2(crl, f->crt[issuer], f->key[signer], GNUTLS_DIG_SHA256, 0);
    return rc < 0 ? rc : gnutls_x509_crl_export2(crl, GNUTLS_X509_FMT_DER, der);
}

int forge_crl(const struct forged *f, int issuer, int about, enum lab_word word, int64_t now,
              struct blob *der)
{
    gnutls_x509_crl_t crl;
    gnutls_datum_t made = {NULL, 0};
    int rc = gnutls_x509_crl_init(&crl);
    if (rc < 0)
        return rc;
    rc = make_list(crl, f, issuer, about, word, now, &made);
    if (rc >= 0 && !blob_set(der, made.data, made.size))
        rc = GNUTLS_E_MEMORY_ERROR;
    gnutls_free(made.data);
    gnutls_x509_crl_deinit(crl);
    return rc;
}
