/*
 * diagnosis.h - walk(evidence): the path through the tree, the causes, and what is still wanted.
 * Pure: no clock, network, environment, terminal. Uses evidence, settings and chain only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_DIAGNOSIS_H
#define WHYTLS_DIAGNOSIS_H

#include "whytls/chain.h"
#include "whytls/evidence.h"

/* ---- words ------------------------------------------------------------------------------ */

#define STEP_LIST(X)                                                                               \
    X(REACH, 1, "Reach", "Can we reach the site?")                                                 \
    X(CLOCK, 2, "Clock", "Is the clock right?")                                                    \
    X(OTHERS, 3, "Programs", "Does it work in another way?")                                       \
    X(PROTOCOL, 4, "Version", "Do both sides share a TLS version?")                                \
    X(CIPHER, 5, "Cipher", "Do both sides share a cipher?")                                        \
    X(CERTIFICATES, 6, "Cards", "Are the certificates right?")                                     \
    X(NAME, 7, "Name", "Is it the right name?")                                                    \
    X(BETWEEN, 8, "Between", "Is something in between?")                                           \
    X(EDGE, 9, "Edge", "Does the server in front reach the site?")

enum step {
    STEP_NONE,
#define X(ident, number, name, question) STEP_##ident,
    STEP_LIST(X)
#undef X
        STEP_COUNT
};
const char *step_name(enum step s);     /* one short word for the strip */
const char *step_question(enum step s); /* the question for the page's heading */

#define WHO_LIST(X)                                                                                \
    X(YOU, "you", "You")                                                                           \
    X(SITE_OWNER, "site-owner", "The site's owner")                                                \
    X(YOUR_IT, "your-it", "Your IT department, or who looks after this computer")                  \
    X(NETWORK, "network", "The people who run your network")                                       \
    X(PROGRAM_MAKER, "program-maker", "The maker of your program")                                 \
    X(NOBODY, "nobody", "Nobody")

enum who {
#define X(ident, id, words) WHO_##ident,
    WHO_LIST(X)
#undef X
        WHO_COUNT
};
const char *who_id(enum who w);
const char *who_words(enum who w);

enum certainty { CERTAINTY_PROVEN, CERTAINTY_LIKELY, CERTAINTY_UNKNOWN };
const char *certainty_id(enum certainty c);

/* What a cause keeps from happening: the order in which causes block. */
enum blocks {
    BLOCKS_REACH,
    BLOCKS_HELLO,
    BLOCKS_CERTIFICATE,
    BLOCKS_LOGIN,
    BLOCKS_REPLY,
    BLOCKS_NOTHING
};

enum { CAUSE_MAX_TODO = 3, CAUSE_MAX_DONT = 2, CAUSE_MAX_EXPLAINS = 20 };

/*
 * A root cause and its advice. Texts may hold {keys} that advice fills in (src/advice/keys.c).
 * Limits for the words: tests/words.sh.
 */
struct cause {
    const char *slug; /* "chain.missing-intermediate" */
    const char *code; /* "W-603": first digit the step */
    enum who who;
    enum blocks blocks;  /* BLOCKS_NOTHING: a note, never the answer */
    const char *who_all; /* where more than one must act: all of them, as a sentence */
    bool tells_missing;  /* what must be added is listed with its fingerprint (walk_missing) */
    bool is_symptom;     /* says only how it broke: dropped where anything else is named */
    const char *explains[CAUSE_MAX_EXPLAINS]; /* slugs that this one accounts for: dropped */
    const char *title;                        /* the cause as a fact */
    /* A note that says for whom, or why alone, it works: beside it the answer "works" has this
     * title and the note's words and advice. NULL: any other. */
    const char *works_title;
    const char *what; /* at most three sentences */
    const char *todo[CAUSE_MAX_TODO];
    const char *dont[CAUSE_MAX_DONT];
    const char *proof; /* where no pair of probes gives the words: why we say so */
    const char *split; /* where it is only likely: what would prove it */
};

/* Every cause of every check, in tree order; NULL past the end. */
const struct cause *cause_at(size_t i);
const struct cause *cause_find(const char *slug_or_code); /* NULL where unknown; codes any case */

/* ---- what a walk finds ------------------------------------------------------------------ */

/* Why a cause is named: a pair of probes, or a chain judged twice. */
struct proof {
    int baseline;           /* index into evidence.probes; -1: none */
    int experiment;         /* index of the probe that differs; -1: none */
    unsigned changes;       /* CHANGE_BITs between the two */
    unsigned chain_changes; /* CHAIN_BITs: "accepted when we change only ..." */
    bool is_success;        /* the experiment worked (else: it failed in another, telling way) */
};

struct named {
    const struct cause *cause;
    enum certainty certainty;
    struct proof proof;
    int path_place; /* place in the judged path that it is about; -1: none */
};

enum result {
    RESULT_WAITING,    /* wants are open: cannot say yet */
    RESULT_FINE,       /* nothing wrong here */
    RESULT_CAUSE,      /* causes were found */
    RESULT_UNTOLD,     /* could not tell */
    RESULT_NOT_NEEDED, /* not asked on this path */
};
const char *result_id(enum result r);

