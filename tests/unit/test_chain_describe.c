/*
 * test_chain_describe.c - what cert_describe says of certificates honest and hostile, and which
 * names they cover.
 * SPDX-License-Identifier: MIT
 */
#include "unit/pki.h"
#include "unit/scts.h"

#include <stdio.h>

#include "whytls/chain.h"
#include "whytls/text.h"

/* A self-signed certificate with a brainpoolP256r1 key, which GnuTLS does not know; made once. */
static const char brainpool_hex[] =
    "308201a230820149a0030201020214547efe098d36d1489d6311dbf2cfb95d0c665544300a06082a8648ce3d"
    "04030230193117301506035504030c0e627261696e706f6f6c2e74657374301e170d32363131323032323231"
    "32355a170d3336313131373232323132355a30193117301506035504030c0e627261696e706f6f6c2e746573"
    "74305a301406072a8648ce3d020106092b24030302080101070342000403aadc31ed2a9b9d0525203423018b"
    "90387df090bc8bed17166afe8e3526a8a264877a25b193279d2547305bf340229875a1fac80af773528dc5ff"
    "3ce82e6b56a36e306c301d0603551d0e04160414632141f813d1eba29fb00256f1d35024251c1cd3301f0603"
    "551d23041830168014632141f813d1eba29fb00256f1d35024251c1cd3300f0603551d130101ff0405300301"
    "01ff30190603551d1104123010820e627261696e706f6f6c2e74657374300a06082a8648ce3d040302034700"
    "304402203cad94129536929df55122a891c03f478e04fdcca3cfb29f2c31e7c9b3b60b440220710595097679"
    "f97d5f77282f9251ab6ee0bb28b7911d42a4e3355923907359e6";

static void assert_all_clean(const struct cert_info *info)
{
    const char *texts[] = {info->subject,    info->subject_org, info->subject_dn, info->issuer,
                           info->issuer_org, info->issuer_dn,   info->serial,     info->sha256,
                           info->key,        info->signature};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(text_is_clean(texts[i], strlen(texts[i])));
    }
    assert_true(info->n_names <= CERT_MAX_NAMES);
    for (size_t i = 0; i < info->n_names; i++) {
        assert_true(text_is_clean(info->names[i], strlen(info->names[i])));
    }
    assert_true(info->n_issuer_urls <= CERT_MAX_URLS);
}

/* Big: not for a small stack. */
static struct cert_info info;

static void describe(const struct pki_cert *c)
{
    assert_true(cert_describe(&c->der, &info));
    assert_all_clean(&info);
}

static void test_plain_leaf(void **state)
{
    (void)state;
    struct pki_cert *ca =
        pki_make((struct pki_spec){.cn = "Test CA", .org = "Tests", .is_ca = true});
    describe(pki_make((struct pki_spec){.cn = "shop.example.com",
                                        .org = "Shop",
                                        .issuer = ca,
                                        .dns = {"shop.example.com", "*.example.com"},
                                        .ip = {"192.0.2.7", "2001:db8::1"},
                                        .ocsp_url = "http://ocsp.example.com/",
                                        .issuer_url = "http://ca.example.com/ca.der"}));
    assert_string_equal(info.subject, "shop.example.com");
    assert_string_equal(info.subject_org, "Shop");
    assert_non_null(strstr(info.subject_dn, "CN=shop.example.com"));
    assert_string_equal(info.issuer, "Test CA");
    assert_string_equal(info.issuer_org, "Tests");
    assert_int_equal(info.n_names, 4);
    assert_string_equal(info.names[0], "shop.example.com");
    assert_string_equal(info.names[2], "192.0.2.7");
    assert_string_equal(info.names[3], "2001:db8::1");
    assert_true(info.has_san);
    assert_int_equal(info.not_before, PKI_FROM);
    assert_int_equal(info.not_after, PKI_UNTIL);
    assert_int_equal(strlen(info.serial), 11);
    assert_int_equal(strlen(info.sha256), 64);
    assert_string_equal(info.key, "P-256");
    assert_string_equal(info.signature, "ECDSA-SHA256");
    assert_false(info.is_ca);
    assert_false(info.is_self_issued);
    assert_false(info.is_self_signed);
    /* The first access description is another one: OCSP. */
    assert_int_equal(info.n_issuer_urls, 1);
    assert_string_equal(info.issuer_urls[0], "http://ca.example.com/ca.der");
    assert_int_equal(info.newest_sct, 0);
}

