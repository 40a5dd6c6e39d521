/*
 * test_message.c - a text in another language: catalogues in both orders of bytes, damaged ones,
 * which language is spoken, and the pseudo-language.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/catalogue.h"
#include "whytls/message.h"

enum { SIZE = 512 };

/* ---- a catalogue, made as msgfmt makes one ------------------------------------------------ */

struct maker {
    unsigned char bytes[SIZE];
    size_t n;
    bool is_big;
};

static void put_word(struct maker *m, size_t at, unsigned value)
{
    for (unsigned i = 0; i < 4; i++)
        m->bytes[at + (m->is_big ? 3 - i : i)] = (unsigned char)(value >> (8 * i));
}

static void put_text(struct maker *m, size_t row, const char *text, size_t len)
{
    put_word(m, row, (unsigned)len);
    put_word(m, row + 4, (unsigned)m->n);
    memcpy(m->bytes + m->n, text, len + 1);
    m->n += len + 1;
}

static struct catalogue make(struct maker *m, bool is_big)
{
    static const struct {
        const char *id;
        size_t id_len;
        const char *text;
        size_t len;
    } rows[] = {
        {"", 0, "Language: de\n", 13},
        {"%u fault", 8 + 1 + 9, "%u Fehler\0%u Fehler!", 9 + 1 + 10},
        {"Nobody", 6, "Niemand", 7},
        {"The clock is wrong", 18, "Die Uhr geht falsch", 19},
    };
    static const char plural_id[] = "%u fault\0%u faults";
    enum { N = sizeof(rows) / sizeof(rows[0]), FIRST = 28, SECOND = FIRST + 8 * N };
    *m = (struct maker){.n = SECOND + 8 * N, .is_big = is_big};
    put_word(m, 0, 0x950412de);
    put_word(m, 8, N);
    put_word(m, 12, FIRST);
    put_word(m, 16, SECOND);
    for (size_t i = 0; i < N; i++) {
        const char *id = i == 1 ? plural_id : rows[i].id;
        put_text(m, FIRST + 8 * i, id, i == 1 ? sizeof(plural_id) - 1 : rows[i].id_len);
    }
    for (size_t i = 0; i < N; i++)
        put_text(m, SECOND + 8 * i, rows[i].text, rows[i].len);
    return (struct catalogue){.language = "de", .bytes = (const char *)m->bytes, .len = m->n};
}

static void both_orders_of_bytes_are_read(void **state)
{
    (void)state;
    for (int is_big = 0; is_big < 2; is_big++) {
        struct maker m;
        struct catalogue c = make(&m, is_big);
        assert_string_equal(catalogue_find(&c, "Nobody", 0), "Niemand");
        assert_string_equal(catalogue_find(&c, "The clock is wrong", 0), "Die Uhr geht falsch");
        assert_string_equal(catalogue_find(&c, "%u fault", 0), "%u Fehler");
        assert_string_equal(catalogue_find(&c, "%u fault", 1), "%u Fehler!");
        assert_null(catalogue_find(&c, "%u fault", 2));
        assert_null(catalogue_find(&c, "Nobod", 0));
        assert_null(catalogue_find(&c, "Nobody!", 0));
        assert_null(catalogue_find(&c, "", 5));
    }
}

/* Every byte changed, and cut everywhere: nothing outside of the bytes is read (sanitizers see). */
static void damaged_ones_are_read_within_their_bytes(void **state)
{
    (void)state;
    struct maker m;
    const struct catalogue whole = make(&m, false);
    for (size_t i = 0; i < whole.len; i++)
        for (unsigned k = 0; k < 3; k++) {
            static const unsigned char values[] = {0, 0x7F, 0xFF};
            char *bytes = malloc(whole.len);
            assert_non_null(bytes);
            memcpy(bytes, whole.bytes, whole.len);
            bytes[i] = (char)values[k];
            struct catalogue c = {.language = "de", .bytes = bytes, .len = whole.len};
            catalogue_find(&c, "Nobody", 0);
            catalogue_find(&c, "%u fault", 1);
            free(bytes);
            bytes = malloc(i + 1);
            assert_non_null(bytes);
            memcpy(bytes, whole.bytes, i + 1);
            c = (struct catalogue){.language = "de", .bytes = bytes, .len = i + 1};
            catalogue_find(&c, "Nobody", 0);
            free(bytes);
        }
}

/* ---- which one is spoken ------------------------------------------------------------------- */

static void speaks(const char *all, const char *messages, const char *lang, const char *language,
                   const char *expected)
{
    const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"};
    const char *const values[] = {all, messages, lang, language};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(values[i] ? setenv(names[i], values[i], 1) : unsetenv(names[i]), 0);
    message_use_environment();
    assert_string_equal(message_language(), expected);
}

static void the_environment_is_heard_as_gettext_hears_it(void **state)
{
    (void)state;
    struct maker m;
    const struct catalogue list[] = {make(&m, false)};
    message_set_catalogues(list, 1);
    speaks(NULL, NULL, NULL, NULL, "en");
    speaks(NULL, NULL, "de_DE.UTF-8", NULL, "de");
    speaks(NULL, NULL, "de_AT@euro", NULL, "de");
    speaks("", "de", "fr", NULL, "de");
    speaks("C", "de", "de", NULL, "en");
    speaks("C.UTF-8", NULL, "de", "de", "en");
    speaks("en_GB.UTF-8", NULL, NULL, "fr:de", "de");
    speaks("fr_FR.UTF-8", NULL, NULL, NULL, "en");
    speaks("de_DE.UTF-8", NULL, NULL, "en", "en");
    assert_true(message_use("de"));
    assert_string_equal(message("Nobody"), "Niemand");
    assert_string_equal(message("not there"), "not there");
    assert_string_equal(message(""), "");
    assert_string_equal(message_plural("%u fault", "%u faults", 1), "%u Fehler");
    assert_string_equal(message_plural("%u fault", "%u faults", 2), "%u Fehler!");
    assert_false(message_use("xx"));
    assert_string_equal(message("Nobody"), "Nobody");
    assert_string_equal(message_plural("%u fault", "%u faults", 2), "%u faults");
    message_set_catalogues(NULL, 0);
}

static void the_pseudo_language_is_longer_and_keeps_keys(void **state)
{
    (void)state;
    assert_true(message_use(MESSAGE_PSEUDO));
    const char *text = message("The site {host} sent %zu of %-3u bytes: 100%%");
    assert_non_null(strstr(text, "{host}"));
    assert_non_null(strstr(text, "%zu"));
    assert_non_null(strstr(text, "%-3u"));
    assert_non_null(strstr(text, "100%%"));
    assert_int_equal(text[0], '[');
    assert_int_equal(text[strlen(text) - 1], ']');
    assert_null(strstr(text, "site"));
    assert_true(strlen(text) > 45 * 14 / 10);
    assert_ptr_equal(text, message("The site {host} sent %zu of %-3u bytes: 100%%"));
    assert_string_equal(message(" "), " ");
    assert_int_equal(message("  Yes ")[2], '[');
    message_in_english(true);
    assert_string_equal(message("Nobody"), "Nobody");
    message_in_english(false);
    assert_string_not_equal(message("Nobody"), "Nobody");
    message_use("C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_orders_of_bytes_are_read),
        cmocka_unit_test(damaged_ones_are_read_within_their_bytes),
        cmocka_unit_test(the_environment_is_heard_as_gettext_hears_it),
        cmocka_unit_test(the_pseudo_language_is_longer_and_keeps_keys),
    };
    return cmocka_run_group_tests_name("message", tests, NULL, NULL);
}
