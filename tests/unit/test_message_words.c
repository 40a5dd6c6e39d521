/*
 * test_message_words.c - what advice and the report say is in the language that is spoken, all of
 * it: in the pseudo-language no word of ours is left in English, and what programs read stays as it
 * is in every language.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "advice/change_sentences.h"
#include "unit/recorded.h"
#include "unit/seen_part.h"
#include "whytls/advice.h"
#include "whytls/ascii.h"
#include "whytls/case.h"
#include "whytls/chain.h"
#include "whytls/message.h"
#include "whytls/programs.h"
#include "whytls/report.h"
#include "whytls/walk.h"

enum { WORD_SIZE = 128, ROOM = 65536 };

/* ---- a word of ours in English ----------------------------------------------------------------
 */

/* Names that have no dot, digit or hyphen, by which the others are known; and of the practice
 * certificates. */
static const char *const names[] = {"Windows", "macOS",    "Linux",   "iPhone",
                                    "Android", "Practice", "Issuing", "Root"};

static bool is_name(const char *word)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(names[i], word) == 0)
            return true;
    return strpbrk(word, ".-/0123456789") != NULL;
}

/* The pseudo-language has an accent on every vowel: two without are a word that was not looked up.
 */
static bool is_english(const char *word)
{
    size_t n_vowels = 0;
    for (const char *at = word; *at; at++) {
        if ((unsigned char)*at >= 0x80)
            return false;
        n_vowels += strchr("aeiouAEIOU", *at) != NULL;
    }
    return n_vowels >= 2 && !is_name(word);
}

static void assert_spoken(const char *said, const char *what)
{
    char *whole = strdup(said), *text = whole;
    assert_non_null(whole);
    blank_out_seen(text);
    static const char between[] = " \n\"'()[],;:~?!";
    assert_null(strchr(text, '{'));
    assert_null(strchr(text, '}'));
    for (const char *at = text; *(at += strspn(at, between));) {
        char word[WORD_SIZE];
        size_t n = strcspn(at, between), len = n < sizeof(word) ? n : sizeof(word) - 1;
        memcpy(word, at, len);
        while (len > 0 && word[len - 1] == '.')
            len--;
        word[len] = '\0';
        if (is_english(word))
            fail_msg("%s: \"%s\" is not looked up, in: %s", what, word, text);
        at += n;
    }
    free(whole);
}

static void test_an_english_word_is_found(void **state)
{
    (void)state;
    assert_true(is_english("certificate"));
    assert_false(is_english("shop.example") || is_english("AES-256-GCM") ||
                 is_english("çértífíçáté"));
}

/* ---- with no case ---------------------------------------------------------------------------- */

static void assert_cause_spoken(const struct cause *c)
{
    struct buf out;
    buf_init(&out, ROOM);
    report_cause(c, &out);
    assert_spoken(buf_text(&out), c->slug);
    buf_fini(&out);
}

static void test_causes(void **state)
{
    const struct cause *c;
    (void)state;
    for (size_t i = 0; (c = cause_at(i)); i++)
        assert_cause_spoken(c);
    for (int i = 0; i < CONCLUSION_COUNT; i++)
        if ((c = conclusion_cause((enum conclusion)i)))
            assert_cause_spoken(c);
}

/* A whole sentence for each, which says in English what the list says. */
static void test_each_change_has_a_sentence(void **state)
{
    char sentence[ADVICE_LINE], expected[ADVICE_LINE];
    (void)state;
    for (unsigned i = 0; i < CHANGE_COUNT; i++) {
        changes_sentence(1u << i, sentence, sizeof(sentence));
        assert_spoken(sentence, change_id((enum change)i));
        message_in_english(true);
        changes_sentence(1u << i, sentence, sizeof(sentence));
        message_in_english(false);
        snprintf(expected, sizeof(expected), "Then we changed only %s.",
                 change_words((enum change)i));
        if (i != CHANGE_AGAIN && i != CHANGE_REPEAT)
            assert_string_equal(sentence, expected);
    }
}

static void test_changes(void **state)
{
    char out[ADVICE_LINE];
    (void)state;
    for (unsigned i = 0; i < CHANGE_COUNT; i++) {
        advice_changes(1u << i, out, sizeof(out));
        assert_spoken(out, change_id((enum change)i));
    }
    advice_changes(7, out, sizeof(out));
    assert_spoken(out, "three changes");
    for (unsigned i = 0; i < CHAIN_CHANGE_COUNT; i++)
        assert_spoken(message(chain_change_words((enum chain_change)i)), "a change of a chain");
}

static void test_outcomes(void **state)
{
    char out[ADVICE_LINE];
    struct probe p = {.outcome.finished = true};
    (void)state;
    for (unsigned i = 0; i < STAGE_COUNT * BREAK_COUNT; i++) {
        p.outcome.stage = (enum stage)(i % STAGE_COUNT);
        p.outcome.how = (enum break_kind)(i / STAGE_COUNT);
        for (unsigned k = 0; k < PROTOCOL_COUNT; k++) {
            p.outcome.protocol = (enum protocol)k;
            p.outcome.refused_for = (enum refused_for)(k % REFUSED_FOR_COUNT);
            advice_outcome(&p, out, sizeof(out));
            assert_spoken(out, break_id(p.outcome.how));
        }
    }
    p.outcome.success = true;
    advice_outcome(&p, out, sizeof(out));
    assert_spoken(out, "it worked");
}

