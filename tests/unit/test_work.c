/*
 * test_work.c - chains that are made to cost time: what they would cost is told beforehand, and
 * what is too much is not judged. Work is counted, never timed. The signatures are made up: GnuTLS
 * reckons as long to find that out.
 * SPDX-License-Identifier: MIT
 */
#include "unit/pki.h"

#include <gnutls/abstract.h>
#include <stdio.h>

#include "whytls/chain.h"

enum { SLOW_BITS = 16384, SLOW_EXPONENT = 64, BYTES_MAX = 65536 / 8 };
static const char name[] = "shop.example.com";

/* ---- keys and certificates ----------------------------------------------------------------- */

struct size {
    gnutls_pk_algorithm_t kind;
    unsigned bits, exponent_bits; /* of DSA: of p and q */
};
static const struct size slow = {GNUTLS_PK_RSA, SLOW_BITS, SLOW_EXPONENT};
static const struct size usual = {GNUTLS_PK_RSA, 2048, 17};

/* An odd number of that many bits; `salt` makes it another one. */
static gnutls_datum_t number(uint8_t *out, unsigned bits, uint8_t salt)
{
    unsigned n = (bits + 7) / 8;
    memset(out, 0, n);
    out[0] = (uint8_t)(1u << ((bits - 1) % 8));
    out[n - 1] |= (uint8_t)(salt << 1 | 1);
    return (gnutls_datum_t){out, n};
}

static gnutls_pubkey_t key_of(const struct size *s, uint8_t salt)
{
    static uint8_t a[BYTES_MAX], b[BYTES_MAX], three[1] = {3};
    const gnutls_datum_t g = {three, 1};
    gnutls_datum_t m = number(a, s->bits, 1), e = number(b, s->exponent_bits, salt);
    gnutls_pubkey_t key;
    pki_check(gnutls_pubkey_init(&key));
    if (s->kind == GNUTLS_PK_DSA) {
        pki_check(gnutls_pubkey_import_dsa_raw(key, &m, &e, &g, &g));
    } else {
        pki_check(gnutls_pubkey_import_rsa_raw(key, &m, &e));
    }
    if (s->kind == GNUTLS_PK_RSA_PSS) {
        gnutls_x509_spki_t spki;
        pki_check(gnutls_x509_spki_init(&spki));
        gnutls_x509_spki_set_rsa_pss_params(spki, GNUTLS_DIG_SHA256, 32);
        pki_check(gnutls_pubkey_set_spki(key, spki, 0));
        gnutls_x509_spki_deinit(spki);
    }
    return key;
}

static int key_info(gnutls_privkey_t key, unsigned flags, void *ctx)
{
    (void)key;
    (void)ctx;
    if (flags & GNUTLS_PRIVKEY_INFO_PK_ALGO) {
        return GNUTLS_PK_RSA;
    }
    if (flags & GNUTLS_PRIVKEY_INFO_HAVE_SIGN_ALGO) {
        return 1;
    }
    return flags & GNUTLS_PRIVKEY_INFO_PK_ALGO_BITS ? SLOW_BITS : -1;
}

/* As long as the modulus, and smaller. */
static int sign(gnutls_privkey_t key, gnutls_sign_algorithm_t algorithm, void *ctx, unsigned flags,
                const gnutls_datum_t *data, gnutls_datum_t *out)
{
    const struct size *s = ctx;
    (void)key;
    (void)algorithm;
    (void)flags;
    (void)data;
    out->size = s->bits / 8;
    out->data = gnutls_calloc(1, out->size);
    memset(out->data + 1, 1, out->size - 1);
    return out->data ? 0 : GNUTLS_E_MEMORY_ERROR;
}

/* The name itself first, or what it is within; then made-up ones. */
static gnutls_datum_t numbered(char out[64], const char *first, const char *parent, unsigned i)
{
    int n = i == 0 ? snprintf(out, 64, "%s", first) : snprintf(out, 64, "n%u.%s", i, parent);
    return (gnutls_datum_t){(unsigned char *)out, (unsigned)n};
}

static void add_names(gnutls_x509_crt_t crt, unsigned n)
{
    gnutls_subject_alt_names_t all;
    gnutls_datum_t bytes;
    char one[64];
    pki_check(gnutls_subject_alt_names_init(&all));
    for (unsigned i = 0; i < n; i++) {
        const gnutls_datum_t d = numbered(one, name, "example.com", i);
        pki_check(gnutls_subject_alt_names_set(all, GNUTLS_SAN_DNSNAME, &d, NULL));
    }
    pki_check(gnutls_x509_ext_export_subject_alt_names(all, &bytes));
    pki_check(gnutls_x509_crt_set_extension_by_oid(crt, "2.5.29.17", bytes.data, bytes.size, 0));
    gnutls_free(bytes.data);
    gnutls_subject_alt_names_deinit(all);
}

