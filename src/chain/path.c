/*
 * path.c - the candidate paths from a leaf to an anchor or as far as they go, depth first.
 * Servers send chains out of order, twice, with roots and cross-signs; clients accept whichever
 * path holds, so all of them are tried here (RFC 4158 has the reasons). Uses pool.c.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

enum { STEPS_MAX = 4096 }; /* for a made-up tangle; honest chains take under 30 */

struct finder {
    struct pool *pool;
    struct paths *out;
    struct path now;
    unsigned steps_left;
};

static void walk_on(struct finder *f);

/* As a leaf it must be the very certificate; further up, the pool holds the anchor itself. */
static bool ends_here(struct finder *f, size_t top)
{
    return f->pool->nodes[top].anchor >= 0 || pool_is_self_signed(f->pool, top);
}

static void add_path(struct finder *f, size_t top)
{
    if (f->out->n == PATHS_MAX) {
        f->out->is_cut = true;
        return;
    }
    f->now.is_anchored = f->pool->nodes[top].anchor >= 0;
    f->out->list[f->out->n++] = f->now;
}

/* No certificate twice, and no authority twice: cross-signs can go round in a circle. */
static bool is_on_path(const struct finder *f, size_t node)
{
    for (size_t i = 0; i < f->now.n; i++) {
        if (pool_is_same_key(f->pool, f->now.nodes[i], node)) {
            return true;
        }
    }
    return false;
}

/* An anchor of the same name and key signed the child as well: a path ends there, not here. */
static bool is_shadowed(struct finder *f, size_t child, size_t issuer)
{
    if (f->pool->nodes[issuer].anchor >= 0) {
        return false;
    }
    for (size_t i = 0; i < f->pool->n; i++) {
        if (f->pool->nodes[i].anchor >= 0 && !f->pool->nodes[i].is_distrusted &&
            pool_is_same_key(f->pool, i, issuer) && pool_edge(f->pool, child, i) == EDGE_GOOD) {
            return true;
        }
    }
    return false;
}

/*
 * A broken signature counts under an anchor only where the key identifiers say that it is this
 * one: with the name alone, another authority that bears the same name is the likelier story.
 */
static bool is_named_by_key(struct finder *f, size_t child, size_t issuer)
{
    uint8_t id[64];
    size_t a = sizeof id, b = sizeof id;
    return gnutls_x509_crt_get_authority_key_id(f->pool->nodes[child].crt, id, &a, NULL) >= 0 &&
           gnutls_x509_crt_get_subject_key_id(f->pool->nodes[issuer].crt, id, &b, NULL) >= 0;
}

static bool is_usable(struct finder *f, size_t child, size_t issuer, bool broken)
{
    enum edge edge = pool_edge(f->pool, child, issuer);
    if (broken) {
        return edge == EDGE_BROKEN &&
               (f->pool->nodes[issuer].anchor < 0 || is_named_by_key(f, child, issuer));
    }
    return (edge == EDGE_GOOD || edge == EDGE_UNKNOWN) && !is_shadowed(f, child, issuer);
}

static void step(struct finder *f, size_t child, size_t issuer)
{
    bool was_unknown = f->now.is_unknown;
    f->steps_left--;
    f->now.is_unknown = was_unknown || pool_edge(f->pool, child, issuer) == EDGE_UNKNOWN;
    f->now.nodes[f->now.n++] = (uint8_t)issuer;
    walk_on(f);
    f->now.n--;
    f->now.is_unknown = was_unknown;
}

/* Anchors first, then what was sent, then what was fetched: the good paths are found early. */
static int rank_of(const struct node *node)
{
    return node->anchor >= 0 ? 0 : node->sent >= 0 ? 1 : 2;
}

/* Goes on to each issuer of the child; false where there is none. */
static bool follow(struct finder *f, size_t child, bool broken)
{
    bool found = false;
    for (int rank = 0; rank <= 2; rank++) {
        for (size_t i = 0; i < f->pool->n; i++) {
            if (rank_of(&f->pool->nodes[i]) == rank && !is_on_path(f, i) &&
                is_usable(f, child, i, broken)) {
                found = true;
                step(f, child, i);
            }
            if (f->steps_left == 0 || f->out->n == PATHS_MAX) {
                f->out->is_cut = true;
                return true;
            }
        }
    }
    return found;
}

static void walk_on(struct finder *f)
{
    size_t top = f->now.nodes[f->now.n - 1];
    if (ends_here(f, top)) {
        add_path(f, top);
    } else if (f->now.n == CHAIN_MAX_PATH) {
        f->out->is_cut = true;
    } else if (!follow(f, top, false) && !follow(f, top, true)) {
        add_path(f, top);
    }
}

void paths_find(struct paths *paths, struct pool *pool, size_t leaf)
{
    struct finder f = {.pool = pool,
                       .out = paths,
                       .now = {.nodes = {(uint8_t)leaf}, .n = 1},
                       .steps_left = STEPS_MAX};
    walk_on(&f);
}
