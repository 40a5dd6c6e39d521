/*
 * redact_aliases.h - the aliases of what is to be hidden: every name, address and owner that stands
 * in a case, and what each is to be called. Inside src/evidence.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EVIDENCE_REDACT_ALIASES_H
#define WHYTLS_EVIDENCE_REDACT_ALIASES_H

#include "whytls/evidence.h"

enum name_kind {
    NAME_HOST,
    NAME_ADDRESS,
    NAME_ORGANISATION,
    NAME_USER,
    NAME_TEXT,
    NAME_KIND_COUNT
};

struct alias {
    char *name; /* clean text, as it would stand in the output */
    enum name_kind kind;
    unsigned number;
};

struct aliases {
    struct alias *entries;
    size_t n, cap;
    unsigned used[NAME_KIND_COUNT];
    size_t n_certificates, n_anchors; /* of the case: those whose names are in it already */
    bool failed;                      /* it is not whole: nothing may be shown by it */
};

/* Collects all names of the case, the longest first; known ones keep their numbers. Aliases begin
 * all zero, and end with aliases_fini. (redact_learn.c) */
void aliases_learn(struct aliases *b, const struct evidence *ev);
/* A name of the user's own. */
void aliases_learn_mine(struct aliases *b, const char *name);
void aliases_fini(struct aliases *b);

/* Adds a name unless it is there; what it is follows from its form (redact_aliases.c). */
void aliases_add(struct aliases *b, const char *name);
/* Another way to write a name that is there: it is called the same. */
void aliases_add_alias(struct aliases *b, const char *alias, const char *name);
/* Adds a name of a known kind; number 0: the next one of its kind. Returns the name's number,
 * whichever it has. */
unsigned aliases_put(struct aliases *b, enum name_kind kind, const char *name, unsigned number);
bool aliases_is_address(const char *text);
/* Two labels or more, no space, letters in the last one: nginx/1.18.0 is none. */
bool aliases_is_host(const char *word);
/* The longest first, so that no name is hidden in part. */
void aliases_sort(struct aliases *b);
/* Text that is hidden whole. */
void aliases_add_text(struct aliases *b, const char *text);
/* "host", "addr" ...: the word before the number. */
const char *alias_word(enum name_kind kind);

/* Puts the names of a certificate into the aliases: subject, issuer, alternative names, addresses
 * (redact_der.c). */
void aliases_add_certificate(struct aliases *b, const struct blob *der);

#endif
