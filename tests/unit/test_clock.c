/*
 * test_clock.c - the clock is blamed only where two independent witnesses agree against it and none
 * supports it (doc/design.md, Time).
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "diagnosis/context.h"
#include "whytls/advice.h"
#include "whytls/text.h"

enum { DAY = 86400 };
static const int64_t NOW = 1800000000;

/* A case whose clock is off by skew; witnesses say NOW. */
struct scene {
    struct evidence *ev;
    struct probe *probe;
    struct analysis r;
};

static struct scene begin(int64_t clock)
{
    struct scene s = {.ev = evidence_new()};
    struct settings settings = {.port = 443};
    s.ev->facts.clock = clock;
    s.probe = evidence_add_probe(s.ev, &settings, 0);
    s.probe->outcome.finished = s.probe->outcome.success = true;
    return s;
}

static void witness(struct scene *s, enum witness_kind kind, int64_t time)
{
    s->ev->facts.witnesses[s->ev->facts.n_witnesses++] =
        (struct witness){.kind = kind, .time = time};
}

static void date_header(struct scene *s, int64_t theirs)
{
    s->probe->outcome.http_date = theirs;
    s->probe->outcome.http_date_local = s->ev->facts.clock;
}

/* A chain that is good but for the date, under an authority of this computer's list. */
static void window(struct scene *s, enum anchor_source source, int64_t from, int64_t to)
{
    s->ev->facts.anchors[0].source = source;
    s->ev->facts.n_anchors = 1;
    s->r.chain = (struct chain_answer){
        .judged = true,
        .is_proven = true,
        .changes = CHAIN_BIT(DATE),
        .path = {{CHAIN_FROM_SENT, 0}, {CHAIN_FROM_ANCHOR, 0}},
        .n_path = 2,
        .not_before = from,
        .not_after = to,
    };
}

static void another_host(struct scene *s, const char *address, int64_t theirs)
{
    struct fetch *f = evidence_add_fetch(s->ev, FETCH_KIND_ISSUER, "http://ca.example/ca.crt", "");
    text_copy_cut(f->address, sizeof(f->address), address);
    f->http_date = theirs;
    f->http_date_local = s->ev->facts.clock;
}

/* Weighs and ends the scene. */
static struct analysis weigh(struct scene *s)
{
    s->r.ev = s->ev;
    s->r.clock = s->r.true_time = s->ev->facts.clock;
    s->r.worked = s->probe;
    analysis_weigh_clock(&s->r);
    struct analysis r = s->r;
    evidence_free(s->ev);
    return r;
}

static void test_one_witness_is_not_enough(void **state)
{
    (void)state;
    struct scene s = begin(NOW - 30 * DAY);
    date_header(&s, NOW);
    assert_false(weigh(&s).clock_is_wrong);
    s = begin(NOW - 30 * DAY);
    witness(&s, WITNESS_BUILD_DATE, NOW);
    assert_false(weigh(&s).clock_is_wrong);
}

static void test_two_that_agree_are(void **state)
{
    (void)state;
    struct scene s = begin(NOW - 30 * DAY);
    date_header(&s, NOW);
    witness(&s, WITNESS_BUILD_DATE, NOW - 3 * DAY);
    struct analysis r = weigh(&s);
    assert_true(r.clock_is_wrong);
    assert_int_equal(r.true_time, NOW);
}

static void test_this_computers_own_files_are_one_voice(void **state)
{
    (void)state;
    struct scene s = begin(NOW - 30 * DAY);
    witness(&s, WITNESS_PACKAGES, NOW - DAY);
    witness(&s, WITNESS_TRUST_LIST, NOW - DAY);
    witness(&s, WITNESS_SAVED_TIME, NOW - DAY);
    assert_false(weigh(&s).clock_is_wrong);
}

static void test_a_supporter_saves_the_clock(void **state)
{
    (void)state;
    struct scene s = begin(NOW);
    witness(&s, WITNESS_KERNEL, NOW);
    date_header(&s, NOW - 40 * DAY);
    window(&s, ANCHOR_SHIPPED, NOW - 90 * DAY, NOW - DAY);
    struct analysis r = weigh(&s);
    assert_false(r.clock_is_wrong);
    assert_true(r.clock_is_backed);
}

static void test_an_expired_certificate_alone_never_blames_the_clock(void **state)
{
    (void)state;
    struct scene s = begin(NOW);
    window(&s, ANCHOR_SHIPPED, NOW - 90 * DAY, NOW - DAY);
    assert_false(weigh(&s).clock_is_wrong);
    s = begin(NOW);
    window(&s, ANCHOR_SHIPPED, NOW - 90 * DAY, NOW - DAY);
    date_header(&s, NOW);
    struct analysis r = weigh(&s);
    assert_false(r.clock_is_wrong);
    assert_true(r.clock_is_backed);
}

