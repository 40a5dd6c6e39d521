/*
 * run.h - one probe under way: its handles, its line, its session, and the phase it is in.
 * Shared by probe.c (the coordinator), phases.c (what each phase does) and run.c (the end).
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_RUN_H
#define WHYTLS_PROBE_RUN_H

#include "tls.h"
#include "transport.h"
#include "whytls/probe.h"

/* X(IDENT, its name in a trace) */
#define PHASE_LIST(X)                                                                              \
    X(START, "start")                                                                              \
    X(CONNECT, "connect")                                                                          \
    X(HANDSHAKE, "handshake")                                                                      \
    X(REQUEST, "request") /* the handshake is done; our request goes out */                        \
    X(ANSWER, "answer")   /* the first read, then what more is of use */                           \
    X(TALK, "talk")       /* plain: the request goes out */                                        \
    X(HEAR, "hear")       /* plain or listening: waiting for bytes */                              \
    X(LINGER, "linger")   /* foreign bytes came: a moment more, so that the first line is whole */ \
    X(OVER, "over")

enum phase {
#define X(ident, name) PHASE_##ident,
    PHASE_LIST(X)
#undef X
        PHASE_COUNT
};

struct probe_run {
    uv_loop_t *loop;
    struct evidence *ev;
    struct probe *p;
    struct probe_sink sink;
    const struct probe_secrets *secrets; /* used in PHASE_START only */
    struct probe_secrets secrets_copy;
    unsigned timeout_ms;

    enum phase phase;
    uv_timer_t stage_timer; /* silence at one stage */
    uv_timer_t total_timer; /* the ceiling: one who drips must not hold us */
    uv_poll_t poll;
    bool has_poll;
    int n_open; /* handles to close before this is freed */
    size_t n_events_told;
    size_t n_events_traced;

    struct timeline log;
    struct transport line;
    struct tls tls;
    uint64_t hello_ms;     /* when the handshake began, since the probe began */
    uint64_t handshake_ms; /* how long it took */
    bool has_renegotiated; /* one renegotiation is allowed */
    struct buf request;
    size_t n_sent; /* of the request */
    struct buf answer;
};

/* What a phase does when its socket is ready; returns the phase to go on with. */
enum phase phase_step(struct probe_run *run);
/* The deadline passed: ends the run, in whatever way that means in this phase. */
void phase_is_late(struct probe_run *run);
/* Longest silence in this phase. */
unsigned phase_wait_ms(const struct probe_run *run);
/* UV_READABLE or UV_WRITABLE. */
int phase_events(const struct probe_run *run);

/* Then the loop has its turn: a flood of warnings must not hold it. */
enum { STEPS_AT_ONCE = 16 };

/* ---- plain.c ---- */

enum phase plain_talk(struct probe_run *run);
enum phase plain_hear(struct probe_run *run);
enum phase plain_linger(struct probe_run *run);
/* Foreign bytes, or none: what they say. Ends the run. */
enum phase plain_heard(struct probe_run *run, enum break_kind if_nothing);

/* ---- run.c ---- */

/* The phase that it is in from now on. */
void run_enter(struct probe_run *run, enum phase phase);
/* A line of the trace about this run and its phase. */
void run_trace(const struct probe_run *run, const char *what);
/* The same when it begins: where to, and as whom. */
void run_trace_start(const struct probe_run *run);

/* Tells the sink of events that it does not know yet. */
void run_tell_events(struct probe_run *run);
/* Ends the run: outcome, END event, callbacks. Does nothing where it is over already. */
enum phase run_finish(struct probe_run *run, enum break_kind how, enum refused_for refused_for);
/* The same where our own side refused nothing. */
enum phase run_ends(struct probe_run *run, enum break_kind how);

#endif
