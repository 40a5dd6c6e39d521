/*
 * internal.h - what the files of src/chain/ share: the pool of certificates, the candidate paths
 * through it, and the checks that a path can fail. Nobody else includes it.
 * Order of reading: pool.c, traits.c, path.c, path_checks.c, judge.c.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_CHAIN_INTERNAL_H
#define WHYTLS_CHAIN_INTERNAL_H

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "whytls/chain.h"
#include "whytls/reader.h"

/* ---- one certificate (crt.c) --------------------------------------------------------------- */

/* NULL where it can't be read. Free with crt_free, which takes NULL. */
gnutls_x509_crt_t crt_import(const struct blob *der);
void crt_free(gnutls_x509_crt_t crt);
/* Is this name (raw) the one that the certificate has for its issuer? Byte by byte. */
bool crt_names_issuer(gnutls_x509_crt_t crt, const gnutls_datum_t *name);
/* RFC 5280 4.2.1.12: one of these purposes (OIDs); no extension allows all. */
bool crt_allows_purpose(gnutls_x509_crt_t crt, const char *const *wanted, size_t n);
/* TLS feature status_request in the certificate (RFC 7633 4.2.3). */
bool crt_must_staple(gnutls_x509_crt_t crt);
typedef int (*dn_by_oid_fn)(gnutls_x509_crt_t, const char *, unsigned, unsigned, void *, size_t *);

/* Cleans one part of a name; "" where it is not there, or longer than 1 KiB. */
void crt_name_part(gnutls_x509_crt_t crt, dn_by_oid_fn get, const char *oid, char *out,
                   size_t out_size);
/* SHA-256 in hex of the certificate and of its public key; "" where there is none. */
void crt_hashes(gnutls_x509_crt_t crt, char whole[65], char key[65]);
/* The signed timestamps in it, Unix seconds; 0: none. */
void crt_scts(gnutls_x509_crt_t crt, int64_t *oldest, int64_t *newest);

/* ---- names (chain_names.c) ------------------------------------------------------------------- */

enum san_kind { SAN_DNS = 0x82, SAN_ADDRESS = 0x87 }; /* RFC 5280 4.2.1.6, tags of GeneralName */

/* The dNSNames and iPAddresses of a certificate, one after the other; borrowed bytes. */
struct san_list {
    gnutls_datum_t extension; /* owned: san_fini */
    struct reader left;
    bool is_there; /* a dNSName or iPAddress was met, or the list can't be read */
};

void san_init(struct san_list *s, gnutls_x509_crt_t crt);
bool san_next(struct san_list *s, enum san_kind *kind, const uint8_t **data, size_t *len);
void san_fini(struct san_list *s);
/* Is it the text of an address? Gives its 4 or 16 bytes; 0 where it is none. */
size_t address_bytes(const char *text, uint8_t out[16]);
/* Looks at every name of the certificate, however many there are. */
bool crt_covers_name(gnutls_x509_crt_t crt, const char *name, bool name_is_address);

/* ---- the pool: every certificate of the question, once (pool.c) -------------------------- */

enum { POOL_MAX = EVIDENCE_MAX_CHAIN + CHAIN_MAX_EXTRA + EVIDENCE_MAX_ANCHORS };

/* Did `issuer` sign `child`? UNKNOWN: the name fits, but GnuTLS can't check such a signature. */
enum edge { EDGE_UNTRIED, EDGE_NONE, EDGE_GOOD, EDGE_BROKEN, EDGE_UNKNOWN };

/* What the checks ask of one certificate. */
struct traits {
    bool is_known; /* a key that GnuTLS can judge */
    bool is_weak_key;
    bool is_weak_signature;
    bool serves;         /* its purposes allow it to be a server's */
    unsigned usage;      /* GNUTLS_KEY_ bits; all of them where it does not say */
    bool allows_serving; /* as an authority: its purposes allow servers */
    bool has_unknown_critical;
    bool must_staple;
    int64_t not_before, not_after;
};

