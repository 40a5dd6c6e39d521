/*
 * bundle.c - the certificates in the bytes of a file: PEM with any text around, DER one after the
 * other, or a PKCS #7 bag. What is in them is not judged here. Uses GnuTLS and reader.
 * Fuzzed by fuzz_bundle.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <gnutls/pkcs7.h>
#include <string.h>

struct sink {
    struct blob *out;
    size_t n, max; /* n counts on past max */
};

static void put(struct sink *s, const void *der, size_t len)
{
    if (s->n < s->max) {
        (void)blob_set(&s->out[s->n], der, len); /* else it stays empty */
    }
    s->n++;
}

/* ---- DER -------------------------------------------------------------------------------- */

/* A certificate is a SEQUENCE that begins with one (RFC 5280 4.1); a bag begins with an OID. */
static void read_der(struct sink *s, const uint8_t *bytes, size_t n)
{
    struct reader all = reader_of(bytes, n);
    struct reader contents;
    uint8_t tag;
    size_t at = 0;
    while (reader_der(&all, &tag, &contents) && tag == 0x30 && contents.left > 0) {
        size_t end = n - all.left;
        if (reader_u8(&contents) != 0x30) {
            return;
        }
        put(s, bytes + at, end - at);
        at = end;
    }
}

static void read_bag(struct sink *s, const uint8_t *bytes, size_t n)
{
    const gnutls_datum_t in = {(unsigned char *)bytes, (unsigned)n};
    gnutls_pkcs7_t bag;
    if (gnutls_pkcs7_init(&bag) < 0) {
        return;
    }
    int count = gnutls_pkcs7_import(bag, &in, GNUTLS_X509_FMT_DER) >= 0
                    ? gnutls_pkcs7_get_crt_count(bag)
                    : 0;
    for (int i = 0; i < count; i++) {
        gnutls_datum_t der = {NULL, 0};
        if (gnutls_pkcs7_get_crt_raw2(bag, (unsigned)i, &der) >= 0) {
            put(s, der.data, der.size);
        }
        gnutls_free(der.data);
    }
    gnutls_pkcs7_deinit(bag);
}

/* ---- PEM (RFC 7468) --------------------------------------------------------------------- */

static const struct {
    const char *label;
    bool is_bag;
} labels[] = {
    {"CERTIFICATE", false},
    {"X509 CERTIFICATE", false},
    {"PKCS7", true},
    {"CMS", true},
};

static const char *find(const char *from, const char *end, const char *what)
{
    return from < end ? memmem(from, (size_t)(end - from), what, strlen(what)) : NULL;
}

static void read_block(struct sink *s, const char *from, const char *end, bool *has_bag)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        gnutls_datum_t pem = {(unsigned char *)from, (unsigned)(end - from)}, der = {NULL, 0};
        const char *label = labels[i].label;
        size_t len = strlen(label);
        if ((size_t)(end - from) < 16 + len || memcmp(from + 11, label, len) != 0 ||
            from[11 + len] != '-' || gnutls_pem_base64_decode2(label, &pem, &der) < 0) {
            continue;
        }
        if (labels[i].is_bag) {
            read_bag(s, der.data, der.size);
            *has_bag = true;
        } else {
            put(s, der.data, der.size);
        }
        gnutls_free(der.data);
    }
}

static void read_pem(struct sink *s, const char *bytes, size_t n, bool *has_bag)
{
    const char *end = bytes + n, *from = bytes;
    while ((from = find(from, end, "-----BEGIN "))) {
        const char *next = find(from + 11, end, "-----BEGIN ");
        read_block(s, from, next ? next : end, has_bag);
        from += 11;
    }
}

/* ---- order ------------------------------------------------------------------------------ */

static bool is_leaf(const struct blob *der)
{
    struct cert_info info;
    return cert_describe(der, &info) && !info.is_ca;
}

/* A bag is a set and has no order (RFC 5652 5.1): the site's own certificate is put first. */
static void leaf_first(struct blob *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (is_leaf(&list[i])) {
            struct blob kept = list[0];
            list[0] = list[i];
            list[i] = kept;
            return;
        }
    }
}

size_t chain_read_bundle(const void *bytes, size_t n, struct blob *out, size_t max)
{
    struct sink s = {.out = out, .max = max};
    bool has_bag = false;
    read_pem(&s, bytes, n, &has_bag);
    if (s.n == 0) {
        read_der(&s, bytes, n);
    }
    if (s.n == 0) {
        read_bag(&s, bytes, n);
        has_bag = true;
    }
    if (has_bag) {
        leaf_first(out, s.n < max ? s.n : max);
    }
    return s.n;
}

bool cert_to_pem(const struct blob *der, struct buf *out)
{
    gnutls_datum_t datum = {der->data, (unsigned)der->len}, pem = {NULL, 0};
    if (gnutls_pem_base64_encode2("CERTIFICATE", &datum, &pem) < 0) {
        return false;
    }
    buf_put(out, pem.data, pem.size);
    gnutls_free(pem.data);
    return !out->failed;
}
