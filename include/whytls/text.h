/*
 * text.h - text that is safe to show, and small tools for strings.
 * The one place where bytes from outside become text (doc/design.md, law 4). Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TEXT_H
#define WHYTLS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Cleans n bytes from outside into out: valid UTF-8 without control, direction, zero-width,
 * private or unassigned characters; each of those becomes <U+XXXX>, each byte that is not UTF-8
 * becomes <XX>. Always ends out with NUL; what does not fit is cut at a whole character.
 * Returns the length written. out_size must be at least 1.
 */
size_t text_clean(char *out, size_t out_size, const void *in, size_t n);

/* Cleans a NUL-terminated string; NULL counts as "". */
size_t text_clean_str(char *out, size_t out_size, const char *in);

/* True where text_clean would leave these bytes as they are. */
bool text_is_clean(const void *in, size_t n);

/* Copies with a guaranteed NUL, cutting at a whole UTF-8 character. Returns false where it was cut.
 */
bool text_copy(char *out, size_t out_size, const char *in);

/* Columns that clean UTF-8 text takes on a terminal (libc's wcwidth, in a UTF-8 locale or not). */
int text_width(const char *s);

/* Decodes one character of clean UTF-8. Returns its length in bytes (0 at the end of s). */
size_t text_next(const char *s, unsigned int *code_point);

/* ASCII only, whatever the locale. */
bool text_equal_nocase(const char *a, const char *b);
bool text_contains_nocase(const char *haystack, const char *needle);
/* The same for whole words: "iboss" is in "iboss, Inc." and not in "Fiboss". ASCII; UTF-8 bytes are
 * letters. */
bool text_has_words_nocase(const char *haystack, const char *words);
bool text_starts_nocase(const char *s, const char *prefix);
bool text_ends_nocase(const char *s, const char *suffix);

#endif
