/*
 * talk.h - what the uppermost layers share: something is said, and the first of what comes is
 * heard. SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_TALK_H
#define WHYTLS_PROBE_TALK_H

#include "layer.h"

/* Is this layer above one that both sides agreed on? Else anybody may be there. */
bool talk_is_agreed(const struct layer *l);

/* Says what is left of the request. TURN_UP: it is out. */
enum turn talk_ask(struct layer *l);

struct talk_hearing {
    enum turn (*take)(struct layer *l, const void *data, size_t n); /* TURN_WAIT: go on hearing */
    enum turn (*ended)(struct layer *l, enum break_kind how);
};

enum turn talk_hear(struct layer *l, const struct talk_hearing *hearing);

/* Application data came, under keys: the first read worked. */
void talk_note_data(struct layer *l, size_t n);
/* The line is good: we take leave, and the run ends. */
enum turn talk_ends_well(struct layer *l);

/* How long to wait for a first reply, by how long the handshake took. */
unsigned talk_reply_wait_ms(const struct layer *l);
/* A send was lost, and so nothing came: ends the run by that. False: it is not so. */
bool talk_ends_by_lost_send(struct layer *l);

int talk_events(const struct layer *l);
void talk_fini(struct layer *l);

#endif
