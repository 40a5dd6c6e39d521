/*
 * rules.h - the dated rules of browsers and other programs: authorities that they trust no more
 * from a day on, how long a certificate may live. Rows of src/data/rules.json (or of a file that
 * replaces it); those that bear on a case are facts of it, so that it walks the same anywhere.
 * Plain data; what is violated says rules_violated in chain.h.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_RULES_H
#define WHYTLS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "whytls/message.h"

/* Programs that keep rules of their own, by which they refuse what this system's list accepts. */
#define ROOT_PROGRAM_LIST(X)                                                                       \
    X(CHROME, "chrome", "Chrome")                                                                  \
    X(EDGE, "edge", "Edge")                                                                        \
    X(FIREFOX, "firefox", "Firefox")                                                               \
    X(APPLE, "apple", "Safari")                                                                    \
    X(JAVA, "java", N_("Java programs"))

enum root_program {
#define X(ident, id, words) ROOT_PROGRAM_##ident,
    ROOT_PROGRAM_LIST(X)
#undef X
        ROOT_PROGRAM_COUNT
};
#define ROOT_PROGRAM_BIT(ident) (1u << ROOT_PROGRAM_##ident)
const char *root_program_id(enum root_program k);
const char *root_program_words(enum root_program k);

#define DATED_LIST(X)                                                                              \
    X(DISTRUST, "distrust")     /* this root is trusted no more, from `date` on */                 \
    X(LIFETIME, "lifetime")     /* certificates issued from `date` on live `days` at most */       \
    X(OCSP_ENDED, "ocsp-ended") /* this authority signs no OCSP answers, from `date` on */         \
    X(PURPOSE, "purpose")       /* it makes no certificates to log in with, from `date` on; "": no \
                                   public one does */

enum dated_kind {
#define X(ident, id) DATED_##ident,
    DATED_LIST(X)
#undef X
        DATED_COUNT
};
const char *dated_kind_id(enum dated_kind k);

/* What is compared with the date. */
#define SINCE_LIST(X)                                                                              \
    X(ALWAYS, "always") /* nothing: it is so by now, whatever the certificate says */              \
    X(ISSUED, "issued") /* the first day of the site's certificate (notBefore) */                  \
    X(SCT, "sct")       /* the oldest signed timestamp in it (RFC 6962); without one it is not     \
                           known */

enum dated_since {
#define X(ident, id) DATED_SINCE_##ident,
    SINCE_LIST(X)
#undef X
        DATED_SINCE_COUNT
};
const char *dated_since_id(enum dated_since s);

enum { RULES_MAX = 48, RULE_HASH = 65, RULE_MAX_DAYS = 36500 };

struct dated_rule {
    enum dated_kind kind;
    bool keeps[ROOT_PROGRAM_COUNT]; /* who keeps it; for OCSP_ENDED and PURPOSE nobody */
    char authority[64];             /* "Entrust Root Certification Authority - G2"; "": any */
    char root[RULE_HASH]; /* SHA-256 of the root's certificate or of its public key, hex; "": any */
    enum dated_since since;
    int64_t date;     /* Unix seconds: the first moment at which it holds; 0 with ALWAYS */
    uint16_t days;    /* LIFETIME */
    bool for_any;     /* LIFETIME: also under authorities that somebody added */
    char source[160]; /* the document that says so; clean */
};

#endif
