/*
 * page_details_tabs.c - handshake, certificates, experiments, this computer: see
 * page_details_tabs.h. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "page_details_tabs.h"

#include <stdio.h>
#include <string.h>

#include "../page.h"
#include "../widgets/widgets.h"
#include "entry.h"
#include "pages.h"
#include "page_step_parts.h"
#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/walk.h"

enum { NAME_X = 2, RESULT_X = 5, EVENT_X = 24 };

/* ---- 1 handshake -------------------------------------------------------------------------- */

static const struct probe *shown_probe(const struct model *m)
{
    if (m->shown_probe >= 0 && (size_t)m->shown_probe < m->evidence->n_probes)
        return &m->evidence->probes[m->shown_probe];
    return timeline_baseline(m);
}

static void put_events(const struct model *m, struct doc *d, const struct probe *p)
{
    char words[ADVICE_LINE];
    for (size_t i = 0; i < p->n_events; i++) {
        const struct event *e = &p->events[i];
        const char *arrow = e->direction == DIRECTION_OUT  ? m->glyphs->out
                            : e->direction == DIRECTION_IN ? m->glyphs->in
                                                           : "";
        const char *name = e->kind == EVENT_HANDSHAKE ? handshake_name(e->number) : "";
        doc_putf(d, 0, ROLE_EVIDENCE, "%5u.%u ms", (unsigned)(e->at_us / 1000),
                 (unsigned)(e->at_us % 1000 / 100));
        doc_put(d, 12, ROLE_EVIDENCE, arrow);
        advice_event(p, e, words, sizeof(words));
        if (e->bytes)
            doc_putf(d, 16, ROLE_EVIDENCE, "%5u B", (unsigned)e->bytes);
        size_t used = strlen(words);
        if (name[0] && used < sizeof(words))
            snprintf(words + used, sizeof(words) - used, "  (%s)", name);
        doc_text(d, EVENT_X, ROLE_EVIDENCE, words);
    }
}

static void put_asked(struct doc *d, const struct probe *p)
{
    char text[ADVICE_LINE];
    const struct settings *s = &p->settings;
    snprintf(text, sizeof(text), strchr(s->address, ':') ? "[%s]:%u" : "%s:%u", s->address,
             s->port);
    /* TRANSLATORS: a label before its value; all labels on these pages: 14 columns at best. */
    tab_put_pair(d, message("address"), text);
    tab_put_pair(d, message("server name"), s->server_name[0] ? s->server_name : message("(none)"));
}

static void put_got(struct doc *d, const struct outcome *o)
{
    char text[ADVICE_LINE] = "";
    tab_put_pair(d, message("version"), o->version ? offer_version_name(o->version) : "");
    tab_put_pair(d, message("cipher"), o->suite);
    tab_put_pair(d, message("group"), o->group);
    tab_put_pair(d, message("signature"), o->signature);
    tab_put_pair(d, "ALPN", o->alpn);
    if (o->dh_bits) {
        snprintf(text, sizeof(text), message("%u bits"), o->dh_bits);
        tab_put_pair(d, "Diffie-Hellman", text);
    }
    if (o->alert >= 0) {
        snprintf(text, sizeof(text), "%d, %s", o->alert, alert_name(o->alert));
        tab_put_pair(d, message("alert"), text);
    }
    if (o->http_status) {
        snprintf(text, sizeof(text), "%d  %s", o->http_status, o->http_server);
        tab_put_pair(d, message("HTTP answer"), text);
    }
    tab_put_quote(d, message("first line"), o->banner);
    snprintf(text, sizeof(text), message("stage %s, %s, system error %d, library error %d"),
             stage_id(o->stage), break_id(o->how), o->system_error, o->library_error);
    tab_put_pair(d, message("for experts"), text);
}

/* What is to be passed on, and what other programs print: here whatever room the answer has. */
static void put_passed_on(const struct model *m, struct doc *d)
{
    struct answer_blocks s;
    answer_blocks_of_walk(m->walk, m->redaction, &s);
    for (size_t i = 0; i < s.n_entries && m->walk->conclusion != CONCLUSION_ASKING; i++) {
        entry_put_technical(d, &s, i, true);
        entry_put_seen(d, &s, i, true);
    }
    answer_blocks_end(&s);
}

void tab_put_handshake(const struct model *m, struct doc *d)
{
    char text[ADVICE_LINE];
    const struct probe *p = shown_probe(m);
    if (!p) {
        doc_text(d, NAME_X, ROLE_TEXT, message("No connection was tried yet."));
        return;
    }
    if (p->changes == 0)
        snprintf(text, sizeof(text), "%s", message("The first try"));
    else
        advice_changes(p->changes, text, sizeof(text));
    doc_putf(d, NAME_X, ROLE_TITLE, p->changes ? message("We changed only %s") : "%s", text);
    d->row++;
    advice_outcome(p, text, sizeof(text));
    doc_text(d, NAME_X, ROLE_TEXT, text);
    doc_blank(d);
    put_events(m, d, p);
    doc_blank(d);
    put_asked(d, p);
    put_got(d, &p->outcome);
    tab_put_request(m, d, &p->outcome);
    put_passed_on(m, d);
}

