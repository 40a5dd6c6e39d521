/*
 * talk.c - saying and hearing at the top of a connection, whatever carries it. See talk.h.
 * Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include "talk.h"

#include "run.h"

enum { REPLY_LEAST_MS = 1000, REPLY_FACTOR = 4 };

bool talk_is_agreed(const struct layer *l)
{
    return l->below->ops->is_agreed;
}

enum turn talk_ask(struct layer *l)
{
    struct talk *t = &l->talk;
    enum event_kind kind = talk_is_agreed(l) ? EVENT_DATA : EVENT_BYTES;
    while (t->n_sent < t->request.len) {
        struct iovec rest = {t->request.data + t->n_sent, t->request.len - t->n_sent};
        struct carried c = layer_send(l, &rest, 1);
        if (c.what == CARRY_OVER)
            return TURN_OVER;
        if (c.what == CARRY_BUSY)
            return TURN_BELOW;
        if (c.what != CARRY_BYTES && c.what != CARRY_LOST)
            return TURN_WAIT;
        t->n_sent += c.n;
        timeline_note_bytes(&l->run->log, kind, DIRECTION_OUT, c.n);
    }
    l->run->has_moved |= !t->has_asked;
    t->has_asked = true;
    return TURN_UP;
}

static bool has_pending(const struct layer *l)
{
    return l->below->ops->has_pending && l->below->ops->has_pending(l->below);
}

enum turn talk_hear(struct layer *l, const struct talk_hearing *hearing)
{
    char data[4096];
    for (int i = 0; i < STEPS_AT_ONCE || has_pending(l); i++) {
        struct carried c = layer_receive(l, data, sizeof(data));
        enum turn turn = TURN_WAIT;
        switch (c.what) {
        case CARRY_BYTES:
            turn = hearing->take(l, data, c.n);
            break;
        case CARRY_END:
            turn = hearing->ended(l, c.how);
            break;
        case CARRY_BUSY:
            return TURN_BELOW;
        case CARRY_OVER:
            return TURN_OVER;
        case CARRY_WAIT:
            return TURN_WAIT;
        case CARRY_AGAIN:
        case CARRY_LOST:
            break;
        }
        if (turn != TURN_WAIT)
            return turn;
    }
    return TURN_WAIT;
}

void talk_note_data(struct layer *l, size_t n)
{
    timeline_reach(&l->run->log, STAGE_DONE);
    timeline_note_bytes(&l->run->log, EVENT_DATA, DIRECTION_IN, n);
}

enum turn talk_ends_well(struct layer *l)
{
    if (l->below->ops->take_leave)
        l->below->ops->take_leave(l->below);
    return run_ends(l->run, BREAK_NONE);
}

unsigned talk_reply_wait_ms(const struct layer *l)
{
    uint64_t ms = l->below->took_ms * REPLY_FACTOR;
    return run_at_most(l->run, ms > REPLY_LEAST_MS ? ms : REPLY_LEAST_MS);
}

bool talk_ends_by_lost_send(struct layer *l)
{
    int error = l->run->layers[0].end.send_errno;
    if (!error || outcome_replied(&l->run->p->outcome))
        return false;
    run_ends_by_errno(l->run, error);
    return true;
}

int talk_events(const struct layer *l)
{
    return l->talk.n_sent < l->talk.request.len ? UV_WRITABLE : UV_READABLE;
}

void talk_fini(struct layer *l)
{
    buf_fini(&l->talk.request);
    buf_fini(&l->talk.answer);
}
