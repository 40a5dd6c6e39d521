/*
 * session.c - a session from its beginning to its end, and what its sinks ask of it. What it does
 * in between is turn.c. It judges nothing. libuv.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "begin.h"
#include "from_file.h"
#include "session_parts.h"
#include "session_trace.h"
#include "whytls/text.h"
#include "whytls/trace.h"
#include "whytls/message.h"

static void on_stores(void *ctx)
{
    TRACE(SESSION, "the lists of other programs are read, or were too late");
    session_schedule(ctx);
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void close_free(uv_handle_t *handle)
{
    free(handle);
}

static bool start_turns(struct session *s)
{
    s->turn = calloc(1, sizeof(*s->turn));
    s->time_up = calloc(1, sizeof(*s->time_up));
    if (s->turn)
        uv_idle_init(s->loop, s->turn);
    if (s->time_up)
        uv_timer_init(s->loop, s->time_up);
    if (!s->turn || !s->time_up)
        return false;
    s->turn->data = s->time_up->data = s;
    return true;
}

static void cancel_all(struct session *s, const char *why)
{
    if (s->resolve || s->n_running > 0 || s->n_fetching > 0)
        TRACE(SESSION, "cancels %zu probes, %zu fetches%s: %s", s->n_running, s->n_fetching,
              s->resolve ? ", a look-up" : "", why);
    if (s->resolve)
        resolve_cancel(s->resolve);
    s->resolve = NULL;
    while (s->n_running > 0) /* on_probe_done takes it off the list */
        probe_cancel(s->running[s->n_running - 1].run);
    if (s->fetches)
        fetch_pool_free(s->fetches);
    s->fetches = NULL;
    s->n_fetching = 0;
    assert(s->n_running == 0 && !s->resolve);
}

/* What runs is cancelled, and the walk answers from what there is. The lists of authorities of this
 * computer cost no time: what was shown is judged by them. */
static void on_time_up(uv_timer_t *timer)
{
    struct session *s = timer->data;
    s->ev->time_up_ms = s->request.max_time_ms;
    cancel_all(s, "time is up");
    stores_let_be(&s->stores);
    session_match_anchors(s);
}

static void start_clock(struct session *s)
{
    uv_timer_stop(s->time_up);
    uv_update_time(s->loop);
    if (s->request.max_time_ms)
        uv_timer_start(s->time_up, on_time_up, s->request.max_time_ms, 0);
}

static bool session_begin(struct session *s, char *error, size_t error_size)
{
    struct evidence *ev = session_begin_evidence(&s->request);
    if (!ev)
        return false;
    evidence_free(s->ev);
    s->ev = ev;
    s->n_known_issuers = s->n_ruled = 0;
    s->is_done = s->is_comparing = false; /* whatever was asked of the case before is over */
    s->began_ns = uv_hrtime();
    stores_await(&s->stores);
    s->ev->target.from_file = s->request.chain != NULL;
    session_trace_begin(s);
    if (s->request.chain) {
        s->ev->offline = true;
        if (!add_chain_from_file(s->ev, s->request.chain, s->request.chain_len, error, error_size))
            return false;
        session_match_anchors(s);
    }
    walk(s->ev, &s->walk);
    start_clock(s);
    session_schedule(s);
    return true;
}

static bool read_tables(struct session *s, char *error, size_t error_size)
{
    s->issuers = issuer_table_read(getenv("WHYTLS_DATADIR"), error, error_size);
    if (!s->issuers)
        text_copy_cut(error, error_size, "");
    if (!s->issuers || s->request.pretend.anchors_set)
        return s->issuers != NULL;
    s->trust = trust_list_read(s->request.cacert, error, error_size);
    if (!s->trust && errno == ENOMEM)
        text_copy_cut(error, error_size, "");
    /* No system list is a finding, a --cacert that can't be read is the user's mistake. */
    return s->trust || (error[0] && !s->request.cacert);
}

