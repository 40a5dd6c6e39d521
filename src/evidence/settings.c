/*
 * settings.c - the tables behind settings.h: what can be offered, what can be changed, and the
 * clients that whytls imitates. Uses base only.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/settings.h"

#include <assert.h>
#include <string.h>

#include "whytls/text.h"

#define OFFER(in_list, ident, in_keyword, in_name, in_wire)                                        \
    [OFFER_##in_list##_##ident] = {                                                                \
        .list = OFFER_LIST_##in_list, .keyword = in_keyword, .name = in_name, .wire = in_wire},
static const struct offer_row offers[OFFER_COUNT] = {
#include "whytls/offers.def"
};
#undef OFFER

static const char *const list_names[OFFER_LIST_COUNT] = {
    [OFFER_LIST_VERSION] = "versions", [OFFER_LIST_KX] = "kx",
    [OFFER_LIST_CIPHER] = "ciphers",   [OFFER_LIST_MAC] = "macs",
    [OFFER_LIST_GROUP] = "groups",     [OFFER_LIST_SIGNATURE] = "signatures",
};

/* Masks as constants: a row's distance from the first row of its list. */
#define V(ident) (UINT32_C(1) << (OFFER_VERSION_##ident - OFFER_VERSION_TLS10))
#define K(ident) (UINT32_C(1) << (OFFER_KX_##ident - OFFER_KX_ECDHE_ECDSA))
#define C(ident) (UINT32_C(1) << (OFFER_CIPHER_##ident - OFFER_CIPHER_AES_256_GCM))
#define M(ident) (UINT32_C(1) << (OFFER_MAC_##ident - OFFER_MAC_AEAD))
#define G(ident) (UINT32_C(1) << (OFFER_GROUP_##ident - OFFER_GROUP_X25519))
#define S(ident) (UINT32_C(1) << (OFFER_SIGNATURE_##ident - OFFER_SIGNATURE_ECDSA_P256_SHA256))

#define OFFERS(versions, kx, ciphers, macs, groups, signatures)                                    \
    {                                                                                              \
        [OFFER_LIST_VERSION] = (versions), [OFFER_LIST_KX] = (kx),                                 \
        [OFFER_LIST_CIPHER] = (ciphers), [OFFER_LIST_MAC] = (macs), [OFFER_LIST_GROUP] = (groups), \
        [OFFER_LIST_SIGNATURE] = (signatures),                                                     \
    }

static const struct client clients[] = {
#include "clients.def"
};

#undef V
#undef K
#undef C
#undef M
#undef G
#undef S

const struct offer_row *offer_row(enum offer o)
{
    return &offers[(unsigned)o < OFFER_COUNT ? o : 0];
}

uint32_t offer_bit(enum offer o)
{
    unsigned index = 0;

    if ((unsigned)o >= OFFER_COUNT) {
        return 0;
    }
    for (unsigned i = 0; i < (unsigned)o; i++) {
        index += offers[i].list == offers[o].list;
    }
    assert(index < 32); /* a list has as many rows as a mask has bits */
    return UINT32_C(1) << index;
}

uint32_t offer_all(enum offer_list list)
{
    uint32_t mask = 0;

    for (unsigned i = 0; i < OFFER_COUNT; i++) {
        if (offers[i].list == list) {
            mask = (mask << 1) | 1u;
        }
    }
    return mask;
}

const char *offer_list_name(enum offer_list list)
{
    return (unsigned)list < OFFER_LIST_COUNT ? list_names[list] : "";
}

const char *offer_version_name(uint16_t wire)
{
    for (unsigned i = 0; i < OFFER_COUNT; i++) {
        if (offers[i].list == OFFER_LIST_VERSION && offers[i].wire == wire) {
            return offers[i].name;
        }
    }
    return wire == 0x0300 ? "SSL 3.0" : ""; /* never offered, but servers are met that have it */
}

enum offer offer_find(enum offer_list list, const char *name)
{
    for (unsigned i = 0; i < OFFER_COUNT; i++) {
        if (offers[i].list == list && (text_equal_nocase(offers[i].name, name) ||
                                       text_equal_nocase(offers[i].keyword, name))) {
            return (enum offer)i;
        }
    }
    return OFFER_COUNT;
}

const struct client *client_find(const char *id)
{
    for (size_t i = 0; i < sizeof clients / sizeof *clients; i++) {
        if (strcmp(clients[i].id, id) == 0) {
            return &clients[i];
        }
    }
    return NULL;
}

const struct client *client_at(size_t i)
{
    return i < sizeof clients / sizeof *clients ? &clients[i] : NULL;
}

static const struct {
    const char *id, *words;
} changes[CHANGE_COUNT] = {
#define X(ident, in_id, in_words) [CHANGE_##ident] = {.id = in_id, .words = in_words},
    CHANGE_LIST(X)
#undef X
};

const char *change_id(enum change c)
{
    return (unsigned)c < CHANGE_COUNT ? changes[c].id : "";
}

const char *change_words(enum change c)
{
    return (unsigned)c < CHANGE_COUNT ? changes[c].words : "";
}
