/*
 * test_chain_sets.c - several faults at once: chain_judge names each of them and no other.
 * All 2,048 sets of changes are made for real, in a chain of four. As each set with one member less
 * is tried too, and gives just that one less, each answer is minimal: nothing in it can be spared.
 * SPDX-License-Identifier: MIT
 */
#include "unit/statements.h"

#include "whytls/chain.h"

#define HAS(set, ident) (((set)&CHAIN_BIT(ident)) != 0)
#define IN_LEAF                                                                                    \
    (CHAIN_BIT(DATE) | CHAIN_BIT(PURPOSE) | CHAIN_BIT(KEY) | CHAIN_BIT(SIGNATURE) |                \
     CHAIN_BIT(STAPLE) | CHAIN_BIT(RULES))

enum { N_SETS = 1 << CHAIN_CHANGE_COUNT };

static struct pki_cert *root, *upper, *lower, *leaves[N_SETS];
static struct statement revoked[N_SETS];

/* One leaf for each set of faults that a leaf can have by itself. */
static const struct blob *leaf_with(unsigned set)
{
    set &= IN_LEAF;
    if (!leaves[set]) {
        leaves[set] = pki_make((struct pki_spec){
            .cn = "shop.example.com",
            .dns = {"shop.example.com"},
            .issuer = lower,
            .until = HAS(set, DATE) ? PKI_NOW - 1 : 0,
            .purpose = HAS(set, PURPOSE) ? GNUTLS_KP_TLS_WWW_CLIENT : NULL,
            .key = HAS(set, KEY) ? PKI_RSA_1024 : PKI_P256,
            .digest = HAS(set, SIGNATURE) ? GNUTLS_DIG_SHA1 : GNUTLS_DIG_SHA256,
            .must_staple = HAS(set, STAPLE),
            .critical_oid = HAS(set, RULES) ? PKI_UNKNOWN_OID : NULL,
        });
    }
    return &leaves[set]->der;
}

/* What its issuer says of that leaf: that it was called back. */
static const struct statement *word_on(unsigned set)
{
    (void)leaf_with(set);
    set &= IN_LEAF;
    if (!revoked[set].der.data) {
        revoked[set] = say_by_ocsp(leaves[set], lower, LAB_WORD_REVOKED, PKI_NOW);
    }
    return &revoked[set];
}

static struct chain_answer judge_with(unsigned set)
{
    const struct anchor anchor = {.der = root->der};
    struct chain_question q = {
        .sent = {leaf_with(set), &lower->der, &upper->der},
        .n_sent = HAS(set, ADD_CERTIFICATE) ? 2 : 3,
        .extra = {&upper->der},
        .n_extra = 1,
        .anchors = &anchor,
        .n_anchors = HAS(set, ADD_ROOT) ? 0 : 1,
        .name = HAS(set, NAME) ? "other.example.com" : "shop.example.com",
        .told = {HAS(set, REVOCATION) ? word_on(set) : NULL},
        .n_told = HAS(set, REVOCATION),
        .may_expect_staple = true,
        .now = PKI_NOW,
    };
    if (HAS(set, ORDER)) {
        q.sent[1] = q.sent[0];
        q.sent[0] = &lower->der;
    }
    struct chain_answer a;
    chain_judge(&q, &a);
    return a;
}

/*
 * Out of order and with no name that fits, nothing says which certificate is the leaf: the answer
 * may then be a smaller set than the one that was made.
 */
static bool has_no_leaf(unsigned set)
{
    return HAS(set, ORDER) && HAS(set, NAME);
}

static void test_every_set_is_named(void **state)
{
    (void)state;
    for (unsigned set = 0; set < N_SETS; set++) {
        struct chain_answer a = judge_with(set);
        assert_true(a.judged);
        assert_true(a.is_proven);
        assert_int_equal(a.acceptable, a.changes == 0);
        if (has_no_leaf(set)) {
            assert_true(__builtin_popcount(a.changes) <= __builtin_popcount(set));
            assert_false(a.acceptable);
            continue;
        }
        assert_int_equal(a.changes, set);
        for (unsigned i = 0; i < CHAIN_CHANGE_COUNT; i++) {
            assert_int_equal(a.at[i] >= 0, set >> i & 1);
            assert_true(a.at[i] < (int)a.n_path);
        }
    }
}

/* Law 1: the same question gives the same answer. */
static void test_same_answer_again(void **state)
{
    (void)state;
    for (unsigned set = 0; set < N_SETS; set += 37) {
        struct chain_answer a = judge_with(set), b = judge_with(set);
        assert_int_equal(a.changes, b.changes);
        assert_int_equal(a.n_path, b.n_path);
        assert_memory_equal(a.at, b.at, sizeof a.at);
        assert_string_equal(a.rule, b.rule);
    }
}

/* Two paths with one fault each: the likelier one is told. */
static void test_likelier_of_equals(void **state)
{
    (void)state;
    struct pki_cert *twin_dead = pki_make((struct pki_spec){.cn = "Lower",
                                                            .same_key = lower,
                                                            .issuer = root,
                                                            .is_ca = true,
                                                            .usage = GNUTLS_KEY_KEY_CERT_SIGN,
                                                            .until = PKI_NOW - 1});
    const struct anchor anchor = {.der = root->der};
    struct chain_question q = {
        .sent = {leaf_with(0), &lower->der, &twin_dead->der},
        .n_sent = 3,
        .extra = {&upper->der},
        .n_extra = 1,
        .anchors = &anchor,
        .n_anchors = 1,
        .now = PKI_NOW,
    };
    struct chain_answer a;
    chain_judge(&q, &a);
    assert_int_equal(a.changes, CHAIN_BIT(DATE));
    q.n_sent = 2;
    chain_judge(&q, &a);
    assert_int_equal(a.changes, CHAIN_BIT(ADD_CERTIFICATE));
}

static void test_ids_and_words(void **state)
{
    (void)state;
    for (unsigned i = 0; i < CHAIN_CHANGE_COUNT; i++) {
        assert_true(chain_change_id(i)[0] != '\0');
        assert_true(chain_change_words(i)[0] != '\0');
    }
    assert_string_equal(chain_change_id(CHAIN_CHANGE_ADD_ROOT), "add-root");
    assert_string_equal(chain_change_id(CHAIN_CHANGE_COUNT), "");
}

static int set_up(void **state)
{
    (void)state;
    struct pki_spec authority = {
        .cn = "Root", .is_ca = true, .usage = GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN};
    root = pki_make(authority);
    authority.cn = "Upper";
    authority.issuer = root;
    upper = pki_make(authority);
    authority.cn = "Lower";
    authority.issuer = upper;
    lower = pki_make(authority);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_SETS; i++) {
        blob_fini(&revoked[i].der);
    }
    pki_free_all();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_set_is_named),
        cmocka_unit_test(test_same_answer_again),
        cmocka_unit_test(test_likelier_of_equals),
        cmocka_unit_test(test_ids_and_words),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
