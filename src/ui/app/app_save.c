/*
 * app_save.c - writes what the save page says, copies a page. Files are store.h's; draws nothing.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "../list_mode.h"
#include "../page.h"
#include "whytls/message.h"
#include "whytls/report.h"
#include "whytls/text.h"
#include "whytls/walk.h"

enum { OUTPUT_MAX = 2 * CASE_MAX_BYTES, ERROR_SIZE = STORE_PATH + 128, NAME_SIZE = 64 };

/* ---- the form ----------------------------------------------------------------------------- */

static void write_as(const struct redaction *redaction, const char *name, char *out,
                     size_t out_size)
{
    struct buf b;
    const char *shown = redaction_text(redaction, name, &b);
    text_copy_cut(out, out_size, b.failed ? "" : shown);
    buf_fini(&b);
}

/* What is hidden on the screen is hidden in a file too, unless the user takes the tick away. */
void app_save_prepare(struct app *app)
{
    struct model *m = &app->model;
    struct save_form *f = &m->forms.save;
    char path[STORE_PATH] = "", clean[STORE_PATH];
    if (f->is_ready || !m->evidence)
        return;
    const struct redaction redaction = redactor_redaction(app_redactor(app), HIDE_ALL);
    const struct resolution *r = &m->evidence->resolution;
    f->is_ready = true;
    f->ticks[SAVE_TEXT] = f->ticks[SAVE_HIDE_MINE] = true;
    f->ticks[SAVE_CASE] = false;
    f->ticks[SAVE_HIDE_NAMES] = f->ticks[SAVE_HIDE_ADDRESSES] = app->is_hidden;
    write_as(&redaction, m->evidence->target.host, f->site_as, sizeof(f->site_as));
    write_as(&redaction, r->n_addresses > 0 ? r->addresses[0] : "", f->address_as,
             sizeof(f->address_as));
    store_user_folder(path, sizeof(path));
    if (text_clean_str(clean, sizeof(clean), path)) /* else it would be another folder */
        field_put(&m->fields[FIELD_FOLDER], clean);
    app_case_name(m->evidence, clean, sizeof(clean));
    field_put(&m->fields[FIELD_FILE], clean);
}

void app_save_hide(struct app *app)
{
    bool *ticks = app->model.forms.save.ticks;
    ticks[SAVE_HIDE_NAMES] = ticks[SAVE_HIDE_ADDRESSES] = app->is_hidden;
    app->model.forms.save.is_written = false;
}

/* ---- writing ------------------------------------------------------------------------------ */

static unsigned ticked_to_hide(const struct save_form *f)
{
    return (f->ticks[SAVE_HIDE_NAMES] ? HIDE_NAMES : 0u) |
           (f->ticks[SAVE_HIDE_ADDRESSES] ? HIDE_ADDRESSES : 0u) |
           (f->ticks[SAVE_HIDE_MINE] ? HIDE_MINE : 0u);
}

static bool write_one(struct app *app, enum save_item what, char *error)
{
    struct save_form *f = &app->model.forms.save;
    char path[STORE_PATH];
    char *bytes = app_make_file(app, what, ticked_to_hide(f));
    if (!bytes) {
        snprintf(error, ERROR_SIZE, "%s", message("There is not enough memory to save this."));
        return false;
    }
    bool ok = store_write(app->model.fields[FIELD_FOLDER].text, app->model.fields[FIELD_FILE].text,
                          what == SAVE_CASE ? ".json" : ".txt", bytes, strlen(bytes), FILE_NEW,
                          path, error, ERROR_SIZE);
    free(bytes);
    if (ok)
        text_clean_str_marked(f->written[f->n_written++], FIELD_SIZE, path);
    return ok;
}

bool app_save(struct app *app)
{
    struct model *m = &app->model;
    struct save_form *f = &m->forms.save;
    char error[ERROR_SIZE], clean[ERROR_SIZE];
    bool ok = false, is_first = true;
    f->n_written = 0;
    snprintf(error, sizeof(error), "%s", message("Tick what to save first."));
    for (int what = SAVE_TEXT; app->session && what <= SAVE_CASE; what++)
        if (f->ticks[what] && (ok || is_first)) {
            ok = write_one(app, (enum save_item)what, error);
            is_first = false;
        }
    f->is_written = ok;
    bool has_case = ok && f->ticks[SAVE_CASE];
    bool is_less = has_case && !app_case_is_saved(app, ticked_to_hide(f)) && app_is_unsaved(app);
    text_clean_str_marked(clean, sizeof(clean), error);
    model_say(m, !ok,
              is_less ? message("Saved.  The whole case, with nothing hidden, is still a draft.")
              : ok    ? message("Saved.")
                      : clean);
    return ok;
}

