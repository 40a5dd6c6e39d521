/*
 * route.c - which hops the settings ask for. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/route.h"

#include <assert.h>

#include "whytls/text.h"

static struct hop *add(struct route *r, enum hop_kind kind)
{
    assert(r->n < ROUTE_MAX_HOPS);
    r->hops[r->n].kind = kind;
    return &r->hops[r->n++];
}

static enum hop_kind uppermost(const struct settings *s)
{
    if (s->speak == SPEAK_WAIT_FOR_BANNER) {
        return HOP_BANNER;
    }
    return s->speak == SPEAK_PLAIN || s->service == SERVICE_HTTPS ? HOP_HTTP : HOP_BANNER;
}

struct route route_of(const struct settings *s)
{
    struct route r = {.n = 0};
    struct hop *tcp = add(&r, HOP_TCP);

    TEXT_SET(tcp->address, s->address);
    tcp->port = s->port;
    if (s->speak == SPEAK_TLS) {
        (void)add(&r, HOP_TLS);
    }
    (void)add(&r, uppermost(s));
    return r;
}
