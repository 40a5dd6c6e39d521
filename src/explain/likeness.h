/*
 * likeness.h - which pattern a text is most like, where it has none of them: by the words that both
 * have, a rare one counting more. Of this room only. Uses pattern.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EXPLAIN_LIKENESS_H
#define WHYTLS_EXPLAIN_LIKENESS_H

#include "pattern.h"

/* The pattern that the text is a piece of, its last word typed half or whole. NULL: none. */
const struct message *likeness_piece(const struct pattern *p, size_t n_patterns, const char *text,
                                     const struct token *t, size_t n);
/* The pattern that the text has nearly all words of. NULL: none. */
const struct message *likeness_find(const struct pattern *p, size_t n_patterns,
                                    const struct token *t, size_t n);

#endif
