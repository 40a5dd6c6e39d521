/*
 * change_apply.c - a set of changes made to the baseline's settings: what each change means. Pure:
 * settings in, settings out; the lengths of hellos that were sent are read from the evidence.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "context.h"
#include "whytls/text.h"

#define BIT(ident) CHANGE_BIT(ident)

enum { PADDING_MAX = 4096 };

static uint32_t bit(enum offer o)
{
    return offer_bit(o);
}

/* TLS 1.3 needs an AEAD suite and a signature type of its own (RFC 8446 4.2.3, 9.1). */
static bool can_carry_tls13(const struct settings *s)
{
    uint32_t ciphers =
        bit(OFFER_CIPHER_AES_128_GCM) | bit(OFFER_CIPHER_AES_256_GCM) | bit(OFFER_CIPHER_CHACHA20);
    uint32_t signatures = bit(OFFER_SIGNATURE_RSA_PSS_SHA256) |
                          bit(OFFER_SIGNATURE_ECDSA_P256_SHA256) | bit(OFFER_SIGNATURE_ED25519);
    return (s->offers[OFFER_LIST_CIPHER] & ciphers) &&
           (s->offers[OFFER_LIST_MAC] & bit(OFFER_MAC_AEAD)) &&
           (s->offers[OFFER_LIST_SIGNATURE] & signatures);
}

static void use_client(struct settings *s, const struct client *client)
{
    memcpy(s->offers, client->offers, sizeof(s->offers));
    s->dh_min_bits = client->dh_min_bits;
    s->no_extensions = client->no_extensions;
}

static void apply_versions(struct settings *s, unsigned changes)
{
    uint32_t *versions = &s->offers[OFFER_LIST_VERSION];
    uint32_t old = bit(OFFER_VERSION_TLS10) | bit(OFFER_VERSION_TLS11);
    if (changes & BIT(VERSIONS)) {
        *versions = old | bit(OFFER_VERSION_TLS12);
        if (can_carry_tls13(s))
            *versions |= bit(OFFER_VERSION_TLS13);
    }
    if (changes & BIT(OLD_ONLY))
        *versions = old;
    if (changes & BIT(NOT_NEWEST)) {
        uint32_t newest = bit(OFFER_VERSION_TLS13);
        while (newest && !(*versions & newest))
            newest >>= 1;
        *versions &= ~newest;
    }
}

static uint32_t ffdhe_groups(void)
{
    return bit(OFFER_GROUP_FFDHE2048) | bit(OFFER_GROUP_FFDHE3072) | bit(OFFER_GROUP_FFDHE4096) |
           bit(OFFER_GROUP_FFDHE6144) | bit(OFFER_GROUP_FFDHE8192);
}

static void apply_offers(struct settings *s, unsigned changes)
{
    if (changes & BIT(SUITES)) {
        s->offers[OFFER_LIST_KX] = offer_all(OFFER_LIST_KX);
        s->offers[OFFER_LIST_CIPHER] = offer_all(OFFER_LIST_CIPHER);
        s->offers[OFFER_LIST_MAC] = offer_all(OFFER_LIST_MAC);
    }
    if (changes & BIT(GROUPS))
        s->offers[OFFER_LIST_GROUP] = offer_all(OFFER_LIST_GROUP);
    if (changes & BIT(SIGNATURES))
        s->offers[OFFER_LIST_SIGNATURE] = offer_all(OFFER_LIST_SIGNATURE);
    if (changes & BIT(DH)) {
        /* A server with a prime of its own refuses a hello that names groups (RFC 7919 4). */
        s->dh_min_bits = 0;
        s->offers[OFFER_LIST_GROUP] &= ~ffdhe_groups();
    }
}

static bool apply_name(const struct analysis *r, unsigned changes, struct settings *s)
{
    if (changes & BIT(NO_NAME))
        s->server_name[0] = '\0';
    if (changes & BIT(TARGET_NAME) && !r->ev->target.is_address)
        TEXT_SET(s->server_name, r->ev->target.ascii);
    if (changes & BIT(WWW_NAME)) {
        char name[SETTINGS_NAME_SIZE];
        if (!name_toggle_www(s->server_name, name, sizeof(name)))
            return false;
        TEXT_SET(s->server_name, name);
    }
    return true;
}

static void apply_client(const struct analysis *r, unsigned changes, struct settings *s)
{
    if (changes & BIT(POLICY)) {
        const struct client *own = client_find(r->ev->target.client);
        use_client(s, own ? own : client_find("current"));
    }
    if (changes & BIT(NEWER_CLIENT))
        use_client(s, client_find("current"));
    if (changes & BIT(OLDER_CLIENT))
        use_client(s, client_find("older"));
}

/* Bytes of this probe's ClientHello; 0: it never came to that. */
static unsigned hello_length(const struct probe *p)
{
    for (size_t i = 0; p && i < p->n_events; i++)
        if (p->events[i].kind == EVENT_HANDSHAKE && p->events[i].direction == DIRECTION_OUT)
            return p->events[i].bytes;
    return 0;
}

/*
 * Most changes also change how long the hello is, and some boxes break at certain lengths. So the
 * length is tried apart: SAME_LENGTH is the changed hello, padded to the length of the first one;
 * ONLY_LENGTH is the first one, padded to the length of the changed one.
 */
static bool apply_length(const struct analysis *r, unsigned changes, struct settings *out)
{
    struct settings changed;
    unsigned others = changes & ~(unsigned)(BIT(SAME_LENGTH) | BIT(ONLY_LENGTH));
    if (!analysis_apply(r, others, &changed))
        return false;
    unsigned first = hello_length(r->first);
    unsigned then = hello_length(evidence_find_probe(r->ev, &changed, others));
    unsigned more = changes & BIT(SAME_LENGTH) ? first - then : then - first;
    if (!first || !then || more <= 4 || more > PADDING_MAX)
        return false;
    *out = changes & BIT(SAME_LENGTH) ? changed : r->base;
    out->padding = (uint16_t)more;
    return true;
}

bool analysis_apply(const struct analysis *r, unsigned changes, struct settings *out)
{
    if (changes & (BIT(SAME_LENGTH) | BIT(ONLY_LENGTH)))
        return apply_length(r, changes, out);
    *out = r->base;
    apply_client(r, changes, out);
    apply_versions(out, changes);
    apply_offers(out, changes);
    if (!apply_name(r, changes, out))
        return false;
    if (changes & BIT(CLIENT_CERTIFICATE))
        out->client_certificate = CLIENT_CERTIFICATE_MADE_UP;
    if (changes & BIT(NO_CLIENT_CERTIFICATE))
        out->client_certificate = CLIENT_CERTIFICATE_NONE;
    if (changes & BIT(POST_HANDSHAKE_AUTH))
        out->post_handshake_auth = true;
    if (changes & BIT(PLAIN))
        out->speak = SPEAK_PLAIN;
    if (changes & BIT(WAIT_FOR_BANNER))
        out->speak = SPEAK_WAIT_FOR_BANNER;
    if (!out->offers[OFFER_LIST_VERSION] || !out->offers[OFFER_LIST_CIPHER])
        return false;
    if (changes & BIT(SEND_NOTHING))
        out->send_nothing = true;
    return (changes & (BIT(AGAIN) | BIT(REPEAT))) || !settings_equal(out, &r->base);
}
