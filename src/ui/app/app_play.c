/*
 * app_play.c - plays a script (WHYTLS_SCRIPT) to the wizard in place of a terminal: keys in,
 * screens out into files, recorded cases in place of the network, a pretended clock. See
 * app_script.h. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "app.h"
#include "../page.h"
#include "whytls/case.h"
#include "whytls/file.h"

enum { TEXT_MAX = 1024 * 1024 };

static void fail_script(struct app *app)
{
    fprintf(stderr, "whytls: %s\n", script_error(app->script));
    app_quit(app, EX_SOFTWARE);
}

bool app_script_open(struct app *app, const char *file)
{
    char error[160];
    app->script = script_open(file, error, sizeof(error));
    if (!app->script)
        fprintf(stderr, "whytls: %s\n", error);
    return app->script != NULL;
}

void app_script_end(struct app *app)
{
    script_free(app->script);
    evidence_free(app->recorded);
}

void app_script_tick(struct app *app)
{
    if (script_tick(app->script) == SCRIPT_FAILED)
        fail_script(app);
}

/* ---- what a script may ask ---------------------------------------------------------------- */

static bool script_key(void *ctx, unsigned key)
{
    struct app *app = ctx;
    app_key(app, key);
    if (app->is_list_due) /* nobody is there to be asked */
        app_quit(app, 0);
    return !app->is_over;
}

static bool is_page(const char *name)
{
    for (int p = 0; p < PAGE_COUNT; p++)
        if (strcmp(page_name((enum page)p), name) == 0)
            return true;
    return false;
}

static bool script_is_so(void *ctx, const char *condition, bool *is_known)
{
    struct app *app = ctx;
    struct buf text;
    app_render(app);
    if (strncmp(condition, "page:", 5) == 0) {
        *is_known = is_page(condition + 5);
        return strcmp(condition + 5, page_name(page_shown(&app->model))) == 0;
    }
    if (strcmp(condition, "done") == 0)
        return app->model.is_done;
    *is_known = strncmp(condition, "text:", 5) == 0;
    if (!*is_known || !app->grid)
        return false;
    buf_init(&text, TEXT_MAX);
    grid_text(app->grid, &text);
    bool is_there = strstr(buf_text(&text), condition + 5) != NULL;
    buf_fini(&text);
    return is_there;
}

static bool write_snap(const char *file, const struct buf *text)
{
    struct file_fault fault;
    if (strcmp(file, "-") != 0)
        return file_write(file, buf_text(text), text->len, FILE_DRAFT, &fault);
    return fwrite(buf_text(text), 1, text->len, stdout) == text->len && fflush(stdout) == 0;
}

/* "-" is the standard output: so a script is a demonstration as well. */
static bool script_snap(void *ctx, const char *file, bool is_roles)
{
    struct app *app = ctx;
    struct buf text;
    app_render(app);
    if (!app->grid)
        return false;
    buf_init(&text, TEXT_MAX);
    if (is_roles)
        grid_roles(app->grid, &text);
    else
        grid_text(app->grid, &text);
    bool ok = !text.failed && write_snap(file, &text);
    buf_fini(&text);
    return ok;
}

static struct evidence *read_case(const char *file)
{
    char error[160];
    struct buf bytes;
    struct file_fault fault;
    buf_init(&bytes, CASE_MAX_BYTES);
    bool is_read = file_read(file, &bytes, &fault);
    struct evidence *ev =
        is_read ? case_from_json(buf_text(&bytes), bytes.len, error, sizeof(error)) : NULL;
    buf_fini(&bytes);
    return ev;
}

static bool script_case(void *ctx, const char *file)
{
    struct app *app = ctx;
    evidence_free(app->recorded);
    app->recorded = read_case(file);
    return app->recorded != NULL;
}

static void script_clock(void *ctx, int64_t unix_seconds)
{
    struct app *app = ctx;
    app->pretended_clock = unix_seconds;
    app_sync(app);
}

static void script_resize(void *ctx, int width, int height)
{
    struct app *app = ctx;
    app->model.width = width < CANVAS_MAX_WIDTH ? width : CANVAS_MAX_WIDTH;
    app->model.height = height < CANVAS_MAX_HEIGHT ? height : CANVAS_MAX_HEIGHT;
}

void app_script_play(struct app *app)
{
    const struct script_host host = {.ctx = app,
                                     .key = script_key,
                                     .is_so = script_is_so,
                                     .snap = script_snap,
                                     .resize = script_resize,
                                     .use_case = script_case,
                                     .set_clock = script_clock};
    enum script_state state = script_run(app->script, &host);
    if (state == SCRIPT_FAILED)
        fail_script(app);
    else if (state == SCRIPT_OVER && !app->is_over)
        app_quit(app, 0);
}
