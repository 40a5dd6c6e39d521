/*
 * test_chain_rules.c - chain_judge and the rules for keys, signatures, purposes and authorities.
 * SPDX-License-Identifier: MIT
 */
#include "unit/chain_ask.h"

static void test_weak_keys_and_signatures(void **state)
{
    (void)state;
    struct pki_cert *end = make_leaf((struct pki_spec){.key = PKI_RSA_1024});
    struct chain_answer a = judge((struct ask){.sent = {end, middle}});
    assert_one(&a, CHAIN_CHANGE_KEY, 0);
    end = make_leaf((struct pki_spec){.key = PKI_RSA_2048});
    a = judge((struct ask){.sent = {end, middle}});
    assert_good(&a);
    end = make_leaf((struct pki_spec){.digest = GNUTLS_DIG_SHA1});
    a = judge((struct ask){.sent = {end, middle}});
    assert_one(&a, CHAIN_CHANGE_SIGNATURE, 0);
    assert_true(a.is_proven);
    struct pki_cert *ca = make_authority((struct pki_spec){
        .cn = "Weak CA", .issuer = root, .key = PKI_RSA_1024, .digest = GNUTLS_DIG_SHA1});
    end = make_leaf((struct pki_spec){.issuer = ca});
    a = judge((struct ask){.sent = {end, ca}});
    assert_int_equal(a.changes, CHAIN_BIT(KEY) | CHAIN_BIT(SIGNATURE));
    assert_int_equal(a.at[CHAIN_CHANGE_KEY], 1);
    assert_int_equal(a.at[CHAIN_CHANGE_SIGNATURE], 1);
}

static void test_purposes(void **state)
{
    (void)state;
    static const struct {
        const char *one, *two;
        unsigned usage;
        bool fits;
    } rows[] = {
        {GNUTLS_KP_TLS_WWW_CLIENT, NULL, 0, false},
        {GNUTLS_KP_TLS_WWW_CLIENT, GNUTLS_KP_TLS_WWW_SERVER, 0, true},
        {GNUTLS_KP_ANY, NULL, GNUTLS_KEY_DIGITAL_SIGNATURE, true},
        {GNUTLS_KP_TLS_WWW_SERVER, NULL, GNUTLS_KEY_CRL_SIGN, false},
        {NULL, NULL, GNUTLS_KEY_KEY_ENCIPHERMENT, true},
        {"2.16.840.1.113730.4.1", NULL, 0, false}, /* step-up counts in authorities only */
    };
    struct chain_answer a;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pki_cert *end = make_leaf((struct pki_spec){
            .purpose = rows[i].one, .purpose2 = rows[i].two, .usage = rows[i].usage});
        a = judge((struct ask){.sent = {end, middle}});
        if (rows[i].fits) {
            assert_good(&a);
        } else {
            assert_one(&a, CHAIN_CHANGE_PURPOSE, 0);
        }
    }
    struct pki_cert *mail = make_authority(
        (struct pki_spec){.cn = "Mail CA", .issuer = root, .purpose = GNUTLS_KP_EMAIL_PROTECTION});
    struct pki_cert *end = make_leaf((struct pki_spec){.issuer = mail});
    a = judge((struct ask){.sent = {end, mail}});
    assert_one(&a, CHAIN_CHANGE_PURPOSE, 1);
    struct pki_cert *old = make_authority(
        (struct pki_spec){.cn = "Step CA", .issuer = root, .purpose = "2.16.840.1.113730.4.1"});
    end = make_leaf((struct pki_spec){.issuer = old});
    a = judge((struct ask){.sent = {end, old}});
    assert_good(&a);
}

