/*
 * fetch_guard.h - which addresses a fetch may go to, and what its answer holds and says.
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

/* What the answer that comes in says of its time. All zero: nothing came yet. */
struct fetched_head {
    bool is_open; /* false: before the first line, or these are trailers */
    int64_t date; /* Unix seconds; EVIDENCE_NO_TIME: it does not say */
    int64_t age;  /* seconds that a cache has kept it: it is older by so much */
};
/*
 * The next header line as libcurl hands them over: those of each answer on the way, redirects and
 * interim ones too, and trailers. A status line begins anew: the age is about the answer that
 * carries it alone (RFC 9111 5.1). Trailers may say neither (RFC 9110 6.5.1): false, and nothing
 * changes.
 */
bool fetched_take_header(struct fetched_head *h, const char *bytes, size_t n);
/* Does an answer begin with this line? */
bool fetched_is_status_line(const char *bytes, size_t n);

#endif
