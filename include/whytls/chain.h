/*
 * chain.h - judging certificates by smallest change, with no socket, no clock and no files.
 * A chain is verified again with exactly one thing changed (then two ...); the smallest set of
 * changes that makes it acceptable is the list of faults. Uses GnuTLS's X.509 functions.
 * Rules: RFC 5280 6 (path), RFC 6125 6.4 (names), RFC 8446 4.4.2 (order), CA/Browser Forum
 * Baseline Requirements 6.1.5 (RSA 2048, no SHA-1).
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_CHAIN_H
#define WHYTLS_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "whytls/buf.h"
#include "whytls/evidence.h"
#include "whytls/message.h"

/* ---- one certificate, described --------------------------------------------------------- */

enum { CERT_MAX_NAMES = 64, CERT_MAX_URLS = 4 };

/* Every text is clean. A text that the certificate does not have is "". */
struct cert_info {
    char subject[128]; /* common name, else organisation, else the whole DN, cut */
    char subject_org[96];
    char subject_dn[256];
    char issuer[128];
    char issuer_org[96];
    char issuer_dn[256];
    char names[CERT_MAX_NAMES][SETTINGS_NAME_SIZE]; /* SAN dNSName, then iPAddress as text */
    size_t n_names;
    size_t n_all_names; /* also those beyond CERT_MAX_NAMES */
    bool has_san;
    int64_t not_before, not_after; /* Unix seconds */
    char serial[64];               /* hex with colons */
    char sha256[65];
    char key_sha256[65]; /* of the public key (SubjectPublicKeyInfo) */
    char key[24];        /* "RSA-2048", "P-256" */
    char signature[32];  /* "RSA-SHA256" */
    bool is_ca;
    bool may_sign;                        /* is_ca, or its key usage says so */
    bool is_self_issued;                  /* subject and issuer are the same name */
    bool is_self_signed;                  /* and its own key made the signature */
    char issuer_urls[CERT_MAX_URLS][512]; /* AIA caIssuers */
    size_t n_issuer_urls;
    char ocsp_urls[CERT_MAX_URLS][512]; /* AIA OCSP */
    size_t n_ocsp_urls;
    char crl_urls[CERT_MAX_URLS][512]; /* CRL distribution points */
    size_t n_crl_urls;
    int64_t newest_sct; /* Unix seconds; 0: none. Signed lower bound of the time */
    int64_t oldest_sct; /* the same of the first one */
    bool for_clients;   /* may be shown by a user: clientAuth, or no purposes (RFC 5280 4.2.1.12) */
    bool names_sites;   /* serverAuth is among its purposes, or it has none: "any" is not enough */
    bool takes_any_use; /* anyExtendedKeyUsage is among its purposes, or it has none */
    bool must_staple;   /* TLS feature status_request (RFC 7633): a stapled answer has to come */
};

/* False where the bytes are no certificate (then *info is all zero). */
bool cert_describe(const struct blob *der, struct cert_info *info);

/*
 * The certificates in a file's bytes (PEM, DER, PKCS #7), in its order; a bag has none, there the
 * site's own comes first. Fills out[0 .. max), which the caller frees; returns how many there are,
 * which may be more than max. 0: it holds none. One for which there was not enough memory is
 * counted and empty.
 */
size_t chain_read_bundle(const void *bytes, size_t n, struct blob *out, size_t max);
/* What a strict program minds (OpenSSL's X509_STRICT, Python from 3.13 on), in a few words; NULL:
 * nothing. is_top: it is the authority of the list. */
const char *cert_strict_fault(const struct blob *der, bool is_top);
/* Would one check with its key take longer than any program would wait? (src/chain/work.c) */
bool cert_is_costly(const void *der, size_t n);
/* A certificate that names nobody where it must: an authority, or a leaf whose names are not
 * critical (RFC 5280 4.1.2.6; Java reads no such one). In a few words; NULL: it does not. */
const char *cert_subject_fault(const struct blob *der);
/* Appends the certificate as PEM (RFC 7468); false where there is no room. */
bool cert_to_pem(const struct blob *der, struct buf *out);
/*
 * What to ask a responder about this certificate, as the rest of its address (RFC 6960 A.1, RFC
 * 5019 5): base64, escaped for a URL. With SHA-1 names and no nonce, as public responders expect.
 * False where it can't be made or does not fit.
 */
bool cert_ocsp_request(const struct blob *der, const struct blob *issuer, char *out,
                       size_t out_size);

/* ---- the judgement ---------------------------------------------------------------------- */

