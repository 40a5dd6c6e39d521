/*
 * blocks.h - an answer as blocks: one walk over the verdict and its advice, and any number of forms
 * that it is given in. A form is a sink; it decides on marks, on lines and on what it escapes,
 * never on what is said. Every text that reaches a sink is whole, clean and redacted already
 * (redaction.h). Uses advice.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_BLOCKS_H
#define WHYTLS_BLOCKS_H

#include "whytls/redaction.h"
#include "whytls/walk.h"

/* The parts of an answer, in the order in which they come: WHO to HOW for each entry. */
enum block_part {
    BLOCK_HEAD, /* what this is of: program, time and case, then the site; before the first entry */
    BLOCK_WHO,
    BLOCK_WHAT,
    BLOCK_DO,
    BLOCK_DO_NOT,
    BLOCK_WHY,
    BLOCK_MISSING, /* more of BLOCK_WHY: certificates to add, to tell them from others */
    BLOCK_TERM,    /* in technical words, to be passed on */
    BLOCK_SEEN,    /* what other programs print for it */
    BLOCK_HOW,     /* how to do what is to be done */
    BLOCK_FINE,
    BLOCK_NOTES,
};

/* One of the verdict's list: a cause, or that it works, or that it was not found. */
struct block_entry {
    const char *code;  /* "W-603" */
    const char *title; /* the cause as a fact */
    const char *sure;  /* "Sure: proven" */
    size_t place, n;   /* the place-th (from 0) of n; n 0: a cause by itself, of no case */
};

/*
 * What a form does with each block. All texts are borrowed until the call returns. A heading comes
 * before what it stands over, with the number of items that will follow; MISSING has none.
 */
struct block_sink {
    void *ctx;
    void (*entry)(void *ctx, const struct block_entry *e);
    void (*heading)(void *ctx, enum block_part part, const char *words, size_t n_items);
    void (*text)(void *ctx, enum block_part part, const char *text);
    /* The number-th (from 1) of a list. */
    void (*item)(void *ctx, enum block_part part, size_t number, const char *text);
    /* To be copied to the letter: no form may break it. Belongs to the item before. */
    void (*code)(void *ctx, enum block_part part, const char *text);
};

/* What this is of, so that who gets it knows: two texts of BLOCK_HEAD. All of it is the case's own,
 * so a saved case says the same. */
void report_head(const struct walk *w, const struct redaction *redaction,
                 const struct block_sink *sink);
/* The head, the verdict of a walk, what is fine, and the notes. cover NULL: nothing is hidden. */
void report_answer(const struct walk *w, const struct redaction *redaction,
                   const struct block_sink *sink);
/* What a cause means, with no case at hand: its keys stand as plain words ("the site"). */
void report_answer_of(const struct cause *cause, const struct block_sink *sink);

#endif
