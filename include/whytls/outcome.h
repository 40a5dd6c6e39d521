/*
 * outcome.h - how a probe went: the stage that it reached, how it broke there, what was agreed on
 * until then, and its timeline. From our own log, never from a library's error text. Part of the
 * model (evidence.h): plain data, bounded; every text is clean.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_OUTCOME_H
#define WHYTLS_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "whytls/message.h"
#include "whytls/route.h"

enum {
    EVIDENCE_MAX_EVENTS = 48,
    EVIDENCE_MAX_ADDRESSES = 8,
    EVIDENCE_MAX_CHAIN = 16,
    EVIDENCE_MAX_WARNINGS = 4,
    EVIDENCE_FIRST_BYTES = 64,
    EVIDENCE_NO_TIME = 0, /* an int64_t time that is not known */
};

/* How far a probe came, in the order in which things happen. */
#define STAGE_LIST(X)                                                                              \
    X(RESOLVE, "resolve")           /* looking for the address */                                  \
    X(CONNECT, "connect")           /* TCP */                                                      \
    X(HELLO, "hello")               /* our hello is out, no whole ServerHello is back */           \
    X(SERVER_HELLO, "server-hello") /* ServerHello is here, no Certificate yet */                  \
    X(CERTIFICATE, "certificate")   /* Certificate is here, the key exchange is not proven yet */  \
    X(KEY_EXCHANGE, "key-exchange") /* ServerKeyExchange or CertificateVerify is here */           \
    X(FINISHED, "finished")         /* we sent Finished, the server's last word is missing */      \
    X(REPLY, "reply")               /* the handshake is done; waiting for the first read */        \
    X(DONE, "done")                 /* the first read worked */

enum stage {
#define X(ident, id) STAGE_##ident,
    STAGE_LIST(X)
#undef X
        STAGE_COUNT
};
const char *stage_id(enum stage s);

/* How it broke there. */
#define BREAK_LIST(X)                                                                              \
    X(NONE, "none")                      /* it did not break */                                    \
    X(NAME_NOT_FOUND, "name-not-found")  /* the resolver says that the name has no address */      \
    X(NAME_LOOKUP_FAILED, "name-untold") /* the resolver could not say */                          \
    X(REFUSED, "refused")                /* ECONNREFUSED */                                        \
    X(UNREACHABLE, "unreachable")        /* no route, network down, prohibited */                  \
    X(SILENCE, "silence")                /* the deadline passed with nothing new */                \
    X(CLOSED, "closed")                  /* FIN */                                                 \
    X(RESET, "reset")                    /* RST */                                                 \
    X(ALERT, "alert")                    /* a fatal alert, or close_notify in the handshake */     \
    X(NOT_TLS, "not-tls")                /* the first bytes are not TLS */                         \
    X(GARBLED, "garbled")                /* TLS at first, then something that makes no sense */    \
    X(WE_REFUSED, "we-refused")          /* our own side would not go on: see refused_for */       \
    X(CANCELLED, "cancelled")            /* stopped by us before it could tell */                  \
    X(FAILED, "failed")                  /* our own fault or this computer's: says nothing */

enum break_kind {
#define X(ident, id) BREAK_##ident,
    BREAK_LIST(X)
#undef X
        BREAK_COUNT
};
const char *break_id(enum break_kind b);

/* With BREAK_WE_REFUSED: what our side would not accept. */
#define REFUSED_FOR_LIST(X)                                                                        \
    X(NOTHING, "nothing")                                                                          \
    X(DH_TOO_SMALL, "dh-too-small")                                                                \
    X(VERSION, "version")               /* ServerHello chose a version we did not offer */         \
    X(SUITE, "suite")                   /* a suite or group we did not offer */                    \
    X(SIGNATURE_TYPE, "signature-type") /* signed in a way we did not offer */                     \
    X(BAD_SIGNATURE, "bad-signature") /* the handshake's signature does not fit the certificate */ \
    X(BAD_CERTIFICATE, "bad-certificate") /* the certificate can't be read, or its key not used */ \
    X(OWN_KEY, "own-key") /* the key of our own certificate can't sign as the server wants it */   \
    X(BAD_RECORD, "bad-record") /* decryption or a MAC failed: bytes changed on the way */         \
    X(OTHER, "other")

