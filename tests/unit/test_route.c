/*
 * test_route.c - which hops the settings ask for, how far a probe came, and how it went at each
 * hop. SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "whytls/evidence.h"

static void assert_hops(const struct settings *s, const char *wanted)
{
    struct route r = route_of(s);
    char have[64] = "";

    for (size_t i = 0; i < r.n; i++) {
        strcat(have, hop_id(r.hops[i].kind));
        strcat(have, " ");
    }
    assert_string_equal(have, wanted);
    assert_string_equal(r.hops[0].address, s->address);
    assert_int_equal(r.hops[0].port, s->port);
}

static void test_each_way_of_speaking_has_its_hops(void **state)
{
    struct settings s = {.address = "192.0.2.1", .port = 443};

    (void)state;
    assert_hops(&s, "tcp tls http ");
    s.send_nothing = true; /* the same hops: nothing is asked at the last */
    assert_hops(&s, "tcp tls http ");
    s.service = SERVICE_SMTPS;
    assert_hops(&s, "tcp tls banner ");
    s.speak = SPEAK_WAIT_FOR_BANNER;
    assert_hops(&s, "tcp banner ");
    s.speak = SPEAK_PLAIN;
    assert_hops(&s, "tcp http ");
}

/* Each predicate as a word of bits over the stages, the first stage at the left. */
static void test_stages_have_their_predicates(void **state)
{
    static const struct {
        bool (*is)(const struct outcome *o);
        const char *stages;
    } rows[] = {
        {outcome_tcp_opened, "001111111"},        {outcome_hello_unanswered, "001000000"},
        {outcome_tls_began, "000111111"},         {outcome_certificate_came, "000011111"},
        {outcome_key_exchange_came, "000001111"}, {outcome_finished_sent, "000000111"},
        {outcome_handshake_done, "000000011"},    {outcome_reply_awaited, "000000010"},
        {outcome_replied, "000000001"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(strlen(rows[i].stages), STAGE_COUNT);
        for (int s = 0; s < STAGE_COUNT; s++) {
            struct outcome o = {.stage = (enum stage)s};

            assert_int_equal(rows[i].is(&o), rows[i].stages[s] == '1');
        }
    }
}

static struct probe ended(enum speak speak, enum stage stage, enum break_kind how)
{
    struct probe p = {.settings = {.address = "192.0.2.1", .port = 443, .speak = speak}};

    p.outcome = (struct outcome){
        .finished = true, .success = how == BREAK_NONE, .stage = stage, .how = how, .alert = -1};
    return p;
}

static void assert_broke_at(struct probe p, enum hop_kind hop, size_t reached)
{
    struct route_outcome r = route_outcome_of(&p);

    assert_int_equal(r.reached, reached);
    assert_int_equal(probe_hop_that_broke(&p), hop);
    for (size_t i = 0; i < r.n; i++) {
        assert_int_equal(r.hops[i].how, i == reached ? p.outcome.how : BREAK_NONE);
    }
}

static void test_it_breaks_at_one_hop(void **state)
{
    struct probe unfinished = ended(SPEAK_TLS, STAGE_HELLO, BREAK_RESET);

    (void)state;
    assert_broke_at(ended(SPEAK_TLS, STAGE_RESOLVE, BREAK_FAILED), HOP_TCP, 0);
    assert_broke_at(ended(SPEAK_TLS, STAGE_CONNECT, BREAK_REFUSED), HOP_TCP, 0);
    assert_broke_at(ended(SPEAK_TLS, STAGE_HELLO, BREAK_ALERT), HOP_TLS, 1);
    assert_broke_at(ended(SPEAK_TLS, STAGE_FINISHED, BREAK_CLOSED), HOP_TLS, 1);
    assert_broke_at(ended(SPEAK_TLS, STAGE_REPLY, BREAK_RESET), HOP_HTTP, 2);
    assert_broke_at(ended(SPEAK_TLS, STAGE_DONE, BREAK_NONE), HOP_COUNT, 3);
    assert_broke_at(ended(SPEAK_PLAIN, STAGE_HELLO, BREAK_NOT_TLS), HOP_HTTP, 1);
    assert_broke_at(ended(SPEAK_PLAIN, STAGE_DONE, BREAK_NONE), HOP_COUNT, 2);
    assert_broke_at(ended(SPEAK_WAIT_FOR_BANNER, STAGE_HELLO, BREAK_SILENCE), HOP_BANNER, 1);
    unfinished.outcome.finished = false;
    assert_int_equal(probe_hop_that_broke(&unfinished), HOP_COUNT);
}

static void test_a_hop_has_its_own_code_and_words(void **state)
{
    struct probe p = ended(SPEAK_TLS, STAGE_CONNECT, BREAK_REFUSED);
    struct route_outcome r;

    (void)state;
    p.outcome.system_error = 111;
    assert_int_equal(route_outcome_of(&p).hops[0].code, 111);
    p = ended(SPEAK_TLS, STAGE_HELLO, BREAK_ALERT);
    p.outcome.alert = 40;
    probe_add_event(&p, &(struct event){.kind = EVENT_CONNECTED, .at_us = 700});
    assert_int_equal(route_outcome_of(&p).hops[0].at_us, 700);
    assert_int_equal(route_outcome_of(&p).hops[0].code, 0);
    assert_int_equal(route_outcome_of(&p).hops[1].code, 40);
    p = ended(SPEAK_PLAIN, STAGE_DONE, BREAK_NONE);
    p.outcome.http_status = 403;
    strcpy(p.outcome.http_title, "Forbidden");
    r = route_outcome_of(&p);
    assert_int_equal(r.hops[1].code, 403);
    assert_string_equal(r.hops[1].said, "Forbidden");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_way_of_speaking_has_its_hops),
        cmocka_unit_test(test_stages_have_their_predicates),
        cmocka_unit_test(test_it_breaks_at_one_hop),
        cmocka_unit_test(test_a_hop_has_its_own_code_and_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
