/*
 * test_evidence.c - the model's ceilings, what it finds again, its words, and case codes.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "whytls/evidence.h"

static void test_probes_are_found_again(void **state)
{
    struct evidence *ev = evidence_new();
    struct settings a = {.address = "127.0.0.1", .port = 443}, b = a;
    struct probe *first = NULL, *second = NULL;

    (void)state;
    b.port = 444;
    assert_non_null(ev);
    assert_null(evidence_find_probe(ev, &a, 0));
    first = evidence_add_probe(ev, &a, 0);
    assert_non_null(first);
    assert_int_equal(first->outcome.alert, -1);
    assert_ptr_equal(evidence_find_probe(ev, &a, 0), first);
    assert_null(evidence_find_probe(ev, &b, 0));
    assert_null(evidence_find_probe(ev, &a, CHANGE_BIT(AGAIN)));
    second = evidence_add_probe(ev, &a, 0);
    assert_ptr_equal(evidence_find_probe(ev, &a, 0), second); /* the last one */
    while (ev->n_probes < EVIDENCE_MAX_PROBES) {
        assert_non_null(evidence_add_probe(ev, &b, 0));
    }
    assert_null(evidence_add_probe(ev, &b, 0));
    evidence_free(ev);
    evidence_free(NULL);
}

static void test_certificates_stand_once(void **state)
{
    struct evidence *ev = evidence_new();
    uint8_t *big = calloc(1, 64 * 1024 + 1);
    int last = 0;

    (void)state;
    assert_non_null(ev);
    assert_non_null(big);
    assert_int_equal(evidence_add_certificate(ev, "one", 3), 0);
    assert_int_equal(evidence_add_certificate(ev, "two", 3), 1);
    assert_int_equal(evidence_add_certificate(ev, "one", 3), 0);
    assert_int_equal(evidence_add_certificate(ev, "on", 2), 2);
    assert_int_equal(evidence_add_certificate(ev, "", 0), -1);
    assert_int_equal(evidence_add_certificate(ev, big, 64 * 1024 + 1), -1);
    for (int i = 0; last >= 0; i++) { /* a server can't fill the case: it must fit its file */
        big[0] = (uint8_t)i;
        last = evidence_add_certificate(ev, big, 64 * 1024);
        assert_true(i <= 16);
    }
    for (unsigned i = 0; ev->n_certificates < EVIDENCE_MAX_CERTIFICATES; i++) {
        assert_true(evidence_add_certificate(ev, &i, sizeof i) >= 0);
    }
    assert_int_equal(evidence_add_certificate(ev, "more", 4), -1);
    assert_int_equal(evidence_add_certificate(ev, "two", 3), 1);
    free(big);
    evidence_free(ev);
}

static void test_anchors_stand_once(void **state)
{
    struct evidence *ev = evidence_new();

    (void)state;
    assert_non_null(ev);
    assert_true(evidence_add_anchor(ev, "root", 4, ANCHOR_SHIPPED));
    assert_true(evidence_add_anchor(ev, "root", 4, ANCHOR_ADDED));
    assert_int_equal(ev->facts.n_anchors, 1);
    assert_int_equal(ev->facts.anchors[0].source, ANCHOR_SHIPPED);
    assert_false(evidence_add_anchor(ev, "", 0, ANCHOR_ADDED));
    for (unsigned i = 0; ev->facts.n_anchors < EVIDENCE_MAX_ANCHORS; i++) {
        assert_true(evidence_add_anchor(ev, &i, sizeof i, ANCHOR_ADDED));
    }
    assert_false(evidence_add_anchor(ev, "more", 4, ANCHOR_ADDED));
    assert_true(evidence_add_anchor(ev, "root", 4, ANCHOR_ADDED));
    evidence_free(ev);
}

