/*
 * watch.h - the hooks: each handshake message into the timeline, the stage and the outcome.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_WATCH_H
#define WHYTLS_PROBE_WATCH_H

struct tls;

/* The session's user pointer must be tls. */
void watch_attach(struct tls *tls);

#endif
