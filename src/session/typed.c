/*
 * typed.c - what people type or paste where an address is wanted: see typed.h. Uses base.
 * Fuzzed by fuzz_target.
 * SPDX-License-Identifier: MIT
 */
#include "typed.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "whytls/ascii.h"
#include "whytls/text.h"
#include "whytls/message.h"

enum { MOST_PARTS = 4, BYTE_MAX = 255, DOTTED_SIZE = 16 };

/* ---- what surrounds it ------------------------------------------------------------------------
 */

static const char *const openers[] = {
    "<", "(", "\"", "'", "`", "\xe2\x80\x9c", "\xe2\x80\x9e", "\xe2\x80\x98", "\xc2\xab",
};
static const char *const closers[] = {
    ">",        ")", "\"", "'", "`", ",", ";", "!", "\xe2\x80\x9d", "\xe2\x80\x9c", "\xe2\x80\x99",
    "\xc2\xbb",
};

static bool takes_off_start(const char **s, size_t *n)
{
    for (size_t i = 0; i < sizeof(openers) / sizeof(openers[0]); i++) {
        size_t len = strlen(openers[i]);
        if (*n >= len && memcmp(*s, openers[i], len) == 0) {
            *s += len;
            *n -= len;
            return true;
        }
    }
    return false;
}

/* A full stop is one of a sentence only behind such a mark; else it is the root's, of a name. */
static bool takes_off_end(const char *s, size_t *n)
{
    size_t end = *n;
    while (end > 0 && s[end - 1] == '.')
        end--;
    for (size_t i = 0; i < sizeof(closers) / sizeof(closers[0]); i++) {
        size_t len = strlen(closers[i]);
        if (end >= len && memcmp(s + end - len, closers[i], len) == 0) {
            *n = end - len;
            return true;
        }
    }
    return false;
}

char *typed_unwrap(char *text)
{
    const char *s = text;
    size_t n = strlen(text);
    do
        text_trim(&s, &n);
    while (takes_off_start(&s, &n) || takes_off_end(s, &n));
    char *begin = text + (s - text);
    begin[n] = '\0';
    return begin;
}

/* ---- what is more than an address -------------------------------------------------------------
 */

const char *typed_refuse_words(const char *text)
{
    const char *rest = strstr(text, "://");
    rest = rest ? rest + 3 : text;
    size_t head = (size_t)(rest - text) + strcspn(rest, "/?#");
    if (text_has_blank(text, head))
        return N_("These are several words. Type the address alone, such as shop.example");
    if (!text_is_clean(text, head))
        return N_("There is a character in it that cannot be seen. Type the address anew");
    return NULL;
}

/* ---- numbers ----------------------------------------------------------------------------------
 */

/* "12", "012", "0x1f", "0x" */
static bool is_number(const char *s, size_t n)
{
    bool is_hex = n >= 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X');
    for (size_t i = is_hex ? 2 : 0; i < n; i++)
        if (is_hex ? ascii_hex_value(s[i]) < 0 : !ascii_isdigit(s[i]))
            return false;
    return n > 0;
}

static bool ends_in_number(const char *host)
{
    const char *dot = strrchr(host, '.');
    const char *last = dot ? dot + 1 : host;
    return is_number(last, strlen(last));
}

/* Decimal, with no zero in front, which others read as octal. *value stops at 2^32. */
static bool read_part(const char *s, size_t n, uint64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < n; i++) {
        if (!ascii_isdigit(s[i]))
            return false;
        *value = *value > UINT32_MAX ? *value : *value * 10 + (uint64_t)(s[i] - '0');
    }
    return n == 1 || (n > 1 && s[0] != '0');
}

/* The last part fills all bytes that are left (inet_aton(3)). */
static bool put_together(const uint64_t *parts, size_t n, char *dotted)
{
    uint32_t all = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        if (parts[i] > BYTE_MAX)
            return false;
        all |= (uint32_t)parts[i] << (24 - 8 * i);
    }
    if (parts[n - 1] > UINT32_MAX >> (8 * (n - 1)))
        return false;
    all |= (uint32_t)parts[n - 1];
    snprintf(dotted, DOTTED_SIZE, "%u.%u.%u.%u", all >> 24, all >> 16 & BYTE_MAX,
             all >> 8 & BYTE_MAX, all & BYTE_MAX);
    return true;
}

enum typed_number typed_read_number(const char *host, char *dotted, const char **why)
{
    uint64_t parts[MOST_PARTS];
    size_t n = 0;
    *why = N_("A number alone is no IP address. Type a name, or all four parts: 192.0.2.1");
    if (!ends_in_number(host))
        return TYPED_NAME;
    if (!strchr(host, '.'))
        return TYPED_REFUSED;
    *why = N_("This is no IP address: it has four parts from 0 to 255, such as 192.0.2.1");
    for (const char *at = host; *at; n++) {
        size_t len = strcspn(at, ".");
        if (n == MOST_PARTS || !is_number(at, len))
            return TYPED_REFUSED;
        if (!read_part(at, len, &parts[n])) {
            *why = N_(
                "This can be read in two ways. Type four plain decimal parts, such as 192.0.2.1");
            return TYPED_REFUSED;
        }
        at += len + (at[len] == '.');
    }
    return put_together(parts, n, dotted) ? TYPED_ADDRESS : TYPED_REFUSED;
}
