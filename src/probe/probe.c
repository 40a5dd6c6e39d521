/*
 * probe.c - the coordinator of one probe: starts it, wakes its phase when the socket or a timer
 * says so, tells the sink, cancels, frees. What a phase does is in phases.c.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <stdlib.h>

#include "http.h"
#include "priority.h"
#include "run.h"

enum { CEILING = 4 }; /* whole run, in stage timeouts */

/* ---- the middle ---------------------------------------------------------------------------- */

static void on_poll(uv_poll_t *poll, int status, int events);

static void on_late(uv_timer_t *timer)
{
    phase_is_late(timer->data);
}

static void on_start(uv_timer_t *timer);

static void arm(struct probe_run *run, bool is_new_phase)
{
    if (is_new_phase || run->log.has_advanced)
        uv_timer_start(&run->stage_timer, on_late, phase_wait_ms(run), 0);
    run->log.has_advanced = false;
    assert(run->line.fd >= 0); /* the first step has opened it, or ended the run */
    if (!run->has_poll) {
        if (uv_poll_init(run->loop, &run->poll, run->line.fd) < 0) {
            run_finish(run, BREAK_FAILED, REFUSED_FOR_NOTHING);
            return;
        }
        run->poll.data = run;
        run->has_poll = true;
        run->n_open++;
    }
    uv_poll_start(&run->poll, phase_events(run), on_poll);
}

static void advance(struct probe_run *run)
{
    enum phase before = run->phase;
    for (enum phase next; run->phase != PHASE_OVER; run_enter(run, next)) {
        next = phase_step(run);
        if (run->phase == PHASE_OVER || next == run->phase)
            break;
    }
    if (run->phase == PHASE_OVER)
        return;
    run_tell_events(run);
    if (run->phase != PHASE_OVER) /* a sink may have cancelled us */
        arm(run, run->phase != before);
}

/*
 * The status is of no use: on POLLERR libuv stops the handle and says EBADF, for a refusal and for
 * a reset alike (measured on 1.44). The phase asks the socket itself, and arm() starts it again.
 */
static void on_poll(uv_poll_t *poll, int status, int events)
{
    (void)status;
    (void)events;
    advance(poll->data);
}

static void on_start(uv_timer_t *timer)
{
    struct probe_run *run = timer->data;
    uv_timer_start(&run->total_timer, on_late, (uint64_t)run->timeout_ms * CEILING, 0);
    advance(run);
}

/* ---- the beginning ------------------------------------------------------------------------- */

static void copy_secrets(struct probe_run *run, const struct probe_secrets *secrets)
{
    if (secrets)
        run->secrets_copy = *secrets;
    run->secrets = &run->secrets_copy;
}

struct probe_run *probe_start(uv_loop_t *loop, struct evidence *ev, struct probe *p,
                              unsigned timeout_ms, const struct probe_secrets *secrets,
                              const struct probe_sink *sink)
{
    assert(p >= ev->probes && p < ev->probes + ev->n_probes && !p->outcome.finished);
    struct probe_run *run = calloc(1, sizeof(*run));
    if (!run) {
        ev->no_memory = true;
        p->outcome.how = BREAK_FAILED;
        p->outcome.finished = true;
        return NULL;
    }
    run->loop = loop;
    run->ev = ev;
    run->p = p;
    run->sink = *sink;
    run->timeout_ms = timeout_ms ? timeout_ms : 1;
    copy_secrets(run, secrets);
    timeline_init(&run->log, p);
    transport_init(&run->line, &run->log);
    buf_init(&run->request, HTTP_REQUEST_MAX);
    buf_init(&run->answer, HTTP_ANSWER_MAX + 1);
    uv_update_time(loop); /* else a caller that was busy shortens our first deadline */
    uv_timer_init(loop, &run->stage_timer);
    uv_timer_init(loop, &run->total_timer);
    run->stage_timer.data = run->total_timer.data = run;
    run->n_open = 2;
    uv_timer_start(&run->stage_timer, on_start, 0, 0);
    run_trace_start(run);
    return run;
}

void probe_cancel(struct probe_run *run)
{
    run_trace(run, "it is cancelled");
    run_finish(run, BREAK_CANCELLED, REFUSED_FOR_NOTHING);
}
