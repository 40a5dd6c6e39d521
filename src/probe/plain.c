/*
 * plain.c - the phases of a probe that speaks no TLS: it says its request in the clear, or only
 * listens, and finds out what is there.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <string.h>
#include <time.h>

#include "http.h"
#include "run.h"

/* Foreign bytes, or none: what they say. */
enum phase plain_heard(struct probe_run *run, enum break_kind if_nothing)
{
    struct outcome *o = &run->p->outcome;
    const uint8_t *first = o->first_bytes;
    enum speak speak = run->p->settings.speak;
    if (!o->n_first_bytes)
        return run_ends(run, if_nothing);
    timeline_note_bytes(&run->log, EVENT_BYTES, DIRECTION_IN, (size_t)o->bytes_in);
    o->protocol = banner_classify(first, o->n_first_bytes, o->banner, sizeof(o->banner));
    if (speak == SPEAK_TLS)
        return run_ends(run, BREAK_NOT_TLS);
    if (speak == SPEAK_WAIT_FOR_BANNER)
        return run_ends(run, BREAK_NONE);
    http_answer_read(buf_text(&run->answer), run->answer.len, o);
    if (o->http_date)
        o->http_date_local = time(NULL); /* as in answered() */
    if (o->protocol == PROTOCOL_HTTP)
        return run_ends(run, BREAK_NONE);
    if (o->n_first_bytes >= 7 && transport_looks_like_tls(o) && first[0] == 21) {
        o->alert = first[6]; /* a TLS server's word on our plain request */
        return run_ends(run, BREAK_ALERT);
    }
    return run_ends(run, BREAK_NOT_TLS);
}

enum phase plain_talk(struct probe_run *run)
{
    while (run->n_sent < run->request.len) {
        ssize_t n = transport_send(&run->line, run->request.data + run->n_sent,
                                   run->request.len - run->n_sent);
        if (n < 0)
            return PHASE_TALK;
        run->n_sent += (size_t)n;
        timeline_note_bytes(&run->log, EVENT_BYTES, DIRECTION_OUT, (size_t)n);
    }
    return PHASE_HEAR;
}

enum phase plain_hear(struct probe_run *run)
{
    char data[2048];
    for (int i = 0; i < STEPS_AT_ONCE; i++) {
        ssize_t n = transport_receive(&run->line, data, sizeof(data));
        if (run->line.has_ended)
            return plain_heard(run, transport_how_it_ended(&run->line));
        if (n < 0)
            return PHASE_HEAR;
        assert(run->answer.len <= HTTP_ANSWER_MAX);
        size_t room = HTTP_ANSWER_MAX - run->answer.len;
        buf_put(&run->answer, data, (size_t)n < room ? (size_t)n : room);
        if (run->p->settings.speak == SPEAK_WAIT_FOR_BANNER)
            return PHASE_LINGER;
        if (http_answer_is_enough(buf_text(&run->answer), run->answer.len))
            return plain_heard(run, BREAK_SILENCE);
    }
    return PHASE_HEAR;
}

/* In a binary greeting a byte 10 ends no line (MySQL's fifth byte is one). */
static bool has_line(const struct outcome *o)
{
    size_t head = o->n_first_bytes < 4 ? o->n_first_bytes : 4;
    return !memchr(o->first_bytes, 0, head) && memchr(o->first_bytes, '\n', o->n_first_bytes);
}

enum phase plain_linger(struct probe_run *run)
{
    struct outcome *o = &run->p->outcome;
    run->line.session = NULL; /* no records any more */
    while (o->n_first_bytes < sizeof(o->first_bytes) && !has_line(o)) {
        uint8_t data[EVIDENCE_FIRST_BYTES];
        ssize_t n = transport_receive(&run->line, data, sizeof(data) - o->n_first_bytes);
        if (run->line.has_ended)
            break;
        if (n < 0)
            return PHASE_LINGER;
    }
    return plain_heard(run, BREAK_CLOSED);
}
