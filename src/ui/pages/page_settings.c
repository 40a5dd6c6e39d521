/*
 * page_settings.c - colours, signs, mouse, time-out: what one chooses for good. A theme is seen on
 * the page itself while it has the focus; nothing is kept before Enter. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "whytls/config.h"
#include "whytls/message.h"

enum { BOX_X = 4, NAME_X = 8, ABOUT_X = 23, OPTION_NAME_X = 10, OPTION_GAP = 2, SAMPLE_GAP = 2 };
/* Under the themes: a blank row, then a row each; then the sample. */
enum { OPTIONS_GAP = 1, SAMPLE_ROWS = 3 };

static const struct {
    const char *name, *about;
} options[SETTINGS_ITEM_COUNT] = {
    /* TRANSLATORS: a setting, then what it is for; both in 67 columns are seen whole. */
    [SETTINGS_SIGNS] = {N_("Plain ASCII signs only"), N_("where lines and arrows look broken")},
    [SETTINGS_MOUSE] = {N_("The mouse works from the start"), N_("then Shift selects text")},
    [SETTINGS_TIMEOUT] = {N_("Longest wait for one answer"), N_("Space changes it")},
};

static const unsigned waits[] = {1, 2, 3, 5, 10, 20, 30, CONFIG_MAX_TIMEOUT_S};
enum { WAIT_COUNT = sizeof(waits) / sizeof(waits[0]), USUAL_WAIT_S = 5 };

static unsigned wait_of(const struct model *m)
{
    return m->forms.settings.timeout_s ? m->forms.settings.timeout_s : USUAL_WAIT_S;
}

/* ---- the form ----------------------------------------------------------------------------- */

/* The next in the row, from whatever number it is; round and round. */
static unsigned next_wait(unsigned now)
{
    for (int i = 0; i < WAIT_COUNT; i++)
        if (waits[i] > now)
            return waits[i];
    return waits[0];
}

static void change(struct model *m, struct action a)
{
    if (a.kind != ACTION_SET)
        return;
    struct settings_form *f = &m->forms.settings;
    int option = a.value - (int)m->forms.settings.n_themes;
    if (option == SETTINGS_SIGNS)
        f->is_ascii = !f->is_ascii;
    else if (option == SETTINGS_MOUSE)
        f->has_mouse = !f->has_mouse;
    else if (option == SETTINGS_TIMEOUT)
        f->timeout_s = next_wait(wait_of(m));
    model_say(m, false, message("Changed.  Enter keeps it, Esc leaves it as it was."));
}

static int count_items(const struct model *m)
{
    return (int)m->forms.settings.n_themes + SETTINGS_ITEM_COUNT;
}

static bool is_theme(const struct model *m, int item)
{
    return item < (int)m->forms.settings.n_themes;
}

/* ---- drawing ------------------------------------------------------------------------------ */

/* Rows for the list of themes: what the rest of the page leaves. */
static int theme_window(const struct canvas *c)
{
    int rest = OPTIONS_GAP + SETTINGS_ITEM_COUNT + SAMPLE_ROWS;
    return c->height > rest ? c->height - rest : 1;
}

enum { COLUMN_VALUE, COLUMN_NAME, COLUMN_ABOUT, COLUMN_COUNT };

static void theme_cell(const struct model *m, int i, int column, char *out, size_t out_size)
{
    const struct theme *t = &m->forms.settings.themes[i];
    const char *box = m->forms.settings.theme == (size_t)i ? "(o)" : "( )";
    snprintf(out, out_size, "%s",
             column == COLUMN_VALUE  ? box
             : column == COLUMN_NAME ? t->name
                                     : message(t->about));
}

static bool is_on(const struct model *m, int option)
{
    return option == SETTINGS_SIGNS ? m->forms.settings.is_ascii : m->forms.settings.has_mouse;
}

/* "[x]", or the number. */
static void say_value(const struct model *m, int option, char *out, size_t out_size)
{
    if (option == SETTINGS_TIMEOUT)
        snprintf(out, out_size, "%u s", wait_of(m));
    else
        snprintf(out, out_size, "%s", is_on(m, option) ? "[x]" : "[ ]");
}

static void option_cell(const struct model *m, int option, int column, char *out, size_t out_size)
{
    if (column == COLUMN_VALUE)
        say_value(m, option, out, out_size);
    else
        snprintf(out, out_size, "%s",
                 message(column == COLUMN_NAME ? options[option].name : options[option].about));
}

static const struct list_column theme_columns[COLUMN_COUNT] = {
    {.x = BOX_X}, {.x = NAME_X}, {.x = ABOUT_X, .is_plain = true}};

/* Behind the longest name of an option. */
static int option_about_x(const struct canvas *c)
{
    int widest = 0;
    for (int i = 0; i < SETTINGS_ITEM_COUNT; i++) {
        int width = canvas_columns(c, message(options[i].name));
        widest = width > widest ? width : widest;
    }
    return OPTION_NAME_X + widest + OPTION_GAP;
}

