/*
 * app_hide.c - names and addresses hidden on every page: keeps the redactor of the case and learns
 * what comes in. Where it can't know all, nothing is shown (redactor_redaction). Draws nothing.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "whytls/text.h"

enum { NAME_SIZE = 256 };

/* This computer's name and the user's folder: they may stand in paths and in what a server says. */
static void learn_mine(struct redactor *v)
{
    char name[NAME_SIZE] = "", clean[NAME_SIZE];
    const char *home = getenv("HOME");
    if (home && strlen(home) > 1) {
        text_clean_str_marked(clean, sizeof(clean), home);
        redactor_learn_mine(v, clean);
    }
    if (gethostname(name, sizeof(name) - 1) == 0 && strlen(name) > 2 &&
        strcmp(name, "localhost") != 0) {
        text_clean_str_marked(clean, sizeof(clean), name);
        redactor_learn_mine(v, clean);
    }
}

struct redactor *app_redactor(struct app *app)
{
    const struct evidence *ev = app->session ? session_evidence(app->session) : NULL;
    if (!ev)
        return NULL;
    if (app->redactor && strcmp(app->redactor_case, ev->case_code) != 0)
        app_hide_end(app);
    if (!app->redactor) {
        app->redactor = redactor_new();
        if (!app->redactor)
            return NULL;
        TEXT_SET(app->redactor_case, ev->case_code);
        learn_mine(app->redactor);
    }
    redactor_learn(app->redactor, ev);
    return app->redactor;
}

void app_hide_sync(struct app *app)
{
    bool is_on = app->is_hidden && app->session;
    if (is_on)
        app->redaction = redactor_redaction(app_redactor(app), HIDE_ALL);
    app->model.redaction = is_on ? &app->redaction : NULL;
}

void app_hide_end(struct app *app)
{
    app->model.redaction = NULL;
    redactor_free(app->redactor);
    app->redactor = NULL;
}
