/*
 * banner.c - the layer that says nothing and hears what the server says first: in the clear to find
 * out who is there, under keys for the services that speak first. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include "foreign.h"
#include "run.h"
#include "talk.h"

enum { LISTEN_MS = 2000 };

/* ---- under keys ---------------------------------------------------------------------------- */

static enum turn take(struct layer *l, const void *data, size_t n)
{
    (void)data;
    talk_note_data(l, n);
    return talk_ends_well(l);
}

static enum turn ended(struct layer *l, enum break_kind how)
{
    return how == BREAK_NONE ? talk_ends_well(l) : run_ends(l->run, how);
}

/* ---- in the clear -------------------------------------------------------------------------- */

static enum turn heard(struct layer *l, enum break_kind if_nothing)
{
    if (!l->traffic.n_first)
        return run_ends(l->run, if_nothing);
    foreign_note(l);
    return run_ends(l->run, BREAK_NONE);
}

static enum turn hear_in_the_clear(struct layer *l)
{
    char data[2048];
    if (!l->talk.is_lingering) {
        struct carried c = layer_receive(l, data, sizeof(data));
        if (c.what == CARRY_END)
            return heard(l, c.how);
        if (c.what != CARRY_BYTES)
            return TURN_WAIT;
        l->talk.is_lingering = l->run->has_moved = true;
    }
    return foreign_is_whole(l) ? heard(l, BREAK_CLOSED) : TURN_WAIT;
}

/* ---- the layer ------------------------------------------------------------------------------ */

static enum turn banner_step(struct layer *l)
{
    static const struct talk_hearing hearing = {take, ended};
    return talk_is_agreed(l) ? talk_hear(l, &hearing) : hear_in_the_clear(l);
}

static unsigned banner_wait_ms(const struct layer *l)
{
    if (talk_is_agreed(l))
        return talk_reply_wait_ms(l);
    return l->talk.is_lingering ? foreign_wait_ms(l) : run_at_most(l->run, LISTEN_MS);
}

static void banner_late(struct layer *l)
{
    if (!talk_is_agreed(l))
        heard(l, BREAK_SILENCE);
    else if (!talk_ends_by_lost_send(l))
        talk_ends_well(l);
}

const struct layer_ops layer_banner = {
    .name = "listen",
    .step = banner_step,
    .wait_ms = banner_wait_ms,
    .late = banner_late,
    .events = talk_events,
    .fini = talk_fini,
};
