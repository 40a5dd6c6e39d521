/*
 * trusted.c - which authorities one program trusts, of those that bear on a case: by its own list,
 * by this system's, or by what came with this system. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "trusted.h"

static bool is_off(const struct facts *f, const struct store *s, const struct blob *der)
{
    for (size_t i = 0; i < s->n_anchors; i++)
        if (s->anchors[i].is_off && blob_equal(&f->roots[s->anchors[i].root].der, der))
            return true;
    return false;
}

static void put_anchor(struct trusted *t, const struct facts *f, const struct store *s,
                       const struct blob *der, enum anchor_source source)
{
    if (is_off(f, s, der))
        t->has_off = true;
    else if (t->n < MAX_TRUSTED)
        t->anchors[t->n++] = (struct anchor){.der = *der, .source = source};
}

static const struct store *system_store(const struct facts *f)
{
    for (size_t i = 0; i < f->n_stores; i++)
        if (f->stores[i].kind == STORE_SYSTEM)
            return &f->stores[i];
    return NULL;
}

/* This system's list, all of it or what was shipped: where --cacert is judged by, it is a store. */
static void put_system(struct trusted *t, const struct facts *f, const struct store *s)
{
    const struct store *system = f->anchors_given ? system_store(f) : NULL;
    size_t n = system ? system->n_anchors : f->anchors_given ? 0 : f->n_anchors;
    for (size_t i = 0; i < n; i++) {
        enum anchor_source source = system ? system->anchors[i].source : f->anchors[i].source;
        const struct blob *der =
            system ? &f->roots[system->anchors[i].root].der : &f->anchors[i].der;
        if (s->has_system || source == ANCHOR_SHIPPED)
            put_anchor(t, f, s, der, source);
    }
}

void trusted_of_store(const struct facts *f, const struct store *s, struct trusted *t)
{
    *t = (struct trusted){.n = 0};
    for (size_t i = 0; i < s->n_anchors; i++)
        put_anchor(t, f, s, &f->roots[s->anchors[i].root].der, s->anchors[i].source);
    if (s->has_builtin || s->has_system)
        put_system(t, f, s);
}

void trusted_of_system(const struct facts *f, bool is_shipped_only, struct trusted *t)
{
    *t = (struct trusted){.n = 0};
    for (size_t i = 0; i < f->n_anchors && t->n < MAX_TRUSTED; i++)
        if (!is_shipped_only || f->anchors[i].source != ANCHOR_ADDED)
            t->anchors[t->n++] = f->anchors[i];
}
