/*
 * limits.c - the limits that an authority has for the subjects below it (RFC 5280 4.2.1.10,
 * directoryName). GnuTLS passes over the permitted ones, and takes any excluded one for broken
 * (measured on 3.7.9); OpenSSL and browsers read both. Uses GnuTLS's X.509 functions.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <string.h>

#include "whytls/ascii.h"

enum { SUBTREES_MAX = 1024 }; /* a list that is longer is made up */

typedef int (*subtree_at_fn)(gnutls_x509_name_constraints_t, unsigned, unsigned *,
                             gnutls_datum_t *);

/* Is the comma before `at` a part of a value? It is where an odd number of backslashes stand
 * before. */
static bool is_escaped(const char *text, size_t comma)
{
    size_t n = 0;
    while (n < comma && text[comma - 1 - n] == '\\') {
        n++;
    }
    return n % 2 == 1;
}

/* As RFC 4514 writes a name the root of the tree stands last: "CN=shop,O=Acme" is within "O=Acme".
 */
static bool is_within(const gnutls_datum_t *name, const gnutls_datum_t *tree)
{
    const char *text = (const char *)name->data;
    if (tree->size > name->size) {
        return false;
    }
    size_t at = name->size - tree->size;
    return ascii_equal_nocase(text + at, (const char *)tree->data, tree->size) &&
           (at == 0 || (tree->size > 0 && text[at - 1] == ',' && !is_escaped(text, at - 1)));
}

/* Of the subtrees for whole names: *n_all of them, and true where one has this name in it. */
static bool is_in_any(gnutls_x509_name_constraints_t limits, subtree_at_fn subtree_at,
                      const gnutls_datum_t *name, size_t *n_all)
{
    gnutls_datum_t tree;
    unsigned type = 0;
    bool found = false;
    *n_all = 0;
    for (unsigned i = 0; i < SUBTREES_MAX && subtree_at(limits, i, &type, &tree) >= 0; i++) {
        if (type == GNUTLS_SAN_DN) {
            (*n_all)++;
            found = found || tree.size == 0 || is_within(name, &tree);
        }
    }
    return found;
}

/* A subject that is empty is no name that could break a limit. */
static bool allows_subject(gnutls_x509_name_constraints_t limits, gnutls_x509_crt_t below)
{
    gnutls_datum_t name = {NULL, 0};
    size_t n_permitted = 0, n_excluded = 0;
    bool allowed = true;
    if (gnutls_x509_crt_get_dn3(below, &name, 0) >= 0 && name.size > 0) {
        bool is_permitted =
            is_in_any(limits, gnutls_x509_name_constraints_get_permitted, &name, &n_permitted);
        bool is_excluded =
            is_in_any(limits, gnutls_x509_name_constraints_get_excluded, &name, &n_excluded);
        allowed = (n_permitted == 0 || is_permitted) && !is_excluded;
    }
    gnutls_free(name.data);
    return allowed;
}

/* Does this authority's limit hold for all that is below it? An authority that is self-issued is
 * let pass (RFC 5280 6.1.3 b). -1, or the place of the one that breaks it. */
static int find_beyond(const struct attempt *t, const struct path *p, size_t authority)
{
    gnutls_x509_name_constraints_t limits;
    int broken = -1;
    if (gnutls_x509_name_constraints_init(&limits) < 0) {
        return -1;
    }
    if (gnutls_x509_crt_get_name_constraints(t->pool->nodes[p->nodes[authority]].crt, limits, 0,
                                             NULL) >= 0) {
        for (size_t i = authority; i-- > 0 && broken < 0;) {
            const struct node *node = &t->pool->nodes[p->nodes[i]];
            bool is_let_pass = i > 0 && crt_names_issuer(node->crt, &node->subject);
            broken = is_let_pass || allows_subject(limits, node->crt) ? -1 : (int)i;
        }
    }
    gnutls_x509_name_constraints_deinit(limits);
    return broken;
}

int path_beyond_limit(const struct attempt *t, const struct path *p)
{
    int broken = -1;
    if (!pool_spend(t->pool, work_of_limits(t->pool, p))) {
        return -1;
    }
    for (size_t i = p->n; i-- > 1 && broken < 0;) {
        broken = find_beyond(t, p, i);
    }
    return broken;
}
