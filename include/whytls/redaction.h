/*
 * redaction.h - what a value goes through before anybody sees it, where names are to be hidden. It
 * is always the first thing that is done to it: redact, then escape, then lay out; a name that was
 * wrapped, cut or escaped is found by nobody. Uses buf and text only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_REDACTION_H
#define WHYTLS_REDACTION_H

#include "whytls/buf.h"

enum { HIDE_NAMES = 1, HIDE_ADDRESSES = 2, HIDE_MINE = 4, HIDE_ALL = 7 };

/* A plain value; NULL in its place: all is shown as it is. case.h makes one of a case. */
struct redaction {
    /* Puts the text as it may be shown. out fails where that can't be told: then nothing may be. */
    void (*hide)(const struct redaction *c, const char *text, struct buf *out);
    const void *ctx;
    unsigned what; /* HIDE_ bits */
    /* Set where a text could not be redacted, and so was left out: what was made is not all. NULL:
     * nobody asks. */
    bool *failed;
};

/* The text as it may be shown: itself, or what stands in *b then. Caller ends b either way. */
const char *redaction_text(const struct redaction *redaction, const char *text, struct buf *b);
/* The same into an array; what does not fit is cut, at a whole character. */
void redaction_copy(const struct redaction *redaction, char *out, size_t out_size,
                    const char *text);
/* Certificates and the like have names in them that can't be redacted: they are left out. */
bool redaction_empties_bytes(const struct redaction *redaction);

#endif
