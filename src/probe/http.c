/*
 * http.c - the layer that asks for a page and hears the first of the answer: under keys, or in the
 * clear, where any other service may be there. Reads it by http_text.c.
 * SPDX-License-Identifier: MIT
 */
#include "http.h"

#include <assert.h>
#include <string.h>
#include <time.h>

#include "ending.h"
#include "foreign.h"
#include "run.h"
#include "talk.h"

enum { PORT_HTTPS = 443, PORT_HTTP = 80 };

/* ---- the request --------------------------------------------------------------------------- */

/* The beginning that every HTTP/2 client sends (RFC 9113 3.4), with an empty SETTINGS frame. */
static void write_h2(struct buf *out)
{
    static const char preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";
    buf_put(out, preface, sizeof(preface) - 1);
}

static bool is_h2(const struct layer *l)
{
    return strcmp(l->run->p->outcome.alpn, "h2") == 0;
}

static void write_request(struct layer *l)
{
    const struct settings *s = &l->run->p->settings;
    struct buf *out = &l->talk.request;
    if (!talk_is_agreed(l))
        http_request_write(out, s, PORT_HTTP);
    else if (s->send_nothing)
        return;
    else if (is_h2(l))
        write_h2(out);
    else
        http_request_write(out, s, PORT_HTTPS);
}

static void begin(struct layer *l)
{
    struct talk *t = &l->talk;
    if (t->has_begun)
        return;
    t->has_begun = true;
    buf_init(&t->request, HTTP_REQUEST_MAX);
    buf_init(&t->answer, HTTP_ANSWER_MAX + 1);
    write_request(l);
    l->run->ev->no_memory |= t->request.failed; /* what comes of it says nothing about the site */
}

/* ---- the answer ---------------------------------------------------------------------------- */

static void read_answer(struct layer *l)
{
    struct outcome *o = &l->run->p->outcome;
    http_answer_read(buf_text(&l->talk.answer), l->talk.answer.len, o);
    /* By the real clock: the session, which knows of a pretended one, corrects it. */
    if (o->http_date)
        o->http_date_local = time(NULL);
}

/* The line is good: what came is read out, and the good-bye said. */
static enum turn answered(struct layer *l)
{
    read_answer(l);
    return talk_ends_well(l);
}

/* In the clear: what came, or nothing. */
static enum turn heard(struct layer *l, enum break_kind if_nothing)
{
    struct outcome *o = &l->run->p->outcome;
    const struct traffic *t = &l->traffic;
    if (!t->n_first)
        return run_ends(l->run, if_nothing);
    foreign_note(l);
    read_answer(l);
    if (o->protocol == PROTOCOL_HTTP)
        return run_ends(l->run, BREAK_NONE);
    if (t->n_first >= 7 && looks_like_tls(t) && t->first[0] == 21) {
        o->alert = t->first[6]; /* a TLS server's word on our plain request */
        return run_ends(l->run, BREAK_ALERT);
    }
    return run_ends(l->run, BREAK_NOT_TLS);
}

static enum turn take(struct layer *l, const void *data, size_t n)
{
    struct buf *answer = &l->talk.answer;
    if (talk_is_agreed(l))
        talk_note_data(l, n);
    assert(answer->len <= HTTP_ANSWER_MAX);
    size_t room = HTTP_ANSWER_MAX - answer->len;
    buf_put(answer, data, n < room ? n : room);
    l->run->ev->no_memory |= answer->failed;
    if (!is_h2(l) && !http_answer_is_enough(buf_text(answer), answer->len))
        return TURN_WAIT;
    return talk_is_agreed(l) ? answered(l) : heard(l, BREAK_SILENCE);
}

static enum turn ended(struct layer *l, enum break_kind how)
{
    if (!talk_is_agreed(l))
        return heard(l, how);
    return how == BREAK_NONE ? answered(l) : run_ends(l->run, how);
}

/* ---- the layer ------------------------------------------------------------------------------ */

static enum turn http_step(struct layer *l)
{
    static const struct talk_hearing hearing = {take, ended};
    begin(l);
    enum turn turn = talk_ask(l);
    return turn == TURN_UP ? talk_hear(l, &hearing) : turn;
}

static unsigned http_wait_ms(const struct layer *l)
{
    return talk_is_agreed(l) ? talk_reply_wait_ms(l) : l->run->timeout_ms;
}

/* A server may wait for more than we say, and be healthy: silence after the handshake is fine. */
static void http_late(struct layer *l)
{
    if (!talk_is_agreed(l))
        heard(l, BREAK_SILENCE);
    else if (!talk_ends_by_lost_send(l))
        answered(l);
}

const struct layer_ops layer_http = {
    .name = "http",
    .step = http_step,
    .wait_ms = http_wait_ms,
    .late = http_late,
    .events = talk_events,
    .fini = talk_fini,
};
