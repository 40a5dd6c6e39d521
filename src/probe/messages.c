/*
 * messages.c - readers of handshake messages, each in the order of the message it reads. Uses
 * reader, evidence, and GnuTLS for suite names and OCSP answers only. Fuzzed by fuzz_messages.
 * SPDX-License-Identifier: MIT
 */
#include <gnutls/ocsp.h>
#include <stdio.h>
#include <string.h>

#include "messages.h"
#include "whytls/reader.h"
#include "whytls/text.h"

enum {
    EXTENSION_STATUS_REQUEST = 5,
    EXTENSION_SUPPORTED_VERSIONS = 43,
    EXTENSION_KEY_SHARE = 51,
    VERSION_TLS12 = 0x0303,
    VERSION_TLS13 = 0x0304,
    CURVE_TYPE_NAMED = 3, /* RFC 8422 5.4 */
    STATUS_TYPE_OCSP = 1,
};

/* ---- names ------------------------------------------------------------------------------- */

void message_name_offer(enum offer_list list, uint16_t wire, char *out, size_t out_size)
{
    for (int o = 0; o < OFFER_COUNT; o++) {
        const struct offer_row *row = offer_row((enum offer)o);
        if (row->list == list && row->wire == wire) {
            text_copy_cut(out, out_size, row->name);
            return;
        }
    }
    snprintf(out, out_size, "0x%04x", (unsigned)wire);
}

static const char *name_by_keyword(enum offer_list list, const char *keyword)
{
    enum offer o = keyword ? offer_find(list, keyword) : OFFER_COUNT;
    return o == OFFER_COUNT ? (keyword ? keyword : "?") : offer_row(o)->name;
}

static void name_suite(struct outcome *o, uint16_t wire, gnutls_kx_algorithm_t *kx)
{
    const uint8_t want[2] = {(uint8_t)(wire >> 8), (uint8_t)wire};
    uint8_t id[2];
    gnutls_cipher_algorithm_t cipher;
    gnutls_mac_algorithm_t mac;
    gnutls_protocol_t least;
    for (size_t i = 0; gnutls_cipher_suite_info(i, id, kx, &cipher, &mac, &least); i++) {
        if (memcmp(id, want, sizeof(id)) != 0)
            continue;
        const char *c = name_by_keyword(OFFER_LIST_CIPHER, gnutls_cipher_get_name(cipher));
        const char *k = name_by_keyword(OFFER_LIST_KX, gnutls_kx_get_name(*kx));
        const char *m = name_by_keyword(OFFER_LIST_MAC, gnutls_mac_get_name(mac));
        if (least == GNUTLS_TLS1_3)
            text_copy_cut(o->suite, sizeof(o->suite), c);
        else if (mac == GNUTLS_MAC_AEAD)
            snprintf(o->suite, sizeof(o->suite), "%s %s", k, c);
        else
            snprintf(o->suite, sizeof(o->suite), "%s %s %s", k, c, m);
        return;
    }
    *kx = GNUTLS_KX_UNKNOWN;
    snprintf(o->suite, sizeof(o->suite), "0x%04x", (unsigned)wire);
}

/* The groups of RFC 7919 by their prime, so that a server's own prime is told from them. */
static void name_prime(struct outcome *o, const uint8_t *p, size_t n)
{
    const struct {
        const gnutls_datum_t *prime;
        const char *name;
    } known[] = {
        {&gnutls_ffdhe_2048_group_prime, "ffdhe2048"},
        {&gnutls_ffdhe_3072_group_prime, "ffdhe3072"},
        {&gnutls_ffdhe_4096_group_prime, "ffdhe4096"},
        {&gnutls_ffdhe_6144_group_prime, "ffdhe6144"},
        {&gnutls_ffdhe_8192_group_prime, "ffdhe8192"},
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        const gnutls_datum_t *k = known[i].prime;
        size_t pad = k->size > n ? k->size - n : 0; /* GnuTLS keeps a leading zero */
        if (k->size == n + pad && memcmp(k->data + pad, p, n) == 0)
            text_copy_cut(o->group, sizeof(o->group), known[i].name);
    }
}

