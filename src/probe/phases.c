/*
 * phases.c - what a probe does in each phase, a row each: its step, its longest silence, and what
 * that silence means. Every step is short and never waits. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "ending.h"
#include "http.h"
#include "run.h"
#include "whytls/text.h"

enum {
    REPLY_LEAST_MS = 1000,
    REPLY_FACTOR = 4,
    LISTEN_MS = 2000,
    LINGER_MS = 300,
    PORT_HTTPS = 443,
    PORT_HTTP = 80,
};

static enum phase ends_by_errno(struct probe_run *run, int error)
{
    run->p->outcome.system_error = error;
    return run_ends(run, transport_break_of(error));
}

/* ---- start, connect ------------------------------------------------------------------------ */

static bool parse_address(const struct settings *s, struct sockaddr_storage *sa, socklen_t *n)
{
    const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
                                   .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    char port[8];
    snprintf(port, sizeof(port), "%u", (unsigned)s->port);
    if (!s->address[0] || getaddrinfo(s->address, port, &hints, &found) != 0)
        return false;
    memcpy(sa, found->ai_addr, found->ai_addrlen);
    *n = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

/* What can go wrong on our side goes wrong here, before the server is troubled. */
static enum phase step_start(struct probe_run *run)
{
    const struct settings *s = &run->p->settings;
    struct sockaddr_storage sa;
    socklen_t sa_n;
    int one = 1;
    if (!parse_address(s, &sa, &sa_n))
        return run_ends(run, BREAK_FAILED);
    if (s->speak == SPEAK_TLS) {
        int rc = tls_init(&run->tls, &run->line, run->ev, &run->log, run->secrets);
        if (rc < 0) {
            run->p->outcome.library_error = rc;
            return run_ends(run, BREAK_FAILED);
        }
    }
    timeline_reach(&run->log, STAGE_CONNECT);
    run->line.fd = socket(sa.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (run->line.fd < 0)
        return ends_by_errno(run, errno);
    setsockopt(run->line.fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    if (connect(run->line.fd, (struct sockaddr *)&sa, sa_n) < 0 && errno != EINPROGRESS)
        return ends_by_errno(run, errno);
    run_enter(run, PHASE_CONNECT); /* not by return: its step needs the socket to be ready */
    return PHASE_CONNECT;
}

static enum phase step_connect(struct probe_run *run)
{
    const struct settings *s = &run->p->settings;
    int error = 0;
    socklen_t n = sizeof(error);
    /* The only place where SO_ERROR is read: reading it takes the error away from recv. */
    if (getsockopt(run->line.fd, SOL_SOCKET, SO_ERROR, &error, &n) < 0)
        error = errno;
    /* A reset can only come where the line was up: it is what a failed send would have told, and
     * what the server said before it may still wait. (Before that, a reset means refused.) */
    if (error == ECONNRESET)
        run->line.send_errno = error;
    else if (error)
        return ends_by_errno(run, error);
    struct event e = {.kind = EVENT_CONNECTED, .number = s->port};
    text_clean_str_marked(e.text, sizeof(e.text), s->address);
    timeline_note(&run->log, e);
    timeline_reach(&run->log, STAGE_HELLO);
    run->hello_ms = timeline_now_ms(&run->log);
    if (s->speak == SPEAK_TLS)
        return PHASE_HANDSHAKE;
    if (s->speak == SPEAK_WAIT_FOR_BANNER)
        return PHASE_HEAR;
    http_request_write(&run->request, s, PORT_HTTP);
    return PHASE_TALK;
}

/* ---- handshake ----------------------------------------------------------------------------- */

static enum phase tls_broke(struct probe_run *run, int rc)
{
    struct outcome *o = &run->p->outcome;
    o->library_error = rc;
    if (rc == GNUTLS_E_FATAL_ALERT_RECEIVED)
        o->alert = tls_take_alert(&run->tls, true);
    else if (rc == GNUTLS_E_SESSION_EOF)
        o->alert = GNUTLS_A_CLOSE_NOTIFY;
    else if (run->line.plain_alert >= 0) /* it came in the clear where GnuTLS expected it sealed */
        o->alert = run->line.plain_alert;
    struct ending e = ending_of(rc, o, &run->line);
    if (e.how == BREAK_NOT_TLS)
        return PHASE_LINGER;
    if (e.how == BREAK_WE_REFUSED || e.how == BREAK_GARBLED)
        tls_send_alert_for(&run->tls, rc);
    return run_finish(run, e.how, e.refused_for);
}

/* The beginning that every HTTP/2 client sends (RFC 9113 3.4), with an empty SETTINGS frame. */
static void write_h2(struct buf *out)
{
    static const char preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";
    buf_put(out, preface, sizeof(preface) - 1);
}

static enum phase handshake_done(struct probe_run *run)
{
    const struct settings *s = &run->p->settings;
    if (run->has_renegotiated)
        return PHASE_REQUEST;
    run->handshake_ms = timeline_now_ms(&run->log) - run->hello_ms;
    tls_take_results(&run->tls);
    timeline_reach(&run->log, STAGE_REPLY);
    if (s->send_nothing)
        return PHASE_REQUEST;
    if (s->service == SERVICE_HTTPS && strcmp(run->p->outcome.alpn, "h2") == 0)
        write_h2(&run->request);
    else if (s->service == SERVICE_HTTPS)
        http_request_write(&run->request, s, PORT_HTTPS);
    return PHASE_REQUEST;
}

static enum phase step_handshake(struct probe_run *run)
{
    for (int i = 0; i < STEPS_AT_ONCE; i++) {
        int rc = gnutls_handshake(run->tls.session);
        if (rc == GNUTLS_E_SUCCESS)
            return handshake_done(run);
        if (rc == GNUTLS_E_AGAIN || rc == GNUTLS_E_INTERRUPTED)
            return PHASE_HANDSHAKE;
        if (rc == GNUTLS_E_WARNING_ALERT_RECEIVED)
            tls_take_alert(&run->tls, false);
        else if (rc == GNUTLS_E_GOT_APPLICATION_DATA) /* only in a renegotiation */
            return PHASE_ANSWER;
        else if (gnutls_error_is_fatal(rc))
            return tls_broke(run, rc);
    }
    return PHASE_HANDSHAKE;
}

/* ---- request and answer --------------------------------------------------------------------- */

/* The line is good: what came is read out, and the good-bye said. */
static enum phase answered(struct probe_run *run)
{
    struct outcome *o = &run->p->outcome;
    const struct settings *s = &run->p->settings;
    if (s->service == SERVICE_HTTPS && run->answer.len)
        http_answer_read(buf_text(&run->answer), run->answer.len, o);
    /* By the real clock: the session, which knows of a pretended one, corrects it. */
    if (o->http_date)
        o->http_date_local = time(NULL);
    if (!run->line.has_ended)
        tls_send_close_notify(&run->tls);
    return run_ends(run, BREAK_NONE);
}

static enum phase step_request(struct probe_run *run)
{
    while (run->n_sent < run->request.len) {
        ssize_t n = gnutls_record_send(run->tls.session, run->request.data + run->n_sent,
                                       run->request.len - run->n_sent);
        if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
            return PHASE_REQUEST;
        if (n < 0)
            return tls_broke(run, (int)n);
        run->n_sent += (size_t)n;
        timeline_note_bytes(&run->log, EVENT_DATA, DIRECTION_OUT, (size_t)n);
    }
    return PHASE_ANSWER;
}

static enum phase take_data(struct probe_run *run, const void *data, size_t n)
{
    const struct settings *s = &run->p->settings;
    timeline_reach(&run->log, STAGE_DONE);
    timeline_note_bytes(&run->log, EVENT_DATA, DIRECTION_IN, n);
    assert(run->answer.len <= HTTP_ANSWER_MAX);
    size_t room = HTTP_ANSWER_MAX - run->answer.len;
    buf_put(&run->answer, data, n < room ? n : room);
    bool is_http = s->service == SERVICE_HTTPS && strcmp(run->p->outcome.alpn, "h2") != 0;
    if (!is_http || http_answer_is_enough(buf_text(&run->answer), run->answer.len))
        return answered(run);
    return PHASE_ANSWER;
}

/*
 * The line ended after the handshake, without a close_notify. In TLS 1.3 we are done before the
 * server has judged our certificate: only what it sends after that confirms the handshake.
 */
static enum phase answer_cut(struct probe_run *run, int rc)
{
    const struct outcome *o = &run->p->outcome;
    enum break_kind how = transport_how_it_ended(&run->line);
    bool is_confirmed = o->version < 0x0304 || o->ticket_seen;
    if (o->stage == STAGE_DONE || (how == BREAK_CLOSED && is_confirmed))
        return answered(run);
    run->p->outcome.library_error = rc;
    return run_ends(run, how);
}

static enum phase answer_event(struct probe_run *run, int rc)
{
    if (rc == GNUTLS_E_WARNING_ALERT_RECEIVED) {
        tls_take_alert(&run->tls, false);
        return PHASE_ANSWER;
    }
    if (rc == GNUTLS_E_REHANDSHAKE && !run->has_renegotiated) {
        run->has_renegotiated = true; /* some servers ask for a certificate only now */
        return PHASE_HANDSHAKE;
    }
    if (rc == GNUTLS_E_REAUTH_REQUEST && !run->has_renegotiated) {
        run->has_renegotiated = true; /* the same in TLS 1.3: our answer fits into one record */
        rc = gnutls_reauth(run->tls.session, 0);
        if (rc == GNUTLS_E_SUCCESS)
            return PHASE_ANSWER;
    }
    if (!gnutls_error_is_fatal(rc))
        return PHASE_ANSWER;
    if (run->line.has_ended && rc != GNUTLS_E_FATAL_ALERT_RECEIVED)
        return answer_cut(run, rc);
    if (run->p->outcome.stage == STAGE_DONE)
        return answered(run);
    return tls_broke(run, rc);
}

static enum phase step_answer(struct probe_run *run)
{
    char data[4096];
    for (int i = 0; i < STEPS_AT_ONCE || gnutls_record_check_pending(run->tls.session); i++) {
        ssize_t n = gnutls_record_recv(run->tls.session, data, sizeof(data));
        enum phase next = PHASE_ANSWER;
        if (n > 0)
            next = take_data(run, data, (size_t)n);
        else if (n == 0)
            next = answered(run); /* close_notify: said under the new keys, so the server agreed */
        else if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
            return PHASE_ANSWER;
        else
            next = answer_event(run, (int)n);
        if (next != PHASE_ANSWER)
            return next;
    }
    return PHASE_ANSWER;
}

/* ---- the table ------------------------------------------------------------------------------ */

static void late_silent(struct probe_run *run)
{
    /* A send that failed for good and was hidden explains the silence better. */
    if (run->line.send_errno)
        ends_by_errno(run, run->line.send_errno);
    else
        run_ends(run, BREAK_SILENCE);
}

/* A server may wait for more than we say, and be healthy: silence after the handshake is fine. */
static void late_answered(struct probe_run *run)
{
    if (run->line.send_errno && run->p->outcome.stage < STAGE_DONE)
        ends_by_errno(run, run->line.send_errno);
    else
        answered(run);
}

static void late_heard(struct probe_run *run)
{
    plain_heard(run, BREAK_SILENCE);
}

static unsigned at_most(const struct probe_run *run, uint64_t ms)
{
    return ms < run->timeout_ms ? (unsigned)ms : run->timeout_ms;
}

static unsigned wait_whole(const struct probe_run *run)
{
    return run->timeout_ms;
}

static unsigned wait_reply(const struct probe_run *run)
{
    uint64_t ms = run->handshake_ms * REPLY_FACTOR;
    return at_most(run, ms > REPLY_LEAST_MS ? ms : REPLY_LEAST_MS);
}

static unsigned wait_hear(const struct probe_run *run)
{
    return run->p->settings.speak == SPEAK_WAIT_FOR_BANNER ? at_most(run, LISTEN_MS)
                                                           : run->timeout_ms;
}

static unsigned wait_linger(const struct probe_run *run)
{
    return at_most(run, LINGER_MS);
}

struct phase_row {
    enum phase (*step)(struct probe_run *run);
    unsigned (*wait_ms)(const struct probe_run *run);
    void (*late)(struct probe_run *run);
    int events; /* 0: as GnuTLS says */
};

static const struct phase_row rows[] = {
    [PHASE_START] = {step_start, wait_whole, late_silent, UV_WRITABLE},
    [PHASE_CONNECT] = {step_connect, wait_whole, late_silent, UV_WRITABLE},
    [PHASE_HANDSHAKE] = {step_handshake, wait_whole, late_silent, 0},
    [PHASE_REQUEST] = {step_request, wait_reply, late_answered, UV_WRITABLE},
    [PHASE_ANSWER] = {step_answer, wait_reply, late_answered, UV_READABLE},
    [PHASE_TALK] = {plain_talk, wait_whole, late_silent, UV_WRITABLE},
    [PHASE_HEAR] = {plain_hear, wait_hear, late_heard, UV_READABLE},
    [PHASE_LINGER] = {plain_linger, wait_linger, late_heard, UV_READABLE},
};

enum phase phase_step(struct probe_run *run)
{
    assert(run->phase < PHASE_OVER);
    return rows[run->phase].step(run);
}

void phase_is_late(struct probe_run *run)
{
    if (run->phase == PHASE_OVER)
        return;
    run_trace(run, "its time in this phase is up");
    rows[run->phase].late(run);
}

unsigned phase_wait_ms(const struct probe_run *run)
{
    assert(run->phase < PHASE_OVER);
    return rows[run->phase].wait_ms(run);
}

int phase_events(const struct probe_run *run)
{
    assert(run->phase < PHASE_OVER);
    if (rows[run->phase].events)
        return rows[run->phase].events;
    return gnutls_record_get_direction(run->tls.session) ? UV_WRITABLE : UV_READABLE;
}
