/*
 * save.c - writes what the save page says, copies a page, keeps a case that is left in the
 * middle, and opens saved ones. Files are store.h's; draws nothing.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "../list.h"
#include "../page.h"
#include "whytls/report.h"
#include "whytls/text.h"

enum { OUTPUT_MAX = 2 * CASE_MAX_BYTES, ERROR_SIZE = STORE_PATH + 128, NAME_SIZE = 64 };

/* ---- the form -----------------------------------------------------------------------------------
 */

static void write_as(const struct veil *v, const char *name, char *out, size_t out_size)
{
    struct buf b;
    out[0] = '\0';
    if (!v || !name[0])
        return;
    buf_init(&b, STORE_PATH);
    veil_hide(v, HIDE_ALL, name, &b);
    text_copy(out, out_size, b.failed ? "" : buf_text(&b));
    buf_fini(&b);
}

static void default_name(const struct evidence *ev, char *out, size_t out_size)
{
    snprintf(out, out_size, "whytls-%s", ev->case_code[0] ? ev->case_code : "case");
}

/* What is hidden on the screen is hidden in a file too, unless the user takes the tick away. */
void app_save_prepare(struct app *app)
{
    struct model *m = &app->model;
    struct save_form *f = &m->save;
    char path[STORE_PATH] = "", clean[STORE_PATH];
    if (f->is_ready || !m->evidence)
        return;
    const struct veil *v = app_veil(app);
    const struct resolution *r = &m->evidence->resolution;
    f->is_ready = true;
    f->ticks[SAVE_TEXT] = f->ticks[SAVE_HIDE_MINE] = true;
    f->ticks[SAVE_CASE] = false;
    f->ticks[SAVE_HIDE_NAMES] = f->ticks[SAVE_HIDE_ADDRESSES] = app->is_hidden;
    write_as(v, m->evidence->target.host, f->site_as, sizeof(f->site_as));
    write_as(v, r->n_addresses > 0 ? r->addresses[0] : "", f->address_as, sizeof(f->address_as));
    store_user_folder(path, sizeof(path));
    text_clean_str(clean, sizeof(clean), path);
    field_put(&m->fields[FIELD_FOLDER], clean);
    default_name(m->evidence, clean, sizeof(clean));
    field_put(&m->fields[FIELD_FILE], clean);
}

void app_save_hide(struct app *app)
{
    bool *ticks = app->model.save.ticks;
    ticks[SAVE_HIDE_NAMES] = ticks[SAVE_HIDE_ADDRESSES] = app->is_hidden;
}

/* ---- writing ------------------------------------------------------------------------------------
 */

static unsigned ticked_to_hide(const struct save_form *f)
{
    return (f->ticks[SAVE_HIDE_NAMES] ? HIDE_NAMES : 0u) |
           (f->ticks[SAVE_HIDE_ADDRESSES] ? HIDE_ADDRESSES : 0u) |
           (f->ticks[SAVE_HIDE_MINE] ? HIDE_MINE : 0u);
}

/* The answer with its path, or the case. Caller frees; NULL: no memory, or names can't be hidden.
 */
static char *make_file(struct app *app, enum save_item what, unsigned hide)
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

static bool write_one(struct app *app, enum save_item what, char *error)
{
    struct save_form *f = &app->model.save;
    char path[STORE_PATH];
    char *bytes = make_file(app, what, ticked_to_hide(f));
    if (!bytes) {
        snprintf(error, ERROR_SIZE, "There is not enough memory to save this.");
        return false;
    }
    bool ok = store_write(app->model.fields[FIELD_FOLDER].text, app->model.fields[FIELD_FILE].text,
                          what == SAVE_CASE ? ".json" : ".txt", bytes, strlen(bytes), false, path,
                          error, ERROR_SIZE);
    free(bytes);
    if (ok)
        text_clean_str(f->written[f->n_written++], FIELD_SIZE, path);
    return ok;
}

bool app_save(struct app *app)
{
    struct model *m = &app->model;
    struct save_form *f = &m->save;
    char error[ERROR_SIZE] = "Tick what to save first.", clean[ERROR_SIZE];
    bool ok = false, is_first = true;
    f->n_written = 0;
    for (int what = SAVE_TEXT; app->session && what <= SAVE_CASE; what++)
        if (f->ticks[what] && (ok || is_first)) {
            ok = write_one(app, (enum save_item)what, error);
            is_first = false;
        }
    f->is_saved = f->is_saved || (ok && f->ticks[SAVE_CASE]);
    text_clean_str(clean, sizeof(clean), error);
    model_say(m, !ok, ok ? "Saved." : clean);
    return ok;
}

