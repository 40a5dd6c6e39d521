/*
 * small_dh.c - a server with a Diffie-Hellman prime that is too small, as old ones have it. Uses
 * GnuTLS. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include "lab/lab_tls.h"

/* Oakley group 2 (RFC 2409 6.2), the one that old servers use; generator 2. */
static unsigned char oakley_2[] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc9, 0x0f, 0xda, 0xa2, 0x21, 0x68, 0xc2, 0x34,
    0xc4, 0xc6, 0x62, 0x8b, 0x80, 0xdc, 0x1c, 0xd1, 0x29, 0x02, 0x4e, 0x08, 0x8a, 0x67, 0xcc, 0x74,
    0x02, 0x0b, 0xbe, 0xa6, 0x3b, 0x13, 0x9b, 0x22, 0x51, 0x4a, 0x08, 0x79, 0x8e, 0x34, 0x04, 0xdd,
    0xef, 0x95, 0x19, 0xb3, 0xcd, 0x3a, 0x43, 0x1b, 0x30, 0x2b, 0x0a, 0x6d, 0xf2, 0x5f, 0x14, 0x37,
    0x4f, 0xe1, 0x35, 0x6d, 0x6d, 0x51, 0xc2, 0x45, 0xe4, 0x85, 0xb5, 0x76, 0x62, 0x5e, 0x7e, 0xc6,
    0xf4, 0x4c, 0x42, 0xe9, 0xa6, 0x37, 0xed, 0x6b, 0x0b, 0xff, 0x5c, 0xb6, 0xf4, 0x06, 0xb7, 0xed,
    0xee, 0x38, 0x6b, 0xfb, 0x5a, 0x89, 0x9f, 0xa5, 0xae, 0x9f, 0x24, 0x11, 0x7c, 0x4b, 0x1f, 0xe6,
    0x49, 0x28, 0x66, 0x51, 0xec, 0xe6, 0x53, 0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
};

int small_dh_prepare(struct endpoint *endpoint)
{
    unsigned char two[] = {2};
    const gnutls_datum_t prime = {oakley_2, sizeof oakley_2};
    const gnutls_datum_t generator = {two, sizeof two};
    int rc = gnutls_dh_params_init(&endpoint->dh);
    if (rc >= 0)
        rc = gnutls_dh_params_import_raw(endpoint->dh, &prime, &generator);
    if (rc >= 0)
        gnutls_certificate_set_dh_params(endpoint->credentials, endpoint->dh);
    return rc;
}

/*
 * GnuTLS follows RFC 7919: to a hello that offers ffdhe groups it refuses a prime of its own (alert
 * 40, measured on 3.7.9). Servers with small primes are older than that and send them to anyone. So
 * these groups are masked of the hello: after GnuTLS has hashed the true bytes (Finished must
 * fit on both sides) and before it reads the groups, an extension that it can't be kept from
 * reading. Between the two it reads those of the application: we take ec_point_formats as ours.
 */
static int note_hello(gnutls_session_t session, unsigned type, unsigned when, unsigned incoming,
                      const gnutls_datum_t *message)
{
    (void)type;
    (void)when;
    struct play *play = gnutls_session_get_ptr(session);
    if (incoming)
        play->hello_body = *message;
    return 0;
}

static int mask_groups(gnutls_session_t session, const unsigned char *bytes, size_t n)
{
    (void)bytes;
    (void)n;
    struct play *play = gnutls_session_get_ptr(session);
    hello_mask_ffdhe(play->hello_body.data, play->hello_body.size);
    return 0;
}

static int answer_nothing(gnutls_session_t session, gnutls_buffer_t extension)
{
    (void)session;
    (void)extension;
    return 0;
}

int small_dh_know_no_groups(gnutls_session_t session)
{
    enum { EC_POINT_FORMATS = 11 };
    gnutls_handshake_set_hook_function(session, GNUTLS_HANDSHAKE_CLIENT_HELLO, GNUTLS_HOOK_PRE,
                                       note_hello);
    return gnutls_session_ext_register(
        session, "point formats", EC_POINT_FORMATS, GNUTLS_EXT_APPLICATION, mask_groups,
        answer_nothing, NULL, NULL, NULL,
        GNUTLS_EXT_FLAG_CLIENT_HELLO | GNUTLS_EXT_FLAG_TLS | GNUTLS_EXT_FLAG_OVERRIDE_INTERNAL);
}
