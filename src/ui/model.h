/*
 * model.h - all that the pages may look at, the actions they return, and the changes to the model
 * that need nobody else (moving, typing, turning pages). Pure: no loop, no terminal, no time.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_MODEL_H
#define WHYTLS_UI_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "canvas.h"
#include "field.h"
#include "forms.h"
#include "glyphs.h"
#include "whytls/checks.h"
#include "whytls/evidence.h"
#include "whytls/local.h"
#include "whytls/must_use.h"

/* Page names are for docs, scripts and "which page are you on?": page:answer. */
#define PAGE_LIST(X)                                                                               \
    X(WELCOME, "welcome")                                                                          \
    X(MESSAGE, "message")                                                                          \
    X(LAB, "lab")                                                                                  \
    X(STEP, "step")                                                                                \
    X(TREE, "tree")                                                                                \
    X(PREVIEW, "preview")                                                                          \
    X(ANSWER, "answer")                                                                            \
    X(HOW, "how")                                                                                  \
    X(DETAILS, "details")                                                                          \
    X(COMPARE, "compare")                                                                          \
    X(SAVE, "save")                                                                                \
    X(CASES, "cases")                                                                              \
    X(SETTINGS, "settings")                                                                        \
    X(LEAVE, "leave")                                                                              \
    X(HELP, "help")                                                                                \
    X(TOO_SMALL, "too-small")

enum page {
#define X(ident, name) PAGE_##ident,
    PAGE_LIST(X)
#undef X
        PAGE_COUNT
};
const char *page_name(enum page p);

enum {
    MODEL_MIN_WIDTH = 80,
    MODEL_MIN_HEIGHT = 24,   /* what we ask for: every part has its room */
    MODEL_LEAST_HEIGHT = 16, /* what will do: without blank rows and the strip of steps */
    MODEL_WIDE = 118,        /* columns from which the path has room beside the step */
    MODEL_HISTORY = 24,
    MODEL_FOCUS_AUTO = -1, /* the page chooses */
};

enum details_tab {
    TAB_HANDSHAKE,
    TAB_CERTIFICATES,
    TAB_EXPERIMENTS,
    TAB_COMPUTER,
    TAB_TRUST,
    TAB_BY_HAND,
    TAB_COUNT
};

/* Where one is: what Esc comes back to. */
struct place {
    enum page page;
    enum step step;
    enum details_tab tab;
    int cause; /* PREVIEW: which, as cause_at counts */
    int focus, scroll;
};

/* What one types in. FIELD_FIND is on every page while one looks for something. */
enum field_id { FIELD_NONE = -1, FIELD_ADDRESS, FIELD_FOLDER, FIELD_FILE, FIELD_FIND, FIELD_COUNT };

struct model {
    const struct evidence *evidence; /* NULL: no case yet */
    const struct walk *walk;         /* NULL exactly where evidence is */
    bool is_live;                    /* false: a saved case */
    bool is_done;                    /* nothing is under way */
    bool is_presenter;               /* for a screen that is shared: large, few, still */
    bool is_narrow;                  /* the path is not beside the step, though there is room */
    bool can_compare;                /* there is something that a comparison has not asked */
    unsigned elapsed_ms;
    int64_t clock;   /* what this computer's clock says, Unix seconds; 0: not known */
    int east_s;      /* local time is so many seconds before UTC: for `clock`, */
    int case_east_s; /* and for the clock of the case */
    struct computer_summary computer_summary;

    int width, height;
    const struct glyphs *glyphs;

    struct place at;
    struct place history[MODEL_HISTORY];
    size_t n_history;
    int shown_probe; /* details: index into evidence.probes; -1: the page chooses */
    bool run_all;    /* go to the answer as soon as it is there */
    int asked;       /* the enum question that was open at the last refresh; -1: none */

    struct field fields[FIELD_COUNT];
    bool is_finding;      /* letters go to FIELD_FIND */
    bool is_found;        /* what FIELD_FIND says is marked on the page */
    struct place find_at; /* where one was when one began to look */

    struct forms forms; /* what pages keep for themselves: theirs alone */
    bool has_mouse;     /* clicks are ours now, and the terminal's own selecting is not */

    const struct redaction *redaction; /* hides names on every page; NULL: they are shown */

    char message[400]; /* shown on the status row until the next key */
    bool message_is_error;
};

