/*
 * test_said.c - what checks find is data: each id has words that are whole, values are put in as
 * they may be shown, and a case is read by its ids and never by its words.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "unit/recorded.h"
#include "whytls/advice.h"
#include "whytls/case.h"
#include "whytls/message.h"
#include "whytls/kept.h"
#include "whytls/report.h"
#include "whytls/text.h"
#include "whytls/walk.h"

static const struct {
    size_t n_args;
    const char *words, *sentence;
} rows[SAID_COUNT] = {
#define SAID(ident, id, n_args, words) [SAID_##ident] = {n_args, words, ""},
#define SAID_FINE(ident, id, n_args, words, sentence) [SAID_##ident] = {n_args, words, sentence},
#define N_(text) text
#include "whytls/said.def"
#undef SAID
#undef SAID_FINE
};

/* ---- the table ------------------------------------------------------------------------------ */

static void test_each_has_an_id_of_its_own(void **state)
{
    (void)state;
    for (int i = SAID_NONE + 1; i < SAID_COUNT; i++) {
        const char *name = said_name_of((enum said_id)i);
        if (!name[0] || name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")])
            fail_msg("is this an id? %s", name);
        if (said_find(name) != (enum said_id)i ||
            strlen(name) >= sizeof(((struct kept_check *)0)->said_id))
            fail_msg("not found again: %s", name);
    }
    assert_int_equal(said_find(""), SAID_NONE);
    assert_int_equal(said_find("no-such-id"), SAID_NONE);
}

static void test_each_kind_has_an_id(void **state)
{
    (void)state;
    for (int k = SAID_ARG_NONE; k < SAID_ARG_KINDS; k++)
        assert_int_equal(said_kind_find(said_kind_id((enum said_arg_kind)k)), k);
    assert_int_equal(said_kind_find("?"), SAID_ARG_NONE);
}

static bool has_place(const char *words, size_t place)
{
    char key[8];
    snprintf(key, sizeof(key), "{%zu}", place);
    return strstr(words, key) != NULL;
}

static struct said with_values(enum said_id id)
{
    static const int64_t day = 1794096000; /* 8 November 2026 */
    struct said said = {.id = id, .n_args = rows[id].n_args};
    const struct said_arg values[SAID_MAX_ARGS] = {said_text("alpha"), said_number(443),
                                                   said_date(day)};
    for (size_t i = 0; i < said.n_args; i++)
        said.args[i] = values[i];
    return said;
}

static void check_words(const char *said)
{
    if (!said[0] || strpbrk(said, "{}%") || strstr(said, "  "))
        fail_msg("are these words? \"%s\"", said);
}

/* A value that is told has its place, a place has its value, and it fits beside its question. */
static void test_the_words_are_whole(void **state)
{
    (void)state;
    enum { COLUMN = 36 };
    char said[SAID_SIZE], sentence[ADVICE_LINE];
    for (int i = SAID_NONE + 1; i < SAID_COUNT; i++) {
        assert_int_equal(said_n_args((enum said_id)i), rows[i].n_args);
        for (size_t k = 0; k < SAID_MAX_ARGS; k++)
            if ((has_place(rows[i].words, k) || has_place(rows[i].sentence, k)) !=
                (k < rows[i].n_args))
                fail_msg("a place without a value, or a value without one: %s", rows[i].words);
        struct said all = with_values((enum said_id)i);
        advice_said(&all, NULL, said, sizeof(said));
        check_words(said);
        if (text_width(said) > COLUMN)
            fail_msg("too long: %s", said);
        if (advice_said_fine(&all, NULL, sentence, sizeof(sentence))) {
            check_words(sentence);
            assert_int_equal(sentence[strlen(sentence) - 1], '.');
        }
    }
}

static void test_each_kind_is_shown(void **state)
{
    (void)state;
    static const struct {
        struct said_arg (*make)(int64_t);
        int64_t value;
        const char *words;
    } values[] = {{said_number, -7, "-7"},
                  {said_date, 1794096000, "8 November 2026"},
                  {said_span, 3 * 86400, "3 days"}};
    char said[SAID_SIZE];
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        struct said one = said_with(SAID_TEXT, values[i].make(values[i].value));
        advice_said(&one, NULL, said, sizeof(said));
        assert_string_equal(said, values[i].words);
    }
    struct said one = said_with(SAID_TEXT, said_text("{0} is no key in a value"));
    advice_said(&one, NULL, said, sizeof(said));
    assert_string_equal(said, "{0} is no key in a value");
}

