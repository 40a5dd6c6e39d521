/*
 * fetch_guard.h - which addresses a fetch may go to, and what its answer holds.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_FETCH_GUARD_H
#define WHYTLS_PROBE_FETCH_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "whytls/evidence.h"

/*
 * May we connect there for what was seen at an address of this kind? A certificate must not make us
 * knock at doors inside the user's own network (address_may_lead), nor at those of other services.
 */
bool fetch_may_connect(enum address_kind from, const struct sockaddr *to);
/*
 * Puts what came into ev where it is what was asked for, and its index into f: a certificate (DER,
 * PEM, or of a PKCS#7 bag), an OCSP response, a CRL (DER or PEM).
 */
void fetched_take(struct evidence *ev, struct fetch *f, const void *bytes, size_t n);

#endif