static void test_self_signed_needs_the_signature(void **state)
{
    (void)state;
    struct pki_cert *own = pki_make((struct pki_spec){.cn = "Own", .is_ca = true});
    describe(own);
    assert_true(info.is_ca && info.is_self_issued && info.is_self_signed);
    describe(pki_corrupt(own));
    assert_true(info.is_self_issued);
    assert_false(info.is_self_signed);
    struct pki_cert *twin =
        pki_make((struct pki_spec){.cn = "Own", .issuer = own, .key = PKI_RSA_2048});
    describe(twin);
    assert_true(info.is_self_issued);
    assert_false(info.is_self_signed);
    assert_string_equal(info.key, "RSA-2048");
}

static void test_name_as_people_write_it(void **state)
{
    (void)state;
    struct pki_cert *ca =
        pki_make((struct pki_spec){.cn = "Shop, Inc. \\ <CA>", .org = "Shop, Inc.", .is_ca = true});
    describe(pki_make((struct pki_spec){.cn = "shop.example.com", .issuer = ca}));
    assert_string_equal(info.issuer, "Shop, Inc. \\ <CA>");
    assert_string_equal(info.issuer_org, "Shop, Inc.");
}

static void test_short_name_falls_back(void **state)
{
    (void)state;
    describe(pki_make((struct pki_spec){.org = "Only Org"}));
    assert_string_equal(info.subject, "Only Org");
    /* An organisation is no common name, whatever it looks like. */
    describe(pki_make((struct pki_spec){.org = "shop.example.com"}));
    assert_false(cert_covers_name(&info, "shop.example.com", false));
    describe(pki_make((struct pki_spec){.cn = "shop.example.com"}));
    assert_false(info.has_san);
    assert_true(cert_covers_name(&info, "shop.example.com", false));
    describe(pki_make((struct pki_spec){.cn = "shop.example.com", .dns = {"x.example"}}));
    assert_false(cert_covers_name(&info, "shop.example.com", false));
    describe(pki_make((struct pki_spec){.cn = "192.0.2.1", .ip = {"192.0.2.2"}}));
    assert_false(cert_covers_name(&info, "192.0.2.1", true));
    assert_true(cert_covers_name(&info, "192.0.2.2", true));
}

static void test_newest_sct(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 1024);
    gnutls_datum_t scts = two_scts(&b, PKI_NOW, PKI_FROM);
    describe(pki_make((struct pki_spec){.cn = "logged.example", .raw_scts = &scts}));
    assert_int_equal(info.newest_sct, PKI_NOW);
    assert_int_equal(info.oldest_sct, PKI_FROM);
    scts.size -= 60;
    describe(pki_make((struct pki_spec){.cn = "logged.example", .raw_scts = &scts}));
    assert_int_equal(info.newest_sct, 0);
    buf_fini(&b);
}

/* ---- hostile names ---------------------------------------------------------------------- */

/* A subjectAltName of n names as DER; the caller frees. one NULL: all different. */
static gnutls_datum_t san_of(size_t n, const char *one, size_t one_len)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    for (size_t i = 0; i < n; i++) {
        char made[32];
        size_t len = one ? one_len : (size_t)snprintf(made, sizeof made, "n%05zu.example.com", i);
        buf_put(&b, (uint8_t[]){0x82, 0x81}, len < 128 ? 1 : 2);
        buf_put(&b, &(uint8_t){(uint8_t)len}, 1);
        buf_put(&b, one ? one : made, len);
    }
    size_t len = b.len;
    uint8_t *der = malloc(len + 5);
    assert_non_null(der);
    memcpy(der, (uint8_t[]){0x30, 0x83, (uint8_t)(len >> 16), (uint8_t)(len >> 8), (uint8_t)len},
           5);
    memcpy(der + 5, b.data, len);
    buf_fini(&b);
    return (gnutls_datum_t){der, (unsigned)len + 5};
}

static struct pki_cert *make_with_san(size_t n, const char *one, size_t one_len)
{
    gnutls_datum_t san = san_of(n, one, one_len);
    struct pki_cert *c = pki_make((struct pki_spec){.cn = "good.example", .raw_san = &san});
    free(san.data);
    return c;
}

