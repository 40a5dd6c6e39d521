/*
 * act.c - does what the pages' actions say: starts and ends sessions and the lab, answers, takes
 * keys and pastes. Uses session and lab; draws nothing.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app.h"
#include "page.h"
#include "whytls/text.h"

/* ---- the session --------------------------------------------------------------------------------
 */

static int64_t clock_now(const struct app *app)
{
    const struct request *r = app->start->defaults;
    if (app->pretended_clock)
        return app->pretended_clock;
    return (int64_t)time(NULL) + (r ? r->pretend.clock_offset_s : 0);
}

/* What a page shows that is not of the case: read when one turns to it. */
static void app_page_sync(struct app *app)
{
    struct model *m = &app->model;
    if (m->at.page == PAGE_WELCOME && !m->glance.is_known)
        local_glance(&m->glance, app->start->defaults ? app->start->defaults->cacert : NULL);
    if (m->at.page == PAGE_SAVE)
        app_save_prepare(app);
    if (m->at.page == PAGE_CASES && app->shown_page != PAGE_CASES)
        app_read_cases(app);
    if (m->at.page == PAGE_SETTINGS && m->n_themes == 0)
        app_settings_prepare(app);
    else if (m->at.page != PAGE_SETTINGS && m->at.page != PAGE_HELP)
        m->n_themes = 0; /* what was not kept is forgotten */
    app->shown_page = m->at.page;
}

void app_sync(struct app *app)
{
    struct model *m = &app->model;
    const struct session *s = app->session;
    m->evidence = s ? session_evidence(s) : NULL;
    m->walk = s ? session_walk(s) : NULL;
    m->is_live = s && session_is_live(s);
    m->is_done = !s || session_is_done(s);
    m->can_compare = s && session_can_compare(s);
    m->elapsed_ms = m->is_live ? session_elapsed_ms(s) : 0;
    m->clock = clock_now(app);
    app_hide_sync(app);
    app_page_sync(app);
    app_signs_sync(app);
    model_refresh(m);
}

static void on_change(void *ctx)
{
    struct app *app = ctx;
    app->model.save.is_saved = false;
    if (app->model.is_presenter)
        app->is_due = true; /* painted by the tick: at most once a second */
    else
        app->is_dirty = true;
}

/* The model borrows from the session: it must not look at one that has gone. */
void app_end_session(struct app *app)
{
    session_free(app->session);
    app->session = NULL;
    app->model.save = (struct save_form){.is_ready = false};
    app->model.tree_was_touched = false;
    lab_stop(app->lab);
    app->lab = NULL;
    app_sync(app);
}

static bool start_session(struct app *app)
{
    char error[256] = "";
    const struct session_sink sink = {.on_change = on_change, .on_done = on_change, .ctx = app};
    if (app->recorded)
        app->session = session_from_case(app->recorded);
    else
        app->session = session_new(&app->loop, &app->request, &sink, error, sizeof(error));
    app->recorded = NULL;
    if (!app->session)
        model_say(&app->model, true, error);
    app->model.run_all = false;
    app->model.shown_probe = -1;
    app_sync(app);
    return app->session != NULL;
}

