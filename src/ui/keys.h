/*
 * keys.h - our own key numbers and the table of keys (keys.def), from which the key bar, the help
 * page and the bindings come alike. No curses.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_KEYS_H
#define WHYTLS_UI_KEYS_H

#include "model.h"

/* Below 0x110000 a key is the character itself. */
enum ui_key {
    UI_KEY_NONE = 0,
    UI_KEY_ENTER = 0x110000,
    UI_KEY_ESC,
    UI_KEY_TAB,
    UI_KEY_BACKTAB,
    UI_KEY_BACKSPACE,
    UI_KEY_DELETE,
    UI_KEY_UP,
    UI_KEY_DOWN,
    UI_KEY_LEFT,
    UI_KEY_RIGHT,
    UI_KEY_PAGE_UP,
    UI_KEY_PAGE_DOWN,
    UI_KEY_HOME,
    UI_KEY_END,
    UI_KEY_PASTE_BEGIN,
    UI_KEY_PASTE_END,
    UI_KEY_F0,              /* F1 is UI_KEY_F0 + 1, up to F12 */
    UI_KEY_CTRL = 0x110100, /* Ctrl-L is UI_KEY_CTRL + 'L' */
    UI_KEY_WHEEL_UP = 0x110200,
    UI_KEY_WHEEL_DOWN,
    UI_KEY_CLICK = 0x1000000, /* a click: with column and row, see key_of_click */
};

enum key_place {
    KEY_ON_BAR,   /* the last row */
    KEY_BY_ENTER, /* at the right of the row that says what Enter does */
    KEY_IN_HELP,  /* only the help page names it */
};

/* When a key acts; pressed at another time, `why_not` is said. */
enum key_when {
    KEY_ALWAYS,
    KEY_WHILE_RUNNING,
    KEY_WHEN_LIVE,
    KEY_WITH_CASE,
    KEY_WITH_ANSWER,
    KEY_WITH_WAYS,    /* there is more to say on how to do what is told here */
    KEY_WITH_MISSING, /* certificates that the site left out are at hand */
    KEY_CAN_COMPARE,
    KEY_HAS_COMPARED, /* or can't, as it was stopped: then all is asked again */
    KEY_HAS_ROOM,     /* for the path beside the step */
    KEY_NAMES_SHOWN,
    KEY_NAMES_HIDDEN,
};

struct key_row {
    unsigned special;   /* an enum ui_key; 0: none */
    char letter;        /* its twin, lower case; 0: none. Does not act while one types */
    const char *shown;  /* on the bar; a whole word is marked, see key_row_shown */
    const char *typing; /* on the bar while letters type; NULL: not there then */
    const char *label;
    struct action action; /* ACTION_NONE: the page or view_key acts on it, this row names it */
    unsigned pages;       /* PAGE_BITs: where it acts */
    enum key_place place;
    /* PAGE_BITs: where it has that place; elsewhere only help names it. 0: all */
    unsigned shown_on;
    enum key_when when;
    bool is_of_screen; /* means nothing where pages are read as lines (list_mode.h) */
    const char *why_not;
    const char *help;  /* what it does, for the help page */
    const char *aside; /* more of that, for who has the keyboard before them; NULL: nothing */
};

#define PAGE_BIT(page) (1u << PAGE_##page)
#define PAGES_OF_CASE                                                                              \
    (PAGE_BIT(STEP) | PAGE_BIT(TREE) | PAGE_BIT(ANSWER) | PAGE_BIT(DETAILS) | PAGE_BIT(COMPARE))
/* Without a case they are not there. */
#define PAGES_WITH_CASE                                                                            \
    (PAGES_OF_CASE | PAGE_BIT(PREVIEW) | PAGE_BIT(HOW) | PAGE_BIT(SAVE) | PAGE_BIT(LEAVE))
#define PAGES_ALL                                                                                  \
    (PAGES_WITH_CASE | PAGE_BIT(WELCOME) | PAGE_BIT(MESSAGE) | PAGE_BIT(LAB) | PAGE_BIT(CASES) |   \
     PAGE_BIT(HELP) | PAGE_BIT(SETTINGS))
#define PAGES_TO_FIND_IN (PAGES_ALL & ~(PAGE_BIT(WELCOME) | PAGE_BIT(SAVE) | PAGE_BIT(LEAVE)))

const struct key_row *key_row(size_t i); /* NULL past the end */
/* The key as the bar names it, in the language that is spoken; NULL: not there while one types. */
const char *key_row_shown(const struct key_row *row, bool is_typing);
bool key_row_is_on(const struct key_row *row, enum page page);
/* Where it stands on that page. */
enum key_place key_row_place(const struct key_row *row, enum page page);
/* Whether its action can be done now. */
bool key_row_is_ready(const struct key_row *row, const struct model *m);
/* The action of a key on a page by the table; SAY with the reason where it can't act now. */
struct action keys_find(const struct model *m, enum page page, bool is_typing, unsigned key);

/* What an ASCII byte from a terminal means: Enter, Ctrl-X, a letter. */
unsigned key_of_byte(unsigned c);
/* Bytes as they come from a terminal, to characters. All zero: nothing begun. */
struct utf8_reader {
    uint32_t ch, least;
    int left;
};
/* The character that this byte ends; UI_KEY_NONE: none yet, or what was begun is no UTF-8. */
unsigned utf8_take(struct utf8_reader *r, unsigned char byte);

/* A click as a key, and where it was; x and y are those of a grid. */
unsigned key_of_click(int x, int y);
bool key_is_click(unsigned key, int *x, int *y);

enum { MOUSE_REPORT_SIZE = 24 };

/* What comes after "ESC [ <": a report of the mouse, in xterm's SGR form. */
struct mouse_reader {
    bool is_begun;
    char text[MOUSE_REPORT_SIZE];
    size_t n;
};
/*
 * One more character. False: it is no part of a report, which ends there with no meaning. *key is
 * the click or the turn of the wheel that it ends; NONE: it is not whole, or means nothing here.
 */
bool mouse_take(struct mouse_reader *r, int c, unsigned *key);

/* A key by its name in a script: "enter", "f5", "ctrl-l", "x"; UI_KEY_NONE where unknown. */
unsigned key_by_name(const char *name);

#endif
