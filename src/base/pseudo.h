/*
 * pseudo.h - the pseudo-language: an English text in brackets, with accents and 40 % longer, so
 * that what was not marked for translation, or has no room for one, is seen. Only src/base uses it.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_BASE_PSEUDO_H
#define WHYTLS_BASE_PSEUDO_H

/* {keys} and printf's conversions stay as they are. The text itself where memory is gone. Kept, and
 * the same for the same text, for good. */
const char *pseudo_text(const char *english);

#endif
