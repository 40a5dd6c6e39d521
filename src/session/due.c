/*
 * due.c - whatever comes in makes a turn of the session due; it is taken on the loop's next turn,
 * so that any number of them make one walk. libuv.
 * SPDX-License-Identifier: MIT
 */
#include "session_parts.h"

/* The time between two pieces of work is the user's own, and no part of what the case took. */
static void resume(struct session *s)
{
    if (s->is_done)
        s->began_ns += uv_hrtime() - s->ended_ns;
    s->is_done = false;
}

static void on_turn(uv_idle_t *handle)
{
    struct session *s = handle->data;
    uv_idle_stop(handle);
    s->is_turn_due = false;
    s->take_turn(s);
}

void session_schedule(struct session *s)
{
    if (s->is_turn_due || !s->turn)
        return;
    s->is_turn_due = true;
    resume(s);
    uv_idle_start(s->turn, on_turn);
}

void session_tell_change(struct session *s)
{
    if (s->sink.on_change)
        s->sink.on_change(s->sink.ctx);
}
