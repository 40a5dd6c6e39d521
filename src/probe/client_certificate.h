/*
 * client_certificate.h - the certificate that we show where the server asks for one.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_CLIENT_CERTIFICATE_H
#define WHYTLS_PROBE_CLIENT_CERTIFICATE_H

#include <gnutls/abstract.h>

#include "whytls/probe.h"

/* All zero: none, and an empty answer is sent. */
struct client_certificate_set {
    gnutls_pcert_st chain[CLIENT_CERTIFICATE_MAX_CHAIN];
    unsigned n_chain;
    gnutls_privkey_t key;
};

/* False where the files can't be read or do not hold what they should; *set is empty then. */
bool client_certificate_init(struct client_certificate_set *set, enum client_certificate which,
                             const struct probe_secrets *secrets);
void client_certificate_fini(struct client_certificate_set *set);

#endif
