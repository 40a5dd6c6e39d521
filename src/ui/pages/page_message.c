/*
 * page_message.c - what a message means that was typed or pasted in place of an address: in plain
 * words, with our causes behind it; Enter checks the host that stands in it. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "entry.h"
#include "pages.h"
#include "whytls/checks.h"
#include "whytls/message.h"
#include "whytls/report.h"

enum { PATTERN_MAX = 1024 };

static const struct explained *said(const struct model *m)
{
    return &m->forms.message.said;
}

static void put_message(struct doc *d, const struct explained_match *match)
{
    struct buf text;
    buf_init(&text, PATTERN_MAX);
    report_message(match->message, &text);
    bool is_like = match->by == EXPLAINED_BY_LIKENESS;
    entry_label(d, true, is_like ? message("It looks like") : message("The message"));
    doc_text(d, ENTRY_TEXT_X, ROLE_EVIDENCE, buf_text(&text));
    buf_fini(&text);
    doc_text(d, ENTRY_TEXT_X, ROLE_TEXT, message(match->message->kind->means));
}

static void put_causes(struct doc *d, const struct explained *e)
{
    entry_label(d, true, message("Likely causes"));
    for (size_t i = 0; i < e->n_causes; i++) {
        char title[ADVICE_LINE], line[ADVICE_LINE + 16];
        const struct cause *cause = cause_find(e->causes[i]);
        report_cause_title(e->causes[i], title, sizeof(title));
        snprintf(line, sizeof(line), "%s  %s", cause ? cause->code : "", title);
        doc_text(d, ENTRY_TEXT_X, ROLE_TEXT, line);
    }
}

static void put_all(const struct model *m, struct doc *d)
{
    const struct explained *e = said(m);
    for (size_t i = 0; i < e->n_matches; i++)
        put_message(d, &e->matches[i]);
    put_causes(d, e);
    entry_label(d, true, message("Check first"));
    if (e->n_matches > 0)
        doc_text(d, ENTRY_TEXT_X, ROLE_TEXT, message(e->matches[0].message->kind->check));
}

static int count_rows(const struct model *m)
{
    struct doc d = doc_measure(m);
    put_all(m, &d);
    return d.row;
}

static void draw(const struct model *m, const struct canvas *c)
{
    canvas_put(c, 1, 0, ROLE_TITLE, message("What this message means"));
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    struct doc d = doc_of(&body, page_scroll(m));
    put_all(m, &d);
    canvas_cursor(&body, ENTRY_LABEL_X, 0);
}

static struct action key(const struct model *m, unsigned k)
{
    if (k != UI_KEY_ENTER)
        return action_of(ACTION_NONE, 0);
    return action_of(said(m)->host[0] ? ACTION_CHECK_NAMED : ACTION_BACK, 0);
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    snprintf(out, out_size, "%s",
             said(m)->host[0]
                 ? message("A check finds out which of these causes it is.")
                 : message("Type the address next: a check finds out which cause it is."));
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    if (said(m)->host[0])
        snprintf(out, out_size, message("check %s"), said(m)->host);
    else
        snprintf(out, out_size, "%s", message("back, to type the address of the site"));
}

const struct page_ops page_message = {
    .name = "message",
    .title = N_("What this message means"),
    .help =
        N_("The message in plain words, and the causes that it can have, the likeliest first. A "
           "check of the site finds out which of them it is."),
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .rows = count_rows,
};
