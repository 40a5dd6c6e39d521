/*
 * settings.h - everything a client decides before it connects, as plain data, and the changes
 * that an experiment can make to it. Uses libc only; no library's handle stands here.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_SETTINGS_H
#define WHYTLS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "whytls/message.h"

enum offer_list {
    OFFER_LIST_VERSION,
    OFFER_LIST_KX,
    OFFER_LIST_CIPHER,
    OFFER_LIST_MAC,
    OFFER_LIST_GROUP,
    OFFER_LIST_SIGNATURE,
    OFFER_LIST_COUNT
};

/* All rows of offers.def in one enum: OFFER_VERSION_TLS12, OFFER_GROUP_X25519 ... */
#define OFFER(list, ident, keyword, name, wire) OFFER_##list##_##ident,
enum offer {
#include "whytls/offers.def"
    OFFER_COUNT
};
#undef OFFER

struct offer_row {
    enum offer_list list;
    const char *keyword; /* GnuTLS priority keyword, without + or - */
    const char *name;    /* for a reader */
    uint16_t wire;       /* IANA number; 0 where the row has none of its own */
};

/* Row of the table; never NULL for a value of enum offer. */
const struct offer_row *offer_row(enum offer o);
/* The bit of this row in its list's mask. */
uint32_t offer_bit(enum offer o);
/* All bits of one list. */
uint32_t offer_all(enum offer_list list);
/* The list's name in a case file: "versions", "kx", ... */
const char *offer_list_name(enum offer_list list);
/* Name of a version by its wire number ("TLS 1.2"); "" where unknown. */
const char *offer_version_name(uint16_t wire);
/* Row by reader's name or keyword within a list; OFFER_COUNT where there is none. */
enum offer offer_find(enum offer_list list, const char *name);

enum client_certificate {
    CLIENT_CERTIFICATE_NONE,    /* an empty one where it is asked for */
    CLIENT_CERTIFICATE_GIVEN,   /* the user's --cert and --key */
    CLIENT_CERTIFICATE_MADE_UP, /* a throw-away, self-signed: does the refusal change? */
};

/* What is said on the connection. */
enum speak {
    SPEAK_TLS,             /* a TLS hello */
    SPEAK_PLAIN,           /* a plain HTTP request */
    SPEAK_WAIT_FOR_BANNER, /* nothing: hear what the server says first */
};

/* Application protocols in the hello (RFC 7301). h2 is only spoken as far as its first frame. */
enum alpn { ALPN_HTTP1, ALPN_H2, ALPN_NONE };

enum service { SERVICE_HTTPS, SERVICE_SMTPS, SERVICE_IMAPS, SERVICE_POP3S, SERVICE_OTHER };

enum { SETTINGS_ADDRESS_SIZE = 64, SETTINGS_NAME_SIZE = 256 };

struct settings {
    char address[SETTINGS_ADDRESS_SIZE]; /* numeric; "" where the name has none yet */
    uint16_t port;
    /* the site's own, for the Host line, where we connect to another; 0: port */
    uint16_t host_port;
    char server_name[SETTINGS_NAME_SIZE]; /* SNI, an A-label; "" sends none */
    char host[SETTINGS_NAME_SIZE];        /* for the Host line, whatever the hello names; "": the
                                             address, or not said by an older case */
    uint32_t offers[OFFER_LIST_COUNT];    /* masks over offers.def */
    uint16_t dh_min_bits;                 /* smallest Diffie-Hellman prime accepted; 0: any */
    bool no_extensions;                   /* without what old servers choke on: see probe */
    uint16_t padding; /* bytes that a meaningless extension adds to the hello (RFC 8701); 0: none */
    bool post_handshake_auth; /* offers to show a certificate after the handshake too (RFC
                                 8446 4.2.6) */
    bool send_nothing;        /* no request after the handshake, as for services that speak first */
    enum client_certificate client_certificate;
    enum alpn alpn; /* HTTPS only; other services send none */
    enum speak speak;
    enum service service;
};