/* ---- copying ------------------------------------------------------------------------------ */

/* The answer in the words of `check`; other pages as they stand, but whole. */
static char *page_text(struct app *app)
{
    struct model whole = app->model;
    struct buf out;
    enum page page = app->model.at.page;
    unsigned hide = page == PAGE_SAVE      ? ticked_to_hide(&app->model.forms.save)
                    : app->model.redaction ? HIDE_ALL
                                           : 0u;
    if (page == PAGE_ANSWER || page == PAGE_SAVE)
        return app_make_file(app, SAVE_TEXT, hide);
    list_prepare(&whole);
    buf_init(&out, OUTPUT_MAX);
    report_text_head(session_walk(app->session), whole.redaction, &out);
    buf_puts(&out, "\n");
    list_page(&whole, &out);
    return buf_take(&out);
}

/* The end of a path says more than its beginning, where there is no room for all. */
static const char *short_path(char *path)
{
    enum { ROOM = 48 };
    size_t n = strlen(path);
    if (n <= ROOM)
        return path;
    char *at = path + n - ROOM;
    while (*at && ((unsigned char)*at & 0xC0) == 0x80)
        at++;
    at[0] = at[1] = '.';
    return at;
}

void app_copy(struct app *app)
{
    char folder[STORE_PATH], name[NAME_SIZE * 2], code[NAME_SIZE], path[STORE_PATH],
        error[ERROR_SIZE], said[ERROR_SIZE * 2], clean[ERROR_SIZE], shown[ERROR_SIZE];
    char *text = app->session ? page_text(app) : NULL;
    if (!text && app->session)
        model_say(&app->model, true, message("There is not enough memory to copy this."));
    if (!text)
        return;
    app_case_name(session_evidence(app->session), code, sizeof(code));
    snprintf(name, sizeof(name), "%s-%s", code, page_name(app->model.at.page));
    snprintf(error, sizeof(error), "%s", message("There is no folder to save in."));
    bool ok = store_cases_folder(folder, sizeof(folder)) &&
              store_write(folder, name, ".txt", text, strlen(text), FILE_REPLACE, path, error,
                          sizeof(error));
    bool is_copied = app->display && term_copy(app->display, text);
    free(text);
    text_clean_str_marked(clean, sizeof(clean), ok ? path : error);
    redaction_copy(app->model.redaction, shown, sizeof(shown), clean);
    const char *how = !ok         ? "%s"
                      : is_copied ? message("On the clipboard, and in %s")
                                  : message("In a file: %s");
    snprintf(said, sizeof(said), how, ok ? short_path(shown) : shown);
    model_say(&app->model, !ok, said);
}

/* ---- what the site left out --------------------------------------------------------------- */

/* It names its owner: where names are hidden, nobody meant to write them into a file. */
void app_save_missing(struct app *app)
{
    char folder[STORE_PATH], name[NAME_SIZE * 2], code[NAME_SIZE], path[STORE_PATH],
        error[ERROR_SIZE], clean[ERROR_SIZE], said[ERROR_SIZE * 2];
    struct buf pem;
    if (app->model.redaction) {
        model_say(&app->model, true,
                  message("A certificate has names in it.  Show names first: x."));
        return;
    }
    buf_init(&pem, OUTPUT_MAX);
    app_case_name(session_evidence(app->session), code, sizeof(code));
    snprintf(name, sizeof(name), "%s-missing", code);
    size_t n = walk_missing_pem(session_walk(app->session), &pem);
    snprintf(error, sizeof(error), "%s",
             pem.failed ? message("There is not enough memory to save this.")
                        : message("There is no folder to save in."));
    bool ok = n > 0 && !pem.failed && store_user_folder(folder, sizeof(folder)) &&
              store_write(folder, name, ".pem", buf_text(&pem), pem.len, FILE_NEW, path, error,
                          sizeof(error));
    buf_fini(&pem);
    text_clean_str_marked(clean, sizeof(clean), ok ? path : error);
    snprintf(said, sizeof(said), ok ? message("For the site's owner: %s") : "%s",
             ok ? short_path(clean) : clean);
    model_say(&app->model, !ok, said);
}
