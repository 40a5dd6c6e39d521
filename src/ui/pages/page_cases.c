/*
 * page_cases.c - the saved cases, the newest first. Pure: the app has read the list.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "whytls/message.h"

enum { CELL_SIZE = 128 };
enum { CODE_X = 4, DATE_X = 14, SITE_X = 33, ANSWER_X = 60 };

static int count_items(const struct model *m)
{
    return (int)m->forms.cases.n_cases;
}

/* Where there is nothing to choose from. */
static const char *why_none(const struct model *m)
{
    return m->forms.cases.is_late
               ? message("The folder of saved cases does not answer.  Esc goes back.")
           : m->forms.cases.is_lost ? message("There is not enough memory to read them.")
           : m->forms.cases.is_listing
               ? message("Looking for saved cases ...")
               : message("There are none yet.  Press s on an answer to save one.");
}

/* The names of other cases are not known to the redaction of this one. */
static void say_site(const struct model *m, const struct saved_case *c, char *out, size_t out_size)
{
    if (m->redaction && !c->summary.is_redacted)
        snprintf(out, out_size, "%s", message("(hidden)"));
    else
        snprintf(out, out_size, "%s:%u", c->summary.host, c->summary.port);
}

enum { COLUMN_CODE, COLUMN_DATE, COLUMN_SITE, COLUMN_ANSWER, COLUMN_COUNT };

static void cell(const struct model *m, int i, int column, char *out, size_t out_size)
{
    const struct saved_case *saved = &m->forms.cases.cases[i];
    if (column == COLUMN_SITE)
        say_site(m, saved, out, out_size);
    else if (column != COLUMN_DATE)
        snprintf(out, out_size, "%s",
                 column == COLUMN_CODE ? saved->summary.code : saved->summary.codes);
    else if (saved->summary.time)
        advice_date(saved->summary.time, false, out, out_size);
}

/* Behind the longest date. */
static int site_x(const struct model *m, const struct canvas *c)
{
    char date[CELL_SIZE];
    int x = SITE_X;
    for (int i = 0; i < count_items(m); i++) {
        date[0] = '\0';
        cell(m, i, COLUMN_DATE, date, sizeof(date));
        int end = DATE_X + canvas_columns(c, date) + 1;
        x = end > x ? end : x;
    }
    return x < ANSWER_X ? x : ANSWER_X - 1;
}

/* That some are not listed is more than that they open with no network. */
static void draw_title(const struct model *m, const struct canvas *c)
{
    char unlisted[PAGE_SENTENCE] = "";
    const char *words = message("They open with no network.");
    if (m->forms.cases.n_unlisted > 0)
        snprintf(unlisted, sizeof(unlisted), message("Not listed: %zu (whytls list)."),
                 m->forms.cases.n_unlisted);
    int x = 1 + canvas_put(c, 1, 0, ROLE_TITLE, message("SAVED CASES")) + 3;
    int rest = canvas_fit(c, x + canvas_columns(c, words) + 2, x, unlisted);
    canvas_put_within(c, x, 0, rest - x - 1, ROLE_TEXT, words);
    canvas_put_within(c, rest, 0, c->width - rest - 1, ROLE_TEXT, unlisted);
}

static void draw(const struct model *m, const struct canvas *c)
{
    const struct list_column columns[COLUMN_COUNT] = {
        [COLUMN_CODE] = {.x = CODE_X},
        [COLUMN_DATE] = {.x = DATE_X},
        [COLUMN_SITE] = {.x = site_x(m, c)},
        [COLUMN_ANSWER] = {.x = ANSWER_X},
    };
    const struct list_rows rows = {
        .columns = columns, .n_columns = COLUMN_COUNT, .n = count_items(m), .cell = cell};
    draw_title(m, c);
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    if (m->forms.cases.n_cases == 0) {
        canvas_wrap(&body, 2, 0, body.width - 3, body.height, ROLE_TEXT, why_none(m));
        canvas_cursor(&body, 2, 0);
        return;
    }
    list_draw(m, &body, &rows, list_first_seen(m));
}

static void list(const struct model *m, struct buf *out)
{
    if (m->forms.cases.is_listing || m->forms.cases.is_lost)
        buf_printf(out, "%s.  %s\n", message("Saved cases"), why_none(m));
    else
        buf_printf(out, "%s.  %s\n", message("Saved cases"),
                   m->forms.cases.n_cases == 0 ? message("There are none yet.")
                                               : message("They open with no network."));
    if (m->forms.cases.n_unlisted > 0)
        buf_printf(out, message("Files that are not listed: %zu.  \"whytls list\" says why."),
                   m->forms.cases.n_unlisted);
    if (m->forms.cases.n_unlisted > 0)
        buf_puts(out, "\n");
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    if (m->forms.cases.n_cases > 0)
        snprintf(out, out_size, message("open case %s"),
                 m->forms.cases.cases[page_focus(m)].summary.code);
    else if (m->forms.cases.is_listing)
        snprintf(out, out_size, "%s", message("wait for the list"));
    else
        snprintf(out, out_size, "%s", message("back to where you were"));
}

static void item(const struct model *m, int i, char *out, size_t out_size)
{
    char site[SETTINGS_NAME_SIZE + 16], date[64];
    if (i < 0 || (size_t)i >= m->forms.cases.n_cases) {
        say_enter(m, out, out_size);
        return;
    }
    const struct saved_case *c = &m->forms.cases.cases[i];
    say_site(m, c, site, sizeof(site));
    advice_date(c->summary.time, false, date, sizeof(date));
    /* TRANSLATORS: a case's code, its date, its site, the codes of its answer. */
    snprintf(out, out_size, message("open %s  %s  %.100s  %s"), c->summary.code, date, site,
             c->summary.codes);
}

static struct action key(const struct model *m, unsigned k)
{
    if (k == UI_KEY_ENTER && m->forms.cases.is_listing)
        return (struct action){.kind = ACTION_SAY, .say = N_("The list is still being read.")};
    if (k == UI_KEY_ENTER)
        return m->forms.cases.n_cases > 0 ? action_of(ACTION_OPEN, page_focus(m))
                                          : action_of(ACTION_BACK, 0);
    return action_of(ACTION_NONE, 0);
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    if (m->forms.cases.n_cases > 0)
        snprintf(out, out_size, "%s", m->forms.cases.cases[page_focus(m)].path);
    else
        snprintf(out, out_size, "%s",
                 m->forms.cases.is_listing ? message("The list is still being read.")
                 : m->forms.cases.is_lost  ? message("The list could not be read.")
                                           : message("No case was saved yet."));
}

const struct page_ops page_cases = {
    .name = "cases",
    .title = N_("Saved cases"),
    .help =
        N_("Each line is a case that was saved on this computer. It opens with all that was known "
           "then. Nothing is asked of the network."),
    .is_menu = true,
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .item = item,
    .items = count_items,
    .rows = count_items,
    .top = list_first_seen,
};
