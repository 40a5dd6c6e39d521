/*
 * redaction.c - a text as it may be shown: see redaction.h.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/redaction.h"

#include "whytls/text.h"

enum { COVER_MAX = 1024 * 1024 };

const char *redaction_text(const struct redaction *redaction, const char *text, struct buf *b)
{
    buf_init(b, COVER_MAX);
    if (redaction == NULL) {
        return text;
    }
    redaction->hide(redaction, text, b);
    if (b->failed && redaction->failed != NULL) {
        *redaction->failed = true;
    }
    return b->failed ? "(hidden)" : buf_text(b);
}

void redaction_copy(const struct redaction *redaction, char *out, size_t out_size, const char *text)
{
    struct buf b;

    text_copy_cut(out, out_size, redaction_text(redaction, text, &b));
    buf_fini(&b);
}

bool redaction_empties_bytes(const struct redaction *redaction)
{
    return redaction != NULL && (redaction->what & (HIDE_NAMES | HIDE_ADDRESSES)) != 0;
}
