/*
 * text.c - text that is safe to show, and small tools for strings: see text.h for the rules.
 * Cleaning is the wall between bytes from outside and every screen, file and page.
 * Uses libc and ascii.h. Fuzzed by fuzz_text.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/text.h"

#include <langinfo.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "whytls/ascii.h"

/*
 * What a reader can't see, or what moves the others about on the line. Terminals pass most of these
 * on, ncurses too (measured: U+202E, U+200B and U+00AD go through raw), so they are named instead.
 */
static const struct {
    uint32_t first, last;
} hidden[] = {
    {0x0000, 0x001F},    /* C0, with TAB, CR and LF: they break a line of ours */
    {0x007F, 0x009F},    /* DEL, C1: CSI and OSC as one character */
    {0x00AD, 0x00AD},    /* soft hyphen */
    {0x034F, 0x034F},    /* combining grapheme joiner */
    {0x061C, 0x061C},    /* Arabic letter mark: direction */
    {0x115F, 0x1160},    /* Hangul fillers: blank, but letters to others */
    {0x17B4, 0x17B5},    /* Khmer vowels that are never shown */
    {0x180E, 0x180E},    /* Mongolian vowel separator */
    {0x200B, 0x200F},    /* zero width, direction marks */
    {0x2028, 0x202E},    /* line and paragraph separators, direction overrides */
    {0x2060, 0x206F},    /* word joiner, invisible operators, isolates, deprecated controls */
    {0x3164, 0x3164},    /* Hangul filler */
    {0xD800, 0xDFFF},    /* surrogates: RFC 3629 3 forbids them in UTF-8 */
    {0xE000, 0xF8FF},    /* private use: a font's own matter */
    {0xFDD0, 0xFDEF},    /* noncharacters */
    {0xFEFF, 0xFEFF},    /* byte order mark */
    {0xFFA0, 0xFFA0},    /* halfwidth Hangul filler */
    {0xFFF0, 0xFFFB},    /* unassigned, interlinear annotation */
    {0xFFFE, 0xFFFF},    /* noncharacters */
    {0x1D173, 0x1D17A},  /* musical controls */
    {0x1FFFE, 0x1FFFF},  /* noncharacters, as at the end of each plane */
    {0x2FFFE, 0x2FFFF},  /* the same */
    {0x3FFFE, 0x10FFFF}, /* unassigned planes, tags (U+E0000), private planes */
};

static bool is_hidden(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        if (code_point >= hidden[i].first && code_point <= hidden[i].last) {
            return true;
        }
    }
    return false;
}

/*
 * RFC 3629 4: the shortest form only. Returns 0 where the bytes are not UTF-8. Surrogates are
 * decoded here so that they can be called by their number.
 */
static size_t decode(const unsigned char *s, size_t n, uint32_t *code_point)
{
    static const struct {
        unsigned char first, last, bits; /* of the lead byte: its range, and what it says */
        uint32_t smallest;               /* a shorter way to write the same is refused */
    } leads[] = {
        {0x00, 0x7F, 0x7F, 0},
        {0xC2, 0xDF, 0x1F, 0x80},
        {0xE0, 0xEF, 0x0F, 0x800},
        {0xF0, 0xF4, 0x07, 0x10000},
    };

    for (size_t more = 0; n > 0 && more < sizeof leads / sizeof leads[0]; more++) {
        if (s[0] < leads[more].first || s[0] > leads[more].last) {
            continue;
        }
        uint32_t c = s[0] & leads[more].bits;

        for (size_t i = 1; i <= more; i++) {
            if (i >= n || (s[i] & 0xC0u) != 0x80u) {
                return 0;
            }
            c = (c << 6) | (s[i] & 0x3Fu);
        }
        *code_point = c;
        return c >= leads[more].smallest && c <= 0x10FFFF ? more + 1 : 0;
    }
    return 0;
}

bool text_clean(char *out, size_t out_size, const void *in, size_t n)
{
    const unsigned char *s = in;
    size_t length = 0;

    if (out_size == 0) {
        return n == 0;
    }
    while (n > 0) {
        uint32_t c = 0;
        size_t taken = decode(s, n, &c);
        char named[16];
        const void *piece = s;
        size_t piece_length = taken;

        if (taken == 0) {
            piece_length = (size_t)snprintf(named, sizeof named, "<%02X>", (unsigned)s[0]);
            piece = named;
            taken = 1;
        } else if (is_hidden(c)) {
            piece_length = (size_t)snprintf(named, sizeof named, "<U+%04X>", (unsigned)c);
            piece = named;
        }
        if (length + piece_length >= out_size) {
            break;
        }
        memcpy(out + length, piece, piece_length);
        length += piece_length;
        s += taken;
        n -= taken;
    }
    out[length] = '\0';
    return n == 0;
}

bool text_clean_str(char *out, size_t out_size, const char *in)
{
    return text_clean(out, out_size, in != NULL ? in : "", in != NULL ? strlen(in) : 0);
}

/* The largest length of at most n bytes that ends between two characters. */
static size_t whole_characters(const char *s, size_t n)
{
    while (n > 0 && ((unsigned char)s[n] & 0xC0u) == 0x80u) {
        n--;
    }
    return n;
}

void text_clean_marked(char *out, size_t out_size, const void *in, size_t n)
{
    enum { SMALLEST = 16 }; /* in less the mark would be most of it */
    if (text_clean(out, out_size, in, n) || out_size < SMALLEST) {
        return;
    }
    size_t length = strlen(out), room = out_size - sizeof TEXT_CUT;
    size_t kept = whole_characters(out, length < room ? length : room);
    while (kept > 0 && out[kept - 1] == ' ') {
        kept--;
    }
    memset(out + kept, 0, length - kept); /* nothing is left behind the end: some compare bytes */
    memcpy(out + kept, TEXT_CUT, sizeof TEXT_CUT);
}