/* What can be changed, a bit each. The words complete "We changed only one thing: ...". */
#define CHAIN_CHANGE_LIST(X)                                                                       \
    X(DATE, "date", N_("a date on which it is valid"))                                             \
    X(NAME, "name", N_("a host name that it covers"))                                              \
    X(ADD_CERTIFICATE, "add-certificate", N_("the missing intermediate certificate added"))        \
    X(ADD_ROOT, "add-root", N_("its root certificate in the trust store"))                         \
    X(ORDER, "order", N_("the site's own certificate in the first place"))                         \
    X(PURPOSE, "purpose", N_("no rule about the purpose"))                                         \
    X(KEY, "key", N_("no rule about short keys"))                                                  \
    X(SIGNATURE, "signature", N_("no rule about old signatures"))                                  \
    X(AUTHORITY, "authority", N_("no rule about who may sign"))                                    \
    X(DEPTH, "depth", N_("no limit for the chain's length"))                                       \
    X(NAME_LIMIT, "name-limit", N_("no limit for an authority's names"))                           \
    X(INTACT, "intact", N_("the wrong signature taken as good"))                                   \
    X(REVOCATION, "revocation", N_("no look at revocation"))                                       \
    X(STAPLE, "staple", N_("no rule about the stapled OCSP response"))                             \
    X(DISTRUST, "distrust", N_("no rule of the programs' own about its authority"))                \
    X(LIFETIME, "lifetime", N_("no rule of the programs' own about long lifetimes"))               \
    X(RULES, "rules", N_("no other rules for a chain"))

enum chain_change {
#define X(ident, id, words) CHAIN_CHANGE_##ident,
    CHAIN_CHANGE_LIST(X)
#undef X
        CHAIN_CHANGE_COUNT
};
#define CHAIN_BIT(ident) (1u << CHAIN_CHANGE_##ident)
const char *chain_change_id(enum chain_change c);
const char *chain_change_words(enum chain_change c);

/* ---- what a signed statement says (RFC 6960, RFC 5280 5) --------------------------------- */

#define STANDING_LIST(X)                                                                           \
    X(NONE, "none")             /* there is no statement */                                        \
    X(GOOD, "good")             /* not revoked, at the time of the question */                     \
    X(REVOKED, "revoked")       /* revoked */                                                      \
    X(UNKNOWN, "unknown")       /* the authority says that it does not know this certificate */    \
    X(STALE, "stale")           /* its time is over */                                             \
    X(EARLY, "early")           /* its time has not come */                                        \
    X(UNSIGNED, "unsigned")     /* not signed by the issuer, or by one that it named for this */   \
    X(OTHER, "other")           /* about other certificates, or not about all of its kind */       \
    X(UNREADABLE, "unreadable") /* no statement, or an error in place of one */                    \
    X(UNCHECKED, "untold")      /* the issuer is not there to check it against */

enum standing_kind {
#define X(ident, id) STANDING_##ident,
    STANDING_LIST(X)
#undef X
        STANDING_COUNT
};
const char *chain_standing_id(enum standing_kind k);

/* What one statement says of one certificate. Times in Unix seconds; 0: it does not say. */
struct standing {
    enum standing_kind kind;
    enum statement_kind from;
    int64_t revoked_at;
    int64_t signed_at; /* when it was made */
    int64_t until;     /* when the next one is due */
    char signer[128];  /* who signed it, clean */
};

/* What the handshake asked of the leaf's key; its key usage must allow it where it has one
 * (RFC 5280 4.2.1.3; enforced by Chromium, NSS and GnuTLS, not by OpenSSL). */
enum key_use { KEY_USE_ANY, KEY_USE_SIGN, KEY_USE_DECRYPT, KEY_USE_UNASKED };

enum { CHAIN_MAX_EXTRA = 24 };

struct chain_question {
    const struct blob *sent[EVIDENCE_MAX_CHAIN]; /* as the server sent them */
    size_t n_sent;
    const struct blob *extra[CHAIN_MAX_EXTRA]; /* had elsewhere: each use costs ADD_CERTIFICATE */
    size_t n_extra;
    const struct anchor *anchors; /* trusted, by subject; of them only the date is judged */
    size_t n_anchors;
    const char *name; /* A-label or numeric address to match; NULL or "": any */
    bool name_is_address;
    enum key_use key_use;
    const struct statement *staple; /* what the server stapled for the leaf; NULL: nothing */
    const struct statement *told[EVIDENCE_MAX_FETCHES]; /* fetched, whoever they are about */
    size_t n_told;
    bool may_expect_staple;         /* we asked for one, and the server had its say */
    const struct dated_rule *rules; /* other programs' own; borrowed */
    size_t n_rules;
    /* judge by the rules of these (ROOT_PROGRAM_BITs) too; 0: by nobody's */
    unsigned root_programs;
    int64_t now; /* Unix seconds */
};

enum {
    CHAIN_MAX_PATH = 10,
    /* For one question: as much as this many RSA signatures of 2,048 bits (src/chain/work.c), under
     * a tenth of a second. Honest chains need under 50 checks, of 1 to 20 units each. */
    CHAIN_MAX_WORK = 2048,
};

