/*
 * run.c - how one probe under way tells what happened, ends, and is freed when libuv has let go of
 * its handles. libuv.
 * SPDX-License-Identifier: MIT
 */
#include "run.h"

#include <stdlib.h>
#include <unistd.h>

static void on_closed(uv_handle_t *handle)
{
    struct probe_run *run = handle->data;
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
    run->n_events_told = run->p->n_events;
    if (run->sink.on_event)
        run->sink.on_event(run->sink.ctx, run->p);
}

enum phase run_finish(struct probe_run *run, enum break_kind how, enum refused_for refused_for)
{
    struct outcome *o = &run->p->outcome;
    if (run->phase == PHASE_OVER)
        return PHASE_OVER;
    run->phase = PHASE_OVER;
    if (how == BREAK_NONE)
        timeline_reach(&run->log, STAGE_DONE);
    o->how = how;
    o->refused_for = refused_for;
    o->success = how == BREAK_NONE;
    if (!o->system_error && how != BREAK_NONE)
        o->system_error = run->line.recv_errno ? run->line.recv_errno : run->line.send_errno;
    timeline_note(&run->log, (struct event){.kind = EVENT_END, .number = (uint16_t)how});
    o->finished = true;
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
