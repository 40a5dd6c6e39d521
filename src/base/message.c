/*
 * message.c - the language that is spoken, and texts in it: see message.h.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue.h"
#include "pseudo.h"

static const struct catalogue *catalogues;
static size_t n_catalogues;
static const struct catalogue *spoken; /* NULL: English, or the pseudo-language */
static bool is_pseudo;
static int n_english; /* calls of message_in_english that are open */

void message_set_catalogues(const struct catalogue *list, size_t n)
{
    catalogues = list;
    n_catalogues = n;
    spoken = NULL;
}

/* Up to the encoding and what else is told behind it: "de_AT" of "de_AT.UTF-8@euro". */
static size_t length_of(const char *tag)
{
    return strcspn(tag, ".@:");
}

static bool is_tag(const char *tag, size_t len, const char *wanted)
{
    return strlen(wanted) == len && memcmp(tag, wanted, len) == 0;
}

static const struct catalogue *find(const char *tag, size_t len)
{
    for (size_t i = 0; i < n_catalogues; i++)
        if (is_tag(tag, len, catalogues[i].language))
            return &catalogues[i];
    return NULL;
}

bool message_use(const char *tag)
{
    size_t len = length_of(tag), language = strcspn(tag, "_.@:");
    is_pseudo = is_tag(tag, len, MESSAGE_PSEUDO);
    spoken = find(tag, len);
    if (!spoken)
        spoken = find(tag, language);
    return spoken || is_pseudo || is_tag(tag, language, "en") || is_tag(tag, len, "C") ||
           is_tag(tag, len, "POSIX");
}

void message_use_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *locale = NULL;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !(locale && locale[0]); i++)
        locale = getenv(names[i]);
    if (!locale || !locale[0] || is_tag(locale, length_of(locale), "C") ||
        is_tag(locale, length_of(locale), "POSIX")) {
        message_use("C"); /* then LANGUAGE is not heard either */
        return;
    }
    for (const char *list = getenv("LANGUAGE"); list && *list;) {
        if (message_use(list))
            return;
        list += strcspn(list, ":");
        list += *list == ':';
    }
    message_use(locale);
}

const char *message_language(void)
{
    return spoken ? spoken->language : is_pseudo ? MESSAGE_PSEUDO : "en";
}

const char *message(const char *english)
{
    if (n_english > 0)
        return english;
    if (is_pseudo)
        return pseudo_text(english);
    const char *text = spoken && english[0] ? catalogue_find(spoken, english, 0) : NULL;
    return text ? text : english;
}

/* Catalogues have two forms, the first for one alone, as English, German and Spanish do; `make pot`
 * refuses others. */
const char *message_plural(const char *one, const char *many, unsigned long n)
{
    if (n_english > 0)
        return n == 1 ? one : many;
    if (is_pseudo)
        return pseudo_text(n == 1 ? one : many);
    const char *text = spoken ? catalogue_find(spoken, one, n == 1 ? 0 : 1) : NULL;
    return text ? text : n == 1 ? one : many;
}

void message_in_english(bool is_begun)
{
    assert(is_begun || n_english > 0);
    n_english += is_begun ? 1 : -1;
}
