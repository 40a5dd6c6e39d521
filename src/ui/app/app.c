/*
 * app.c - the loop: keys, signals, a second's tick, and painting once a turn. Joins the terminal or
 * a script to the model; pages decide what is seen and what a key means.
 * SPDX-License-Identifier: MIT
 */
#include "app.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "../page.h"
#include "whytls/output.h"

enum {
    SCRIPT_WIDTH = 80,
    SCRIPT_HEIGHT = 24,
    TICK_MS = 1000,
    EXIT_BY_SIGNAL = 128,
    DRAIN_TURNS = 64,
};

static const int caught[APP_SIGNALS] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT};

/* ---- painting ----------------------------------------------------------------------------- */

static void take_size(struct app *app)
{
    term_size(app->display, &app->model.width, &app->model.height);
    app->is_dirty = true;
}

/* ---- leaving ------------------------------------------------------------------------------ */

static void leave_screen(struct app *app)
{
    if (!app->display)
        return;
    uv_poll_stop(&app->input);
    term_close(app->display);
    app->display = NULL;
}

/* ---- what comes in ------------------------------------------------------------------------ */

/* Goes on without a screen, in the same session. */
static void go_on_as_list(struct app *app)
{
    app->is_list_due = false;
    leave_screen(app);
    if (!app_list_begin(app))
        app_quit(app, EX_SOFTWARE);
}

static void on_input(uv_poll_t *handle, int status, int events)
{
    struct app *app = handle->data;
    (void)events;
    if (status < 0 || term_is_gone(app->display)) {
        app_quit(app, EXIT_BY_SIGNAL + SIGHUP);
        return;
    }
    unsigned key;
    while (app->display && !app->is_over && (key = term_read(app->display)) != UI_KEY_NONE) {
        app_key(app, key);
        if (app->is_list_due)
            go_on_as_list(app);
    }
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct app *app = handle->data;
    switch (number) {
    case SIGWINCH:
    case SIGCONT: /* somebody else may have stopped us, and the shell has used the terminal */
        if (!app->display)
            break;
        if (number == SIGCONT)
            term_resume(app->display);
        term_resize(app->display);
        take_size(app);
        break;
    case SIGTSTP:
        if (app->display)
            term_suspend(app->display);
        else
            app_list_suspend(app);
        break;
    default:
        app_quit(app, EXIT_BY_SIGNAL + number);
    }
}

static void on_tick(uv_timer_t *handle)
{
    struct app *app = handle->data;
    if (app->is_list)
        app_list_tick(app);
    else if (!app->model.is_done || app->is_due)
        app->is_dirty = true;
    app->is_due = false;
    app_draft(app);
    app_cases_tick(app);
    if (app->script)
        app_script_tick(app);
}

/* ---- painting, once a turn ---------------------------------------------------------------- */

/* Once a turn, before the loop waits: many changes, one painting. */
static void on_before_wait(uv_prepare_t *handle)
{
    struct app *app = handle->data;
    if (app->script)
        app_script_play(app);
    if (!app->is_dirty || app->is_over)
        return;
    if (app->is_list)
        app_list_show(app);
    if (!app->display)
        return;
    app_look_sync(app);
    app_render(app);
    if (app->grid)
        term_paint(app->display, app->grid);
}

/* ---- beginning and end -------------------------------------------------------------------- */

/* Signals first: curses takes only those that nobody has. */
static bool start_loop(struct app *app)
{
    if (uv_loop_init(&app->loop) != 0)
        return false;
    for (int i = 0; i < APP_SIGNALS; i++) {
        uv_signal_init(&app->loop, &app->signals[i]);
        app->signals[i].data = app;
        uv_signal_start(&app->signals[i], on_signal, caught[i]);
    }
    uv_timer_init(&app->loop, &app->tick);
    app->tick.data = app;
    uv_timer_start(&app->tick, on_tick, TICK_MS, TICK_MS);
    uv_prepare_init(&app->loop, &app->before_wait);
    app->before_wait.data = app;
    uv_prepare_start(&app->before_wait, on_before_wait);
    return true;
}

static bool start_screen(struct app *app)
{
    app->display = term_open(&app->theme);
    if (!app->display)
        return false;
    if (uv_poll_init(&app->loop, &app->input, term_poll_fd(app->display)) != 0) {
        term_close(app->display);
        app->display = NULL;
        return false;
    }
    app->input.data = app;
    uv_poll_start(&app->input, UV_READABLE, on_input);
    if (app->model.has_mouse)
        app->model.has_mouse = term_set_mouse(app->display, true);
    take_size(app);
    return true;
}

/* A lookup that hangs in its thread is left behind, and then the loop's memory with it. */
static void end_loop(struct app *app)
{
    uv_close((uv_handle_t *)&app->tick, NULL);
    uv_close((uv_handle_t *)&app->before_wait, NULL);
    for (int i = 0; i < APP_SIGNALS; i++)
        uv_close((uv_handle_t *)&app->signals[i], NULL);
    if (app->input.data)
        uv_close((uv_handle_t *)&app->input, NULL);
    app_list_end(app);
    for (int i = 0; i < DRAIN_TURNS && uv_run(&app->loop, UV_RUN_NOWAIT); i++)
        ;
}

static void run(struct app *app, const char *script)
{
    app->exit_code = EX_SOFTWARE;
    app_look_begin(app);
    app->is_ascii = !term_is_utf8();
    model_init(&app->model, SCRIPT_WIDTH, SCRIPT_HEIGHT, app->is_ascii);
    app_settings_begin(app);
    bool is_ready = script                ? app_script_open(app, script)
                    : app->start->as_list ? app_list_begin(app)
                                          : start_screen(app);
    if (is_ready) {
        app_begin(app);
        if (app->start->notice)
            model_say(&app->model, true, app->start->notice);
        app->is_dirty = true;
        while (!app->is_over)
            uv_run(&app->loop, UV_RUN_DEFAULT);
    } else {
        evidence_free(app->start->take_case);
    }
    leave_screen(app);
    if (app->is_list && app->exit_code == 0)
        app->exit_code = app_list_exit_code(app);
}

const char *ui_why_not(void)
{
    return term_why_not();
}

int ui_run(const struct ui_start *start)
{
    struct app *app = calloc(1, sizeof(*app));
    const char *script = getenv("WHYTLS_SCRIPT");
    if (!app || (app->start = start, !start_loop(app))) {
        free(app);
        return EX_SOFTWARE;
    }
    run(app, script && script[0] ? script : NULL);
    int exit_code = app->exit_code;
    if (exit_code >= EXIT_BY_SIGNAL || app->is_left_unasked)
        app_autosave(app);
    app_list_end_line(app);
    app_tell_kept(app);
    app_end_session(app);
    app_cases_end(app);
    end_loop(app);
    grid_free(app->grid);
    app_script_end(app);
    free(app->paste.bytes);
    free(app->case_list);
    app_settings_end(app);
    app_hide_end(app);
    if (uv_loop_close(&app->loop) == 0) {
        free(app);
        return exit_code;
    }
    /* A name lookup hangs in its thread, and libuv can't stop it (measured on 1.44): leave it. */
    _exit(output_end(exit_code));
}
