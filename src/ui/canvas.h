/*
 * canvas.h - a grid of cells (a character and a role each) and clipped views into it. What pages
 * draw on; knows no terminal and no colour. Uses text.h only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_CANVAS_H
#define WHYTLS_UI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "whytls/buf.h"
#include "whytls/redaction.h"
#include "whytls/role.h"

/* A terminal keeps at most four marks on a character (measured), so a cell does too. */
enum { CANVAS_MAX_WIDTH = 512, CANVAS_MAX_HEIGHT = 1024, CELL_MARKS = 4 };

struct cell {
    uint32_t ch[1 + CELL_MARKS]; /* a character and what combines with it; 0 ends it early */
    uint8_t width;               /* columns: 1 or 2; 0: the right half of the cell before */
    uint8_t role;
};

struct grid {
    struct cell *cells;
    int width, height;
    bool ascii;             /* outside a UTF-8 locale: what is not ASCII is written <U+XXXX> */
    int cursor_x, cursor_y; /* the hardware cursor, on the focused item; -1: nowhere */
    bool is_lost;           /* what belongs here could not be made: memory is gone */
};

/* Sizes are held within the limits above. NULL where memory is gone. */
struct grid *grid_new(int width, int height, bool ascii);
void grid_free(struct grid *g); /* NULL is allowed */
/* NULL outside the grid. */
const struct cell *grid_cell(const struct grid *g, int x, int y);
/* The text of a row or of all rows as UTF-8, without blanks at the end of a row. */
void grid_row_text(const struct grid *g, int y, struct buf *out);
void grid_text(const struct grid *g, struct buf *out);
/* The role letters of all cells, a line a row. */
void grid_roles(const struct grid *g, struct buf *out);

/* A clipped view, a plain value. With grid NULL nothing is drawn: for measuring. */
struct canvas {
    struct grid *grid;
    int x, y, width, height;
    const struct redaction *redaction; /* what each text goes through, whole, before it is drawn */
};

struct canvas grid_canvas(struct grid *g);
/* Coordinates in the parent; what lies outside the parent is cut off. */
struct canvas canvas_part(const struct canvas *c, int x, int y, int width, int height);
/* The columns that a text takes there. */
int canvas_columns(const struct canvas *c, const char *text);
/* Where the text of a column at x begins: further to the left, but not before `least`, where it
 * would not have room. */
int canvas_fit(const struct canvas *c, int x, int least, const char *text);
/* Puts clean text; what is outside is clipped. Returns the columns that the whole text takes. */
int canvas_put(const struct canvas *c, int x, int y, enum role role, const char *text);
int canvas_putf(const struct canvas *c, int x, int y, enum role role, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* At most `width` columns; what does not fit ends in "..". */
int canvas_put_within(const struct canvas *c, int x, int y, int width, enum role role,
                      const char *text);
/* So that it ends at the right edge, less `margin` columns. Returns where it began. */
int canvas_put_right(const struct canvas *c, int y, int margin, enum role role, const char *text);
/* Wraps at spaces to `width` columns, at most max_rows rows: what does not fit ends in "..".
 * Returns the rows it took. */
int canvas_wrap(const struct canvas *c, int x, int y, int width, int max_rows, enum role role,
                const char *text);
/* One row full of a glyph. */
void canvas_rule(const struct canvas *c, int y, const char *glyph);
void canvas_fill(const struct canvas *c, enum role role);
/* Gives this role to every place where these characters stand, in any case (ASCII). */
void canvas_mark(const struct canvas *c, const unsigned int *text, size_t n, enum role role);
/* The row says that what belongs there could not be made for want of memory; so does the grid. */
void canvas_lost(const struct canvas *c, int x, int y);
void canvas_cursor(const struct canvas *c, int x, int y);

#endif
