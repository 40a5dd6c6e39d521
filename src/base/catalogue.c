/*
 * catalogue.c - GNU gettext's .mo in either order of bytes: see catalogue.h. No word in it is
 * believed before it was found to lie within the bytes. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "catalogue.h"

#include <stdint.h>
#include <string.h>

/* The header: magic, revision, number of texts, where the originals' and translations' tables are.
 */
enum { AT_COUNT = 8, AT_ORIGINALS = 12, AT_TRANSLATIONS = 16, HEADER = 28, ROW = 8 };

static const uint32_t magic = 0x950412de;

static uint32_t word(const struct catalogue *c, size_t at, bool is_big)
{
    const unsigned char *b = (const unsigned char *)c->bytes + at;
    return is_big ? (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3]
                  : (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

/* The text of a row of one of both tables, and its length; NULL where it does not lie within. */
static const char *text_at(const struct catalogue *c, bool is_big, uint32_t table, uint32_t row,
                           size_t *len)
{
    size_t at = (size_t)table + (size_t)row * ROW;
    if (at > c->len - ROW)
        return NULL;
    *len = word(c, at, is_big);
    size_t text = word(c, at + 4, is_big);
    if (text >= c->len || *len >= c->len - text || c->bytes[text + *len] != '\0')
        return NULL;
    return c->bytes + text;
}

/* Forms of a plural follow each other, each with its NUL. */
static const char *form_of(const char *text, size_t len, unsigned form)
{
    const char *end = text + len;
    while (form-- > 0) {
        text += strlen(text) + 1;
        if (text > end)
            return NULL;
    }
    return *text ? text : NULL;
}

const char *catalogue_find(const struct catalogue *c, const char *msgid, unsigned form)
{
    if (c->len < HEADER)
        return NULL;
    bool is_big = word(c, 0, false) != magic;
    if (is_big && word(c, 0, true) != magic)
        return NULL;
    uint32_t low = 0, high = word(c, AT_COUNT, is_big);
    while (low < high) { /* the originals are in the order of their bytes */
        uint32_t middle = low + (high - low) / 2;
        size_t len;
        const char *original = text_at(c, is_big, word(c, AT_ORIGINALS, is_big), middle, &len);
        int order = original ? strcmp(msgid, original) : 1;
        if (!original)
            return NULL;
        if (order == 0) {
            const char *text = text_at(c, is_big, word(c, AT_TRANSLATIONS, is_big), middle, &len);
            return text ? form_of(text, len, form) : NULL;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
