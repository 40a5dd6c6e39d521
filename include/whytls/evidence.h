/*
 * evidence.h - the model: target + facts + probes + certificates + answers. Plain data, bounded,
 * and all that a diagnosis may look at. Every text in it is clean already (text.h): whoever puts
 * something in cleans it first. Uses settings and buf only; has no opinion.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EVIDENCE_H
#define WHYTLS_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "whytls/buf.h"
#include "whytls/card.h"
#include "whytls/rules.h"
#include "whytls/settings.h"
#include "whytls/stores.h"

enum {
    EVIDENCE_MAX_PROBES = 64,
    EVIDENCE_MAX_EVENTS = 48,
    EVIDENCE_MAX_ADDRESSES = 8,
    EVIDENCE_MAX_CHAIN = 16,
    EVIDENCE_MAX_CERTIFICATES = 64,
    EVIDENCE_MAX_ANCHORS = 32,
    EVIDENCE_MAX_FETCHES = 8,
    EVIDENCE_MAX_STATEMENTS = 16,
    EVIDENCE_MAX_WITNESSES = 16,
    EVIDENCE_MAX_WARNINGS = 4,
    EVIDENCE_FIRST_BYTES = 64,
    EVIDENCE_NO_TIME = 0, /* an int64_t time that is not known */
};

/* ---- the target ------------------------------------------------------------------------- */

/* Why an address is not taken from the name: what the user or a scenario set. */
struct target {
    char typed[256];                /* what the user gave, cleaned */
    char host[SETTINGS_NAME_SIZE];  /* as shown, cleaned (U-label) */
    char ascii[SETTINGS_NAME_SIZE]; /* as sent: A-label, no trailing dot */
    uint16_t port;                  /* 1-65535 */
    enum service service;
    bool is_address;                        /* host is a literal IPv4 or IPv6 address */
    char connect_to[SETTINGS_ADDRESS_SIZE]; /* --connect-to: a host or address; "" where unset */
    uint16_t connect_port;                  /* 0: the target's */
    int family;                             /* 4 or 6 where the user asked (-4, -6), else 0 */
    bool server_name_set;                   /* --servername was given */
    char server_name[SETTINGS_NAME_SIZE];   /* with server_name_set: "" means send none */
    char client[32];                        /* id of the client that the baseline imitates */
    uint16_t timeout_s;                     /* longest wait of one probe's stage, seconds */
    bool has_client_certificate;            /* --cert and --key were given */
    bool from_file;   /* --chain: the one probe is a file's certificates, no server was asked */
    bool is_practice; /* the lab: nothing here is about a real site */
};

/* ---- a probe ---------------------------------------------------------------------------- */

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
    X(NONE, "none")                     /* it did not break */                                     \
    X(NAME_NOT_FOUND, "name-not-found") /* the resolver says that the name has no address */       \
    X(NAME_UNTOLD, "name-untold")       /* the resolver could not say */                           \
    X(REFUSED, "refused")               /* ECONNREFUSED */                                         \
    X(UNREACHABLE, "unreachable")       /* no route, network down, prohibited */                   \
    X(SILENCE, "silence")               /* the deadline passed with nothing new */                 \
    X(CLOSED, "closed")                 /* FIN */                                                  \
    X(RESET, "reset")                   /* RST */                                                  \
    X(ALERT, "alert")                   /* a fatal alert, or close_notify in the handshake */      \
    X(NOT_TLS, "not-tls")               /* the first bytes are not TLS */                          \
    X(GARBLED, "garbled")               /* TLS at first, then something that makes no sense */     \
    X(WE_REFUSED, "we-refused")         /* our own side would not go on: see refused_for */        \
    X(CANCELLED, "cancelled")           /* stopped by us before it could tell */                   \
    X(FAILED, "failed")                 /* our own fault or this computer's: says nothing */

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

/* What is on the port where it is not TLS, from first bytes (src/probe/banner.c's table). */
#define PROTOCOL_LIST(X)                                                                           \
    X(NONE, "none", "")                                                                            \
    X(HTTP, "http", "a web server without TLS (plain HTTP)")                                       \
    X(SSH, "ssh", "a remote login server (SSH)")                                                   \
    X(SMTP, "smtp", "a mail server that sends mail (SMTP)")                                        \
    X(FTP, "ftp", "a file server (FTP)")                                                           \
    X(IMAP, "imap", "a mail server for reading mail (IMAP)")                                       \
    X(POP3, "pop3", "a mail server for fetching mail (POP3)")                                      \
    X(MYSQL, "mysql", "a database (MySQL or MariaDB)")                                             \
    X(POSTGRESQL, "postgresql", "a database (PostgreSQL)")                                         \
    X(REDIS, "redis", "a database (Redis)")                                                        \
    X(RDP, "rdp", "a remote desktop (RDP)")                                                        \
    X(VNC, "vnc", "a remote desktop (VNC)")                                                        \
    X(LDAP, "ldap", "a directory server (LDAP)")                                                   \
    X(XMPP, "xmpp", "a chat server (XMPP)")                                                        \
    X(TELNET, "telnet", "a remote login server (Telnet)")                                          \
    X(SSL2, "ssl2", "a very old secure server (SSL 2)")                                            \
    X(UNKNOWN, "unknown", "a service that we do not know")

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
    enum protocol protocol; /* with NOT_TLS, SPEAK_PLAIN and SPEAK_LISTEN: what the bytes say */
    char banner[96];        /* the first line in plain words where it is not TLS; clean */

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

