/*
 * field.c - editing the address field: whole UTF-8 characters, and text_clean before anything that
 * was typed or pasted is kept. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "model.h"
#include "whytls/text.h"

static size_t char_before(const struct model *m)
{
    size_t at = m->cursor;
    while (at > 0) {
        at--;
        if (((unsigned char)m->input[at] & 0xC0) != 0x80)
            break;
    }
    return at;
}

static size_t char_after(const struct model *m)
{
    unsigned int ch;
    return m->cursor + text_next(m->input + m->cursor, &ch);
}

static void remove_between(struct model *m, size_t from, size_t to)
{
    memmove(m->input + from, m->input + to, strlen(m->input + to) + 1);
    m->cursor = from;
}

void field_insert(struct model *m, const char *clean)
{
    size_t n = strlen(clean), have = strlen(m->input);
    if (!text_is_clean(clean, n) || have + n >= sizeof(m->input))
        return;
    memmove(m->input + m->cursor + n, m->input + m->cursor, have - m->cursor + 1);
    memcpy(m->input + m->cursor, clean, n);
    m->cursor += n;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void field_paste(struct model *m, const char *bytes, size_t n)
{
    char clean[MODEL_INPUT];
    size_t end;
    while (n > 0 && is_space(*bytes)) {
        bytes++;
        n--;
    }
    for (end = 0; end < n && bytes[end] != '\n' && bytes[end] != '\r'; end++)
        ;
    while (end > 0 && is_space(bytes[end - 1]))
        end--;
    size_t room = sizeof(m->input) - strlen(m->input);
    text_clean(clean, room, bytes, end);
    field_insert(m, clean);
}

static void type_character(struct model *m, int value)
{
    /* One code point to UTF-8: what is not clean by itself is dropped by field_insert. */
    unsigned c = (unsigned)value;
    char s[5] = {0};
    if (c < 0x80) {
        s[0] = (char)c;
    } else if (c < 0x800) {
        s[0] = (char)(0xC0 | (c >> 6));
        s[1] = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        s[0] = (char)(0xE0 | (c >> 12));
        s[1] = (char)(0x80 | ((c >> 6) & 0x3F));
        s[2] = (char)(0x80 | (c & 0x3F));
    } else {
        s[0] = (char)(0xF0 | (c >> 18));
        s[1] = (char)(0x80 | ((c >> 12) & 0x3F));
        s[2] = (char)(0x80 | ((c >> 6) & 0x3F));
        s[3] = (char)(0x80 | (c & 0x3F));
    }
    field_insert(m, s);
}

void field_edit(struct model *m, struct action a)
{
    switch (a.kind) {
    case ACTION_TYPE:
        type_character(m, a.value);
        break;
    case ACTION_ERASE:
        remove_between(m, char_before(m), m->cursor);
        break;
    case ACTION_DELETE:
        remove_between(m, m->cursor, char_after(m));
        break;
    case ACTION_CURSOR:
        m->cursor = a.value < 0 ? char_before(m) : char_after(m);
        break;
    case ACTION_LINE_START:
        m->cursor = 0;
        break;
    case ACTION_LINE_END:
        m->cursor = strlen(m->input);
        break;
    case ACTION_LINE_CLEAR:
        remove_between(m, 0, strlen(m->input));
        break;
    default:
        break;
    }
}