enum action_kind {
    ACTION_NONE,
    /* the model does these itself: model_apply */
    ACTION_SAY,    /* `say` on the status row */
    ACTION_MOVE,   /* focus or scroll by `value` */
    ACTION_TOP,    /* focus or scroll to the start */
    ACTION_BOTTOM, /* ... to the end */
    ACTION_FOCUS,  /* focus `value` */
    ACTION_GO,     /* to page `value` */
    ACTION_STEP,   /* to step `value` */
    ACTION_TAB,    /* details: tab `value` */
    ACTION_PROBE,  /* details: the handshake of probe `value` */
    ACTION_BACK,
    ACTION_RUN_ALL,
    ACTION_TYPE,   /* the character `value` */
    ACTION_ERASE,  /* the character before the cursor */
    ACTION_DELETE, /* the character under it */
    ACTION_CURSOR, /* by `value` characters */
    ACTION_LINE_START,
    ACTION_LINE_END,
    ACTION_LINE_CLEAR,
    ACTION_FIND,              /* begin to look for something */
    ACTION_FIND_END,          /* no more letters for it; value 1: and stay where it is */
    ACTION_FIND_NEXT,         /* once more, onwards or (value -1) backwards */
    ACTION_CHECK_STEP,        /* the step of row `value` of the tree, that check in focus */
    ACTION_SHOW_PROBE,        /* details: the handshake of probe `value`, from any page */
    ACTION_SHOW_CERTIFICATES, /* details: the certificates, from any page */
    ACTION_PREVIEW,           /* what cause `value` would say */
    ACTION_PRESENT,           /* presenter mode, or back */
    ACTION_NARROW,            /* the path beside the step, or not */
    /* these the page itself, to what it keeps (page.h, change) */
    ACTION_FOLD,     /* tree: bit `value` of what is open, `choice`: enum fold */
    ACTION_FOLD_ALL, /* tree: all open, or as at first */
    ACTION_TICK,     /* save: tick `value` on or off */
    ACTION_SET,      /* settings: item `value` */
    /* the app does these */
    ACTION_CHECK,       /* the address that was typed */
    ACTION_CHECK_NAMED, /* the host that stands in the message */
    ACTION_LAB,         /* start scenario `value` */
    ACTION_ANSWER,      /* question `value` is answered `choice` */
    ACTION_AGAIN,
    ACTION_STOP,
    ACTION_SAVE,         /* what the save page says */
    ACTION_COPY,         /* this page, as text */
    ACTION_SAVE_MISSING, /* the certificates that the site left out, as a file */
    ACTION_OPEN,         /* saved case `value` */
    ACTION_SAVE_AND_QUIT,
    ACTION_HELPED,        /* whether the answer helped: enum helped `value` */
    ACTION_COMPARE,       /* ask what a comparison has not asked yet */
    ACTION_HIDE,          /* hide names and addresses, or show them again */
    ACTION_KEEP_SETTINGS, /* choice 1: with the theme `value` */
    ACTION_SIGNS,         /* ASCII signs only, or not */
    ACTION_MOUSE,         /* on or off */
    ACTION_QUIT,          /* exit code `value`; choice 1: though the case is not saved */
    ACTION_AS_LIST,       /* leave the screen, go on as text */
    ACTION_REDRAW,
    ACTION_SUSPEND,
    ACTION_COUNT
};

enum fold { FOLD_SHUT, FOLD_OPEN, FOLD_TOGGLE };

struct action {
    enum action_kind kind;
    int value;
    int choice;
    const char *say;
};

void model_init(struct model *m, int width, int height, bool ascii);

/* Does what the model can do itself. False: it is the app's to do. */
bool model_apply(struct model *m, struct action a);
/* The case changed: goes to the answer where that is waited for; keeps focus within bounds. */
void model_refresh(struct model *m);
/* Turns to a place; what is left can be come back to. */
void model_go(struct model *m, enum page page, enum step step);
/* Certificates that the site left out are at hand. */
bool model_has_missing(const struct model *m);
/* The ways (whytls/advice.h) to do what is told there, each once: of the answer's causes, or of
 * the cause that a preview shows. Returns how many. */
struct way_words;
size_t model_ways(const struct model *m, const struct place *at,
                  const struct way_words *ways[WAY_COUNT]);
void model_say(struct model *m, bool is_error, const char *text);

/* One of the actions that edit (field.c). */
void field_edit(struct field *f, struct action a);

/* Looks for what FIELD_FIND says and goes there; false: it is not on this page (find.c). */
bool model_find(struct model *m, int direction);

#endif