static void hide_all(const struct redaction *redaction, const char *text, struct buf *out)
{
    (void)redaction;
    buf_puts(out, strcmp(text, "192.0.2.7") == 0 ? "addr-1" : "?");
}

/* A value is hidden whole and by itself: our own words around it are not its matter. */
static void test_values_are_hidden(void **state)
{
    (void)state;
    char said[ADVICE_LINE];
    const struct redaction redaction = {.hide = hide_all, .what = HIDE_ALL};
    struct said port = said_with_two(SAID_PORT_OPEN, said_host("192.0.2.7"), said_number(443));
    assert_true(advice_said_fine(&port, &redaction, said, sizeof(said)));
    assert_string_equal(said, "The server can be reached (addr-1, port 443).");
}

/* ---- cases ---------------------------------------------------------------------------------- */

/* The case with its names hidden, as it is saved. Caller ends out. */
static void print_hidden(const struct evidence *ev, struct buf *out)
{
    static struct walk w;
    struct redactor *v = redactor_new();
    walk(ev, &w);
    redactor_learn(v, ev);
    const struct redaction redaction = redactor_redaction(v, HIDE_ALL);
    buf_init(out, CASE_MAX_BYTES);
    assert_true(report_json(&w, &redaction, out));
    redactor_free(v);
}

/* The same case with other words for what was found. */
static char *reworded(const char *text)
{
    cJSON *root = cJSON_Parse(text), *row;
    cJSON_ArrayForEach(row, cJSON_GetObjectItem(root, "path"))
    {
        if (cJSON_GetStringValue(cJSON_GetObjectItem(row, "said_id"))[0])
            cJSON_ReplaceItemInObject(row, "said", cJSON_CreateString("no, it expired: yes"));
    }
    char *out = cJSON_Print(root);
    cJSON_Delete(root);
    return out;
}

static const char *const names[] = {"healthy", "missing-intermediate", "refused", "server-too-old",
                                    "two-faults"};
enum { NAMES = sizeof(names) / sizeof(names[0]) };

/* With other words throughout the walk, the file and what is read of it are the same. */
static void test_nothing_hangs_on_the_words(void **state)
{
    (void)state;
    static struct walk plain, other;
    for (size_t i = 0; i < NAMES; i++) {
        struct buf text;
        struct evidence *ev = recorded(names[i]);
        walk(ev, &plain);
        assert_true(message_use(MESSAGE_PSEUDO));
        print_hidden(ev, &text);
        char *words = reworded(buf_text(&text));
        struct evidence *again = read_case(words);
        walk(again, &other);
        free(words);
        assert_true(message_use("C"));
        assert_int_equal(plain.conclusion, other.conclusion);
        assert_int_equal(plain.n_causes, other.n_causes);
        for (size_t row = 0; row < tree_size(); row++) {
            assert_int_equal(plain.findings[row].result, other.findings[row].result);
            assert_int_equal(plain.findings[row].summary.id, other.findings[row].summary.id);
            assert_int_equal(plain.findings[row].summary.n_args,
                             other.findings[row].summary.n_args);
        }
        buf_fini(&text);
        evidence_free(again);
        evidence_free(ev);
    }
}

