/*
 * codes.h - the numbers in a text that stand for a fault, each as the table writes it: "alert 40",
 * "curl 60", "X509 20", "0x80090326". Of this room only. Uses tokens.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EXPLAIN_CODES_H
#define WHYTLS_EXPLAIN_CODES_H

#include "tokens.h"

enum { CODES_MAX = 64, CODE_SIZE = 24 };

struct code {
    char text[CODE_SIZE];
    size_t token; /* the number */
};

/* True where the table's code is such a number, and no name. */
bool code_is_number(const char *code);
size_t codes_of(const char *text, const struct token *t, size_t n, struct code out[CODES_MAX]);

#endif
