/*
 * certificate_request.c - reads CertificateRequest: which key and signature types, and which
 * authorities, a server wants to see in a certificate of ours. Uses reader, evidence; GnuTLS for
 * names only. Fuzzed by fuzz_messages.
 * SPDX-License-Identifier: MIT
 */
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>

#include "messages.h"
#include "whytls/reader.h"
#include "whytls/text.h"

enum {
    VERSION_TLS12 = 0x0303,
    VERSION_TLS13 = 0x0304,
    /* RFC 8446 4.2.3, 4.2.4 */
    EXTENSION_SIGNATURES = 13,
    EXTENSION_AUTHORITIES = 47,
};

/* ---- key and signature types ------------------------------------------------------------- */

/* ClientCertificateType: RFC 5246 7.4.4, RFC 8422 5.5; others in the registry are out of use. */
static const struct {
    uint8_t wire;
    const char *name;
} kinds[] = {
    {1, "RSA"}, {2, "DSS"}, {3, "RSA with fixed DH"}, {4, "DSS with fixed DH"}, {64, "ECDSA"},
};

static void name_kind(uint8_t wire, char *out, size_t out_size)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (kinds[i].wire == wire) {
            text_copy_cut(out, out_size, kinds[i].name);
            return;
        }
    snprintf(out, out_size, "type %u", (unsigned)wire);
}

static void read_kinds(struct reader *r, struct certificate_request *request)
{
    struct reader list = reader_sub(r, reader_u8(r));
    while (list.left && !list.bad && request->n_kinds < CERTIFICATE_REQUEST_MAX_KINDS) {
        char *name = request->kinds[request->n_kinds++].name;
        name_kind(reader_u8(&list), name, sizeof(request->kinds[0].name));
    }
}

static void read_signatures(struct reader *r, struct certificate_request *request)
{
    struct reader list = reader_sub(r, reader_u16(r));
    while (list.left >= 2 && request->n_signatures < CERTIFICATE_REQUEST_MAX_SIGNATURES) {
        char *name = request->signatures[request->n_signatures++].name;
        message_name_offer(OFFER_LIST_SIGNATURE, reader_u16(&list), name,
                           sizeof(request->signatures[0].name));
    }
}

/* ---- authorities ------------------------------------------------------------------------- */

static void name_part(const gnutls_datum_t *raw, const char *oid, char *out, size_t out_size)
{
    char part[256];
    size_t n = sizeof(part);
    out[0] = '\0';
    if (gnutls_x509_rdn_get_by_oid(raw, oid, 0, 0, part, &n) == 0)
        text_clean_marked(out, out_size, part, n);
}

static void name_authority(const gnutls_datum_t *raw, struct requested_authority *a)
{
    gnutls_datum_t dn = {NULL, 0};
    if (gnutls_x509_rdn_get2(raw, &dn, 0) == 0)
        text_clean_marked(a->dn, sizeof(a->dn), dn.data, dn.size);
    gnutls_free(dn.data);
    name_part(raw, GNUTLS_OID_X520_COMMON_NAME, a->name, sizeof(a->name));
    name_part(raw, GNUTLS_OID_X520_ORGANIZATION_NAME, a->organisation, sizeof(a->organisation));
    if (!a->name[0])
        text_clean_str_marked(a->name, sizeof(a->name),
                              a->organisation[0] ? a->organisation : a->dn);
}

/* Is this the name in the certificate's issuer field? As bytes, or written the same: some servers
 * encode a name's letters in another way than the authority did. */
static bool is_issuer(const struct blob *der, const gnutls_datum_t *raw, const char *dn)
{
    const gnutls_datum_t bytes = {der->data, (unsigned)der->len};
    gnutls_datum_t issuer = {NULL, 0}, words = {NULL, 0};
    gnutls_x509_crt_t crt;
    bool same = false;
    if (gnutls_x509_crt_init(&crt) < 0)
        return false;
    if (gnutls_x509_crt_import(crt, &bytes, GNUTLS_X509_FMT_DER) == 0 &&
        gnutls_x509_crt_get_raw_issuer_dn(crt, &issuer) == 0)
        same = issuer.size == raw->size && memcmp(issuer.data, raw->data, raw->size) == 0;
    if (!same && issuer.data && gnutls_x509_rdn_get2(&issuer, &words, 0) == 0)
        same = strlen(dn) == words.size && memcmp(dn, words.data, words.size) == 0;
    gnutls_free(words.data);
    gnutls_free(issuer.data);
    gnutls_x509_crt_deinit(crt);
    return same;
}

static int place_of_ours(const struct evidence *ev, const gnutls_datum_t *raw, const char *dn)
{
    for (size_t i = 0; i < ev->n_own; i++)
        if (is_issuer(&ev->own[i].der, raw, dn))
            return (int)i;
    return -1;
}

static void take_authority(const uint8_t *der, size_t n, const struct evidence *ev,
                           struct certificate_request *request)
{
    const gnutls_datum_t raw = {(unsigned char *)der, (unsigned)n};
    struct requested_authority a = {0};
    request->n_all_authorities++;
    name_authority(&raw, &a);
    int place = request->ours < 0 ? place_of_ours(ev, &raw, a.dn) : -1;
    if (place >= 0)
        request->ours = (int8_t)place;
    if (request->n_authorities < CERTIFICATE_REQUEST_MAX_AUTHORITIES && a.name[0])
        request->authorities[request->n_authorities++] = a;
}

static void read_authorities(struct reader *r, const struct evidence *ev,
                             struct certificate_request *request)
{
    struct reader list = reader_sub(r, reader_u16(r));
    request->list_bytes = (uint32_t)list.left;
    while (list.left && !list.bad) {
        size_t n = reader_u16(&list);
        const uint8_t *der = reader_bytes(&list, n);
        if (der && n)
            take_authority(der, n, ev, request);
    }
}

/* ---- the message -------------------------------------------------------------------------- */

static void read_tls13(struct reader *r, const struct evidence *ev,
                       struct certificate_request *request)
{
    reader_bytes(r, reader_u8(r)); /* request context */
    struct reader extensions = reader_sub(r, reader_u16(r));
    while (extensions.left && !extensions.bad) {
        uint16_t type = reader_u16(&extensions);
        struct reader data = reader_sub(&extensions, reader_u16(&extensions));
        if (type == EXTENSION_SIGNATURES)
            read_signatures(&data, request);
        else if (type == EXTENSION_AUTHORITIES)
            read_authorities(&data, ev, request);
    }
}

void message_read_certificate_request(const uint8_t *body, size_t n, struct evidence *ev,
                                      struct outcome *o)
{
    struct reader r = reader_of(body, n);
    struct certificate_request request;
    memset(&request, 0, sizeof(request));
    request.ours = -1;
    if (o->version == VERSION_TLS13) {
        read_tls13(&r, ev, &request);
    } else {
        read_kinds(&r, &request);
        if (o->version == VERSION_TLS12)
            read_signatures(&r, &request);
        read_authorities(&r, ev, &request);
    }
    o->certificate_requested = true;
    o->request = (int16_t)evidence_add_request(ev, &request);
}
