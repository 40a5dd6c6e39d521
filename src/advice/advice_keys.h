/*
 * advice_keys.h - the {keys} that advice fills in, from a walk and what it names.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_ADVICE_KEYS_H
#define WHYTLS_ADVICE_KEYS_H

#include "whytls/advice.h"

struct analysis;

/* Replaces every {key} of text; a key without a value becomes plain words. Always ends with NUL. */
void keys_fill(const struct walk *w, const struct diagnosed *n, const struct redaction *redaction,
               const char *text, char *out, size_t out_size);
/* "Java's list or Node's list": what does not trust the chain; "" where all do. */
void keys_lists_without(const struct analysis *r, char *out, size_t out_size);
/* True where the key (without braces) is in the table; for tests. */
bool keys_has(const char *key, size_t len);

#endif