/* ---- 2 certificates ----------------------------------------------------------------------- */

static void put_certificate(const struct model *m, struct doc *d, int place, int index)
{
    char title[32];
    bool is_there = index >= 0 && (size_t)index < m->evidence->n_certificates;
    snprintf(title, sizeof(title), message("Certificate %d"), place + 1);
    tab_put_certificate(m, d, title, is_there ? &m->evidence->certificates[index].der : NULL);
}

/* One more thing that is known, after a comma. */
static void add_fact(char text[ADVICE_LINE], const char *format, const char *value)
{
    char fact[ADVICE_LINE];
    size_t used = strlen(text);
    snprintf(fact, sizeof(fact), format, value);
    snprintf(text + used, ADVICE_LINE - used, ", %s", fact);
}

/* "good, signed by "Example CA", made ..., due again ..."; nothing where there is no statement. */
static void put_standing(struct doc *d, const char *name, const struct standing *s)
{
    char text[ADVICE_LINE], date[96];
    if (s->kind == STANDING_NONE)
        return;
    snprintf(text, sizeof(text), "%s", chain_standing_id(s->kind));
    if (s->signer[0])
        /* TRANSLATORS: facts of a statement about revocation, with commas between them. */
        add_fact(text, message("signed by %s"), s->signer);
    if (s->signed_at) {
        advice_date(s->signed_at, true, date, sizeof(date));
        add_fact(text, message("made %s"), date);
    }
    if (s->until) {
        advice_date(s->until, true, date, sizeof(date));
        add_fact(text, message("due again %s"), date);
    }
    tab_put_pair(d, name, text);
}

/* Who refuses the chain by a rule of their own, and the document that says so. */
static void put_own_rules(const struct analysis *r, struct doc *d)
{
    for (size_t i = 0; i < r->n_hits; i++) {
        const struct dated_rule *rule = &r->question.rules[r->hits[i].rule];
        char text[ADVICE_LINE];
        for (int k = 0; k < ROOT_PROGRAM_COUNT; k++) {
            if (!(r->hits[i].root_programs >> k & 1))
                continue;
            snprintf(text, sizeof(text), "%s (%s: %s)",
                     message(root_program_words((enum root_program)k)), dated_kind_id(rule->kind),
                     rule->source);
            tab_put_pair(d, message("refused by"), text);
        }
    }
}

static void put_judgement(const struct model *m, struct doc *d)
{
    const struct chain_answer *a = &m->walk->analysis.chain;
    char text[ADVICE_LINE] = "";
    size_t used = 0;
    if (!a->judged && a->gave_up) {
        snprintf(
            text, sizeof(text),
            message_plural("Not judged: it would take too much work.  %u signature was checked.",
                           "Not judged: it would take too much work.  %u signatures were checked.",
                           a->n_checks),
            a->n_checks);
        doc_text(d, 1, ROLE_TEXT, text);
        doc_blank(d);
    }
    if (!a->judged)
        return;
    for (int i = 0; i < CHAIN_CHANGE_COUNT && used < sizeof(text); i++)
        if (a->changes & (1u << i))
            used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", used ? "; " : "",
                                     message(chain_change_words((enum chain_change)i)));
    if (a->acceptable)
        doc_text(d, 1, ROLE_TEXT,
                 m->walk->analysis.n_hits > 0
                     ? message("A program that uses this system's trust store would accept them.")
                     : message("A program would accept them, as they are."));
    else {
        doc_text(d, 1, ROLE_TEXT,
                 message("A program would refuse them.  It accepts them with this changed:"));
        doc_text(d, NAME_X, ROLE_TITLE, text);
    }
    tab_put_pair(d, message("rule"), a->rule);
    put_standing(d, message("stapled OCSP"), &a->staple);
    if (a->staple.kind != a->standing.kind)
        put_standing(d, message("revocation"), &a->standing);
    put_standing(d, message("intermediate"), &a->above);
    put_own_rules(&m->walk->analysis, d);
    doc_blank(d);
}

static void put_chain(const struct model *m, struct doc *d, const struct probe *p)
{
    put_judgement(m, d);
    for (size_t i = 0; i < p->outcome.n_chain; i++) {
        if (i > 0)
            doc_blank(d);
        put_certificate(m, d, (int)i, p->outcome.chain[i]);
    }
}

void tab_put_certificates(const struct model *m, struct doc *d)
{
    const struct probe *p = m->walk->analysis.shown;
    p = p ? p : timeline_baseline(m);
    if (p && p->outcome.n_chain > 0)
        put_chain(m, d, p);
    else
        doc_text(d, NAME_X, ROLE_TEXT, message("The site has shown no certificate."));
    tab_put_own(m, d);
}

/* ---- 3 experiments ------------------------------------------------------------------------ */

enum { EXPERIMENT_ROWS = 2 };

int tab_experiment_row(int probe)
{
    return probe * EXPERIMENT_ROWS;
}

