/*
 * json.c - the strict JSON scanner of json.h: it builds nothing, it only says what is wrong where.
 * Recursion is as deep as JSON_MAX_DEPTH at most. Uses libc only. Fuzzed by fuzz_case.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/ascii.h"
#include "whytls/message.h"

/* cJSON copies a number into 64 bytes; no number of ours comes near. */
enum { NUMBER_MAX = 48 };

/* A member's name as it stands between its quotes. */
struct name {
    const char *at, *end;
    bool has_escapes;
};

struct scan {
    const char *at, *end;
    const char *what; /* the first fault; at is where */
    bool no_memory;
    struct name *names; /* of all objects that are open, the innermost last */
    size_t n_names, cap_names;
    size_t compared; /* characters of names, to find duplicates */
    size_t n_values;
    size_t wanted; /* value whose place is asked for; SIZE_MAX: none, all is checked */
    const char *found;
};

static bool scan_value(struct scan *s, int depth);

static bool fail(struct scan *s, const char *what)
{
    if (s->what == NULL) {
        s->what = what;
    }
    return false;
}

static void skip_space(struct scan *s)
{
    while (s->at < s->end &&
           (*s->at == ' ' || *s->at == '\t' || *s->at == '\n' || *s->at == '\r')) {
        s->at++;
    }
}

static bool take(struct scan *s, char c)
{
    if (s->at < s->end && *s->at == c) {
        s->at++;
        return true;
    }
    return false;
}

