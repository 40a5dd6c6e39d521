/*
 * walk.h - walk(evidence): the path through the tree, the causes, and what is still wanted.
 * Pure: no clock, network, environment, terminal. Uses evidence, settings and chain only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_WALK_H
#define WHYTLS_WALK_H

#include "whytls/analysis.h"
#include "whytls/checks.h"
#include "whytls/said.h"

/* ---- what a walk finds ------------------------------------------------------------------- */

/* Why a cause is named: a pair of probes, or a chain judged twice. */
struct proof {
    int baseline;           /* index into evidence.probes; -1: none */
    int experiment;         /* index of the probe that differs; -1: none */
    unsigned changes;       /* CHANGE_BITs between the two */
    unsigned chain_changes; /* CHAIN_BITs: "accepted when we change only ..." */
    bool is_success;        /* the experiment worked (else: it failed in another, telling way) */
};

struct diagnosed {
    const struct cause *cause;
    enum certainty certainty;
    struct proof proof;
    int path_place; /* place in the judged path that it is about; -1: none */
};

enum { FINDING_MAX_CAUSES = 5 };

struct finding {
    enum result result;
    bool is_cut;         /* time was up before it could be told: RESULT_UNKNOWN */
    struct said summary; /* stands beside the question; its words: advice_said */
    struct diagnosed causes[FINDING_MAX_CAUSES];
    size_t n_causes;
};

enum want_kind { WANT_RESOLUTION, WANT_PROBE, WANT_FETCH, WANT_ANCHORS, WANT_ANSWER };

struct want {
    enum want_kind kind;
    struct settings settings;         /* PROBE */
    unsigned changes;                 /* PROBE */
    enum fetch_kind fetch;            /* FETCH */
    char url[512];                    /* FETCH */
    char request[FETCH_REQUEST_SIZE]; /* FETCH */
    enum question question; /* ANSWER: for the wizard; without a screen it stays unanswered */
    int check;              /* row of the tree that asks; -1: no single one */
};

enum { WALK_MAX_WANTS = 12, WALK_MAX_CAUSES = 16, WALK_MAX_CHECKS = 48 };

/* Why the search for a change (doc/architecture.md, "How an answer is proven") let one go. */
#define DROP_LIST(X)                                                                               \
    X(IMPLAUSIBLE, "implausible", "the way it broke does not point at it")                         \
    X(NO_DIFFERENCE, "no-difference", "it changes nothing here")                                   \
    X(FAILED, "failed", "with it the handshake fails too")                                         \
    X(UNKNOWN, "unknown", "its try could not be had, or says nothing")                             \
    X(LUCK, "luck", "the same hello once more worked too, or the changed one failed")              \
    X(LESS_TELLING, "less-telling", "it works too, and another change says more")                  \
    X(HELLO_LENGTH, "hello-length", "a shorter hello of the same versions works")                  \
    X(WEAKER_RULES, "weaker-rules", "it works by weaker rules: sets of changes say which")         \
    X(ONLY_LENGTH, "only-length", "it is the length of the hello that works")                      \
    X(NOT_NEEDED, "not-needed", "the set works without it")                                        \
    X(OTHER_BREAK, "other-break", "a part of the set broke in another way than the first try")     \
    X(NO_SMALLER, "no-smaller", "what the set cannot spare does not work alone")

enum drop_reason {
#define X(ident, id, words) DROP_##ident,
    DROP_LIST(X)
#undef X
        DROP_COUNT
};
const char *drop_reason_id(enum drop_reason r);
const char *drop_reason_words(enum drop_reason r);

/* A change, or a set of them, that the search tried or thought of and let go. */
struct dropped {
    unsigned changes; /* CHANGE_BITs */
    enum drop_reason why;
};

enum { WALK_MAX_DROPPED = 48 };

enum conclusion {
    CONCLUSION_ASKING,
    CONCLUSION_WORKS,
    CONCLUSION_CAUSE,
    CONCLUSION_UNKNOWN,
    CONCLUSION_NOT_TESTED,
    CONCLUSION_STOPPED,   /* by the user, before there was an answer */
    CONCLUSION_UNJUDGED,  /* it connects, but we can't judge its certificates */
    CONCLUSION_FILE_GOOD, /* --chain: these certificates are in order; no server was asked */
    CONCLUSION_FILE_UNJUDGED,
    CONCLUSION_TIME_UP,       /* before anything could be told; with another answer a note */
    CONCLUSION_TIME_UP_FAILS, /* it fails, and time was up before the cause was found */
    CONCLUSION_COUNT
};

/* The entry of a verdict that is no fault of anyone (W-000 ... W-008); NULL for ASKING and CAUSE.
 */
const struct cause *conclusion_cause(enum conclusion c);
/* What "works" says beside a note: no more than was tried. */
const struct cause *conclusion_works_noted(void);

struct walk {
    struct analysis analysis; /* borrows from the evidence: valid as long as that is unchanged */
    struct finding findings[WALK_MAX_CHECKS]; /* by row of the tree */
    struct want wants[WALK_MAX_WANTS];
    size_t n_wants;
    struct diagnosed causes[WALK_MAX_CAUSES]; /* the verdict, in the order they block */
    size_t n_causes;
    struct diagnosed notes[WALK_MAX_CAUSES]; /* weaknesses that do not block */
    size_t n_notes;
    struct dropped dropped[WALK_MAX_DROPPED]; /* by the search, in its order; what is more is not
                                                 kept. Nothing is decided by it */
    size_t n_dropped;
    bool is_cut; /* time was up before all that matters was asked */
    enum conclusion conclusion;
};

/* Walks. ASKING only where a want other than WANT_ANSWER is open and the evidence may still grow.
 */
void walk(const struct evidence *ev, struct walk *w);

/* A certificate that the site's owner must add to what the site sends. Borrowed. */
struct missing_certificate {
    const struct blob *der;
    const char *url; /* where it was fetched; "" where the site itself sent it at another time */
};
/* All of them, lowest first; none where none is missing or one could not be had. */
size_t walk_missing(const struct walk *w, struct missing_certificate list[CHAIN_MAX_PATH]);

/* The same, appended as one PEM file; returns how many there are. Where out
 * has failed, not all of them are in it. */
size_t walk_missing_pem(const struct walk *w, struct buf *out);

/* The verdict's list: the causes, or the one entry for works, unknown, not tested. */
size_t walk_verdict(const struct walk *w, const struct diagnosed **list);

/* ---- comparing -------------------------------------------------------------------------- */

/* The probe that shows how it went for this program, or at this address; NULL: not asked. */
const struct probe *compare_client_probe(const struct walk *w, const struct client *c);
const struct probe *compare_address_probe(const struct walk *w, const char *address);
/* What a comparison has not asked yet; at most max. None of it changes what was found. */
size_t compare_wants(const struct walk *w, struct want *wants, size_t max);

#endif
