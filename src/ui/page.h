/*
 * page.h - what a page is: pure functions from the model to cells, and from a key to an action.
 * A page is a file in pages/ and a row of pages/table.c. No loop, no curses, no time.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_PAGE_H
#define WHYTLS_UI_PAGE_H

#include "canvas.h"
#include "keys.h"
#include "model.h"

enum {
    PAGE_TOP = 3,    /* rows above a page's body: two of the header and a rule; see page_top */
    PAGE_FOOTER = 3, /* rows below: status, what Enter does, keys */
    PAGE_SENTENCE = 512,
};

struct page_ops {
    const char *name;  /* "answer" */
    const char *title; /* "The answer"; both are marked, and translated where they are shown */
    const char *help;  /* what this page means, a few short sentences */
    bool is_menu;      /* it is there to choose from its items: as lines, all of them are shown */
    bool is_bare;      /* draws the whole screen itself: no header, no footer */
    /* From the second row down to the footer. */
    void (*draw)(const struct model *m, const struct canvas *c);
    /* ACTION_NONE where the page has nothing of its own for this key. */
    struct action (*key)(const struct model *m, unsigned key);
    void (*status)(const struct model *m, char *out, size_t out_size);
    void (*enter)(const struct model *m, char *out, size_t out_size); /* after "Enter = " */
    /* Enter has nothing to do yet: as lines, it is no choice then. NULL: it always has. */
    bool (*is_idle)(const struct model *m);
    /* As lines of text, for a screen reader: see list_mode.h. NULL: what draw puts, row by row. */
    void (*list)(const struct model *m, struct buf *out);
    /* Item i in words, where what Enter does there is not enough; NULL: it is. */
    void (*item)(const struct model *m, int i, char *out, size_t out_size);
    /* Item i as text to be found in; NULL: as `item` has it. */
    void (*find_text)(const struct model *m, int i, char *out, size_t out_size);
    enum field_id (*field)(const struct model *m); /* what letters go into; NULL: nothing */
    int (*items)(const struct model *m);           /* things that can have the focus; NULL: none */
    int (*focus)(const struct model *m);  /* which has it where the model says AUTO; NULL: 0 */
    int (*rows)(const struct model *m);   /* rows that scroll; NULL: nothing does */
    int (*window)(const struct model *m); /* how many of them are seen; NULL: page_window */
    int (*top)(const struct model *m);    /* the first that is seen; NULL: page_scroll */
    /* What it keeps of its own (forms.h), each NULL where it keeps nothing: */
    void (*turned_to)(struct model *m); /* before it is shown anew */
    void (*refresh)(struct model *m);   /* the case changed, or was left */
    void (*change)(struct model *m,
                   struct action a); /* model.h says which; or a field was edited */
};

/* Never NULL for a value of enum page. */
const struct page_ops *page_ops(enum page p);

/* The page that is really shown: too small where the window is. */
enum page page_shown(const struct model *m);
/* The focus with AUTO resolved, within the items. */
int page_focus(const struct model *m);
/* Presenter mode has its large number where there is one to show. */
bool page_has_block(const struct model *m);
/* Rows above the body. */
int page_top(const struct model *m);
/* Rows of the body: between header and footer. */
int page_window(const struct model *m);
/* Scroll held within what there is. */
int page_scroll(const struct model *m);
/* What letters go into; FIELD_NONE: they are keys. */
enum field_id page_field(const struct model *m);
bool page_is_typing(const struct model *m);

/* The whole screen. */
void view_draw(const struct model *m, struct grid *g);
/* What a click means: the item of that row, which a second click takes; a key of the last two rows;
 * a step or a tab of the second. g: the screen as it is shown. */
struct action view_click(const struct model *m, const struct grid *g, int x, int y);
/* What a key means now: the page first, then movement, then the table of keys. */
struct action view_key(const struct model *m, unsigned key);

#endif
