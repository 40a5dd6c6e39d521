/*
 * app.h - the wizard as a running thing: what app.c (loop, terminal), app_act.c (doing what pages
 * return) and script mode share. Only these know libuv and the session.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_APP_H
#define WHYTLS_UI_APP_H

#include <uv.h>

#include "../model.h"
#include "app_script.h"
#include "term.h"
#include "whytls/case.h"
#include "whytls/config.h"
#include "whytls/lab.h"
#include "whytls/session.h"
#include "whytls/theme.h"
#include "whytls/ui.h"

enum { APP_SIGNALS = 6, LIST_LINE = 4096 };

/* Going on without a screen (app_as_list.c). */
struct list_screen {
    uv_poll_t lines;
    int fd; /* lines are read from it */
    char line[LIST_LINE];
    size_t n_line;
    char *shown;        /* the page as it was printed last; NULL: none yet */
    struct place at;    /* ... and which it was */
    char case_code[12]; /* the case that was told of */
    bool is_asking;     /* the choices stand there and a line is waited for */
    bool is_typing;     /* the line that is waited for is text for a field */
    bool is_wanted;     /* a line came: something must be said */
    bool is_all;        /* the choices whole, not the likeliest */
    bool is_whole;      /* all of the page again, not only what is new */
    bool has_told;      /* that the site is being asked */
};

/* What is being pasted (app_paste.c). */
struct paste {
    bool is_on;
    char *bytes; /* MODEL_PASTE_MAX of them, while it lasts */
    size_t n;
    size_t n_end; /* how much of the mark of its end came, in pieces */
    bool was_cut;
};

struct app {
    const struct ui_start *start;
    struct model model;
    struct request request; /* of the session; what it borrows is start's or the lab's */
    struct session *session;
    struct lab *lab;
    struct redactor *redactor;       /* of this case; NULL: none was needed yet */
    char redactor_case[12];          /* the case that it knows */
    struct redaction redaction;      /* the redactor, for the pages */
    char kept_path[STORE_PATH];      /* the case that was left in the middle; "": none */
    char not_kept[STORE_PATH + 128]; /* why it could not be; clean */
    char draft_path[STORE_PATH];     /* the case so far, until it is saved or left; "": none */
    char draft_code[64];             /* the name of the case in it */
    unsigned draft_hide;             /* HIDE_ bits: what is hidden in it */
    bool is_draft_due;               /* there is more in the case than in its draft */
    bool is_left_unasked;            /* where nobody could be asked: the case is kept */
    bool is_let_go;                  /* the user was asked, and leaves without the case */
    struct case_list *case_list;     /* what the model's list borrows */
    struct cases_job *cases_job;     /* a thread that reads saved cases; NULL: none */
    unsigned cases_waited_s;         /* for the list */
    char code_listed[12]; /* what was typed as a code: the list was read since; "": none */
    void (*code_taken)(struct app *); /* Enter came before the list did; NULL: not */
    enum page shown_page;             /* at the last look */
    bool is_hidden;                   /* names are hidden, in this case and the next */

    uv_loop_t loop;
    uv_poll_t input;
    uv_timer_t tick;
    uv_prepare_t before_wait;
    uv_signal_t signals[APP_SIGNALS];

    struct theme theme; /* the one that was chosen; presenter mode and the settings have others */
    struct theme shown_theme;    /* what the screen has now */
    struct config config;        /* what is kept for good */
    struct theme *themes;        /* what the model's list borrows */
    unsigned settings_timeout_s; /* chosen on the settings page; 0: not yet */
    struct display *display;     /* NULL: no terminal (a script, or going on as a list) */
    struct grid *grid;           /* what is shown */
    struct script *script;
    struct evidence *recorded; /* a script's: the next check is answered from it */
    int64_t pretended_clock;   /* a script's; 0: the real one */
    bool is_ascii;
    bool is_due; /* something came in that the next tick paints */
    bool is_dirty;
    struct list_screen list;
    bool is_list;     /* there is no screen, or it was left: pages are lines */
    bool is_list_due; /* the screen is to be left */
    bool is_over;
    int exit_code;

    struct paste paste;
};

/* ---- app_state.c ---- */
/* Session to model: call after anything that may have changed it. */
void app_sync(struct app *app);
/* Draws the page into app->grid. */
void app_render(struct app *app);
void app_quit(struct app *app, int exit_code);
/* Starts what ui_start asks for. */
void app_begin(struct app *app);
/* Starts what app->request asks for; false: it could not, and the model says why. */
bool app_start_session(struct app *app);
void app_end_session(struct app *app);
/* Saved case `i` of the model's list, in place of the session: as soon as it is read. */
void app_open_case(struct app *app, int i);
/* The case of the model's input_code; where several have it, the page with the list. */
void app_open_code(struct app *app);

