/*
 * app_state.c - the state of the wizard: begins and ends its session, brings what is known into the
 * model, and draws that into the grid. Uses session and lab; knows no keys.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../page.h"
#include "app.h"
#include "whytls/message.h"
#include "whytls/text.h"

static int64_t clock_now(const struct app *app)
{
    const struct request *r = app->start->defaults;
    if (app->pretended_clock)
        return app->pretended_clock;
    return (int64_t)time(NULL) + (r ? r->pretend.clock_offset_s : 0);
}

/* By the time zone of this computer (TZ). */
static int seconds_east(int64_t when)
{
    struct tm here;
    const time_t t = (time_t)when;
    return when > 0 && localtime_r(&t, &here) ? (int)here.tm_gmtoff : 0;
}

/* What a page shows that is not of the case: read when one turns to it. */
static void page_sync(struct app *app)
{
    struct model *m = &app->model;
    if (m->at.page == PAGE_WELCOME && !m->computer_summary.is_known)
        local_summary(&m->computer_summary,
                      app->start->defaults ? app->start->defaults->cacert : NULL);
    if (m->at.page == PAGE_SAVE)
        app_save_prepare(app);
    if (m->at.page == PAGE_CASES && app->shown_page != PAGE_CASES)
        app_list_cases(app);
    if (m->at.page == PAGE_SETTINGS && m->forms.settings.n_themes == 0)
        app_settings_prepare(app);
    else if (m->at.page != PAGE_SETTINGS && m->at.page != PAGE_HELP)
        m->forms.settings.n_themes = 0; /* what was not kept is forgotten */
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
    m->east_s = seconds_east(m->clock);
    m->case_east_s = m->evidence ? seconds_east(m->evidence->facts.clock) : 0;
    if (m->evidence && m->evidence->no_memory && !m->message[0])
        model_say(m, true,
                  message("There is not enough memory, so the answer may lack something."));
    app_hide_sync(app);
    page_sync(app);
    app_signs_sync(app);
    model_refresh(m);
}

void app_render(struct app *app)
{
    app_sync(app);
    grid_free(app->grid);
    app->grid = grid_new(app->model.width, app->model.height, app->is_ascii);
    if (app->grid)
        view_draw(&app->model, app->grid);
    app->is_dirty = false;
}

void app_quit(struct app *app, int exit_code)
{
    app->is_over = true;
    app->exit_code = exit_code;
    uv_stop(&app->loop);
}

/* ---- the session -------------------------------------------------------------------------- */

static void on_change(void *ctx)
{
    struct app *app = ctx;
    app->model.forms.save.is_saved = app->model.forms.save.is_written = false;
    app->is_draft_due = true;
    if (app->model.is_presenter)
        app->is_due = true; /* painted by the tick: at most once a second */
    else
        app->is_dirty = true;
}

/* The last that comes of a session is not left to the next second. */
static void on_done(void *ctx)
{
    on_change(ctx);
    app_draft(ctx);
}

/* The model borrows from the session: it must not look at one that has gone. */
void app_end_session(struct app *app)
{
    app_end_draft(app);
    session_free(app->session);
    app->session = NULL;
    app->model.forms.save = (struct save_form){.is_ready = false};
    app->model.forms.tree.was_touched = false;
    lab_stop(app->lab);
    app->lab = NULL;
    app_sync(app);
}

bool app_start_session(struct app *app)
{
    char error[256] = "";
    const struct session_sink sink = {.on_change = on_change, .on_done = on_done, .ctx = app};
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
        if (app_start_session(app))
            app->model.at =
                (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    }
    if (!app->session)
        app->model.at.focus = MODEL_FOCUS_AUTO;
    app_sync(app);
}

static void take_case(struct app *app, struct evidence *ev)
{
    app_end_session(app);
    app->session = session_from_case(ev);
    app_sync(app);
    if (app->session)
        model_go(&app->model, PAGE_ANSWER, STEP_REACH);
}

void app_open_case(struct app *app, int i)
{
    app_read_case(app, i, take_case);
}

void app_open_code(struct app *app)
{
    struct model *m = &app->model;
    size_t first = 0, n = store_count_code(m->forms.cases.cases, m->forms.cases.n_cases,
                                           m->forms.address.code, &first);
    model_go(m, PAGE_CASES, m->at.step);
    app->shown_page = PAGE_CASES; /* just read: the focus is of this list */
    m->at.focus = (int)first;
    if (n == 1)
        app_open_case(app, (int)first);
    else
        model_say(m, false, message("Several saved cases have this code.  Choose one."));
}