static void test_ahead_by_the_servers_date_and_the_window(void **state)
{
    (void)state;
    struct scene s = begin(NOW + 400 * DAY);
    date_header(&s, NOW);
    window(&s, ANCHOR_SHIPPED, NOW - 10 * DAY, NOW + 80 * DAY);
    struct analysis r = weigh(&s);
    assert_true(r.clock_is_wrong);
    assert_int_equal(r.true_time, NOW);
}

/* Its clock is ahead, and it made its own certificate: one witness, who is wrong. */
static void test_a_device_that_signs_for_itself_is_one_witness(void **state)
{
    (void)state;
    struct scene s = begin(NOW);
    date_header(&s, NOW + 400 * DAY);
    window(&s, ANCHOR_GIVEN, NOW + 390 * DAY, NOW + 800 * DAY);
    assert_false(weigh(&s).clock_is_wrong);
    s = begin(NOW);
    date_header(&s, NOW - 30 * DAY);
    window(&s, ANCHOR_SHIPPED, NOW - 90 * DAY, NOW - DAY);
    s.r.chain.path[1].from = CHAIN_FROM_SENT; /* signed by itself */
    assert_false(weigh(&s).clock_is_wrong);
}

static void test_a_public_authority_dates_nothing_ahead(void **state)
{
    (void)state;
    struct scene s = begin(NOW - 30 * DAY);
    date_header(&s, NOW);
    window(&s, ANCHOR_SHIPPED, NOW - 10 * DAY, NOW + 80 * DAY);
    assert_true(weigh(&s).clock_is_wrong);
}

static void test_two_names_on_one_machine_are_one_witness(void **state)
{
    (void)state;
    struct scene s = begin(NOW);
    TEXT_SET(s.probe->settings.address, "192.0.2.1");
    date_header(&s, NOW + 400 * DAY);
    another_host(&s, "192.0.2.1", NOW + 400 * DAY);
    assert_false(weigh(&s).clock_is_wrong);
    s = begin(NOW);
    TEXT_SET(s.probe->settings.address, "192.0.2.1");
    date_header(&s, NOW + 400 * DAY);
    another_host(&s, "192.0.2.2", NOW + 400 * DAY);
    assert_true(weigh(&s).clock_is_wrong);
}

/* A page that was kept for hours, and a certificate that ran out in the meantime. */
static void test_less_than_a_day_is_no_clock_ahead(void **state)
{
    (void)state;
    struct scene s = begin(NOW);
    date_header(&s, NOW - DAY / 4);
    window(&s, ANCHOR_SHIPPED, NOW - 90 * DAY, NOW - DAY / 12);
    assert_false(weigh(&s).clock_is_wrong);
}

static enum clock_fault fault_at(int64_t clock, int64_t date)
{
    struct scene s = begin(clock);
    date_header(&s, date);
    another_host(&s, "192.0.2.7", date);
    struct analysis r = weigh(&s);
    assert_true(r.clock_is_wrong);
    return r.clock_fault;
}

static void test_zone_and_battery_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(fault_at(NOW - 2 * 3600, NOW), CLOCK_ZONE);
    assert_int_equal(fault_at(NOW + 5 * 3600 + 45 * 60 + 30, NOW), CLOCK_ZONE);
    assert_int_equal(fault_at(NOW + 3600 + 300, NOW), CLOCK_PLAIN);
    assert_int_equal(fault_at(NOW - 15 * 3600, NOW), CLOCK_PLAIN);
    assert_int_equal(fault_at(3 * DAY, NOW), CLOCK_BATTERY);
    assert_int_equal(fault_at(946684800 + 3600, NOW), CLOCK_BATTERY);
    assert_int_equal(fault_at(NOW - 500 * DAY, NOW), CLOCK_PLAIN);
}

static void test_the_sites_own_clock(void **state)
{
    (void)state;
    struct scene s = begin(NOW);
    witness(&s, WITNESS_KERNEL, NOW);
    date_header(&s, NOW + 3600);
    assert_true(weigh(&s).site_clock_is_off);
    s = begin(NOW);
    witness(&s, WITNESS_KERNEL, NOW);
    date_header(&s, NOW - 3600); /* a cache may have kept it */
    assert_false(weigh(&s).site_clock_is_off);
    s = begin(NOW);
    date_header(&s, NOW + 3600); /* nobody says that ours is right */
    assert_false(weigh(&s).site_clock_is_off);
}

static void test_a_date_before_the_build_date_lies(void **state)
{
    (void)state;
    struct scene s = begin(NOW);
    witness(&s, WITNESS_BUILD_DATE, NOW - 10 * DAY);
    date_header(&s, NOW - 1000 * DAY);
    window(&s, ANCHOR_SHIPPED, NOW - 1090 * DAY, NOW - 990 * DAY);
    assert_false(weigh(&s).clock_is_wrong);
}

