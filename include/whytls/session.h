/*
 * session.h - the loop: walk, wants, start probes, collect, walk again; tells its sink.
 * Decides when others act. Uses probe, local, diagnosis; libuv.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_SESSION_H
#define WHYTLS_SESSION_H

#include <uv.h>

#include "whytls/evidence.h"
#include "whytls/local.h"

enum { PRETEND_MAX_RULES = 2 };

/* What a lab or a test puts in place of this computer's own facts. All zero: nothing. */
struct pretend {
    int64_t clock_offset_s; /* --at and the lab: added to this computer's clock */
    bool witnesses_set;     /* these witnesses of the time instead of this computer's own */
    struct witness witnesses[EVIDENCE_MAX_WITNESSES];
    size_t n_witnesses;
    bool resolution_set; /* these addresses instead of the resolver's answer */
    char addresses[EVIDENCE_MAX_ADDRESSES][SETTINGS_ADDRESS_SIZE];
    size_t n_addresses;
    bool anchors_set;                            /* these anchors instead of the trust list's */
    struct anchor anchors[EVIDENCE_MAX_ANCHORS]; /* DER borrowed for the session's life */
    size_t n_anchors;
    bool anchors_missing; /* with anchors_set: there is no trust list */
    /* With anchors_set: these for other programs' lists. What they have of the anchors is told. */
    struct store stores[STORES_MAX];
    bool store_has_anchors[STORES_MAX];
    size_t n_stores;
    struct dated_rule rules[PRETEND_MAX_RULES]; /* beside those of the request's table */
    size_t n_rules;
    bool policies_set; /* these policies instead of this computer's */
    struct policy policies[POLICY_COUNT];
    const char *cert_pem, *key_pem; /* instead of the files of --cert and --key; borrowed */
    uint64_t case_seed;             /* 0: random */
};

/* Everything that starts a case. Plain data; strings borrowed for the session's life. */
struct request {
    struct target target;
    const char *cacert, *cert, *key; /* files; NULL: none */
    bool offline;
    uint32_t max_time_ms; /* for all of it; what is not known by then stays so. 0: no end */
    const void *chain;    /* bytes of a file with a chain, to be judged with no network; or NULL */
    size_t chain_len;
    const struct policy *policies;  /* read before GnuTLS was initialised; POLICY_COUNT; or NULL */
    const struct rule_table *rules; /* dated rules of other programs (data.h); or NULL */
    struct pretend pretend;
};

/*
 * Parses TARGET (host, host:port, [IPv6]:port, URL) into *t: cleans, lower-cases, makes the
 * A-label, drops a trailing dot, finds service and port. False: error says why in plain words.
 */
bool target_parse(const char *text, struct target *t, char *error, size_t error_size);

struct session;
struct walk;

struct session_sink {
    void (*on_change)(void *ctx); /* evidence or walk changed: paint again */
    void (*on_done)(void *ctx);   /* nothing more is wanted (but answers); may come again later */
    void *ctx;
};

/* NULL where it could not start; error says why. The session starts on the loop's next turn. */
struct session *session_new(uv_loop_t *loop, const struct request *r,
                            const struct session_sink *sink, char *error, size_t error_size);
/* A session over a saved case: it takes the evidence and never touches the network. NULL: no
 * memory; the evidence is freed then, too. */
struct session *session_from_case(struct evidence *take);
/* Cancels what runs; the loop must turn once more before it is closed. */
void session_free(struct session *s);

/* Borrowed: as long as the session lives, and changing with it. */
const struct evidence *session_evidence(const struct session *s);
const struct walk *session_walk(const struct session *s);
bool session_is_done(const struct session *s); /* nothing is under way */
bool session_is_live(const struct session *s); /* false: from a saved case */
/* How long it has worked; what passed while nothing was under way is not counted. Milliseconds. */
unsigned session_elapsed_ms(const struct session *s);

/* The user answered: walks again, may start more. answer 0 takes it back. */
void session_answer(struct session *s, enum question q, int answer);
/* False: a comparison has nothing left to ask (compare_wants), or this session can't ask. */
bool session_can_compare(const struct session *s);
/* Asks that. */
void session_compare(struct session *s);
/* Whether the answer was of use: kept in the case. */
void session_note_helped(struct session *s, enum helped helped);
/* Stops what is under way; the verdict is what is known so far, and what comes late is dropped. A
 * comparison that is stopped leaves what was found. Nothing happens where all is done. */
void session_stop(struct session *s);
/* All over again with the same request. */
void session_again(struct session *s);

#endif
