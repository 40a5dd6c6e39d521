/*
 * page_lab.c - the list of practice scenarios. Pure: lab_scenario is a constant table.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "whytls/lab.h"
#include "whytls/message.h"

enum { NAME_X = 4, SUMMARY_X = 26 };

static int count_items(const struct model *m)
{
    (void)m;
    int n = 0;
    while (lab_scenario((size_t)n))
        n++;
    return n;
}

static void cell(const struct model *m, int i, int column, char *out, size_t out_size)
{
    (void)m;
    const struct scenario_line *s = lab_scenario((size_t)i);
    snprintf(out, out_size, "%s", column == 0 ? s->name : message(s->summary));
}

static void draw(const struct model *m, const struct canvas *c)
{
    static const struct list_column columns[] = {{.x = NAME_X}, {.x = SUMMARY_X}};
    const struct list_rows rows = {
        .columns = columns, .n_columns = 2, .n = count_items(m), .cell = cell};
    /* TRANSLATORS: the title of a page, in capitals as the other titles are. */
    int x = 1 + canvas_put(c, 1, 0, ROLE_TITLE, message("PRACTICE LAB")) + 3;
    canvas_put_within(c, x, 0, c->width - x - 1, ROLE_TEXT,
                      message("Pretend problems.  All of it stays on this computer."));
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    list_draw(m, &body, &rows, list_first_seen(m));
}

static void list(const struct model *m, struct buf *out)
{
    (void)m;
    buf_printf(out, "%s.  %s\n", message("Practice lab"),
               message("Pretend problems.  All of it stays on this computer."));
}

static void item(const struct model *m, int i, char *out, size_t out_size)
{
    (void)m;
    const struct scenario_line *s = lab_scenario((size_t)i);
    snprintf(out, out_size, "%s:  %s", s ? s->name : "", s ? message(s->summary) : "");
}

static struct action key(const struct model *m, unsigned k)
{
    if (k == UI_KEY_ENTER && lab_scenario((size_t)page_focus(m)))
        return action_of(ACTION_LAB, page_focus(m));
    return action_of(ACTION_NONE, 0);
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    const struct scenario_line *s = lab_scenario((size_t)page_focus(m));
    snprintf(out, out_size, "%s", s ? message(s->summary) : "");
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    const struct scenario_line *s = lab_scenario((size_t)page_focus(m));
    snprintf(out, out_size, message("start %s and find its fault"), s ? s->name : "");
}

const struct page_ops page_lab = {
    .name = "lab",
    .title = N_("Practice lab"),
    .help =
        N_("Each line is a broken server that runs on this computer only. Choose one, and see how "
           "whytls finds its fault."),
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
