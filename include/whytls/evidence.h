/*
 * evidence.h - the model: target + facts + probes + certificates + answers. Plain data, bounded,
 * and all that a diagnosis may look at. Every text in it is clean already (text.h): whoever puts
 * something in cleans it first. Has no opinion. Its parts: settings.h (what a probe decides),
 * outcome.h (how it went), certificate_request.h (certificates of the user's), facts.h (this
 * computer: with rules.h and stores.h), kept.h (a case whose names are hidden).
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EVIDENCE_H
#define WHYTLS_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "whytls/address.h"
#include "whytls/buf.h"
#include "whytls/certificate_request.h"
#include "whytls/facts.h"
#include "whytls/kept.h"
#include "whytls/outcome.h"
#include "whytls/settings.h"
#include "whytls/message.h"

enum {
    EVIDENCE_MAX_PROBES = 64,
    EVIDENCE_MAX_CERTIFICATES = 64,
    EVIDENCE_MAX_FETCHES = 8,
    EVIDENCE_MAX_STATEMENTS = 16,
};

/* ---- the target ------------------------------------------------------------------------- */

/* What the user wants to reach, and all that they, or a scenario, set about it. */
struct target {
    char typed[256];                /* what the user gave, cleaned */
    char host[SETTINGS_NAME_SIZE];  /* as shown, cleaned (U-label) */
    char ascii[SETTINGS_NAME_SIZE]; /* as sent: A-label, no trailing dot */
    uint16_t port;                  /* 1-65535 */
    enum service service;
    bool is_address;                      /* host is a literal IPv4 or IPv6 address */
    char connect_to[SETTINGS_NAME_SIZE];  /* --connect-to: a host or address; "" where unset */
    uint16_t connect_port;                /* 0: the target's */
    int family;                           /* 4 or 6 where the user asked (-4, -6), else 0 */
    bool server_name_set;                 /* --servername was given */
    char server_name[SETTINGS_NAME_SIZE]; /* with server_name_set: "" means send none */
    char client[32];                      /* id of the client that the baseline imitates */
    uint16_t timeout_s;                   /* longest wait of one probe's stage, seconds */
    bool has_client_certificate;          /* --cert and --key were given */
    bool from_file;   /* --chain: the one probe is a file's certificates, no server was asked */
    bool is_practice; /* the lab: nothing here is about a real site */
};

/* ---- certificates ----------------------------------------------------------------------- */

/* Whose name it is, by src/data/issuers.json: looked up when the certificate came. */
#define ISSUER_LIST(X)                                                                             \
    X(NONE, "none")                                                                                \
    X(FILTER, "filter")         /* a company's or a school's filter */                             \
    X(APPLIANCE, "appliance")   /* the same as a box, which has pages of its own */                \
    X(ANTIVIRUS, "antivirus")   /* a security program on this computer */                          \
    X(DEVELOPER, "developer")   /* a tool that developers put in between */                        \
    X(UNWANTED, "unwanted")     /* a program known to do harm */                                   \
    X(LEAKED, "leaked")         /* an authority whose private key is known to the public */        \
    X(UNTRUSTED, "untrusted")   /* by which a filter marks a certificate that it found bad */      \
    X(DEFAULT, "default")       /* a placeholder that a server makes for itself */                 \
    X(CDN_ORIGIN, "cdn-origin") /* signs for the inside of a CDN only */

enum issuer_kind {
#define X(ident, id) ISSUER_##ident,
    ISSUER_LIST(X)
#undef X
        ISSUER_COUNT
};
const char *issuer_kind_id(enum issuer_kind k);

struct issuer {
    enum issuer_kind kind;
    char product[64];     /* "Zscaler"; clean */
    char fingerprint[65]; /* LEAKED: SHA-256 of its certificate or its public key; "": not known */
};

/* One certificate, once, whoever sent it. DER is owned by the evidence. */
struct certificate {
    struct blob der;
    struct issuer issuer; /* of the name in its issuer field */
};

/* ---- signed statements about certificates ------------------------------------------------- */

#define STATEMENT_LIST(X)                                                                          \
    X(OCSP, "ocsp") /* RFC 6960: the answer of a responder, about a few certificates */            \
    X(CRL, "crl")   /* RFC 5280 5: a list of all that were revoked */

enum statement_kind {
#define X(ident, id) STATEMENT_##ident,
    STATEMENT_LIST(X)
#undef X
        STATEMENT_COUNT
};

