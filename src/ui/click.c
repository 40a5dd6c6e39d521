/*
 * click.c - what a click means. Pages put the hardware cursor on the item that has the focus: the
 * item of a row is the one that puts it there. So no page knows of the mouse. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "page.h"
#include "pages/pages.h"

enum { WORD_MAX = 16, ENTER_MAX_X = 2 }; /* "Enter = ...", whatever the key is called */

static uint32_t char_at(const struct grid *g, int x, int y)
{
    const struct cell *c = grid_cell(g, x, y);
    return c ? c->ch[0] : 0;
}

static bool is_blank(const struct grid *g, int x, int y)
{
    uint32_t ch = char_at(g, x, y);
    return ch == 0 || ch == ' ';
}

/* ---- words that are keys ------------------------------------------------------------------ */

/* Where the group of words that x is in begins: after two blanks, or at a bracket or behind one.
 * -1: in none. */
static int group_at(const struct grid *g, int x, int y)
{
    if (is_blank(g, x, y) && (is_blank(g, x - 1, y) || is_blank(g, x + 1, y)))
        return -1;
    while (x > 0 && char_at(g, x, y) != '[' && char_at(g, x - 1, y) != ']' &&
           !(is_blank(g, x - 1, y) && is_blank(g, x - 2, y)))
        x--;
    while (x < g->width && (char_at(g, x, y) == '[' || is_blank(g, x, y)))
        x++;
    return x;
}

/* "F1", "t", "Enter", "1": the first word of the group; "" where there is none. */
static void word_at(const struct grid *g, int x, int y, char word[WORD_MAX])
{
    int n = 0;
    for (x = group_at(g, x, y); x >= 0 && n < WORD_MAX - 1 && !is_blank(g, x, y); x++)
        word[n++] = char_at(g, x, y) < 0x80 ? (char)char_at(g, x, y) : '?';
    word[n] = '\0';
}

/* A key by its name, as scripts or as the bar in the language that is spoken has it. */
static unsigned key_named(const char *word, const struct model *m)
{
    const struct key_row *row;
    unsigned key = key_by_name(word);
    for (size_t i = 0; !key && (row = key_row(i)); i++) {
        const char *shown = key_row_shown(row, page_is_typing(m));
        if (shown && strcmp(shown, word) == 0)
            key = row->special ? row->special : (unsigned char)row->letter;
    }
    return key;
}

static struct action key_at(const struct model *m, const struct grid *g, int x, int y)
{
    char word[WORD_MAX];
    word_at(g, x, y, word);
    bool is_enter = y == g->height - 2 && group_at(g, x, y) <= ENTER_MAX_X && word[0];
    unsigned key = is_enter              ? (unsigned)UI_KEY_ENTER
                   : word[0] && !word[1] ? (unsigned char)word[0]
                                         : key_named(word, m);
    return key ? view_key(m, key) : action_of(ACTION_NONE, 0);
}

/* "[1 ok]", "[2 Certificates]", " 3 Tries": steps and tabs, above the rule. */
static struct action digit_at(const struct model *m, const struct grid *g, int x, int y)
{
    char word[WORD_MAX];
    word_at(g, x, y, word);
    bool is_digit = word[0] >= '1' && word[0] <= '9' && !word[1];
    return is_digit ? view_key(m, (unsigned char)word[0]) : action_of(ACTION_NONE, 0);
}

/* ---- items -------------------------------------------------------------------------------- */

/* Do the two rows say the same, but for the pointer? */
static bool is_same_row(const struct model *m, const struct grid *a, int ya, const struct grid *b,
                        int yb)
{
    size_t n = strlen(m->glyphs->pointer);
    for (int x = 0; x < a->width; x++) {
        const struct cell *left = grid_cell(a, x, ya), *right = grid_cell(b, x, yb);
        bool is_pointer = n > 0 && (is_blank(a, x, ya) != is_blank(b, x, yb)) && x < 8;
        if (left->ch[0] != right->ch[0] && !is_pointer)
            return false;
    }
    return true;
}

/* -1: that row is no item. */
static int item_at(const struct model *m, const struct grid *g, int y)
{
    const struct page_ops *ops = page_ops(page_shown(m));
    int n = ops->items ? ops->items(m) : 0, found = -1;
    for (int i = 0; i < n && found < 0; i++) {
        struct grid *scratch = grid_new(g->width, g->height, g->ascii);
        struct model there = *m;
        there.at.focus = i;
        if (scratch)
            view_draw(&there, scratch);
        if (scratch && scratch->cursor_y >= 0 && is_same_row(m, g, y, scratch, scratch->cursor_y))
            found = i;
        grid_free(scratch);
    }
    return found;
}

struct action view_click(const struct model *m, const struct grid *g, int x, int y)
{
    if (!g || x < 0 || y < 0 || x >= g->width || y >= g->height)
        return action_of(ACTION_NONE, 0);
    if (y >= g->height - 2)
        return key_at(m, g, x, y);
    if (y == 1)
        return digit_at(m, g, x, y);
    int i = item_at(m, g, y);
    if (i < 0)
        return action_of(ACTION_NONE, 0);
    return i == page_focus(m) ? view_key(m, UI_KEY_ENTER) : action_of(ACTION_FOCUS, i);
}
