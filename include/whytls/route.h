/*
 * route.h - the hops of a connection, from the wire up: what a probe has to come through, one after
 * the other, and how it fared at each. Plain data; which hops there are follows from the settings.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_ROUTE_H
#define WHYTLS_ROUTE_H

#include <stddef.h>
#include <stdint.h>

#include "whytls/settings.h"

#define HOP_LIST(X)                                                                                \
    X(TCP, "tcp")                                                                                  \
    X(TLS, "tls")                                                                                  \
    X(HTTP, "http")     /* a request, and the first of its answer */                               \
    X(BANNER, "banner") /* nothing is said: what the server says first */

enum hop_kind {
#define X(ident, id) HOP_##ident,
    HOP_LIST(X)
#undef X
        HOP_COUNT
};
const char *hop_id(enum hop_kind kind);

enum { ROUTE_MAX_HOPS = 5 };

struct hop {
    enum hop_kind kind;
    char address[SETTINGS_ADDRESS_SIZE]; /* TCP: where to; "" else */
    uint16_t port;
};

struct route {
    struct hop hops[ROUTE_MAX_HOPS];
    size_t n;
};

/* Whoever speaks no TLS has none; only HTTPS has a request, other services are listened to. */
struct route route_of(const struct settings *s);

#endif
