/*
 * app_cases.c - reads the list of saved cases, and one of them, in a thread: a home folder may hang
 * on a network, and the wizard must not. One thread at a time; what it writes to is its own until
 * it is done. Files are store.h's; draws nothing.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "whytls/message.h"
#include "whytls/text.h"

enum { ERROR_SIZE = STORE_PATH + 256, LATE_S = 3 };

struct cases_job {
    uv_work_t work;
    struct app *app;       /* NULL: nobody waits for it */
    char path[STORE_PATH]; /* of the case to open; "": the list is read */
    struct case_list *list;
    struct evidence *evidence;
    case_taker *take;       /* what is done with the evidence */
    char error[ERROR_SIZE]; /* why there is none */
};

/* ---- in the thread ------------------------------------------------------------------------ */

static void open_one(struct cases_job *job)
{
    size_t n;
    char *bytes = store_read(job->path, &n, job->error, sizeof(job->error));
    if (bytes)
        job->evidence = case_from_json(bytes, n, job->error, sizeof(job->error));
    free(bytes);
}

static void work(uv_work_t *request)
{
    struct cases_job *job = request->data;
    if (job->path[0])
        open_one(job);
    else
        job->list = store_list();
}

/* ---- in the loop -------------------------------------------------------------------------- */

static void start(struct app *app, const char *path, case_taker *take);

static void tell_no_memory(struct app *app)
{
    model_say(&app->model, true, message("There is not enough memory to read the saved cases."));
}

static void show_list(struct app *app, struct cases_job *job)
{
    struct model *m = &app->model;
    free(app->case_list);
    app->case_list = job->list;
    job->list = NULL;
    m->forms.cases.is_listing = m->forms.cases.is_late = false;
    m->forms.cases.is_lost = !app->case_list;
    if (m->forms.cases.is_lost)
        tell_no_memory(app);
    m->forms.cases.cases = app->case_list ? app->case_list->cases : NULL;
    m->forms.cases.n_cases = app->case_list ? app->case_list->n_cases : 0;
    m->forms.cases.n_unlisted =
        app->case_list ? app->case_list->n_unread + app->case_list->n_left_out : 0;
    void (*again)(struct app *) = app->code_taken;
    app_find_code(app);
    if (again && m->at.page == PAGE_WELCOME)
        again(app);
}

static void show_case(struct app *app, struct cases_job *job)
{
    char clean[ERROR_SIZE];
    struct evidence *ev = job->evidence;
    job->evidence = NULL;
    model_say(&app->model, false, "");
    if (ev) {
        job->take(app, ev);
        return;
    }
    text_clean_str_marked(clean, sizeof(clean), job->error);
    model_say(&app->model, true, clean);
}

static void finish(struct app *app, struct cases_job *job)
{
    bool is_here = app->model.at.page == PAGE_CASES;
    app->cases_job = NULL;
    app->is_dirty = true;
    if (!job->path[0])
        show_list(app, job);
    else if (is_here && !app->model.forms.cases.is_listing)
        show_case(app, job);
    else if (is_here) /* turned away and back: the list was wanted meanwhile */
        start(app, "", NULL);
}

static void on_done(uv_work_t *request, int status)
{
    struct cases_job *job = request->data;
    (void)status;
    if (job->app)
        finish(job->app, job);
    free(job->list);
    evidence_free(job->evidence);
    free(job);
}

static void start(struct app *app, const char *path, case_taker *take)
{
    struct cases_job *job = calloc(1, sizeof(*job));
    if (!job) {
        app->model.forms.cases.is_lost = !path[0];
        tell_no_memory(app);
        return;
    }
    job->app = app;
    job->work.data = job;
    job->take = take;
    if (text_copy(job->path, sizeof(job->path), path) &&
        uv_queue_work(&app->loop, &job->work, work, on_done) == 0)
        app->cases_job = job;
    else
        free(job);
}

void app_list_cases(struct app *app)
{
    struct model *m = &app->model;
    m->forms.cases.n_cases = m->forms.cases.n_unlisted = 0;
    m->forms.cases.cases = NULL;
    m->forms.cases.is_listing = true;
    m->forms.cases.is_late = m->forms.cases.is_lost = false;
    app->cases_waited_s = 0;
    if (!app->cases_job) /* else what hangs there hangs for this, too */
        start(app, "", NULL);
    m->forms.cases.is_listing = app->cases_job != NULL;
}

/* ---- by code ------------------------------------------------------------------------------ */

void app_find_code(struct app *app)
{
    struct model *m = &app->model;
    const char *text = m->fields[FIELD_ADDRESS].text;
    char code[sizeof(m->forms.address.code)];
    size_t first;
    m->forms.address.code[0] = '\0';
    app->code_taken = NULL;
    if (!strchr(text, '-') || case_code_read(text, code, sizeof(code)) != CODE_GOOD)
        app->code_listed[0] = '\0';
    else if (strcmp(code, app->code_listed) == 0 &&
             store_count_code(m->forms.cases.cases, m->forms.cases.n_cases, code, &first) > 0)
        TEXT_SET(m->forms.address.code, code);
    else if (strcmp(code, app->code_listed) != 0) {
        TEXT_SET(app->code_listed, code);
        app_list_cases(app);
    }
}

bool app_wait_for_code(struct app *app, void (*again)(struct app *app))
{
    app_find_code(app);
    if (!app->code_listed[0] || !app->model.forms.cases.is_listing)
        return false;
    app->code_taken = again;
    model_say(&app->model, false, message("Looking among the saved cases ..."));
    return true;
}

void app_read_case(struct app *app, int i, case_taker *take)
{
    if (i < 0 || (size_t)i >= app->model.forms.cases.n_cases || app->cases_job)
        return;
    start(app, app->case_list->cases[i].path, take);
    model_say(&app->model, false, message("Reading the case ..."));
}

void app_cases_tick(struct app *app)
{
    struct model *m = &app->model;
    if (!m->forms.cases.is_listing || m->forms.cases.is_late || ++app->cases_waited_s < LATE_S)
        return;
    m->forms.cases.is_late = true;
    app->is_dirty = true;
}

void app_cases_end(struct app *app)
{
    if (!app->cases_job)
        return;
    app->cases_job->app = NULL;
    uv_cancel((uv_req_t *)&app->cases_job->work); /* where it has not begun */
}
