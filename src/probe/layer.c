/*
 * layer.c - bytes from layer to layer, counted. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include "layer.h"

#include <string.h>

struct carried layer_receive(struct layer *l, void *data, size_t n)
{
    struct carried c = l->below->ops->receive(l->below, data, n);
    if (c.what != CARRY_BYTES)
        return c;
    struct traffic *t = &l->traffic;
    size_t room = sizeof(t->first) - t->n_first;
    size_t keep = c.n < room ? c.n : room;
    memcpy(t->first + t->n_first, data, keep);
    t->n_first += keep;
    t->in += c.n;
    return c;
}

struct carried layer_send(struct layer *l, const struct iovec *parts, int n_parts)
{
    struct carried c = l->below->ops->send(l->below, parts, n_parts);
    if (c.what == CARRY_BYTES)
        l->traffic.out += c.n;
    return c;
}
