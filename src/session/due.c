/*
 * due.c - whatever comes in makes a turn of the session due: the loop is woken for it, once for any
 * number of them. session.c takes the turn. libuv.
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

void session_schedule(struct session *s)
{
    if (s->is_turn_due || !s->turn)
        return;
    s->is_turn_due = true;
    resume(s);
    uv_ref((uv_handle_t *)s->turn); /* the loop has something to do */
    uv_async_send(s->turn);
}

void session_tell_change(struct session *s)
{
    if (s->sink.on_change)
        s->sink.on_change(s->sink.ctx);
}

unsigned session_elapsed_ms(const struct session *s)
{
    uint64_t end = s->is_done ? s->ended_ns : uv_hrtime();
    return (unsigned)((end - s->began_ns) / 1000000u);
}
