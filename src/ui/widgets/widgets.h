/*
 * widgets.h - the parts that pages are put together from. Pure: const model in, cells out.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_WIDGETS_H
#define WHYTLS_UI_WIDGETS_H

#include "../canvas.h"
#include "../model.h"

/* ---- marks: text first, colour second ----------------------------------------------------- */

enum mark {
    MARK_OK,
    MARK_FAIL,
    MARK_WARN,
    MARK_INFO,
    MARK_BUSY,
    MARK_SKIP,
    MARK_UNKNOWN,
    MARK_EMPTY,
    MARK_COUNT
};

enum { MARK_WIDTH = 6 };

const char *mark_text(enum mark mark);  /* "[ OK ]": a sign, the same in every language */
const char *mark_words(enum mark mark); /* "OK.": where it is read aloud */
enum role mark_role(enum mark mark);
void mark_draw(const struct canvas *c, int x, int y, enum mark mark);
/* What a check has found so far; EMPTY: its turn has not come. */
enum mark mark_of_check(const struct model *m, size_t row);
/* The worst child decides. */
enum mark mark_of_step(const struct model *m, enum step s);

/* ---- rows of the frame -------------------------------------------------------------------- */

/* First row: what is checked, the case, live or saved. */
void header_draw(const struct model *m, const struct canvas *c);
/* "[1 ok] [2 !!] [3 >>] ..." with STEP n / 9 at the right; and that alone. */
void strip_draw(const struct model *m, const struct canvas *c, int y);
/* In few words where it would begin before `from`; returns where it begins. */
int step_number_draw(const struct model *m, const struct canvas *c, int y, int from);
/* Presenter mode: in place of the first row and of what a page has above its rule. */
enum { BLOCK_ROWS = 6 };
void block_draw(const struct model *m, const struct canvas *c);
/* "Kilo Seven Mike, Four Quebec X-ray Juliett": a case code, to be read aloud. */
void spell_code(const char *code, char *out, size_t out_size);
/* The last three rows. */
void footer_draw(const struct model *m, const struct canvas *c);

/* A field in brackets, as wide as the canvas; a long text is shown from where the cursor can be
 * seen. The hardware cursor goes there where it has the focus. */
void field_draw(const struct field *f, const struct canvas *c, enum role role, bool is_here);

/* ---- the connection, as it happened ------------------------------------------------------- */

/* The probe that a page tells of: the baseline; NULL: none yet. */
const struct probe *timeline_baseline(const struct model *m);
int timeline_rows(const struct model *m);
/* Where the canvas has fewer rows, those around the one that did not go well are kept. */
void timeline_draw(const struct model *m, const struct canvas *c);

/* ---- scrolling ---------------------------------------------------------------------------- */

/* First row to show so that the focused one is in sight. */
int list_top(int focus, int count, int window);
/* The same for a page whose rows are its items, and fill it. */
int list_first_seen(const struct model *m);

/* Rows in columns, each an item of the page that can have the focus. */
enum { LIST_POINTER_X = 2 };
struct list_column {
    int x;         /* it ends one before the next, the last one before the edge */
    bool is_plain; /* also where its row has the focus */
};
struct list_rows {
    const struct list_column *columns;
    int n_columns;
    int n;          /* rows in all */
    int first_item; /* the page's item that is row 0 */
    /* The words of row i in a column; out is "" before. */
    void (*cell)(const struct model *m, int i, int column, char *out, size_t out_size);
};
/* Draws from row `top` on what the canvas has room for; returns how many. */
int list_draw(const struct model *m, const struct canvas *c, const struct list_rows *l, int top);
/* Points at the row where it is the one in focus; returns the role of its words. */
enum role list_point(const struct model *m, const struct canvas *c, int x, int y, bool is_here);

/*
 * A document: rows are counted from its start, drawn less the scroll, clipped by the canvas. Over a
 * canvas without a grid it only counts.
 */
struct doc {
    struct canvas canvas;
    int scroll;
    int row;
};

struct doc doc_of(const struct canvas *c, int scroll);
/* For counting rows. */
struct doc doc_measure(const struct model *m);
void doc_blank(struct doc *d);
/* Puts on the current row without ending it. */
void doc_put(struct doc *d, int x, enum role role, const char *text);
void doc_putf(struct doc *d, int x, enum role role, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void doc_mark(struct doc *d, int x, enum mark mark);
/* Wraps from column x to the measure, and ends the row. */
void doc_text(struct doc *d, int x, enum role role, const char *text);

#endif
