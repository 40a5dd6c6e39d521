/*
 * revocation.c - what all the signed statements of a question say of a certificate in a path: was
 * it revoked? Uses ocsp.c, crl.c, pool.c.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

static void read_statement(const struct attempt *t, const struct statement *s,
                           gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer, struct standing *out)
{
    const gnutls_datum_t der = {s->der.data, (unsigned)s->der.len};
    const int64_t now = t->q->now;
    if (!pool_spend(t->pool, work_of_statement(s, issuer))) {
        *out = (struct standing){.kind = STANDING_UNCHECKED, .from = s->kind};
        return;
    }
    *out = (struct standing){.kind = STANDING_UNREADABLE, .from = s->kind};
    if (s->kind == STATEMENT_OCSP) {
        ocsp_read(&der, crt, issuer, now, out);
    } else {
        crl_read(&der, crt, issuer, now, out);
    }
}

/* ---- all statements of a question -------------------------------------------------------- */

/* Of several, the one that says most: that it was revoked, then that it was not. */
static int weight_of(enum standing_kind kind)
{
    return kind == STANDING_REVOKED ? 3 : kind == STANDING_GOOD ? 2 : kind != STANDING_NONE;
}

/* A site staples what is said of its own certificate (RFC 8446 4.4.2.1 would allow more; nobody
 * does). */
static void read_statements(const struct attempt *t, struct told *told, bool is_leaf)
{
    gnutls_x509_crt_t subject = t->pool->nodes[told->subject].crt;
    gnutls_x509_crt_t above = told->issuer >= 0 ? t->pool->nodes[told->issuer].crt : NULL;
    if (t->q->staple && is_leaf) {
        read_statement(t, t->q->staple, subject, above, &told->staple);
        told->best = told->staple;
    }
    for (size_t i = 0; i < t->q->n_told; i++) {
        struct standing said;
        read_statement(t, t->q->told[i], subject, above, &said);
        if (weight_of(said.kind) > weight_of(told->best.kind)) {
            told->best = said;
        }
    }
}

const struct told *path_told(const struct attempt *t, const struct path *p, size_t place)
{
    static const struct told none;
    static const struct told unchecked = {.staple.kind = STANDING_UNCHECKED,
                                          .best.kind = STANDING_UNCHECKED};
    struct pool *pool = t->pool;
    int issuer = place + 1 < p->n ? p->nodes[place + 1] : -1;
    if ((!t->q->staple || place > 0) && t->q->n_told == 0) {
        return &none;
    }
    for (size_t i = 0; i < pool->n_told; i++) {
        if (pool->told[i].subject == p->nodes[place] && pool->told[i].issuer == issuer) {
            return &pool->told[i];
        }
    }
    if (pool->n_told == TOLD_MAX) { /* a made-up chain */
        pool->gave_up = true;
        return &unchecked;
    }
    struct told *told = &pool->told[pool->n_told++];
    *told = (struct told){.subject = p->nodes[place], .issuer = issuer};
    read_statements(t, told, place == 0);
    return told;
}