void app_begin(struct app *app)
{
    const struct ui_start *start = app->start;
    if (start->take_case) {
        app->session = session_from_case(start->take_case);
        if (app->session)
            app->model.at =
                (struct place){.page = PAGE_ANSWER, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    } else if (start->request) {
        app->request = *start->request;
        if (start_session(app))
            app->model.at =
                (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    }
    if (!app->session)
        app->model.at.focus = MODEL_FOCUS_AUTO;
    app_sync(app);
}

/* ---- actions ------------------------------------------------------------------------------------
 */

static void parse_input(struct model *m)
{
    const char *text = m->fields[FIELD_ADDRESS].text;
    m->input_error[0] = '\0';
    m->input_is_ok =
        text[0] && target_parse(text, &m->target, m->input_error, sizeof(m->input_error));
}

/* What was typed, in place of the target of the options that came with the command. */
static void make_request(struct app *app)
{
    const struct target *typed = &app->model.target;
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

static void check_input(struct app *app, struct action a)
{
    (void)a;
    struct model *m = &app->model;
    if (!m->input_is_ok) {
        model_say(m, true,
                  m->input_error[0] ? m->input_error : "Type the address of a site first.");
        return;
    }
    app_end_session(app);
    make_request(app);
    if (start_session(app))
        model_go(m, PAGE_STEP, STEP_REACH);
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
    else if (start_session(app))
        model_go(&app->model, PAGE_STEP, STEP_REACH);
}

static void ask_again(struct app *app, struct action a)
{
    (void)a;
    if (!app->session || !session_is_live(app->session))
        return;
    session_again(app->session);
    app->model.save.is_ready = app->model.save.is_saved = false;
    app->model.shown_probe = -1;
}

static void answer(struct app *app, struct action a)
{
    if (!app->session || a.value < 0 || a.value >= QUESTION_COUNT)
        return;
    session_answer(app->session, (enum question)a.value, a.choice);
    app->model.at.focus = MODEL_FOCUS_AUTO;
}

static void stop(struct app *app, struct action a)
{
    (void)a;
    if (!app->session)
        return;
    session_stop(app->session);
    model_say(&app->model, false, "Stopped.  What is known so far stays.");
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
    app->model.save.is_saved = false;
    model_say(&app->model, false,
              a.value == HELPED_YES ? "Good.  That is noted in this case, and sent nowhere."
                                    : "That is noted in this case.  Save it for who helps you: s.");
}

static void hide(struct app *app, struct action a)
{
    (void)a;
    app->is_hidden = !app->is_hidden;
    app_save_hide(app);
    model_say(&app->model, false, app->is_hidden ? "Names and addresses are hidden." : "");
}

/* A key that leaves asks first where something would be lost; a small window can't ask. */
static void quit(struct app *app, struct action a)
{
    bool is_asked = a.choice != 0 || a.value != 0 || page_shown(&app->model) == PAGE_TOO_SMALL;
    if (!is_asked && app_is_unsaved(app))
        model_go(&app->model, PAGE_LEAVE, app->model.at.step);
    else
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

static void go_on_as_list(struct app *app, struct action a)
{
    (void)a;
    app_go_on_as_list(app);
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

/* ---- keys and pastes ----------------------------------------------------------------------------
 */

static void begin_paste(struct app *app)
{
    app->in_paste = true;
    app->n_paste = app->n_paste_end = 0;
    app->paste_was_cut = false;
    if (!app->paste)
        app->paste = malloc(MODEL_PASTE_MAX);
}

/* On a slow line the mark of the end may come in pieces, which are keys each by itself. */
static bool is_end_in_pieces(struct app *app, unsigned key)
{
    static const unsigned end[] = {UI_KEY_ESC, '[', '2', '0', '1', '~'};
    enum { PIECES = sizeof(end) / sizeof(end[0]) };
    if (key != end[app->n_paste_end])
        app->n_paste_end = 0;
    app->n_paste_end += key == end[app->n_paste_end];
    if (app->n_paste_end < PIECES)
        return false;
    size_t letters = PIECES - 2; /* those that were taken for text */
    if (!app->paste_was_cut)
        app->n_paste -= app->n_paste >= letters ? letters : app->n_paste;
    return true;
}

static void add_to_paste(struct app *app, unsigned key)
{
    /* A pasted line end comes as Enter; what else is no character is dropped. */
    unsigned c = key == UI_KEY_ENTER ? '\n' : key == UI_KEY_TAB ? '\t' : key;
    char utf8[4];
    size_t n = 0;
    if (c >= 0x110000)
        return;
    if (c < 0x80) {
        utf8[n++] = (char)c;
    } else {
        int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
        static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
        utf8[n++] = (char)(lead[more] | (c >> (6 * more)));
        while (more-- > 0)
            utf8[n++] = (char)(0x80 | ((c >> (6 * more)) & 0x3F));
    }
    if (!app->paste || app->n_paste + n > MODEL_PASTE_MAX) {
        app->paste_was_cut = true;
        return;
    }
    memcpy(app->paste + app->n_paste, utf8, n);
    app->n_paste += n;
}

static void end_paste(struct app *app)
{
    struct model *m = &app->model;
    app->in_paste = false;
    if (!page_is_typing(m))
        model_say(m, false, "Pasted text is taken only where something is typed.");
    else if (app->paste)
        field_paste(&m->fields[page_field(m)], app->paste, app->n_paste);
    if (app->paste_was_cut)
        model_say(m, false, "The pasted text was too long and was cut.");
    free(app->paste);
    app->paste = NULL;
    parse_input(m);
}

/* A case is over when one has gone back to where cases are begun. */
static bool is_between_cases(const struct model *m)
{
    return m->at.page == PAGE_WELCOME || m->at.page == PAGE_LAB || m->at.page == PAGE_CASES;
}

/* False: the key is no part of a paste. */
static bool take_paste(struct app *app, unsigned key)
{
    bool was_in_paste = app->in_paste;
    if (!was_in_paste && key == UI_KEY_PASTE_BEGIN)
        begin_paste(app);
    else if (was_in_paste && (key == UI_KEY_PASTE_END || is_end_in_pieces(app, key)))
        end_paste(app);
    else if (was_in_paste)
        add_to_paste(app, key);
    return was_in_paste || key == UI_KEY_PASTE_BEGIN || key == UI_KEY_PASTE_END;
}

void app_key(struct app *app, unsigned key)
{
    struct model *m = &app->model;
    app->is_dirty = true;
    if (take_paste(app, key))
        return;
    model_say(m, false, "");
    int x, y;
    struct action a = key_is_click(key, &x, &y) ? view_click(m, app->grid, x, y) : view_key(m, key);
    if (model_apply(m, a))
        parse_input(m);
    else
        act(app, a);
    if (app->session && is_between_cases(m))
        app_end_session(app);
    app_sync(app);
}
