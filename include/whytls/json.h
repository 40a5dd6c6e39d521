/*
 * json.h - a strict look at JSON from outside before cJSON builds it: cJSON takes duplicate members
 * (the first wins), ends a text at an escaped NUL and knows no lines (all measured on 1.7.15).
 * For cases, themes and data files. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_JSON_H
#define WHYTLS_JSON_H

#include <stdbool.h>
#include <stddef.h>

enum { JSON_MAX_DEPTH = 32, JSON_MAX_MEMBERS = 256 };

/* Where something is wrong: counted from 1, columns in bytes; what is a plain phrase of ours. */
struct json_fault {
    size_t line, column;
    const char *what;
    bool no_memory;  /* nothing is wrong with the text: it could not be looked at */
    size_t compared; /* what it took to find duplicates: characters of names that were compared */
};

/*
 * True where the bytes are one JSON value by RFC 8259, with no duplicate member (names compared
 * after their escapes), no NUL in a text, at most JSON_MAX_DEPTH deep, at most JSON_MAX_MEMBERS
 * members in an object. Else *fault says where not. The work grows with n log n, whatever the
 * names are. A UTF-8 byte order mark is passed over.
 */
bool json_check(const char *bytes, size_t n, struct json_fault *fault);

/*
 * Line and column of a value by its number in the order of the text: 0 is the outermost, then
 * depth first, member names not counted; the order in which a walk over a cJSON tree meets them.
 * False where there is no such value.
 */
bool json_place(const char *bytes, size_t n, size_t number, size_t *line, size_t *column);

#endif
