/*
 * app_settings.c - what the settings page keeps: reads the themes, writes the configuration, and
 * lets it count at once. Uses the theme and config headers.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "whytls/message.h"
#include "whytls/text.h"

void app_settings_begin(struct app *app)
{
    if (app->start->config)
        app->config = *app->start->config;
    app->model.has_mouse = app->config.has_mouse;
}

void app_settings_end(struct app *app)
{
    free(app->themes);
}

/* The theme that is in use, in the list; 0 where it is no more. */
static size_t place_of_theme(const struct app *app)
{
    for (size_t i = 0; i < app->model.forms.settings.n_themes; i++)
        if (strcmp(app->themes[i].name, app->theme.name) == 0)
            return i;
    return 0;
}

void app_settings_prepare(struct app *app)
{
    struct model *m = &app->model;
    free(app->themes);
    struct settings_form *f = &m->forms.settings;
    *f = (struct settings_form){
        .is_ascii = app->config.is_ascii,
        .has_mouse = app->config.has_mouse,
        .timeout_s = app->config.timeout_s,
    };
    f->n_themes = theme_list(&app->themes, NULL);
    f->themes = app->themes;
    f->theme = place_of_theme(app);
}

static void set_mouse(struct app *app, bool is_on)
{
    app->model.has_mouse = is_on && (!app->display || term_set_mouse(app->display, true));
    if (!is_on && app->display)
        term_set_mouse(app->display, false);
}

/* What was chosen counts from now on, whether it could be written or not. */
static void take_settings(struct app *app)
{
    const struct settings_form *f = &app->model.forms.settings;
    bool is_new_theme = f->theme < app->model.forms.settings.n_themes &&
                        strcmp(app->themes[f->theme].name, app->theme.name) != 0;
    if (is_new_theme) {
        TEXT_SET(app->config.theme, app->themes[f->theme].name);
        if (!theme_is_colourless(app->start->color))
            app->theme = app->themes[f->theme];
    }
    app->config.is_ascii = f->is_ascii;
    app->config.has_mouse = f->has_mouse;
    if (f->timeout_s != app->config.timeout_s)
        app->settings_timeout_s = f->timeout_s;
    app->config.timeout_s = f->timeout_s;
    set_mouse(app, f->has_mouse);
}

void app_keep_settings(struct app *app, struct action a)
{
    struct model *m = &app->model;
    char error[JSON_FAULT_SIZE + 64];
    if (a.choice && a.value >= 0 && (size_t)a.value < m->forms.settings.n_themes)
        m->forms.settings.theme = (size_t)a.value;
    take_settings(app);
    bool is_kept = config_save(&app->config, error, sizeof(error));
    model_apply(m, (struct action){.kind = ACTION_BACK});
    if (!is_kept)
        model_say(m, true, error);
    else
        model_say(m, false,
                  theme_is_colourless(app->start->color)
                      ? message("Kept.  Colours are switched off (NO_COLOR or --color).")
                      : message("Your settings are kept."));
}

void app_toggle_signs(struct app *app, struct action a)
{
    (void)a;
    struct model *m = &app->model;
    bool *is_ascii =
        m->at.page == PAGE_SETTINGS ? &m->forms.settings.is_ascii : &app->config.is_ascii;
    *is_ascii = !*is_ascii;
    app_signs_sync(app);
    model_say(m, false,
              m->glyphs->is_ascii ? message("Plain ASCII signs.  The settings (,) keep them.")
                                  : message("Lines and arrows.  i makes them plain."));
}

void app_toggle_mouse(struct app *app, struct action a)
{
    (void)a;
    bool was_on = app->model.has_mouse;
    set_mouse(app, !was_on);
    model_say(&app->model, false,
              app->model.has_mouse
                  ? message("The mouse is on.  Hold Shift to select text.  u: off.")
              : was_on ? message("The mouse is off.  Selecting text works as ever.")
                       : message("This terminal tells nothing of its mouse."));
}
