/*
 * work.c - what it costs to check a signature, or names against limits, told beforehand from sizes:
 * counted and not timed, so that a case that was too much work stays so on any machine. Uses
 * GnuTLS's X.509 functions and reader. Fuzzed by fuzz_cert.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <gnutls/ocsp.h>

/*
 * The unit is one RSA signature of 2048 bits with the exponent 65537: 45 microseconds with GnuTLS
 * 3.7.9 on a machine of 2020, with all that GnuTLS does around it. The rest was measured there too,
 * and is never less than it costs.
 */
enum {
    UNIT_RSA_BITS = 2048,
    UNIT_EXPONENT_BITS = 17,
    UNIT_BYTES = 16384,      /* to be hashed */
    UNIT_COMPARISONS = 1024, /* of a name with a limit */
    UNIT_LIMITS = 8,         /* to be read */
    P256_WORK = 4,           /* Ed25519 as well */
    P384_WORK = 12,          /* Ed448 as well */
    P521_WORK = 20,
    SUBTREES_TAG = 0xa0, /* permittedSubtrees; excludedSubtrees is the next (RFC 5280) */
};

static unsigned add(unsigned a, unsigned b)
{
    return a > WORK_MAX - b ? WORK_MAX : a + b;
}

/* Rounded up; 64 bits hold the squares of all sizes that fit into a certificate of 4 GiB. */
static unsigned divide(uint64_t amount, uint64_t unit)
{
    uint64_t n = amount / unit + (amount % unit != 0);
    return n > WORK_MAX ? WORK_MAX : (unsigned)n;
}

/* Squaring and multiplying: by the square of the modulus, a bit of the exponent at a time. */
static unsigned work_of_power(uint64_t bits, uint64_t exponent_bits)
{
    const uint64_t unit = (uint64_t)UNIT_RSA_BITS * UNIT_RSA_BITS * UNIT_EXPONENT_BITS;
    if (bits > UINT16_MAX * 64u || exponent_bits > UINT16_MAX * 64u) {
        return WORK_MAX;
    }
    return divide(bits * bits * exponent_bits, unit);
}

static uint64_t bits_of(const gnutls_datum_t *number)
{
    unsigned zeros = 0; /* one in front says that it is not negative */
    while (zeros < number->size && number->data[zeros] == 0) {
        zeros++;
    }
    return (number->size - zeros) * UINT64_C(8);
}

static unsigned work_of_rsa(gnutls_x509_crt_t crt)
{
    gnutls_datum_t m = {NULL, 0}, e = {NULL, 0};
    unsigned work = 1;
    if (gnutls_x509_crt_get_pk_rsa_raw(crt, &m, &e) >= 0) {
        work = work_of_power(bits_of(&m), bits_of(&e));
    }
    gnutls_free(m.data);
    gnutls_free(e.data);
    return work;
}

/* Two powers, with exponents as long as q. */
static unsigned work_of_dsa(gnutls_x509_crt_t crt)
{
    gnutls_datum_t p = {NULL, 0}, q = {NULL, 0}, g = {NULL, 0}, y = {NULL, 0};
    unsigned work = 1;
    if (gnutls_x509_crt_get_pk_dsa_raw(crt, &p, &q, &g, &y) >= 0) {
        work = work_of_power(bits_of(&p), 2 * bits_of(&q));
    }
    gnutls_free(p.data);
    gnutls_free(q.data);
    gnutls_free(g.data);
    gnutls_free(y.data);
    return work;
}

static unsigned work_of_curve(unsigned bits)
{
    return bits <= 256 ? P256_WORK : bits <= 384 ? P384_WORK : P521_WORK;
}

unsigned work_of_key(gnutls_x509_crt_t crt)
{
    unsigned bits = 0;
    switch (gnutls_x509_crt_get_pk_algorithm(crt, &bits)) {
    case GNUTLS_PK_RSA:
    case GNUTLS_PK_RSA_PSS:
        return work_of_rsa(crt);
    case GNUTLS_PK_DSA:
        return work_of_dsa(crt);
    case GNUTLS_PK_EDDSA_ED448:
        return P384_WORK;
    default: /* curves; of what GnuTLS does not know it checks nothing */
        return work_of_curve(bits);
    }
}

static unsigned work_of_bytes(size_t n)
{
    return divide(n, UNIT_BYTES);
}

