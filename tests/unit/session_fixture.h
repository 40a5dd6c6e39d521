/*
 * session_fixture.h - for tests of src/session: a session over a scenario of the practice lab, or
 * over servers of the test's own, and a sink that writes down what it was told, in order. Uses
 * session, lab and cmocka.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_SESSION_FIXTURE_H
#define WHYTLS_TESTS_SESSION_FIXTURE_H

#include "unit/probe_servers.h"

#include <gnutls/gnutls.h>

#include "whytls/lab.h"
#include "whytls/session.h"
#include "whytls/walk.h"

/* One at a time: they are large. */
struct watched {
    uv_loop_t loop;
    struct lab *lab; /* NULL: servers of the test's own */
    struct request request;
    struct session *session;
    size_t n_changes, n_done;
    bool was_done_first; /* on_done came before any on_change */
    size_t most_running; /* probes under way at once */
};

static inline size_t running_in(const struct evidence *ev)
{
    size_t n = 0;
    for (size_t i = 0; i < ev->n_probes; i++)
        n += !ev->probes[i].outcome.finished;
    return n;
}

static inline void note_change(void *ctx)
{
    struct watched *w = ctx;
    w->n_changes++;
    if (!w->session)
        return;
    size_t n = running_in(session_evidence(w->session));
    w->most_running = n > w->most_running ? n : w->most_running;
}

static inline void note_all_done(void *ctx)
{
    struct watched *w = ctx;
    w->was_done_first = w->was_done_first || w->n_changes == 0;
    w->n_done++;
    assert_true(session_is_done(w->session));
}

/* The request is filled in already. */
static inline void watch_begin(struct watched *w)
{
    const struct session_sink sink = {.on_change = note_change, .on_done = note_all_done, .ctx = w};
    char error[160];
    assert_int_equal(uv_loop_init(&w->loop), 0);
    w->session = session_new(&w->loop, &w->request, &sink, error, sizeof(error));
    if (!w->session)
        fail_msg("%s", error);
}

/* A scenario of the lab: to be begun. */
static inline struct watched *watched_lab(const char *name)
{
    char error[200] = "";
    struct watched *w = calloc(1, sizeof(*w));
    assert_non_null(w);
    signal(SIGPIPE, SIG_IGN);
    w->lab = lab_start(name, &w->request, error, sizeof(error));
    if (!w->lab)
        fail_msg("%s: %s", name, error);
    return w;
}

static inline struct watched *watch_lab(const char *name)
{
    struct watched *w = watched_lab(name);
    watch_begin(w);
    return w;
}

/* A site at this port of loopback, with no trust list of this computer's in play: to be begun. */
static inline struct watched *watched_port(uint16_t port)
{
    struct watched *w = calloc(1, sizeof(*w));
    assert_non_null(w);
    signal(SIGPIPE, SIG_IGN);
    struct target *t = &w->request.target;
    assert_true(text_copy(t->typed, sizeof(t->typed), "shop.example"));
    assert_true(text_copy(t->host, sizeof(t->host), "shop.example"));
    assert_true(text_copy(t->ascii, sizeof(t->ascii), "shop.example"));
    t->port = 443;
    t->connect_port = port;
    w->request.pretend.anchors_set = w->request.pretend.resolution_set = true;
    w->request.pretend.n_addresses = 1;
    assert_true(text_copy(w->request.pretend.addresses[0], SETTINGS_ADDRESS_SIZE, "127.0.0.1"));
    return w;
}

/* Until it is done, and tells that once more than before. */
static inline void watch_to_end(struct watched *w)
{
    size_t before = w->n_done;
    while (w->n_done == before)
        assert_true(uv_run(&w->loop, UV_RUN_ONCE) || w->n_done > before);
}

/* Until there are so many probes, finished or not. */
static inline void watch_until_probes(struct watched *w, size_t n)
{
    while (session_evidence(w->session)->n_probes < n) {
        assert_false(session_is_done(w->session));
        uv_run(&w->loop, UV_RUN_ONCE);
    }
}

/* All that is due now, and nothing that has to be waited for. */
static inline void watch_a_moment(struct watched *w)
{
    for (int i = 0; i < 20; i++)
        uv_run(&w->loop, UV_RUN_NOWAIT);
}

/* Frees all, and holds that nothing of the session is left on the loop. */
static inline void watch_free(struct watched *w)
{
    session_free(w->session);
    uv_run(&w->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&w->loop), 0);
    lab_stop(w->lab);
    free(w);
}

static inline const struct evidence *evidence_of(const struct watched *w)
{
    return session_evidence(w->session);
}

/* The causes of the verdict by slug, separated by spaces; "works" where that is the verdict. */
static inline void watch_verdict(const struct watched *w, char *out, size_t out_size)
{
    const struct walk *walk = session_walk(w->session);
    const struct diagnosed *list;
    size_t n = walk_verdict(walk, &list);
    out[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        size_t have = strlen(out);
        snprintf(out + have, out_size - have, "%s%s", i ? " " : "", list[i].cause->slug);
    }
}

#endif