/* ---- certificates ----------------------------------------------------------------------- */

/* Whose name it is, by src/data/issuers.json: looked up when the certificate came. */
#define ISSUER_LIST(X)                                                                             \
    X(NONE, "none")                                                                                \
    X(FILTER, "filter")         /* a company's or a school's filter */                             \
    X(APPLIANCE, "appliance")   /* the same as a box, which has pages of its own */                \
    X(ANTIVIRUS, "antivirus")   /* a security program on this computer */                          \
    X(DEVELOPER, "developer")   /* a tool that developers put in between */                        \
    X(UNWANTED, "unwanted")     /* a program known to do harm */                                   \
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
    char product[64]; /* "Zscaler"; clean */
};

/* One certificate, once, whoever sent it. DER is owned by the evidence. */
struct certificate {
    struct blob der;
    struct issuer issuer; /* of the name in its issuer field */
};

/* ---- signed statements about certificates ------------------------------------------------- */

#define STATEMENT_LIST(X)                                                                          \
    X(OCSP, "ocsp") /* RFC 6960: the answer of a responder, about a few certificates */            \
    X(CRL, "crl")   /* RFC 5280 5: a list of all that were called back */

enum statement_kind {
#define X(ident, id) STATEMENT_##ident,
    STATEMENT_LIST(X)
#undef X
        STATEMENT_COUNT
};
const char *statement_kind_id(enum statement_kind k);

enum { STATEMENT_MAX_BYTES = 512 * 1024 };

/* One statement, once, whoever brought it. DER is owned by the evidence and proves itself. */
struct statement {
    enum statement_kind kind;
    struct blob der;
};

