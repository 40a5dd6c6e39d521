/*
 * transport.c - push and pull for GnuTLS over a non-blocking socket, with a log. See transport.h.
 * Fuzzed by fuzz_handshake.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "transport.h"

enum {
    RECORD_CHANGE_CIPHER_SPEC = 20,
    RECORD_ALERT = 21,
    RECORD_HEARTBEAT = 24,
    LEVEL_FATAL = 2,
};

void transport_init(struct transport *t, struct timeline *log)
{
    *t = (struct transport){.fd = -1, .log = log, .plain_alert = -1};
}

/* ---- what goes by -------------------------------------------------------------------------- */

static void record_end(struct transport *t, struct record_view *v, enum direction d)
{
    if (v->header[0] == RECORD_CHANGE_CIPHER_SPEC)
        timeline_note_cipher_change(t->log, d, v->n_body);
    /* Encrypted alerts are longer than two bytes, so a two-byte one is in the clear. */
    bool is_plain_alert =
        v->header[0] == RECORD_ALERT && v->header[3] == 0 && v->header[4] == 2 && v->n_body == 2;
    if (d == DIRECTION_IN && is_plain_alert && v->body[0] == LEVEL_FATAL)
        t->plain_alert = v->body[1];
    *v = (struct record_view){0};
}

static void record_follow(struct transport *t, struct record_view *v, enum direction d,
                          const uint8_t *bytes, size_t n)
{
    while (n) {
        if (v->n_header < sizeof(v->header)) {
            v->header[v->n_header++] = *bytes++;
            n--;
            if (v->n_header == sizeof(v->header))
                v->left = (size_t)v->header[3] << 8 | v->header[4];
        } else {
            size_t part = n < v->left ? n : v->left;
            assert(part > 0); /* a record with no body was ended with its header */
            for (size_t i = 0; i < part && v->n_body < sizeof(v->body); i++)
                v->body[v->n_body++] = bytes[i];
            bytes += part;
            n -= part;
            v->left -= part;
        }
        if (v->n_header == sizeof(v->header) && !v->left)
            record_end(t, v, d);
    }
}

static void note_in(struct transport *t, const uint8_t *bytes, size_t n)
{
    struct outcome *o = &t->log->p->outcome;
    size_t room = sizeof(o->first_bytes) - o->n_first_bytes;
    size_t keep = n < room ? n : room;
    memcpy(o->first_bytes + o->n_first_bytes, bytes, keep);
    o->n_first_bytes += keep;
    o->bytes_in += n;
    if (t->session)
        record_follow(t, &t->in, DIRECTION_IN, bytes, n);
}

/* ---- receive -------------------------------------------------------------------------------- */

ssize_t transport_receive(struct transport *t, void *data, size_t n)
{
    ssize_t got;
    do
        got = recv(t->fd, data, n, 0);
    while (got < 0 && errno == EINTR);
    if (got > 0) {
        note_in(t, data, (size_t)got);
    } else if (got == 0) {
        t->has_ended = true;
    } else if (errno != EAGAIN && errno != EWOULDBLOCK) {
        t->has_ended = true;
        t->recv_errno = errno;
    }
    return got;
}

/* ---- send ----------------------------------------------------------------------------------- */

/*
 * GnuTLS writes the lowest version on offer into the first record, so that a change of the versions
 * would change two things at once; every other client writes 0301 there (RFC 8446 5.1). The record
 * header is not part of the transcript: it may be rewritten.
 */
static ssize_t send_patched(struct transport *t, const uint8_t *data, size_t n)
{
    uint8_t head[5];
    assert(t->patched < sizeof(head));
    size_t head_n = sizeof(head) - t->patched < n ? sizeof(head) - t->patched : n;
    memcpy(head, data, head_n);
    for (size_t i = 0; i < head_n; i++)
        if (t->patched + i == 1 || t->patched + i == 2)
            head[i] = t->patched + i == 1 ? 0x03 : 0x01;
    struct iovec parts[] = {{.iov_base = head, .iov_len = head_n},
                            {.iov_base = (void *)(data + head_n), .iov_len = n - head_n}};
    struct msghdr m = {.msg_iov = parts, .msg_iovlen = 2};
    ssize_t sent = sendmsg(t->fd, &m, MSG_NOSIGNAL);
    if (sent > 0)
        t->patched += (size_t)sent < head_n ? (size_t)sent : head_n;
    return sent;
}

