/*
 * checks.h - the tree and its checks: what is asked, in which words, and the causes that each can
 * name. Constant tables (src/diagnosis/checks/, tree.def); uses nothing but libc.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_CHECKS_H
#define WHYTLS_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

#include "whytls/message.h"

/* ---- words ------------------------------------------------------------------------------ */

#define STEP_LIST(X)                                                                               \
    X(REACH, 1, N_("Reach"), N_("Can we reach the site?"))                                         \
    X(CLOCK, 2, N_("Clock"), N_("Is the clock right?"))                                            \
    X(OTHERS, 3, N_("Programs"), N_("Does it work in another way?"))                               \
    X(PROTOCOL, 4, N_("Version"), N_("Do both sides share a TLS version?"))                        \
    X(CIPHER, 5, N_("Cipher"), N_("Do both sides share a cipher?"))                                \
    X(CERTIFICATES, 6, N_("Certificates"), N_("Are the certificates right?"))                      \
    X(NAME, 7, N_("Name"), N_("Is it the right name?"))                                            \
    X(BETWEEN, 8, N_("Inspection"), N_("Is the connection inspected or blocked?"))                 \
    X(EDGE, 9, N_("Origin"), N_("Does the front server reach the origin?"))

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
    X(YOU, "you", N_("You."))                                                                      \
    X(SITE_OWNER, "site-owner", N_("The site's owner."))                                           \
    X(YOUR_IT, "your-it", N_("Whoever looks after this computer; at home, you."))                  \
    X(NETWORK, "network", N_("Whoever runs your network; at home, you or your provider."))         \
    X(PROGRAM_MAKER, "program-maker", N_("The maker of your program."))                            \
    X(NOBODY, "nobody", N_("Nobody."))

enum who {
#define X(ident, id, words) WHO_##ident,
    WHO_LIST(X)
#undef X
        WHO_COUNT
};
const char *who_id(enum who w);
const char *who_words(enum who w); /* a sentence */

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

/* How an instruction is carried out, on each kind of computer and phone: src/advice/ways.c. */
enum way {
    WAY_NONE, /* it says all there is to do */
    WAY_SET_CLOCK,
    WAY_SET_TIME_ZONE,
    WAY_UPDATE_SYSTEM,
    WAY_UPDATE_PROGRAM,
    WAY_OTHER_BROWSER,
    WAY_TELL_OWNER, /* to find who runs a site, and write to them */
    WAY_TELL_NETWORK,
    WAY_TELL_IT,
    WAY_SIGN_IN,       /* to a network's sign-in page */
    WAY_OTHER_NETWORK, /* a phone's own connection in place of the Wi-Fi */
    WAY_ANTIVIRUS,     /* to find which program inspects, and ask its maker */
    WAY_ADD_AUTHORITY, /* by IT, where a company's own is missing */
    WAY_REMOVE_AUTHORITY,
    WAY_PROXY,              /* where the proxy is set */
    WAY_CLIENT_CERTIFICATE, /* where a certificate of one's own is kept and chosen */
    WAY_VARIABLE,           /* an environment variable: see it, unset it */
    WAY_FLUSH_NAMES,        /* what is remembered of host names: forget it */
    WAY_FINGERPRINT,        /* of a certificate: see it, and compare it */
    WAY_COUNT
};

/* What several causes share. Where two parties are possible: both, and what tells which. */
#define WHO_OWNER_OR_NETWORK                                                                       \
    N_("The site's owner; or your network, if it opens on a phone without Wi-Fi.")
/* Whole, wherever the fault is the site's: no way around it, and an end to it. */
#define DONT_GO_AROUND N_("Do not click past the warning, and do not use http instead.")
#define DONT_STAY N_("Do not go on using the site if its owner does not repair it.")

enum { CAUSE_MAX_TODO = 3, CAUSE_MAX_DONT = 2, CAUSE_MAX_EXPLAINS = 20 };

/*
 * A root cause and its advice. Texts may hold {keys} that advice fills in
 * (src/advice/advice_keys.c). Limits for the words: tests/words.sh.
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
    enum way how[CAUSE_MAX_TODO]; /* the way to do todo[i] */
    const char *dont[CAUSE_MAX_DONT];
    /* One line for whom it is passed on to: the field's own words, with this case's values. "In
     * technical words" on the answer; no word is too technical here. */
    const char *term;
    const char *proof;      /* where no pair of probes gives the words: why we say so */
    const char *to_confirm; /* where it is only likely: what would prove it */
};

/* Every cause of every check, in tree order; NULL past the end. */
const struct cause *cause_at(size_t i);
const struct cause *cause_find(const char *slug_or_code); /* NULL where unknown; codes any case */

/* ---- the tree ---------------------------------------------------------------------------- */

/* What a check found. */
enum result {
    RESULT_WAITING,    /* wants are open: cannot say yet */
    RESULT_FINE,       /* nothing wrong here */
    RESULT_CAUSE,      /* causes were found */
    RESULT_UNKNOWN,    /* could not tell */
    RESULT_NOT_NEEDED, /* not asked on this path */
};
const char *result_id(enum result r);

struct check_context;

/* A check: one question within a step (src/diagnosis/checks/NAME.c, a row of tree.def). */
struct check {
    const char *id; /* "chain-complete" */
    enum step step;
    const char *question; /* "Is a certificate missing?": up to 40 columns */
    const char *gloss;    /* one sentence that explains the words in it */
    /* Where it is fine, as a sentence for a reader (unless said.def has one with values), and as a
     * catchword in a list of them. Both NULL: that says nothing to a reader. */
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
