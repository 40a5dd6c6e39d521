/*
 * redact_book.h - the book of what is to be hidden: every name, address and owner that stands in a
 * case, and what each is to be called. Inside src/evidence.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EVIDENCE_REDACT_BOOK_H
#define WHYTLS_EVIDENCE_REDACT_BOOK_H

#include "whytls/evidence.h"

enum name_kind {
    NAME_HOST,
    NAME_ADDRESS,
    NAME_ORGANISATION,
    NAME_USER,
    NAME_TEXT,
    NAME_KIND_COUNT
};

struct book_entry {
    char *name; /* clean text, as it would stand in the output */
    enum name_kind kind;
    unsigned number;
};

struct book {
    struct book_entry *entries;
    size_t n, cap;
    unsigned used[NAME_KIND_COUNT];
    size_t n_certificates, n_anchors; /* of the case: those whose names are in it already */
    bool failed;                      /* it is not whole: nothing may be shown by it */
};

/* Collects all names of the case, the longest first; known ones keep their numbers. A book begins
 * all zero, and ends with book_fini. (redact_learn.c) */
void book_learn(struct book *b, const struct evidence *ev);
/* A name of the user's own. */
void book_learn_mine(struct book *b, const char *name);
void book_fini(struct book *b);

/* Adds a name unless it is there; what it is follows from its form (redact_book.c). */
void book_add(struct book *b, const char *name);
/* Another way to write a name that is there: it is called the same. */
void book_add_alias(struct book *b, const char *alias, const char *name);
/* Adds a name of a known kind; number 0: the next one of its kind. Returns the name's number,
 * whichever it has. */
unsigned book_put(struct book *b, enum name_kind kind, const char *name, unsigned number);
bool book_is_address(const char *text);
/* Two labels or more, no space, letters in the last one: nginx/1.18.0 is none. */
bool book_is_host(const char *word);
/* The longest first, so that no name is hidden in part. */
void book_sort(struct book *b);
/* Text that is hidden whole. */
void book_add_text(struct book *b, const char *text);
/* "host", "addr" ...: the word before the number. */
const char *book_word(enum name_kind kind);

/* Puts the names of a certificate into the book: subject, issuer, alternative names, addresses
 * (redact_der.c). */
void book_add_certificate(struct book *b, const struct blob *der);

#endif