/* ---- ServerHello (RFC 8446 4.1.3) ------------------------------------------------------------ */

static void read_hello_extension(uint16_t type, struct reader data, struct outcome *o)
{
    if (type == EXTENSION_SUPPORTED_VERSIONS && data.left == 2)
        o->version = reader_u16(&data);
    if (type == EXTENSION_KEY_SHARE && data.left >= 2) {
        uint16_t group = reader_u16(&data);
        message_name_offer(OFFER_LIST_GROUP, group, o->group, sizeof(o->group));
        static const uint16_t ffdhe_bits[] = {2048, 3072, 4096, 6144, 8192};
        if (group >= 256 && group < 256 + 5) /* RFC 7919 2 */
            o->dh_bits = ffdhe_bits[group - 256];
    }
}

void message_read_server_hello(const uint8_t *body, size_t n, struct outcome *o,
                               gnutls_kx_algorithm_t *kx)
{
    struct reader r = reader_of(body, n);
    uint16_t version = reader_u16(&r);
    reader_bytes(&r, 32);            /* random */
    reader_bytes(&r, reader_u8(&r)); /* session id */
    uint16_t suite = reader_u16(&r);
    reader_u8(&r); /* compression */
    if (r.bad)
        return;
    o->version = version;
    name_suite(o, suite, kx);
    uint16_t extensions_n = r.left ? reader_u16(&r) : 0;
    struct reader extensions = reader_sub(&r, extensions_n);
    while (extensions.left && !extensions.bad) {
        uint16_t type = reader_u16(&extensions);
        uint16_t length = reader_u16(&extensions);
        struct reader data = reader_sub(&extensions, length);
        if (!data.bad)
            read_hello_extension(type, data, o);
    }
}

/* ---- ServerKeyExchange (RFC 5246 7.4.3, RFC 8422 5.4), CertificateVerify --------------------- */

static uint16_t bits_of(const uint8_t *p, size_t n)
{
    while (n && !*p) {
        p++;
        n--;
    }
    size_t bits = n * 8;
    for (uint8_t top = n ? *p : 0x80; !(top & 0x80); top = (uint8_t)(top << 1))
        bits--;
    return bits > UINT16_MAX ? UINT16_MAX : (uint16_t)bits;
}

static void read_prime(struct reader *r, struct outcome *o)
{
    uint16_t n = reader_u16(r);
    const uint8_t *p = reader_bytes(r, n);
    if (!p)
        return;
    while (n && !*p) {
        p++;
        n--;
    }
    o->dh_bits = bits_of(p, n);
    name_prime(o, p, n);
    reader_bytes(r, reader_u16(r)); /* generator */
    reader_bytes(r, reader_u16(r)); /* public value */
}

static void read_curve(struct reader *r, struct outcome *o)
{
    uint8_t type = reader_u8(r);
    uint16_t group = reader_u16(r);
    if (!r->bad && type == CURVE_TYPE_NAMED)
        message_name_offer(OFFER_LIST_GROUP, group, o->group, sizeof(o->group));
    reader_bytes(r, reader_u8(r));
}

static void read_signature_type(struct reader *r, struct outcome *o)
{
    uint16_t scheme = reader_u16(r);
    if (!r->bad)
        message_name_offer(OFFER_LIST_SIGNATURE, scheme, o->signature, sizeof(o->signature));
}

void message_read_key_exchange(const uint8_t *body, size_t n, gnutls_kx_algorithm_t kx,
                               struct outcome *o)
{
    struct reader r = reader_of(body, n);
    bool is_dh = kx == GNUTLS_KX_DHE_RSA || kx == GNUTLS_KX_DHE_DSS || kx == GNUTLS_KX_ANON_DH;
    bool is_ecdh =
        kx == GNUTLS_KX_ECDHE_RSA || kx == GNUTLS_KX_ECDHE_ECDSA || kx == GNUTLS_KX_ANON_ECDH;
    bool is_signed = kx != GNUTLS_KX_ANON_DH && kx != GNUTLS_KX_ANON_ECDH;
    if (is_dh)
        read_prime(&r, o);
    else if (is_ecdh)
        read_curve(&r, o);
    else
        return;
    if (is_signed && o->version == VERSION_TLS12) /* older ones have no field for it */
        read_signature_type(&r, o);
}

