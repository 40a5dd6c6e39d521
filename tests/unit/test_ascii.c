/*
 * test_ascii.c - letters, digits and numbers as libc has them in the locale C; bytes over 0x7F are
 * none.
 * SPDX-License-Identifier: MIT
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "whytls/ascii.h"

/* No setlocale here: libc's are those of the locale C, which is what is wanted of each byte. */
static void test_each_byte_is_as_in_the_locale_c(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        char byte = (char)c;
        assert_int_equal(ascii_isdigit(byte), isdigit(c) != 0);
        assert_int_equal(ascii_isalpha(byte), isalpha(c) != 0);
        assert_int_equal(ascii_isalnum(byte), isalnum(c) != 0);
        assert_int_equal(ascii_isspace(byte), isspace(c) != 0);
        assert_int_equal((unsigned char)ascii_tolower(byte), tolower(c));
        assert_int_equal((unsigned char)ascii_toupper(byte), toupper(c));
        char text[] = {byte, '\0'};
        int value = isxdigit(c) ? (int)strtol(text, NULL, 16) : -1;
        assert_int_equal(ascii_hex_value(byte), value);
    }
}

static void test_equal_nocase(void **state)
{
    (void)state;
    assert_true(ascii_equal_nocase("ISSUING ca i", "issuing CA I", 12));
    assert_true(ascii_equal_nocase("imapS://x", "IMAPs and more", 5));
    assert_true(ascii_equal_nocase("a", "b", 0));
    assert_false(ascii_equal_nocase("shop", "shoq", 4));
    assert_false(ascii_equal_nocase("[", "{", 1)); /* 0x20 apart, and no letters */
    assert_false(ascii_equal_nocase("\xDD", "\xFD", 1));
    assert_true(ascii_equal_nocase("a\0B", "A\0b", 3));
    assert_false(ascii_equal_nocase("a\0b", "a\0c", 3));
}

static void test_numbers(void **state)
{
    static const struct {
        const char *text;
        int64_t most, n;
        size_t taken;
    } rows[] = {
        {"0", 9, 0, 1},
        {"65535", 65535, 65535, 5},
        {"65536", 65535, -1, 0},
        {"00443:", 65535, 443, 5},
        {"2048", INT32_MAX, 2048, 4},
        {"12,5", 99, 12, 2},
        {"7", 6, -1, 0},
        {"10", 9, -1, 0},
        {"", 9, -1, 0},
        {"x", 9, -1, 0},
        {"+1", 9, -1, 0},
        {"-1", 9, -1, 0},
        {" 1", 9, -1, 0},
        {"\xB2", 9, -1, 0}, /* a small 2 where a byte is a character */
        {"9223372036854775807", INT64_MAX, INT64_MAX, 19},
        {"9223372036854775808", INT64_MAX, -1, 0},
        {"99999999999999999999", INT64_MAX, -1, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *at = rows[i].text;
        assert_true(ascii_take_number(&at, rows[i].most) == rows[i].n);
        assert_int_equal(at - rows[i].text, rows[i].taken);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_byte_is_as_in_the_locale_c),
        cmocka_unit_test(test_equal_nocase),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
