/*
 * pool.c - every certificate of a question once, and who signed whom: what costs time is looked at
 * only when a path needs it. Uses GnuTLS's X.509 functions.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <assert.h>
#include <string.h>

#include "whytls/ascii.h"

/* ---- filling ---------------------------------------------------------------------------- */

static int pool_find(const struct pool *pool, const struct blob *der)
{
    for (size_t i = 0; i < pool->n; i++) {
        if (blob_equal(pool->nodes[i].der, der)) {
            return (int)i;
        }
    }
    return -1;
}

static void node_identify(struct node *node)
{
    size_t n = sizeof node->key_id;
    if (gnutls_x509_crt_get_raw_dn(node->crt, &node->subject) < 0) {
        node->subject = (gnutls_datum_t){NULL, 0};
    }
    node->has_key_id =
        gnutls_x509_crt_get_key_id(node->crt, GNUTLS_KEYID_USE_SHA256, node->key_id, &n) >= 0;
}

/* The node of these bytes, made where it is new; -1 where they can't be read as a certificate. */
static int pool_add(struct pool *pool, const struct blob *der)
{
    if (!der || der->len == 0) {
        return -1;
    }
    int found = pool_find(pool, der);
    if (found >= 0 || pool->n == POOL_MAX) {
        return found;
    }
    struct node *node = &pool->nodes[pool->n];
    *node =
        (struct node){.crt = crt_import(der), .der = der, .sent = -1, .extra = -1, .anchor = -1};
    if (!node->crt) {
        return -1;
    }
    node_identify(node);
    return (int)pool->n++;
}

static void keep_first(int *slot, size_t index)
{
    if (*slot < 0) {
        *slot = (int)index;
    }
}

void pool_init(struct pool *pool, const struct chain_question *q)
{
    memset(pool, 0, sizeof *pool);
    pool->work_left = CHAIN_MAX_WORK;
    for (size_t i = 0; i < q->n_sent && i < EVIDENCE_MAX_CHAIN; i++) {
        pool->sent[i] = pool_add(pool, q->sent[i]);
        if (pool->sent[i] >= 0) {
            keep_first(&pool->nodes[pool->sent[i]].sent, i);
        }
    }
    for (size_t i = 0; i < q->n_extra && i < CHAIN_MAX_EXTRA; i++) {
        int node = pool_add(pool, q->extra[i]);
        if (node >= 0) {
            keep_first(&pool->nodes[node].extra, i);
        }
    }
    for (size_t i = 0; i < q->n_anchors && i < EVIDENCE_MAX_ANCHORS; i++) {
        int node = pool_add(pool, &q->anchors[i].der);
        if (node >= 0) {
            keep_first(&pool->nodes[node].anchor, i);
        }
    }
}

void pool_fini(struct pool *pool)
{
    for (size_t i = 0; i < pool->n; i++) {
        gnutls_x509_crt_deinit(pool->nodes[i].crt);
        gnutls_free(pool->nodes[i].subject.data);
    }
    pool->n = 0;
}

/* ---- who signed whom -------------------------------------------------------------------- */

unsigned verify_list(const gnutls_x509_crt_t *list, size_t n, const gnutls_x509_crt_t *authority,
                     unsigned flags)
{
    unsigned status = 0;
    if (gnutls_x509_crt_list_verify(list, (unsigned)n, authority, authority ? 1 : 0, NULL, 0,
                                    VERIFY_FLAGS | flags, &status) < 0) {
        return GNUTLS_CERT_INVALID;
    }
    /* Strength is our own rule, so a policy of this computer must not decide it here. */
    return status & ~(unsigned)GNUTLS_CERT_INSECURE_ALGORITHM;
}

static bool is_pss(gnutls_x509_crt_t crt)
{
    int algorithm = gnutls_x509_crt_get_signature_algorithm(crt);
    return gnutls_sign_get_pk_algorithm(algorithm) == GNUTLS_PK_RSA_PSS;
}

/* Text by text, whatever the string types, the letters' case and the blanks (RFC 5280 7.1). */
static bool is_same_text(const gnutls_datum_t *a, const gnutls_datum_t *b)
{
    const char *x = (const char *)a->data, *y = (const char *)b->data;
    while (*x && *y) {
        if (*x == ' ' && *y == ' ') {
            x += strspn(x, " ");
            y += strspn(y, " ");
        } else if (ascii_tolower(*x++) != ascii_tolower(*y++)) {
            return false;
        }
    }
    return *x == *y;
}

/* The names are equal by RFC 5280, but not byte by byte as GnuTLS wants them. */
static bool is_named_nearly(gnutls_x509_crt_t child, const struct node *issuer)
{
    gnutls_datum_t wanted = {NULL, 0}, name = {NULL, 0};
    bool nearly = !crt_names_issuer(child, &issuer->subject) &&
                  gnutls_x509_crt_get_issuer_dn2(child, &wanted) >= 0 &&
                  gnutls_x509_crt_get_dn2(issuer->crt, &name) >= 0 && wanted.size > 0 &&
                  is_same_text(&wanted, &name);
    gnutls_free(wanted.data);
    gnutls_free(name.data);
    return nearly;
}