static void add_limits(gnutls_x509_crt_t crt, unsigned n)
{
    gnutls_x509_name_constraints_t all;
    char one[64];
    pki_check(gnutls_x509_name_constraints_init(&all));
    for (unsigned i = 0; i < n; i++) {
        const gnutls_datum_t d = numbered(one, "example.com", "test", i);
        pki_check(gnutls_x509_name_constraints_add_permitted(all, GNUTLS_SAN_DNSNAME, &d));
    }
    pki_check(gnutls_x509_crt_set_name_constraints(crt, all, 1));
    gnutls_x509_name_constraints_deinit(all);
}

struct made {
    const char *cn;
    const struct size *key, *signed_with;
    gnutls_x509_crt_t issuer; /* NULL: itself */
    unsigned names, limits;
    uint8_t salt;
};

static gnutls_x509_crt_t make(const struct made *m, struct blob *der)
{
    gnutls_x509_crt_t crt;
    gnutls_privkey_t signer;
    gnutls_pubkey_t key = key_of(m->key, m->salt);
    pki_check(gnutls_x509_crt_init(&crt));
    pki_check(gnutls_x509_crt_set_version(crt, 3));
    pki_check(gnutls_x509_crt_set_serial(crt, &m->salt, 1));
    pki_check(gnutls_x509_crt_set_activation_time(crt, PKI_FROM));
    pki_check(gnutls_x509_crt_set_expiration_time(crt, PKI_UNTIL));
    pki_check(gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, m->cn,
                                            (unsigned)strlen(m->cn)));
    pki_check(gnutls_x509_crt_set_pubkey(crt, key));
    pki_check(gnutls_x509_crt_set_basic_constraints(crt, m->names == 0, -1));
    if (m->names) {
        add_names(crt, m->names);
    }
    if (m->limits) {
        add_limits(crt, m->limits);
    }
    pki_check(gnutls_privkey_init(&signer));
    pki_check(gnutls_privkey_import_ext4(signer, (void *)m->signed_with, sign, sign, NULL, NULL,
                                         key_info, 0));
    pki_check(gnutls_x509_crt_privkey_sign(crt, m->issuer ? m->issuer : crt, signer,
                                           GNUTLS_DIG_SHA256, 0));
    gnutls_datum_t bytes;
    pki_check(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &bytes));
    assert_true(blob_set(der, bytes.data, bytes.size));
    gnutls_free(bytes.data);
    gnutls_privkey_deinit(signer);
    gnutls_pubkey_deinit(key);
    return crt;
}

/* ---- judging ------------------------------------------------------------------------------- */

static struct blob chain[EVIDENCE_MAX_CHAIN]; /* leaf first */
static size_t n_chain;

static void tear_down(void)
{
    for (size_t i = 0; i < n_chain; i++) {
        blob_fini(&chain[i]);
    }
    n_chain = 0;
}

/* A leaf under n authorities: each under the next one, or all of one name. */
static void make_chain(const struct size *size, size_t n, bool same_name, unsigned names,
                       unsigned limits)
{
    gnutls_x509_crt_t above = NULL;
    n_chain = n + 1;
    for (size_t i = n; i > 0; i--) {
        char cn[32];
        snprintf(cn, sizeof cn, "CA %zu", same_name ? n : i);
        const struct made m = {.cn = cn,
                               .key = size,
                               .signed_with = size,
                               .issuer = above,
                               .limits = limits,
                               .salt = (uint8_t)i};
        gnutls_x509_crt_t crt = make(&m, &chain[i]);
        if (above) {
            gnutls_x509_crt_deinit(above);
        }
        above = crt;
    }
    const struct made m = {.cn = name,
                           .key = &usual,
                           .signed_with = size,
                           .issuer = above,
                           .names = names,
                           .salt = 99};
    gnutls_x509_crt_deinit(make(&m, &chain[0]));
    gnutls_x509_crt_deinit(above);
}

static struct chain_answer judge(void)
{
    const struct anchor anchor = {.der = chain[n_chain - 1]};
    struct chain_question q = {.name = name, .now = PKI_NOW, .anchors = &anchor, .n_anchors = 1};
    for (; q.n_sent < n_chain; q.n_sent++) {
        q.sent[q.n_sent] = &chain[q.n_sent];
    }
    struct chain_answer a, again;
    chain_judge(&q, &a);
    chain_judge(&q, &again);
    assert_int_equal(a.work, again.work); /* so that a case walks the same anywhere */
    assert_int_equal(a.n_checks, again.n_checks);
    assert_int_equal(a.changes, again.changes);
    assert_int_equal(a.judged, again.judged);
    assert_in_range(a.work, a.n_checks, CHAIN_MAX_WORK);
    return a;
}