/* Takes the members of this name out of each row of the path. */
static char *without(const char *text, const char *first, const char *second)
{
    cJSON *root = cJSON_Parse(text), *row;
    cJSON_ArrayForEach(row, cJSON_GetObjectItem(root, "path"))
    {
        cJSON_DeleteItemFromObject(row, first);
        cJSON_DeleteItemFromObject(row, second);
    }
    char *out = cJSON_Print(root);
    cJSON_Delete(root);
    return out;
}

static void check_same_words(const struct walk *a, const struct walk *b)
{
    char x[SAID_SIZE], y[SAID_SIZE];
    for (size_t row = 0; row < tree_size(); row++) {
        advice_said(&a->findings[row].summary, NULL, x, sizeof(x));
        advice_said(&b->findings[row].summary, NULL, y, sizeof(y));
        assert_string_equal(x, y);
    }
}

/* A case from before the ids has words alone, and shows them; a newer one has no need of them. */
static void test_older_cases_show_the_same(void **state)
{
    (void)state;
    static struct walk now, old, newer;
    for (size_t i = 0; i < NAMES; i++) {
        struct buf text;
        struct evidence *ev = recorded(names[i]);
        print_hidden(ev, &text);
        char *words_alone = without(buf_text(&text), "said_id", "said_args");
        char *ids_alone = without(buf_text(&text), "said", "said");
        struct evidence *of_both = read_case(buf_text(&text)), *of_words = read_case(words_alone),
                        *of_ids = read_case(ids_alone);
        walk(of_both, &now);
        walk(of_words, &old);
        walk(of_ids, &newer);
        check_same_words(&now, &old);
        check_same_words(&now, &newer);
        evidence_free(of_both);
        evidence_free(of_words);
        evidence_free(of_ids);
        free(words_alone);
        free(ids_alone);
        buf_fini(&text);
        evidence_free(ev);
    }
}

/* What stands in the row of the check "connects", and what is shown of it. */
static void test_an_id_that_does_not_fit_is_not_believed(void **state)
{
    (void)state;
    static const struct {
        const char *members, *shown;
    } files[] = {
        {"\"said_id\": \"no-route\", \"said\": \"x\"", "no network route from here"},
        {"\"said_id\": \"edge-fails\", \"said_args\": [{\"kind\": \"number\", \"number\": 7}]",
         "no, HTTP 7"},
        {"\"said_id\": \"edge-fails\", \"said\": \"x\"", "x"},
        {"\"said_id\": \"edge-fails\", \"said_args\": [{\"kind\": \"shout\"}], \"said\": \"x\"",
         "x"},
        {"\"said_id\": \"of-tomorrow\", \"said\": \"x\"", "x"},
        {"\"said_id\": \"of-tomorrow\"", ""},
    };
    static struct walk w;
    char text[1024], said[SAID_SIZE];
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        snprintf(text, sizeof(text),
                 "{\"schema\": \"whytls.case/1\", \"redacted\": true, \"target\": {\"port\": 443}, "
                 "\"probes\": [], \"verdict\": [], \"path\": [{\"check\": \"connects\", "
                 "\"result\": \"unknown\", %s}]}",
                 files[i].members);
        struct evidence *ev = read_case(text);
        walk(ev, &w);
        for (size_t row = 0; row < tree_size(); row++)
            if (strcmp(tree_row(row)->check->id, "connects") == 0)
                advice_said(&w.findings[row].summary, NULL, said, sizeof(said));
        assert_string_equal(said, files[i].shown);
        evidence_free(ev);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_has_an_id_of_its_own),
        cmocka_unit_test(test_each_kind_has_an_id),
        cmocka_unit_test(test_the_words_are_whole),
        cmocka_unit_test(test_each_kind_is_shown),
        cmocka_unit_test(test_values_are_hidden),
        cmocka_unit_test(test_nothing_hangs_on_the_words),
        cmocka_unit_test(test_older_cases_show_the_same),
        cmocka_unit_test(test_an_id_that_does_not_fit_is_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
