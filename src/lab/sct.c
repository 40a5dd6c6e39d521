/*
 * sct.c - signed timestamps as a public log gives them (RFC 6962 3.3), into a forged certificate.
 * Log and signature are made up: nobody here has a log's key. Uses GnuTLS.
 * SPDX-License-Identifier: MIT
 */
#include "lab/forge.h"

enum {
    SCT_BYTES = 1 + 32 + 8 + 2 + 2 + 2 + 4, /* version, log, time, no extensions, signature of 4 */
    SCTS = 2,                               /* browsers want them from two logs */
    LIST_BYTES = SCTS * (2 + SCT_BYTES),
    HASH_SHA256 = 4,
    SIGNATURE_ECDSA = 3,
};

static size_t put_number(uint8_t *out, uint64_t number, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (uint8_t)(number >> (8 * (n - 1 - i)));
    return n;
}

static size_t put_sct(uint8_t *out, uint8_t log, uint64_t ms)
{
    size_t n = put_number(out, SCT_BYTES, 2) + 1; /* version 0: v1 */
    for (size_t i = 0; i < 32; i++)
        out[n++] = log;
    n += put_number(out + n, ms, 8) + 2;
    out[n++] = HASH_SHA256;
    out[n++] = SIGNATURE_ECDSA;
    n += put_number(out + n, 4, 2);
    return n + 4;
}

int forge_scts(gnutls_x509_crt_t crt, int64_t at)
{
    uint8_t list[2 + 2 + LIST_BYTES] = {0x04, 2 + LIST_BYTES}; /* OCTET STRING, short form */
    size_t n = 2 + put_number(list + 2, LIST_BYTES, 2);
    for (uint8_t i = 0; i < SCTS; i++)
        n += put_sct(list + n, (uint8_t)(0xA0 + i), ((uint64_t)at + i) * 1000);
    return gnutls_x509_crt_set_extension_by_oid(crt, GNUTLS_X509EXT_OID_CT_SCT_V1, list, n, 0);
}
