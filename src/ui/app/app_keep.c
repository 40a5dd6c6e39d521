/*
 * app_keep.c - a case that nobody has saved yet: a draft while it runs, so that a crash or a kill
 * loses nothing. It goes where the whole case is safe in a file, or where users say that they
 * leave without it, and nowhere else. Files are store.h's; draws nothing.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "whytls/message.h"
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
    const struct redactor *v = hide ? app_redactor(app) : NULL;
    struct redaction all = redactor_redaction(v, hide), *redaction = hide ? &all : NULL;
    bool is_cut = false;
    all.failed = &is_cut;
    if (hide && !redactor_knows_all(v))
        return NULL;
    buf_init(&out, OUTPUT_MAX);
    if (what == SAVE_CASE) {
        out.failed = !report_json(w, redaction, &out);
    } else {
        report_text(w, redaction, &out);
        buf_puts(&out, "\n");
        report_tree(w, redaction, &out);
    }
    out.failed = out.failed || is_cut;
    return buf_take(&out);
}

/* ---- what is safe ------------------------------------------------------------------------- */

/* What the screen hides is hidden in a file that nobody has asked for, too. */
static unsigned hidden_now(const struct app *app)
{
    return app->is_hidden ? HIDE_ALL : 0u;
}

static bool has_draft(const struct app *app)
{
    return app->draft_path[0] != '\0';
}

/* A case with site names or addresses hidden has no certificates: it is less than one that has. */
static bool is_as_whole(const struct app *app, unsigned hide)
{
    unsigned hidden = has_draft(app) ? app->draft_hide : hidden_now(app);
    return (hide & ~hidden & (HIDE_NAMES | HIDE_ADDRESSES)) == 0;
}

bool app_case_is_saved(struct app *app, unsigned hide)
{
    if (!is_as_whole(app, hide))
        return false;
    app->model.forms.save.is_saved = true;
    app_forget_draft(app);
    return true;
}

static bool is_in_no_file(const struct app *app)
{
    const struct session *s = app->session;
    if (!s || session_evidence(s)->target.is_practice || app->model.forms.save.is_saved)
        return false;
    return session_is_live(s) || app->model.forms.save.is_amended;
}

/* To ask before one leaves: not where no connection was tried yet, there is nothing to lose. */
bool app_is_unsaved(const struct app *app)
{
    return is_in_no_file(app) && session_evidence(app->session)->n_probes > 0;
}

/* ---- the draft ---------------------------------------------------------------------------- */

void app_forget_draft(struct app *app)
{
    if (has_draft(app))
        store_remove(app->draft_path);
    app->draft_path[0] = '\0';
}

/* Never in the place of a file that is not this draft. */
static bool write_draft(struct app *app, const char *code, const char *bytes)
{
    char folder[STORE_PATH], name[NAME_SIZE + 8], path[STORE_PATH], error[ERROR_SIZE];
    struct file_fault fault;
    if (has_draft(app) && strcmp(app->draft_code, code) == 0)
        return file_write(app->draft_path, bytes, strlen(bytes), FILE_DRAFT, &fault);
    snprintf(name, sizeof(name), "%s-draft", code);
    if (!store_cases_folder(folder, sizeof(folder)) ||
        !store_write(folder, name, ".json", bytes, strlen(bytes), FILE_NEW_DRAFT, path, error,
                     sizeof(error)))
        return false;
    app_forget_draft(app); /* asked again: another code */
    TEXT_SET(app->draft_path, path);
    text_copy_cut(app->draft_code, sizeof(app->draft_code), code); /* seven letters and a dash */
    return true;
}

/* What can't be written is said where one leaves, not each second. */
void app_draft(struct app *app)
{
    char code[NAME_SIZE];
    bool is_due = app->is_draft_due && app_is_unsaved(app);
    app->is_draft_due = false;
    if (!is_due)
        return;
    unsigned hide = hidden_now(app);
    char *bytes = app_make_file(app, SAVE_CASE, hide);
    app_case_name(session_evidence(app->session), code, sizeof(code));
    if (bytes && write_draft(app, code, bytes))
        app->draft_hide = hide;
    free(bytes);
}

/* A case that was begun and that nobody has let go of stays as its draft. */
void app_end_draft(struct app *app)
{
    app_draft(app);
    if (!app_is_unsaved(app) || app->is_let_go)
        app_forget_draft(app);
    else if (has_draft(app) && !app->is_over)
        model_say(&app->model, false,
                  message("The last case was not saved.  Its draft is kept: F2."));
    app->draft_path[0] = '\0'; /* it is the user's now */
}

/* ---- leaving ------------------------------------------------------------------------------ */

/* In the place of an earlier file of this case, where it has all that may be in that one. */
static bool keep_case(struct app *app, char *error)
{
    char folder[STORE_PATH], name[NAME_SIZE];
    unsigned hide = hidden_now(app);
    char *bytes = app_make_file(app, SAVE_CASE, hide);
    app_case_name(session_evidence(app->session), name, sizeof(name));
    snprintf(error, ERROR_SIZE, "%s",
             bytes ? message("There is no folder to save in.")
                   : message("There is not enough memory to save this."));
    bool ok = bytes && store_cases_folder(folder, sizeof(folder)) &&
              store_write(folder, name, ".json", bytes, strlen(bytes),
                          hide ? FILE_NEW : FILE_REPLACE, app->kept_path, error, ERROR_SIZE);
    free(bytes);
    if (ok)
        app_case_is_saved(app, hide);
    else
        app->kept_path[0] = '\0';
    return ok;
}

bool app_save_and_quit(struct app *app)
{
    char error[ERROR_SIZE], clean[ERROR_SIZE];
    if (keep_case(app, error))
        return true;
    text_clean_str_marked(clean, sizeof(clean), error);
    model_say(&app->model, true, clean);
    return false;
}

/* Left in the middle, by Ctrl-C or by the terminal going away: the case is kept, however little it
 * says: that the name could not be looked up is something, too. */
void app_autosave(struct app *app)
{
    char error[ERROR_SIZE];
    if (!is_in_no_file(app) || keep_case(app, error))
        return;
    text_clean_str_marked(app->not_kept, sizeof(app->not_kept), error);
}

static void tell(const char *format, const char *value)
{
    printf(format, value);
    printf("\n");
}

void app_tell_kept(struct app *app)
{
    char clean[STORE_PATH];
    if (app->not_kept[0])
        tell(message("The case is not saved.  %s"), app->not_kept);
    if (app->kept_path[0]) {
        text_clean_str_marked(clean, sizeof(clean), app->kept_path);
        tell(message("The case is saved:  %s"), clean);
        tell(message("To open it again:   whytls open %s"), clean);
    }
    if (has_draft(app) && app_is_unsaved(app) && !app->is_let_go) {
        text_clean_str_marked(clean, sizeof(clean), app->draft_path);
        tell(message("Its draft is kept:  %s"), clean);
    }
}
