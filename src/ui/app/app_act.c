/*
 * app_act.c - does what the pages' actions say, a function an action, and takes keys. Uses session
 * and lab; draws nothing.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>
#include <time.h>

#include "app.h"
#include "../page.h"
#include "whytls/message.h"

/* ---- actions ------------------------------------------------------------------------------ */

static void parse_input(struct app *app)
{
    struct model *m = &app->model;
    const char *text = m->fields[FIELD_ADDRESS].text;
    app_find_code(app);
    m->forms.address.error[0] = '\0';
    m->forms.address.is_ok =
        text[0] && target_parse(text, &m->forms.address.target, m->forms.address.error,
                                sizeof(m->forms.address.error));
    app_explain(app);
}

/* What was typed, in place of the target of the options that came with the command. */
static void make_request(struct app *app)
{
    const struct target *typed = &app->model.forms.address.target;
    app->request = (struct request){.target = *typed};
    if (app->start->defaults)
        app->request = *app->start->defaults;
    struct target *t = &app->request.target;
    memcpy(t->typed, typed->typed, sizeof(t->typed));
    memcpy(t->host, typed->host, sizeof(t->host));
    memcpy(t->ascii, typed->ascii, sizeof(t->ascii));
    t->port = typed->port;
    t->service = typed->service;
    t->is_address = typed->is_address;
    if (app->settings_timeout_s) /* chosen while it runs: later than the command line */
        t->timeout_s = (uint16_t)app->settings_timeout_s;
}

static void check_typed(struct app *app)
{
    struct model *m = &app->model;
    if (app_wait_for_code(app, check_typed))
        return;
    if (m->forms.address.code[0]) {
        app_open_code(app);
        return;
    }
    if (m->forms.message.is_known) {
        model_go(m, PAGE_MESSAGE, m->at.step);
        return;
    }
    if (!m->forms.address.is_ok) {
        model_say(m, true,
                  m->forms.address.error[0] ? m->forms.address.error
                                            : message("Type the address of a site first."));
        return;
    }
    app_end_session(app);
    make_request(app);
    if (app_start_session(app))
        model_go(m, PAGE_STEP, STEP_REACH);
}

static void check_input(struct app *app, struct action a)
{
    (void)a;
    check_typed(app);
}

static void check_named(struct app *app, struct action a)
{
    (void)a;
    struct model *m = &app->model;
    field_put(&m->fields[FIELD_ADDRESS], m->forms.message.said.host);
    m->forms.message = (struct message_form){.is_known = false};
    parse_input(app);
    check_typed(app);
}

static void start_lab(struct app *app, struct action a)
{
    char error[256] = "";
    const struct scenario_line *line = lab_scenario((size_t)a.value);
    if (!line)
        return;
    app_end_session(app);
    app->request = (struct request){.offline = false};
    if (!app->recorded)
        app->lab = lab_start(line->name, &app->request, error, sizeof(error));
    if (!app->lab && !app->recorded)
        model_say(&app->model, true, error);
    else if (app_start_session(app))
        model_go(&app->model, PAGE_STEP, STEP_REACH);
}

static void ask_again(struct app *app, struct action a)
{
    (void)a;
    if (!app->session || !session_is_live(app->session))
        return;
    session_again(app->session);
    app->model.forms.save.is_ready = app->model.forms.save.is_saved = false;
    app->model.shown_probe = -1;
}

static void answer(struct app *app, struct action a)
{
    if (!app->session || a.value < 0 || a.value >= QUESTION_COUNT)
        return;
    if (session_evidence(app->session)->answers[a.value] != a.choice) {
        app->model.forms.save.is_amended = true;
        app->model.forms.save.is_saved = false;
    }
    session_answer(app->session, (enum question)a.value, a.choice);
    app->model.at.focus = MODEL_FOCUS_AUTO;
}

static void stop(struct app *app, struct action a)
{
    (void)a;
    if (!app->session)
        return;
    session_stop(app->session);
    model_say(&app->model, false, message("Stopped.  What is known so far stays."));
}

static void compare(struct app *app, struct action a)
{
    (void)a;
    if (app->session)
        session_compare(app->session);
}

