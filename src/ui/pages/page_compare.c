/*
 * page_compare.c - who fails and who does not: programs, IP addresses, trust stores. Only what was
 * asked or judged has a result; what was not asked says so. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "whytls/message.h"
#include "whytls/text.h"
#include "whytls/walk.h"

enum { NAME_X = 4, RESULT_X = 40, NOTE_X = 48, MAX_ROWS = 64 };

enum table { TABLE_JUDGES, TABLE_PROGRAMS, TABLE_ADDRESSES, TABLE_TRUST, TABLE_COUNT };

struct row {
    enum table table;
    char name[SETTINGS_NAME_SIZE];
    enum mark mark;
    char note[ADVICE_LINE];
    const struct probe *probe; /* NULL: none was made, or the row is no probe */
};

struct rows {
    struct row row[MAX_ROWS];
    int n;
};

static const char *const titles[TABLE_COUNT] = {
    [TABLE_JUDGES] = N_("The certificates, as these programs judge them"),
    [TABLE_PROGRAMS] = N_("The handshake, with their ClientHello"),
    [TABLE_ADDRESSES] = N_("IP addresses"),
    [TABLE_TRUST] = N_("Trust stores"),
};

/* ---- the rows ----------------------------------------------------------------------------- */

static struct row *add(struct rows *all, enum table table)
{
    struct row *r = &all->row[all->n < MAX_ROWS ? all->n++ : MAX_ROWS - 1];
    *r = (struct row){.table = table, .mark = MARK_EMPTY};
    return r;
}

static bool is_through(const struct outcome *o)
{
    return o->success || outcome_handshake_done(o);
}

/* Where it stops, in a few words. */
static void say_break(const struct probe *p, char *out, size_t out_size)
{
    const struct event end = {.kind = EVENT_END};
    if (p->outcome.how == BREAK_ALERT)
        snprintf(out, out_size, message("refused: alert %d"), p->outcome.alert);
    else
        advice_event(p, &end, out, out_size);
}

static void fill_probe(struct row *r, const struct probe *p)
{
    r->probe = p;
    if (!p) {
        /* TRANSLATORS: a result in the table of programs: 31 columns at most are seen whole. So
         * are the next. */
        text_copy_cut(r->note, sizeof(r->note), message("not asked"));
    } else if (!p->outcome.finished) {
        r->mark = MARK_BUSY;
        text_copy_cut(r->note, sizeof(r->note), message("asking"));
    } else if (p->outcome.how == BREAK_CANCELLED || p->outcome.how == BREAK_FAILED) {
        r->mark = MARK_UNKNOWN;
        text_copy_cut(r->note, sizeof(r->note), message("no result"));
    } else if (is_through(&p->outcome)) {
        r->mark = MARK_OK;
        snprintf(r->note, sizeof(r->note), "%s  %s", offer_version_name(p->outcome.version),
                 p->outcome.suite);
    } else {
        r->mark = MARK_FAIL;
        say_break(p, r->note, sizeof(r->note));
    }
}

/* An old program that fails where a current one works is no news. */
static void expect_old(struct row *r, const struct client *c, bool own_works)
{
    char note[ADVICE_LINE];
    if (!c->is_old || !own_works || r->mark != MARK_FAIL)
        return;
    TEXT_SET(note, r->note);
    snprintf(r->note, sizeof(r->note), message("expected, too old (%.100s)"), note);
}

static void add_programs(const struct model *m, struct rows *all)
{
    const struct client *own = client_find(m->evidence->target.client), *c;
    const struct probe *first = m->walk->analysis.first;
    bool own_works = first && is_through(&first->outcome);
    for (size_t i = 0; (c = client_at(i)); i++) {
        struct row *r = add(all, TABLE_PROGRAMS);
        snprintf(r->name, sizeof(r->name), "%s%s", message(c->name), c == own ? " *" : "");
        fill_probe(r, compare_client_probe(m->walk, c));
        expect_old(r, c, own_works);
    }
}

static bool shows_same_certificate(const struct probe *a, const struct probe *b)
{
    return a->outcome.chain[0] == b->outcome.chain[0];
}

/* How long it took, and whether its certificate is the one of the first try. */
static void say_certificate(const struct model *m, struct row *r)
{
    const struct probe *first = timeline_baseline(m), *p = r->probe;
    if (!p || r->mark != MARK_OK)
        return;
    text_copy_cut(r->note, sizeof(r->note), message("it answers"));
    if (p->n_events == 0)
        return;
    bool has_two = first && p != first && p->outcome.n_chain > 0 && first->outcome.n_chain > 0;
    const char *words = !has_two                           ? "%u ms"
                        : shows_same_certificate(p, first) ? message("%u ms, same certificate")
                                                           : message("%u ms, another certificate");
    snprintf(r->note, sizeof(r->note), words, (unsigned)(p->events[p->n_events - 1].at_us / 1000));
}

