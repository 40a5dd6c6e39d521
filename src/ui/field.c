/*
 * field.c - editing a text field: whole UTF-8 characters, and text_clean before anything that
 * was typed or pasted is kept. Pure. Fuzzed by fuzz_terminal.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "model.h"
#include "whytls/text.h"

static size_t char_before(const struct field *f)
{
    size_t at = f->cursor;
    while (at > 0) {
        at--;
        if (((unsigned char)f->text[at] & 0xC0) != 0x80)
            break;
    }
    return at;
}

static size_t char_after(const struct field *f)
{
    unsigned int ch;
    return f->cursor + text_next(f->text + f->cursor, &ch);
}

static void remove_between(struct field *f, size_t from, size_t to)
{
    memmove(f->text + from, f->text + to, strlen(f->text + to) + 1);
    f->cursor = from;
}

void field_put(struct field *f, const char *clean)
{
    f->text[0] = '\0';
    f->cursor = 0;
    field_insert(f, clean);
}

void field_insert(struct field *f, const char *clean)
{
    size_t n = strlen(clean), have = strlen(f->text);
    if (!text_is_clean(clean, n) || have + n >= sizeof(f->text))
        return;
    memmove(f->text + f->cursor + n, f->text + f->cursor, have - f->cursor + 1);
    memcpy(f->text + f->cursor, clean, n);
    f->cursor += n;
}

enum pasted field_paste(struct field *f, const char *bytes, size_t n)
{
    char clean[FIELD_SIZE];
    size_t end = 0;
    text_trim(&bytes, &n);
    while (end < n && bytes[end] != '\n' && bytes[end] != '\r')
        end++;
    bool is_all = end == n;
    text_trim(&bytes, &end);
    size_t room = sizeof(f->text) - strlen(f->text);
    if (!text_clean(clean, room, bytes, end))
        return PASTE_TOO_LONG;
    field_insert(f, clean);
    return is_all ? PASTE_WHOLE : PASTE_FIRST_LINE;
}

static void type_character(struct field *f, int value)
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
    field_insert(f, s);
}

void field_edit(struct field *f, struct action a)
{
    switch (a.kind) {
    case ACTION_TYPE:
        type_character(f, a.value);
        break;
    case ACTION_ERASE:
        remove_between(f, char_before(f), f->cursor);
        break;
    case ACTION_DELETE:
        remove_between(f, f->cursor, char_after(f));
        break;
    case ACTION_CURSOR:
        f->cursor = a.value < 0 ? char_before(f) : char_after(f);
        break;
    case ACTION_LINE_START:
        f->cursor = 0;
        break;
    case ACTION_LINE_END:
        f->cursor = strlen(f->text);
        break;
    case ACTION_LINE_CLEAR:
        remove_between(f, 0, strlen(f->text));
        break;
    default:
        break;
    }
}
