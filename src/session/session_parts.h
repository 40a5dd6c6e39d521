/*
 * session_parts.h - what the files of the session share: its state, and the steps of a turn. For
 * src/session alone.
 * SPDX-License-Identifier: MIT
 */
#ifndef SESSION_SESSION_PARTS_H
#define SESSION_SESSION_PARTS_H

#include "session/stores_run.h"
#include "whytls/data.h"
#include "whytls/probe.h"
#include "whytls/session.h"
#include "whytls/walk.h"

enum { SESSION_MAX_OPEN = 8 }; /* connections open to the target at once (doc/design.md, law 7) */

struct running {
    struct probe_run *run;
    struct probe *probe;
    enum stage told; /* how far it had come when a walk was made due for it */
};

/* What of a case's walks was traced already. */
struct session_trail {
    unsigned n_walks;
    struct dropped dropped[WALK_MAX_DROPPED];
    size_t n_dropped;
};

struct session {
    uv_loop_t *loop;
    struct request request;
    struct session_sink sink;
    struct evidence *ev;
    struct walk walk;
    struct trust_list *trust;
    struct issuer_table *issuers;
    struct stores_reader stores;
    struct fetch_pool *fetches;
    struct resolve_run *resolve;
    struct running running[SESSION_MAX_OPEN];
    size_t n_running;
    size_t n_fetching;
    size_t n_known_issuers; /* certificates whose issuer was looked up */
    size_t n_ruled;         /* certificates and authorities whose rules were: rules_note */
    uv_idle_t *turn;        /* active while a walk is due on the loop's next turn */
    uv_timer_t *time_up; /* runs where the request has a max_time_ms; owned, closed by uv_close */
    bool is_turn_due;
    bool is_comparing; /* asks what compare_wants has, once the walk is done */
    bool is_live;
    bool is_done;
    uint64_t began_ns; /* later by each pause: ended_ns less it is the time that it worked */
    uint64_t ended_ns;
    struct session_trail trail;
};

/* ---- turn.c ---- */

/* A walk is due on the loop's next turn; any number of calls before it make one. */
void session_schedule(struct session *s);
/* From the list of authorities, or those of a pretence, into the evidence. */
void session_match_anchors(struct session *s);

#endif
