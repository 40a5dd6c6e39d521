/*
 * fetch_guard.c - the two decisions of a fetch: may we go there, and what did we get. Pure but for
 * adding to the evidence.
 * SPDX-License-Identifier: MIT
 */
#include <gnutls/ocsp.h>
#include <gnutls/pkcs7.h>
#include <gnutls/x509.h>
#include <netinet/in.h>
#include <string.h>

#include "fetch_guard.h"

enum { BAG_MAX = 32 }; /* certificates of a PKCS #7 bag that are looked at */

/* ---- addresses (RFC 6890, RFC 6052) ------------------------------------------------------- */

struct range {
    uint8_t prefix[4];
    unsigned bits;
};

static const struct range private4[] = {
    {{0}, 8},         {{10}, 8},       {{100, 64}, 10},   {{127}, 8},
    {{169, 254}, 16}, {{172, 16}, 12}, {{192, 0, 0}, 24}, {{192, 168}, 16},
    {{198, 18}, 15},  {{224}, 4},      {{240}, 4},
};

static bool has_prefix(const uint8_t *address, const uint8_t *prefix, unsigned bits)
{
    size_t whole = bits / 8;
    unsigned rest = bits % 8;
    if (memcmp(address, prefix, whole) != 0)
        return false;
    return !rest || ((address[whole] ^ prefix[whole]) >> (8 - rest)) == 0;
}

static bool is_private4(const uint8_t *a)
{
    for (size_t i = 0; i < sizeof(private4) / sizeof(private4[0]); i++)
        if (has_prefix(a, private4[i].prefix, private4[i].bits))
            return true;
    return false;
}

static bool is_private6(const uint8_t *a)
{
    static const uint8_t zeroes[12], mapped[12] = {[10] = 0xff, [11] = 0xff};
    static const uint8_t nat64[12] = {0x00, 0x64, 0xff, 0x9b}, six_to_four[2] = {0x20, 0x02};
    static const uint8_t unique[1] = {0xfc}, link[2] = {0xfe, 0x80}, site[2] = {0xfe, 0xc0};
    if (has_prefix(a, zeroes, 96)) /* ::, ::1 and the old IPv4-compatible form */
        return true;
    if (has_prefix(a, mapped, 96) || has_prefix(a, nat64, 96))
        return is_private4(a + 12);
    if (has_prefix(a, six_to_four, 16))
        return is_private4(a + 2);
    return has_prefix(a, unique, 7) || has_prefix(a, link, 10) || has_prefix(a, site, 10) ||
           a[0] == 0xff;
}

bool fetch_is_forbidden(const struct sockaddr *sa)
{
    if (sa->sa_family == AF_INET)
        return is_private4((const uint8_t *)&((const struct sockaddr_in *)sa)->sin_addr);
    if (sa->sa_family == AF_INET6)
        return is_private6(((const struct sockaddr_in6 *)sa)->sin6_addr.s6_addr);
    return true; /* no other kind has any business here */
}

/* ---- certificates ------------------------------------------------------------------------- */

static int from_x509(struct evidence *ev, const gnutls_datum_t *in, gnutls_x509_crt_fmt_t format)
{
    gnutls_x509_crt_t crt;
    gnutls_datum_t der = {0};
    int index = -1;
    if (gnutls_x509_crt_init(&crt) < 0)
        return -1;
    if (gnutls_x509_crt_import(crt, in, format) == 0 &&
        gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &der) == 0)
        index = evidence_add_certificate(ev, der.data, der.size);
    gnutls_free(der.data);
    gnutls_x509_crt_deinit(crt);
    return index;
}

/* Does it bear the name of the signer of one that we have, and is it no root of its own? */
static bool is_wanted(const struct evidence *ev, const gnutls_datum_t *der)
{
    gnutls_x509_crt_t crt, have;
    bool wanted = false;
    if (gnutls_x509_crt_init(&crt) < 0)
        return false;
    if (gnutls_x509_crt_import(crt, der, GNUTLS_X509_FMT_DER) == 0 &&
        !gnutls_x509_crt_check_issuer(crt, crt)) {
        for (size_t i = 0; !wanted && i < ev->n_certificates; i++) {
            const struct blob *b = &ev->certificates[i].der;
            const gnutls_datum_t bytes = {b->data, (unsigned)b->len};
            if (gnutls_x509_crt_init(&have) < 0)
                break;
            wanted = gnutls_x509_crt_import(have, &bytes, GNUTLS_X509_FMT_DER) == 0 &&
                     gnutls_x509_crt_check_issuer(have, crt);
            gnutls_x509_crt_deinit(have);
        }
    }
    gnutls_x509_crt_deinit(crt);
    return wanted;
}