static void add_addresses(const struct model *m, struct rows *all)
{
    const struct resolution *found = &m->evidence->resolution;
    for (size_t i = 0; i < found->n_addresses; i++) {
        struct row *r = add(all, TABLE_ADDRESSES);
        TEXT_SET(r->name, found->addresses[i]);
        fill_probe(r, compare_address_probe(m->walk, found->addresses[i]));
        say_certificate(m, r);
    }
    for (size_t i = 0; i < m->evidence->n_probes; i++) { /* the same with no name, where tried */
        const struct probe *p = &m->evidence->probes[i];
        if (p->changes != CHANGE_BIT(NO_NAME))
            continue;
        struct row *r = add(all, TABLE_ADDRESSES);
        snprintf(r->name, sizeof(r->name), message("%s, no server name"), p->settings.address);
        fill_probe(r, p);
        say_certificate(m, r);
    }
}

static enum mark mark_of(enum accepts accepts)
{
    return accepts == ACCEPTS_YES ? MARK_OK : accepts == ACCEPTS_NO ? MARK_FAIL : MARK_UNKNOWN;
}

/* What an old program minds that one of today does not is no news. */
static void add_judges(const struct model *m, struct rows *all)
{
    bool is_good = m->walk->analysis.chain_then.judged && m->walk->analysis.chain_then.acceptable;
    for (size_t i = 0; i < m->forms.compare.n_judges; i++) {
        const struct judge_row *j = &m->forms.compare.judges[i];
        bool is_expected = is_good && j->judge->is_old && j->accepts == ACCEPTS_NO;
        struct row *r = add(all, TABLE_JUDGES);
        text_copy_cut(r->name, sizeof(r->name), message(j->judge->name));
        r->mark = mark_of(j->accepts);
        const char *why =
            j->why[0] || j->accepts != ACCEPTS_YES ? message(j->why) : message("it accepts them");
        snprintf(r->note, sizeof(r->note), is_expected ? message("expected, too old: %s") : "%s",
                 why);
    }
}

/* By each list of authorities that was found here. */
static void add_stores(const struct model *m, struct rows *all)
{
    for (size_t i = 1; i < m->forms.compare.n_stores; i++) { /* the first is this case's own */
        const struct store_row *s = &m->forms.compare.stores[i];
        struct row *r = add(all, TABLE_TRUST);
        text_copy_cut(r->name, sizeof(r->name), message(store_kind_name(s->kind)));
        r->mark = mark_of(s->trusts);
        text_copy_cut(r->note, sizeof(r->note),
                      s->why[0] ? message(s->why) : message("it has the authority"));
    }
}

static bool is_given(const struct facts *f)
{
    return f->n_anchors > 0 && f->anchors[0].source == ANCHOR_GIVEN;
}

enum { TRUST_CHANGES = CHAIN_BIT(ADD_CERTIFICATE) | CHAIN_BIT(ADD_ROOT) };

static void add_list(const struct model *m, struct rows *all)
{
    const struct facts *f = &m->evidence->facts;
    const struct chain_answer *a = &m->walk->analysis.chain;
    struct row *r = add(all, TABLE_TRUST);
    text_copy_cut(r->name, sizeof(r->name),
                  is_given(f) ? message("the file that you gave") : message("this system's"));
    r->mark = MARK_UNKNOWN;
    if (m->evidence->redacted) {
        text_copy_cut(r->note, sizeof(r->note), message("hidden with the names"));
    } else if (!a->judged) {
        text_copy_cut(r->note, sizeof(r->note), message("no certificate to judge"));
    } else {
        bool is_trusted = !(a->changes & TRUST_CHANGES);
        r->mark = is_trusted ? MARK_OK : MARK_FAIL;
        snprintf(r->note, sizeof(r->note),
                 is_trusted ? message("has the authority (one of %zu)")
                            : message("lacks the authority (has %zu)"),
                 f->anchors_total);
    }
}