/* A host name as it is sent: the A-label (RFC 5891); a name of ASCII stays as it is. */
bool name_to_ascii(const char *name, char *out, size_t out_size);

/* By the rows of the case file: all that is kept of a setting counts, and nothing else. Where one
 * side is of an older case that did not say a setting yet, that one is no difference. */
bool settings_equal(const struct settings *a, const struct settings *b);

/* The clients that whytls imitates, a row each (src/evidence/clients.def). */
struct client {
    const char *id;   /* "current": for --client and the case */
    const char *name; /* "a current program" */
    uint32_t offers[OFFER_LIST_COUNT];
    uint16_t dh_min_bits;
    bool sends_name; /* SNI */
    bool no_extensions;
    bool is_old; /* a current client can do all that it can, and more */
};

const struct client *client_find(const char *id); /* NULL where unknown */
const struct client *client_at(size_t i);         /* NULL past the end */

/*
 * What an experiment changes, a bit each. A set of bits is a set of changes. The words for each
 * stand in the same row; they are whole phrases after "We changed only ...".
 */
#define CHANGE_LIST(X)                                                                             \
    X(VERSIONS, "versions", N_("the TLS versions we offer: older and newer ones too"))             \
    X(OLD_ONLY, "old-only", N_("the TLS versions we offer: only the old ones"))                    \
    X(NOT_NEWEST, "not-newest", N_("the TLS versions we offer: not the newest"))                   \
    X(SUITES, "suites", N_("the cipher suites we offer: all that exist"))                          \
    X(GROUPS, "groups", N_("the key exchange groups we offer: all that exist"))                    \
    X(SIGNATURES, "signatures", N_("the signature types we accept: all that exist"))               \
    X(DH, "dh", N_("the smallest Diffie-Hellman size we accept"))                                  \
    X(POLICY, "policy", N_("this computer's TLS policy: left out"))                                \
    X(NO_NAME, "no-name", N_("the server name (SNI) we send: none"))                               \
    X(TARGET_NAME, "target-name", N_("the server name (SNI) we send: the site's own"))             \
    X(WWW_NAME, "www-name", N_("the server name (SNI) we send: with or without www"))              \
    X(SERVED_NAME, "served-name",                                                                  \
      N_("the server name (SNI) we send: one that the certificate has"))                           \
    X(ADDRESS, "address", N_("the IP address that we connect to"))                                 \
    X(NEWER_CLIENT, "newer-client", N_("the program that we imitate: a current one"))              \
    X(OLDER_CLIENT, "older-client", N_("the program that we imitate: an older one"))               \
    X(OTHER_CLIENT, "other-client", N_("the program that we imitate: another one"))                \
    X(CLIENT_CERTIFICATE, "client-certificate",                                                    \
      N_("the client certificate that we show: a made-up one"))                                    \
    X(PLAIN, "plain", N_("the protocol: plain HTTP, with no TLS"))                                 \
    X(WAIT_FOR_BANNER, "listen", N_("who speaks first: we wait for the server"))                   \
    X(AGAIN, "again", N_("nothing: the same once more"))                                           \
    X(REPEAT, "repeat", N_("nothing: the same once more, to be sure"))                             \
    X(SAME_LENGTH, "same-length", N_("the length of our first message: shorter"))                  \
    X(ONLY_LENGTH, "only-length", N_("the length of our first message: longer"))                   \
    X(SEND_NOTHING, "quiet", N_("what we send after the handshake: nothing"))                      \
    X(NO_CLIENT_CERTIFICATE, "no-card", N_("the client certificate that we show: none"))           \
    X(POST_HANDSHAKE_AUTH, "late-card", N_("what we offer: a client certificate later, when asked"))

enum change {
#define X(ident, id, words) CHANGE_##ident,
    CHANGE_LIST(X)
#undef X
        CHANGE_COUNT
};

#define CHANGE_BIT(ident) (1u << CHANGE_##ident)

const char *change_id(enum change c);
const char *change_words(enum change c);

#endif