static void test_fetches(void **state)
{
    struct evidence *ev = evidence_new();
    char url[600];
    struct fetch *f = NULL;

    (void)state;
    assert_non_null(ev);
    f = evidence_add_fetch(ev, FETCH_KIND_ISSUER, "http://aia.example/ca.crt", "");
    assert_non_null(f);
    assert_int_equal(f->certificate, -1);
    assert_int_equal(f->state, FETCH_WAITING);
    assert_ptr_equal(evidence_find_fetch(ev, "http://aia.example/ca.crt", ""), f);
    assert_null(evidence_find_fetch(ev, "http://aia.example/ca", ""));
    memset(url, 'a', sizeof url - 1);
    url[sizeof url - 1] = '\0';
    assert_null(evidence_add_fetch(ev, FETCH_KIND_ISSUER, url, "")); /* never half an address */
    while (ev->n_fetches < EVIDENCE_MAX_FETCHES) {
        assert_non_null(evidence_add_fetch(ev, FETCH_KIND_ISSUER, "http://x.example/", ""));
    }
    assert_null(evidence_add_fetch(ev, FETCH_KIND_ISSUER, "http://y.example/", ""));
    evidence_free(ev);
}

static void test_the_end_always_has_room(void **state)
{
    struct probe p = {.n_events = 0};

    (void)state;
    for (int i = 0; i < 2 * EVIDENCE_MAX_EVENTS; i++) {
        probe_add_event(&p, &(struct event){.kind = EVENT_RECORD, .number = 22});
    }
    assert_int_equal(p.n_events, EVIDENCE_MAX_EVENTS - 1);
    probe_add_event(&p, &(struct event){.kind = EVENT_END, .number = BREAK_CLOSED});
    probe_add_event(&p, &(struct event){.kind = EVENT_END, .number = BREAK_RESET});
    assert_int_equal(p.n_events, EVIDENCE_MAX_EVENTS);
    assert_int_equal(p.events[EVIDENCE_MAX_EVENTS - 1].number, BREAK_CLOSED);
}

static void test_ids_and_words(void **state)
{
    (void)state;
    assert_string_equal(stage_id(STAGE_SERVER_HELLO), "server-hello");
    assert_string_equal(break_id(BREAK_WE_REFUSED), "we-refused");
    assert_string_equal(refused_for_id(REFUSED_FOR_DH_TOO_SMALL), "dh-too-small");
    assert_string_equal(protocol_id(PROTOCOL_SSH), "ssh");
    assert_string_equal(protocol_words(PROTOCOL_SSH), "a remote login server (SSH)");
    assert_string_equal(event_id(EVENT_END), "end");
    assert_string_equal(issuer_kind_id(ISSUER_CDN_ORIGIN), "cdn-origin");
    assert_string_equal(fetch_state_id(FETCH_GOT), "got");
    assert_string_equal(witness_id(WITNESS_KERNEL), "kernel");
    assert_true(strlen(witness_words(WITNESS_KERNEL)) > 0);
    assert_string_equal(stage_id(STAGE_COUNT), "");
    assert_string_equal(protocol_words(PROTOCOL_COUNT), "");
    assert_string_equal(witness_words(WITNESS_COUNT), "");
}

static void test_questions_match_their_answers(void **state)
{
    const struct question_row *since = question_row(QUESTION_SINCE);

    (void)state;
    for (unsigned q = 0; q < QUESTION_COUNT; q++) {
        const struct question_row *row = question_row(q);

        assert_true(strlen(row->id) > 0 && strlen(row->words) > 0);
        assert_non_null(row->choices[1]);
        for (size_t c = 0; c < QUESTION_MAX_CHOICES; c++) {
            assert_int_equal(row->choices[c] == NULL, row->choice_ids[c] == NULL);
        }
    }
    assert_string_equal(question_row(QUESTION_PHONE)->choice_ids[ANSWER_YES - 1], "yes");
    assert_string_equal(question_row(QUESTION_PHONE)->choice_ids[ANSWER_NO - 1], "no");
    assert_string_equal(question_row(QUESTION_PHONE)->choice_ids[ANSWER_NOT_SURE - 1], "not-sure");
    assert_null(question_row(QUESTION_OTHER_PROGRAM)->choices[3]);
    assert_string_equal(since->choice_ids[SINCE_ALWAYS_FAILED - 1], "never");
    assert_string_equal(since->choice_ids[SINCE_STOPPED_ITSELF - 1], "stopped");
    assert_string_equal(since->choice_ids[SINCE_CHANGE_HERE - 1], "changed-here");
    assert_string_equal(since->choice_ids[SINCE_NOT_SURE - 1], "not-sure");
}

