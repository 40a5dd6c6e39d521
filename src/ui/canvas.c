/*
 * canvas.c - cells, clipping, wide characters and combining marks: see canvas.h.
 * Uses text.h for widths and advice.h for breaking lines; no terminal.
 * SPDX-License-Identifier: MIT
 */
#include "canvas.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/advice.h"
#include "whytls/text.h"

enum { WRAP_MAX_ROWS = 64, PUTF_SIZE = 1024 };

static const struct cell blank = {.ch = {' '}, .width = 1, .role = ROLE_TEXT};

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

/* ---- the grid ----------------------------------------------------------------------------- */

struct grid *grid_new(int width, int height, bool ascii)
{
    struct grid *g = calloc(1, sizeof(*g));
    if (!g)
        return NULL;
    g->width = clamp(width, 1, CANVAS_MAX_WIDTH);
    g->height = clamp(height, 1, CANVAS_MAX_HEIGHT);
    g->ascii = ascii;
    g->cursor_x = g->cursor_y = -1;
    size_t n = (size_t)g->width * (size_t)g->height;
    g->cells = malloc(n * sizeof(*g->cells));
    if (!g->cells) {
        free(g);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        g->cells[i] = blank;
    return g;
}

void grid_free(struct grid *g)
{
    if (!g)
        return;
    free(g->cells);
    free(g);
}

static struct cell *cell_at(const struct grid *g, int x, int y)
{
    if (x < 0 || y < 0 || x >= g->width || y >= g->height)
        return NULL;
    return &g->cells[(size_t)y * (size_t)g->width + (size_t)x];
}

const struct cell *grid_cell(const struct grid *g, int x, int y)
{
    return cell_at(g, x, y);
}

static void put_utf8(struct buf *out, uint32_t c)
{
    char s[4];
    size_t n = 0;
    if (c < 0x80) {
        s[n++] = (char)c;
    } else if (c < 0x800) {
        s[n++] = (char)(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
        s[n++] = (char)(0xE0 | (c >> 12));
        s[n++] = (char)(0x80 | ((c >> 6) & 0x3F));
    } else {
        s[n++] = (char)(0xF0 | (c >> 18));
        s[n++] = (char)(0x80 | ((c >> 12) & 0x3F));
        s[n++] = (char)(0x80 | ((c >> 6) & 0x3F));
    }
    if (c >= 0x80)
        s[n++] = (char)(0x80 | (c & 0x3F));
    buf_put(out, s, n);
}

static bool is_blank(const struct cell *cell)
{
    return cell->width == 1 && cell->ch[0] == ' ' && cell->ch[1] == 0;
}

void grid_row_text(const struct grid *g, int y, struct buf *out)
{
    int end = g->width;
    while (end > 0 && cell_at(g, end - 1, y) && is_blank(cell_at(g, end - 1, y)))
        end--;
    for (int x = 0; x < end; x++) {
        const struct cell *cell = cell_at(g, x, y);
        for (int i = 0; cell && cell->width > 0 && i <= CELL_MARKS && cell->ch[i]; i++)
            put_utf8(out, cell->ch[i]);
    }
}

void grid_text(const struct grid *g, struct buf *out)
{
    for (int y = 0; y < g->height; y++) {
        grid_row_text(g, y, out);
        buf_puts(out, "\n");
    }
}

void grid_roles(const struct grid *g, struct buf *out)
{
    for (int y = 0; y < g->height; y++) {
        for (int x = 0; x < g->width; x++) {
            char letter = role_letter(cell_at(g, x, y)->role);
            buf_put(out, &letter, 1);
        }
        buf_puts(out, "\n");
    }
}

/* ---- views -------------------------------------------------------------------------------- */

struct canvas grid_canvas(struct grid *g)
{
    return (struct canvas){.grid = g, .width = g->width, .height = g->height};
}

struct canvas canvas_part(const struct canvas *c, int x, int y, int width, int height)
{
    assert(c->width >= 0 && c->height >= 0);
    int left = clamp(x, 0, c->width), top = clamp(y, 0, c->height);
    int right = clamp(x + width, left, c->width), bottom = clamp(y + height, top, c->height);
    return (struct canvas){.grid = c->grid,
                           .x = c->x + left,
                           .y = c->y + top,
                           .width = right - left,
                           .height = bottom - top,
                           .redaction = c->redaction};
}

/* A wide character that loses one half to a newcomer must not keep the other. */
static void clear_halves(const struct grid *g, int x, int y)
{
    struct cell *cell = cell_at(g, x, y), *before = cell_at(g, x - 1, y);
    struct cell *after = cell_at(g, x + 1, y);
    if (cell->width == 0 && before)
        *before = (struct cell){.ch = {' '}, .width = 1, .role = before->role};
    if (cell->width == 2 && after)
        *after = (struct cell){.ch = {' '}, .width = 1, .role = after->role};
}

static bool is_inside(const struct canvas *c, int x, int y)
{
    return c->grid && x >= 0 && y >= 0 && x < c->width && y < c->height;
}

static void set_cell(const struct canvas *c, int x, int y, enum role role, uint32_t ch, int width)
{
    if (!is_inside(c, x, y))
        return;
    if (width == 2 && !is_inside(c, x + 1, y)) { /* half of it would hang out */
        ch = ' ';
        width = 1;
    }
    int gx = c->x + x, gy = c->y + y;
    assert(cell_at(c->grid, gx, gy) && (width == 1 || width == 2));
    clear_halves(c->grid, gx, gy);
    *cell_at(c->grid, gx, gy) =
        (struct cell){.ch = {ch}, .width = (uint8_t)width, .role = (uint8_t)role};
    if (width == 2) {
        clear_halves(c->grid, gx + 1, gy);
        *cell_at(c->grid, gx + 1, gy) = (struct cell){.width = 0, .role = (uint8_t)role};
    }
}

/* A mark joins the character before it; beyond what a cell holds it is dropped. */
static void add_mark(const struct canvas *c, int x, int y, uint32_t ch)
{
    if (!is_inside(c, x, y))
        return;
    struct cell *cell = cell_at(c->grid, c->x + x, c->y + y);
    if (cell->width == 0 && x > 0)
        cell--;
    for (int i = 1; i <= CELL_MARKS; i++)
        if (cell->ch[i] == 0) {
            cell->ch[i] = ch;
            return;
        }
}

/* One character of UTF-8 with its width; the text is clean, so nothing else comes. */
struct glimpse {
    uint32_t ch;
    size_t bytes;
    int width;
    char name[16]; /* "<U+4E2D>" where the grid is ASCII; "" else */
};

static bool glimpse_next(const char *s, bool ascii, struct glimpse *g)
{
    unsigned int ch = 0;
    char one[8] = "";
    if (*s >= 0x20 && *s < 0x7F) { /* nearly all there is */
        g->ch = (unsigned char)*s;
        g->bytes = 1;
        g->width = 1;
        g->name[0] = '\0';
        return true;
    }
    g->bytes = text_next(s, &ch);
    if (g->bytes == 0 || g->bytes >= sizeof(one))
        return false;
    g->ch = ch < 0x20 || ch == 0x7F ? '?' : ch; /* never, where the text is clean */
    g->name[0] = '\0';
    if (ascii && ch >= 0x80) {
        g->width = snprintf(g->name, sizeof(g->name), "<U+%04X>", ch);
        return true;
    }
    memcpy(one, s, g->bytes);
    g->width = ch < 0x80 ? 1 : clamp(text_width(one), 0, 2);
    return true;
}

/* Puts characters while they fit into `limit` columns. Returns the columns taken. */
static int put_limited(const struct canvas *c, int x, int y, int limit, enum role role,
                       const char *text, size_t n)
{
    bool ascii = c->grid && c->grid->ascii;
    const char *end = text + n;
    int at = 0;
    struct glimpse g;
    while (text < end && glimpse_next(text, ascii, &g) && at + g.width <= limit) {
        if (g.name[0])
            for (int i = 0; i < g.width; i++)
                set_cell(c, x + at + i, y, role, (unsigned char)g.name[i], 1);
        else if (g.width == 0)
            add_mark(c, x + at - 1, y, g.ch);
        else
            set_cell(c, x + at, y, role, g.ch, g.width);
        at += g.width;
        text += g.bytes;
    }
    return at;
}

static int columns_of(const struct canvas *c, const char *text)
{
    struct canvas measure = {.grid = NULL};
    if (!c->grid || !c->grid->ascii)
        return put_limited(&measure, 0, 0, CANVAS_MAX_WIDTH * 64, ROLE_TEXT, text, strlen(text));
    int columns = 0;
    struct glimpse g;
    for (const char *s = text; glimpse_next(s, true, &g); s += g.bytes)
        columns += g.width;
    return columns;
}

int canvas_columns(const struct canvas *c, const char *text)
{
    struct buf b;
    int columns = columns_of(c, redaction_text(c->redaction, text, &b));
    buf_fini(&b);
    return columns;
}

int canvas_fit(const struct canvas *c, int x, int least, const char *text)
{
    int last = c->width - 1 - canvas_columns(c, text);
    return last >= x ? x : last < least ? least : last;
}

int canvas_put(const struct canvas *c, int x, int y, enum role role, const char *text)
{
    struct buf b;
    const char *shown = redaction_text(c->redaction, text, &b);
    int taken = put_limited(c, x, y, CANVAS_MAX_WIDTH * 64, role, shown, strlen(shown));
    buf_fini(&b);
    return taken;
}

int canvas_putf(const struct canvas *c, int x, int y, enum role role, const char *format, ...)
{
    char text[PUTF_SIZE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    return canvas_put(c, x, y, role, text);
}

static int put_within(const struct canvas *c, int x, int y, int width, enum role role,
                      const char *text)
{
    size_t n = strlen(text);
    if (columns_of(c, text) <= width)
        return put_limited(c, x, y, width, role, text, n);
    int taken = put_limited(c, x, y, width - 2, role, text, n);
    return taken + put_limited(c, x + taken, y, width - taken, role, "..", 2);
}

int canvas_put_within(const struct canvas *c, int x, int y, int width, enum role role,
                      const char *text)
{
    struct buf b;
    int taken = put_within(c, x, y, width, role, redaction_text(c->redaction, text, &b));
    buf_fini(&b);
    return taken;
}

int canvas_put_right(const struct canvas *c, int y, int margin, enum role role, const char *text)
{
    struct buf b;
    const char *shown = redaction_text(c->redaction, text, &b);
    int x = c->width - margin - columns_of(c, shown);
    put_limited(c, x, y, CANVAS_MAX_WIDTH * 64, role, shown, strlen(shown));
    buf_fini(&b);
    return x;
}

static int wrap(const struct canvas *c, int x, int y, int width, int max_rows, enum role role,
                const char *text)
{
    const char *starts[WRAP_MAX_ROWS];
    size_t lengths[WRAP_MAX_ROWS];
    int limit = clamp(max_rows, 0, WRAP_MAX_ROWS);
    if (width < 1 || limit == 0)
        return 0;
    size_t n = advice_wrap(text, width, (size_t)limit, starts, lengths);
    int rows = clamp((int)n, 0, limit);
    for (int i = 0; c->grid && i < rows; i++) { /* measuring: the rows are all that is asked */
        const char *end = starts[i] + lengths[i];
        bool is_cut = i + 1 == rows && end[strspn(end, " \n")] != '\0';
        int room = is_cut ? width - 2 : width;
        int taken = put_limited(c, x, y + i, room, role, starts[i], lengths[i]);
        if (is_cut)
            put_limited(c, x + taken, y + i, 2, role, "..", 2);
    }
    return rows;
}

int canvas_wrap(const struct canvas *c, int x, int y, int width, int max_rows, enum role role,
                const char *text)
{
    struct buf b;
    int rows = wrap(c, x, y, width, max_rows, role, redaction_text(c->redaction, text, &b));
    buf_fini(&b);
    return rows;
}

void canvas_rule(const struct canvas *c, int y, const char *glyph)
{
    int step = columns_of(c, glyph);
    for (int x = 0; step > 0 && x + step <= c->width; x += step)
        canvas_put(c, x, y, ROLE_RULE, glyph);
}

void canvas_fill(const struct canvas *c, enum role role)
{
    for (int y = 0; y < c->height; y++)
        for (int x = 0; x < c->width; x++)
            set_cell(c, x, y, role, ' ', 1);
}

static uint32_t lower(uint32_t ch)
{
    return ch >= 'A' && ch <= 'Z' ? ch + ('a' - 'A') : ch;
}

/* How many columns the text takes where it begins at x; 0: it does not stand there. */
static int text_at(const struct canvas *c, int x, int y, const unsigned int *text, size_t n)
{
    int from = x;
    for (size_t i = 0; i < n; i++) {
        const struct cell *cell = x < c->width ? grid_cell(c->grid, c->x + x, c->y + y) : NULL;
        if (!cell || cell->width == 0 || lower(cell->ch[0]) != lower(text[i]))
            return 0;
        x += cell->width;
    }
    return x - from;
}

void canvas_mark(const struct canvas *c, const unsigned int *text, size_t n, enum role role)
{
    if (!c->grid || n == 0)
        return;
    for (int y = 0; y < c->height; y++)
        for (int x = 0; x < c->width; x++)
            for (int end = x + text_at(c, x, y, text, n); x < end; x++)
                c->grid->cells[(c->y + y) * c->grid->width + c->x + x].role = (uint8_t)role;
}

void canvas_lost(const struct canvas *c, int x, int y)
{
    canvas_put(c, x, y, ROLE_WARN, "There is not enough memory to show this.");
    if (c->grid)
        c->grid->is_lost = true;
}

void canvas_cursor(const struct canvas *c, int x, int y)
{
    if (!is_inside(c, x, y))
        return;
    c->grid->cursor_x = c->x + x;
    c->grid->cursor_y = c->y + y;
}
