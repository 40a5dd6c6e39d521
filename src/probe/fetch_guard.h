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
 * Private, loopback, link-local, multicast or unspecified, also inside an IPv6 address that wraps
 * an IPv4 one. A certificate must not make us knock at doors inside the user's own network.
 */
bool fetch_is_forbidden(const struct sockaddr *sa);
/*
 * Puts what came into ev where it is what was asked for, and its index into f: a certificate (DER,
 * PEM, or of a PKCS#7 bag), an OCSP response, a CRL (DER or PEM).
 */
void fetched_take(struct evidence *ev, struct fetch *f, const void *bytes, size_t n);

#endif