/* Every wrong symbol and every swap of two, in many codes: none of them is a code. */
static void test_case_codes_catch_slips(void **state)
{
    static const char alphabet[] = "123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint64_t seed = 1;

    (void)state;
    for (int round = 0; round < 500; round++) {
        char code[12], wrong[12];

        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        case_code_make(code, sizeof code, seed >> 11);
        assert_int_equal(strlen(code), 8);
        assert_int_equal(code[3], '-');
        assert_true(case_code_is_valid(code));
        for (size_t i = 0; i < 8; i++) {
            for (const char *c = alphabet; i != 3 && *c != '\0'; c++) {
                strcpy(wrong, code);
                wrong[i] = *c;
                assert_int_equal(case_code_is_valid(wrong), *c == code[i]);
            }
            for (size_t j = 0; i != 3 && j < i; j++) {
                strcpy(wrong, code);
                wrong[i] = code[j];
                wrong[j] = code[i];
                assert_int_equal(j == 3 || case_code_is_valid(wrong), j == 3 || code[i] == code[j]);
            }
        }
    }
}

static void test_case_codes_have_one_form(void **state)
{
    char code[9], lower[9], other[9];

    (void)state;
    case_code_make(code, sizeof code, 123456789);
    case_code_make(other, sizeof other, 123456790);
    assert_string_not_equal(code, other);
    case_code_make(other, sizeof other, UINT64_MAX);
    assert_true(case_code_is_valid(other));
    strcpy(lower, "111-1111");
    assert_true(case_code_is_valid(lower)); /* all symbols 0 */
    assert_false(case_code_is_valid("1111111"));
    assert_false(case_code_is_valid("1111-111"));
    assert_false(case_code_is_valid("111-11111"));
    assert_false(case_code_is_valid("111-111I"));
    assert_false(case_code_is_valid("111-111a"));
    assert_false(case_code_is_valid(""));
}

/* As it is said on the phone or copied by hand; what is left out of the alphabet is no other
 * letter. */
static void test_case_codes_are_read_as_typed(void **state)
{
    static const struct {
        const char *typed, *code;
        enum code_typed as;
    } rows[] = {
        {"P3F-WTKJ", "P3F-WTKJ", CODE_GOOD},
        {"p3f-wtkj", "P3F-WTKJ", CODE_GOOD},
        {"P3FWTKJ", "P3F-WTKJ", CODE_GOOD},
        {" p3fwtkj\xc2\xa0", "P3F-WTKJ", CODE_GOOD},
        {"111-1111", "111-1111", CODE_GOOD},
        {"iLl-1I1l", "111-1111", CODE_GOOD},
        {"P3F-WTKK", NULL, CODE_MISTYPED},
        {"O11-1111", NULL, CODE_MISTYPED},
        {"0111111", NULL, CODE_MISTYPED},
        {"U111111", NULL, CODE_MISTYPED},
        {"P3F-WTK", NULL, CODE_NONE},
        {"P3F-WTKJJ", NULL, CODE_NONE},
        {"P3FW-TKJ", NULL, CODE_NONE},
        {"P3F--WTKJ", NULL, CODE_NONE},
        {"P3F-WTKJ.json", NULL, CODE_NONE},
        {"P3F WTKJ", NULL, CODE_NONE},
        {"", NULL, CODE_NONE},
        {"-", NULL, CODE_NONE},
        {"\xc4\xb0"
         "11-1111",
         NULL, CODE_NONE},
        {"P3F-", NULL, CODE_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char code[12] = "";
        if (case_code_read(rows[i].typed, code, sizeof code) != rows[i].as) {
            fail_msg("%s", rows[i].typed);
        }
        assert_string_equal(code, rows[i].code ? rows[i].code : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_probes_are_found_again),
        cmocka_unit_test(test_certificates_stand_once),
        cmocka_unit_test(test_anchors_stand_once),
        cmocka_unit_test(test_fetches),
        cmocka_unit_test(test_the_end_always_has_room),
        cmocka_unit_test(test_ids_and_words),
        cmocka_unit_test(test_questions_match_their_answers),
        cmocka_unit_test(test_case_codes_catch_slips),
        cmocka_unit_test(test_case_codes_have_one_form),
        cmocka_unit_test(test_case_codes_are_read_as_typed),
    };

    return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}