/* Four hex digits; -1 where they are not there. */
static int32_t hex_four(const char *at, const char *end)
{
    int32_t value = 0;

    if (end - at < 4) {
        return -1;
    }
    for (int i = 0; i < 4; i++) {
        int digit = ascii_hex_value(at[i]);

        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

/* After a backslash. A lone surrogate is no text (RFC 8259 8.2), and cJSON refuses it too. */
static bool scan_escape(struct scan *s)
{
    int32_t unit = 0, second = 0;

    if (s->at < s->end && *s->at != '\0' && strchr("\"\\/bfnrt", *s->at) != NULL) {
        s->at++;
        return true;
    }
    if (!take(s, 'u')) {
        return fail(s, N_("there is no such escape"));
    }
    unit = hex_four(s->at, s->end);
    if (unit < 0) {
        return fail(s, N_("\\u needs four hex digits"));
    }
    if (unit == 0) {
        return fail(s, N_("a text must not hold the character NUL"));
    }
    if (unit >= 0xDC00 && unit <= 0xDFFF) {
        return fail(s, N_("half a character"));
    }
    s->at += 4;
    if (unit < 0xD800 || unit > 0xDBFF) {
        return true;
    }
    second = s->end - s->at >= 6 && memcmp(s->at, "\\u", 2) == 0 ? hex_four(s->at + 2, s->end) : -1;
    if (second < 0xDC00 || second > 0xDFFF) {
        return fail(s, N_("half a character"));
    }
    s->at += 6;
    return true;
}

/* From the opening quote; *name gets what is between the quotes. */
static bool scan_string(struct scan *s, struct name *name)
{
    if (!take(s, '"')) {
        return fail(s, N_("a text in quotes is missing"));
    }
    *name = (struct name){.at = s->at};
    while (s->at < s->end && *s->at != '"') {
        if ((unsigned char)*s->at < 0x20) {
            return fail(s, N_("a control character in a text, or its closing quote is missing"));
        }
        if (*s->at++ != '\\') {
            continue;
        }
        name->has_escapes = true;
        if (!scan_escape(s)) {
            return false;
        }
    }
    name->end = s->at;
    return take(s, '"') || fail(s, N_("the closing quote is missing"));
}

static size_t skip_digits(struct scan *s)
{
    const char *start = s->at;

    while (s->at < s->end && ascii_isdigit(*s->at)) {
        s->at++;
    }
    return (size_t)(s->at - start);
}

static bool scan_number(struct scan *s)
{
    const char *start = s->at;

    (void)take(s, '-');
    if (!take(s, '0') && skip_digits(s) == 0) {
        return fail(s, N_("a value is missing"));
    }
    if (take(s, '.') && skip_digits(s) == 0) {
        return fail(s, N_("a digit is missing"));
    }
    if (take(s, 'e') || take(s, 'E')) {
        if (!take(s, '-')) {
            (void)take(s, '+');
        }
        if (skip_digits(s) == 0) {
            return fail(s, N_("a digit is missing"));
        }
    }
    return s->at - start <= NUMBER_MAX || fail(s, N_("the number is too long"));
}

/* One character of a checked name, its escape undone: a UTF-16 unit for \u, else a byte. */
static uint32_t name_next(struct name *n, bool *is_unit)
{
    static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
    const char *letter = NULL;
    char c = *n->at++;

    *is_unit = false;
    if (c != '\\') {
        return (unsigned char)c;
    }
    c = *n->at++;
    if (c == 'u') {
        uint32_t unit = (uint32_t)hex_four(n->at, n->end);

        n->at += 4;
        *is_unit = unit >= 0x80;
        return unit;
    }
    letter = strchr(letters, c);
    return letter != NULL ? (unsigned char)meant[letter - letters] : (unsigned char)c;
}

/* The bytes of a name with its escapes undone, one after the other; -1 at the end. */
struct undone {
    struct name name;
    unsigned char bytes[4];
    int n, next;
};

static int undone_next(struct undone *u)
{
    uint32_t c = 0;
    bool is_unit = false;

    if (u->next < u->n) {
        return u->bytes[u->next++];
    }
    if (u->name.at >= u->name.end) {
        return -1;
    }
    c = name_next(&u->name, &is_unit);
    if (!is_unit) {
        return (int)c;
    }
    if (c >= 0xD800 && c <= 0xDBFF) {
        uint32_t low = name_next(&u->name, &is_unit);

        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    u->next = 1;
    u->n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (int i = u->n - 1; i > 0; i--) {
        u->bytes[i] = (unsigned char)(0x80u | (c & 0x3Fu));
        c >>= 6;
    }
    u->bytes[0] = (unsigned char)((0xF00u >> u->n) | c);
    return u->bytes[0];
}

/* Escapes undone, as bytes are ordered; *compared grows by the characters that were looked at. */
static int compare_undone(const struct name *a, const struct name *b, size_t *compared)
{
    struct undone ua = {.name = *a}, ub = {.name = *b};
    int ca = 0, cb = 0;

    do {
        ca = undone_next(&ua);
        cb = undone_next(&ub);
        ++*compared;
    } while (ca == cb && ca != -1);
    return ca - cb;
}

static int compare_plain(const struct name *a, const struct name *b, size_t *compared)
{
    size_t na = (size_t)(a->end - a->at), nb = (size_t)(b->end - b->at), n = na < nb ? na : nb;
    int order = memcmp(a->at, b->at, n);

    *compared += n;
    return order != 0 ? order : (na > nb) - (na < nb);
}

/* Equal names stand in the order of the text. */
static int by_name(const void *a, const void *b, void *compared)
{
    const struct name *left = a, *right = b;
    int order = left->has_escapes || right->has_escapes ? compare_undone(left, right, compared)
                                                        : compare_plain(left, right, compared);

    return order != 0 ? order : (left->at > right->at) - (left->at < right->at);
}

static bool same_name(struct scan *s, const struct name *a, const struct name *b)
{
    return compare_undone(a, b, &s->compared) == 0;
}

/*
 * No name of the object whose names begin at `first` is there twice. Sorted, so that a file of
 * nothing but names costs n log n, whatever they are: a hash of ours could be made to collide.
 */
static bool check_names(struct scan *s, size_t first)
{
    const char *twice = NULL;

    if (s->n_names - first < 2) {
        return true;
    }
    qsort_r(s->names + first, s->n_names - first, sizeof *s->names, by_name, &s->compared);
    for (size_t i = first + 1; i < s->n_names; i++) {
        const struct name *name = &s->names[i];

        if (same_name(s, name - 1, name) && (twice == NULL || name->at < twice)) {
            twice = name->at;
        }
    }
    if (twice == NULL) {
        return true;
    }
    s->at = twice;
    return fail(s, N_("this member is there twice"));
}

static bool keep_name(struct scan *s, size_t first, const struct name *name)
{
    if (s->wanted != SIZE_MAX) {
        return true; /* all was looked at before: no name is asked for any more */
    }
    if (s->n_names - first >= JSON_MAX_MEMBERS) {
        return fail(s, N_("too many members"));
    }
    if (s->n_names == s->cap_names) {
        size_t cap = s->cap_names > 0 ? 2 * s->cap_names : 64;
        struct name *names = realloc(s->names, cap * sizeof *names);

        if (names == NULL) {
            s->no_memory = true;
            return fail(s, N_("there is not enough memory"));
        }
        s->names = names;
        s->cap_names = cap;
    }
    s->names[s->n_names++] = *name;
    return true;
}

static bool scan_member(struct scan *s, size_t first, int depth)
{
    struct name name = {0};

    skip_space(s);
    if (!scan_string(s, &name)) {
        return false;
    }
    if (!keep_name(s, first, &name)) {
        return false;
    }
    skip_space(s);
    if (!take(s, ':')) {
        return fail(s, N_("a colon is missing"));
    }
    return scan_value(s, depth + 1);
}

/* After the opening bracket, up to and with `close`. */
static bool scan_list(struct scan *s, char close, int depth)
{
    size_t first = s->n_names;

    skip_space(s);
    if (take(s, close)) {
        return true;
    }
    do {
        if (close == '}' ? !scan_member(s, first, depth) : !scan_value(s, depth + 1)) {
            return false;
        }
        skip_space(s);
    } while (take(s, ','));
    if (take(s, close)) {
        bool is_good = check_names(s, first);

        s->n_names = first;
        return is_good;
    }
    return fail(s, close == '}' ? "a comma or } is missing" : "a comma or ] is missing");
}

static bool scan_word(struct scan *s, const char *word)
{
    size_t n = strlen(word);

    if ((size_t)(s->end - s->at) < n || memcmp(s->at, word, n) != 0) {
        return fail(s, N_("a value is missing"));
    }
    s->at += n;
    return true;
}

static bool scan_value(struct scan *s, int depth)
{
    struct name text = {0};

    skip_space(s);
    if (s->at == s->end) {
        return fail(s, N_("the text ends too early"));
    }
    if (s->n_values++ == s->wanted) {
        s->found = s->at;
    }
    if (depth > JSON_MAX_DEPTH) {
        return fail(s, N_("too many brackets inside each other"));
    }
    switch (*s->at) {
    case '{':
        s->at++;
        return scan_list(s, '}', depth);
    case '[':
        s->at++;
        return scan_list(s, ']', depth);
    case '"':
        return scan_string(s, &text);
    case 't':
        return scan_word(s, "true");
    case 'f':
        return scan_word(s, "false");
    case 'n':
        return scan_word(s, "null");
    default:
        return scan_number(s);
    }
}

static bool scan_all(struct scan *s)
{
    bool good = false;

    if (s->end - s->at >= 3 && memcmp(s->at, "\xEF\xBB\xBF", 3) == 0) {
        s->at += 3;
    }
    good = scan_value(s, 1);
    if (good) {
        skip_space(s);
        good = s->at == s->end || fail(s, N_("there is more after the end"));
    }
    free(s->names);
    s->names = NULL;
    return good;
}

static void place(const char *bytes, const char *at, size_t *line, size_t *column)
{
    *line = 1;
    *column = 1;
    for (; bytes < at; bytes++) {
        (*column)++;
        if (*bytes == '\n') {
            (*line)++;
            *column = 1;
        }
    }
}

bool json_check(const char *bytes, size_t n, struct json_fault *fault)
{
    struct scan s = {.at = bytes, .end = bytes + n, .wanted = SIZE_MAX};
    bool good = scan_all(&s);

    *fault = (struct json_fault){
        .what = good ? "" : s.what, .no_memory = s.no_memory, .compared = s.compared};
    if (!good) {
        place(bytes, s.at, &fault->line, &fault->column);
    }
    return good;
}

bool json_place(const char *bytes, size_t n, size_t number, size_t *line, size_t *column)
{
    struct scan s = {.at = bytes, .end = bytes + n, .wanted = number};

    (void)scan_all(&s);
    if (s.found == NULL) {
        return false;
    }
    place(bytes, s.found, line, column);
    return true;
}
