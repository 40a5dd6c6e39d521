/*
 * run.c - how one probe under way tells what happened, ends, and is freed when libuv has let go of
 * its handles. libuv.
 * SPDX-License-Identifier: MIT
 */
#include "run.h"

#include <assert.h>
#include <gnutls/gnutls.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ending.h"
#include "whytls/trace.h"

/* ---- traces -------------------------------------------------------------------------------- */

static const char *name_of(const struct probe_run *run, size_t at)
{
    return run->layers[at].ops->name;
}

static int index_of(const struct probe_run *run)
{
    return (int)(run->p - run->ev->probes);
}

void run_trace(const struct probe_run *run, const char *what)
{
    TRACE(PROBE, "%d in %s: %s", index_of(run), name_of(run, run->at), what);
}

void run_trace_start(const struct probe_run *run)
{
    static const char *const speaks[] = {[SPEAK_TLS] = "TLS",
                                         [SPEAK_PLAIN] = "in the clear",
                                         [SPEAK_WAIT_FOR_BANNER] = "not at all"};
    const struct settings *s = &run->p->settings;
    TRACE(PROBE, "%d begins: to %s port %u, speaks %s, server name %s, %u ms a layer",
          index_of(run), s->address, (unsigned)s->port, speaks[s->speak],
          s->server_name[0] ? s->server_name : "none", run->timeout_ms);
}

/* Its text is of the server, or names what was agreed on: clean, and no part of any page. */
static void trace_event(const struct probe_run *run, const struct event *e)
{
    static const char *const ways[] = {
        [DIRECTION_NONE] = "", [DIRECTION_OUT] = " out", [DIRECTION_IN] = " in"};
    TRACE(PROBE, "%d in %s: %s%s %u, %u bytes%s%s", index_of(run), name_of(run, run->at),
          event_id(e->kind), ways[e->direction], (unsigned)e->number, (unsigned)e->bytes,
          e->text[0] ? ", " : "", e->text);
}

/* Those that came since; of one that still grows, what it has by now. */
static void trace_events(struct probe_run *run)
{
    for (; run->n_events_traced < run->p->n_events; run->n_events_traced++)
        trace_event(run, &run->p->events[run->n_events_traced]);
}

static void trace_end_of(const struct probe_run *run)
{
    const struct outcome *o = &run->p->outcome;
    const char *code = o->library_error ? gnutls_strerror_name(o->library_error) : NULL;
    enum hop_kind hop = probe_hop_that_broke(run->p);
    TRACE(PROBE,
          "%d ends: %s at %s, hop %s, refused for %s, alert %d, GnuTLS %s, system %s, %llu in, "
          "%llu out",
          index_of(run), break_id(o->how), stage_id(o->stage),
          hop == HOP_COUNT ? "none" : hop_id(hop), refused_for_id(o->refused_for), o->alert,
          code ? code : "none", o->system_error ? strerror(o->system_error) : "none",
          (unsigned long long)o->bytes_in, (unsigned long long)o->bytes_out);
}

void run_enter(struct probe_run *run, size_t at)
{
    assert(!run->is_over && at < run->n_layers);
    trace_events(run);
    TRACE(PROBE, "%d goes on: %s -> %s", index_of(run), name_of(run, run->at), name_of(run, at));
    run->at = at;
}

unsigned run_at_most(const struct probe_run *run, uint64_t ms)
{
    return ms < run->timeout_ms ? (unsigned)ms : run->timeout_ms;
}

/* ---- the end ------------------------------------------------------------------------------- */

static void on_closed(uv_handle_t *handle)
{
    struct probe_run *run = handle->data;
    assert(run->n_open > 0 && run->is_over);
    if (--run->n_open > 0)
        return;
    for (size_t i = run->n_layers; i > 0; i--)
        if (run->layers[i - 1].ops->fini)
            run->layers[i - 1].ops->fini(&run->layers[i - 1]);
    if (run->fd >= 0)
        close(run->fd); /* only now: libuv may look at it until the handle is closed */
    free(run);
}

static void close_handles(struct probe_run *run)
{
    if (run->has_poll)
        uv_close((uv_handle_t *)&run->poll, on_closed);
    uv_close((uv_handle_t *)&run->stage_timer, on_closed);
    uv_close((uv_handle_t *)&run->total_timer, on_closed);
}

/* What the wire carried is what the layer upon the lowest one took and gave. */
static void note_traffic(struct probe_run *run)
{
    struct outcome *o = &run->p->outcome;
    const struct traffic *t = &run->layers[1].traffic;
    o->bytes_in = t->in;
    o->bytes_out = t->out;
    o->n_first_bytes = t->n_first;
    memcpy(o->first_bytes, t->first, t->n_first);
}

void run_tell_events(struct probe_run *run)
{
    if (run->p->n_events == run->n_events_told)
        return;
    assert(run->n_events_told < run->p->n_events); /* events are never taken back */
    run->n_events_told = run->p->n_events;
    if (!run->is_over)
        note_traffic(run);
    trace_events(run);
    if (run->sink.on_event)
        run->sink.on_event(run->sink.ctx, run->p);
}

enum turn run_finish(struct probe_run *run, enum break_kind how, enum refused_for refused_for)
{
    struct outcome *o = &run->p->outcome;
    const struct line_end *end = &run->layers[0].end;
    if (run->is_over)
        return TURN_OVER;
    assert(!run->p->outcome.finished);
    assert((how == BREAK_WE_REFUSED) == (refused_for != REFUSED_FOR_NOTHING));
    trace_events(run);
    run->is_over = true;
    note_traffic(run);
    if (o->library_error == GNUTLS_E_MEMORY_ERROR)
        run->ev->no_memory = true; /* how it ended says nothing about the site */
    if (how == BREAK_NONE)
        timeline_reach(&run->log, STAGE_DONE);
    o->how = how;
    o->refused_for = refused_for;
    o->success = how == BREAK_NONE;
    if (!o->system_error && how != BREAK_NONE)
        o->system_error = end->recv_errno ? end->recv_errno : end->send_errno;
    timeline_note(&run->log, (struct event){.kind = EVENT_END, .number = (uint16_t)how});
    o->finished = true;
    trace_end_of(run);
    close_handles(run); /* frees later, from the loop: a callback below can't pull it away */
    run_tell_events(run);
    if (run->sink.on_done)
        run->sink.on_done(run->sink.ctx, run->p);
    return TURN_OVER;
}

enum turn run_ends(struct probe_run *run, enum break_kind how)
{
    return run_finish(run, how, REFUSED_FOR_NOTHING);
}

enum turn run_ends_by_errno(struct probe_run *run, int error)
{
    run->p->outcome.system_error = error;
    return run_ends(run, break_of_errno(error));
}

enum turn run_is_silent(struct probe_run *run)
{
    int error = run->layers[0].end.send_errno;
    return error ? run_ends_by_errno(run, error) : run_ends(run, BREAK_SILENCE);
}
