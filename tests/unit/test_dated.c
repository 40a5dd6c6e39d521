/*
 * test_dated.c - rules_violated: which dated rules of other programs a chain violates, and whose
 * they are.
 * SPDX-License-Identifier: MIT
 */
#include "unit/chain_ask.h"
#include "unit/scts.h"

enum { DAY_S = 86400 };
#define CUT (PKI_FROM + 100 * DAY_S)

/* A story: a leaf under an authority, and rules about that one. */
struct story {
    int64_t from, until, sct; /* of the leaf; sct 0: it has none */
    const struct pki_cert *issuer;
    const struct pki_cert *sent[4];    /* besides the leaf; none: middle */
    const struct pki_cert *anchors[3]; /* none: root */
    enum anchor_source source;
    const struct dated_rule *rules;
    size_t n_rules;
    int64_t now; /* 0: PKI_NOW */
};

static struct rule_hit hits[RULE_MAX_HITS];
static struct chain_answer plain; /* what chain_judge said with no root programs */

static struct pki_cert *story_leaf(const struct story *s)
{
    struct buf b;
    buf_init(&b, 256);
    gnutls_datum_t scts = two_scts(&b, s->sct, s->sct + 60);
    struct pki_cert *end = make_leaf((struct pki_spec){.from = s->from,
                                                       .until = s->until,
                                                       .issuer = s->issuer,
                                                       .raw_scts = s->sct ? &scts : NULL});
    buf_fini(&b);
    return end;
}

static size_t violation(struct story s)
{
    struct anchor anchors[3] = {{.source = s.source}};
    struct pki_cert *end = story_leaf(&s);
    struct chain_question q = {.name = name,
                               .now = s.now ? s.now : PKI_NOW,
                               .anchors = anchors,
                               .rules = s.rules,
                               .n_rules = s.n_rules};
    if (!s.sent[0])
        s.sent[0] = middle;
    if (!s.anchors[0])
        s.anchors[0] = root;
    q.sent[q.n_sent++] = &end->der;
    for (size_t i = 0; i < 4 && s.sent[i]; i++)
        q.sent[q.n_sent++] = &s.sent[i]->der;
    for (; q.n_anchors < 3 && s.anchors[q.n_anchors]; q.n_anchors++)
        anchors[q.n_anchors] =
            (struct anchor){.der = s.anchors[q.n_anchors]->der, .source = s.source};
    chain_judge(&q, &plain);
    return rules_violated(&q, &plain, hits);
}

static struct dated_rule distrust_of(const struct pki_cert *ca, enum dated_since since)
{
    struct dated_rule rule = {.kind = DATED_DISTRUST,
                              .keeps = {[ROOT_PROGRAM_CHROME] = true},
                              .since = since,
                              .date = since == DATED_SINCE_ALWAYS ? 0 : CUT};
    struct cert_info ca_info;
    assert_true(cert_describe(&ca->der, &ca_info));
    memcpy(rule.root, ca_info.key_sha256, sizeof rule.root);
    return rule;
}

static void test_distrusted_since_issue(void **state)
{
    (void)state;
    struct dated_rule rule = distrust_of(root, DATED_SINCE_ISSUED);
    assert_int_equal(violation((struct story){.from = CUT - 1, .rules = &rule, .n_rules = 1}), 0);
    assert_int_equal(violation((struct story){.from = CUT, .rules = &rule, .n_rules = 1}), 1);
    assert_good(&plain); /* this computer's list still has it */
    assert_int_equal(hits[0].root_programs, ROOT_PROGRAM_BIT(CHROME));
    assert_int_equal(hits[0].place, 2);
    assert_true(hits[0].is_proven);
    rule = distrust_of(other_root, DATED_SINCE_ISSUED);
    assert_int_equal(violation((struct story){.from = CUT, .rules = &rule, .n_rules = 1}), 0);
}

static void test_distrusted_by_certificate(void **state)
{
    (void)state;
    struct dated_rule rule = distrust_of(root, DATED_SINCE_ALWAYS);
    struct cert_info ca_info;
    cert_describe(&root->der, &ca_info);
    memcpy(rule.root, ca_info.sha256, sizeof rule.root);
    assert_int_equal(violation((struct story){.rules = &rule, .n_rules = 1}), 1);
    rule.root[0] = '\0'; /* of no authority in particular: that would be all of them */
    assert_int_equal(violation((struct story){.rules = &rule, .n_rules = 1}), 0);
}

static void test_distrusted_since_timestamp(void **state)
{
    (void)state;
    struct dated_rule rule = distrust_of(root, DATED_SINCE_SCT);
    struct story s = {.from = CUT + DAY_S, .rules = &rule, .n_rules = 1};
    assert_int_equal(violation(s), 0); /* no timestamp: not known */
    s.sct = CUT - 30;                  /* the second one is after the day, the oldest counts */
    assert_int_equal(violation(s), 0);
    s.sct = CUT;
    assert_int_equal(violation(s), 1);
}

/* Whoever puts the authority on the list himself overrules the browser's own rules. */
static void test_added_authority_is_its_owners_matter(void **state)
{
    (void)state;
    struct dated_rule rule = distrust_of(root, DATED_SINCE_ALWAYS);
    struct story s = {.source = ANCHOR_ADDED, .rules = &rule, .n_rules = 1};
    assert_int_equal(violation(s), 0);
    s.source = ANCHOR_GIVEN;
    assert_int_equal(violation(s), 1);
}