static void assert_too_much(const struct chain_answer *a)
{
    assert_true(a->gave_up);
    assert_false(a->judged);
    assert_false(a->acceptable);
    assert_false(a->is_proven);
    assert_false(a->has_unused || a->has_expired_cross_sign);
    assert_int_equal(a->wrong_sent, -1);
}

static void fourteen_slow_authorities_are_too_much(void **state)
{
    (void)state;
    for (int same_name = 0; same_name <= 1; same_name++) {
        make_chain(&slow, 14, same_name, 1, 0);
        struct chain_answer a = judge();
        assert_too_much(&a);
        assert_in_range(a.n_checks, 4, 8); /* of 241 units each */
        tear_down();
    }
}

static void usual_keys_are_not(void **state)
{
    (void)state;
    make_chain(&usual, 5, false, 1, 0);
    struct chain_answer a = judge();
    assert_false(a.gave_up);
    assert_true(a.judged);
    assert_true(a.changes & CHAIN_BIT(INTACT)); /* they are made up, and that was found */
    assert_in_range(a.work, 5, 64);
    tear_down();
}

static void names_against_limits_are_work(void **state)
{
    (void)state;
    make_chain(&usual, 2, false, 100, 50);
    struct chain_answer a = judge();
    assert_false(a.gave_up);
    assert_true(a.judged);
    tear_down();
    make_chain(&usual, 2, false, 2000, 1);
    a = judge();
    assert_false(a.gave_up);
    tear_down();
    make_chain(&usual, 2, false, 2000, 2500);
    a = judge();
    assert_too_much(&a);
    tear_down();
    make_chain(&usual, 3, false, 1, 3000); /* limits join each other, pair by pair */
    a = judge();
    assert_too_much(&a);
    tear_down();
}

/* ---- one key --------------------------------------------------------------------------------- */

static void keys_that_nobody_waits_for(void **state)
{
    static const struct {
        struct size size;
        bool is_costly;
    } rows[] = {
        {{GNUTLS_PK_RSA, 2048, 17}, false},        {{GNUTLS_PK_RSA, 4096, 17}, false},
        {{GNUTLS_PK_RSA, 16384, 17}, false},       {{GNUTLS_PK_RSA, 16384, 64}, false},
        {{GNUTLS_PK_RSA, 2048, 2048}, false},      {{GNUTLS_PK_RSA, 16384, 72}, true},
        {{GNUTLS_PK_RSA, 4096, 4096}, true},       {{GNUTLS_PK_RSA, 16384, 16384}, true},
        {{GNUTLS_PK_RSA, 65536, 17}, true},        {{GNUTLS_PK_RSA_PSS, 2048, 17}, false},
        {{GNUTLS_PK_RSA_PSS, 16384, 16384}, true}, {{GNUTLS_PK_DSA, 2048, 256}, false},
        {{GNUTLS_PK_DSA, 3072, 256}, false},       {{GNUTLS_PK_DSA, 16384, 16384}, true},
    };
    (void)state;
    struct blob above = {0};
    const struct made ca = {.cn = "CA", .key = &usual, .signed_with = &usual, .salt = 1};
    gnutls_x509_crt_t issuer = make(&ca, &above);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct blob der = {0};
        const struct made m = {.issuer = issuer,
                               .cn = name,
                               .key = &rows[i].size,
                               .signed_with = &usual,
                               .names = 1,
                               .salt = 1};
        gnutls_x509_crt_deinit(make(&m, &der));
        if (cert_is_costly(der.data, der.len) != rows[i].is_costly) {
            fail_msg("kind %d of %u and %u bits", (int)rows[i].size.kind, rows[i].size.bits,
                     rows[i].size.exponent_bits);
        }
        blob_fini(&der);
    }
    gnutls_x509_crt_deinit(issuer);
    blob_fini(&above);
    assert_false(cert_is_costly("no certificate", 14));
    const struct pki_cert *curve = pki_make((struct pki_spec){.cn = name});
    assert_false(cert_is_costly(curve->der.data, curve->der.len));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fourteen_slow_authorities_are_too_much),
        cmocka_unit_test(usual_keys_are_not),
        cmocka_unit_test(names_against_limits_are_work),
        cmocka_unit_test(keys_that_nobody_waits_for),
    };
    return cmocka_run_group_tests(tests, NULL, pki_tear_down);
}
