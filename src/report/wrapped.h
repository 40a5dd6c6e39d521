/*
 * wrapped.h - text for a report, wrapped behind a mark. Of this room only. Uses advice, buf.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_REPORT_WRAPPED_H
#define WHYTLS_REPORT_WRAPPED_H

struct buf;

/* Text wrapped behind a first indent and a hanging one of the same width. */
void put_wrapped(struct buf *out, const char *lead, const char *text);

#endif
