/*
 * explain.h - messages that programs print about TLS, and what is behind them: which of our causes,
 * the likeliest first. The table is src/data/messages.json, made a constant of at build time
 * (tools/embed_messages.c); matching is pure. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EXPLAIN_H
#define WHYTLS_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>

enum {
    EXPLAIN_MAX_TEXT = 65536, /* bytes of a pasted text that are read */
    EXPLAIN_MAX_CAUSES = 8,
    EXPLAIN_MAX_CODES = 6,
    EXPLAIN_MAX_MATCHES = 3,
    EXPLAIN_MAX_SEEN = 3,
    EXPLAIN_HOST_SIZE = 300, /* "[2001:db8::1]:8443" */
    EXPLAIN_SEEN_SIZE = 160,
};

/* What several messages have in common. */
struct message_kind {
    const char *name;                           /* "expired" */
    const char *means;                          /* one or two short sentences */
    const char *check;                          /* what to look at first */
    const char *causes[EXPLAIN_MAX_CAUSES + 1]; /* slugs, the likeliest first; NULL ends */
};

struct message {
    const char *id;      /* "firefox.sec-error-unknown-issuer" */
    const char *program; /* who prints it */
    const char
        *pattern; /* literal text; {host}, {date}, {n}, {few}, {any}, {far} stand for words */
    const struct message_kind *kind;
    const char *codes[EXPLAIN_MAX_CODES + 1]; /* "SEC_ERROR_UNKNOWN_ISSUER", "alert 40" */
    bool is_wide;   /* says little: gives way to any message that says more */
    bool is_like;   /* the words of a class, of no program: a likeness */
    bool needs_tls; /* counts only where something else in the text speaks of TLS */
};
extern const struct message explain_messages[]; /* an id of NULL ends it */

enum explained_by { EXPLAINED_BY_CODE, EXPLAINED_BY_PATTERN, EXPLAINED_BY_LIKENESS };

struct explained_match {
    const struct message *message;
    enum explained_by by;
};

struct explained {
    bool no_memory;
    struct explained_match matches[EXPLAIN_MAX_MATCHES]; /* what says most first */
    size_t n_matches;                                    /* 0: no such message is known */
    const char *causes[EXPLAIN_MAX_CAUSES]; /* of all of them: slugs, likeliest first */
    size_t n_causes;
    char host[EXPLAIN_HOST_SIZE]; /* a host that stands in the text, with its port; "": none */
};

/* Any bytes; what is beyond EXPLAIN_MAX_TEXT is not read. */
void explain_text(const char *text, size_t n, struct explained *out);

/*
 * What other programs print for a cause, "Chrome: NET::ERR_CERT_DATE_INVALID": the commonest
 * messages of which it is the likeliest cause. Returns how many.
 */
size_t explain_seen_as(const char *slug, char out[EXPLAIN_MAX_SEEN][EXPLAIN_SEEN_SIZE]);

#endif
