/*
 * timeline.c - notes events with their time, merges those that would flood the list, and keeps
 * the stage. See timeline.h.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <uv.h>

#include "timeline.h"

void timeline_init(struct timeline *t, struct probe *p)
{
    *t = (struct timeline){.p = p, .began_ns = uv_hrtime()};
}

uint64_t timeline_now_ms(const struct timeline *t)
{
    return (uv_hrtime() - t->began_ns) / 1000000;
}

void timeline_reach(struct timeline *t, enum stage stage)
{
    assert(stage < STAGE_COUNT);
    if (stage <= t->p->outcome.stage)
        return;
    t->p->outcome.stage = stage;
    t->has_advanced = true;
}

void timeline_note(struct timeline *t, struct event e)
{
    if (e.kind != EVENT_END && t->p->n_events + 1 >= EVIDENCE_MAX_EVENTS)
        return;
    assert(!t->p->outcome.finished); /* whoever reads it then may keep it */
    e.at_us = (uint32_t)((uv_hrtime() - t->began_ns) / 1000);
    probe_add_event(t->p, &e);
}

void timeline_note_cipher_change(struct timeline *t, enum direction d, size_t bytes)
{
    enum { CHANGE_CIPHER_SPEC = 20, FINISHED = 20 };
    size_t n = t->p->n_events;
    timeline_note(t, (struct event){.kind = EVENT_RECORD,
                                    .direction = d,
                                    .number = CHANGE_CIPHER_SPEC,
                                    .bytes = (uint32_t)bytes});
    struct event *events = t->p->events;
    if (d != DIRECTION_OUT || !n || t->p->n_events == n || events[n - 1].kind != EVENT_HANDSHAKE ||
        events[n - 1].direction != DIRECTION_OUT || events[n - 1].number != FINISHED)
        return;
    struct event finished = events[n - 1];
    events[n - 1] = events[n];
    events[n] = finished;
    events[n - 1].at_us = finished.at_us; /* times never go back */
}

static uint16_t clamp_u16(uint32_t n)
{
    return n > UINT16_MAX ? UINT16_MAX : (uint16_t)n;
}

void timeline_note_bytes(struct timeline *t, enum event_kind kind, enum direction d, size_t bytes)
{
    struct event *last = t->p->n_events ? &t->p->events[t->p->n_events - 1] : NULL;
    if (last && last->kind == kind && last->direction == d) {
        last->bytes += (uint32_t)bytes;
        last->number = clamp_u16(last->bytes);
        return;
    }
    timeline_note(t, (struct event){.kind = kind,
                                    .direction = d,
                                    .number = clamp_u16((uint32_t)bytes),
                                    .bytes = (uint32_t)bytes});
}
