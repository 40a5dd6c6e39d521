/*
 * test_chain.c - chain_judge names what is wrong with a chain, and nothing else: one story a test.
 * The rules for one certificate are in test_chain_rules.c, several faults in test_chain_sets.c.
 * SPDX-License-Identifier: MIT
 */
#include "unit/chain_ask.h"

/* ---- what works ------------------------------------------------------------------------- */

static void test_good_chain(void **state)
{
    (void)state;
    struct chain_answer a = judge((struct ask){.sent = {leaf, middle}});
    assert_good(&a);
    assert_no_note(&a);
    assert_int_equal(a.n_path, 3);
    assert_int_equal(a.path[0].from, CHAIN_FROM_SENT);
    assert_int_equal(a.path[1].index, 1);
    assert_int_equal(a.path[2].from, CHAIN_FROM_ANCHOR);
    assert_int_equal(a.not_before, PKI_FROM);
    assert_int_equal(a.not_after, PKI_UNTIL);
}

static void test_any_order_with_notes(void **state)
{
    (void)state;
    struct pki_cert *low = make_authority((struct pki_spec){.cn = "Low CA", .issuer = middle});
    struct pki_cert *end = make_leaf((struct pki_spec){.issuer = low});
    struct chain_answer a = judge((struct ask){.sent = {end, middle, low}});
    assert_good(&a);
    assert_true(a.is_unordered);
    a = judge((struct ask){.sent = {end, low, middle, low, other_root, root}});
    assert_good(&a);
    assert_false(a.is_unordered);
    assert_true(a.has_unused);
    a = judge((struct ask){.sent = {end, low, middle, low, root}});
    assert_good(&a);
    assert_false(a.has_unused);
}

static void test_root_sent_is_only_a_note(void **state)
{
    (void)state;
    struct chain_answer a = judge((struct ask){.sent = {leaf, middle, root}});
    assert_good(&a);
    assert_false(a.has_unused);
    a = judge((struct ask){.sent = {leaf, root, middle}});
    assert_good(&a);
    assert_true(a.is_unordered);
}

/* The tail that broke the web in September 2021: an old cross-sign of a root that is trusted. */
static void test_expired_cross_sign_does_no_harm(void **state)
{
    (void)state;
    struct pki_cert *old = make_authority(
        (struct pki_spec){.cn = "Old Root", .from = PKI_FROM - 9, .until = PKI_FROM});
    struct pki_cert *cross = make_authority((struct pki_spec){
        .cn = "Root", .same_key = root, .issuer = old, .from = PKI_FROM - 9, .until = PKI_FROM});
    struct chain_answer a =
        judge((struct ask){.sent = {leaf, middle, cross}, .anchors = {root, old}});
    assert_good(&a);
    assert_true(a.has_unused);
    a = judge((struct ask){.sent = {leaf, middle, cross, old}, .anchors = {root}});
    assert_good(&a);
    /* An old computer knows only the old root: for it, the date is the fault, and at the tail. */
    a = judge((struct ask){.sent = {leaf, middle, cross}, .anchors = {old}});
    assert_one(&a, CHAIN_CHANGE_DATE, 2);
}

static void test_live_cross_sign_helps_old_computers(void **state)
{
    (void)state;
    struct pki_cert *cross =
        make_authority((struct pki_spec){.cn = "Root", .same_key = root, .issuer = other_root});
    struct chain_answer a = judge((struct ask){.sent = {leaf, middle, cross}});
    assert_good(&a);
    assert_no_note(&a);
    a = judge((struct ask){.sent = {leaf, middle, cross}, .anchors = {other_root}});
    assert_good(&a);
    assert_int_equal(a.n_path, 4);
    /* Two authorities that vouch for each other and for nobody else: no endless walk. */
    struct pki_cert *back = make_authority(
        (struct pki_spec){.cn = "Other Root", .same_key = other_root, .issuer = root});
    a = judge((struct ask){.sent = {leaf, middle, cross, back}, .no_anchors = true});
    assert_one(&a, CHAIN_CHANGE_ADD_ROOT, 3);
    assert_true(a.is_incomplete);
}

static void test_anchors_are_judged_by_date_only(void **state)
{
    (void)state;
    struct pki_cert *weak = make_authority(
        (struct pki_spec){.cn = "Weak Root", .key = PKI_RSA_1024, .digest = GNUTLS_DIG_SHA1});
    struct pki_cert *end = make_leaf((struct pki_spec){.issuer = weak});
    struct chain_answer a = judge((struct ask){.sent = {end}, .anchors = {weak}});
    assert_good(&a);
    struct pki_cert *old =
        make_authority((struct pki_spec){.cn = "Old Root", .from = 1000, .until = 2000});
    end = make_leaf((struct pki_spec){.issuer = old});
    a = judge((struct ask){.sent = {end}, .anchors = {old}});
    assert_one(&a, CHAIN_CHANGE_DATE, 1);
    struct pki_cert *renewed = make_authority((struct pki_spec){.cn = "Old Root", .same_key = old});
    a = judge((struct ask){.sent = {end, old}, .anchors = {old, renewed}});
    assert_good(&a);
    struct pki_cert *v1 = pki_make((struct pki_spec){.cn = "V1 Root", .version = 1});
    end = make_leaf((struct pki_spec){.issuer = v1});
    a = judge((struct ask){.sent = {end}, .anchors = {v1}});
    assert_good(&a);
}

