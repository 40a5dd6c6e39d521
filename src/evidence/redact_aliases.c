/*
 * redact_aliases.c - the aliases of what names somebody: an entry a name, and its kind by its form.
 * SPDX-License-Identifier: MIT
 */
#include "redact_aliases.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/ascii.h"
#include "whytls/text.h"

/* More names than any honest case has; a server that sends more gets no redacted output made. */
enum { BOOK_MAX = 8192 };

static const char *const words[NAME_KIND_COUNT] = {
    [NAME_HOST] = "host", [NAME_ADDRESS] = "addr", [NAME_ORGANISATION] = "org",
    [NAME_USER] = "user", [NAME_TEXT] = "text",
};

const char *alias_word(enum name_kind kind)
{
    return words[kind];
}

/* Hosts are the same in any case; "Acme" and "ACME" are found apart, and so must stand here apart.
 */
static const struct alias *find(const struct aliases *b, enum name_kind kind, const char *name)
{
    bool any_case = kind == NAME_HOST || kind == NAME_ADDRESS;

    for (size_t i = 0; i < b->n; i++) {
        const char *known = b->entries[i].name;

        if (any_case ? text_equal_nocase(known, name) : strcmp(known, name) == 0) {
            return &b->entries[i];
        }
    }
    return NULL;
}

/* What was hidden before is nobody's name: "host-1". */
static bool is_hidden_already(const char *name)
{
    for (int kind = 0; kind < NAME_KIND_COUNT; kind++) {
        size_t n = strlen(words[kind]);

        if (strncmp(name, words[kind], n) == 0 && name[n] == '-' && name[n + 1] != '\0' &&
            name[n + 1 + strspn(name + n + 1, "0123456789")] == '\0') {
            return true;
        }
    }
    return false;
}

/* number 0: the next one of its kind. Returns the name's number, whichever it has. */
unsigned aliases_put(struct aliases *b, enum name_kind kind, const char *name, unsigned number)
{
    const struct alias *known = find(b, kind, name);
    char *copy = NULL;

    if (known != NULL || name[0] == '\0' || is_hidden_already(name)) {
        return known != NULL ? known->number : 0;
    }
    if (b->n == b->cap) {
        size_t cap = b->cap > 0 ? 2 * b->cap : 64;
        struct alias *entries = cap <= BOOK_MAX ? realloc(b->entries, cap * sizeof *entries) : NULL;

        if (entries == NULL) {
            b->failed = true;
            return 0;
        }
        b->entries = entries;
        b->cap = cap;
    }
    copy = strdup(name);
    if (copy == NULL) {
        b->failed = true;
        return 0;
    }
    number = number != 0 ? number : ++b->used[kind];
    b->entries[b->n++] = (struct alias){.name = copy, .kind = kind, .number = number};
    return number;
}

bool aliases_is_address(const char *text)
{
    struct in6_addr space;
    char bare[SETTINGS_NAME_SIZE];
    size_t n = strcspn(text, "%"); /* fe80::1%eth0 */

    if (n >= sizeof bare) {
        return false;
    }
    memcpy(bare, text, n);
    bare[n] = '\0';
    return inet_pton(AF_INET, bare, &space) == 1 || inet_pton(AF_INET6, bare, &space) == 1;
}

/* Two labels or more, no space, letters in the last one: nginx/1.18.0 is none. */
bool aliases_is_host(const char *word)
{
    const char *dot = strrchr(word, '.');
    bool has_letter = false;

    if (dot == NULL || dot == word || strlen(dot + 1) < 2 || strpbrk(word, " /\\\"") != NULL) {
        return false;
    }
    for (const char *c = dot + 1; *c != '\0'; c++) {
        has_letter = has_letter || ascii_isalpha(*c) || (unsigned char)*c >= 0x80;
    }
    return has_letter;
}

void aliases_add(struct aliases *b, const char *name)
{
    if (strncmp(name, "*.", 2) == 0) {
        name += 2;
    }
    if (strlen(name) < 2) {
        return; /* hiding every "a" would hide nothing else */
    }
    if (aliases_is_address(name)) {
        (void)aliases_put(b, NAME_ADDRESS, name, 0);
    } else if (strchr(name, '@') != NULL && strchr(name, ' ') == NULL) {
        (void)aliases_put(b, NAME_USER, name, 0);
    } else if (aliases_is_host(name)) {
        (void)aliases_put(b, NAME_HOST, name, 0);
    } else {
        (void)aliases_put(b, NAME_ORGANISATION, name, 0);
    }
}

void aliases_add_alias(struct aliases *b, const char *alias, const char *name)
{
    const struct alias *known = find(b, NAME_ORGANISATION, name); /* to the letter */

    if (known != NULL) {
        (void)aliases_put(b, known->kind, alias, known->number);
    }
}

void aliases_add_text(struct aliases *b, const char *text)
{
    if (strlen(text) >= 2) {
        (void)aliases_put(b, NAME_TEXT, text, 0);
    }
}

static int longest_first(const void *a, const void *b)
{
    const struct alias *left = a, *right = b;
    size_t n = strlen(left->name), m = strlen(right->name);

    return n != m ? (n < m) - (n > m) : strcmp(left->name, right->name);
}

void aliases_sort(struct aliases *b)
{
    if (b->n > 0) {
        qsort(b->entries, b->n, sizeof *b->entries, longest_first);
    }
}

void aliases_learn_mine(struct aliases *b, const char *name)
{
    (void)aliases_put(b, NAME_USER, name, 0);
    aliases_sort(b);
}

void aliases_fini(struct aliases *b)
{
    for (size_t i = 0; i < b->n; i++) {
        free(b->entries[i].name);
    }
    free(b->entries);
    *b = (struct aliases){0};
}
