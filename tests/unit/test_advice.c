/*
 * test_advice.c - words: keys are filled or become plain words, dates and wrapping are right, every
 * event and outcome has words, and a report has its headings in order.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "build_info.h"
#include "whytls/advice.h"
#include "whytls/case.h"
#include "whytls/report.h"
#include "whytls/text.h"
#include "whytls/walk.h"

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        int64_t at;
        const char *date, *with_time;
    } rows[] = {
        {0, "1 January 1970", "1 January 1970, 00:00 UTC"},
        {951782400, "29 February 2000", "29 February 2000, 00:00 UTC"},
        {1795208999, "20 November 2026", "20 November 2026, 21:09 UTC"},
        {4102444800, "1 January 2100", "1 January 2100, 00:00 UTC"},
        {-1, "31 December 1969", "31 December 1969, 23:59 UTC"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char out[64];
        advice_date(rows[i].at, false, out, sizeof(out));
        assert_string_equal(out, rows[i].date);
        advice_date(rows[i].at, true, out, sizeof(out));
        assert_string_equal(out, rows[i].with_time);
    }
}

static void test_a_date_for_machines(void **state)
{
    char out[64];
    (void)state;
    advice_date_iso(0, out, sizeof(out));
    assert_string_equal(out, "1970-01-01T00:00:00Z");
    advice_date_iso(1793714705, out, sizeof(out));
    assert_string_equal(out, "2026-11-03T14:05:05Z");
    advice_date_iso(-1, out, sizeof(out));
    assert_string_equal(out, "1969-12-31T23:59:59Z");
}

static void test_wrap_loses_no_word_and_keeps_the_width(void **state)
{
    (void)state;
    const char *text = "a certificate is a site's card  and averyverylongwordthatfitsnoline ends";
    for (int width = 1; width < 80; width++) {
        const char *starts[128];
        size_t lengths[128];
        size_t n = advice_wrap(text, width, 128, starts, lengths);
        size_t letters = 0;
        for (size_t i = 0; i < n; i++) {
            assert_true(lengths[i] > 0 && (int)lengths[i] <= width);
            for (size_t k = 0; k < lengths[i]; k++)
                letters += starts[i][k] != ' ';
        }
        size_t expected = 0;
        for (const char *p = text; *p; p++)
            expected += *p != ' ';
        assert_int_equal(letters, expected);
    }
}

static void test_a_cause_without_a_case_has_no_keys_left(void **state)
{
    (void)state;
    struct walk w = {0};
    const struct cause *c;
    for (size_t i = 0; (c = cause_at(i)); i++) {
        struct diagnosed n = {
            .cause = c, .proof = {.baseline = -1, .experiment = -1}, .path_place = -1};
        struct advice a;
        advice_make(&w, &n, NULL, &a);
        assert_null(strchr(a.title, '{'));
        assert_null(strchr(a.what, '{'));
        for (size_t k = 0; k < a.n_todo; k++)
            assert_null(strchr(a.todo[k], '{'));
        for (size_t k = 0; k < a.n_dont; k++)
            assert_null(strchr(a.dont[k], '{'));
        assert_null(strchr(a.who, '{'));
        assert_null(strchr(a.term, '{'));
        assert_true(a.term[0] != '\0');
    }
}

static bool asks_for(const struct advice *a, const char *words)
{
    for (size_t i = 0; i < a->n_todo; i++)
        if (strstr(a->todo[i], words))
            return true;
    return false;
}

/* Whoever is asked to do something is named; "Not you" is not said where it may be this computer
 * or its network. tests/expect.py holds each walk of the lab to the same. */
static void test_who_can_fix_it_agrees_with_what_to_do(void **state)
{
    (void)state;
    static const struct {
        const char *asks, *wanted, *unwanted;
    } rules[] = {
        {"Tell the site's owner", "site's owner", NULL},
        {"whoever runs your network", "network", NULL},
        {"another network", NULL, "Not you"},
        {"without Wi-Fi", NULL, "Not you"},
        {"Update the program", NULL, "Not you"},
        {"Check the port", NULL, "Not you"},
        {"Check the address", NULL, "Not you"},
        {"Check the spelling", NULL, "Not you"},
    };
    struct walk w = {0};
    const struct cause *c;
    for (size_t i = 0; (c = cause_at(i)); i++) {
        struct advice a;
        struct diagnosed n = {
            .cause = c, .proof = {.baseline = -1, .experiment = -1}, .path_place = -1};
        advice_make(&w, &n, NULL, &a);
        for (size_t k = 0; k < sizeof(rules) / sizeof(rules[0]); k++) {
            if (!asks_for(&a, rules[k].asks))
                continue;
            if (rules[k].wanted && !strstr(a.who, rules[k].wanted))
                fail_msg("%s: \"%s\", and who can fix it: %s", c->slug, rules[k].asks, a.who);
            if (rules[k].unwanted && strstr(a.who, rules[k].unwanted))
                fail_msg("%s: \"%s\", and who can fix it: %s", c->slug, rules[k].asks, a.who);
        }
        n.certainty = CERTAINTY_LIKELY;
        advice_make(&w, &n, NULL, &a);
        assert_null(strstr(a.who, "Not you"));
    }
}