void text_clean_str_marked(char *out, size_t out_size, const char *in)
{
    text_clean_marked(out, out_size, in != NULL ? in : "", in != NULL ? strlen(in) : 0);
}

bool text_is_clean(const void *in, size_t n)
{
    const unsigned char *s = in;

    while (n > 0) {
        uint32_t c = 0;
        size_t taken = decode(s, n, &c);

        if (taken == 0 || is_hidden(c)) {
            return false;
        }
        s += taken;
        n -= taken;
    }
    return true;
}

/* Unicode White_Space (PropList.txt), and the marks beside it that take no room on the line. */
static bool is_blank(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

static bool is_unseen(uint32_t c)
{
    return is_blank(c) || c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

void text_trim(const char **s, size_t *n)
{
    uint32_t c = 0;
    size_t taken = 0;

    while ((taken = decode((const unsigned char *)*s, *n, &c)) > 0 && is_unseen(c)) {
        *s += taken;
        *n -= taken;
    }
    while (*n > 0) {
        size_t start = *n - 1;

        while (start > 0 && ((unsigned char)(*s)[start] & 0xC0u) == 0x80u) {
            start--;
        }
        taken = decode((const unsigned char *)*s + start, *n - start, &c);
        if (taken != *n - start || !is_unseen(c)) {
            return;
        }
        *n = start;
    }
}

bool text_has_blank(const char *s, size_t n)
{
    for (size_t at = 0; at < n;) {
        uint32_t c = 0;
        size_t taken = decode((const unsigned char *)s + at, n - at, &c);

        if (taken > 0 && is_blank(c)) {
            return true;
        }
        at += taken > 0 ? taken : 1;
    }
    return false;
}

bool text_copy(char *out, size_t out_size, const char *in)
{
    size_t n = in != NULL ? strlen(in) : 0;
    bool whole = n < out_size;

    if (out_size == 0) {
        return n == 0;
    }
    if (!whole) {
        n = whole_characters(in, out_size - 1);
    }
    if (n > 0) {
        memmove(out, in, n);
    }
    out[n] = '\0';
    return whole;
}

void text_copy_cut(char *out, size_t out_size, const char *in)
{
    if (!text_copy(out, out_size, in)) {
        return; /* as asked */
    }
}

/* What was cut at a byte may end in a part of a character. */
static void take_half_character(char *s)
{
    size_t n = strlen(s), at = n;
    uint32_t c = 0;
    while (at > 0 && ((unsigned char)s[at - 1] & 0xC0u) == 0x80u)
        at--;
    if (at > 0)
        at--;
    if (n > 0 && decode((const unsigned char *)s + at, n - at, &c) != n - at)
        s[at] = '\0';
}

void text_printf(char *out, size_t out_size, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = out_size > 0 ? vsnprintf(out, out_size, format, args) : -1;
    va_end(args);
    if (n >= 0 && (size_t)n >= out_size)
        take_half_character(out);
}

int text_columns(unsigned int code_point)
{
    /* Elsewhere wcwidth() knows nothing of Unicode (C locale: -1 for all but ASCII). */
    if (code_point < 0x80 || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        return 1;
    }
    int columns = wcwidth((wchar_t)code_point);
    return columns >= 0 ? columns : 1;
}

int text_width(const char *s)
{
    int width = 0;
    while (*s != '\0') {
        unsigned int c = 0;
        s += text_next(s, &c);
        width += text_columns(c);
    }
    return width;
}

size_t text_next(const char *s, unsigned int *code_point)
{
    uint32_t c = 0;
    if (*s >= 0x20 && *s < 0x7F) { /* nearly all there is, and every screen goes through here */
        *code_point = (unsigned char)*s;
        return 1;
    }
    size_t taken = decode((const unsigned char *)s, strnlen(s, 4), &c);

    if (taken == 0 && *s != '\0') {
        /* Not clean after all: one replacement character a byte, so that the caller still ends. */
        *code_point = 0xFFFD;
        return 1;
    }
    *code_point = c;
    return taken;
}

bool text_equal_nocase(const char *a, const char *b)
{
    while (*a != '\0' && ascii_tolower(*a) == ascii_tolower(*b)) {
        a++;
        b++;
    }
    return ascii_tolower(*a) == ascii_tolower(*b);
}

bool text_starts_nocase(const char *s, const char *prefix)
{
    while (*prefix != '\0' && ascii_tolower(*s) == ascii_tolower(*prefix)) {
        s++;
        prefix++;
    }
    return *prefix == '\0';
}

bool text_contains_nocase(const char *haystack, const char *needle)
{
    do {
        if (text_starts_nocase(haystack, needle)) {
            return true;
        }
    } while (*haystack++ != '\0');
    return false;
}

static bool is_letter_or_digit(char c)
{
    return ascii_isalnum(c) || (c & 0x80);
}

bool text_has_words_nocase(const char *haystack, const char *words)
{
    size_t n = strlen(words);
    char before = ' ';

    for (const char *at = haystack; n > 0 && *at != '\0'; before = *at++) {
        bool starts = !is_letter_or_digit(words[0]) || !is_letter_or_digit(before);
        if (starts && text_starts_nocase(at, words) &&
            (!is_letter_or_digit(words[n - 1]) || !is_letter_or_digit(at[n]))) {
            return true;
        }
    }
    return false;
}

bool text_ends_nocase(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);

    return m <= n && text_equal_nocase(s + n - m, suffix);
}
