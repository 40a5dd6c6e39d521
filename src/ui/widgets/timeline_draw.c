/*
 * timeline_draw.c - "The connection, as it happened": the milestones of the baseline probe, filled
 * in from its events as they come. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/text.h"
#include "whytls/walk.h"
#include "widgets.h"

/* Handshake message types, RFC 8446 4. */
enum {
    MESSAGE_CLIENT_HELLO = 1,
    MESSAGE_SERVER_HELLO = 2,
    MESSAGE_CERTIFICATE = 11,
    MESSAGE_FINISHED = 20
};

enum { MILESTONE_ADDRESS, MILESTONE_CERTIFICATE = 4 };

struct milestone {
    const char *words;
    enum stage passed; /* it came about where the probe reached this */
    enum event_kind kind;
    int number;               /* -1: any */
    enum direction direction; /* NONE: any */
};

static const struct milestone milestones[] = {
    /* TRANSLATORS: what happens in a connection, each before ": " and how it went. */
    {N_("look up the IP address"), STAGE_CONNECT, EVENT_RESOLVED, -1, DIRECTION_NONE},
    {N_("connect"), STAGE_HELLO, EVENT_CONNECTED, -1, DIRECTION_NONE},
    {N_("ClientHello, our first message"), STAGE_HELLO, EVENT_HANDSHAKE, MESSAGE_CLIENT_HELLO,
     DIRECTION_OUT},
    {N_("ServerHello, its answer"), STAGE_SERVER_HELLO, EVENT_HANDSHAKE, MESSAGE_SERVER_HELLO,
     DIRECTION_IN},
    {N_("Certificate, its ID card"), STAGE_CERTIFICATE, EVENT_HANDSHAKE, MESSAGE_CERTIFICATE,
     DIRECTION_IN},
    {N_("Finished, the handshake is done"), STAGE_REPLY, EVENT_HANDSHAKE, MESSAGE_FINISHED,
     DIRECTION_IN},
    {N_("the first reply"), STAGE_DONE, EVENT_DATA, -1, DIRECTION_IN},
};

enum { MILESTONE_COUNT = sizeof(milestones) / sizeof(milestones[0]) };

struct line {
    char time[16];
    enum direction direction;
    enum mark mark;
    char text[ADVICE_LINE];
};

struct lines {
    struct line line[MILESTONE_COUNT];
};

const struct probe *timeline_baseline(const struct model *m)
{
    if (!m->evidence)
        return NULL;
    if (m->walk->analysis.first)
        return m->walk->analysis.first;
    for (size_t i = m->evidence->n_probes; i-- > 0;)
        if (m->evidence->probes[i].changes == 0)
            return &m->evidence->probes[i];
    return NULL;
}

static const struct event *find_event(const struct probe *p, const struct milestone *ms)
{
    for (size_t i = 0; p && i < p->n_events; i++) {
        const struct event *e = &p->events[i];
        bool is_kind = e->kind == ms->kind && (ms->number < 0 || e->number == ms->number);
        if (is_kind && (ms->direction == DIRECTION_NONE || e->direction == ms->direction))
            return e;
    }
    return NULL;
}

/* The name's address is looked up before there is a probe. */
static bool address_is_there(const struct model *m)
{
    const struct resolution *r = &m->evidence->resolution;
    return m->evidence->target.is_address || (r->finished && r->n_addresses > 0);
}

static bool is_passed(const struct model *m, const struct probe *p, int i)
{
    if (i == MILESTONE_ADDRESS && address_is_there(m))
        return true;
    return p && (outcome_has_reached(&p->outcome, milestones[i].passed) ||
                 find_event(p, &milestones[i]));
}

static bool certificate_is_bad(const struct model *m)
{
    for (size_t i = 0; i < m->walk->n_causes; i++)
        if (m->walk->causes[i].cause->blocks == BLOCKS_CERTIFICATE)
            return true;
    return false;
}

static void fill_address(const struct model *m, struct line *l)
{
    const struct resolution *r = &m->evidence->resolution;
    if (r->n_addresses == 1)
        snprintf(l->text, sizeof(l->text), message("look up the IP address: %s"), r->addresses[0]);
    else if (r->n_addresses > 1)
        snprintf(l->text, sizeof(l->text), message("look up the IP address: %s and %zu more"),
                 r->addresses[0], r->n_addresses - 1);
    else
        snprintf(l->text, sizeof(l->text), message("look up the IP address: %s"),
                 m->evidence->target.host);
}

static void add_passed(const struct model *m, const struct probe *p, int i, struct lines *all)
{
    struct line *l = &all->line[i];
    const struct event *e = find_event(p, &milestones[i]);
    *l = (struct line){.mark = MARK_OK, .direction = e ? e->direction : DIRECTION_NONE};
    if (e) {
        snprintf(l->time, sizeof(l->time), "%5u ms", (unsigned)(e->at_us / 1000));
        if (e->kind == EVENT_HANDSHAKE) /* by the message's own name */
            snprintf(l->text, sizeof(l->text), "%s%s%s", message(milestones[i].words),
                     e->text[0] ? ": " : "", e->text);
        else
            advice_event(p, e, l->text, sizeof(l->text));
    } else if (i == MILESTONE_ADDRESS) {
        fill_address(m, l);
    } else if (i == MILESTONE_CERTIFICATE) {
        l->mark = MARK_SKIP;
        snprintf(l->text, sizeof(l->text), "%s", message("it sends no certificate"));
    } else {
        snprintf(l->text, sizeof(l->text), "%s", message(milestones[i].words));
    }
    if (!certificate_is_bad(m))
        return;
    if (i == MILESTONE_CERTIFICATE)
        l->mark = MARK_FAIL; /* what a program would refuse; we only looked on */
    else if (i > MILESTONE_CERTIFICATE)
        l->mark = MARK_INFO;
}

