/*
 * text.h - text that is safe to show, and small tools for strings.
 * The one place where bytes from outside become text (doc/design.md, law 4). Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TEXT_H
#define WHYTLS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "whytls/must_use.h"

/*
 * Cleans n bytes from outside into out: valid UTF-8 without control, direction, zero-width,
 * private or unassigned characters; each of those becomes <U+XXXX>, each byte that is not UTF-8
 * becomes <XX>. Always ends out with NUL; what does not fit is cut at a whole character.
 * False where it was cut: then it is another text, and nothing may be decided by it. out_size must
 * be at least 1.
 */
bool text_clean(char *out, size_t out_size, const void *in, size_t n) MUST_USE;

/* Cleans a NUL-terminated string; NULL counts as "". */
bool text_clean_str(char *out, size_t out_size, const char *in) MUST_USE;

/* The same for what people read: where it was cut it ends in TEXT_CUT (in 16 bytes or more), so
 * that it passes for no whole text: the brackets and the space are in no host name. */
#define TEXT_CUT " [...]"
void text_clean_marked(char *out, size_t out_size, const void *in, size_t n);
void text_clean_str_marked(char *out, size_t out_size, const char *in);

/* True where text_clean would leave these bytes as they are. */
bool text_is_clean(const void *in, size_t n);

/* Moves *s and *n (bytes from outside) past what a paste brings along at both ends and nobody sees:
 * blanks of every kind (Unicode White_Space), zero width and byte order marks. Direction
 * overrides stay, and are named. */
void text_trim(const char **s, size_t *n);
/* True where such a blank is among the first n bytes. */
bool text_has_blank(const char *s, size_t n);

/* Copies with a guaranteed NUL, cutting at a whole UTF-8 character. False where it was cut: then it
 * is another text, and nothing may be decided by it. */
bool text_copy(char *out, size_t out_size, const char *in) MUST_USE;

/* The same where a cut is meant: words for a row of the screen, a message. */
void text_copy_cut(char *out, size_t out_size, const char *in);
/* As snprintf, cut at a whole character. */
void text_printf(char *out, size_t out_size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Copies from one array, or a string constant, to another that is as large: it cannot be cut, or it
 * does not compile. */
#define TEXT_SET(to, from) text_copy_cut((to), sizeof(to) + TEXT_FITS_(to, from), (from))
#define TEXT_FITS_(to, from)                                                                       \
    (0 * sizeof(struct {                                                                           \
         _Static_assert(TEXT_IS_ARRAY_(to) && TEXT_IS_ARRAY_(from) && sizeof(to) >= sizeof(from),  \
                        "this text could be cut");                                                 \
         int member;                                                                               \
     }))
#define TEXT_IS_ARRAY_(a) (!__builtin_types_compatible_p(__typeof__(a), __typeof__(&(a)[0])))

/* Columns that clean UTF-8 text takes on a terminal (libc's wcwidth, in a UTF-8 locale or not). */
int text_width(const char *s);
int text_columns(unsigned int code_point);

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