enum refused_for {
#define X(ident, id) REFUSED_FOR_##ident,
    REFUSED_FOR_LIST(X)
#undef X
        REFUSED_FOR_COUNT
};
const char *refused_for_id(enum refused_for r);

/* What is on the port where it is not TLS, from first bytes (src/probe/banner_table.c). */
#define PROTOCOL_LIST(X)                                                                           \
    X(NONE, "none", "")                                                                            \
    X(HTTP, "http", N_("a web server without TLS (plain HTTP)"))                                   \
    X(SSH, "ssh", N_("a remote login server (SSH)"))                                               \
    X(SMTP, "smtp", N_("a mail server that sends mail (SMTP)"))                                    \
    X(FTP, "ftp", N_("a file server (FTP)"))                                                       \
    X(IMAP, "imap", N_("a mail server for reading mail (IMAP)"))                                   \
    X(POP3, "pop3", N_("a mail server for fetching mail (POP3)"))                                  \
    X(MYSQL, "mysql", N_("a database (MySQL or MariaDB)"))                                         \
    X(POSTGRESQL, "postgresql", N_("a database (PostgreSQL)"))                                     \
    X(REDIS, "redis", N_("a database (Redis)"))                                                    \
    X(RDP, "rdp", N_("a remote desktop (RDP)"))                                                    \
    X(VNC, "vnc", N_("a remote desktop (VNC)"))                                                    \
    X(LDAP, "ldap", N_("a directory server (LDAP)"))                                               \
    X(XMPP, "xmpp", N_("a chat server (XMPP)"))                                                    \
    X(TELNET, "telnet", N_("a remote login server (Telnet)"))                                      \
    X(SSL2, "ssl2", N_("a very old secure server (SSL 2)"))                                        \
    X(UNKNOWN, "unknown", N_("a service that we do not know"))

enum protocol {
#define X(ident, id, words) PROTOCOL_##ident,
    PROTOCOL_LIST(X)
#undef X
        PROTOCOL_COUNT
};
const char *protocol_id(enum protocol p);
const char *protocol_words(enum protocol p);

enum direction { DIRECTION_NONE, DIRECTION_OUT, DIRECTION_IN };

#define EVENT_LIST(X)                                                                              \
    X(RESOLVED, "resolved")                                                                        \
    X(CONNECTED, "connected")                                                                      \
    X(HANDSHAKE, "handshake") /* number: handshake message type, RFC 8446 4 */                     \
    X(ALERT, "alert")         /* number: description; level in `level` */                          \
    X(RECORD, "record")       /* number: content type */                                           \
    X(DATA, "data")           /* application data, decrypted; number: bytes */                     \
    X(BYTES, "bytes")         /* bytes that are not TLS; number: bytes */                          \
    X(END, "end")             /* number: enum break_kind */

enum event_kind {
#define X(ident, id) EVENT_##ident,
    EVENT_LIST(X)
#undef X
        EVENT_COUNT
};
const char *event_id(enum event_kind e);

struct event {
    uint32_t at_us; /* microseconds since the probe began */
    enum event_kind kind;
    enum direction direction;
    uint16_t number;
    uint8_t level;  /* alerts: 1 warning, 2 fatal */
    uint32_t bytes; /* size on the wire or of the message; 0 where it has none */
    uint32_t count; /* certificates that it brings, bits of its key, authorities that it names */
    char text[64];  /* clean: the address, "ServerHello", "TLS 1.3 AES-128-GCM"; may be "" */
};

struct outcome {
    bool finished; /* the probe is over; all else may still change before */
    bool success;  /* stage is DONE: a whole handshake and a first read (or a silence after it) */
    enum stage stage; /* the stage it had reached when it broke */
    enum break_kind how;
    enum refused_for refused_for;
    int alert;                               /* description of the fatal alert received; -1: none */
    uint8_t warnings[EVIDENCE_MAX_WARNINGS]; /* descriptions of warning alerts received */
    size_t n_warnings;
    int system_error;  /* errno; 0: none */
    int library_error; /* GnuTLS's code, for the details page only; 0: none */
    uint64_t bytes_in, bytes_out;
    uint8_t first_bytes[EVIDENCE_FIRST_BYTES]; /* raw; never shown as they are */
    size_t n_first_bytes;
    /* with NOT_TLS, SPEAK_PLAIN and SPEAK_WAIT_FOR_BANNER: what the bytes say */
    enum protocol protocol;
    char banner[96]; /* the first line in plain words where it is not TLS; clean */

