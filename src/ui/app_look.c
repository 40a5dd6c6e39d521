/*
 * app_look.c - how the screen looks: the theme that was chosen, and that of presenter mode. Gives
 * it to the terminal where it has changed. SPDX-License-Identifier: MIT
 */
#include "app.h"

void app_look_begin(struct app *app)
{
    if (app->start->theme)
        app->theme = *app->start->theme;
    else
        theme_default(&app->theme);
}

/* A shared screen wants all the contrast there is; where colours are forbidden, they are there too.
 */
static void show_presenter(struct app *app)
{
    const struct theme_wish wish = {.option = "high-contrast", .when = app->start->color};
    struct json_report unheard;
    struct theme t;
    json_report_init(&unheard);
    theme_choose(&wish, &t, &unheard);
    json_report_fini(&unheard);
    term_set_theme(app->display, &t);
}

void app_look_sync(struct app *app)
{
    bool is_presenter = app->model.is_presenter;
    if (is_presenter == app->theme_is_presenter)
        return;
    app->theme_is_presenter = is_presenter;
    if (is_presenter)
        show_presenter(app);
    else
        term_set_theme(app->display, &app->theme);
}