struct session *session_new(uv_loop_t *loop, const struct request *r,
                            const struct session_sink *sink, char *error, size_t error_size)
{
    struct session *s = calloc(1, sizeof(*s));
    if (!s) {
        text_copy_cut(error, error_size, message("There is not enough memory"));
        errno = ENOMEM;
        return NULL;
    }
    s->loop = loop;
    s->request = *r;
    s->sink = *sink;
    s->is_live = true;
    s->stores = (struct stores_reader){.on_done = on_stores, .ctx = s};
    error[0] = '\0';
    if (read_tables(s, error, error_size) && start_turns(s) && session_begin(s, error, error_size))
        return s;
    bool no_memory = !error[0];
    if (no_memory)
        text_copy_cut(error, error_size, message("There is not enough memory"));
    session_free(s);
    errno = no_memory ? ENOMEM : EINVAL;
    return NULL;
}

struct session *session_from_case(struct evidence *take)
{
    struct session *s = calloc(1, sizeof(*s));
    if (!s) {
        evidence_free(take);
        return NULL;
    }
    s->ev = take;
    s->is_done = true;
    walk(s->ev, &s->walk);
    if (s->walk.conclusion == CONCLUSION_ASKING) { /* saved half done, or by another version */
        s->ev->stopped = true;
        walk(s->ev, &s->walk);
    }
    return s;
}

void session_free(struct session *s)
{
    if (!s)
        return;
    s->sink = (struct session_sink){0};
    if (s->loop) {
        cancel_all(s, "the session ends");
        stores_cancel(&s->stores);
    }
    if (s->turn) {
        uv_idle_stop(s->turn);
        uv_close((uv_handle_t *)s->turn, close_free);
    }
    if (s->time_up) {
        uv_timer_stop(s->time_up);
        uv_close((uv_handle_t *)s->time_up, close_free);
    }
    evidence_free(s->ev);
    trust_list_free(s->trust);
    store_set_free(s->stores.set);
    issuer_table_free(s->issuers);
    free(s);
}

/* ---- asked by the sinks ---------------------------------------------------------------------- */

const struct evidence *session_evidence(const struct session *s)
{
    return s->ev;
}

const struct walk *session_walk(const struct session *s)
{
    return &s->walk;
}

bool session_is_done(const struct session *s)
{
    return s->is_done;
}

bool session_is_live(const struct session *s)
{
    return s->is_live;
}

void session_answer(struct session *s, enum question q, int answer)
{
    s->ev->answers[q] = answer;
    if (s->is_live)
        session_schedule(s);
    else
        walk(s->ev, &s->walk);
}

bool session_can_compare(const struct session *s)
{
    struct want want;
    return s->is_live && s->is_done && !s->ev->offline && !s->ev->stopped &&
           compare_wants(&s->walk, &want, 1) > 0;
}

void session_compare(struct session *s)
{
    if (!session_can_compare(s))
        return;
    s->is_comparing = true;
    session_schedule(s);
}

void session_note_helped(struct session *s, enum helped helped)
{
    s->ev->helped = helped;
}

void session_stop(struct session *s)
{
    if (!s->is_live || s->is_done)
        return;
    s->ev->stopped = !s->is_comparing; /* what was found stays found */
    for (size_t i = 0; i < s->ev->n_fetches; i++)
        if (s->ev->fetches[i].state == FETCH_WAITING)
            s->ev->fetches[i].state = FETCH_FAILED;
    s->is_comparing = false;
    cancel_all(s, "it was stopped");
    stores_let_be(&s->stores);
    session_schedule(s);
}

void session_again(struct session *s)
{
    if (!s->is_live)
        return;
    char error[160];
    cancel_all(s, "all over again");
    if (session_begin(s, error, sizeof(error)))
        return;
    s->ev->no_memory = true; /* the case that was there is there still */
    session_schedule(s);
}