    uint16_t version;   /* wire number from ServerHello; 0: none yet */
    char suite[64];     /* "ECDHE-RSA AES-128-GCM"; clean */
    char group[24];     /* "X25519", "ffdhe2048" */
    char signature[32]; /* "RSA-PSS-SHA256" */
    uint16_t dh_bits;   /* size of the server's Diffie-Hellman prime; 0: none seen */
    char alpn[32];
    int16_t chain[EVIDENCE_MAX_CHAIN]; /* indexes into evidence.certificates, as sent */
    size_t n_chain;
    bool chain_cut;             /* more came than could be kept: nothing may be called missing */
    bool certificate_requested; /* CertificateRequest seen */
    int16_t request;            /* index into evidence.requests: what it said; -1: none */
    bool ticket_seen;           /* NewSessionTicket after the handshake */
    int16_t
        staple; /* index into evidence.statements: the OCSP answer stapled for the leaf; -1: none
                 */
    int64_t staple_produced_at; /* OCSP producedAt, Unix seconds; 0: no staple */
    int64_t staple_next_update;

    int http_status;         /* 0: no HTTP answer */
    int64_t http_date;       /* the Date header, Unix seconds; 0: none */
    int64_t http_date_local; /* this computer's clock when the Date header came */
    char http_server[64];    /* Server header; clean */
    char http_via[64];       /* Via header; clean */
    bool http_is_cloudflare; /* cf-ray or Server: cloudflare */
    char http_title[96];     /* the first words of the body that matter (400 texts); clean */
};

struct probe {
    struct settings settings;
    unsigned changes; /* CHANGE_BIT set against the baseline; 0: the baseline itself */
    struct outcome outcome;
    struct event events[EVIDENCE_MAX_EVENTS];
    size_t n_events;
};

/* ---- how far it came, asked of an outcome; finished or not ---- */

/* For tables that name a stage; else ask by a name below. */
bool outcome_has_reached(const struct outcome *o, enum stage stage);
/* TCP: the port accepted us. */
bool outcome_tcp_opened(const struct outcome *o);
/* The port is open, and no whole ServerHello is back; or no answer to what else we said. */
bool outcome_hello_unanswered(const struct outcome *o);
/* A whole ServerHello is here. */
bool outcome_tls_began(const struct outcome *o);
bool outcome_certificate_came(const struct outcome *o);
bool outcome_key_exchange_came(const struct outcome *o);
/* We sent our Finished: all that we had to say in the handshake. */
bool outcome_finished_sent(const struct outcome *o);
bool outcome_handshake_done(const struct outcome *o);
/* The handshake is done, and nothing came after it yet. */
bool outcome_reply_awaited(const struct outcome *o);
/* The first read worked. */
bool outcome_replied(const struct outcome *o);

/* How it went at one hop of the route (route.h). */
struct hop_outcome {
    enum hop_kind kind;
    enum break_kind how; /* NONE: it did not break here */
    int code;            /* TCP: errno; TLS: the fatal alert, -1: none; HTTP: the status; 0: none */
    uint32_t at_us;      /* when it was up, since the probe began; 0: it was not */
    char said[96];       /* in the server's words; clean, may be "" */
};

struct route_outcome {
    struct hop_outcome hops[ROUTE_MAX_HOPS];
    size_t n;
    size_t reached; /* how many were up: the next one is where it broke, or still is */
};

/* Read from the probe, which has it all: a case says it once. */
struct route_outcome route_outcome_of(const struct probe *p);
/* The hop at which a finished probe broke; HOP_COUNT where it did not. */
enum hop_kind probe_hop_that_broke(const struct probe *p);

/* ---- the name ---------------------------------------------------------------------------- */

/* The name's addresses, in the order in which programs try them (RFC 6724). */
struct resolution {
    bool finished;
    enum break_kind how; /* NONE, NAME_NOT_FOUND, NAME_LOOKUP_FAILED or CANCELLED */
    char addresses[EVIDENCE_MAX_ADDRESSES][SETTINGS_ADDRESS_SIZE];
    size_t n_addresses;
    uint32_t took_us;
};

#endif
