/*
 * kept.h - what a case whose names were hidden keeps of its walk. Part of the model (evidence.h):
 * plain data, bounded; every text is clean.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_KEPT_H
#define WHYTLS_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A case whose names were hidden has lost its certificates: it can't be walked again. So it keeps
 * what the walk had found: by slugs, ids and the names in the advice, never whole sentences, which
 * anybody could have written into the file. The words are our own again when it is opened.
 */
enum {
    KEPT_MAX_CAUSES = 8,
    KEPT_MAX_CHECKS = 64,
    KEPT_MAX_CHANGES = 16,
    KEPT_MAX_KEYS = 16,
    KEPT_MAX_ARGS = 3
};

/* What a {key} of the advice stood for: "expired_on", "18 November 2026". */
struct kept_key {
    char key[32];
    char value[160];
};

struct kept_proof {
    int baseline, experiment; /* indexes into probes; -1: none */
    unsigned changed;         /* CHANGE_BITs */
    char changed_in_chain[KEPT_MAX_CHANGES][24];
    size_t n_changed_in_chain;
    bool worked;
};

struct kept_cause {
    char cause[64];
    char certainty[16];
    struct kept_proof proof;
    struct kept_key filled[KEPT_MAX_KEYS];
    size_t n_filled;
};

/* A value among what a check found (said.h). */
struct kept_arg {
    char kind[8];
    char text[120];
    int64_t number;
};

struct kept_check {
    char check[48];
    char result[24];
    char said_id[48]; /* "": the case is older than the ids */
    struct kept_arg args[KEPT_MAX_ARGS];
    size_t n_args;
    char said[120]; /* the words: only for where the id is not known; never read, only shown */
};

struct kept {
    struct kept_cause verdict[KEPT_MAX_CAUSES], notes[KEPT_MAX_CAUSES];
    size_t n_verdict, n_notes;
    struct kept_check path[KEPT_MAX_CHECKS];
    size_t n_path;
};

#endif