struct node {
    gnutls_x509_crt_t crt;
    const struct blob *der;
    gnutls_datum_t subject; /* raw name, owned */
    uint8_t key_id[32];
    bool has_key_id;
    bool is_distrusted;         /* an anchor that the question's root programs trust no more */
    int sent, extra, anchor;    /* first index in the question; -1: not there */
    unsigned key_work;          /* of a check with its key (work.c); 0: not asked yet */
    unsigned n_names, n_limits; /* for work_of_limits; no names: not counted yet */
    bool traits_are_known;
    struct traits traits;
    uint8_t authority[2]; /* enum edge: may it sign? in between, and on top */
};

/* What the statements of a question say of a certificate under an issuer: kept, for paths share
 * both. */
struct told {
    int subject, issuer; /* nodes; issuer -1: none */
    struct standing staple, best;
};

/* Each costs the reading of all statements; honest chains need two to six. */
enum { TOLD_MAX = 10 };

struct pool {
    struct node nodes[POOL_MAX];
    size_t n;
    int sent[EVIDENCE_MAX_CHAIN];      /* node of each certificate sent; -1: it can't be read */
    uint8_t edges[POOL_MAX][POOL_MAX]; /* enum edge, [child][issuer] */
    unsigned work_left;                /* of CHAIN_MAX_WORK */
    unsigned n_checks;                 /* signatures that were checked */
    bool gave_up;                      /* it is too much work: a made-up chain */
    struct told told[TOLD_MAX];
    size_t n_told;
};

struct path;
enum edge crt_edge(gnutls_x509_crt_t child, gnutls_x509_crt_t issuer);
void pool_init(struct pool *pool, const struct chain_question *q);
void pool_fini(struct pool *pool);
enum edge pool_edge(struct pool *pool, size_t child, size_t issuer);
/* May this much more be done? What costs time asks first; what is refused is not known. */
bool pool_spend(struct pool *pool, unsigned work);
/* The same for all signatures of a path, and its names against its limits. */
bool pool_spend_path(struct pool *pool, const struct path *p);
/* Is the issuer marked as an authority, for standing in between or on top of a path? */
bool pool_is_authority(struct pool *pool, size_t child, size_t issuer, bool is_top);
bool pool_is_self_signed(struct pool *pool, size_t node);
/* The same name and the same key, as a cross-signed authority has it. */
bool pool_is_same_key(const struct pool *pool, size_t a, size_t b);
/* What the checks ask of it (traits.c); borrowed from the pool. */
const struct traits *pool_traits(struct pool *pool, size_t node);

/* Never strength, dates or revocation: those rules are ours, so that each can be left out. */
enum {
    VERIFY_FLAGS = GNUTLS_VERIFY_DISABLE_TIME_CHECKS | GNUTLS_VERIFY_DISABLE_TRUSTED_TIME_CHECKS |
                   GNUTLS_VERIFY_ALLOW_BROKEN | GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1 |
                   GNUTLS_VERIFY_DISABLE_CRL_CHECKS,
};
/* GnuTLS's status bits for these certificates, leaf first, under this authority (NULL: none). */
unsigned verify_list(const gnutls_x509_crt_t *list, size_t n, const gnutls_x509_crt_t *authority,
                     unsigned flags);

/* ---- what it costs (work.c), in the units of CHAIN_MAX_WORK ------------------------------- */

enum {
    WORK_MAX = 1 << 24, /* more is not counted */
    /* One check: 16,384 bits with an exponent of 64, the most that OpenSSL allows (its rsa.h:
       OPENSSL_RSA_MAX_MODULUS_BITS, OPENSSL_RSA_MAX_PUBEXP_BITS). */
    WORK_KEY_MAX = 256,
};

/* Of a check with this certificate's key; of a node it is kept. */
unsigned work_of_key(gnutls_x509_crt_t crt);
unsigned work_of_issuer(struct node *issuer);
unsigned work_of_check(const struct node *child, struct node *issuer);
unsigned work_of_statement(const struct statement *s, gnutls_x509_crt_t issuer);
/* Of all names in the path against all limits for names in it. */
unsigned work_of_limits(struct pool *pool, const struct path *p);

/* ---- signed statements (statement.c, ocsp.c, crl.c) ---------------------------------------- */

