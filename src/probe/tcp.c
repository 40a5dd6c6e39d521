/*
 * tcp.c - the lowest layer: opens the socket, and says how a line ended.
 * Fuzzed by fuzz_handshake.
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "ending.h"
#include "run.h"
#include "whytls/text.h"

/* ---- connecting ---------------------------------------------------------------------------- */

static bool parse_address(const struct hop *hop, struct tcp *tcp)
{
    const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
                                   .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    char port[8];
    snprintf(port, sizeof(port), "%u", (unsigned)hop->port);
    if (!hop->address[0] || getaddrinfo(hop->address, port, &hints, &found) != 0)
        return false;
    memcpy(&tcp->to, found->ai_addr, found->ai_addrlen);
    tcp->to_n = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

static bool tcp_prepare(struct layer *l)
{
    if (parse_address(l->hop, &l->tcp))
        return true;
    run_ends(l->run, BREAK_FAILED);
    return false;
}

static enum turn start(struct layer *l)
{
    struct probe_run *run = l->run;
    const struct tcp *tcp = &l->tcp;
    int one = 1;
    timeline_reach(&run->log, STAGE_CONNECT);
    run->fd = socket(tcp->to.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (run->fd < 0)
        return run_ends_by_errno(run, errno);
    setsockopt(run->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    if (connect(run->fd, (const struct sockaddr *)&tcp->to, tcp->to_n) < 0 && errno != EINPROGRESS)
        return run_ends_by_errno(run, errno);
    return TURN_WAIT; /* the rest needs the socket to be ready */
}

static enum turn connected(struct layer *l)
{
    struct probe_run *run = l->run;
    int error = 0;
    socklen_t n = sizeof(error);
    /* The only place where SO_ERROR is read: reading it takes the error away from recv. */
    if (getsockopt(run->fd, SOL_SOCKET, SO_ERROR, &error, &n) < 0)
        error = errno;
    /* A reset can only come where the line was up: it is what a failed send would have told, and
     * what the server said before it may still wait. (Before that, a reset means refused.) */
    if (error == ECONNRESET)
        l->end.send_errno = error;
    else if (error)
        return run_ends_by_errno(run, error);
    struct event e = {.kind = EVENT_CONNECTED, .number = l->hop->port};
    text_clean_str_marked(e.text, sizeof(e.text), l->hop->address);
    timeline_note(&run->log, e);
    timeline_reach(&run->log, STAGE_HELLO);
    return TURN_UP;
}

static enum turn tcp_step(struct layer *l)
{
    return l->run->fd < 0 ? start(l) : connected(l);
}

/* ---- carrying ------------------------------------------------------------------------------ */

static struct carried tcp_receive(struct layer *l, void *data, size_t n)
{
    ssize_t got;
    do
        got = recv(l->run->fd, data, n, 0);
    while (got < 0 && errno == EINTR);
    if (got > 0)
        return (struct carried){.what = CARRY_BYTES, .n = (size_t)got};
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return (struct carried){.what = CARRY_WAIT};
    l->end.has_ended = true;
    if (got < 0)
        l->end.recv_errno = errno;
    return (struct carried){
        .what = CARRY_END, .how = how_it_ended(&l->end), .error = got < 0 ? l->end.recv_errno : 0};
}

static size_t size_of(const struct iovec *parts, int n_parts)
{
    size_t n = 0;
    for (int i = 0; i < n_parts; i++)
        n += parts[i].iov_len;
    return n;
}

static struct carried tcp_send(struct layer *l, const struct iovec *parts, int n_parts)
{
    const struct carried lost = {.what = CARRY_LOST, .n = size_of(parts, n_parts)};
    struct msghdr m = {.msg_iov = (struct iovec *)parts, .msg_iovlen = (size_t)n_parts};
    ssize_t sent;
    if (l->end.send_errno)
        return lost;
    do
        sent = sendmsg(l->run->fd, &m, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    if (sent >= 0)
        return (struct carried){.what = CARRY_BYTES, .n = (size_t)sent};
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return (struct carried){.what = CARRY_WAIT};
    /* What the server said last may still wait unread; an error here would keep GnuTLS from
     * reading it (TLS 1.3 over a reset: every stage after ServerHello was lost, measured). */
    l->end.send_errno = errno;
    return lost;
}

/* ---- the layer ------------------------------------------------------------------------------ */

static unsigned tcp_wait_ms(const struct layer *l)
{
    return l->run->timeout_ms;
}

static void tcp_late(struct layer *l)
{
    run_is_silent(l->run);
}

static int tcp_events(const struct layer *l)
{
    (void)l;
    return UV_WRITABLE;
}

const struct layer_ops layer_tcp = {
    .name = "connect",
    .prepare = tcp_prepare,
    .step = tcp_step,
    .wait_ms = tcp_wait_ms,
    .late = tcp_late,
    .events = tcp_events,
    .receive = tcp_receive,
    .send = tcp_send,
};
