/*
 * pattern.h - the table's patterns and codes as words with gaps, and where one stands in a text.
 * Of this room only. Uses tokens.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EXPLAIN_PATTERN_H
#define WHYTLS_EXPLAIN_PATTERN_H

#include "tokens.h"
#include "whytls/explain.h"

enum { PATTERN_WORDS = 24 };

struct pattern {
    const struct message *message;
    bool is_code;               /* one of its codes, and not its text */
    bool is_whole_name;         /* part of a code: its words must be joined by underscores */
    bool is_camel;              /* a code such as PartialChain: one word, also in the text */
    uint8_t n;                  /* 0: a number, which codes.h finds */
    uint8_t gap[PATTERN_WORDS]; /* so many words may stand before this one */
    uint32_t hash[PATTERN_WORDS];
    const char *word[PATTERN_WORDS]; /* where it stands in the table, and how long it is */
    uint8_t length[PATTERN_WORDS];
};

/* All of the table, made when they are first asked for and kept for good; NULL: no memory. */
const struct pattern *patterns_all(size_t *n);

struct span {
    size_t from, to; /* tokens: the first, and behind the last */
};
bool pattern_find(const struct pattern *p, const struct token *t, size_t n, struct span *found);

#endif
