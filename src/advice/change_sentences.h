/*
 * change_sentences.h - what was changed, in words. Inside src/advice only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_ADVICE_CHANGE_SENTENCES_H
#define WHYTLS_ADVICE_CHANGE_SENTENCES_H

#include <stddef.h>

/* "Then we changed only the protocol: plain HTTP, with no TLS." */
void changes_sentence(unsigned changes, char *out, size_t out_size);
/* "a date on which it is valid, and a host name that it covers" */
void chain_changes_list(unsigned changes, char *out, size_t out_size);

#endif