/* What the handshake asked of the key; Chromium and NSS refuse a key usage that does not fit. */
static void test_key_usage_in_the_handshake(void **state)
{
    (void)state;
    static const struct {
        unsigned usage;
        enum key_use use;
        bool fits;
    } rows[] = {
        {0, KEY_USE_SIGN, true},
        {0, KEY_USE_DECRYPT, true},
        {GNUTLS_KEY_DIGITAL_SIGNATURE, KEY_USE_SIGN, true},
        {GNUTLS_KEY_KEY_ENCIPHERMENT, KEY_USE_SIGN, false},
        {GNUTLS_KEY_KEY_ENCIPHERMENT, KEY_USE_DECRYPT, true},
        {GNUTLS_KEY_DIGITAL_SIGNATURE, KEY_USE_DECRYPT, false},
        {GNUTLS_KEY_KEY_AGREEMENT, KEY_USE_SIGN, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pki_cert *end = make_leaf((struct pki_spec){.usage = rows[i].usage});
        struct chain_answer a = judge((struct ask){.sent = {end, middle}, .key_use = rows[i].use});
        if (rows[i].fits) {
            assert_good(&a);
        } else {
            assert_one(&a, CHAIN_CHANGE_PURPOSE, 0);
        }
    }
}

/* ---- the other rules -------------------------------------------------------------------- */

static void assert_rule(const struct chain_answer *a, int at, const char *word)
{
    assert_one(a, CHAIN_CHANGE_RULES, at);
    assert_non_null(strstr(a->rule, word));
}

static void test_issuer_without_authority(void **state)
{
    (void)state;
    struct pki_cert *no_ca = pki_make((struct pki_spec){.cn = "No CA", .issuer = root});
    struct pki_cert *end = make_leaf((struct pki_spec){.issuer = no_ca});
    struct chain_answer a = judge((struct ask){.sent = {end, no_ca}});
    assert_one(&a, CHAIN_CHANGE_AUTHORITY, 1);
    assert_true(a.is_proven);
    struct pki_cert *no_sign = make_authority(
        (struct pki_spec){.cn = "No Sign", .issuer = root, .usage = GNUTLS_KEY_DIGITAL_SIGNATURE});
    end = make_leaf((struct pki_spec){.issuer = no_sign});
    a = judge((struct ask){.sent = {end, no_sign}});
    assert_one(&a, CHAIN_CHANGE_AUTHORITY, 1);
}

static void test_path_length(void **state)
{
    (void)state;
    struct pki_cert *last =
        make_authority((struct pki_spec){.cn = "Last CA", .issuer = root, .max_below = 1});
    struct pki_cert *end = make_leaf((struct pki_spec){.issuer = last});
    struct chain_answer a = judge((struct ask){.sent = {end, last}});
    assert_good(&a);
    struct pki_cert *below = make_authority((struct pki_spec){.cn = "Below CA", .issuer = last});
    end = make_leaf((struct pki_spec){.issuer = below});
    a = judge((struct ask){.sent = {end, below, last}});
    assert_one(&a, CHAIN_CHANGE_DEPTH, 1);
    assert_true(a.is_proven);
}

/* RFC 5280 4.2.1.9: an authority that signed itself anew, with a new key, is no step. */
static void test_path_length_and_key_rollover(void **state)
{
    (void)state;
    struct pki_cert *old = make_authority((struct pki_spec){.cn = "Roll CA", .max_below = 1});
    struct pki_cert *new =
        make_authority((struct pki_spec){.cn = "Roll CA", .issuer = old, .max_below = 1});
    struct pki_cert *end = make_leaf((struct pki_spec){.issuer = new});
    struct chain_answer a = judge((struct ask){.sent = {end, new}, .anchors = {old}});
    assert_good(&a);
    struct pki_cert *below = make_authority((struct pki_spec){.cn = "Below", .issuer = new});
    end = make_leaf((struct pki_spec){.issuer = below});
    a = judge((struct ask){.sent = {end, below, new}, .anchors = {old}});
    assert_one(&a, CHAIN_CHANGE_DEPTH, 1);
}

static void test_name_constraints(void **state)
{
    (void)state;
    struct pki_cert *inner = make_authority((struct pki_spec){
        .cn = "Inner CA", .issuer = root, .permit_dns = "example.com", .max_below = 1});
    struct pki_cert *end = make_leaf((struct pki_spec){.issuer = inner});
    struct chain_answer a = judge((struct ask){.sent = {end, inner}});
    assert_good(&a);
    end = make_leaf((struct pki_spec){.issuer = inner, .cn = "x", .dns = {"shop.example.net"}});
    a = judge((struct ask){.sent = {end, inner}, .name = "shop.example.net"});
    assert_one(&a, CHAIN_CHANGE_NAME_LIMIT, 0);
}

static void test_unknown_critical_extension(void **state)
{
    (void)state;
    struct pki_cert *end = make_leaf((struct pki_spec){.critical_oid = PKI_UNKNOWN_OID});
    struct chain_answer a = judge((struct ask){.sent = {end, middle}});
    assert_rule(&a, 0, "critical");
    struct pki_cert *own =
        pki_make((struct pki_spec){.cn = name, .dns = {name}, .critical_oid = PKI_UNKNOWN_OID});
    a = judge((struct ask){.sent = {own}, .anchors = {own}});
    assert_rule(&a, 0, "critical");
}

/* Policies bind those who ask for one; GnuTLS does not know them, other clients pass them over. */
static void test_critical_policies_are_no_fault(void **state)
{
    (void)state;
    static const char *const oids[] = {"2.5.29.33", "2.5.29.36", "2.5.29.54"};
    for (size_t i = 0; i < sizeof oids / sizeof *oids; i++) {
        struct pki_cert *bridge = make_authority(
            (struct pki_spec){.cn = "Bridge CA", .issuer = root, .critical_oid = oids[i]});
        struct pki_cert *end = make_leaf((struct pki_spec){.issuer = bridge});
        struct chain_answer a = judge((struct ask){.sent = {end, bridge}});
        assert_good(&a);
    }
}

static void test_broken_signature(void **state)
{
    (void)state;
    struct pki_cert *bad = pki_corrupt(leaf);
    struct chain_answer a = judge((struct ask){.sent = {bad, middle}});
    assert_one(&a, CHAIN_CHANGE_INTACT, 0);
    assert_false(a.is_proven); /* nothing can be changed on our side to make it fit */
    bad = pki_corrupt(middle);
    a = judge((struct ask){.sent = {leaf, bad}});
    assert_one(&a, CHAIN_CHANGE_INTACT, 1);
    /* Only as a last resort: the same certificate unspoilt is there. */
    a = judge((struct ask){.sent = {leaf, bad, middle}});
    assert_good(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weak_keys_and_signatures),
        cmocka_unit_test(test_purposes),
        cmocka_unit_test(test_key_usage_in_the_handshake),
        cmocka_unit_test(test_issuer_without_authority),
        cmocka_unit_test(test_path_length),
        cmocka_unit_test(test_path_length_and_key_rollover),
        cmocka_unit_test(test_name_constraints),
        cmocka_unit_test(test_unknown_critical_extension),
        cmocka_unit_test(test_critical_policies_are_no_fault),
        cmocka_unit_test(test_broken_signature),
    };
    return cmocka_run_group_tests(tests, set_up, pki_tear_down);
}