/* A wrong clock and an expired certificate differ in a date alone: the proof says which it is. */
static void test_a_proof_names_both_sides(void **state)
{
    (void)state;
    static const struct {
        const char *slug, *words;
    } rows[] = {
        {"clock.behind", "With the clock set to the true time it is accepted."},
        {"chain.expired", "Dated the day before, it is accepted; dated now, it is not."},
        {"chain.not-yet-valid", "Dated then, it is accepted; dated now, it is not."},
    };
    static struct walk w;
    struct evidence *ev = evidence_new();
    w.analysis.ev = ev;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct advice a;
        struct diagnosed n = {.cause = cause_find(rows[i].slug),
                              .proof = {.baseline = -1,
                                        .experiment = -1,
                                        .chain_changes = CHAIN_BIT(DATE),
                                        .is_success = true},
                              .path_place = -1};
        advice_make(&w, &n, NULL, &a);
        assert_true(a.n_why > 0);
        assert_non_null(strstr(a.why[0], rows[i].words));
    }
    evidence_free(ev);
}

/* What something in between shows says nothing of the site. */
static void test_nothing_of_the_site_is_fine_behind_inspection(void **state)
{
    (void)state;
    static struct walk w;
    char lines[ADVICE_MAX_FINE][ADVICE_LINE];
    for (size_t row = 0; row < tree_size(); row++)
        w.findings[row].result = RESULT_FINE;
    size_t all = advice_fine(&w, NULL, lines);
    w.causes[0] = (struct diagnosed){.cause = cause_find("between.known-product")};
    w.n_causes = 1;
    size_t behind = advice_fine(&w, NULL, lines);
    assert_true(behind > 0 && behind < all);
    for (size_t i = 0; i < behind; i++)
        assert_null(strstr(lines[i], "certificate"));
}

static void test_every_outcome_has_words(void **state)
{
    (void)state;
    struct probe p = {0};
    p.outcome.finished = true;
    for (int stage = 0; stage < STAGE_COUNT; stage++)
        for (int how = 0; how < BREAK_COUNT; how++)
            for (int why = 0; why < REFUSED_FOR_COUNT; why++) {
                char out[ADVICE_LINE];
                p.outcome.stage = (enum stage)stage;
                p.outcome.how = (enum break_kind)how;
                p.outcome.refused_for = (enum refused_for)why;
                advice_outcome(&p, out, sizeof(out));
                assert_true(strlen(out) > 8);
                assert_null(strstr(out, "(null)"));
            }
}

static void test_every_event_has_words(void **state)
{
    (void)state;
    struct probe p = {0};
    for (int kind = 0; kind < EVENT_COUNT; kind++)
        for (int number = 0; number < 256; number++) {
            struct event e = {.kind = (enum event_kind)kind, .number = (uint16_t)number};
            char out[ADVICE_LINE];
            advice_event(&p, &e, out, sizeof(out));
            assert_true(strlen(out) > 3);
        }
}

static struct evidence *not_found(void)
{
    struct evidence *ev = evidence_new();
    TEXT_SET(ev->target.host, "shop.example");
    TEXT_SET(ev->target.ascii, "shop.example");
    TEXT_SET(ev->target.client, "current");
    ev->target.port = 443;
    ev->resolution.finished = true;
    ev->resolution.how = BREAK_NAME_NOT_FOUND;
    return ev;
}

static void test_the_report_has_its_headings_in_order(void **state)
{
    (void)state;
    static const char *const headings[] = {
        "Answer\n",   "\nWho can fix it\n", "\nWhat is wrong\n", "\nDo this\n",
        "\nDo not\n", "\nWhy we say so\n",  "\nWhat is fine\n",
    };
    struct evidence *ev = not_found();
    static struct walk w;
    walk(ev, &w);
    struct buf out;
    buf_init(&out, 1 << 16);
    report_text(&w, NULL, &out);
    const char *at = buf_text(&out);
    for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++) {
        at = strstr(at, headings[i]);
        if (!at)
            fail_msg("missing or out of order: %s", headings[i]);
        at++;
    }
    assert_non_null(strstr(buf_text(&out), "W-102"));
    assert_int_equal(report_exit_code(&w), 1);
    buf_fini(&out);
    evidence_free(ev);
}

