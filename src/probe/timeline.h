/*
 * timeline.h - the one place that notes what happened in a probe and when, and how far it came.
 * Uses evidence and libuv's clock.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_TIMELINE_H
#define WHYTLS_PROBE_TIMELINE_H

#include "whytls/evidence.h"

struct timeline {
    struct probe *p;
    uint64_t began_ns;
    bool has_advanced; /* a stage was reached since the owner last looked */
};

void timeline_init(struct timeline *t, struct probe *p);
uint64_t timeline_now_ms(const struct timeline *t);
/* Stages only ever go up: a second handshake must not take back what the first one showed. */
void timeline_reach(struct timeline *t, enum stage stage);
/* at_us is filled in here. One place is kept free for END, whatever the server sends. */
void timeline_note(struct timeline *t, struct event e);
/*
 * ChangeCipherSpec goes by as a record. GnuTLS makes our Finished before it sends anything of that
 * flight, so ours is put before it, where it is on the wire (RFC 5246 7.3).
 */
void timeline_note_cipher_change(struct timeline *t, enum direction d, size_t bytes);
/* Application data or foreign bytes: adds to the last event where that is of the same kind. */
void timeline_note_bytes(struct timeline *t, enum event_kind kind, enum direction d, size_t bytes);

#endif