/* ---- app_message.c ---- */
/* Whether what is typed as an address is a message of some program, into the model. */
void app_explain(struct app *app);
/* A paste into the address that is a known message, of several lines or a long one: the field gets
 * its beginning. False: it is none, and nothing was done. */
bool app_explain_paste(struct app *app, const char *bytes, size_t n);

/* ---- app_look.c ---- */
void app_look_begin(struct app *app);
/* The signs that lines and arrows are made of, as they are wanted now. */
void app_signs_sync(struct app *app);
/* Before painting: the screen gets the theme that is due. */
void app_look_sync(struct app *app);

/* ---- app_as_list.c ---- */
/* False: nothing can be read. */
bool app_list_begin(struct app *app);
void app_list_end(struct app *app);
/* Before something is said that is no answer to what was asked. */
void app_list_end_line(struct app *app);
/* Prints what is new and asks, where that is due. */
void app_list_show(struct app *app);
void app_list_tick(struct app *app);
void app_list_suspend(struct app *app);
/* What leaving comes to: as for `check` where the list was asked for, else 0. */
int app_list_exit_code(const struct app *app);

/* ---- app_play.c ---- */
bool app_script_open(struct app *app, const char *file);
void app_script_end(struct app *app);
/* Up to a wait that does not hold yet; quits where the script is over. */
void app_script_play(struct app *app);
void app_script_tick(struct app *app);

/* ---- app_keep.c ---- */
/* The answer with its path, or the case. Caller frees; NULL: no memory, or names can't be hidden.
 */
char *app_make_file(struct app *app, enum save_item what, unsigned hide);
void app_case_name(const struct evidence *ev, char *out, size_t out_size);
bool app_is_unsaved(const struct app *app);
/* The case so far into the folder of cases, where that is due. */
void app_draft(struct app *app);
void app_forget_draft(struct app *app);
/* The session ends: the draft of a case that is in no file stays, and that is said. */
void app_end_draft(struct app *app);
/* A case with this hidden (HIDE_ bits) is safe on disk. False: it has less than is known, so the
 * draft stays. */
bool app_case_is_saved(struct app *app, unsigned hide);
/* Keeps the case; false: it could not, and says why. */
bool app_save_and_quit(struct app *app);
void app_autosave(struct app *app);
/* Once the screen is gone: where the case is, or why it is nowhere. */
void app_tell_kept(struct app *app);

/* ---- app_save.c ---- */
/* Fills the save page's form in for this case, once. */
void app_save_prepare(struct app *app);
/* Names were hidden or shown: the ticks follow. */
void app_save_hide(struct app *app);
/* Writes what is ticked, and says what came of it. */
bool app_save(struct app *app);
void app_copy(struct app *app);
/* The certificates that the site left out, as one PEM file; says where it is. */
void app_save_missing(struct app *app);

/* ---- app_cases.c ---- */
/* Begins to read the list of saved cases, in a thread: a folder may be on a network that hangs. */
void app_list_cases(struct app *app);
/* Reads saved case `i` of the model's list, in a thread; `take` owns the evidence then. Not where
 * one has turned away meanwhile. */
typedef void case_taker(struct app *app, struct evidence *ev);
void app_read_case(struct app *app, int i, case_taker *take);
/* A short name that was typed may look like a code: it is one where such a case is saved here. */
void app_find_code(struct app *app);
/* True where what was typed may be a code and the list is still read: `again` is called as soon as
 * it is there. */
bool app_wait_for_code(struct app *app, void (*again)(struct app *app));
void app_cases_tick(struct app *app);
/* Nobody waits any more. */
void app_cases_end(struct app *app);

/* ---- app_settings.c ---- */
void app_settings_begin(struct app *app);
/* Fills the settings page's form in: when one turns to it. */
void app_settings_prepare(struct app *app);
void app_settings_end(struct app *app);
void app_keep_settings(struct app *app, struct action a);
void app_toggle_signs(struct app *app, struct action a);
void app_toggle_mouse(struct app *app, struct action a);

/* ---- app_hide.c ---- */
/* Lets the model have its redaction where names are to be hidden; learns what is new in the case.
 */
void app_hide_sync(struct app *app);
/* The redactor of the case, knowing all of it; NULL: no case, or no memory. */
struct redactor *app_redactor(struct app *app);
void app_hide_end(struct app *app);

/* ---- app_paste.c ---- */
/* False: the key is no part of a paste. *is_over: it was its last. */
bool app_paste_key(struct app *app, unsigned key, bool *is_over);

/* ---- app_act.c ---- */
/* One key: what the page says, done. */
void app_key(struct app *app, unsigned key);

#endif
