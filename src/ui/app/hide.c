/*
 * hide.c - names and addresses hidden on every page: keeps the veil of the case and learns what
 * comes in. Where it can't know all, nothing is shown (veil_cover). Draws nothing.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "whytls/text.h"

enum { NAME_SIZE = 256 };

/* This computer's name and the user's folder: they may stand in paths and in what a server says. */
static void learn_mine(struct veil *v)
{
    char name[NAME_SIZE] = "", clean[NAME_SIZE];
    const char *home = getenv("HOME");
    if (home && strlen(home) > 1) {
        text_clean_str_marked(clean, sizeof(clean), home);
        veil_learn_mine(v, clean);
    }
    if (gethostname(name, sizeof(name) - 1) == 0 && strlen(name) > 2 &&
        strcmp(name, "localhost") != 0) {
        text_clean_str_marked(clean, sizeof(clean), name);
        veil_learn_mine(v, clean);
    }
}

struct veil *app_veil(struct app *app)
{
    const struct evidence *ev = app->session ? session_evidence(app->session) : NULL;
    if (!ev)
        return NULL;
    if (app->veil && strcmp(app->veil_case, ev->case_code) != 0)
        app_hide_end(app);
    if (!app->veil) {
        app->veil = veil_new();
        if (!app->veil)
            return NULL;
        TEXT_SET(app->veil_case, ev->case_code);
        learn_mine(app->veil);
    }
    veil_learn(app->veil, ev);
    return app->veil;
}

void app_hide_sync(struct app *app)
{
    bool is_on = app->is_hidden && app->session;
    if (is_on)
        app->cover = veil_cover(app_veil(app), HIDE_ALL);
    app->model.cover = is_on ? &app->cover : NULL;
}

void app_hide_end(struct app *app)
{
    app->model.cover = NULL;
    veil_free(app->veil);
    app->veil = NULL;
}