ssize_t transport_send(struct transport *t, const void *data, size_t n)
{
    if (t->send_errno)
        return (ssize_t)n;
    ssize_t sent;
    do
        sent = t->session && t->patched < 5 ? send_patched(t, data, n)
                                            : send(t->fd, data, n, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return -1;
    if (sent < 0) {
        /* What the server said last may still wait unread; an error here would keep GnuTLS from
         * reading it (TLS 1.3 over a reset: every stage after ServerHello was lost, measured). */
        t->send_errno = errno;
        return (ssize_t)n;
    }
    t->log->p->outcome.bytes_out += (uint64_t)sent;
    if (t->session)
        record_follow(t, &t->out, DIRECTION_OUT, data, (size_t)sent);
    return sent;
}

/* ---- GnuTLS's side -------------------------------------------------------------------------- */

static ssize_t pull(gnutls_transport_ptr_t ptr, void *data, size_t n)
{
    struct transport *t = ptr;
    ssize_t got = transport_receive(t, data, n);
    if (got < 0)
        gnutls_transport_set_errno(t->session, errno);
    return got;
}

static ssize_t push(gnutls_transport_ptr_t ptr, const void *data, size_t n)
{
    struct transport *t = ptr;
    ssize_t sent = transport_send(t, data, n);
    if (sent < 0)
        gnutls_transport_set_errno(t->session, errno);
    return sent;
}

/* Must be set: the default one would select() on our pointer as if it were a descriptor. */
static int pull_timeout(gnutls_transport_ptr_t ptr, unsigned ms)
{
    (void)ptr;
    (void)ms;
    return 1;
}

void transport_attach(struct transport *t, gnutls_session_t session)
{
    t->session = session;
    gnutls_transport_set_ptr(session, t);
    gnutls_transport_set_pull_function(session, pull);
    gnutls_transport_set_push_function(session, push);
    gnutls_transport_set_pull_timeout_function(session, pull_timeout);
}

/* ---- how it ended ---------------------------------------------------------------------------- */

bool transport_looks_like_tls(const struct outcome *o)
{
    const uint8_t *b = o->first_bytes;
    if (o->n_first_bytes >= 1 && (b[0] < RECORD_CHANGE_CIPHER_SPEC || b[0] > RECORD_HEARTBEAT))
        return false;
    if (o->n_first_bytes >= 2 && b[1] != 3)
        return false;
    return o->n_first_bytes < 3 || b[2] <= 4;
}

enum break_kind transport_break_of(int error)
{
    static const struct {
        int error;
        enum break_kind kind;
    } known[] = {
        {ECONNREFUSED, BREAK_REFUSED},
        {ENETUNREACH, BREAK_UNREACHABLE},
        {EHOSTUNREACH, BREAK_UNREACHABLE},
        {ENETDOWN, BREAK_UNREACHABLE},
        {EHOSTDOWN, BREAK_UNREACHABLE},
        {EADDRNOTAVAIL, BREAK_UNREACHABLE},
        {EPERM, BREAK_UNREACHABLE},
        {ENOPROTOOPT, BREAK_UNREACHABLE},
        {EPROTO, BREAK_UNREACHABLE},
        {ETIMEDOUT, BREAK_SILENCE},
        {ECONNRESET, BREAK_RESET},
        {ECONNABORTED, BREAK_RESET},
        {EPIPE, BREAK_CLOSED}, /* a FIN came first; the RST answers what we sent after it */
        {EAFNOSUPPORT, BREAK_UNREACHABLE},
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (known[i].error == error)
            return known[i].kind;
    return BREAK_FAILED;
}

enum break_kind transport_how_it_ended(const struct transport *t)
{
    /* A failed send has consumed the socket's error: the receive after it sees a mere end. */
    int error = t->recv_errno ? t->recv_errno : t->send_errno;
    return error ? transport_break_of(error) : BREAK_CLOSED;
}
