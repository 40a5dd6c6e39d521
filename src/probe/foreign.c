/*
 * foreign.c - hears out whoever is there instead of the one that we wanted. See foreign.h.
 * Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include "foreign.h"

#include <string.h>

#include "http.h"
#include "run.h"

enum { LINGER_MS = 300 };

/* In a binary greeting a byte 10 ends no line (MySQL's fifth byte is one). */
static bool has_line(const struct traffic *t)
{
    size_t head = t->n_first < 4 ? t->n_first : 4;
    return !memchr(t->first, 0, head) && memchr(t->first, '\n', t->n_first);
}

bool foreign_is_whole(struct layer *l)
{
    const struct traffic *t = &l->traffic;
    while (t->n_first < sizeof(t->first) && !has_line(t)) {
        uint8_t data[EVIDENCE_FIRST_BYTES];
        struct carried c = layer_receive(l, data, sizeof(data) - t->n_first);
        if (c.what != CARRY_BYTES)
            return c.what == CARRY_END;
    }
    return true;
}

unsigned foreign_wait_ms(const struct layer *l)
{
    return run_at_most(l->run, LINGER_MS);
}

void foreign_note(struct layer *l)
{
    struct outcome *o = &l->run->p->outcome;
    const struct traffic *t = &l->traffic;
    timeline_note_bytes(&l->run->log, EVENT_BYTES, DIRECTION_IN, (size_t)t->in);
    o->protocol = banner_classify(t->first, t->n_first, o->banner, sizeof(o->banner));
}