static void test_another_way_to_the_top(void **state)
{
    (void)state;
    struct pki_cert *cross =
        make_authority((struct pki_spec){.cn = "Root", .issuer = other_root, .same_key = root});
    struct dated_rule rule = distrust_of(root, DATED_SINCE_ALWAYS);
    struct story s = {.sent = {middle, cross}, .rules = &rule, .n_rules = 1};
    assert_int_equal(violation(s), 1);
    s.anchors[0] = root;
    s.anchors[1] = other_root;
    assert_int_equal(violation(s), 0);
}

static const struct dated_rule lifetimes[] = {
    {.kind = DATED_LIFETIME,
     .keeps = {[ROOT_PROGRAM_CHROME] = true, [ROOT_PROGRAM_EDGE] = true},
     .since = DATED_SINCE_ISSUED,
     .date = PKI_FROM,
     .days = 60},
    {.kind = DATED_LIFETIME,
     .keeps = {[ROOT_PROGRAM_CHROME] = true},
     .since = DATED_SINCE_ISSUED,
     .date = CUT,
     .days = 40},
    {.kind = DATED_LIFETIME,
     .keeps = {[ROOT_PROGRAM_APPLE] = true},
     .since = DATED_SINCE_ISSUED,
     .date = PKI_FROM,
     .days = 90,
     .for_any = true},
};

static size_t live(int64_t from, int days, int64_t sct, enum anchor_source source)
{
    return violation((struct story){.from = from,
                                    .until = from + days * DAY_S,
                                    .sct = sct,
                                    .source = source,
                                    .rules = lifetimes,
                                    .n_rules = 3,
                                    .now = from + DAY_S});
}

static void test_lives_too_long(void **state)
{
    (void)state;
    assert_int_equal(live(PKI_FROM, 60, PKI_FROM, ANCHOR_SHIPPED), 0);
    assert_int_equal(live(PKI_FROM, 61, PKI_FROM, ANCHOR_SHIPPED), 1);
    assert_int_equal(hits[0].root_programs, ROOT_PROGRAM_BIT(CHROME) | ROOT_PROGRAM_BIT(EDGE));
    assert_int_equal(hits[0].rule, 0);
    assert_int_equal(hits[0].place, 0);
    assert_int_equal(live(PKI_FROM - 1, 61, PKI_FROM, ANCHOR_SHIPPED), 0);
    /* The rule of the day is the strictest one; each root program by its own. */
    assert_int_equal(live(CUT, 50, CUT, ANCHOR_SHIPPED), 1);
    assert_int_equal(hits[0].rule, 1);
    assert_int_equal(live(CUT, 91, CUT, ANCHOR_SHIPPED), 3);
}

/* A company's own authority may give what it likes, wherever its root stands; but Apple minds. */
static void test_private_authorities(void **state)
{
    (void)state;
    assert_int_equal(live(PKI_FROM, 80, 0, ANCHOR_SHIPPED), 0);
    assert_int_equal(live(PKI_FROM, 80, PKI_FROM, ANCHOR_ADDED), 0);
    assert_int_equal(live(PKI_FROM, 3650, 0, ANCHOR_ADDED), 1);
    assert_int_equal(hits[0].root_programs, ROOT_PROGRAM_BIT(APPLE));
}

static void test_untrusted_chains_violate_nothing(void **state)
{
    (void)state;
    struct dated_rule rule = distrust_of(root, DATED_SINCE_ALWAYS);
    assert_int_equal(
        violation((struct story){.anchors = {other_root}, .rules = &rule, .n_rules = 1}), 0);
    assert_int_equal(violation((struct story){.rules = NULL, .n_rules = 0}), 0);
}

static void test_two_faults_are_told_apart(void **state)
{
    (void)state;
    struct dated_rule rule = distrust_of(root, DATED_SINCE_ALWAYS);
    struct story s = {.until = PKI_NOW - 1, .rules = &rule, .n_rules = 1};
    assert_int_equal(violation(s), 1);
    assert_int_equal(plain.changes, CHAIN_BIT(DATE));
    assert_true(hits[0].is_proven);
}

static void test_rules_about_an_authority(void **state)
{
    (void)state;
    struct dated_rule rule = distrust_of(root, DATED_SINCE_ISSUED);
    rule.kind = DATED_OCSP_ENDED;
    const struct anchor anchor = {.der = root->der};
    struct chain_question q = {.sent = {&leaf->der, &middle->der},
                               .n_sent = 2,
                               .name = name,
                               .now = PKI_NOW,
                               .anchors = &anchor,
                               .n_anchors = 1,
                               .rules = &rule,
                               .n_rules = 1};
    chain_judge(&q, &plain);
    assert_ptr_equal(rules_about(&q, &plain, DATED_OCSP_ENDED), &rule);
    assert_null(rules_about(&q, &plain, DATED_DISTRUST));
    q.now = rule.date - 1; /* that day has not come */
    assert_null(rules_about(&q, &plain, DATED_OCSP_ENDED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distrusted_since_issue),
        cmocka_unit_test(test_distrusted_by_certificate),
        cmocka_unit_test(test_distrusted_since_timestamp),
        cmocka_unit_test(test_added_authority_is_its_owners_matter),
        cmocka_unit_test(test_another_way_to_the_top),
        cmocka_unit_test(test_lives_too_long),
        cmocka_unit_test(test_private_authorities),
        cmocka_unit_test(test_untrusted_chains_violate_nothing),
        cmocka_unit_test(test_two_faults_are_told_apart),
        cmocka_unit_test(test_rules_about_an_authority),
    };
    return cmocka_run_group_tests(tests, set_up, pki_tear_down);
}
