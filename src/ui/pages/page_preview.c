/*
 * page_preview.c - what a cause would say that was not found here: a branch of the tree that this
 * case did not take. Changes nothing; the page is marked PREVIEW. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "entry.h"
#include "pages.h"
#include "whytls/message.h"
#include "whytls/report.h"

static const struct cause *shown(const struct model *m)
{
    const struct cause *cause = cause_at((size_t)(m->at.cause < 0 ? 0 : m->at.cause));
    return cause ? cause : cause_at(0);
}

static int count_rows(const struct model *m)
{
    struct answer_blocks s;
    struct doc d = doc_measure(m);
    answer_blocks_of_cause(shown(m), &s);
    entry_put(&d, &s, 0, true, ENTRY_NO_END);
    entry_put_technical(&d, &s, 0, true);
    entry_put_seen(&d, &s, 0, true);
    answer_blocks_end(&s);
    return d.row;
}

static void draw(const struct model *m, const struct canvas *c)
{
    struct answer_blocks s;
    answer_blocks_of_cause(shown(m), &s);
    canvas_putf(c, 1, 0, ROLE_TITLE, message("PREVIEW  %s"), shown(m)->code);
    canvas_put_right(c, 0, 1, ROLE_WARN, message("This was not found here."));
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    struct doc d = doc_of(&body, page_scroll(m));
    entry_put(&d, &s, 0, true, ENTRY_NO_END);
    entry_put_technical(&d, &s, 0, true);
    entry_put_seen(&d, &s, 0, true);
    answer_blocks_end(&s);
    canvas_cursor(&body, ENTRY_LABEL_X, 0);
}

static void list(const struct model *m, struct buf *out)
{
    buf_printf(out, "%s\n\n", message("Preview.  This was not found here."));
    report_cause(shown(m), out);
}

static struct action key(const struct model *m, unsigned k)
{
    (void)m;
    return action_of(k == UI_KEY_ENTER ? ACTION_BACK : ACTION_NONE, 0);
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    (void)m;
    snprintf(out, out_size, "%s",
             message("What we would say if this were the cause.  Your case stays as it is."));
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    (void)m;
    snprintf(out, out_size, "%s", message("back to the tree"));
}

const struct page_ops page_preview = {
    .name = "preview",
    .title = N_("A cause that was not found"),
    .help =
        N_("What whytls would say if this were the cause. It is not what we found here. Your case "
           "stays as it is."),
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .rows = count_rows,
};
