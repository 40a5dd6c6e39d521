/*
 * field.h - a field that is typed and pasted into: one line of clean text and a cursor. Pure.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_FIELD_H
#define WHYTLS_UI_FIELD_H

#include <stddef.h>

#include "whytls/must_use.h"

enum { FIELD_SIZE = 512, MODEL_PASTE_MAX = 64 * 1024 };

struct field {
    char text[FIELD_SIZE]; /* clean UTF-8 */
    size_t cursor;         /* byte in text where the next character goes */
};

/* Text that is not clean is not taken. */
void field_put(struct field *f, const char *clean);
void field_insert(struct field *f, const char *clean);
/* What was taken of a paste. */
enum pasted { PASTE_WHOLE, PASTE_FIRST_LINE, PASTE_TOO_LONG /* nothing */ };

/* Pasted bytes: cleaned, with nothing around them, cut at the first line that says something; a
 * newline never submits. */
enum pasted field_paste(struct field *f, const char *bytes, size_t n) MUST_USE;

#endif
