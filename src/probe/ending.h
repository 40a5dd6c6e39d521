/*
 * ending.h - how a TLS probe broke, from our own log; the library's code only where the line is
 * alive and we are the ones who would not go on.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_ENDING_H
#define WHYTLS_PROBE_ENDING_H

#include "transport.h"

struct ending {
    enum break_kind how;
    enum refused_for refused_for;
};

/* rc: what GnuTLS returned, negative and fatal. o->alert is set already where rc is an alert. */
struct ending ending_of(int rc, const struct outcome *o, const struct transport *t);

#endif
