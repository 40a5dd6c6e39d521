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

#include "whytls/trace.h"

/* ---- traces -------------------------------------------------------------------------------- */

static const char *const phase_names[] = {
#define X(ident, name) [PHASE_##ident] = (name),
    PHASE_LIST(X)
#undef X
};

static int index_of(const struct probe_run *run)
{
    return (int)(run->p - run->ev->probes);
}

void run_trace(const struct probe_run *run, const char *what)
{
    TRACE(PROBE, "%d in %s: %s", index_of(run), phase_names[run->phase], what);
}

void run_trace_start(const struct probe_run *run)
{
    static const char *const speaks[] = {[SPEAK_TLS] = "TLS",
                                         [SPEAK_PLAIN] = "in the clear",
                                         [SPEAK_WAIT_FOR_BANNER] = "not at all"};
    const struct settings *s = &run->p->settings;
    TRACE(PROBE, "%d begins: to %s port %u, speaks %s, server name %s, %u ms a phase",
          index_of(run), s->address, (unsigned)s->port, speaks[s->speak],
          s->server_name[0] ? s->server_name : "none", run->timeout_ms);
}

/* Its text is of the server, or names what was agreed on: clean, and no part of any page. */
static void trace_event(const struct probe_run *run, const struct event *e)
{
    static const char *const ways[] = {
        [DIRECTION_NONE] = "", [DIRECTION_OUT] = " out", [DIRECTION_IN] = " in"};
    TRACE(PROBE, "%d in %s: %s%s %u, %u bytes%s%s", index_of(run), phase_names[run->phase],
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
    TRACE(PROBE,
          "%d ends: %s at %s, refused for %s, alert %d, GnuTLS %s, system %s, %llu in, "
          "%llu out",
          index_of(run), break_id(o->how), stage_id(o->stage), refused_for_id(o->refused_for),
          o->alert, code ? code : "none", o->system_error ? strerror(o->system_error) : "none",
          (unsigned long long)o->bytes_in, (unsigned long long)o->bytes_out);
}

void run_enter(struct probe_run *run, enum phase phase)
{
    assert(run->phase != PHASE_OVER); /* nothing follows the end */
    if (phase != run->phase) {
        trace_events(run);
        TRACE(PROBE, "%d goes on: %s -> %s", index_of(run), phase_names[run->phase],
              phase_names[phase]);
    }
    run->phase = phase;
}

/* ---- the end ------------------------------------------------------------------------------- */

static void on_closed(uv_handle_t *handle)
{
    struct probe_run *run = handle->data;
    assert(run->n_open > 0 && run->phase == PHASE_OVER);
    if (--run->n_open > 0)
        return;
    tls_fini(&run->tls);
    if (run->line.fd >= 0)
        close(run->line.fd); /* only now: libuv may look at it until the handle is closed */
    buf_fini(&run->request);
    buf_fini(&run->answer);
    free(run);
}

static void close_handles(struct probe_run *run)
{
    if (run->has_poll)
        uv_close((uv_handle_t *)&run->poll, on_closed);
    uv_close((uv_handle_t *)&run->stage_timer, on_closed);
    uv_close((uv_handle_t *)&run->total_timer, on_closed);
}

void run_tell_events(struct probe_run *run)
{
    if (run->p->n_events == run->n_events_told)
        return;
    assert(run->n_events_told < run->p->n_events); /* events are never taken back */
    run->n_events_told = run->p->n_events;
    trace_events(run);
    if (run->sink.on_event)
        run->sink.on_event(run->sink.ctx, run->p);
}

enum phase run_finish(struct probe_run *run, enum break_kind how, enum refused_for refused_for)
{
    struct outcome *o = &run->p->outcome;
    if (run->phase == PHASE_OVER)
        return PHASE_OVER;
    assert(!run->p->outcome.finished);
    assert((how == BREAK_WE_REFUSED) == (refused_for != REFUSED_FOR_NOTHING));
    run_enter(run, PHASE_OVER);
    if (run->request.failed || run->answer.failed || o->library_error == GNUTLS_E_MEMORY_ERROR)
        run->ev->no_memory = true; /* how it ended says nothing about the site */
    if (how == BREAK_NONE)
        timeline_reach(&run->log, STAGE_DONE);
    o->how = how;
    o->refused_for = refused_for;
    o->success = how == BREAK_NONE;
    if (!o->system_error && how != BREAK_NONE)
        o->system_error = run->line.recv_errno ? run->line.recv_errno : run->line.send_errno;
    timeline_note(&run->log, (struct event){.kind = EVENT_END, .number = (uint16_t)how});
    o->finished = true;
    trace_end_of(run);
    close_handles(run); /* frees later, from the loop: a callback below can't pull it away */
    run_tell_events(run);
    if (run->sink.on_done)
        run->sink.on_done(run->sink.ctx, run->p);
    return PHASE_OVER;
}

enum phase run_ends(struct probe_run *run, enum break_kind how)
{
    return run_finish(run, how, REFUSED_FOR_NOTHING);
}
