/*
 * dropped.c - which changes the search let go, and why: notes for who traces it. Nothing is decided
 * by them. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "context.h"

#include <assert.h>

static const struct {
    const char *id, *words;
} reasons[] = {
#define X(ident, id, words) [DROP_##ident] = {(id), (words)},
    DROP_LIST(X)
#undef X
};

const char *drop_reason_id(enum drop_reason r)
{
    assert(r < DROP_COUNT);
    return reasons[r].id;
}

const char *drop_reason_words(enum drop_reason r)
{
    assert(r < DROP_COUNT);
    return reasons[r].words;
}

void search_drop(struct search *s, unsigned changes, enum drop_reason why)
{
    for (size_t i = 0; i < s->n_dropped; i++)
        if (s->dropped[i].changes == changes && s->dropped[i].why == why)
            return;
    if (s->n_dropped < WALK_MAX_DROPPED)
        s->dropped[s->n_dropped++] = (struct dropped){.changes = changes, .why = why};
}

void search_drop_each(struct search *s, unsigned changes, enum drop_reason why)
{
    for (int i = 0; i < CHANGE_COUNT; i++)
        if (changes & (1u << i))
            search_drop(s, 1u << i, why);
}