bool cert_is_costly(const void *der, size_t n)
{
    const struct blob blob = {(uint8_t *)der, n};
    gnutls_x509_crt_t crt = crt_import(&blob);
    bool costly = crt && work_of_key(crt) > WORK_KEY_MAX;
    crt_free(crt);
    return costly;
}

/* ---- in the pool ---------------------------------------------------------------------------- */

unsigned work_of_issuer(struct node *issuer)
{
    if (issuer->key_work == 0) {
        issuer->key_work = work_of_key(issuer->crt);
    }
    return issuer->key_work;
}

unsigned work_of_check(const struct node *child, struct node *issuer)
{
    return add(work_of_issuer(issuer), work_of_bytes(child->der->len));
}

/* The keys of those who may have signed an OCSP answer are in it; which one did is not asked here.
 */
static unsigned work_of_delegates(const struct blob *der)
{
    const gnutls_datum_t bytes = {der->data, (unsigned)der->len};
    gnutls_ocsp_resp_t resp;
    gnutls_x509_crt_t *certs = NULL;
    size_t n = 0;
    unsigned work = 0;
    if (gnutls_ocsp_resp_init(&resp) < 0) {
        return 0;
    }
    if (gnutls_ocsp_resp_import(resp, &bytes) >= 0 &&
        gnutls_ocsp_resp_get_certs(resp, &certs, &n) >= 0) {
        for (size_t i = 0; i < n; i++) {
            work = add(work, work_of_key(certs[i]));
            gnutls_x509_crt_deinit(certs[i]);
        }
        gnutls_free(certs);
    }
    gnutls_ocsp_resp_deinit(resp);
    return work;
}

/* The issuer's key is used for the statement, or for the certificate of the one who signed it. */
unsigned work_of_statement(const struct statement *s, gnutls_x509_crt_t issuer)
{
    unsigned work = work_of_bytes(s->der.len);
    work = add(work, issuer ? work_of_key(issuer) : 0);
    return s->kind == STATEMENT_OCSP ? add(work, work_of_delegates(&s->der)) : work;
}

/* ---- names against limits (RFC 5280 4.2.1.10) ---------------------------------------------- */

static gnutls_datum_t extension_of(gnutls_x509_crt_t crt, const char *oid)
{
    gnutls_datum_t out = {NULL, 0};
    return gnutls_x509_crt_get_extension_by_oid2(crt, oid, 0, &out, NULL) < 0
               ? (gnutls_datum_t){NULL, 0}
               : out;
}

static unsigned count_elements(struct reader list)
{
    struct reader element;
    uint8_t tag;
    unsigned n = 0;
    while (reader_der(&list, &tag, &element)) {
        n++;
    }
    return n;
}

static unsigned count_names(gnutls_x509_crt_t crt)
{
    gnutls_datum_t names = extension_of(crt, "2.5.29.17");
    struct reader r = reader_of(names.data, names.size), list;
    uint8_t tag;
    unsigned n = reader_der(&r, &tag, &list) ? count_elements(list) : 0;
    gnutls_free(names.data);
    return n + 1; /* the common name may be one */
}

static unsigned count_limits(gnutls_x509_crt_t crt)
{
    gnutls_datum_t limits = extension_of(crt, "2.5.29.30");
    struct reader r = reader_of(limits.data, limits.size), both, trees;
    uint8_t tag;
    unsigned n = 0;
    if (reader_der(&r, &tag, &both)) {
        while (reader_der(&both, &tag, &trees)) {
            n += tag == SUBTREES_TAG || tag == SUBTREES_TAG + 1 ? count_elements(trees) : 0;
        }
    }
    gnutls_free(limits.data);
    return n;
}

static void count_both(struct node *node)
{
    if (node->n_names == 0) {
        node->n_names = count_names(node->crt);
        node->n_limits = count_limits(node->crt);
    }
}

/* From the top down, as they are applied: each certificate's limits join those of the ones above
 * (pair by pair), and all of them meet the names of the next one. */
unsigned work_of_limits(struct pool *pool, const struct path *p)
{
    uint64_t limits = 0;
    unsigned work = 0;
    for (size_t i = p->n - 1; i > 0; i--) {
        struct node *above = &pool->nodes[p->nodes[i]], *below = &pool->nodes[p->nodes[i - 1]];
        count_both(above);
        count_both(below);
        work = add(work, divide(limits * above->n_limits, UNIT_COMPARISONS));
        work = add(work, divide(above->n_limits, UNIT_LIMITS));
        limits += above->n_limits;
        work = add(work, divide(limits * below->n_names, UNIT_COMPARISONS));
    }
    return work;
}