static bool is_over(const struct model *m, const struct probe *p)
{
    if (p)
        return p->outcome.finished;
    return m->is_done || m->evidence->resolution.finished;
}

static bool came_from_there(const struct outcome *o)
{
    return o->how == BREAK_ALERT || o->how == BREAK_CLOSED || o->how == BREAK_RESET ||
           o->how == BREAK_NOT_TLS || o->how == BREAK_GARBLED;
}

/* "ServerHello, its answer: the connection was closed", and the alert by its own name. */
static void say_break(const struct probe *p, int i, char *out, size_t out_size)
{
    char words[ADVICE_LINE];
    const struct event end = {.kind = EVENT_END};
    const struct event *e = &end;
    for (size_t k = 0; p->outcome.how == BREAK_ALERT && k < p->n_events; k++)
        if (p->events[k].kind == EVENT_ALERT && p->events[k].direction == DIRECTION_IN)
            e = &p->events[k];
    advice_event(p, e, words, sizeof(words));
    if (e != &end) /* "it refuses: alert 40, ..." says who */
        text_copy_cut(out, out_size, words);
    else if (p->outcome.how == BREAK_NOT_TLS && p->outcome.protocol == PROTOCOL_HTTP)
        snprintf(out, out_size, message("%s: plain HTTP, not TLS"), message(milestones[i].words));
    else
        snprintf(out, out_size, "%s: %.200s", message(milestones[i].words), words);
}

static void fill_broken(const struct model *m, const struct probe *p, int i, struct line *l)
{
    const struct event *last = p && p->n_events > 0 ? &p->events[p->n_events - 1] : NULL;
    l->mark = MARK_FAIL;
    if (last)
        snprintf(l->time, sizeof(l->time), "%5u ms", (unsigned)(last->at_us / 1000));
    if (p && p->outcome.how == BREAK_CANCELLED) {
        l->mark = MARK_SKIP;
        snprintf(l->text, sizeof(l->text), message("%s: stopped"), message(milestones[i].words));
    } else if (p) {
        l->direction = came_from_there(&p->outcome) ? DIRECTION_IN : DIRECTION_NONE;
        say_break(p, i, l->text, sizeof(l->text));
    } else if ((m->evidence->stopped || m->evidence->time_up_ms) &&
               !m->evidence->resolution.finished) {
        l->mark = MARK_SKIP;
        snprintf(l->text, sizeof(l->text), message("%s: stopped"), message(milestones[i].words));
    } else if (m->evidence->resolution.how == BREAK_NAME_NOT_FOUND) {
        snprintf(l->text, sizeof(l->text), "%s",
                 message("look up the IP address: no such host name"));
    } else {
        l->mark = MARK_UNKNOWN;
        snprintf(l->text, sizeof(l->text), message("%s: no answer"), message(milestones[i].words));
    }
}

static void add_rest(int from, bool is_over_now, struct lines *all)
{
    for (int i = from; i < MILESTONE_COUNT; i++) {
        struct line *l = &all->line[i];
        *l = (struct line){.time = "      - ", .mark = MARK_EMPTY};
        snprintf(l->text, sizeof(l->text), "%s: %s", message(milestones[i].words),
                 is_over_now ? message("not reached") : message("not yet"));
    }
}

/* A row each from the beginning on, so that none moves when the next one comes about. */
static void make_lines(const struct model *m, struct lines *all)
{
    const struct probe *p = timeline_baseline(m);
    int i = 0;
    while (i < MILESTONE_COUNT && (is_passed(m, p, i) || (p && p->outcome.success)))
        add_passed(m, p, i++, all);
    if (i == MILESTONE_COUNT)
        return;
    /* Between the address and the first probe there is a moment when nothing is broken. */
    bool over = is_over(m, p) && (p || m->is_done || !address_is_there(m));
    struct line *l = &all->line[i];
    *l = (struct line){.mark = MARK_BUSY};
    if (over)
        fill_broken(m, p, i, l);
    else
        snprintf(l->text, sizeof(l->text), message("%s: waiting, %u s.  Press . to stop"),
                 message(milestones[i].words), m->elapsed_ms / 1000);
    add_rest(i + 1, over, all);
}

int timeline_rows(const struct model *m)
{
    (void)m;
    return MILESTONE_COUNT;
}

/* The one before what did not go well is the first that is seen; else the last ones are. */
static int first_seen(const struct lines *all, int window)
{
    int i = 0, last = MILESTONE_COUNT > window ? MILESTONE_COUNT - window : 0;
    while (i < MILESTONE_COUNT && all->line[i].mark == MARK_OK)
        i++;
    return i - 1 > last ? last : i > 0 ? i - 1 : 0;
}

void timeline_draw(const struct model *m, const struct canvas *c)
{
    struct lines all;
    make_lines(m, &all);
    int first = first_seen(&all, c->height);
    for (int i = first; i < MILESTONE_COUNT && i - first < c->height; i++) {
        const struct line *l = &all.line[i];
        int y = i - first;
        const char *arrow = l->direction == DIRECTION_OUT  ? m->glyphs->out
                            : l->direction == DIRECTION_IN ? m->glyphs->in
                                                           : "";
        canvas_put(c, 1, y, ROLE_EVIDENCE, l->time);
        canvas_put(c, 11, y, ROLE_EVIDENCE, arrow);
        mark_draw(c, 16, y, l->mark);
        canvas_put_within(c, 24, y, c->width - 25, ROLE_EVIDENCE, l->text);
    }
}