static void test_events(void **state)
{
    char out[ADVICE_LINE];
    const struct probe p = {.outcome.finished = true};
    (void)state;
    for (unsigned kind = 0; kind < EVENT_COUNT; kind++)
        for (unsigned number = 0; number < 256; number++)
            for (unsigned i = 0; i < 4; i++) {
                const struct event e = {.kind = (enum event_kind)kind,
                                        .number = (uint8_t)number,
                                        .direction = i % 2 ? DIRECTION_IN : DIRECTION_OUT,
                                        .level = (uint8_t)(1 + i / 2),
                                        .count = (uint16_t)i};
                advice_event(&p, &e, out, sizeof(out));
                assert_spoken(out, event_id(e.kind));
            }
}

static void test_lists(void **state)
{
    (void)state;
    for (unsigned i = 1; i < STEP_COUNT; i++) {
        assert_spoken(message(step_question((enum step)i)), "a step");
        assert_spoken(message(step_name((enum step)i)), "a step");
    }
    for (unsigned i = 0; i < STORE_COUNT; i++)
        assert_spoken(message(store_kind_name((enum store_kind)i)), "a trust store");
    for (unsigned i = 0; i < QUESTION_COUNT; i++)
        assert_spoken(message(question_row((enum question)i)->words), "a question");
}

static void test_times(void **state)
{
    static const int64_t spans[] = {300, 10800, 864000, 94608000};
    char out[ADVICE_LINE];
    (void)state;
    for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
        advice_span(spans[i], out, sizeof(out));
        assert_spoken(out, "a span");
    }
    for (int month = 0; month < 12; month++) {
        advice_date(1767225600 + month * (int64_t)2678400, true, out, sizeof(out));
        assert_spoken(out, "a date");
    }
}

/* ---- recorded cases ---------------------------------------------------------------------------
 */

static const char *const cases[] = {"healthy", "missing-intermediate", "refused", "server-too-old",
                                    "two-faults"};

/* The walk's text, tree and commands in the language that is spoken. */
static void assert_walk_spoken(const struct walk *w, const char *name)
{
    struct buf out;
    struct by_hand by_hand;
    char brief[ADVICE_LINE];
    buf_init(&out, ROOM);
    report_text(w, NULL, &out);
    report_tree(w, NULL, &out);
    assert_false(out.failed);
    assert_spoken(buf_text(&out), name);
    buf_fini(&out);
    advice_fine_brief(w, brief, sizeof(brief));
    assert_spoken(brief, name);
    for (size_t i = 0; advice_by_hand(w, i, NULL, &by_hand); i++)
        assert_spoken(by_hand.words, name);
}

/* As JSON, with names or without. Caller ends out. */
static void print_json(const struct evidence *ev, bool is_hidden, const char *language,
                       struct buf *out)
{
    static struct walk w;
    struct redactor *v = redactor_new();
    redactor_learn(v, ev);
    const struct redaction redaction = redactor_redaction(v, HIDE_ALL);
    assert_true(message_use(language));
    walk(ev, &w);
    buf_init(out, CASE_MAX_BYTES);
    assert_true(report_json(&w, is_hidden ? &redaction : NULL, out));
    assert_true(message_use(MESSAGE_PSEUDO));
    redactor_free(v);
}

static void test_cases_are_spoken(void **state)
{
    static struct walk w;
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct evidence *ev = recorded(cases[i]);
        walk(ev, &w);
        assert_walk_spoken(&w, cases[i]);
        evidence_free(ev);
    }
}

static void test_json_is_the_same_in_all_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf english, pseudo;
        struct evidence *ev = recorded(cases[i / 2]);
        print_json(ev, i % 2, "en", &english);
        print_json(ev, i % 2, MESSAGE_PSEUDO, &pseudo);
        assert_string_equal(buf_text(&english), buf_text(&pseudo));
        buf_fini(&english);
        buf_fini(&pseudo);
        evidence_free(ev);
    }
}

/* It keeps its values as words in English: those that are sentences of ours are looked up. */
static void test_a_case_with_hidden_names_is_spoken(void **state)
{
    static struct walk w;
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf hidden, again;
        struct evidence *ev = recorded(cases[i]);
        print_json(ev, true, MESSAGE_PSEUDO, &hidden);
        evidence_free(ev);
        ev = read_case(buf_text(&hidden));
        walk(ev, &w);
        assert_walk_spoken(&w, cases[i]);
        print_json(ev, false, "en", &again);
        assert_null(strstr(buf_text(&again), "á"));
        buf_fini(&hidden);
        buf_fini(&again);
        evidence_free(ev);
    }
}

static int speak_pseudo(void **state)
{
    (void)state;
    return message_use(MESSAGE_PSEUDO) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_english_word_is_found),
        cmocka_unit_test(test_causes),
        cmocka_unit_test(test_each_change_has_a_sentence),
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_outcomes),
        cmocka_unit_test(test_events),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_cases_are_spoken),
        cmocka_unit_test(test_json_is_the_same_in_all_languages),
        cmocka_unit_test(test_a_case_with_hidden_names_is_spoken),
    };
    return cmocka_run_group_tests(tests, speak_pseudo, NULL);
}