/* What it is of, so that who gets it knows; the site as all else through the redaction. */
static void test_the_report_begins_with_what_it_is_of(void **state)
{
    (void)state;
    struct evidence *ev = not_found();
    static struct walk w;
    struct buf out;
    TEXT_SET(ev->case_code, "K7M-4QXJ");
    ev->facts.clock = 1795000000;
    walk(ev, &w);
    buf_init(&out, 1 << 16);
    report_text(&w, NULL, &out);
    const char *wanted = "whytls " WHYTLS_VERSION ", 18 November 2026, 11:06 UTC, case K7M-4QXJ\n"
                         "shop.example:443\n\nAnswer\n";
    assert_memory_equal(buf_text(&out), wanted, strlen(wanted));
    buf_fini(&out);
    struct redactor *redactor = redactor_new();
    redactor_learn(redactor, ev);
    struct redaction redaction = redactor_redaction(redactor, HIDE_ALL);
    buf_init(&out, 1 << 16);
    report_text_head(&w, &redaction, &out);
    assert_null(strstr(buf_text(&out), "shop"));
    assert_non_null(strstr(buf_text(&out), "host-1:443"));
    buf_fini(&out);
    buf_init(&out, 1 << 16);
    TEXT_SET(ev->target.host, "2001:db8::1");
    ev->target.is_practice = true;
    report_text_head(&w, NULL, &out);
    assert_non_null(strstr(buf_text(&out), "\n[2001:db8::1]:443, PRACTICE"));
    buf_fini(&out);
    redactor_free(redactor);
    evidence_free(ev);
}

static void test_no_line_of_the_report_is_too_wide(void **state)
{
    (void)state;
    struct evidence *ev = not_found();
    memset(ev->target.host, 'x', 250);
    static struct walk w;
    walk(ev, &w);
    struct buf out;
    buf_init(&out, 1 << 16);
    report_text(&w, NULL, &out);
    int width = 0;
    for (const char *p = buf_text(&out); *p; p++) {
        width = *p == '\n' ? 0 : width + 1;
        assert_true(width < 80);
    }
    buf_fini(&out);
    evidence_free(ev);
}

/* All commands of this case in one text. */
static void by_hand(const struct evidence *ev, struct buf *out)
{
    static struct walk w;
    struct by_hand h;
    walk(ev, &w);
    buf_init(out, 1 << 16);
    for (size_t i = 0; advice_by_hand(&w, i, NULL, &h); i++)
        for (size_t k = 0; k < h.n_lines; k++)
            buf_printf(out, "%s\n", h.lines[k]);
}

static struct evidence *found_at(const char *host, const char *address)
{
    struct evidence *ev = not_found();
    text_copy_cut(ev->target.host, sizeof(ev->target.host), host);
    text_copy_cut(ev->target.ascii, sizeof(ev->target.ascii), host);
    ev->resolution.how = BREAK_NONE;
    ev->resolution.n_addresses = 1;
    text_copy_cut(ev->resolution.addresses[0], sizeof(ev->resolution.addresses[0]), address);
    return ev;
}

static void test_commands_by_hand(void **state)
{
    (void)state;
    static const struct {
        const char *host, *address, *has, *has_not;
    } rows[] = {
        {"shop.example", "192.0.2.7",
         "openssl s_client -connect 192.0.2.7:443 -servername shop.example", "-verify_ip"},
        {"shop.example", "192.0.2.7", "--resolve shop.example:443:192.0.2.7", "{"},
        {"shop.example", "2001:db8::7", "-connect [2001:db8::7]:443", " \\\n \n"},
        {"a;reboot;.example", "192.0.2.7", "openssl s_client -connect 192.0.2.7:443", "reboot"},
        {"$(reboot).example", "192.0.2.7", "gnutls-cli --port 443", "reboot"},
        {"-reboot", "192.0.2.7", "gnutls-cli --port 443", "reboot"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct evidence *ev = found_at(rows[i].host, rows[i].address);
        struct buf out;
        by_hand(ev, &out);
        if (!strstr(buf_text(&out), rows[i].has) || strstr(buf_text(&out), rows[i].has_not))
            fail_msg("row %zu: %s", i, buf_text(&out));
        buf_fini(&out);
        evidence_free(ev);
    }
}

static void test_no_command_where_no_server_can_be_asked(void **state)
{
    (void)state;
    struct evidence *file = found_at("shop.example", "192.0.2.7");
    file->target.from_file = true;
    struct evidence *cases[] = {not_found(), found_at("shop.example", "$(reboot)"), file};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf out;
        by_hand(cases[i], &out);
        assert_string_equal(buf_text(&out), "");
        buf_fini(&out);
        evidence_free(cases[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_a_date_for_machines),
        cmocka_unit_test(test_wrap_loses_no_word_and_keeps_the_width),
        cmocka_unit_test(test_a_cause_without_a_case_has_no_keys_left),
        cmocka_unit_test(test_who_can_fix_it_agrees_with_what_to_do),
        cmocka_unit_test(test_a_proof_names_both_sides),
        cmocka_unit_test(test_nothing_of_the_site_is_fine_behind_inspection),
        cmocka_unit_test(test_every_outcome_has_words),
        cmocka_unit_test(test_every_event_has_words),
        cmocka_unit_test(test_the_report_has_its_headings_in_order),
        cmocka_unit_test(test_the_report_begins_with_what_it_is_of),
        cmocka_unit_test(test_no_line_of_the_report_is_too_wide),
        cmocka_unit_test(test_commands_by_hand),
        cmocka_unit_test(test_no_command_where_no_server_can_be_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
