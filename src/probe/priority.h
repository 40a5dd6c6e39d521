/*
 * priority.h - settings to a GnuTLS priority string. Knows no session; asks GnuTLS which keywords
 * it has.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_PRIORITY_H
#define WHYTLS_PROBE_PRIORITY_H

#include "whytls/buf.h"
#include "whytls/settings.h"

enum { PRIORITY_MAX = 4096 };

/* Appends the string to out (init with PRIORITY_MAX). What is not in a mask is not offered. */
void priority_write(struct buf *out, const struct settings *s);

#endif
