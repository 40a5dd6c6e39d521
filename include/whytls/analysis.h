/*
 * analysis.h - what the checks read from a case before they judge: the baseline, the certificates
 * judged, the clock weighed. Pure; uses evidence and chain.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_ANALYSIS_H
#define WHYTLS_ANALYSIS_H

#include "whytls/chain.h"
#include "whytls/evidence.h"

/* What a wrong clock looks like; says why it may be so, not whether it is wrong. */
enum clock_fault {
    CLOCK_PLAIN,
    CLOCK_ZONE,   /* off by whole quarters of an hour, at most 14 hours: set by hand in a wrong zone
                   */
    CLOCK_BATTERY /* behind, and near the day with which computers start that forgot the time */
};

/* Why it could not be told whether the clock is right. */
enum clock_doubt {
    CLOCK_NO_WITNESS,
    CLOCK_ONE_AGAINST, /* one says that it is wrong, and no other */
    CLOCK_DISAGREEING, /* some say that it is right or behind, others that it is wrong or ahead */
};

/* What the checks read from the evidence before they judge (src/diagnosis/analysis.c). Borrows from
 * it. Times in Unix seconds. */
struct analysis {
    const struct evidence *ev;
    struct settings base;      /* the baseline's settings */
    bool has_base;             /* an address is there to try */
    const struct probe *first; /* the baseline probe, finished; NULL: not yet */
    int first_index;
    const struct probe *worked; /* a probe whose handshake came about, nearest the baseline; else
                                   one that got as far as our certificate; or NULL */
    const struct probe *asked; /* the probe in which a certificate of ours was asked for; or NULL */
    const struct probe *shown; /* the probe whose certificates are judged; NULL: none seen */
    int shown_index;
    bool anchors_ready; /* the anchors for shown's certificates are known */
    int16_t
        extra[CHAIN_MAX_EXTRA]; /* into evidence.certificates: had elsewhere, by question.extra */
    /* where it was fetched; "": the site sent it elsewhere */
    const char *extra_url[CHAIN_MAX_EXTRA];
    size_t n_extra;
    struct chain_question question;
    struct chain_answer chain;      /* judged by this computer's clock */
    struct chain_answer chain_then; /* judged by the corrected clock; same where it is right */
    /* dated rules of other programs that chain_then violates */
    struct rule_hit hits[RULE_MAX_HITS];
    size_t n_hits;
    struct cert_info leaf;   /* of shown's first certificate; all zero where none */
    int64_t clock;           /* this computer's clock */
    int64_t true_time;       /* the best estimate from the witnesses; clock where they support it */
    bool clock_is_wrong;     /* two independent witnesses agree against the clock */
    bool clock_is_backed;    /* at least one witness supports it */
    bool true_time_is_least; /* with clock_is_wrong: it is that late, or later */
    enum clock_fault clock_fault;
    enum clock_doubt clock_doubt; /* where it is neither wrong nor backed */
    int64_t told_time;  /* the best word of a witness on the time of the case; 0: none gave one */
    bool clocks_differ; /* the site's Date says otherwise than our clock, and nobody else decides */
    bool site_clock_is_off; /* another witness backs ours, and the site's Date says otherwise */
};

/* The name that a certificate must cover: the target's; where that is an address or localhost and
 * --servername names a site, that site's. */
const char *analysis_name(const struct analysis *r);
/* How many seconds the clock is off, or differs from the site's; 0 where nobody says so. It may be
 * more where true_time_is_least. */
int64_t analysis_clock_off(const struct analysis *r);
/* The certificate at a place of the judged path; NULL where there is none. Borrowed. */
const struct blob *analysis_certificate(const struct analysis *r, int place);

/* What the server said when it asked for a certificate of ours, at its plainest: of the baseline,
 * or of the nearest probe that was asked; NULL: nobody was, or no longer known. Borrowed. */
const struct certificate_request *analysis_request(const struct analysis *r);

/* Places in evidence.own of the first that has run out, and of the first that is not valid yet, by
 * the true time; -1: none is. */
struct own_dates {
    int late, early;
};
void analysis_own_dates(const struct analysis *r, struct own_dates *dates);

#endif