/* What the judgement was run with once more, and nothing else. */
static void add_trust(const struct model *m, struct rows *all)
{
    const struct chain_answer *a = &m->walk->analysis.chain;
    add_list(m, all);
    add_stores(m, all);
    if (!a->judged || !(a->changes & TRUST_CHANGES))
        return;
    struct row *r = add(all, TABLE_TRUST);
    bool is_root = a->changes & CHAIN_BIT(ADD_ROOT);
    text_copy_cut(r->name, sizeof(r->name),
                  is_root ? message("with its authority added")
                          : message("with the missing intermediate"));
    r->mark = a->is_proven ? MARK_OK : MARK_UNKNOWN;
    if (!a->is_proven)
        text_copy_cut(r->note, sizeof(r->note), message("could not be tried"));
    else
        text_copy_cut(r->note, sizeof(r->note),
                      is_root ? message("a test: do not install it")
                              : message("this is the proof"));
}

static void make_rows(const struct model *m, struct rows *all)
{
    all->n = 0;
    if (!m->walk)
        return;
    add_judges(m, all);
    add_programs(m, all);
    add_addresses(m, all);
    add_trust(m, all);
}

static int count_items(const struct model *m)
{
    struct rows all;
    make_rows(m, &all);
    return all.n;
}

/* ---- drawing ------------------------------------------------------------------------------ */

/* A title before each table, and a blank row between them. */
static int row_of(const struct rows *all, int i)
{
    int before = 0;
    for (int k = 1; k <= i; k++)
        before += all->row[k].table != all->row[k - 1].table;
    return i + 1 + 2 * before;
}

static int count_rows(const struct model *m)
{
    struct rows all;
    make_rows(m, &all);
    return all.n > 0 ? row_of(&all, all.n - 1) + 1 : 0;
}

static int top_row(const struct model *m)
{
    struct rows all;
    make_rows(m, &all);
    int focus = page_focus(m);
    return all.n > 0 ? list_top(row_of(&all, focus), count_rows(m), page_window(m)) : 0;
}

static void draw_row(const struct model *m, const struct canvas *c, int y, const struct row *r,
                     bool is_here)
{
    enum role role = list_point(m, c, LIST_POINTER_X, y, is_here);
    canvas_put_within(c, NAME_X, y, RESULT_X - NAME_X - 1, role, r->name);
    mark_draw(c, RESULT_X, y, r->mark);
    canvas_put_within(c, NOTE_X, y, c->width - NOTE_X - 1, ROLE_EVIDENCE, r->note);
}

static void draw(const struct model *m, const struct canvas *c)
{
    struct rows all;
    char count[96];
    int done = 0;
    make_rows(m, &all);
    for (int i = 0; i < all.n; i++)
        done += all.row[i].mark != MARK_EMPTY && all.row[i].mark != MARK_BUSY;
    snprintf(count, sizeof(count), message("%d of %d known"), done, all.n);
    int x = 1 + canvas_put(c, 1, 0, ROLE_TITLE, message("COMPARE")) + 3;
    int end = canvas_put_right(c, 0, 1, ROLE_TEXT, count) - 1;
    canvas_put_within(c, x, 0, end - x, ROLE_TEXT, message("who fails and who does not"));
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    int top = top_row(m), focus = page_focus(m);
    for (int i = 0; i < all.n; i++) {
        int y = row_of(&all, i) - top;
        if (i == 0 || all.row[i].table != all.row[i - 1].table)
            canvas_put(&body, 2, y - 1, ROLE_HEADING, message(titles[all.row[i].table]));
        if (y >= 0 && y < body.height)
            draw_row(m, &body, y, &all.row[i], i == focus);
    }
}

static void list(const struct model *m, struct buf *out)
{
    struct rows all;
    make_rows(m, &all);
    buf_printf(out, "%s\n", message("Compare: who fails and who does not."));
    for (int i = 0; i < all.n; i++) {
        const struct row *r = &all.row[i];
        if (i == 0 || r->table != all.row[i - 1].table)
            buf_printf(out, "\n%s\n", message(titles[r->table]));
        buf_printf(out, "  %s  %s  %s\n", r->name, mark_words(r->mark), r->note);
    }
}

/* ---- keys --------------------------------------------------------------------------------- */

/* The first row of the table that comes next, or before; tables without rows are none. */
static int next_table(const struct rows *all, int from, int step)
{
    int table = (int)all->row[from].table;
    for (int k = 1; k < TABLE_COUNT; k++) {
        int wanted = (table + step * k + TABLE_COUNT * k) % TABLE_COUNT;
        for (int i = 0; i < all->n; i++)
            if ((int)all->row[i].table == wanted)
                return i;
    }
    return from;
}

