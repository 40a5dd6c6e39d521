/*
 * lab_play.c - plays one connection by the scenario's behaviours, in simple blocking code: it runs
 * in a process of its own. Uses sockets; TLS itself is in lab_tls.c. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/endpoint.h"
#include "whytls/text.h"

enum { LONGEST_RECORD = 5 + 16384, LONGEST_ANSWER = 8192 };

static void send_all(int fd, const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n > 0) {
        ssize_t sent = send(fd, at, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        at += sent;
        n -= (size_t)sent;
    }
}

static void read_to_end(int fd)
{
    char sink[4096];
    while (recv(fd, sink, sizeof sink, 0) > 0)
        ;
}

/* A FIN, not a RST: Linux sends RST for a close with bytes unread, so all of them are read first.
 */
static void hang_up(int fd)
{
    shutdown(fd, SHUT_WR);
    read_to_end(fd);
}

static void cut(int fd)
{
    const struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

static void send_alert(int fd, uint8_t description)
{
    enum { CONTENT_ALERT = 21, LEVEL_FATAL = 2 };
    const uint8_t record[] = {CONTENT_ALERT, 3, 1, 0, 2, LEVEL_FATAL, description};
    send_all(fd, record, sizeof record);
}

/* Reads an HTTP request's head in the clear; what came, up to size. */
static size_t read_request(int fd, char *request, size_t size)
{
    size_t n = 0;
    while (n < size && !page_request_is_whole(request, n)) {
        ssize_t got = recv(fd, request + n, size - n, 0);
        if (got <= 0)
            break;
        n += (size_t)got;
        if (request[0] < 'A' || request[0] > 'Z')
            break; /* not HTTP: a TLS hello has no blank line to wait for */
    }
    return n;
}

static void play_page(const struct connection *v, const struct page *page)
{
    char answer[LONGEST_ANSWER];
    send_all(v->fd, answer,
             page_write(page, scenario_clock(v->endpoint->scenario), answer, sizeof answer));
    hang_up(v->fd);
}

/* What a web server says to one who speaks the wrong language. */
static void play_bad_request(const struct connection *v)
{
    static const struct page bad = {
        .status = 400, .reason = "Bad Request", .title = "400 Bad Request"};
    play_page(v, &bad);
}

static void play_http(struct connection *v)
{
    char request[4096];
    size_t n = read_request(v->fd, request, sizeof request);
    if (n == 0)
        return;
    if (request[0] >= 'A' && request[0] <= 'Z')
        play_page(v, &v->endpoint->scenario->server.page);
    else
        play_bad_request(v);
}

/* Each of them may be empty, which is a 404 again. */
static const struct blob *thing_at(const struct connection *v, enum page_fetch what)
{
    const struct forged *f = &v->endpoint->chains[0];
    switch (what) {
    case FETCH_THE_OCSP:
        return &f->ocsp;
    case FETCH_THE_CRL:
        return &f->crl;
    case FETCH_THE_CRL_ABOVE:
        return &f->above;
    default:
        break;
    }
    int which = what == FETCH_UPPER ? FORGED_UPPER : FORGED_INTERMEDIATE;
    return v->endpoint->scenario->chains[0].aia == LAB_AIA_SERVED ? &f->der[which] : NULL;
}

static void play_aia(struct connection *v)
{
    char request[4096];
    char answer[LONGEST_ANSWER];
    size_t n = read_request(v->fd, request, sizeof request);
    if (n == 0)
        return;
    const struct blob *thing = thing_at(v, page_fetch_of(request, n));
    send_all(v->fd, answer, page_write_bytes(thing, answer, sizeof answer));
    hang_up(v->fd);
}

static void play_talker(struct connection *v)
{
    const struct server_recipe *server = &v->endpoint->scenario->server;
    char heard[4096];
    send_all(v->fd, server->greeting, strlen(server->greeting));
    if (recv(v->fd, heard, sizeof heard, 0) <= 0)
        return;
    send_all(v->fd, server->reply, strlen(server->reply));
    hang_up(v->fd);
}

static bool behaviour_fits(const struct behaviour *behaviour, const struct connection *v)
{
    switch (behaviour->when) {
    case WHEN_NEVER:
        return false;
    case WHEN_ALWAYS:
        return true;
    case WHEN_FIRST_ADDRESS:
        return v->listener == LISTENER_FIRST_ADDRESS;
    case WHEN_ODD_TURN:
        return v->turn % 2 == 1;
    case WHEN_NO_NAME:
        return v->hello.name[0] == '\0';
    case WHEN_NAME_IS:
        return text_equal_nocase(v->hello.name, behaviour->name);
    case WHEN_LONGER_THAN:
        return v->hello.bytes > behaviour->bytes;
    case WHEN_OFFERS_TLS13:
        return v->hello.newest >= 0x0304;
    }
    return false;
}

static struct behaviour behaviour_for(const struct connection *v)
{
    const struct behaviour *behaviours = v->endpoint->scenario->server.behaviours;
    for (size_t i = 0; i < SCENARIO_MAX_BEHAVIOURS; i++)
        if (behaviour_fits(&behaviours[i], v))
            return behaviours[i];
    return (struct behaviour){.conduct = CONDUCT_SERVE};
}

/*
 * Looks at the first record and leaves it in the socket for GnuTLS. False where the client left or
 * does not speak TLS; what it said instead has been answered then.
 */
static bool peek_hello(struct connection *v)
{
    uint8_t record[LONGEST_RECORD];
    if (recv(v->fd, record, 5, MSG_PEEK | MSG_WAITALL) != 5)
        return false;
    if (record[0] != 22) {
        play_bad_request(v);
        return false;
    }
    size_t n = 5 + (size_t)(record[3] << 8 | record[4]);
    if (n > sizeof record || recv(v->fd, record, n, MSG_PEEK | MSG_WAITALL) != (ssize_t)n)
        return false;
    hello_parse(record, n, &v->hello);
    return true;
}

static void play_tls(struct connection *v)
{
    if (!peek_hello(v))
        return;
    const struct behaviour behaviour = behaviour_for(v);
    switch (behaviour.conduct) {
    case CONDUCT_SERVE:
        tls_serve(v);
        break;
    case CONDUCT_ALERT:
        send_alert(v->fd, behaviour.alert);
        hang_up(v->fd);
        break;
    case CONDUCT_CLOSE:
        hang_up(v->fd);
        break;
    case CONDUCT_RESET:
        cut(v->fd);
        break;
    case CONDUCT_SILENT:
        read_to_end(v->fd);
        break;
    }
}

void play_connection(struct connection *v)
{
    if (v->listener == LISTENER_AIA)
        play_aia(v);
    else if (v->endpoint->scenario->server.serves == SERVES_HTTP)
        play_http(v);
    else if (v->endpoint->scenario->server.serves == SERVES_BANNER)
        play_talker(v);
    else
        play_tls(v);
}