void message_read_certificate_verify(const uint8_t *body, size_t n, struct outcome *o)
{
    struct reader r = reader_of(body, n);
    read_signature_type(&r, o);
}

/* ---- Certificate (RFC 8446 4.4.2, RFC 5246 7.4.2), CertificateStatus ----------------------- */

static void read_ocsp(const uint8_t *der, size_t n, struct outcome *o)
{
    gnutls_ocsp_resp_t resp;
    gnutls_datum_t d = {(unsigned char *)der, (unsigned)n};
    if (gnutls_ocsp_resp_init(&resp) < 0)
        return;
    if (gnutls_ocsp_resp_import(resp, &d) == 0 &&
        gnutls_ocsp_resp_get_status(resp) == GNUTLS_OCSP_RESP_SUCCESSFUL) {
        time_t produced = gnutls_ocsp_resp_get_produced(resp), next = (time_t)-1;
        gnutls_ocsp_resp_get_single(resp, 0, NULL, NULL, NULL, NULL, NULL, NULL, &next, NULL, NULL);
        o->staple_produced_at = produced > 0 ? produced : EVIDENCE_NO_TIME;
        o->staple_next_update = next > 0 ? next : EVIDENCE_NO_TIME;
    }
    gnutls_ocsp_resp_deinit(resp);
}

void message_read_status(const uint8_t *body, size_t n, struct evidence *ev, struct outcome *o)
{
    struct reader r = reader_of(body, n);
    uint8_t type = reader_u8(&r);
    size_t length = reader_u24(&r);
    const uint8_t *der = reader_bytes(&r, length);
    if (type != STATUS_TYPE_OCSP || !der)
        return;
    o->staple = (int16_t)evidence_add_statement(ev, STATEMENT_OCSP, der, length);
    read_ocsp(der, length, o);
}

/* In TLS 1.3 each certificate has extensions; the leaf's staple is one of them. */
static void read_entry_extensions(struct reader *list, bool is_leaf, struct evidence *ev,
                                  struct outcome *o)
{
    struct reader extensions = reader_sub(list, reader_u16(list));
    while (extensions.left && !extensions.bad) {
        uint16_t type = reader_u16(&extensions);
        uint16_t length = reader_u16(&extensions);
        const uint8_t *data = reader_bytes(&extensions, length);
        if (data && is_leaf && type == EXTENSION_STATUS_REQUEST)
            message_read_status(data, length, ev, o);
    }
}

gnutls_datum_t message_read_certificate(const uint8_t *body, size_t n, struct evidence *ev,
                                        struct outcome *o)
{
    struct reader r = reader_of(body, n);
    bool is_tls13 = o->version == VERSION_TLS13;
    if (is_tls13)
        reader_bytes(&r, reader_u8(&r)); /* request context */
    struct reader list = reader_sub(&r, reader_u24(&r));
    gnutls_datum_t first = {NULL, 0};
    o->n_chain = 0;
    o->chain_cut = false;
    while (list.left && !list.bad && !o->chain_cut) {
        size_t length = reader_u24(&list);
        const uint8_t *der = reader_bytes(&list, length);
        if (der && !first.data)
            first = (gnutls_datum_t){(unsigned char *)der, (unsigned)length};
        int index =
            der && o->n_chain < EVIDENCE_MAX_CHAIN ? evidence_add_certificate(ev, der, length) : -1;
        if (is_tls13)
            read_entry_extensions(&list, o->n_chain == 0, ev, o);
        if (index >= 0)
            o->chain[o->n_chain++] = (int16_t)index;
        else /* the next one must not take its place */
            o->chain_cut = der != NULL;
    }
    return first;
}
