/*
 * cover.c - a text as it may be shown: see cover.h.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/cover.h"

#include "whytls/text.h"

enum { COVER_MAX = 1024 * 1024 };

const char *cover_text(const struct cover *cover, const char *text, struct buf *b)
{
    buf_init(b, COVER_MAX);
    if (cover == NULL) {
        return text;
    }
    cover->hide(cover, text, b);
    if (b->failed && cover->failed != NULL) {
        *cover->failed = true;
    }
    return b->failed ? "(hidden)" : buf_text(b);
}

void cover_copy(const struct cover *cover, char *out, size_t out_size, const char *text)
{
    struct buf b;

    text_copy_cut(out, out_size, cover_text(cover, text, &b));
    buf_fini(&b);
}

bool cover_empties_bytes(const struct cover *cover)
{
    return cover != NULL && (cover->what & (HIDE_NAMES | HIDE_ADDRESSES)) != 0;
}