static void test_forged_names_are_shown_and_never_match(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
    } forged[] = {
        {"good.example\0.evil.example", 26},
        {"good.example\0", 13},
        {"g\xc3\xb6od.example", 13},
        {"good.example\n", 13},
        {"go*d.example", 12},
        {"*ood.example", 12},
        {"good\xff.example", 13},
        {" good.example", 13},
        {"*.*.example", 11},
        {"*", 1},
        {"\x1b[2Jgood.example", 16},
    };
    for (size_t i = 0; i < sizeof forged / sizeof *forged; i++) {
        struct pki_cert *c = make_with_san(1, forged[i].bytes, forged[i].n);
        describe(c);
        assert_true(info.has_san);
        assert_int_equal(info.n_names, 1);
        assert_false(cert_covers_name(&info, "good.example", false));
        assert_false(cert_der_covers_name(&c->der, "good.example", false));
        assert_false(cert_der_covers_name(&c->der, "a.good.example", false));
    }
    struct pki_cert *c = make_with_san(1, "good.example\0x", 14);
    describe(c);
    assert_string_equal(info.names[0], "good.example<U+0000>x");
}

static void test_address_as_dns_name(void **state)
{
    (void)state;
    struct pki_cert *c = pki_make((struct pki_spec){.cn = "box", .dns = {"192.0.2.7", "box.test"}});
    describe(c);
    assert_string_equal(info.names[0], "DNS:192.0.2.7");
    assert_false(cert_covers_name(&info, "192.0.2.7", true));
    assert_false(cert_der_covers_name(&c->der, "192.0.2.7", true));
    assert_true(cert_covers_name(&info, "box.test", false));
}

static void test_ten_thousand_names(void **state)
{
    (void)state;
    struct pki_cert *c = make_with_san(10000, NULL, 0);
    describe(c);
    assert_int_equal(info.n_names, CERT_MAX_NAMES);
    assert_true(cert_der_covers_name(&c->der, "n09999.example.com", false));
    assert_false(cert_der_covers_name(&c->der, "n10000.example.com", false));
    const struct anchor anchor = {.der = c->der};
    struct chain_question q = {.sent = {&c->der},
                               .n_sent = 1,
                               .anchors = &anchor,
                               .n_anchors = 1,
                               .name = "n09999.example.com",
                               .now = PKI_NOW};
    struct chain_answer a;
    chain_judge(&q, &a);
    assert_true(a.acceptable);
}

/* GnuTLS does not take such certificates at all; then neither do we, and say nothing of them. */
static void test_broken_san_is_no_certificate(void **state)
{
    (void)state;
    gnutls_datum_t san = {(unsigned char *)"\x30\x10\x82\x7fgood.example", 16};
    struct pki_cert *c = pki_make((struct pki_spec){.cn = "good.example", .raw_san = &san});
    assert_false(cert_describe(&c->der, &info));
    assert_false(cert_der_covers_name(&c->der, "good.example", false));
    c = make_with_san(1, "", 0);
    assert_false(cert_describe(&c->der, &info));
}

/* ---- the rules of names ----------------------------------------------------------------- */

static void test_name_rules(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *name;
        bool fits;
    } rows[] = {
        {"a.example", "a.example", true},
        {"A.Example", "a.eXample.", true},
        {"a.example.", "a.example", false},
        {"*.example.com", "a.example.com", true},
        {"*.example.com", "example.com", false},
        {"*.example.com", "a.b.example.com", false},
        {"*.example.com", ".example.com", false},
        {"*.com", "example.com", false},
        {"*.0.2.1", "192.0.2.1", false},
        {"*.xn--bcher-kva.example", "a.xn--bcher-kva.example", true},
        {"host_1.example", "host_1.example", true},
        {"localhost", "localhost", true},
        {"f*.example.com", "foo.example.com", false},
        {"*", "localhost", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cert_info one = {.n_names = 1, .has_san = true};
        text_copy_cut(one.names[0], sizeof(one.names[0]), rows[i].pattern);
        assert_int_equal(cert_covers_name(&one, rows[i].name, false), rows[i].fits);
        struct pki_cert *c = make_with_san(1, rows[i].pattern, strlen(rows[i].pattern));
        assert_int_equal(cert_der_covers_name(&c->der, rows[i].name, false), rows[i].fits);
    }
}

