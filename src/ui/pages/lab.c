/*
 * lab.c - the list of practice scenarios. Pure: lab_scenario is a constant table.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "whytls/lab.h"

enum { NAME_X = 4, SUMMARY_X = 26 };

static int count_items(const struct model *m)
{
    (void)m;
    int n = 0;
    while (lab_scenario((size_t)n))
        n++;
    return n;
}

static int first_seen(const struct model *m)
{
    return list_top(page_focus(m), count_items(m), page_window(m));
}

static void draw(const struct model *m, const struct canvas *c)
{
    canvas_put(c, 1, 0, ROLE_TITLE, "PRACTICE LAB");
    canvas_put(c, 16, 0, ROLE_TEXT, "Pretend problems.  All of it stays on this computer.");
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    int focus = page_focus(m), top = first_seen(m);
    for (int y = 0; y < body.height && lab_scenario((size_t)(top + y)); y++) {
        const struct scenario_line *s = lab_scenario((size_t)(top + y));
        bool is_here = top + y == focus;
        enum role role = is_here ? ROLE_FOCUS : ROLE_TEXT;
        if (is_here) {
            canvas_put(&body, 2, y, ROLE_FOCUS, m->glyphs->pointer);
            canvas_cursor(&body, 2, y);
        }
        canvas_put_within(&body, NAME_X, y, SUMMARY_X - NAME_X - 1, role, s->name);
        canvas_put_within(&body, SUMMARY_X, y, body.width - SUMMARY_X - 1, role, s->summary);
    }
}

static void list(const struct model *m, struct buf *out)
{
    (void)m;
    buf_puts(out, "Practice lab.  Pretend problems.  All of it stays on this computer.\n");
}

static void item(const struct model *m, int i, char *out, size_t out_size)
{
    (void)m;
    const struct scenario_line *s = lab_scenario((size_t)i);
    snprintf(out, out_size, "%s:  %s", s ? s->name : "", s ? s->summary : "");
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
    snprintf(out, out_size, "%s", s ? s->summary : "");
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    const struct scenario_line *s = lab_scenario((size_t)page_focus(m));
    snprintf(out, out_size, "start %s and find its fault", s ? s->name : "one");
}

const struct page_ops page_lab = {
    .name = "lab",
    .title = "Practice lab",
    .help = "Each line is a broken server that runs on this computer only. Choose one, and see how "
            "whytls finds its fault.",
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .item = item,
    .items = count_items,
    .rows = count_items,
    .top = first_seen,
};