static void test_self_signed_leaf(void **state)
{
    (void)state;
    struct pki_cert *own = pki_make((struct pki_spec){.cn = name, .dns = {name}});
    struct chain_answer a = judge((struct ask){.sent = {own}});
    assert_one(&a, CHAIN_CHANGE_ADD_ROOT, 0);
    assert_false(a.is_incomplete);
    assert_true(a.is_proven);
    assert_no_note(&a);
    assert_int_equal(a.n_path, 1);
    a = judge((struct ask){.sent = {own}, .anchors = {own}});
    assert_good(&a);
    /* Trusted or not, its own dates count: every client looks at those of the leaf. */
    a = judge((struct ask){.sent = {own}, .anchors = {own}, .now = PKI_UNTIL + 1});
    assert_one(&a, CHAIN_CHANGE_DATE, 0);
    a = judge((struct ask){.sent = {own}, .now = PKI_UNTIL + 1});
    assert_int_equal(a.changes, CHAIN_BIT(ADD_ROOT) | CHAIN_BIT(DATE));
}

/* ---- one fault each --------------------------------------------------------------------- */

static void test_dates_are_inclusive(void **state)
{
    (void)state;
    struct ask ask = {.sent = {leaf, middle}, .now = PKI_FROM};
    struct chain_answer a = judge(ask);
    assert_good(&a);
    ask.now = PKI_FROM - 1;
    a = judge(ask);
    assert_one(&a, CHAIN_CHANGE_DATE, 0);
    assert_true(a.is_proven);
    ask.now = PKI_UNTIL;
    a = judge(ask);
    assert_good(&a);
    ask.now = PKI_UNTIL + 1;
    a = judge(ask);
    assert_one(&a, CHAIN_CHANGE_DATE, 0);
}

static void test_expired_intermediate(void **state)
{
    (void)state;
    struct pki_cert *dead =
        make_authority((struct pki_spec){.cn = "Dead CA", .issuer = root, .until = PKI_NOW - 1});
    struct pki_cert *end = make_leaf((struct pki_spec){.issuer = dead});
    struct chain_answer a = judge((struct ask){.sent = {end, dead}});
    assert_one(&a, CHAIN_CHANGE_DATE, 1);
    assert_int_equal(a.not_after, PKI_NOW - 1);
    /* Its renewed twin, sent as well, makes it good again. */
    struct pki_cert *fresh =
        make_authority((struct pki_spec){.cn = "Dead CA", .issuer = root, .same_key = dead});
    a = judge((struct ask){.sent = {end, dead, fresh}});
    assert_good(&a);
}

static void test_missing_intermediate(void **state)
{
    (void)state;
    struct chain_answer a = judge((struct ask){.sent = {leaf}});
    assert_one(&a, CHAIN_CHANGE_ADD_ROOT, 0);
    assert_true(a.is_incomplete);
    a = judge((struct ask){.sent = {leaf}, .extra = {other_root, middle}});
    assert_one(&a, CHAIN_CHANGE_ADD_CERTIFICATE, 1);
    assert_true(a.is_proven);
    assert_false(a.is_incomplete);
    assert_int_equal(a.path[1].from, CHAIN_FROM_EXTRA);
    assert_int_equal(a.path[1].index, 1);
    /* What was sent is not paid for again. */
    a = judge((struct ask){.sent = {leaf, middle}, .extra = {middle}});
    assert_good(&a);
}

static void test_unknown_root(void **state)
{
    (void)state;
    struct chain_answer a =
        judge((struct ask){.sent = {leaf, middle, root}, .anchors = {other_root}});
    assert_one(&a, CHAIN_CHANGE_ADD_ROOT, 2);
    assert_false(a.is_incomplete);
    assert_true(a.is_proven);
    a = judge((struct ask){.sent = {leaf, middle}, .anchors = {other_root}});
    assert_one(&a, CHAIN_CHANGE_ADD_ROOT, 1);
    assert_true(a.is_incomplete);
    /* An authority that only bears the same name is not the one. */
    struct pki_cert *namesake = make_authority((struct pki_spec){.cn = "Root"});
    struct pki_cert *blank = make_authority((struct pki_spec){.cn = "Root", .no_key_ids = true});
    a = judge((struct ask){.sent = {leaf, middle}, .anchors = {namesake, blank}});
    assert_one(&a, CHAIN_CHANGE_ADD_ROOT, 1);
}