enum { STATEMENT_MAX_BYTES = 512 * 1024 };

/* One statement, once, whoever brought it. DER is owned by the evidence and proves itself. */
struct statement {
    enum statement_kind kind;
    struct blob der;
};

#define FETCH_LIST(X)                                                                              \
    X(WAITING, "waiting")                                                                          \
    X(GOT, "got")                                                                                  \
    X(FAILED, "failed")   /* tried, not there, not readable */                                     \
    X(REFUSED, "refused") /* we would not: not http, or an address that is not the target's kind   \
                           */

enum fetch_state {
#define X(ident, id) FETCH_##ident,
    FETCH_LIST(X)
#undef X
        FETCH_COUNT
};
const char *fetch_state_id(enum fetch_state s);

#define FETCH_KIND_LIST(X)                                                                         \
    X(ISSUER, "issuer") /* the certificate above (AIA caIssuers, RFC 5280 4.2.2.1) */              \
    X(OCSP, "ocsp")     /* a responder's answer (AIA OCSP, RFC 6960) */                            \
    X(CRL, "crl")       /* the list of what was revoked (RFC 5280 4.2.1.13) */

enum fetch_kind {
#define X(ident, id) FETCH_KIND_##ident,
    FETCH_KIND_LIST(X)
#undef X
        FETCH_KIND_COUNT
};

const char *fetch_kind_id(enum fetch_kind k);

enum { FETCH_REQUEST_SIZE = 320 };

/* What was fetched from an address that a certificate names. */
struct fetch {
    enum fetch_kind kind;
    char url[512]; /* clean; as the certificate names it */
    /* OCSP: what is asked, as the rest of the address (RFC 6960 A.1). It tells which certificate it
     * is about: redaction empties it. */
    char request[FETCH_REQUEST_SIZE];
    enum fetch_state state;
    int16_t certificate;                 /* index into evidence.certificates; -1: none */
    int16_t statement;                   /* index into evidence.statements; -1: none */
    int64_t http_date, http_date_local;  /* as in outcome: another host's word on the time */
    char address[SETTINGS_ADDRESS_SIZE]; /* numeric, of the host that answered; "": none did */
};

/* ---- what the user told ----------------------------------------------------------------- */

/* QUESTION(IDENT, id, the question, then the choices in the order of enum answer's values 1.. ) */
#define QUESTION_LIST(X)                                                                           \
    X(PHONE, "phone", N_("Does it open on your phone, with Wi-Fi switched off?"))                  \
    X(OTHER_PROGRAM, "other-program", N_("Does it open in another program on this computer?"))     \
    X(SINCE, "since", N_("Did it work before?"))

enum question {
#define X(ident, id, words) QUESTION_##ident,
    QUESTION_LIST(X)
#undef X
        QUESTION_COUNT
};

enum { QUESTION_MAX_CHOICES = 4 };
/* choices[0] is for answer 1; NULL after the last. Answer 0: not asked or not answered yet. */
struct question_row {
    const char *id;
    const char *words;
    const char *choices[QUESTION_MAX_CHOICES];
    const char *choice_ids[QUESTION_MAX_CHOICES];
};
const struct question_row *question_row(enum question q);

enum { ANSWER_NONE, ANSWER_YES, ANSWER_NO, ANSWER_NOT_SURE };
enum { SINCE_ALWAYS_FAILED = 1, SINCE_STOPPED_ITSELF, SINCE_CHANGE_HERE, SINCE_NOT_SURE };

/* Whether the answer was of use: kept in the case, sent nowhere. */
#define HELPED_LIST(X)                                                                             \
    X(UNSAID, "unsaid")                                                                            \
    X(YES, "yes")                                                                                  \
    X(NO, "no")

enum helped {
#define X(ident, id) HELPED_##ident,
    HELPED_LIST(X)
#undef X
        HELPED_COUNT
};

/* ---- all of it -------------------------------------------------------------------------- */