/* A text that is longer than its place must not pass for the shorter name that is left of it. */
static void test_a_cut_name_covers_nothing(void **state)
{
    (void)state;
    char host[256] = "", longer[512];
    for (int i = 0; i < 15; i++)
        strcat(host, "labels7.");
    strcat(host, "example"); /* 127 bytes: what fits into cert_info.subject */
    assert_int_equal(strlen(host), sizeof(((struct cert_info *)0)->subject) - 1);
    snprintf(longer, sizeof(longer), "%s.attacker.example", host);
    struct pki_cert *c = pki_make((struct pki_spec){.cn = longer});
    assert_true(cert_describe(&c->der, &info));
    assert_true(strlen(info.subject) > 0);
    assert_false(cert_covers_name(&info, host, false));
    assert_false(cert_covers_by_subject(&info, host, false));
    assert_false(cert_der_covers_name(&c->der, host, false));
    /* The same in the names for it, where a byte that is written as "<00>" does not fit any more.
     */
    enum { LEN = 250 };
    memset(host, 'a', LEN);
    for (int i = 50; i < LEN; i += 50)
        host[i] = '.';
    host[LEN] = '\0';
    memcpy(longer, host, LEN);
    memcpy(longer + LEN, "\0x", 2);
    c = make_with_san(1, longer, LEN + 2);
    assert_true(cert_describe(&c->der, &info));
    assert_int_equal(info.n_names, 1);
    assert_false(cert_covers_name(&info, host, false));
    assert_false(cert_der_covers_name(&c->der, host, false));
}

/* A common name that is longer than any place for it: the organisation is not taken for it. */
static void test_no_other_part_stands_for_a_huge_common_name(void **state)
{
    (void)state;
    static char huge[1100];
    memset(huge, 'a', sizeof(huge) - 1);
    struct pki_cert *c = pki_make((struct pki_spec){.cn = huge, .org = "shop.example"});
    assert_true(cert_describe(&c->der, &info));
    assert_false(cert_covers_name(&info, "shop.example", false));
}

/* ---- what can't be read, or not judged -------------------------------------------------- */

static void test_no_certificate(void **state)
{
    (void)state;
    static const struct cert_info zero;
    const struct blob none = {NULL, 0}, junk = {(uint8_t *)"\x30\x82\xff\xff", 4};
    memset(&info, 1, sizeof info);
    assert_false(cert_describe(&none, &info));
    assert_memory_equal(&info, &zero, sizeof info);
    memset(&info, 1, sizeof info);
    assert_false(cert_describe(&junk, &info));
    assert_memory_equal(&info, &zero, sizeof info);
}

static void test_unknown_key_is_not_judged(void **state)
{
    (void)state;
    uint8_t der[sizeof brainpool_hex / 2];
    size_t n = sizeof der;
    gnutls_datum_t hex = {(unsigned char *)brainpool_hex, sizeof brainpool_hex - 1};
    assert_int_equal(gnutls_hex_decode(&hex, der, &n), 0);
    struct blob blob = {der, n};
    assert_true(cert_describe(&blob, &info));
    assert_all_clean(&info);
    assert_string_equal(info.subject, "brainpool.test");
    assert_string_equal(info.key, "unknown");
    struct chain_question q = {.sent = {&blob}, .n_sent = 1, .now = info.not_before};
    struct chain_answer a;
    chain_judge(&q, &a);
    assert_false(a.judged);
    assert_false(a.acceptable);
    assert_int_equal(a.changes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_leaf),
        cmocka_unit_test(test_self_signed_needs_the_signature),
        cmocka_unit_test(test_name_as_people_write_it),
        cmocka_unit_test(test_short_name_falls_back),
        cmocka_unit_test(test_newest_sct),
        cmocka_unit_test(test_forged_names_are_shown_and_never_match),
        cmocka_unit_test(test_address_as_dns_name),
        cmocka_unit_test(test_ten_thousand_names),
        cmocka_unit_test(test_broken_san_is_no_certificate),
        cmocka_unit_test(test_name_rules),
        cmocka_unit_test(test_a_cut_name_covers_nothing),
        cmocka_unit_test(test_no_other_part_stands_for_a_huge_common_name),
        cmocka_unit_test(test_no_certificate),
        cmocka_unit_test(test_unknown_key_is_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, pki_tear_down);
}
