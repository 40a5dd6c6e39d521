/*
 * test_text.c - what came from outside can't reach a terminal raw: cleaning, width, small tools.
 * SPDX-License-Identifier: MIT
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "whytls/text.h"

static void assert_cleans(const char *in, size_t n, const char *expected)
{
    char out[256];

    assert_true(text_clean(out, sizeof out, in, n));
    assert_string_equal(out, expected);
    assert_true(text_is_clean(out, strlen(out)));
}

static void test_ordinary_text_stays(void **state)
{
    static const char *const texts[] = {"",
                                        "shop.example",
                                        "caf\xC3\xA9",
                                        "\xE6\x97\xA5\xE6\x9C\xAC",
                                        "\xF0\x9F\x94\x92 closed",
                                        "<U+202E> said aloud"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(text_is_clean(texts[i], strlen(texts[i])));
        assert_cleans(texts[i], strlen(texts[i]), texts[i]);
    }
}

static void test_hidden_characters_are_named(void **state)
{
    static const struct {
        const char *in, *out;
    } rows[] = {
        {"a\x1B[31mb", "a<U+001B>[31mb"},
        {"a\tb\r\n", "a<U+0009>b<U+000D><U+000A>"},
        {"\x7F", "<U+007F>"},
        {"\xC2\x9B", "<U+009B>"}, /* C1: CSI in one character */
        {"\xC2\xAD", "<U+00AD>"},
        {"\xD8\x9C", "<U+061C>"},
        {"\xE2\x80\x8B", "<U+200B>"},
        {"\xE2\x80\x8F", "<U+200F>"},
        {"\xE2\x80\xA8", "<U+2028>"},
        {"gpj\xE2\x80\xAE"
         "exe",
         "gpj<U+202E>exe"},
        {"\xE2\x81\xA0\xE2\x81\xA9", "<U+2060><U+2069>"},
        {"\xEF\xBB\xBF", "<U+FEFF>"},
        {"\xF3\xA0\x80\x80\xF3\xA0\x81\xBF", "<U+E0000><U+E007F>"},
        {"\xEF\xB7\x90\xEF\xBF\xBE", "<U+FDD0><U+FFFE>"},
        {"\xF0\x9F\xBF\xBF", "<U+1FFFF>"},
        {"\xEE\x80\x80\xEF\xA3\xBF", "<U+E000><U+F8FF>"},
        {"\xF4\x8F\xBF\xBF", "<U+10FFFF>"},
        {"\xED\xA0\x80", "<U+D800>"}, /* a surrogate is no character */
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_false(text_is_clean(rows[i].in, strlen(rows[i].in)));
        assert_cleans(rows[i].in, strlen(rows[i].in), rows[i].out);
    }
    assert_cleans("a\0b", 3, "a<U+0000>b");
}

static void test_bytes_that_are_no_utf8_are_shown(void **state)
{
    (void)state;
    assert_cleans("\xFF", 1, "<FF>");
    assert_cleans("caf\xE9!", 5, "caf<E9>!");
    assert_cleans("\xC3", 1, "<C3>"); /* cut in the middle */
    assert_cleans("\xE2\x82", 2, "<E2><82>");
    assert_cleans("\xC0\xAF", 2, "<C0><AF>"); /* overlong "/" */
    assert_cleans("\xE0\x80\xAF", 3, "<E0><80><AF>");
    assert_cleans("\xF0\x80\x80\xAF", 4, "<F0><80><80><AF>");
    assert_cleans("\xF4\x90\x80\x80", 4, "<F4><90><80><80>"); /* above U+10FFFF */
    assert_cleans("\xF8\x88\x80\x80\x80", 5, "<F8><88><80><80><80>");
}

/* Every single byte, and every pair, comes out as clean text, and clean text stays as it is. */
static void test_whatever_comes_in_clean_comes_out(void **state)
{
    char out[64], again[64];

    (void)state;
    for (unsigned a = 0; a < 256; a++) {
        for (unsigned b = 0; b < 256; b++) {
            unsigned char in[] = {(unsigned char)a, (unsigned char)b};

            assert_true(text_clean(out, sizeof out, in, sizeof in));
            assert_true(text_is_clean(out, strlen(out)));
            assert_true(text_clean(again, sizeof again, out, strlen(out)));
            assert_string_equal(again, out);
        }
    }
}