struct evidence {
    char case_code[12]; /* "K7M-4QXJ" */
    struct target target;
    struct resolution resolution;
    struct facts facts;
    struct probe probes[EVIDENCE_MAX_PROBES];
    size_t n_probes;
    struct certificate certificates[EVIDENCE_MAX_CERTIFICATES];
    size_t n_certificates;
    struct statement statements[EVIDENCE_MAX_STATEMENTS];
    size_t n_statements;
    struct fetch fetches[EVIDENCE_MAX_FETCHES];
    size_t n_fetches;
    /* each one once, whichever probe got it */
    struct certificate_request requests[EVIDENCE_MAX_CERTIFICATE_REQUESTS];
    size_t n_requests;
    /* of --cert: what we show; never its key */
    struct own_certificate own[CLIENT_CERTIFICATE_MAX_CHAIN];
    size_t n_own;
    int answers[QUESTION_COUNT];
    enum helped helped;
    struct kept *kept; /* owned; NULL where nothing is hidden */
    bool redacted;     /* names were hidden: certificates are empty, and `kept` is all there is */
    bool offline;      /* nothing may be asked of the network: what is missing stays missing */
    bool stopped;      /* the user stopped it */
    uint32_t
        time_up_ms; /* so long after the start there was no more time (--max-time); 0: there was */
    bool settled;   /* what is awaited can't be had (no room, nobody brings it): this is all */
    bool no_memory; /* something that came in was lost for want of memory: no answer can be given */
};

/* Ours to free with evidence_free; NULL where memory is gone. All zero but alert = -1 and so on. */
struct evidence *evidence_new(void);
void evidence_free(struct evidence *ev);

/* Nothing more will come: the walk concludes with what is there. */
bool evidence_is_closed(const struct evidence *ev);

/* A fresh probe with these settings; NULL where EVIDENCE_MAX_PROBES are taken. Borrowed. */
struct probe *evidence_add_probe(struct evidence *ev, const struct settings *settings,
                                 unsigned changes);
/* The probe of that index; NULL where there is none (-1). Borrowed. */
const struct probe *evidence_probe_at(const struct evidence *ev, int index);
/* The last probe with these settings and changes, finished or not; NULL where there is none. */
const struct probe *evidence_find_probe(const struct evidence *ev, const struct settings *settings,
                                        unsigned changes);
/* Of the addresses where the target took a connection, the kind of the most open one;
 * ADDRESS_NO_HOST: it took none. */
enum address_kind evidence_answered_at(const struct evidence *ev);
/* Index of this DER certificate, added where it is new; -1 where there is no room or it is > 64 KiB
 */
int evidence_add_certificate(struct evidence *ev, const void *der, size_t len);
/* The same for a signed statement; -1 where there is no room or it is > STATEMENT_MAX_BYTES. */
int evidence_add_statement(struct evidence *ev, enum statement_kind kind, const void *der,
                           size_t len);
/* Index of this request, added where it is new (to the byte: fill it over memset); -1: no room. */
int evidence_add_request(struct evidence *ev, const struct certificate_request *request);
/* False where there is no room. */
bool evidence_add_own(struct evidence *ev, const void *der, size_t len);
/* Adds an anchor unless it is there already; false where there is no room. */
bool evidence_add_anchor(struct evidence *ev, const void *der, size_t len, enum anchor_source from);
/* Index of this certificate in facts.roots, added where it is new; -1 where there is no room. */
int evidence_add_root(struct evidence *ev, const void *der, size_t len);
/* Adds a rule unless it is there already; false where there is no room. */
bool evidence_add_rule(struct evidence *ev, const struct dated_rule *rule);
/* NULL: no room, or an address that does not fit. request: "" but for OCSP. */
struct fetch *evidence_add_fetch(struct evidence *ev, enum fetch_kind kind, const char *url,
                                 const char *request);
const struct fetch *evidence_find_fetch(const struct evidence *ev, const char *url,
                                        const char *request);
/* Notes an event in a probe's timeline; what does not fit is dropped. text may be NULL. */
void probe_add_event(struct probe *p, const struct event *e);

/*
 * Case codes: 6 symbols and a check over an alphabet of 31, shown as K7M-4QXJ: no 0, I,
 * L, O or U, and a symbol that is wrong is noticed.
 * seed gives the six symbols; out needs 9 bytes.
 */
void case_code_make(char *out, size_t out_size, uint64_t seed);
bool case_code_is_valid(const char *code);
/*
 * A code as people type it: any case, with or without the dash, I or L for 1. Makes it as it is
 * shown (9 bytes). CODE_MISTYPED: seven symbols, and they are no code.
 */
enum code_typed { CODE_NONE, CODE_MISTYPED, CODE_GOOD };
enum code_typed case_code_read(const char *typed, char *out, size_t out_size);

#endif
