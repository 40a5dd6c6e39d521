/*
 * scenario.h - what a row of scenarios.def can say: the certificates to forge, the server to stage,
 * and what this computer is pretended to be. Zero is the healthy default of every field, so a row
 * names only what is wrong. Uses evidence's types, no probe.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_LAB_SCENARIO_H
#define WHYTLS_LAB_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "whytls/evidence.h"
#include "whytls/lab.h"

enum {
    SCENARIO_MAX_CHAINS = 2,
    SCENARIO_MAX_NAMED = 2,
    SCENARIO_MAX_BEHAVIOURS = 2,
};

/* ---- the certificates ------------------------------------------------------------------- */

/* P-256 unless the fault needs RSA: a P-256 key takes under 1 ms to make, RSA-2048 about 50. */
enum lab_key { LAB_KEY_P256, LAB_KEY_RSA_2048, LAB_KEY_RSA_1024 };

enum lab_digest { LAB_DIGEST_SHA256, LAB_DIGEST_SHA1 };

enum lab_purpose { LAB_PURPOSE_SERVER, LAB_PURPOSE_CLIENT, LAB_PURPOSE_ANY };

/* Where the leaf says that its issuer can be fetched (AIA): an HTTP server of the lab's own. */
enum lab_aia { LAB_AIA_NONE, LAB_AIA_SERVED, LAB_AIA_NOT_FOUND };

/* What a signed statement says of the leaf, and what is wrong with it. */
enum lab_word {
    LAB_WORD_NONE,
    LAB_WORD_GOOD,
    LAB_WORD_REVOKED, /* two days ago */
    LAB_WORD_STALE,   /* good, but its time is over */
    LAB_WORD_FORGED,  /* good, but signed by one who may not */
    LAB_WORD_OTHER,   /* good, but about another certificate */
    LAB_WORD_GONE,    /* nothing is there: 404 */
    LAB_WORD_REFUSED, /* nobody listens there */
};

/* A dated rule of other programs about the root (rules.h), pretended. */
struct lab_rule {
    bool is_there;
    enum dated_kind kind;
    unsigned root_programs; /* ROOT_PROGRAM_BITs */
    enum dated_since since;
    int from_day; /* days from now: what is from then on is hit */
};

/* A rule for chains that these certificates break. */
enum lab_breach {
    LAB_BREACH_NONE,
    LAB_BREACH_NO_AUTHORITY, /* basicConstraints CA:FALSE in the intermediate */
    LAB_BREACH_TOO_DEEP,     /* the root allows no authority below it */
    LAB_BREACH_NAME_LIMIT,   /* the intermediate may sign for another domain only */
    LAB_BREACH_SPOILT,       /* the leaf's signature does not fit */
    LAB_BREACH_CRITICAL,     /* the leaf has a critical extension that nobody knows */
    LAB_BREACH_NO_LINK,      /* the leaf lacks its authority's key identifier */
};

/* What this computer is pretended to think of the root. */
enum lab_trust { LAB_TRUST_SHIPPED, LAB_TRUST_ADDED, LAB_TRUST_NONE };

/* Valid from and to, days from now; both 0 means the default of the kind of certificate. */
struct lab_days {
    int from, to;
};

/* The same in seconds, where days are too coarse. */
struct lab_seconds {
    int from, to;
};

/* Leaf, intermediate and root. With self_signed there is only a leaf. */
struct chain_recipe {
    const char *names;        /* SANs, separated by spaces; NULL: the target's host */
    const char *cn;           /* the leaf's common name; NULL: its first name */
    const char *organisation; /* of intermediate and root; NULL: "Practice Authority" */
    const char *issuer_cn;    /* NULL: "Practice Issuing CA" */
    const char *root_cn;      /* NULL: "Practice Root CA" */
    /* L, I, R, U, W, X (forge.h) in the order in which they are sent; NULL: "LI" */
    const char *sent;
    struct lab_days leaf, intermediate, root;
    struct lab_seconds leaf_s; /* in place of leaf */
    enum lab_key leaf_key, intermediate_key;
    enum lab_digest leaf_digest;
    enum lab_purpose purpose;
    enum lab_aia aia;
    enum lab_trust trust;
    enum lab_word staple; /* what the server staples to its handshake */
    enum lab_word ocsp;   /* what the responder says that the leaf names */
    enum lab_word crl;    /* what the list says that the leaf names */
    enum lab_word above;  /* what the list says that the intermediate names, about it */
    bool must_staple;     /* the leaf asks for that (RFC 7633) */
    bool self_signed;
    bool no_san;    /* the name is in the subject alone */
    bool is_logged; /* the leaf has timestamps of its first day, as public authorities' have */
    struct lab_rule rule;
    bool has_upper; /* one more authority between intermediate and root */
    enum lab_breach breach;
};

/* ---- the server ------------------------------------------------------------------------- */

