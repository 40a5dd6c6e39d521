/*
 * page_details.c - for those who want to see it all: tabs, each a document of its own
 * (page_details_tabs.c, page_details_trust.c, page_details_by_hand.c). Pure.
 * SPDX-License-Identifier: MIT
 */
#include "page_details_tabs.h"

#include <stdio.h>

#include "../list_mode.h"
#include "../widgets/widgets.h"
#include "pages.h"
#include "page_step_parts.h"
#include "whytls/advice.h"
#include "whytls/message.h"

static const struct {
    const char *name;
    void (*put)(const struct model *m, struct doc *d);
} tabs[] = {
    /* TRANSLATORS: tabs, side by side: all of them have room in 70 columns, or the others are
     * numbers only. */
    [TAB_HANDSHAKE] = {N_("Handshake"), tab_put_handshake},
    [TAB_CERTIFICATES] = {N_("Certificates"), tab_put_certificates},
    [TAB_EXPERIMENTS] = {N_("Tries"), tab_put_experiments},
    [TAB_COMPUTER] = {N_("Computer"), tab_put_computer},
    [TAB_TRUST] = {N_("Trust"), tab_put_trust},
    [TAB_BY_HAND] = {N_("By hand"), tab_put_by_hand},
};

static int count_rows(const struct model *m)
{
    struct doc d = doc_measure(m);
    tabs[m->at.tab].put(m, &d);
    return d.row;
}

static int count_items(const struct model *m)
{
    return m->at.tab == TAB_EXPERIMENTS && m->evidence ? (int)m->evidence->n_probes : 0;
}

static int top_row(const struct model *m)
{
    if (count_items(m) == 0)
        return page_scroll(m);
    return list_top(tab_experiment_row(page_focus(m)), count_rows(m), page_window(m));
}

/* Where the names of all tabs have no room, those of the others are left out: their numbers are
 * the keys. */
static void draw_tabs(const struct model *m, const struct canvas *c)
{
    int x = 1 + canvas_put(c, 1, 0, ROLE_TITLE, message("DETAILS")) + 1, end = x;
    enum role chosen = count_items(m) > 0 ? ROLE_FOCUS_INACTIVE : ROLE_FOCUS;
    for (int i = 0; i < TAB_COUNT; i++)
        end += canvas_columns(c, message(tabs[i].name)) + 4;
    for (int i = 0; i < TAB_COUNT; i++) {
        bool is_here = i == (int)m->at.tab;
        const char *name = is_here || end <= c->width ? message(tabs[i].name) : "";
        x += canvas_putf(c, x, 0, is_here ? chosen : ROLE_TEXT,
                         is_here   ? "[%d %s]"
                         : name[0] ? " %d %s "
                                   : " %d%s ",
                         i + 1, name);
    }
}

static void draw(const struct model *m, const struct canvas *c)
{
    draw_tabs(m, c);
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    struct doc d = doc_of(&body, top_row(m));
    if (count_items(m) == 0)
        canvas_cursor(&body, 0, 0);
    tabs[m->at.tab].put(m, &d);
}

static void draw_tab(const struct model *m, const struct canvas *c)
{
    struct doc d = doc_of(c, 0);
    tabs[m->at.tab].put(m, &d);
}

static void list(const struct model *m, struct buf *out)
{
    buf_printf(out, message("Details, part %d of %d:  %s"), (int)m->at.tab + 1, TAB_COUNT,
               message(tabs[m->at.tab].name));
    buf_puts(out, "\n\n");
    list_rows(m, count_rows(m), draw_tab, out);
}

static struct action key(const struct model *m, unsigned k)
{
    int tab = (int)m->at.tab;
    if (k == UI_KEY_TAB || k == UI_KEY_RIGHT || k == 'l' || k == 'L')
        return action_of(ACTION_TAB, (tab + 1) % TAB_COUNT);
    if (k == UI_KEY_BACKTAB || k == UI_KEY_LEFT || k == 'h' || k == 'H')
        return action_of(ACTION_TAB, (tab + TAB_COUNT - 1) % TAB_COUNT);
    if (k >= '1' && k < '1' + TAB_COUNT)
        return action_of(ACTION_TAB, (int)(k - '1'));
    if (k == UI_KEY_ENTER && count_items(m) > 0)
        return action_of(ACTION_PROBE, page_focus(m));
    if (k == UI_KEY_ENTER)
        return action_of(ACTION_TAB, (tab + 1) % TAB_COUNT);
    return action_of(ACTION_NONE, 0);
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    switch (m->at.tab) {
    case TAB_HANDSHAKE:
        snprintf(out, out_size, "%s", message("All messages of one try, in order."));
        break;
    case TAB_CERTIFICATES:
        snprintf(out, out_size, "%s", message("The certificates, as the site sent them."));
        break;
    case TAB_EXPERIMENTS:
        snprintf(out, out_size, message("On try %d of %d."), page_focus(m) + 1, count_items(m));
        break;
    case TAB_TRUST:
        snprintf(out, out_size, "%s", message("Which trust stores have the site's authority."));
        break;
    case TAB_BY_HAND:
        snprintf(out, out_size, "%s",
                 message("To see the same without whytls.  Nothing of this was run."));
        break;
    default:
        snprintf(out, out_size, "%s", message("What we know of this computer."));
        break;
    }
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    if (count_items(m) > 0)
        snprintf(out, out_size, "%s", message("see the handshake of this try"));
    else
        snprintf(out, out_size, message("next tab, %s"),
                 message(tabs[((int)m->at.tab + 1) % TAB_COUNT].name));
}

static void item(const struct model *m, int i, char *out, size_t out_size)
{
    (void)m;
    snprintf(out, out_size, message("see the handshake of try %d"), i + 1);
}

const struct page_ops page_details = {
    .name = "details",
    .title = N_("Details"),
    .help = N_(
        "All that was gathered: the messages of each try, the certificates, the experiments, "
        "what we know of this computer, which trust stores have the site's authority, and how to "
        "see the same by hand."),
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .item = item,
    .items = count_items,
    .rows = count_rows,
    .top = top_row,
};