enum edge crt_edge(gnutls_x509_crt_t child, gnutls_x509_crt_t issuer)
{
    if (!gnutls_x509_crt_check_issuer(child, issuer)) {
        return EDGE_NONE;
    }
    if (work_of_key(issuer) > WORK_KEY_MAX) {
        return EDGE_UNKNOWN; /* no client that we know works with such a key */
    }
    unsigned status = verify_list(&child, 1, &issuer,
                                  GNUTLS_VERIFY_DISABLE_CA_SIGN | GNUTLS_VERIFY_DO_NOT_ALLOW_SAME |
                                      GNUTLS_VERIFY_IGNORE_UNKNOWN_CRIT_EXTENSIONS);
    if (status & GNUTLS_CERT_SIGNATURE_FAILURE) {
        /* GnuTLS wants a PSS salt as long as the hash; RFC 4055 3.1 allows others. */
        return is_pss(child) ? EDGE_UNKNOWN : EDGE_BROKEN;
    }
    /* INVALID with no reason: an algorithm or a key that GnuTLS does not know. */
    return status == GNUTLS_CERT_INVALID ? EDGE_UNKNOWN : EDGE_GOOD;
}

bool pool_spend(struct pool *pool, unsigned work)
{
    if (pool->work_left < work) {
        pool->gave_up = true;
        return false;
    }
    pool->work_left -= work;
    return true;
}

static bool spend_check(struct pool *pool, size_t child, size_t issuer)
{
    bool may = pool_spend(pool, work_of_check(&pool->nodes[child], &pool->nodes[issuer]));
    pool->n_checks += may;
    return may;
}

/* A key that no client that we know works with is not used: what it signed is not known. */
static enum edge check_edge(struct pool *pool, size_t child, size_t issuer)
{
    bool is_costly = work_of_issuer(&pool->nodes[issuer]) > WORK_KEY_MAX;
    if (is_costly || !spend_check(pool, child, issuer)) {
        return EDGE_UNKNOWN;
    }
    return crt_edge(pool->nodes[child].crt, pool->nodes[issuer].crt);
}

enum edge pool_edge(struct pool *pool, size_t child, size_t issuer)
{
    assert(child < pool->n && issuer < pool->n);
    uint8_t *edge = &pool->edges[child][issuer];
    if (*edge != EDGE_UNTRIED) {
        return *edge;
    }
    gnutls_x509_crt_t c = pool->nodes[child].crt, i = pool->nodes[issuer].crt;
    if (!gnutls_x509_crt_check_issuer(c, i)) {
        *edge = is_named_nearly(c, &pool->nodes[issuer]) ? EDGE_UNKNOWN : EDGE_NONE;
    } else {
        *edge = check_edge(pool, child, issuer);
    }
    return *edge;
}

bool pool_is_authority(struct pool *pool, size_t child, size_t issuer, bool is_top)
{
    uint8_t *kept = &pool->nodes[issuer].authority[is_top];
    gnutls_x509_crt_t c = pool->nodes[child].crt, i = pool->nodes[issuer].crt;
    /* Version 1 has no basic constraints: good for a root, not in between. */
    unsigned flags = is_top ? 0 : GNUTLS_VERIFY_DO_NOT_ALLOW_X509_V1_CA_CRT;
    if (*kept == EDGE_UNTRIED && spend_check(pool, child, issuer)) {
        *kept = verify_list(&c, 1, &i, flags) & GNUTLS_CERT_SIGNER_NOT_CA ? EDGE_NONE : EDGE_GOOD;
    }
    return *kept != EDGE_NONE;
}

bool pool_spend_path(struct pool *pool, const struct path *p)
{
    if (!pool_spend(pool, work_of_limits(pool, p))) {
        return false;
    }
    for (size_t i = 0; i + 1 < p->n; i++) {
        if (!spend_check(pool, p->nodes[i], p->nodes[i + 1])) {
            return false;
        }
    }
    return p->n > 1 || spend_check(pool, p->nodes[0], p->nodes[0]);
}

bool pool_is_self_signed(struct pool *pool, size_t node)
{
    /* Unknown too: some old roots are signed with MD2, and nobody checks a root's own signature. */
    enum edge own = pool_edge(pool, node, node);
    return own == EDGE_GOOD || own == EDGE_UNKNOWN;
}

bool pool_is_same_key(const struct pool *pool, size_t a, size_t b)
{
    const struct node *x = &pool->nodes[a], *y = &pool->nodes[b];
    return a == b || (x->has_key_id && y->has_key_id && x->subject.size == y->subject.size &&
                      memcmp(x->key_id, y->key_id, sizeof x->key_id) == 0 &&
                      (x->subject.size == 0 ||
                       memcmp(x->subject.data, y->subject.data, x->subject.size) == 0));
}

/* ---- what the checks ask of one certificate ---------------------------------------------- */
