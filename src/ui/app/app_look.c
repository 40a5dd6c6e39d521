/*
 * app_look.c - how the screen looks: the theme that was chosen, that of presenter mode, or the one
 * that the settings page is showing; and the signs. Gives them to the terminal where they changed.
 * SPDX-License-Identifier: MIT
 */
#include "app.h"

#include <string.h>

#include "../page.h"

void app_look_begin(struct app *app)
{
    if (app->start->theme)
        app->theme = *app->start->theme;
    else
        (void)theme_default(&app->theme); /* as good as can be had */
    app->shown_theme = app->theme;
}

/* A shared screen wants all the contrast there is; where colours are forbidden, they are there too.
 */
static void load_presenter(const struct app *app, struct theme *t)
{
    const struct theme_wish wish = {.option = "high-contrast", .when = app->start->color};
    struct json_report unheard;
    json_report_init(&unheard);
    theme_choose(&wish, t, &unheard);
    json_report_fini(&unheard);
}

/* On the settings page: the theme in focus, else the one that is ticked. NULL: it is another page,
 * or colours are forbidden. */
static const struct theme *previewed(const struct app *app)
{
    const struct model *m = &app->model;
    if (m->at.page != PAGE_SETTINGS || m->forms.settings.n_themes == 0 ||
        theme_is_colourless(app->start->color))
        return NULL;
    int focus = page_focus(m);
    return focus < (int)m->forms.settings.n_themes
               ? &m->forms.settings.themes[focus]
               : &m->forms.settings.themes[m->forms.settings.theme];
}

static bool is_same_theme(const struct theme *a, const struct theme *b)
{
    return strcmp(a->name, b->name) == 0 && strcmp(a->from, b->from) == 0;
}

void app_look_sync(struct app *app)
{
    struct theme presenter;
    const struct theme *wanted = previewed(app);
    if (!wanted && app->model.is_presenter) {
        load_presenter(app, &presenter);
        wanted = &presenter;
    }
    wanted = wanted ? wanted : &app->theme;
    if (is_same_theme(wanted, &app->shown_theme))
        return;
    app->shown_theme = *wanted;
    term_set_theme(app->display, &app->shown_theme);
}

void app_signs_sync(struct app *app)
{
    struct model *m = &app->model;
    bool is_settings = m->at.page == PAGE_SETTINGS;
    const struct theme *theme = previewed(app);
    bool wants_ascii = is_settings ? m->forms.settings.is_ascii : app->config.is_ascii;
    bool ascii = app->is_ascii || wants_ascii || (theme ? theme : &app->theme)->is_ascii;
    m->glyphs = app->is_list      ? glyphs_for_list(ascii)
                : m->is_presenter ? glyphs_for_presenter(ascii)
                                  : glyphs_get(ascii);
}