static struct action why(const struct model *m, const struct row *r)
{
    if (r->probe)
        return action_of(ACTION_SHOW_PROBE, (int)(r->probe - m->evidence->probes));
    if (r->table == TABLE_TRUST || r->table == TABLE_JUDGES)
        return action_of(ACTION_SHOW_CERTIFICATES, 0);
    if (m->can_compare)
        return action_of(ACTION_COMPARE, 0);
    return (struct action){.kind = ACTION_SAY, .say = N_("This was not asked, and cannot be now.")};
}

static struct action key(const struct model *m, unsigned k)
{
    struct rows all;
    make_rows(m, &all);
    if (all.n == 0)
        return action_of(k == UI_KEY_ENTER ? ACTION_BACK : ACTION_NONE, 0);
    if (k == UI_KEY_ENTER)
        return why(m, &all.row[page_focus(m)]);
    if (k == UI_KEY_TAB || k == UI_KEY_RIGHT)
        return action_of(ACTION_FOCUS, next_table(&all, page_focus(m), 1));
    if (k == UI_KEY_BACKTAB || k == UI_KEY_LEFT)
        return action_of(ACTION_FOCUS, next_table(&all, page_focus(m), -1));
    return action_of(ACTION_NONE, 0);
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    struct rows all;
    make_rows(m, &all);
    const struct row *r = &all.row[page_focus(m)];
    if (!m->is_done)
        snprintf(out, out_size, message("Asking, %u s.  Press . to stop."), m->elapsed_ms / 1000);
    else if (all.n > 0 && r->probe)
        advice_outcome(r->probe, out, out_size);
    else if (all.n > 0 && (r->table == TABLE_PROGRAMS || r->table == TABLE_JUDGES))
        snprintf(out, out_size, "%s",
                 message("We imitate programs, we do not run them.  * is this case."));
    else
        snprintf(out, out_size, "%s", message("What was asked and judged so far."));
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    struct rows all;
    make_rows(m, &all);
    const struct row *r = &all.row[page_focus(m)];
    if (all.n == 0)
        snprintf(out, out_size, "%s", message("back to where you were"));
    else if (r->probe)
        snprintf(out, out_size, "%s", message("why: see the handshake of this try"));
    else if (r->table == TABLE_TRUST || r->table == TABLE_JUDGES)
        snprintf(out, out_size, "%s", message("why: see the certificates"));
    else if (m->can_compare)
        snprintf(out, out_size, "%s", message("ask what was not asked yet"));
    else
        snprintf(out, out_size, "%s", message("nothing yet: this was not asked"));
}

static void item(const struct model *m, int i, char *out, size_t out_size)
{
    struct rows all;
    char line[SETTINGS_NAME_SIZE + ADVICE_LINE + 64];
    make_rows(m, &all);
    if (i < 0 || i >= all.n) {
        say_enter(m, out, out_size);
        return;
    }
    bool is_asked =
        all.row[i].probe || all.row[i].table == TABLE_TRUST || all.row[i].table == TABLE_JUDGES;
    /* TRANSLATORS: a choice: a program's name or an IP address, then what is known of it. */
    snprintf(line, sizeof(line),
             is_asked         ? message("why: %s: %s")
             : m->can_compare ? message("ask: %s: %s")
                              : message("nothing yet: %s: %s"),
             all.row[i].name, all.row[i].note);
    text_copy_cut(out, out_size, line);
}

/* ---- what is judged ----------------------------------------------------------------------- */

/* Costs some ms: once for what is known, and only where it is looked at. */
static void refresh(struct model *m)
{
    struct compare_form *c = &m->forms.compare;
    if (!m->walk) {
        c->is_made = false;
        c->n_judges = c->n_stores = 0;
        return;
    }
    const struct evidence *ev = m->evidence;
    bool is_same = c->is_made && c->n_certificates == ev->n_certificates &&
                   c->n_anchors == ev->facts.n_anchors && c->n_probes == ev->n_probes;
    if (m->at.page != PAGE_COMPARE || is_same)
        return;
    *c = (struct compare_form){.is_made = true,
                               .n_certificates = ev->n_certificates,
                               .n_anchors = ev->facts.n_anchors,
                               .n_probes = ev->n_probes};
    c->n_judges = programs_compare(&m->walk->analysis, c->judges);
    c->n_stores = stores_compare(&m->walk->analysis, c->stores);
}

const struct page_ops page_compare = {
    .name = "compare",
    .title = N_("Compare"),
    .help = N_("The same site with the ClientHello of other programs, by their rules for "
               "certificates, at its other IP addresses, and by other trust stores. We imitate "
               "programs, we do not run them. A row without a mark was not asked."),
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .item = item,
    .items = count_items,
    .rows = count_rows,
    .top = top_row,
    .refresh = refresh,
};
