/*
 * messages.h - what handshake messages say, read from their bodies (without the 4-byte header), so
 * that a handshake that breaks still tells what it had come to. Pure; never trusts a length.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_MESSAGES_H
#define WHYTLS_PROBE_MESSAGES_H

#include <gnutls/gnutls.h>

#include "whytls/evidence.h"

/* Numbers of RFC 8446 4 (and RFC 5246 7.4); GnuTLS has its own number for a HelloRetryRequest. */
enum {
    MESSAGE_HELLO_RETRY = 6,
};

/* The reader's name of an IANA number, "0x1234" where offers.def has none. */
void message_name_offer(enum offer_list list, uint16_t wire, char *out, size_t out_size);

/* ServerHello or HelloRetryRequest: version, suite, group. *kx: how keys are exchanged below 1.3.
 */
void message_read_server_hello(const uint8_t *body, size_t n, struct outcome *o,
                               gnutls_kx_algorithm_t *kx);
/* TLS 1.2 and below: group or size of the prime, and the signature's type in 1.2. */
void message_read_key_exchange(const uint8_t *body, size_t n, gnutls_kx_algorithm_t kx,
                               struct outcome *o);
/* TLS 1.3 only: the signature's type. */
void message_read_certificate_verify(const uint8_t *body, size_t n, struct outcome *o);
/* The chain as sent goes into ev; in TLS 1.3 the staple too. Returns the first one's bytes, whether
 * or not there was room for it; borrowed from the body. */
gnutls_datum_t message_read_certificate(const uint8_t *body, size_t n, struct evidence *ev,
                                        struct outcome *o);
/* CertificateRequest: what is wanted goes into ev, and which of ev's own certificates it names. */
void message_read_certificate_request(const uint8_t *body, size_t n, struct evidence *ev,
                                      struct outcome *o);
/* CertificateStatus (RFC 6066 8): a stapled OCSP answer goes into ev, its times into o. */
void message_read_status(const uint8_t *body, size_t n, struct evidence *ev, struct outcome *o);

#endif
