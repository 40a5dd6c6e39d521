/*
 * fetch_guard.h - which addresses a fetch may go to, and what certificate its answer holds.
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
/* DER, PEM, or a PKCS#7 bag's first certificate, into ev; its index, or -1. */
int fetched_certificate(struct evidence *ev, const void *bytes, size_t n);

#endif
