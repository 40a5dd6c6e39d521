/*
 * probe.c - the coordinator of one probe: builds its layers by the route, and advances from one to
 * the next when the socket or a timer says so; tells the sink, cancels.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <stdlib.h>

#include "run.h"

enum { CEILING = 4 }; /* whole run, in stage timeouts */

/* ---- the middle ---------------------------------------------------------------------------- */

static void on_poll(uv_poll_t *poll, int status, int events);

static struct layer *layer_at(struct probe_run *run)
{
    return &run->layers[run->at];
}

static void on_late(uv_timer_t *timer)
{
    struct probe_run *run = timer->data;
    if (run->is_over)
        return;
    run_trace(run, "its time in this layer is up");
    layer_at(run)->ops->late(layer_at(run));
}

static void arm(struct probe_run *run, bool is_other_layer)
{
    const struct layer *l = layer_at(run);
    if (is_other_layer || run->has_moved || run->log.has_advanced)
        uv_timer_start(&run->stage_timer, on_late, l->ops->wait_ms(l), 0);
    run->has_moved = run->log.has_advanced = false;
    assert(run->fd >= 0); /* the first step has opened it, or ended the run */
    if (!run->has_poll) {
        if (uv_poll_init(run->loop, &run->poll, run->fd) < 0) {
            run_finish(run, BREAK_FAILED, REFUSED_FOR_NOTHING);
            return;
        }
        run->poll.data = run;
        run->has_poll = true;
        run->n_open++;
    }
    uv_poll_start(&run->poll, l->ops->events(l), on_poll);
}

static void came_up(struct probe_run *run, struct layer *l)
{
    uint64_t now_ms = timeline_now_ms(&run->log);
    if (!l->is_up)
        l->took_ms = now_ms - run->since_ms;
    l->is_up = true;
    run->since_ms = now_ms;
}

/* One step; false where there is none to follow at once. */
static bool step(struct probe_run *run)
{
    struct layer *l = layer_at(run);
    switch (l->ops->step(l)) {
    case TURN_UP:
        came_up(run, l);
        run_enter(run, run->at + 1);
        return true;
    case TURN_BELOW:
        assert(run->at > 0);
        run_enter(run, run->at - 1);
        return true;
    case TURN_WAIT:
    case TURN_OVER:
        break;
    }
    return false;
}

static void advance(struct probe_run *run)
{
    size_t before = run->at;
    while (step(run)) {
    }
    if (run->is_over)
        return;
    run_tell_events(run);
    if (!run->is_over) /* a sink may have cancelled us */
        arm(run, run->at != before);
}

/*
 * The status is of no use: on POLLERR libuv stops the handle and says EBADF, for a refusal and for
 * a reset alike (measured on 1.44). The layer asks the socket itself, and arm() starts it again.
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
    for (size_t i = 0; i < run->n_layers; i++)
        if (run->layers[i].ops->prepare && !run->layers[i].ops->prepare(&run->layers[i]))
            return;
    advance(run);
}

/* ---- the beginning ------------------------------------------------------------------------- */

static const struct layer_ops *const ops_of[HOP_COUNT] = {
    [HOP_TCP] = &layer_tcp,
    [HOP_TLS] = &layer_tls,
    [HOP_HTTP] = &layer_http,
    [HOP_BANNER] = &layer_banner,
};

static void build_layers(struct probe_run *run)
{
    run->route = route_of(&run->p->settings);
    run->n_layers = run->route.n;
    for (size_t i = 0; i < run->n_layers; i++)
        run->layers[i] = (struct layer){.ops = ops_of[run->route.hops[i].kind],
                                        .hop = &run->route.hops[i],
                                        .run = run,
                                        .below = i > 0 ? &run->layers[i - 1] : NULL};
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
    if (secrets)
        run->secrets = *secrets;
    run->fd = -1;
    timeline_init(&run->log, p);
    build_layers(run);
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
