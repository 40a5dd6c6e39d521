/*
 * app.h - the wizard as a running thing: what app.c (loop, terminal), act.c (doing what pages
 * return) and script mode share. Only these know libuv and the session.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_APP_H
#define WHYTLS_UI_APP_H

#include <uv.h>

#include "model.h"
#include "script.h"
#include "term.h"
#include "whytls/lab.h"
#include "whytls/session.h"
#include "whytls/ui.h"

enum { APP_SIGNALS = 5 };

struct app {
    const struct ui_start *start;
    struct model model;
    struct request request; /* of the session; what it borrows is start's or the lab's */
    struct session *session;
    struct lab *lab;

    uv_loop_t loop;
    uv_poll_t input;
    uv_timer_t tick;
    uv_prepare_t before_wait;
    uv_signal_t signals[APP_SIGNALS];

    struct display *display; /* NULL: no terminal (a script, or going on as a list) */
    struct grid *grid;       /* what is shown */
    struct script *script;
    bool is_ascii;
    bool is_dirty;
    bool is_list; /* the screen was left; the answer is printed */
    bool is_over;
    int exit_code;

    bool in_paste;
    char *paste; /* MODEL_PASTE_MAX bytes, while a paste lasts */
    size_t n_paste;
    bool paste_was_cut;
};

/* ---- app.c ---- */
void app_quit(struct app *app, int exit_code);
/* Leaves the screen and goes on without it, until the answer is there. */
void app_go_on_as_list(struct app *app);

/* ---- act.c ---- */
/* One key: what the page says, done. */
void app_key(struct app *app, unsigned key);
/* Starts what ui_start asks for. */
void app_begin(struct app *app);
/* Session to model: call after anything that may have changed it. */
void app_sync(struct app *app);
void app_end_session(struct app *app);

#endif