struct anchor {
    struct blob der;
    enum anchor_source source;
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
    X(CRL, "crl")       /* the list of what was called back (RFC 5280 4.2.1.13) */

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

/* ---- facts about this computer ---------------------------------------------------------- */

#define WITNESS_LIST(X)                                                                            \
    X(BUILD_DATE, "build-date", "the day when this program was made")                              \
    X(PACKAGES, "packages", "the newest software package on this computer")                        \
    X(TRUST_LIST, "trust-list", "the list of trusted authorities")                                 \
    X(SAVED_TIME, "saved-time", "the time that this computer saved when it last ran")              \
    X(KERNEL, "kernel", "the system says that it sets its clock from the network")

enum witness_kind {
#define X(ident, id, words) WITNESS_##ident,
    WITNESS_LIST(X)
#undef X
        WITNESS_COUNT
};
const char *witness_id(enum witness_kind w);
const char *witness_words(enum witness_kind w);

/*
 * One local witness. For KERNEL, `time` is the kernel's own time where it is synchronised (0 where
 * it is not); for all others it is a lower bound: the true time can't be earlier.
 */
struct witness {
    enum witness_kind kind;
    int64_t time; /* Unix seconds; EVIDENCE_NO_TIME where the witness has nothing to say */
};

/* What a policy file of this computer allows, as masks over offers.def. */
struct policy {
    bool known;  /* the policy was read (or there is none); false: could not tell */
    bool limits; /* it takes away something that a current client offers */
    bool partly; /* it also holds rules that can't be weighed here (a CipherString, insecure-sig) */
    uint32_t offers[OFFER_LIST_COUNT]; /* what is left */
    uint16_t dh_min_bits;              /* 0: no limit of its own */
    char file[160];                    /* clean; "" where there is none */
    char line[160];                    /* the line that limits, clean; "" where not known */
};

enum { POLICY_GNUTLS, POLICY_OPENSSL, POLICY_COUNT };

struct facts {
    int64_t clock; /* this computer's clock when the case began, Unix seconds */
    struct witness witnesses[EVIDENCE_MAX_WITNESSES];
    size_t n_witnesses;
    struct policy policies[POLICY_COUNT];
    bool anchors_known;   /* the trust list could be read */
    size_t anchors_total; /* certificates in it */
    size_t anchors_for;   /* anchors[] holds all that bear on certificates[0 .. anchors_for) */
    struct anchor anchors[EVIDENCE_MAX_ANCHORS];
    size_t n_anchors;
    bool anchors_given; /* the trust list is the file of --cacert */
    size_t stores_for;  /* stores[] knows all that bears on certificates[0 .. stores_for) */
    struct store stores[STORES_MAX]; /* other programs' lists; with --cacert the system's too */
    size_t n_stores;
    struct root roots[ROOTS_MAX]; /* what stands in any of them and bears on the case, once */
    size_t n_roots;
    bool rules_known;                   /* rules were looked up; false: nothing is said of them */
    struct dated_rule rules[RULES_MAX]; /* dated rules of other programs that bear on the case */
    size_t n_rules;
};

/* The name's addresses, in the order in which programs try them (RFC 6724). */
struct resolution {
    bool finished;
    enum break_kind how; /* NONE, NAME_NOT_FOUND, NAME_UNTOLD or CANCELLED */
    char addresses[EVIDENCE_MAX_ADDRESSES][SETTINGS_ADDRESS_SIZE];
    size_t n_addresses;
    uint32_t took_us;
};

/* ---- what the user told ----------------------------------------------------------------- */

/* QUESTION(IDENT, id, the question, then the choices in the order of enum answer's values 1.. ) */
#define QUESTION_LIST(X)                                                                           \
    X(PHONE, "phone", "Does it open on your phone, with Wi-Fi switched off?")                      \
    X(OTHER_PROGRAM, "other-program", "Does it open in another program on this computer?")         \
    X(SINCE, "since", "Did it work before?")

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

/* ---- what is kept where names were hidden ------------------------------------------------ */

/*
 * A case whose names were hidden has lost its certificates: it can't be walked again. So it keeps
 * what the walk had found: by slugs, ids and the names in the advice, never whole sentences, which
 * anybody could have written into the file. The words are our own again when it is opened.
 */
enum { KEPT_MAX_CAUSES = 8, KEPT_MAX_CHECKS = 64, KEPT_MAX_CHANGES = 16, KEPT_MAX_KEYS = 16 };

/* What a {key} of the advice stood for: "expired_on", "18 November 2026". */
struct kept_key {
    char key[32];
    char value[160];
};

struct kept_proof {
    int baseline, experiment; /* indexes into probes; -1: none */
    unsigned changed;         /* CHANGE_BITs */
    char changed_in_chain[KEPT_MAX_CHANGES][24];
    size_t n_changed_in_chain;
    bool worked;
};

struct kept_cause {
    char cause[64];
    char certainty[16];
    struct kept_proof proof;
    struct kept_key filled[KEPT_MAX_KEYS];
    size_t n_filled;
};

struct kept_check {
    char check[48];
    char result[24];
    char said[120];
};

struct kept {
    struct kept_cause verdict[KEPT_MAX_CAUSES], notes[KEPT_MAX_CAUSES];
    size_t n_verdict, n_notes;
    struct kept_check path[KEPT_MAX_CHECKS];
    size_t n_path;
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
    struct card_request requests[CARD_MAX_REQUESTS]; /* each one once, whichever probe got it */
    size_t n_requests;
    struct own_certificate own[CARD_MAX_CHAIN]; /* of --cert: what we show; never its key */
    size_t n_own;
    int answers[QUESTION_COUNT];
    enum helped helped;
    struct kept *kept; /* owned; NULL where nothing is hidden */
    bool redacted;     /* names were hidden: certificates are empty, and `kept` is all there is */
    bool offline;      /* nothing may be asked of the network: what is missing stays missing */
    bool stopped;      /* the user stopped it */
    bool settled;      /* what is awaited can't be had (no room, nobody brings it): this is all */
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
/* Index of this DER certificate, added where it is new; -1 where there is no room or it is > 64 KiB
 */
int evidence_add_certificate(struct evidence *ev, const void *der, size_t len);
/* The same for a signed statement; -1 where there is no room or it is > STATEMENT_MAX_BYTES. */
int evidence_add_statement(struct evidence *ev, enum statement_kind kind, const void *der,
                           size_t len);
/* Index of this request, added where it is new (to the byte: fill it over memset); -1: no room. */
int evidence_add_request(struct evidence *ev, const struct card_request *request);
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
 * Case codes: 6 symbols and a check over an alphabet of 31, shown as K7M-4QXJ (ux.md 2).
 * seed gives the six symbols; out needs 9 bytes.
 */
void case_code_make(char *out, size_t out_size, uint64_t seed);
bool case_code_is_valid(const char *code);

#endif
