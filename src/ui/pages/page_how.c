/*
 * page_how.c - how to do what the answer, or a cause that is looked at, tells one to do: the ways
 * (whytls/advice.h) for each kind of computer and phone. whytls itself does nothing of it. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "whytls/message.h"

enum { TITLE_X = 2, SYSTEM_X = 4, LINE_X = 14 };

static const char none[] = N_("Nothing of this needs explaining.");

/* Where one came from: its causes are the ones that are told of. */
static struct place told_of(const struct model *m)
{
    return m->n_history > 0 ? m->history[m->n_history - 1] : m->at;
}

static size_t ways_of(const struct model *m, const struct way_words *ways[WAY_COUNT])
{
    struct place from = told_of(m);
    return model_ways(m, &from, ways);
}

static void put_way(struct doc *d, const struct way_words *way)
{
    doc_text(d, TITLE_X, ROLE_TITLE, message(way->title));
    for (size_t i = 0; i < WAY_MAX_SYSTEMS && way->on[i].system; i++) {
        int x = way->on[i].system[0] ? LINE_X : SYSTEM_X; /* the same on all of them */
        doc_put(d, SYSTEM_X, ROLE_HEADING, message(way->on[i].system));
        for (size_t k = 0; k < WAY_MAX_LINES && way->on[i].lines[k]; k++)
            doc_text(d, x, ROLE_TEXT, message(way->on[i].lines[k]));
    }
}

static void put_all(const struct model *m, struct doc *d)
{
    const struct way_words *ways[WAY_COUNT];
    size_t n = ways_of(m, ways);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            doc_blank(d);
        put_way(d, ways[i]);
    }
    if (n == 0)
        doc_text(d, TITLE_X, ROLE_TEXT, message(none));
}

static int count_rows(const struct model *m)
{
    struct doc d = doc_measure(m);
    put_all(m, &d);
    return d.row;
}

static void draw(const struct model *m, const struct canvas *c)
{
    canvas_put(c, 1, 0, ROLE_TITLE, message("HOW TO DO IT"));
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    struct doc d = doc_of(&body, page_scroll(m));
    put_all(m, &d);
    canvas_cursor(&body, TITLE_X, 0);
}

/* ---- as lines ----------------------------------------------------------------------------- */

static void list_way(const struct way_words *way, struct buf *out)
{
    buf_printf(out, "\n%s\n", message(way->title));
    for (size_t i = 0; i < WAY_MAX_SYSTEMS && way->on[i].system; i++) {
        if (way->on[i].system[0])
            buf_printf(out, "  %s\n", message(way->on[i].system));
        for (size_t k = 0; k < WAY_MAX_LINES && way->on[i].lines[k]; k++)
            buf_printf(out, "  %s%s\n", way->on[i].system[0] ? "  " : "",
                       message(way->on[i].lines[k]));
    }
}

static void list(const struct model *m, struct buf *out)
{
    const struct way_words *ways[WAY_COUNT];
    size_t n = ways_of(m, ways);
    buf_printf(out, "%s.  %s\n", message("How to do it"),
               n == 0 ? message(none) : message("whytls changes nothing by itself."));
    for (size_t i = 0; i < n; i++)
        list_way(ways[i], out);
}

/* ---- keys --------------------------------------------------------------------------------- */

static struct action key(const struct model *m, unsigned k)
{
    (void)m;
    bool is_back = k == UI_KEY_ENTER || k == 'h' || k == 'H';
    return action_of(is_back ? ACTION_BACK : ACTION_NONE, 0);
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    (void)m;
    snprintf(out, out_size, "%s", message("You do this yourself: whytls changes nothing."));
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    bool is_preview = told_of(m).page == PAGE_PREVIEW;
    snprintf(out, out_size, "%s",
             is_preview ? message("back to the preview") : message("back to the answer"));
}

const struct page_ops page_how = {
    .name = "how",
    .title = N_("How to do it"),
    .help =
        N_("How to do what the answer tells you, on Windows, macOS, Linux, an iPhone and Android. "
           "Menus are named as current systems name them; yours may differ a little."),
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .rows = count_rows,
};