/* Where a certificate of the path came from. */
enum chain_from { CHAIN_FROM_SENT, CHAIN_FROM_EXTRA, CHAIN_FROM_ANCHOR };

struct chain_link {
    enum chain_from from;
    size_t index; /* into sent, extra or anchors */
};

struct chain_answer {
    bool judged;      /* false: nothing could be said (no readable certificate) */
    bool acceptable;  /* changes == 0 */
    unsigned changes; /* the smallest set, as CHAIN_BITs */
    bool is_proven;   /* with this set the whole verification was run and passed */
    /* leaf first; with ADD_ROOT, the last is the new root */
    struct chain_link path[CHAIN_MAX_PATH];
    size_t n_path;
    int at[CHAIN_CHANGE_COUNT]; /* for each change: place in path where it is violated; -1: none */
    int64_t not_before, not_after; /* window of the path without its anchor: newest and oldest */
    bool is_incomplete; /* the path ends below a self-signed certificate and no anchor is there */
    int wrong_sent; /* into sent: has the name of an issuer that is missing, and another key; -1 */
    char rule[64];  /* RULES: what GnuTLS or we say, short; for the details page */
    struct standing staple;   /* what the stapled answer is worth */
    struct standing standing; /* of the leaf, by the statement that decides: REVOKED before GOOD */
    /* The same of the authority in between that is worst off: revoked, then not known, then
     * good. Its place in path; 0: there is none in between. */
    struct standing above;
    size_t above_at;
    enum standing_kind told[CHAIN_MAX_PATH]; /* of each in path but its end */
    bool must_staple;                        /* the leaf asks for a stapled answer */
    /* into question.rules: with DISTRUST, LIFETIME the one that is violated */
    int distrust, lifetime;

    unsigned n_checks; /* signatures that were checked */
    unsigned work;     /* what that, and the rest, cost: CHAIN_MAX_WORK at most */
    bool gave_up;      /* it would have been more; what was left is not known. Deterministic */

    /* What is odd but does not block; notes. */
    bool is_unordered; /* RFC 8446 4.4.2: each should certify the one before */
    bool has_unused; /* certificates sent that the path does not need: not its root, none sent twice
                      */
    /* One of those sent is an authority of the path, signed by another one that way, and out of
     * date. Old programs go by it and stop: OpenSSL up to 1.0.2 (its blog, 2021-09-13). */
    bool has_expired_cross_sign;
    size_t expired_cross_sign; /* into sent */
};

/* Pure: the same question gives the same answer on any machine. */
void chain_judge(const struct chain_question *q, struct chain_answer *a);

/* ---- the dated rules of other programs (rules.h) ------------------------------------------ */

/* A rule that a chain violates, and whose it is. */
struct rule_hit {
    size_t rule;            /* into question.rules */
    unsigned root_programs; /* ROOT_PROGRAM_BITs: these refuse the chain for it */
    int place;              /* in the path */
    /* what had to be changed for them to accept it: this rule, and other faults */
    unsigned changes;
    bool is_proven; /* with that set the whole verification was run and passed */
};
enum { RULE_MAX_HITS = ROOT_PROGRAM_COUNT * 2 };

/*
 * Who would refuse this chain by a dated rule of their own? `a` is what chain_judge said of the
 * question with no root programs. A chain that has another way to the top is judged by that one.
 * What is not known is no violation: no signed timestamp, an authority that is not on a list. Pure.
 * Fills hits, the likeliest browser first; returns how many there are.
 */
size_t rules_violated(const struct chain_question *q, const struct chain_answer *a,
                      struct rule_hit hits[RULE_MAX_HITS]);
/* The rule of this kind without root programs that is about the path's authority; NULL: none. */
const struct dated_rule *rules_about(const struct chain_question *q, const struct chain_answer *a,
                                     enum dated_kind kind);

/*
 * Does one of the certificate's names cover this name? RFC 6125: a wildcard covers one label.
 * A common name counts only where there is no SAN (as GnuTLS, OpenSSL and curl do: measured).
 */
bool cert_covers_name(const struct cert_info *info, const char *name, bool name_is_address);
/* Its common name, where it has no DNS name. OpenSSL and Java go by that whatever else the SAN has.
 */
bool cert_covers_by_subject(const struct cert_info *info, const char *name, bool name_is_address);
/* "*.example" for shop.example: for most programs no star stands right below a top-level domain. */
bool cert_has_top_wildcard(const struct cert_info *info, const char *name);
/* cert_covers_name from the bytes: all names, also beyond the CERT_MAX_NAMES that cert_info can
 * hold. */
bool cert_der_covers_name(const struct blob *der, const char *name, bool name_is_address);

#endif
