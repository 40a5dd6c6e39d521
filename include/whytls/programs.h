/*
 * programs.h - which programs accept the chain of a case, and why not: by the list of authorities
 * that each one reads, and by its rules. Pure: rows from a reading, for the details, the JSON and
 * checks.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROGRAMS_H
#define WHYTLS_PROGRAMS_H

#include "whytls/analysis.h"

enum accepts { ACCEPTS_YES, ACCEPTS_NO, ACCEPTS_UNKNOWN, ACCEPTS_COUNT };
const char *accepts_id(enum accepts a); /* "yes", "no", "unknown" */

enum { PROGRAM_WHY = 96 };

/* One list of authorities, and whether the chain leads to one of them. */
struct store_row {
    enum store_kind kind;
    const struct store *store; /* NULL: the list that this case was judged by. Borrowed */
    enum accepts trusts;
    char why[PROGRAM_WHY]; /* why not, or by what; a few words, may be "" */
    bool is_added;         /* trusted by an authority that somebody added on this computer */
    size_t total, added;   /* certificates in its file; of these, added on this computer */
};

enum { STORE_ROWS_MAX = STORES_MAX + 1 };

/* First the list that the case was judged by. 0 where no certificate was seen. */
size_t stores_compare(const struct analysis *r, struct store_row rows[STORE_ROWS_MAX]);

/* ---- the same chain by the rules of several programs --------------------------------------- */

enum fetches { FETCHES_NOT, FETCHES_MISSING, FETCHES_KNOWN }; /* KNOWN: it knows some in advance */
/* What the key usage must allow: anything that serves, what the handshake needs, or it is unread.
 */
enum usage_rule { USAGE_SERVES, USAGE_FITS, USAGE_UNREAD };
/* What is trusted must be: anything, one that may sign by mark or key usage, a marked authority. */
enum anchor_rule { ANCHOR_IS_ANY, ANCHOR_MAY_SIGN, ANCHOR_IS_CA };
enum { LIST_OWN = STORE_COUNT }; /* a list of its own that is in no file here */

/* A row of src/diagnosis/judges.def: how a program judges certificates. */
struct judge {
    const char *id, *name;
    int list;         /* enum store_kind, STORE_SYSTEM for this system's; or LIST_OWN */
    int root_program; /* enum root program whose dated rules it has; -1: none */
    unsigned min_rsa; /* bits of the shortest RSA key that it takes */
    enum fetches fetches;
    enum usage_rule usage;
    enum anchor_rule anchor;
    bool needs_san;               /* a name in the subject alone is none */
    bool takes_subject_name;      /* it is one where the SAN has no DNS name, if other things */
    bool takes_final_dot;         /* "shop.example." is the same */
    bool takes_top_wildcard;      /* "*.example" covers a name right under a top-level domain */
    bool takes_any_purpose;       /* anyExtendedKeyUsage alone is good for a site */
    bool takes_any_above;         /* and for the authorities above it */
    bool takes_authority_purpose; /* the purposes of authorities are not looked at */
    bool takes_any_anchor;        /* the dates of what it trusts are not looked at */
    bool weighs_anchor;           /* its key must be as long as others' */
    bool needs_subjects;          /* certificates without a subject: as cert_strict_fault has it */
    bool takes_sha1;              /* signatures with SHA-1, under any authority */
    bool is_strict;               /* cert_strict_fault */
    bool keeps_staple;            /* must-staple (RFC 7633) */
    bool asks_revocation;
    bool fails_on_expired_cross_sign; /* chain_answer.has_expired_cross_sign */
    bool is_old;
    const char *source;
};
const struct judge *judge_at(size_t i); /* NULL past the end */

enum { JUDGES_MAX = 20 };

struct judge_row {
    const struct judge *judge;
    enum accepts accepts;
    char why[PROGRAM_WHY]; /* what it minds first, or why it can't be told; "" where it accepts */
    unsigned changes;      /* CHAIN_BITs that it would take; without what judge itself allows */
};

/* What each makes of the certificates; 0 where none was seen, or they can't be judged. */
size_t programs_compare(const struct analysis *r, struct judge_row rows[JUDGES_MAX]);
/* The first program of today that refuses, by a rule of its own, what this system accepts, and what
 * it minds. NULL: none does. Cheap: nothing is judged anew. */
const struct judge *programs_strict(const struct analysis *r, const char **why);

#endif