/* The case as it is known now, in the folder of cases. */
static bool keep_case(struct app *app, char *path, char *error)
{
    char folder[STORE_PATH], name[NAME_SIZE];
    char *bytes = make_file(app, SAVE_CASE, app->is_hidden ? HIDE_ALL : 0u);
    default_name(session_evidence(app->session), name, sizeof(name));
    snprintf(error, ERROR_SIZE, "There is no folder to save in.");
    bool ok =
        bytes && store_cases_folder(folder, sizeof(folder)) &&
        store_write(folder, name, ".json", bytes, strlen(bytes), true, path, error, ERROR_SIZE);
    free(bytes);
    return ok;
}

static bool is_in_no_file(const struct app *app)
{
    const struct session *s = app->session;
    bool can_be = s && session_is_live(s) && !session_evidence(s)->target.is_practice;
    return can_be && !app->model.save.is_saved;
}

/* To ask before one leaves: not where no connection was tried yet, there is nothing to lose. */
bool app_is_unsaved(const struct app *app)
{
    return is_in_no_file(app) && session_evidence(app->session)->n_probes > 0;
}

bool app_save_and_quit(struct app *app)
{
    char error[ERROR_SIZE], clean[ERROR_SIZE];
    if (keep_case(app, app->kept_path, error))
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
    if (is_in_no_file(app) && !keep_case(app, app->kept_path, error))
        app->kept_path[0] = '\0';
}

void app_tell_kept(const struct app *app)
{
    char clean[STORE_PATH];
    if (!app->kept_path[0])
        return;
    text_clean_str(clean, sizeof(clean), app->kept_path);
    printf("The case is saved:  %s\nTo open it again:   whytls open %s\n", clean, clean);
}

/* ---- copying ------------------------------------------------------------------------------------
 */

/* The answer in the words of `check`; other pages as they stand, but whole. */
static char *page_text(struct app *app)
{
    struct model whole = app->model;
    struct buf out;
    enum page page = app->model.at.page;
    unsigned hide = page == PAGE_SAVE  ? ticked_to_hide(&app->model.save)
                    : app->model.cover ? HIDE_ALL
                                       : 0u;
    if (page == PAGE_ANSWER || page == PAGE_SAVE)
        return make_file(app, SAVE_TEXT, hide);
    list_prepare(&whole);
    buf_init(&out, OUTPUT_MAX);
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
        error[ERROR_SIZE] = "There is no folder to save in.", said[ERROR_SIZE + 32],
        clean[ERROR_SIZE];
    char *text = app->session ? page_text(app) : NULL;
    if (!text)
        return;
    default_name(session_evidence(app->session), code, sizeof(code));
    snprintf(name, sizeof(name), "%s-%s", code, page_name(app->model.at.page));
    bool ok =
        store_cases_folder(folder, sizeof(folder)) &&
        store_write(folder, name, ".txt", text, strlen(text), true, path, error, sizeof(error));
    bool is_copied = app->display && term_copy(app->display, text);
    free(text);
    text_clean_str(clean, sizeof(clean), ok ? path : error);
    const char *how = is_copied ? "On the clipboard, and in " : "In a file: ";
    snprintf(said, sizeof(said), "%s%s", ok ? how : "", ok ? short_path(clean) : clean);
    model_say(&app->model, !ok, said);
}

/* ---- what the site left out ---------------------------------------------------------------------
 */

/* It names its owner: where names are hidden, nobody meant to write them into a file. */
void app_save_missing(struct app *app)
{
    char folder[STORE_PATH], name[NAME_SIZE * 2], code[NAME_SIZE], path[STORE_PATH],
        error[ERROR_SIZE] = "There is no folder to save in.", clean[ERROR_SIZE],
        said[ERROR_SIZE + 32];
    struct buf pem;
    if (app->model.cover) {
        model_say(&app->model, true, "A certificate has names in it.  Show names first: x.");
        return;
    }
    buf_init(&pem, OUTPUT_MAX);
    default_name(session_evidence(app->session), code, sizeof(code));
    snprintf(name, sizeof(name), "%s-missing", code);
    bool ok = walk_missing_pem(session_walk(app->session), &pem) > 0 &&
              store_user_folder(folder, sizeof(folder)) &&
              store_write(folder, name, ".pem", buf_text(&pem), pem.len, false, path, error,
                          sizeof(error));
    buf_fini(&pem);
    text_clean_str(clean, sizeof(clean), ok ? path : error);
    snprintf(said, sizeof(said), "%s%s", ok ? "For the site's owner: " : "",
             ok ? short_path(clean) : clean);
    model_say(&app->model, !ok, said);
}

/* ---- saved cases --------------------------------------------------------------------------------
 */

void app_read_cases(struct app *app)
{
    free(app->cases);
    app->model.n_cases = store_list(&app->cases);
    app->model.cases = app->cases;
}
