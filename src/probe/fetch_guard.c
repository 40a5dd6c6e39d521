/*
 * fetch_guard.c - the decisions of a fetch: may we go there, what did we get, and when was that.
 * Fuzzed by fuzz_fetched.
 * Pure but for adding to the evidence.
 * SPDX-License-Identifier: MIT
 */
#include <gnutls/ocsp.h>
#include <gnutls/pkcs7.h>
#include <gnutls/x509.h>
#include <netinet/in.h>
#include <string.h>

#include "fetch_guard.h"
#include "http.h"
#include "whytls/text.h"

enum { BAG_MAX = 32 }; /* certificates of a PKCS #7 bag that are looked at */

/* ---- where to ------------------------------------------------------------------------------ */

/*
 * Ports of services that would take a request for words of their own (ssh, mail, printers ...): the
 * list that all browsers keep, https://fetch.spec.whatwg.org/#port-blocking, as of 2024-04.
 */
static const uint16_t other_services[] = {
    0,    1,    7,    9,    11,   13,   15,   17,   19,   20,   21,   22,   23,    25,
    37,   42,   43,   53,   69,   77,   79,   87,   95,   101,  102,  103,  104,   109,
    110,  111,  113,  115,  117,  119,  123,  135,  137,  139,  143,  161,  179,   389,
    427,  465,  512,  513,  514,  515,  526,  530,  531,  532,  540,  548,  554,   556,
    563,  587,  601,  636,  989,  990,  993,  995,  1719, 1720, 1723, 2049, 3659,  4045,
    4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
};

static bool is_for_another_service(uint16_t port)
{
    for (size_t i = 0; i < sizeof(other_services) / sizeof(other_services[0]); i++)
        if (other_services[i] == port)
            return true;
    return false;
}

bool fetch_may_connect(enum address_kind from, const struct sockaddr *to)
{
    enum address_kind kind;
    in_port_t port;
    if (to->sa_family == AF_INET) {
        const struct sockaddr_in *a = (const struct sockaddr_in *)to;
        kind = address_kind4((const uint8_t *)&a->sin_addr);
        port = a->sin_port;
    } else if (to->sa_family == AF_INET6) {
        const struct sockaddr_in6 *a = (const struct sockaddr_in6 *)to;
        kind = address_kind6(a->sin6_addr.s6_addr);
        port = a->sin6_port;
    } else {
        return false; /* no other family has any business here */
    }
    return address_may_lead(from, kind) && !is_for_another_service(ntohs(port));
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

/* ---- the head of the answer --------------------------------------------------------------- */

static bool is_header(const char *bytes, size_t n, const char *name, size_t *at)
{
    char start[16] = "";
    *at = strlen(name);
    if (n > *at)
        memcpy(start, bytes, *at);
    if (!text_equal_nocase(start, name))
        return false;
    while (*at < n && bytes[*at] == ' ')
        ++*at;
    return true;
}

bool fetched_is_status_line(const char *bytes, size_t n)
{
    return n >= 5 && memcmp(bytes, "HTTP/", 5) == 0;
}

bool fetched_take_header(struct fetched_head *h, const char *bytes, size_t n)
{
    size_t at;
    if (fetched_is_status_line(bytes, n))
        *h = (struct fetched_head){.is_open = true};
    if (n > 0 && (bytes[0] == '\r' || bytes[0] == '\n'))
        h->is_open = false;
    if (!h->is_open)
        return false;
    if (is_header(bytes, n, "date:", &at)) {
        h->date = http_date_parse(bytes + at, n - at);
    } else if (is_header(bytes, n, "age:", &at)) {
        while (n > at && strchr("\r\n ", bytes[n - 1]))
            n--;
        h->age = http_age_parse(bytes + at, n - at);
    }
    return true;
}
