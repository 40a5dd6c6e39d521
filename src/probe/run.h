/*
 * run.h - one probe under way: its handles, its layers, and which of them has its turn. Shared by
 * probe.c (the coordinator), the layers, and run.c (the end).
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_RUN_H
#define WHYTLS_PROBE_RUN_H

#include "layer.h"
#include "whytls/probe.h"

struct probe_run {
    uv_loop_t *loop;
    struct evidence *ev;
    struct probe *p;
    struct probe_sink sink;
    struct probe_secrets secrets; /* used before the first step only */
    unsigned timeout_ms;

    struct route route;
    struct layer layers[ROUTE_MAX_HOPS]; /* from the socket up */
    size_t n_layers;
    size_t at; /* whose turn it is */
    bool is_over;
    bool has_moved;    /* something else is awaited now: the silence begins anew */
    int fd;            /* -1: none yet; layer_tcp opens it */
    uint64_t since_ms; /* when the layer below came up, since the probe began */

    uv_timer_t stage_timer; /* silence at one stage */
    uv_timer_t total_timer; /* the ceiling: one who drips must not hold us */
    uv_poll_t poll;
    bool has_poll;
    int n_open; /* handles to close before this is freed */
    size_t n_events_told;
    size_t n_events_traced;
    struct timeline log;
};

/* Then the loop has its turn: a flood of warnings must not hold it. */
enum { STEPS_AT_ONCE = 16 };

/* This many, or the longest silence where that is less. */
unsigned run_at_most(const struct probe_run *run, uint64_t ms);

/* The layer whose turn it is from now on. */
void run_enter(struct probe_run *run, size_t at);
/* A line of the trace about this run and its layer. */
void run_trace(const struct probe_run *run, const char *what);
/* The same when it begins: where to, and as whom. */
void run_trace_start(const struct probe_run *run);

/* Tells the sink of events that it does not know yet. */
void run_tell_events(struct probe_run *run);
/* Ends the run: outcome, END event, callbacks. Does nothing where it is over already. TURN_OVER. */
enum turn run_finish(struct probe_run *run, enum break_kind how, enum refused_for refused_for);
/* The same where our own side refused nothing. */
enum turn run_ends(struct probe_run *run, enum break_kind how);
enum turn run_ends_by_errno(struct probe_run *run, int error);
/* Nothing came in time. A send that failed for good and was hidden explains that better. */
enum turn run_is_silent(struct probe_run *run);

#endif
