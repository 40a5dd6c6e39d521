/*
 * ascii.c - letters, digits and numbers whatever the locale: see ascii.h. Uses libc only.
 * Fuzzed by fuzz_target.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/ascii.h"

bool ascii_isdigit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool ascii_isalpha(char c)
{
    return is_upper(c) || is_lower(c);
}

bool ascii_isalnum(char c)
{
    return ascii_isalpha(c) || ascii_isdigit(c);
}

bool ascii_isspace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

char ascii_tolower(char c)
{
    return is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

char ascii_toupper(char c)
{
    return is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

int ascii_hex_value(char c)
{
    if (ascii_isdigit(c))
        return c - '0';
    char small = ascii_tolower(c);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

bool ascii_equal_nocase(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ascii_tolower(a[i]) != ascii_tolower(b[i]))
            return false;
    return true;
}

int64_t ascii_take_number(const char **at, int64_t most)
{
    int64_t n = 0;
    const char *s = *at;
    for (; ascii_isdigit(*s); s++) {
        int64_t digit = *s - '0';
        if (digit > most || n > (most - digit) / 10)
            return -1;
        n = n * 10 + digit;
    }
    if (s == *at)
        return -1;
    *at = s;
    return n;
}
