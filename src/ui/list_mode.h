/*
 * list_mode.h - the wizard as a list, for screen readers and for terminals that can't be painted:
 * every page as lines of text, and every action on it as a choice: things by number, keys by their
 * letter. Both are made from the same pages and the same table of keys as the screen, so what is on
 * one is on the other. Pure. SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_LIST_MODE_H
#define WHYTLS_UI_LIST_MODE_H

#include "canvas.h"
#include "model.h"
#include "whytls/buf.h"

/* Columns that rows are drawn in before they are read out; two in five more where words are longer.
 */
enum { LIST_WIDTH = MODEL_MIN_WIDTH, LIST_LONGER_WIDTH = 112 };
enum { LIST_MAX_CHOICES = 200, LIST_WORDS = 512 };

/* What may be done now: a thing that gets the focus, then a key; or text that is asked for. */
struct choice {
    bool is_field; /* ask for a line, and put it where the focus then is */
    int focus;     /* MODEL_FOCUS_AUTO: as it is */
    unsigned key;
    char letter;    /* typed instead of the number; 0: none. The same on every page */
    bool is_likely; /* shown at once; the others where one asks for more */
    struct action action;
    char words[LIST_WORDS]; /* clean */
};

struct choices {
    struct choice all[LIST_MAX_CHOICES];
    int n;
    int usual; /* what an empty line takes: what Enter would do on the screen */
};

/* So that pages are drawn whole, without scrolling and without signs that are only for eyes. */
void list_prepare(struct model *m);

/* The page as lines, its title first. */
void list_page(const struct model *m, struct buf *out);
/* Draws some rows and adds them as lines (lines.c): for pages that say the rest in words of their
 * own. */
void list_rows(const struct model *m, int rows,
               void (*draw)(const struct model *m, const struct canvas *c), struct buf *out);
/* The same lines, none wider than the terminal where that can be: broken between words (lines.c).
 */
void list_wrap(const char *text, int width, struct buf *out);
/* The lines of `now` that do not stand in `before`. */
void list_news(const char *before, const char *now, struct buf *out);

void list_choices(const struct model *m, struct choices *c);
/* The likeliest choices as lines, each with its letter or number, or all of them; and the prompt.
 */
void list_ask(const struct choices *c, bool is_all, struct buf *out);
/* Which choice a typed line means, its end taken off; LIST_NONE; LIST_MORE: to see all of them. */
enum { LIST_NONE = -1, LIST_MORE = -2 };
int list_chosen(const struct choices *c, const char *line);

#endif
