/*
 * changes.c - what can be changed about a chain: the names and the words of chain.h's list.
 * Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/chain.h"

static const struct {
    const char *id, *words;
} rows[] = {
#define X(ident, name, phrase) [CHAIN_CHANGE_##ident] = {.id = name, .words = phrase},
    CHAIN_CHANGE_LIST(X)
#undef X
};

const char *chain_change_id(enum chain_change c)
{
    return (unsigned)c < CHAIN_CHANGE_COUNT ? rows[c].id : "";
}

const char *chain_standing_id(enum standing_kind k)
{
#define X(ident, id) [STANDING_##ident] = id,
    static const char *const ids[] = {STANDING_LIST(X)};
#undef X
    return (unsigned)k < STANDING_COUNT ? ids[k] : "";
}

const char *chain_change_words(enum chain_change c)
{
    return (unsigned)c < CHAIN_CHANGE_COUNT ? rows[c].words : "";
}