static void test_leaf_not_first(void **state)
{
    (void)state;
    struct chain_answer a = judge((struct ask){.sent = {middle, leaf}});
    assert_one(&a, CHAIN_CHANGE_ORDER, 0);
    assert_true(a.is_proven);
    assert_int_equal(a.path[0].index, 1);
    assert_true(a.is_unordered);
    /* Two certificates for end users: the first one is what the server says it is. */
    struct pki_cert *wrong = make_leaf((struct pki_spec){.cn = "x", .dns = {"x.example.net"}});
    a = judge((struct ask){.sent = {wrong, leaf, middle}});
    assert_one(&a, CHAIN_CHANGE_NAME, 0);
    assert_true(a.has_unused);
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool is_address, fits;
    } rows[] = {
        {"shop.example.com", false, true},
        {"SHOP.Example.com.", false, true},
        {"www.shop.example.com", false, false},
        {"example.com", false, false},
        {"a.star.example.com", false, true},
        {"a.b.star.example.com", false, false},
        {"star.example.com", false, false},
        {"a.com", false, false},
        {"192.0.2.7", true, true},
        {"192.0.2.8", true, false},
        {"2001:db8:0::1", true, true},
        {"2001:db8::2", true, false},
        {"10.0.0.1", true, false},
        {"", false, true},
    };
    struct pki_cert *many =
        make_leaf((struct pki_spec){.dns = {name, "*.star.example.com", "*.com", "10.0.0.1"},
                                    .ip = {"192.0.2.7", "2001:db8::1"}});
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct chain_answer a = judge((struct ask){
            .sent = {many, middle}, .name = rows[i].name, .is_address = rows[i].is_address});
        if (rows[i].fits) {
            assert_good(&a);
        } else {
            assert_one(&a, CHAIN_CHANGE_NAME, 0);
            assert_true(a.is_proven);
        }
    }
}

/* ---- what can't be judged --------------------------------------------------------------- */

static void test_unreadable(void **state)
{
    (void)state;
    struct pki_cert junk = {.der = {.data = (uint8_t *)"\x30\x03\x02\x01\x05", .len = 5}};
    struct chain_answer a = judge((struct ask){.no_anchors = true});
    assert_false(a.judged);
    a = judge((struct ask){.sent = {&junk, leaf, middle}});
    assert_false(a.judged);
    assert_int_equal(a.changes, 0);
    assert_false(a.acceptable);
    a = judge((struct ask){.sent = {leaf, &junk, middle}});
    assert_good(&a);
}

/* Three storeys of five twins each: more paths than are tried, so "no" would be a guess. */
static void test_too_many_paths_are_not_judged(void **state)
{
    (void)state;
    static const char *const storeys[] = {"A", "B", "C"};
    struct ask ask = {.no_anchors = true, .name = ""};
    struct pki_cert *above = root;
    size_t n = EVIDENCE_MAX_CHAIN;
    for (size_t storey = 0; storey < 3; storey++) {
        struct pki_cert *first = NULL;
        for (size_t i = 0; i < 5; i++) {
            struct pki_cert *one = make_authority(
                (struct pki_spec){.cn = storeys[storey], .issuer = above, .same_key = first});
            ask.sent[--n] = one;
            first = first ? first : one;
        }
        above = first;
    }
    ask.sent[0] = make_leaf((struct pki_spec){.issuer = above});
    struct chain_answer a = judge(ask);
    assert_false(a.judged);
    assert_false(a.acceptable);
    assert_int_equal(a.changes, 0);
    ask.no_anchors = false;
    a = judge(ask);
    assert_good(&a);
}

/* A tangle of namesakes ends, and a path that is good is found in it all the same. */
static void test_tangle_is_bounded(void **state)
{
    (void)state;
    struct ask ask = {.sent = {leaf}, .no_anchors = true};
    for (size_t i = 1; i < EVIDENCE_MAX_CHAIN; i++) {
        ask.sent[i] = pki_make((struct pki_spec){
            .cn = "Middle CA", .issuer = middle, .is_ca = true, .no_key_ids = true});
    }
    struct chain_answer a = judge(ask);
    assert_false(a.acceptable);
    assert_in_range(a.work, a.n_checks, CHAIN_MAX_WORK);
    ask.no_anchors = false;
    ask.sent[EVIDENCE_MAX_CHAIN - 1] = middle;
    a = judge(ask);
    assert_good(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_chain),
        cmocka_unit_test(test_any_order_with_notes),
        cmocka_unit_test(test_root_sent_is_only_a_note),
        cmocka_unit_test(test_expired_cross_sign_does_no_harm),
        cmocka_unit_test(test_live_cross_sign_helps_old_computers),
        cmocka_unit_test(test_anchors_are_judged_by_date_only),
        cmocka_unit_test(test_self_signed_leaf),
        cmocka_unit_test(test_dates_are_inclusive),
        cmocka_unit_test(test_expired_intermediate),
        cmocka_unit_test(test_missing_intermediate),
        cmocka_unit_test(test_unknown_root),
        cmocka_unit_test(test_leaf_not_first),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_too_many_paths_are_not_judged),
        cmocka_unit_test(test_tangle_is_bounded),
    };
    return cmocka_run_group_tests(tests, set_up, pki_tear_down);
}
