/*
 * probe_servers.h - for tests of src/probe: small scripted servers, each in a child on loopback,
 * and one probe run to its end. Uses sockets, probe and cmocka; nothing of src/lab.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_PROBE_SERVERS_H
#define WHYTLS_TESTS_PROBE_SERVERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "whytls/probe.h"
#include "whytls/text.h"

/* What a scripted server does with one connection; in the child. */
typedef void serve_fn(int fd);

enum { SERVERS_MAX = 64, PATIENCE_MS = 10000, IMPATIENCE_MS = 150 };

static pid_t servers_pids[SERVERS_MAX];
static size_t servers_n;

static inline void servers_stop(void)
{
    for (size_t i = 0; i < servers_n; i++) {
        kill(servers_pids[i], SIGKILL);
        waitpid(servers_pids[i], NULL, 0);
    }
    servers_n = 0;
}

static inline int listen_anywhere(uint16_t *port)
{
    struct sockaddr_in sa = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t n = sizeof(sa);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&sa, sizeof(sa)), 0);
    assert_int_equal(listen(fd, 32), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&sa, &n), 0);
    *port = ntohs(sa.sin_port);
    return fd;
}

/* Serves one connection after the other in a child. */
static inline uint16_t serve(serve_fn *act)
{
    uint16_t port;
    int listener = listen_anywhere(&port);
    assert_true(servers_n < SERVERS_MAX);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        signal(SIGPIPE, SIG_IGN);
        for (int fd; (fd = accept(listener, NULL, NULL)) >= 0; close(fd))
            act(fd);
        _exit(0);
    }
    servers_pids[servers_n++] = pid;
    close(listener);
    return port;
}

/* ---- what a server can do ----------------------------------------------------------------- */

static inline bool read_exactly(int fd, uint8_t *into, size_t n)
{
    for (size_t have = 0; have < n;) {
        ssize_t got = read(fd, into + have, n - have);
        if (got <= 0)
            return false;
        have += (size_t)got;
    }
    return true;
}

/* One whole record, header first; its length, or 0. */
static inline size_t read_record(int fd, uint8_t *into, size_t room)
{
    if (room < 5 || !read_exactly(fd, into, 5))
        return 0;
    size_t n = (size_t)into[3] << 8 | into[4];
    return n <= room - 5 && read_exactly(fd, into + 5, n) ? n + 5 : 0;
}

static inline void read_hello(int fd)
{
    uint8_t hello[20000];
    read_record(fd, hello, sizeof(hello));
}

static inline void say(int fd, const void *bytes, size_t n)
{
    if (write(fd, bytes, n) != (ssize_t)n)
        _exit(1);
}

/* Waits until the other side has closed, so that our close is no reset. */
static inline void wait_for_end(int fd)
{
    char scratch[4096];
    while (read(fd, scratch, sizeof(scratch)) > 0)
        ;
}

/* All that we said has been sent; nothing more comes. */
static inline void hang_up(int fd)
{
    shutdown(fd, SHUT_WR);
    wait_for_end(fd);
}

static inline void cut_off(int fd)
{
    struct linger now = {.l_onoff = 1};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

/* ---- one probe, to its end ---------------------------------------------------------------- */

struct tried {
    uv_loop_t loop;
    struct evidence *ev;
    struct probe *p;
    int n_done;
};

static inline void note_done(void *ctx, struct probe *p)
{
    struct tried *t = ctx;
    assert_ptr_equal(t->p, p);
    assert_true(p->outcome.finished);
    t->n_done++;
}

static inline struct settings settings_for(uint16_t port)
{
    const struct client *c = client_find("current");
    struct settings s = {.address = "127.0.0.1", .port = port, .server_name = "probe.test"};
    assert_non_null(c);
    memcpy(s.offers, c->offers, sizeof(s.offers));
    s.dh_min_bits = c->dh_min_bits;
    return s;
}

/* Free with try_free. Holds for every outcome: told once, an END event, first bytes bounded. */
static inline struct tried *try_settings(const struct settings *s, unsigned timeout_ms,
                                         const struct probe_secrets *secrets)
{
    struct tried *t = calloc(1, sizeof(*t));
    assert_non_null(t);
    const struct probe_sink sink = {.on_done = note_done, .ctx = t};
    assert_int_equal(uv_loop_init(&t->loop), 0);
    t->ev = evidence_new();
    assert_non_null(t->ev);
    t->p = evidence_add_probe(t->ev, s, 0);
    assert_non_null(probe_start(&t->loop, t->ev, t->p, timeout_ms, secrets, &sink));
    assert_int_equal(t->n_done, 0); /* never before probe_start has returned */
    uv_run(&t->loop, UV_RUN_DEFAULT);
    assert_int_equal(t->n_done, 1);
    assert_int_equal(uv_loop_close(&t->loop), 0); /* no handle is left */
    const struct outcome *o = &t->p->outcome;
    assert_int_equal(t->p->events[t->p->n_events - 1].kind, EVENT_END);
    assert_int_equal(t->p->events[t->p->n_events - 1].number, o->how);
    assert_true(o->success == (o->stage == STAGE_DONE && o->how == BREAK_NONE));
    assert_true(o->success == (probe_hop_that_broke(t->p) == HOP_COUNT));
    assert_true(o->n_first_bytes <= o->bytes_in);
    assert_true(text_is_clean(o->banner, strlen(o->banner)));
    return t;
}

static inline void try_free(struct tried *t)
{
    evidence_free(t->ev);
    free(t);
}

static inline bool has_event(const struct probe *p, enum event_kind kind, enum direction d,
                             int number)
{
    for (size_t i = 0; i < p->n_events; i++)
        if (p->events[i].kind == kind && p->events[i].direction == d &&
            p->events[i].number == number)
            return true;
    return false;
}

#define assert_ended(o, at, as)                                                                    \
    do {                                                                                           \
        assert_string_equal(break_id((o)->how), break_id(BREAK_##as));                             \
        assert_string_equal(stage_id((o)->stage), stage_id(STAGE_##at));                           \
    } while (0)

/* For cmocka. */
static inline int servers_tear_down(void **state)
{
    (void)state;
    servers_stop();
    return 0;
}

#endif