/* What stands at the port. */
enum serves {
    SERVES_TLS,
    SERVES_HTTP,        /* a web server without TLS */
    SERVES_BANNER,      /* another service: says its greeting first */
    SERVES_CLOSED_PORT, /* bound, not listening: the kernel answers with RST */
    SERVES_FULL_QUEUE,  /* listening, with its queue full: the kernel drops every SYN */
    SERVES_NOTHING,     /* no server, and no address for the name */
};

/* Which hellos a behaviour is for; read by our own eyes before GnuTLS sees them. */
enum when {
    WHEN_NEVER,
    WHEN_ALWAYS,
    WHEN_FIRST_ADDRESS, /* it came to 127.0.0.1 */
    WHEN_ODD_TURN,      /* every second connection, starting with the first */
    WHEN_NO_NAME,       /* no server name in it */
    WHEN_NAME_IS,       /* the server name is `name` */
    WHEN_LONGER_THAN,   /* the record is longer than `bytes` */
    WHEN_OFFERS_TLS13,
};

enum conduct {
    CONDUCT_SERVE,
    CONDUCT_ALERT,
    CONDUCT_CLOSE,
    CONDUCT_RESET,
    CONDUCT_SILENT,
};

/* The first behaviour that fits decides; where none fits the server serves. */
struct behaviour {
    enum when when;
    const char *name;
    size_t bytes;
    enum conduct conduct;
    uint8_t alert;
};

enum lab_ask {
    ASK_NOTHING,
    ASK_OPTIONAL,
    ASK_REQUIRED,
    ASK_LATE,    /* only once the page is known; who does not offer that gets no_certificate_page */
    ASK_BY_PAGE, /* the handshake does without; the page does not */
};

/* Whose certificates the server accepts, and which authority it names when it asks. */
enum lab_knows { KNOWS_SITES_OWN_ROOT, KNOWS_CLIENT_ROOT };

/* Another chain for another server name. */
struct named_chain {
    const char *name;
    size_t chain;
};

/* The answer to every request; Date is the server's time. */
struct page {
    int status;          /* 0: 200 */
    const char *reason;  /* NULL: "OK" */
    const char *server;  /* NULL: "practice" */
    const char *headers; /* more lines, each with CRLF; NULL: none */
    const char *title;   /* NULL: "It works" */
};

struct server_recipe {
    enum serves serves;
    const char *priority; /* GnuTLS priority string; NULL: TLS 1.2 and 1.3, all that is usual */
    struct behaviour behaviours[SCENARIO_MAX_BEHAVIOURS];
    struct named_chain named[SCENARIO_MAX_NAMED]; /* all other names: chain 0 */
    size_t second_address_chain;                  /* what 127.0.0.2 shows; 0: the same */
    size_t second_turn_chain; /* what every second connection shows; 0: the same */
    size_t stall_after_bytes; /* the rest never leaves the server; 0: all does */
    enum lab_ask ask;         /* for a client certificate */
    enum lab_knows knows;
    bool names_nobody;                /* it asks, and names no authority */
    bool names_many;                  /* it asks, and names more than Windows reads */
    uint8_t client_certificate_alert; /* to every certificate that is shown; 0: as it deserves */
    int clock_offset_s;               /* of the server's own clock; 0: it is right */
    bool small_dh;                    /* Diffie-Hellman with a 1024-bit prime */
    bool two_addresses;               /* 127.0.0.1 and 127.0.0.2, same port */
    struct page page;
    struct page no_certificate_page, bad_certificate_page; /* ASK_BY_PAGE: in place of page */
    const char *greeting;                                  /* SERVES_BANNER */
    const char *reply; /* SERVES_BANNER: to whatever the client says; then it closes */
};

/* ---- all of it -------------------------------------------------------------------------- */

struct scenario {
    struct scenario_line line;
    const char *host;       /* NULL: "shop.example" */
    const char *client;     /* NULL: "current" */
    int timeout_s;          /* 0: 5 */
    int64_t clock_offset_s; /* of this computer's clock; 0: it is right */
    int64_t clock_at;       /* it stands at this time instead (Unix seconds); 0: it does not */
    bool is_clock_synced;   /* the kernel says that it sets the clock from the network */
    bool is_address;        /* the user typed the address, not a name */
    bool no_server_name;    /* --servername none */
    bool openssl_policy_tls13_only;
    bool has_client_certificate; /* the user has given a certificate of their own (--cert): */
    struct chain_recipe client_certificate;
    bool no_trust_list; /* this computer's could not be read */
    bool other_lists;   /* Firefox and Java have no root of ours on their lists, git's file has */
    struct server_recipe server;
    struct chain_recipe chains[SCENARIO_MAX_CHAINS];
    size_t n_chains; /* 0: one */
};

const struct scenario *scenario_find(const char *name); /* NULL where unknown */
const char *scenario_host(const struct scenario *s);
size_t scenario_chains(const struct scenario *s); /* how many it has */
/* What its server takes for the time. */
time_t scenario_clock(const struct scenario *s);

#endif