static void test_what_does_not_fit_is_cut_whole(void **state)
{
    static const char in[] = "ab\xC3\xA9\x1B\xE6\x97\xA5z";
    enum { WHOLE = 2 + 2 + 8 + 3 + 1 }; /* <U+001B> has 8 */
    char out[32];

    (void)state;
    for (size_t size = 1; size < sizeof out; size++) {
        memset(out, '#', sizeof out);
        assert_int_equal(text_clean(out, size, in, sizeof in - 1), size > WHOLE);
        size_t n = strlen(out);
        assert_true(n < size);
        assert_true(text_is_clean(out, n));
        assert_true(n == 0 || out[n - 1] != '+');
        for (size_t i = size; i < sizeof out; i++) {
            assert_int_equal(out[i], '#');
        }
    }
    assert_false(text_clean(out, 10, "ab\x1B", 3));
    assert_string_equal(out, "ab"); /* <U+001B> has 8: with the NUL one too many */
    assert_true(text_clean(out, 11, "ab\x1B", 3));
    assert_string_equal(out, "ab<U+001B>");
}

static void test_copy_cuts_at_a_character(void **state)
{
    char out[5];

    (void)state;
    assert_true(text_copy(out, sizeof out, "abcd"));
    assert_string_equal(out, "abcd");
    assert_false(text_copy(out, sizeof out, "abcde"));
    assert_string_equal(out, "abcd");
    assert_false(text_copy(out, sizeof out, "abc\xC3\xA9"));
    assert_string_equal(out, "abc");
    assert_false(text_copy(out, sizeof out, "ab\xE6\x97\xA5"));
    assert_string_equal(out, "ab");
    assert_true(text_copy(out, sizeof out, NULL));
    assert_string_equal(out, "");
    assert_true(text_clean_str(out, sizeof out, NULL));
    text_copy_cut(out, sizeof out, "abcde");
    assert_string_equal(out, "abcd");
    TEXT_SET(out, "abcd");
    assert_string_equal(out, "abcd");
}

/* What was cut passes for no whole text, wherever it was cut. */
static void test_a_cut_is_marked(void **state)
{
    static const char in[] = "name.with.m\xC3\xA9ny.labels.\x1B\x80.example";
    char whole[64], out[64];

    (void)state;
    text_clean_str_marked(whole, sizeof whole, in);
    assert_string_equal(whole, "name.with.m\xC3\xA9ny.labels.<U+001B><80>.example");
    for (size_t size = 1; size < sizeof out; size++) {
        memset(out, '#', sizeof out);
        text_clean_str_marked(out, size, in);
        size_t n = strlen(out), mark = strlen(TEXT_CUT);
        assert_true(n < size);
        assert_true(text_is_clean(out, n));
        if (size > strlen(whole))
            assert_string_equal(out, whole);
        else if (size >= 16)
            assert_string_equal(out + n - mark, TEXT_CUT);
        for (size_t i = size; i < sizeof out; i++)
            assert_int_equal(out[i], '#');
    }
}

static void test_width(void **state)
{
    (void)state;
    assert_non_null(setlocale(LC_ALL, "C"));
    assert_int_equal(text_width("shop.example"), 12);
    assert_int_equal(text_width("caf\xC3\xA9"), 4);
    assert_int_equal(text_width("\xE6\x97\xA5"), 1); /* no Unicode here: characters are counted */
    if (setlocale(LC_ALL, "C.UTF-8") == NULL) {
        skip();
    }
    assert_int_equal(text_width("shop.example"), 12);
    assert_int_equal(text_width("caf\xC3\xA9"), 4);
    assert_int_equal(text_width("\xE6\x97\xA5\xE6\x9C\xAC"), 4);
    assert_int_equal(text_width("e\xCC\x81"), 1); /* a combining accent takes none */
    assert_non_null(setlocale(LC_ALL, "C"));
}