static void test_how_far_it_is_off_is_said(void **state)
{
    static const struct {
        int64_t skew;
        const char *words;
    } rows[] = {{11 * 60, "11 minutes"},
                {-3 * 3600 - 60, "3 hours"},
                {2 * 3600 - 1, "2 hours"},
                {90 * 60 - 1, "90 minutes"},
                {2 * (int64_t)DAY - 1, "2 days"},
                {40 * (int64_t)DAY, "40 days"},
                {-27 * 365 * (int64_t)DAY, "27 years"}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char words[64];
        struct scene s = begin(NOW + rows[i].skew);
        date_header(&s, NOW);
        another_host(&s, "192.0.2.7", NOW);
        struct analysis r = weigh(&s);
        assert_true(r.clock_is_wrong);
        assert_false(r.true_time_is_least);
        advice_span(analysis_clock_off(&r), words, sizeof(words));
        assert_string_equal(words, rows[i].words);
    }
}

/* "Not before" is no measure: only that much is said. */
static void test_a_bound_says_at_least(void **state)
{
    (void)state;
    struct scene s = begin(NOW - 30 * DAY);
    witness(&s, WITNESS_BUILD_DATE, NOW);
    witness(&s, WITNESS_PACKAGES, NOW - DAY);
    struct analysis r = weigh(&s);
    assert_true(r.clock_is_wrong);
    assert_true(r.true_time_is_least);
    assert_int_equal(analysis_clock_off(&r), 30 * DAY);
}

static void test_why_it_can_not_be_told(void **state)
{
    (void)state;
    struct scene s = begin(NOW);
    assert_int_equal(weigh(&s).clock_doubt, CLOCK_NO_WITNESS);
    s = begin(NOW - 30 * DAY);
    date_header(&s, NOW);
    struct analysis r = weigh(&s);
    assert_int_equal(r.clock_doubt, CLOCK_ONE_AGAINST);
    assert_true(r.clocks_differ);
    assert_int_equal(r.told_time, NOW);
    s = begin(NOW);
    date_header(&s, NOW + 30 * DAY);
    another_host(&s, "192.0.2.7", NOW - 30 * DAY);
    r = weigh(&s);
    assert_false(r.clock_is_wrong);
    assert_int_equal(r.clock_doubt, CLOCK_DISAGREEING);
}

static void test_a_date_from_long_ago_is_the_sites_own_fault(void **state)
{
    (void)state;
    struct scene s = begin(NOW);
    witness(&s, WITNESS_BUILD_DATE, NOW - 10 * DAY);
    date_header(&s, NOW - 1000 * DAY);
    struct analysis r = weigh(&s);
    assert_true(r.site_clock_is_off);
    assert_false(r.clocks_differ);
}

static void test_a_few_minutes_are_nothing(void **state)
{
    (void)state;
    struct scene s = begin(NOW - 4 * 60);
    date_header(&s, NOW);
    witness(&s, WITNESS_BUILD_DATE, NOW);
    struct analysis r = weigh(&s);
    assert_false(r.clock_is_wrong);
    assert_true(r.clock_is_backed);
}

static void test_witnesses_that_disagree_prove_nothing(void **state)
{
    (void)state;
    struct scene s = begin(NOW);
    date_header(&s, NOW + 30 * DAY);
    witness(&s, WITNESS_KERNEL, NOW - 30 * DAY);
    assert_false(weigh(&s).clock_is_wrong);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_witness_is_not_enough),
        cmocka_unit_test(test_two_that_agree_are),
        cmocka_unit_test(test_this_computers_own_files_are_one_voice),
        cmocka_unit_test(test_a_supporter_saves_the_clock),
        cmocka_unit_test(test_an_expired_certificate_alone_never_blames_the_clock),
        cmocka_unit_test(test_ahead_by_the_servers_date_and_the_window),
        cmocka_unit_test(test_a_device_that_signs_for_itself_is_one_witness),
        cmocka_unit_test(test_a_public_authority_dates_nothing_ahead),
        cmocka_unit_test(test_two_names_on_one_machine_are_one_witness),
        cmocka_unit_test(test_less_than_a_day_is_no_clock_ahead),
        cmocka_unit_test(test_zone_and_battery_are_told_apart),
        cmocka_unit_test(test_the_sites_own_clock),
        cmocka_unit_test(test_a_date_before_the_build_date_lies),
        cmocka_unit_test(test_how_far_it_is_off_is_said),
        cmocka_unit_test(test_a_bound_says_at_least),
        cmocka_unit_test(test_why_it_can_not_be_told),
        cmocka_unit_test(test_a_date_from_long_ago_is_the_sites_own_fault),
        cmocka_unit_test(test_a_few_minutes_are_nothing),
        cmocka_unit_test(test_witnesses_that_disagree_prove_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