static void draw_sample(const struct canvas *c, int y)
{
    static const enum mark shown[] = {MARK_OK,   MARK_FAIL, MARK_WARN,
                                      MARK_INFO, MARK_BUSY, MARK_SKIP};
    canvas_put(c, 2, y, ROLE_HEADING, message("It looks like this"));
    for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
        mark_draw(c, 4 + (int)i * (MARK_WIDTH + 2), y + 1, shown[i]);
    int x = 54 + canvas_put(c, 54, y + 1, ROLE_TITLE, message("a title")) + SAMPLE_GAP;
    canvas_put_within(c, x, y + 1, c->width - x - 1, ROLE_EVIDENCE, message("what we saw"));
}

static void draw(const struct model *m, const struct canvas *c)
{
    int x = 1 + canvas_put(c, 1, 0, ROLE_TITLE, message("SETTINGS")) + 3;
    canvas_put(c, x, 0, ROLE_TEXT, message("They are kept on this computer."));
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    int n = (int)m->forms.settings.n_themes, focus = page_focus(m), window = theme_window(&body);
    int top = list_top(is_theme(m, focus) ? focus : (int)m->forms.settings.theme, n, window);
    const struct list_column option_columns[COLUMN_COUNT] = {
        {.x = BOX_X}, {.x = OPTION_NAME_X}, {.x = option_about_x(c), .is_plain = true}};
    const struct list_rows themes = {.columns = theme_columns,
                                     .n_columns = COLUMN_COUNT,
                                     .n = n,
                                     .cell = theme_cell},
                           chosen = {.columns = option_columns,
                                     .n_columns = COLUMN_COUNT,
                                     .n = SETTINGS_ITEM_COUNT,
                                     .first_item = n,
                                     .cell = option_cell};
    struct canvas above = canvas_part(&body, 0, 0, body.width, window);
    int y = list_draw(m, &above, &themes, top) + OPTIONS_GAP;
    struct canvas below = canvas_part(&body, 0, y, body.width, SETTINGS_ITEM_COUNT);
    y += list_draw(m, &below, &chosen, 0);
    draw_sample(&body, y + 1);
}

/* ---- as lines ----------------------------------------------------------------------------- */

static void list(const struct model *m, struct buf *out)
{
    const struct settings_form *f = &m->forms.settings;
    const char *theme = f->theme < m->forms.settings.n_themes
                            ? m->forms.settings.themes[f->theme].name
                            : message("none");
    buf_printf(out, "%s.  %s\n\n", message("Settings"), message("They are kept on this computer."));
    buf_printf(out, "%s:  %s\n", message("Theme"), theme);
    buf_printf(out, "%s:  %s\n", message(options[SETTINGS_SIGNS].name),
               f->is_ascii ? message("yes") : message("no"));
    buf_printf(out, "%s:  %s\n", message(options[SETTINGS_MOUSE].name),
               f->has_mouse ? message("yes") : message("no"));
    buf_printf(out, "%s:  %u s\n", message(options[SETTINGS_TIMEOUT].name), wait_of(m));
}

static void item(const struct model *m, int i, char *out, size_t out_size)
{
    int option = i - (int)m->forms.settings.n_themes;
    if (option < 0)
        snprintf(out, out_size, message("use %s  (%s)"), m->forms.settings.themes[i].name,
                 message(m->forms.settings.themes[i].about));
    else if (option == SETTINGS_TIMEOUT)
        snprintf(out, out_size, message("wait %u s for one answer"), next_wait(wait_of(m)));
    else
        snprintf(out, out_size, is_on(m, option) ? message("turn off: %s") : message("turn on: %s"),
                 message(options[option].name));
}

/* ---- keys --------------------------------------------------------------------------------- */

static struct action key(const struct model *m, unsigned k)
{
    int focus = page_focus(m);
    if (k == UI_KEY_ENTER)
        return (struct action){.kind = ACTION_KEEP_SETTINGS,
                               .value = is_theme(m, focus) ? focus : 0,
                               .choice = is_theme(m, focus)};
    if (k == ' ' && is_theme(m, focus))
        return (struct action){.kind = ACTION_SAY, .say = N_("Press Enter to use this theme.")};
    if (k == ' ')
        return action_of(ACTION_SET, focus);
    return action_of(ACTION_NONE, 0);
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    int focus = page_focus(m);
    if (is_theme(m, focus))
        snprintf(out, out_size, message("This page shows the theme %s."),
                 m->forms.settings.themes[focus].name);
    else
        snprintf(out, out_size, "%s",
                 message("Space changes it.  Nothing is kept before you press Enter."));
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    int focus = page_focus(m);
    if (is_theme(m, focus))
        snprintf(out, out_size, message("use %s from now on"),
                 m->forms.settings.themes[focus].name);
    else
        snprintf(out, out_size, "%s", message("keep these settings"));
}

static int choose_focus(const struct model *m)
{
    return (int)m->forms.settings.theme;
}

const struct page_ops page_settings = {
    .name = "settings",
    .title = N_("Settings"),
    .help =
        N_("Colours, signs, the mouse, and how long to wait for an answer. Move to a theme to see "
           "it. Enter keeps what you chose, Esc leaves all as it was."),
    .is_menu = true,
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .item = item,
    .items = count_items,
    .focus = choose_focus,
    .change = change,
};
