/*
 * ending.h - how a line ended, and how a TLS probe broke, from our own log; the library's code only
 * where the line is alive and we are the ones who would not go on.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_ENDING_H
#define WHYTLS_PROBE_ENDING_H

#include "layer.h"

struct ending {
    enum break_kind how;
    enum refused_for refused_for;
};

/* rc: what GnuTLS returned, negative and fatal. o->alert is set already where rc is an alert. */
struct ending ending_of(int rc, const struct outcome *o, const struct layer *l);

/* What an errno of connect, send or receive means. */
enum break_kind break_of_errno(int error);
/* How the line ended, where has_ended. */
enum break_kind how_it_ended(const struct line_end *end);
/* Do the first bytes look like TLS records? True too where there are none yet. */
bool looks_like_tls(const struct traffic *t);

#endif