/* Seconds; a difference that is less is nothing (doc/design.md). */
enum { STATEMENT_SLACK_S = 5 * 60 };
int64_t statement_time(time_t t); /* EVIDENCE_NO_TIME where GnuTLS has none */
/* GOOD where its time has come and is not over; else EARLY or STALE. */
enum standing_kind statement_age(int64_t from, int64_t until, int64_t now);
/* The name by which a person knows the signer: the certificate's own, from its bytes. */
void statement_name_signer(gnutls_x509_crt_t crt, struct standing *out);
/* What it says of crt, which issuer (NULL: not there) has signed; out is filled in but for its
 * source. */
void ocsp_read(const gnutls_datum_t *der, gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer,
               int64_t now, struct standing *out);
/* The same of a list of what was revoked (RFC 5280 5). */
void crl_read(const gnutls_datum_t *der, gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer,
              int64_t now, struct standing *out);

/* ---- candidate paths (path.c) ----------------------------------------------------------- */

enum { PATHS_MAX = 64 };

struct path {
    uint8_t nodes[CHAIN_MAX_PATH]; /* leaf first */
    size_t n;
    bool is_anchored; /* the last one is trusted */
    bool is_unknown;  /* a signature in it can't be checked */
    unsigned status;  /* GnuTLS's bits for all of it under its top certificate: path_verify */
};

struct paths {
    struct path list[PATHS_MAX];
    size_t n;
    bool is_cut; /* there are more, or longer ones */
};

/* Adds the paths that start at this certificate. */
void paths_find(struct paths *paths, struct pool *pool, size_t leaf);

/* ---- path checks (path_checks.c) ------------------------------------------------------------- */

struct attempt {
    const struct chain_question *q;
    struct pool *pool;
};

/* Asks GnuTLS about the whole path, once; the checks below read what it said. */
void path_verify(const struct attempt *t, struct path *p);
/* The changes without which this path is not acceptable; at[] as in chain_answer. */
unsigned path_faults(const struct attempt *t, const struct path *p, int at[CHAIN_CHANGE_COUNT]);
/* What the question's statements say of the certificate at this place (revocation.c); borrowed. */
const struct told *path_told(const struct attempt *t, const struct path *p, size_t place);
/* Verifies the path again with these changes made. */
bool path_accepts(const struct attempt *t, const struct path *p, unsigned changes);
/* The place of a subject that an authority's limit for whole names forbids (limits.c); -1: none. */
int path_beyond_limit(const struct attempt *t, const struct path *p);
/* Is this place the trusted end of a path, not judged for dates and strength? */
bool path_is_root(const struct attempt *t, const struct path *p, size_t place);
/* What RULES is about, in a few words. */
const char *path_broken_words(const struct attempt *t, const struct path *p);

/* ---- dated rules of other programs (dated.c) ------------------------------------------------ */

/* What a check looks at. */
struct dated_subject {
    int64_t not_before, not_after;               /* of the leaf, Unix seconds */
    int64_t oldest_sct;                          /* 0: it has none */
    char certificate[RULE_HASH], key[RULE_HASH]; /* of the root: SHA-256, hex; "": not known */
    bool is_added;                               /* somebody added it on this computer */
};

void dated_read_leaf(gnutls_x509_crt_t leaf, struct dated_subject *s);
void dated_read_root(gnutls_x509_crt_t root, enum anchor_source source, struct dated_subject *s);
/* Is it about this root, or about any? */
bool dated_is_about(const struct dated_rule *rule, const struct dated_subject *s);
/* The strictest rule of this kind that is violated, of one of these root programs (ROOT_PROGRAM_
 * bits): its index in the question's; -1: none. */
int dated_find(const struct chain_question *q, unsigned root_programs, enum dated_kind kind,
               const struct dated_subject *s);
/* The same on this path, for the question's own root programs. */
int path_dated_rule(const struct attempt *t, const struct path *p, enum dated_kind kind);
/* Marks the anchors that the question's root programs trust no more with what was sent first. */
void pool_mark_distrusted(struct pool *pool, const struct chain_question *q);

#endif