static void note_helped(struct app *app, struct action a)
{
    if (!app->session)
        return;
    session_note_helped(app->session, (enum helped)a.value);
    app->model.forms.save.is_saved = false;
    app->model.forms.save.is_amended = true;
    model_say(&app->model, false,
              a.value == HELPED_YES
                  ? message("Good.  That is noted in this case, and sent nowhere.")
                  : message("That is noted in this case.  Save it for who helps you: s."));
}

static void hide(struct app *app, struct action a)
{
    (void)a;
    app->is_hidden = !app->is_hidden;
    app->is_draft_due = true; /* so that it hides what the screen does */
    app_save_hide(app);
    model_say(&app->model, false, app->is_hidden ? message("Names and addresses are hidden.") : "");
}

/* A key that leaves asks first where something would be lost; choice: it was asked. A small window
 * can't ask: it keeps. */
static void quit(struct app *app, struct action a)
{
    app->is_left_unasked = page_shown(&app->model) == PAGE_TOO_SMALL;
    bool is_asked = a.choice != 0 || a.value != 0 || app->is_left_unasked;
    if (!is_asked && app_is_unsaved(app)) {
        model_go(&app->model, PAGE_LEAVE, app->model.at.step);
        return;
    }
    app->is_let_go = a.choice != 0 && !app->is_left_unasked;
    app_quit(app, a.value);
}

static void save(struct app *app, struct action a)
{
    (void)a;
    app_save(app);
}

static void save_and_quit(struct app *app, struct action a)
{
    (void)a;
    if (app_save_and_quit(app))
        app_quit(app, 0);
}

static void copy(struct app *app, struct action a)
{
    (void)a;
    app_copy(app);
}

static void save_missing(struct app *app, struct action a)
{
    (void)a;
    app_save_missing(app);
}

static void open_case(struct app *app, struct action a)
{
    app_open_case(app, a.value);
}

/* The loop does it: what presses keys may be a list already. */
static void go_on_as_list(struct app *app, struct action a)
{
    (void)a;
    app->is_list_due = true;
}

static void redraw(struct app *app, struct action a)
{
    (void)a;
    if (app->display)
        term_redraw(app->display);
}

static void suspend(struct app *app, struct action a)
{
    (void)a;
    if (app->display)
        term_suspend(app->display);
}

static void (*const actors[ACTION_COUNT])(struct app *app, struct action a) = {
    [ACTION_CHECK] = check_input,
    [ACTION_CHECK_NAMED] = check_named,
    [ACTION_LAB] = start_lab,
    [ACTION_ANSWER] = answer,
    [ACTION_AGAIN] = ask_again,
    [ACTION_STOP] = stop,
    [ACTION_COMPARE] = compare,
    [ACTION_HELPED] = note_helped,
    [ACTION_HIDE] = hide,
    [ACTION_SAVE] = save,
    [ACTION_COPY] = copy,
    [ACTION_SAVE_MISSING] = save_missing,
    [ACTION_OPEN] = open_case,
    [ACTION_SAVE_AND_QUIT] = save_and_quit,
    [ACTION_KEEP_SETTINGS] = app_keep_settings,
    [ACTION_SIGNS] = app_toggle_signs,
    [ACTION_MOUSE] = app_toggle_mouse,
    [ACTION_QUIT] = quit,
    [ACTION_AS_LIST] = go_on_as_list,
    [ACTION_REDRAW] = redraw,
    [ACTION_SUSPEND] = suspend,
};

static void act(struct app *app, struct action a)
{
    if (a.kind < ACTION_COUNT && actors[a.kind])
        actors[a.kind](app, a);
}

/* ---- keys --------------------------------------------------------------------------------- */

/* A case is over when one has gone back to where cases are begun. */
static bool is_between_cases(const struct model *m)
{
    return m->at.page == PAGE_WELCOME || m->at.page == PAGE_LAB || m->at.page == PAGE_CASES;
}

void app_key(struct app *app, unsigned key)
{
    struct model *m = &app->model;
    app->is_dirty = true;
    bool is_over_now = false;
    if (app_paste_key(app, key, &is_over_now)) {
        if (is_over_now)
            parse_input(app);
        return;
    }
    model_say(m, false, "");
    int x, y;
    struct action a = key_is_click(key, &x, &y) ? view_click(m, app->grid, x, y) : view_key(m, key);
    if (model_apply(m, a))
        parse_input(app);
    else
        act(app, a);
    if (app->session && is_between_cases(m))
        app_end_session(app);
    app_sync(app);
}