enum { FINDING_MAX_CAUSES = 5, FINDING_SAID = 120 };

struct finding {
    enum result result;
    bool is_cut;             /* time was up before it could be told: RESULT_UNTOLD */
    char said[FINDING_SAID]; /* the result in a few plain words: "TLS 1.3" */
    struct named causes[FINDING_MAX_CAUSES];
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

/* What the checks read from the evidence before they judge (src/diagnosis/reading.c). Borrows from
 * it. Times in Unix seconds. */
struct reading {
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
    const char
        *extra_url[CHAIN_MAX_EXTRA]; /* where it was fetched; "": the site sent it elsewhere */
    size_t n_extra;
    struct chain_question question;
    struct chain_answer chain;           /* judged by this computer's clock */
    struct chain_answer chain_then;      /* judged by the corrected clock; same where it is right */
    struct rule_hit hits[RULE_MAX_HITS]; /* dated rules of other programs that bite on chain_then */
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
    struct reading reading; /* borrows from the evidence: valid as long as that is unchanged */
    struct finding findings[WALK_MAX_CHECKS]; /* by row of the tree */
    struct want wants[WALK_MAX_WANTS];
    size_t n_wants;
    struct named causes[WALK_MAX_CAUSES]; /* the verdict, in the order they block */
    size_t n_causes;
    struct named notes[WALK_MAX_CAUSES]; /* weaknesses that do not block */
    size_t n_notes;
    bool is_cut; /* time was up before all that matters was asked */
    enum conclusion conclusion;
};

/* Walks. ASKING only where a want other than WANT_ANSWER is open and the evidence may still grow.
 */
void walk(const struct evidence *ev, struct walk *w);

/* The name that a certificate must cover: the target's; where that is an address or localhost and
 * --servername names a site, that site's. */
const char *reading_name(const struct reading *r);
/* How far the clock is off, or differs from the site's, in words: "3 hours", "400 days", "at least
 * 2 days"; "" where nobody says so. */
void reading_clock_off(const struct reading *r, char *out, size_t out_size);
/* The certificate at a place of the judged path; NULL where there is none. Borrowed. */
const struct blob *reading_card(const struct reading *r, int place);

/* What the server said when it asked for a certificate of ours, at its plainest: of the baseline,
 * or of the nearest probe that was asked; NULL: nobody was, or no longer known. Borrowed. */
const struct card_request *reading_request(const struct reading *r);

/* Places in evidence.own of the first that has run out, and of the first that is not valid yet, by
 * the true time; -1: none is. */
struct own_dates {
    int late, early;
};
void reading_own_dates(const struct reading *r, struct own_dates *dates);

/* A certificate that the site's owner must add to what the site sends. Borrowed. */
struct missing_certificate {
    const struct blob *der;
    const char *url; /* where it was fetched; "" where the site itself sent it at another time */
};
/* All of them, lowest first; none where none is missing or one could not be had. */
size_t walk_missing(const struct walk *w, struct missing_certificate list[CHAIN_MAX_PATH]);

/* The same, appended as one PEM file; returns how many, 0 also where there is no room. */
size_t walk_missing_pem(const struct walk *w, struct buf *out);

/* The verdict's list: the causes, or the one entry for works, unknown, not tested. */
size_t walk_verdict(const struct walk *w, const struct named **list);

/* ---- comparing -------------------------------------------------------------------------- */

/* The probe that shows how it went for this program, or at this address; NULL: not asked. */
const struct probe *compare_client_probe(const struct walk *w, const struct client *c);
const struct probe *compare_address_probe(const struct walk *w, const char *address);
/* What a comparison has not asked yet; at most max. None of it changes what was found. */
size_t compare_wants(const struct walk *w, struct want *wants, size_t max);

/* ---- the tree --------------------------------------------------------------------------- */

struct check_context;

/* A check: one question within a step (src/diagnosis/checks/NAME.c, a row of tree.def). */
struct check {
    const char *id; /* "chain-complete" */
    enum step step;
    const char *question; /* "Is a certificate missing?": up to 40 columns */
    const char *gloss;    /* one sentence that explains the words in it */
    /* Where it is fine, as a sentence for a reader, and as a catchword in a list of them. {said}:
     * what the finding says. Both NULL: that says nothing to a reader. */
    const char *fine, *fine_brief;
    bool answers_file; /* asked of certificates in a file too (--chain), where no server is */
    void (*judge)(struct check_context *c);
    bool asks_early; /* what it tries follows from the certificate: it is asked what it wants as
                        soon as that has come, beside the try that brought it */
    const struct cause *causes;
    size_t n_causes;
};

struct tree_row {
    const struct check *check;
    int parent;     /* row; -1: the root */
    enum result on; /* asked where the parent's result is this */
};

size_t tree_size(void);
const struct tree_row *tree_row(size_t i);

#endif