static void test_next_always_ends(void **state)
{
    const char *s = "a\xC3\xA9\xFF\xF0\x9F\x94\x92\xE2\x82";
    static const unsigned expected[] = {'a', 0xE9, 0xFFFD, 0x1F512, 0xFFFD, 0xFFFD};
    unsigned c = 0;
    size_t n = 0;

    (void)state;
    for (size_t taken = text_next(s, &c); taken > 0; taken = text_next(s, &c)) {
        assert_true(n < sizeof expected / sizeof *expected);
        assert_int_equal(c, expected[n++]);
        s += taken;
    }
    assert_int_equal(n, sizeof expected / sizeof *expected);
    assert_int_equal(*s, '\0');
}

static void test_nocase_knows_ascii_only(void **state)
{
    (void)state;
    assert_true(text_equal_nocase("Shop.EXAMPLE", "shop.example"));
    assert_false(text_equal_nocase("shop", "shops"));
    assert_false(text_equal_nocase("shops", "shop"));
    assert_false(text_equal_nocase("\xC3\x89", "\xC3\xA9"));
    assert_true(text_equal_nocase("\xC3\xA9", "\xC3\xA9"));
    assert_true(text_starts_nocase("HTTP/1.1 200", "http/"));
    assert_false(text_starts_nocase("HT", "http/"));
    assert_true(text_starts_nocase("", ""));
    assert_true(text_ends_nocase("www.Shop.Example", ".example"));
    assert_false(text_ends_nocase("le", ".example"));
    assert_true(text_contains_nocase("No required SSL certificate", "ssl CERT"));
    assert_true(text_contains_nocase("x", ""));
    assert_false(text_contains_nocase("ssss", "ssl"));
    assert_true(text_contains_nocase("sssl", "ssl"));
}

static void assert_trims(const char *in, const char *expected)
{
    size_t n = strlen(in);

    text_trim(&in, &n);
    assert_int_equal(n, strlen(expected));
    assert_memory_equal(in, expected, n);
}

static void test_what_surrounds_a_paste_is_taken_off(void **state)
{
    (void)state;
    assert_trims("", "");
    assert_trims(" \t\r\n", "");
    assert_trims(" a b\n", "a b");
    assert_trims("\xC2\xA0"
                 "a\xE3\x80\x80",
                 "a"); /* U+00A0, U+3000 */
    assert_trims("\xEF\xBB\xBF\xE2\x80\x8B"
                 "a\xE2\x80\x8F\xC2\xAD",
                 "a"); /* U+FEFF, 200B, 200F, AD */
    assert_trims("\xE2\x80\xAF"
                 "a\xE2\x81\xA0",
                 "a"); /* U+202F, U+2060 */
    assert_trims("a\xE2\x80\x8B"
                 "b",
                 "a\xE2\x80\x8B"
                 "b");
    assert_trims("\x1B[31m", "\x1B[31m"); /* a control is no blank: it is named */
    assert_trims("a\xA0", "a\xA0");       /* half a character is none */
    assert_trims("\x80\x80\x80", "\x80\x80\x80");
    assert_trims("\xC3\xA0", "\xC3\xA0"); /* ends in the byte of a no-break space */
    assert_true(text_has_blank("a\xC2\xA0"
                               "b",
                               4));
    assert_false(text_has_blank("ab c", 2));
    assert_false(text_has_blank("a\xC2", 2));
}

static void test_what_is_printed_is_cut_at_a_character(void **state)
{
    char out[8];
    (void)state;
    text_printf(out, sizeof(out), "%s%d", "abcdé", 12);
    assert_string_equal(out, "abcdé1");
    text_printf(out, sizeof(out), "abcdef%s", "é");
    assert_string_equal(out, "abcdef");
    text_printf(out, 1, "%s", "é");
    assert_string_equal(out, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_printed_is_cut_at_a_character),
        cmocka_unit_test(test_ordinary_text_stays),
        cmocka_unit_test(test_hidden_characters_are_named),
        cmocka_unit_test(test_bytes_that_are_no_utf8_are_shown),
        cmocka_unit_test(test_whatever_comes_in_clean_comes_out),
        cmocka_unit_test(test_what_does_not_fit_is_cut_whole),
        cmocka_unit_test(test_copy_cuts_at_a_character),
        cmocka_unit_test(test_a_cut_is_marked),
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_next_always_ends),
        cmocka_unit_test(test_nocase_knows_ascii_only),
        cmocka_unit_test(test_what_surrounds_a_paste_is_taken_off),
    };

    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
