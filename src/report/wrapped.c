/*
 * wrapped.c - text for a report, wrapped behind a mark: see wrapped.h. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "wrapped.h"

#include <string.h>

#include "whytls/advice.h"
#include "whytls/buf.h"

enum { WIDTH = 76, MAX_LINES = 24 };

void put_wrapped(struct buf *out, const char *lead, const char *text)
{
    const char *starts[MAX_LINES];
    size_t lengths[MAX_LINES];
    int indent = (int)strlen(lead);
    size_t n = advice_wrap(text, WIDTH - indent, MAX_LINES, starts, lengths);
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%*s%.*s\n", indent, i == 0 ? lead : "", (int)lengths[i], starts[i]);
}
