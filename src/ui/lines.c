/*
 * lines.c - rows that are drawn, as lines of text: marks become words, columns two blanks; and
 * lines for a narrow terminal. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "list_mode.h"
#include "whytls/text.h"
#include "widgets/widgets.h"

enum { ROW_SIZE = 4096 };

/* The mark that a text begins with; MARK_COUNT: none. */
static enum mark mark_at(const char *text)
{
    int m = 0;
    while (m < MARK_COUNT && strncmp(text, mark_text((enum mark)m), MARK_WIDTH) != 0)
        m++;
    return (enum mark)m;
}

/* Marks become words, and columns become two blanks. */
static void put_row(struct buf *out, const char *row)
{
    size_t blanks = strspn(row, " ");
    buf_printf(out, "%*s", blanks > 2 ? 2 : (int)blanks, "");
    for (row += blanks; *row; row += blanks) {
        enum mark mark = mark_at(row);
        if (mark != MARK_COUNT) {
            buf_puts(out, mark_words(mark));
            row += MARK_WIDTH;
        } else {
            buf_put(out, row++, 1);
        }
        blanks = strspn(row, " ");
        if (row[blanks])
            buf_printf(out, "%*s", blanks > 2 ? 2 : (int)blanks, "");
    }
    buf_puts(out, "\n");
}

static void put_grid(struct buf *out, const struct grid *g)
{
    bool is_blank = true, is_first = true;
    for (int y = 0; y < g->height; y++) {
        struct buf row;
        buf_init(&row, ROW_SIZE);
        grid_row_text(g, y, &row);
        const char *text = buf_text(&row);
        if (text[strspn(text, " ")] == '\0') {
            is_blank = true;
        } else {
            if (is_blank && !is_first)
                buf_puts(out, "\n");
            put_row(out, text);
            is_blank = is_first = false;
        }
        out->failed = out->failed || row.failed;
        buf_fini(&row);
    }
}

void list_rows(const struct model *m, int rows,
               void (*draw)(const struct model *m, const struct canvas *c), struct buf *out)
{
    struct grid *g = grid_new(m->width, rows, m->glyphs->is_ascii);
    if (!g) {
        out->failed = true;
        return;
    }
    struct canvas c = grid_canvas(g);
    c.redaction = m->redaction;
    draw(m, &c);
    put_grid(out, g);
    grid_free(g);
}

/* ---- for a narrow terminal ---------------------------------------------------------------- */

/* Where the words of a line begin: after its blanks, and after the number or letter of a choice. */
static size_t words_at(const char *line)
{
    size_t blanks = strspn(line, " "), n = blanks + strspn(line + blanks, "0123456789");
    if (n == blanks && blanks > 0 && line[n] && line[n + 1] == ' ')
        n++;
    size_t after = strspn(line + n, " ");
    return n > blanks && after > 1 ? n + after : blanks;
}

static int width_of(const char *text, size_t n)
{
    char word[ROW_SIZE];
    if (n >= sizeof(word))
        return (int)n;
    memcpy(word, text, n);
    word[n] = '\0';
    return text_width(word);
}

/* One line of n bytes; a word is never broken, however long it is. */
static void wrap_line(const char *line, size_t n, int width, struct buf *out)
{
    size_t indent = words_at(line), at = indent;
    int x = (int)indent;
    buf_put(out, line, indent);
    while (at < n) {
        size_t blanks = strspn(line + at, " ");
        size_t word = strcspn(line + at + blanks, " \n");
        int wide = width_of(line + at + blanks, word);
        if (at > indent && word > 0 && x + (int)blanks + wide > width) {
            buf_printf(out, "\n%*s", (int)indent, "");
            x = (int)indent;
        } else {
            buf_put(out, line + at, blanks);
            x += (int)blanks;
        }
        buf_put(out, line + at + blanks, word);
        x += wide;
        at += blanks + word;
    }
}

void list_wrap(const char *text, int width, struct buf *out)
{
    while (*text) {
        size_t n = strcspn(text, "\n");
        if (width_of(text, n) <= width)
            buf_put(out, text, n);
        else
            wrap_line(text, n, width, out);
        text += n;
        if (*text)
            buf_put(out, text++, 1);
    }
}