/* A bag may hold the whole chain, in any order: the one that is missing, else the first. */
static int from_pkcs7(struct evidence *ev, const gnutls_datum_t *in, gnutls_x509_crt_fmt_t format)
{
    gnutls_pkcs7_t bag;
    int index = -1;
    if (gnutls_pkcs7_init(&bag) < 0)
        return -1;
    int n = gnutls_pkcs7_import(bag, in, format) == 0 ? gnutls_pkcs7_get_crt_count(bag) : 0;
    int chosen = 0;
    for (int i = n < BAG_MAX ? n - 1 : BAG_MAX - 1; i >= 0; i--) {
        gnutls_datum_t der = {0};
        if (gnutls_pkcs7_get_crt_raw2(bag, (unsigned)i, &der) == 0 && is_wanted(ev, &der))
            chosen = i;
        gnutls_free(der.data);
    }
    gnutls_datum_t der = {0};
    if (n > 0 && gnutls_pkcs7_get_crt_raw2(bag, (unsigned)chosen, &der) == 0)
        index = from_x509(ev, &der, GNUTLS_X509_FMT_DER); /* whether it can be read is seen there */
    gnutls_free(der.data);
    gnutls_pkcs7_deinit(bag);
    return index;
}

static int from_certificate(struct evidence *ev, const void *bytes, size_t n)
{
    const gnutls_datum_t in = {(unsigned char *)bytes, (unsigned)n};
    static const gnutls_x509_crt_fmt_t formats[] = {GNUTLS_X509_FMT_DER, GNUTLS_X509_FMT_PEM};
    int index = -1;
    if (!n)
        return -1;
    for (size_t i = 0; index < 0 && i < 2; i++)
        index = from_x509(ev, &in, formats[i]);
    for (size_t i = 0; index < 0 && i < 2; i++)
        index = from_pkcs7(ev, &in, formats[i]);
    return index;
}

/* ---- signed statements -------------------------------------------------------------------- */

static int from_ocsp(struct evidence *ev, const void *bytes, size_t n)
{
    const gnutls_datum_t in = {(unsigned char *)bytes, (unsigned)n};
    gnutls_ocsp_resp_t resp;
    int index = -1;
    if (gnutls_ocsp_resp_init(&resp) < 0)
        return -1;
    if (gnutls_ocsp_resp_import(resp, &in) == 0)
        index = evidence_add_statement(ev, STATEMENT_OCSP, bytes, n);
    gnutls_ocsp_resp_deinit(resp);
    return index;
}

/* DER as it came; PEM, which some serve against RFC 5280 4.2.1.13, as the DER that it holds. */
static int from_crl(struct evidence *ev, const void *bytes, size_t n)
{
    const gnutls_datum_t in = {(unsigned char *)bytes, (unsigned)n};
    gnutls_datum_t der = {NULL, 0};
    gnutls_x509_crl_t crl;
    int index = -1;
    if (gnutls_x509_crl_init(&crl) < 0)
        return -1;
    if (gnutls_x509_crl_import(crl, &in, GNUTLS_X509_FMT_DER) == 0)
        index = evidence_add_statement(ev, STATEMENT_CRL, bytes, n);
    else if (gnutls_x509_crl_import(crl, &in, GNUTLS_X509_FMT_PEM) == 0 &&
             gnutls_x509_crl_export2(crl, GNUTLS_X509_FMT_DER, &der) == 0)
        index = evidence_add_statement(ev, STATEMENT_CRL, der.data, der.size);
    gnutls_free(der.data);
    gnutls_x509_crl_deinit(crl);
    return index;
}

void fetched_take(struct evidence *ev, struct fetch *f, const void *bytes, size_t n)
{
    switch (f->kind) {
    case FETCH_KIND_OCSP:
        f->statement = (int16_t)from_ocsp(ev, bytes, n);
        break;
    case FETCH_KIND_CRL:
        f->statement = (int16_t)from_crl(ev, bytes, n);
        break;
    default:
        f->certificate = (int16_t)from_certificate(ev, bytes, n);
        break;
    }
}
