/*
 * keys.c - the table of keys, what is bound where, and keys by name for scripts. Pure.
 * Fuzzed by fuzz_terminal.
 * SPDX-License-Identifier: MIT
 */
#include "keys.h"

#include <string.h>

#include "whytls/ascii.h"
#include "whytls/message.h"
#include "whytls/text.h"
#include "whytls/walk.h"

static const struct key_row rows[] = {
#define KEY(...) {__VA_ARGS__},
#include "keys.def"
#undef KEY
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

const struct key_row *key_row(size_t i)
{
    return i < ROW_COUNT ? &rows[i] : NULL;
}

/* Letters and what is printed on keys everywhere (F1, Tab, Esc) are no words. */
const char *key_row_shown(const struct key_row *row, bool is_typing)
{
    const char *shown = is_typing ? row->typing : row->shown;
    bool is_word = shown && strlen(shown) > 3 && !strchr(shown, '-');
    return is_word ? message(shown) : shown;
}

bool key_row_is_on(const struct key_row *row, enum page page)
{
    return (row->pages & (1u << page)) != 0;
}

enum key_place key_row_place(const struct key_row *row, enum page page)
{
    bool is_shown = row->shown_on == 0 || (row->shown_on & (1u << page)) != 0;
    return is_shown ? row->place : KEY_IN_HELP;
}

static bool has_ways(const struct model *m)
{
    const struct way_words *ways[WAY_COUNT];
    return model_ways(m, &m->at, ways) > 0;
}

bool key_row_is_ready(const struct key_row *row, const struct model *m)
{
    switch (row->when) {
    case KEY_ALWAYS:
        return true;
    case KEY_WHILE_RUNNING:
        return m->evidence && !m->is_done;
    case KEY_WHEN_LIVE:
        return m->evidence && m->is_live;
    case KEY_WITH_CASE:
        return m->evidence != NULL;
    case KEY_WITH_ANSWER:
        return m->walk && m->walk->conclusion != CONCLUSION_ASKING;
    case KEY_WITH_WAYS:
        return has_ways(m);
    case KEY_WITH_MISSING:
        return model_has_missing(m);
    case KEY_HAS_ROOM:
        return m->width >= MODEL_WIDE;
    case KEY_CAN_COMPARE:
        return m->can_compare;
    case KEY_HAS_COMPARED:
        return m->evidence && m->is_live && !m->can_compare;
    case KEY_NAMES_SHOWN:
        return m->evidence && !m->redaction && !m->evidence->redacted;
    case KEY_NAMES_HIDDEN:
        return m->evidence && m->redaction && !m->evidence->redacted;
    }
    return false;
}

static unsigned lower(unsigned key)
{
    return key >= 'A' && key <= 'Z' ? key + ('a' - 'A') : key;
}

struct action keys_find(const struct model *m, enum page page, bool is_typing, unsigned key)
{
    const struct key_row *row;
    const char *why_not = NULL;
    for (size_t i = 0; (row = key_row(i)); i++) {
        bool is_letter = row->letter && !is_typing && lower(key) == (unsigned char)row->letter;
        bool is_special = row->special && key == row->special;
        if (row->action.kind == ACTION_NONE || !key_row_is_on(row, page))
            continue;
        if (!is_letter && !is_special)
            continue;
        if (key_row_is_ready(row, m))
            return row->action;
        why_not = row->why_not;
    }
    return (struct action){.kind = why_not ? ACTION_SAY : ACTION_NONE, .say = why_not};
}

unsigned key_of_byte(unsigned c)
{
    switch (c) {
    case '\r':
    case '\n':
        return UI_KEY_ENTER;
    case '\t':
        return UI_KEY_TAB;
    case 0x1B:
        return UI_KEY_ESC;
    case 0x7F:
    case 0x08:
        return UI_KEY_BACKSPACE;
    default:
        return c < 0x20 ? UI_KEY_CTRL + c + 0x40 : c;
    }
}

unsigned utf8_take(struct utf8_reader *r, unsigned char byte)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least; /* a shorter way to write the same is refused */
    } leads[] = {{0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
    if (r->left > 0 && (byte & 0xC0) == 0x80) {
        r->ch = r->ch << 6 | (byte & 0x3F);
        bool is_whole = --r->left == 0;
        bool is_character =
            r->ch >= r->least && r->ch < UI_KEY_ENTER && (r->ch < 0xD800 || r->ch > 0xDFFF);
        return is_whole && is_character ? r->ch : UI_KEY_NONE;
    }
    *r = (struct utf8_reader){0};
    for (int i = 0; i < 3; i++)
        if ((byte & leads[i].mask) == leads[i].lead)
            *r = (struct utf8_reader){
                .ch = byte & (0x3Fu >> (i + 1)), .least = leads[i].least, .left = i + 1};
    return UI_KEY_NONE;
}

enum { CLICK_BITS = 10, CLICK_MASK = (1 << CLICK_BITS) - 1 };

unsigned key_of_click(int x, int y)
{
    return UI_KEY_CLICK | (unsigned)(y & CLICK_MASK) << CLICK_BITS | (unsigned)(x & CLICK_MASK);
}

bool key_is_click(unsigned key, int *x, int *y)
{
    *x = (int)(key & CLICK_MASK);
    *y = (int)(key >> CLICK_BITS & CLICK_MASK);
    return (key & UI_KEY_CLICK) != 0;
}

/* A number of a report, and the semicolon behind it. */
static int64_t take_field(const char **report)
{
    int64_t n = ascii_take_number(report, INT16_MAX);
    *report += **report == ';';
    return n;
}

/* A press ends in 'M'; button 0 is the left one, 64 and 65 are the wheel. */
static unsigned mouse_key(const char *report, int end)
{
    enum { LEFT = 0, WHEEL_UP = 64, WHEEL_DOWN = 65 };
    int64_t button = take_field(&report), x = take_field(&report), y = take_field(&report);
    if (button < 0 || end != 'M' || x < 1 || y < 1)
        return UI_KEY_NONE;
    if (button == WHEEL_UP || button == WHEEL_DOWN)
        return button == WHEEL_UP ? UI_KEY_WHEEL_UP : UI_KEY_WHEEL_DOWN;
    return button == LEFT ? key_of_click((int)x - 1, (int)y - 1) : UI_KEY_NONE;
}

bool mouse_take(struct mouse_reader *r, int c, unsigned *key)
{
    bool is_part = (c >= '0' && c <= '9') || c == ';';
    *key = UI_KEY_NONE;
    if (is_part && r->n + 1 < sizeof(r->text)) {
        r->text[r->n++] = (char)c;
        return true;
    }
    r->is_begun = false;
    r->text[r->n] = '\0';
    if (c == 'M' || c == 'm')
        *key = mouse_key(r->text, c);
    return c == 'M' || c == 'm' || is_part;
}

unsigned key_by_name(const char *name)
{
    static const struct {
        const char *name;
        unsigned key;
    } named[] = {
        {"enter", UI_KEY_ENTER},         {"esc", UI_KEY_ESC},       {"tab", UI_KEY_TAB},
        {"backtab", UI_KEY_BACKTAB},     {"up", UI_KEY_UP},         {"down", UI_KEY_DOWN},
        {"left", UI_KEY_LEFT},           {"right", UI_KEY_RIGHT},   {"pgup", UI_KEY_PAGE_UP},
        {"pgdn", UI_KEY_PAGE_DOWN},      {"home", UI_KEY_HOME},     {"end", UI_KEY_END},
        {"backspace", UI_KEY_BACKSPACE}, {"delete", UI_KEY_DELETE}, {"space", ' '},
    };
    for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
        if (text_equal_nocase(named[i].name, name))
            return named[i].key;
    if (text_starts_nocase(name, "ctrl-") && name[5] && !name[6])
        return UI_KEY_CTRL + (lower((unsigned char)name[5]) - 'a') + 'A';
    if ((name[0] == 'f' || name[0] == 'F') && name[1]) {
        const char *number = name + 1;
        int64_t n = ascii_take_number(&number, 12);
        return !*number && n >= 1 ? UI_KEY_F0 + (unsigned)n : UI_KEY_NONE;
    }
    return name[0] && !name[1] ? (unsigned char)name[0] : UI_KEY_NONE;
}
