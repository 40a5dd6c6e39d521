/*
 * tokens.h - a text as words that can be compared: small letters, "SSLHandshake" taken apart,
 * "verification" and "verified" the same, articles left out. Of this room only. Uses libc, ascii.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EXPLAIN_TOKENS_H
#define WHYTLS_EXPLAIN_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TOKENS_MAX = 32768, TOKEN_WORD = 40 };

struct token {
    uint32_t hash;     /* of the word that it counts as */
    uint32_t at;       /* in the text */
    uint16_t n;        /* bytes there */
    bool is_joined;    /* by an underscore to the one before */
    bool is_adjacent;  /* nothing stands between it and the one before: "SSLHandshake" */
    bool is_after_dot; /* by a full stop */
    bool is_negative;  /* a minus sign stands before it, and no word before that */
};

/* Returns how many; what is more than max is left out. */
size_t tokens_of(const char *text, size_t n, struct token *out, size_t max);
/* The hash of a word as tokens_of gives it. */
uint32_t token_hash(const char *word);
/* One of the words of a list that NULL ends. */
bool token_is_one(const struct token *t, const char *const *words);
bool token_is(const struct token *t, const char *word);

#endif