static void put_experiment(const struct model *m, struct doc *d, int i)
{
    const struct probe *p = &m->evidence->probes[i];
    char words[ADVICE_LINE], outcome[ADVICE_LINE];
    bool is_here = i == page_focus(m);
    enum role role;
    int y = d->row - d->scroll, words_x = RESULT_X + experiment_result_width() + 2;
    const char *result = experiment_result(m, p, &role);
    if (is_here) {
        doc_put(d, 1, ROLE_FOCUS, m->glyphs->pointer);
        canvas_cursor(&d->canvas, 1, y);
    }
    doc_putf(d, 2, is_here ? ROLE_FOCUS : ROLE_TEXT, "%2d", i + 1);
    doc_put(d, RESULT_X, role, result);
    if (p->changes == 0)
        snprintf(words, sizeof(words), "%s", message("the first try: nothing changed"));
    else
        advice_changes(p->changes, words, sizeof(words));
    advice_outcome(p, outcome, sizeof(outcome));
    canvas_put_within(&d->canvas, words_x, y, d->canvas.width - words_x - 1,
                      is_here ? ROLE_FOCUS : ROLE_TEXT, words);
    canvas_put_within(&d->canvas, words_x, y + 1, d->canvas.width - words_x - 1, ROLE_EVIDENCE,
                      outcome);
    d->row += EXPERIMENT_ROWS;
}

void tab_put_experiments(const struct model *m, struct doc *d)
{
    if (m->evidence->n_probes == 0)
        doc_text(d, NAME_X, ROLE_TEXT, message("No connection was tried yet."));
    for (size_t i = 0; i < m->evidence->n_probes; i++)
        put_experiment(m, d, (int)i);
}

/* ---- 4 this computer ---------------------------------------------------------------------- */

static void put_witnesses(const struct model *m, struct doc *d)
{
    const struct facts *f = &m->evidence->facts;
    const struct analysis *r = &m->walk->analysis;
    char date[96];
    page_say_time(f->clock, m->case_east_s, date, sizeof(date));
    tab_put_pair(d, message("clock says"), f->clock ? date : message("not known"));
    if (r->clock_is_wrong) {
        advice_date(r->true_time, true, date, sizeof(date));
        tab_put_pair(d, message("true time"), date);
    }
    for (size_t i = 0; i < f->n_witnesses; i++) {
        const struct witness *w = &f->witnesses[i];
        char text[ADVICE_LINE];
        advice_date(w->time, false, date, sizeof(date));
        snprintf(text, sizeof(text), "%s  %s",
                 w->time != EVIDENCE_NO_TIME ? date : message("(nothing)"),
                 message(witness_words(w->kind)));
        tab_put_pair(d, i == 0 ? message("witnesses") : " ", text);
    }
}

static void put_policies(const struct model *m, struct doc *d)
{
    static const char *const names[] = {
        [POLICY_GNUTLS] = N_("GnuTLS policy"), [POLICY_OPENSSL] = N_("OpenSSL policy")};
    char text[ADVICE_LINE * 2];
    for (int i = 0; i < POLICY_COUNT; i++) {
        const struct policy *p = &m->evidence->facts.policies[i];
        if (!p->known)
            snprintf(text, sizeof(text), "%s", message("could not be read"));
        else if (!p->limits)
            snprintf(text, sizeof(text), "%s", message("limits nothing"));
        else
            snprintf(text, sizeof(text), message("limits what programs offer: %s  %s"), p->file,
                     p->line);
        tab_put_pair(d, message(names[i]), text);
    }
}

static void put_addresses(const struct model *m, struct doc *d)
{
    const struct resolution *r = &m->evidence->resolution;
    for (size_t i = 0; i < r->n_addresses; i++)
        tab_put_pair(d, i == 0 ? message("IP address") : " ", r->addresses[i]);
    if (r->finished && r->n_addresses == 0)
        tab_put_pair(d, message("IP address"), message("none was found"));
}

static void put_answers(const struct model *m, struct doc *d)
{
    for (int q = 0; q < QUESTION_COUNT; q++) {
        const struct question_row *row = question_row((enum question)q);
        int answer = m->evidence->answers[q];
        char text[ADVICE_LINE];
        if (answer < 1 || answer > question_choices((enum question)q))
            continue;
        snprintf(text, sizeof(text), "%s  %s", message(row->words),
                 message(row->choices[answer - 1]));
        tab_put_pair(d, message("you told us"), text);
    }
}

void tab_put_computer(const struct model *m, struct doc *d)
{
    const struct facts *f = &m->evidence->facts;
    char text[ADVICE_LINE];
    put_witnesses(m, d);
    doc_blank(d);
    if (f->anchors_known)
        snprintf(text, sizeof(text), message("%zu trusted authorities, %zu relevant here"),
                 f->anchors_total, f->n_anchors);
    else
        snprintf(text, sizeof(text), "%s", message("not read yet, or there is none"));
    tab_put_pair(d, message("trust store"), text);
    put_policies(m, d);
    put_addresses(m, d);
    put_answers(m, d);
}
