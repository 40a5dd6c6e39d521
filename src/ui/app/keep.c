/*
 * keep.c - a case that nobody has saved yet: a draft while it runs, so that a crash or a kill loses
 * nothing; kept where it is left in the middle, gone where the user leaves without it. Files are
 * store.h's; draws nothing.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "whytls/report.h"
#include "whytls/text.h"

enum { OUTPUT_MAX = 2 * CASE_MAX_BYTES, ERROR_SIZE = STORE_PATH + 128, NAME_SIZE = 64 };

/* ---- a case as a file --------------------------------------------------------------------- */

void app_case_name(const struct evidence *ev, char *out, size_t out_size)
{
    snprintf(out, out_size, "whytls-%s", ev->case_code[0] ? ev->case_code : "case");
}

/* The answer with its path, or the case. Caller frees; NULL: no memory, or names can't be hidden.
 */
char *app_make_file(struct app *app, enum save_item what, unsigned hide)
{
    struct buf out;
    const struct walk *w = session_walk(app->session);
    bool ok = true;
    buf_init(&out, OUTPUT_MAX);
    if (what == SAVE_CASE) {
        ok = report_json(w, &out);
    } else {
        report_text(w, &out);
        buf_puts(&out, "\n");
        report_tree(w, &out);
    }
    char *plain = buf_take(&out);
    if (!ok || !plain || !hide)
        return ok ? plain : NULL;
    const struct veil *v = app_veil(app);
    char *hidden = v ? veil_output(v, hide, plain) : NULL;
    free(plain);
    return hidden;
}

/* ---- the draft ---------------------------------------------------------------------------- */

/* The case as it is known now, in the folder of cases. */
static bool keep_case(struct app *app, enum store_way way, char path[STORE_PATH], char *error)
{
    char folder[STORE_PATH], name[NAME_SIZE];
    char *bytes = app_make_file(app, SAVE_CASE, app->is_hidden ? HIDE_ALL : 0u);
    app_case_name(session_evidence(app->session), name, sizeof(name));
    snprintf(error, ERROR_SIZE, "There is no folder to save in.");
    bool ok =
        bytes && store_cases_folder(folder, sizeof(folder)) &&
        store_write(folder, name, ".json", bytes, strlen(bytes), way, path, error, ERROR_SIZE);
    free(bytes);
    return ok;
}

static bool is_in_no_file(const struct app *app)
{
    const struct session *s = app->session;
    if (!s || session_evidence(s)->target.is_practice || app->model.save.is_saved)
        return false;
    return session_is_live(s) || app->model.save.is_amended;
}

/* To ask before one leaves: not where no connection was tried yet, there is nothing to lose. */
bool app_is_unsaved(const struct app *app)
{
    return is_in_no_file(app) && session_evidence(app->session)->n_probes > 0;
}

void app_forget_draft(struct app *app)
{
    if (app->draft_path[0])
        store_remove(app->draft_path);
    app->draft_path[0] = '\0';
}

/* What can't be written is said where one leaves, not each second. */
void app_draft(struct app *app)
{
    char path[STORE_PATH], error[ERROR_SIZE];
    bool is_due = app->is_draft_due && app_is_unsaved(app);
    app->is_draft_due = false;
    if (!is_due || !keep_case(app, STORE_DRAFT, path, error))
        return;
    if (strcmp(path, app->draft_path) != 0) /* asked again: another code */
        app_forget_draft(app);
    text_copy(app->draft_path, sizeof(app->draft_path), path);
}

/* ---- leaving ------------------------------------------------------------------------------ */

bool app_save_and_quit(struct app *app)
{
    char error[ERROR_SIZE], clean[ERROR_SIZE];
    if (keep_case(app, STORE_REPLACE, app->kept_path, error))
        return true;
    text_clean_str(clean, sizeof(clean), error);
    model_say(&app->model, true, clean);
    return false;
}

/* Left in the middle, by Ctrl-C or by the terminal going away: the case is kept, however little it
 * says: that the name could not be looked up is something, too. */
void app_autosave(struct app *app)
{
    char error[ERROR_SIZE];
    if (!is_in_no_file(app) || keep_case(app, STORE_REPLACE, app->kept_path, error))
        return;
    app->kept_path[0] = '\0';
    text_clean_str(app->not_kept, sizeof(app->not_kept), error);
}

void app_tell_kept(struct app *app)
{
    char clean[STORE_PATH];
    if (app->not_kept[0])
        printf("The case is not saved.  %s\n", app->not_kept);
    if (!app->kept_path[0])
        return;
    app->draft_path[0] = '\0'; /* it is the user's now */
    text_clean_str(clean, sizeof(clean), app->kept_path);
    printf("The case is saved:  %s\nTo open it again:   whytls open %s\n", clean, clean);
}
