/*
 * stages.c - how far a probe came: stages are compared here, and nowhere else. And how it went at
 * each hop of its route. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/evidence.h"

#include "whytls/text.h"

/* ---- stages ------------------------------------------------------------------------------- */

bool outcome_has_reached(const struct outcome *o, enum stage stage)
{
    return o->stage >= stage;
}

bool outcome_tcp_opened(const struct outcome *o)
{
    return o->stage > STAGE_CONNECT;
}

bool outcome_hello_unanswered(const struct outcome *o)
{
    return o->stage == STAGE_HELLO;
}

bool outcome_tls_began(const struct outcome *o)
{
    return o->stage > STAGE_HELLO;
}

bool outcome_certificate_came(const struct outcome *o)
{
    return o->stage >= STAGE_CERTIFICATE;
}

bool outcome_key_exchange_came(const struct outcome *o)
{
    return o->stage >= STAGE_KEY_EXCHANGE;
}

bool outcome_finished_sent(const struct outcome *o)
{
    return o->stage >= STAGE_FINISHED;
}

bool outcome_handshake_done(const struct outcome *o)
{
    return o->stage >= STAGE_REPLY;
}

bool outcome_reply_awaited(const struct outcome *o)
{
    return o->stage == STAGE_REPLY;
}

bool outcome_replied(const struct outcome *o)
{
    return o->stage == STAGE_DONE;
}

/* ---- hops ---------------------------------------------------------------------------------- */

static bool is_up(const struct outcome *o, enum hop_kind kind)
{
    switch (kind) {
    case HOP_TCP:
        return outcome_tcp_opened(o);
    case HOP_TLS:
        return outcome_handshake_done(o);
    case HOP_HTTP:
    case HOP_BANNER:
    case HOP_COUNT:
        break;
    }
    return o->success;
}

static void tell(struct hop_outcome *h, const struct outcome *o)
{
    switch (h->kind) {
    case HOP_TCP:
        h->code = outcome_tcp_opened(o) ? 0 : o->system_error;
        break;
    case HOP_TLS:
        h->code = outcome_handshake_done(o) ? -1 : o->alert;
        TEXT_SET(h->said, o->banner); /* foreign words, or none */
        break;
    case HOP_HTTP:
        h->code = o->http_status;
        TEXT_SET(h->said, o->banner);
        if (o->http_title[0] != '\0') {
            TEXT_SET(h->said, o->http_title);
        }
        break;
    case HOP_BANNER:
    case HOP_COUNT:
        TEXT_SET(h->said, o->banner);
        break;
    }
}

/* The last word of the first handshake is one of two Finished: ours in TLS 1.3, the server's
 * before. */
static uint32_t up_at(const struct probe *p, enum hop_kind kind)
{
    enum { MESSAGE_FINISHED = 20 };
    uint32_t at_us = 0;

    for (size_t i = 0, finished = 0; i < p->n_events && finished < 2; i++) {
        const struct event *e = &p->events[i];
        bool is_finished = e->kind == EVENT_HANDSHAKE && e->number == MESSAGE_FINISHED;

        finished += is_finished;
        if ((kind == HOP_TCP && e->kind == EVENT_CONNECTED) || (kind == HOP_TLS && is_finished)) {
            at_us = e->at_us;
        }
    }
    return kind == HOP_TCP || kind == HOP_TLS || p->n_events == 0
               ? at_us
               : p->events[p->n_events - 1].at_us;
}

struct route_outcome route_outcome_of(const struct probe *p)
{
    const struct outcome *o = &p->outcome;
    struct route route = route_of(&p->settings);
    struct route_outcome r = {.n = route.n};

    for (size_t i = 0; i < route.n; i++) {
        struct hop_outcome *h = &r.hops[i];

        h->kind = route.hops[i].kind;
        if (i > r.reached) {
            continue;
        }
        tell(h, o);
        if (is_up(o, h->kind)) {
            h->at_us = up_at(p, h->kind);
            r.reached++;
        } else {
            h->how = o->how;
        }
    }
    return r;
}

enum hop_kind probe_hop_that_broke(const struct probe *p)
{
    struct route_outcome r = route_outcome_of(p);
    bool is_broken = p->outcome.finished && p->outcome.how != BREAK_NONE && r.reached < r.n;

    return is_broken ? r.hops[r.reached].kind : HOP_COUNT;
}
