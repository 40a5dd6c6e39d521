/*
 * explain.c - which messages stand in a text, what says most first, and the causes behind them: see
 * explain.h. By a code, by a pattern; only where there is neither, by likeness. Fuzzed by
 * fuzz_explain.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codes.h"
#include "host_in_text.h"
#include "likeness.h"
#include "pattern.h"

/* How much a message says: a smaller one goes before, and some drop those behind them. */
enum tier { TIER_TELLS, TIER_LIKE, TIER_WIDE, TIER_WIDE_LIKE, TIER_ANY, TIER_ANY_LIKE };

enum { FOUND_MAX = 64, CODE_SAYS = 8, LEAST_LIKE_SHARE = 40 /* percent */ };

struct found {
    const struct message *message;
    enum explained_by by;
    enum tier tier;
    struct span span;
    size_t says; /* how much: twice the words of the pattern, and one where it looks so, too */
};

struct work {
    const char *text;
    struct token tokens[TOKENS_MAX];
    size_t n_tokens;
    struct code codes[CODES_MAX];
    size_t n_codes;
    struct found found[FOUND_MAX];
    size_t n_found;
    size_t n_patterns;
    const struct pattern *patterns; /* borrowed from the table */
};

/* ---- does it speak of TLS? ------------------------------------------------------------------ */

static const char *const tls_words[] = {
    "tls",    "https", "certificate", "handshake", "x509",       "cipher",   "pkix",
    "diffie", "ocsp",  "crl",         "sni",       "truststore", "starttls", "insecure",
    "hello",  "443",   "ca",          "hostname",  "secure",     "trusted",  "untrusted",
    "issuer", "mtls",  "cacert",      "curl",      NULL};
/* Words of reports that something failed, and of what they are about. */
static const char *const report_words[] = {
    "error",     "fail",    "exception", "unable", "invalid", "could",  "warning", "fatal",
    "tls",       "https",   "http",      "verify", "x509",    "curl",   "server",  "host",
    "connect",   "refused", "denied",    "reason", "browser", "domain", "remote",  "peer",
    "handshake", "chain",   "rejected",  "not",    NULL};
static const char *const error_words[] = {"error", "fail",    "exception", "unable",  "invalid",
                                          "could", "fatal",   "rejected",  "refused", "alert",
                                          "not",   "warning", NULL};

static bool has_outside(const struct work *w, const char *const *words, struct span span)
{
    for (size_t i = 0; i < w->n_tokens; i++)
        if ((i < span.from || i >= span.to) && token_is_one(&w->tokens[i], words))
            return true;
    return false;
}

/* Others shake hands as well, and have hosts that they trust. */
static bool speaks_of_tls(const struct work *w)
{
    static const char *const others[] = {"ssh", "websocket", "bluetooth", "usb", "wpa",
                                         "gpg", "kex",       "publickey", NULL};
    static const char *const sure[] = {"tls", "https", "certificate", "x509", "pkix", NULL};
    const struct span none = {0, 0};
    return has_outside(w, tls_words, none) &&
           (!has_outside(w, others, none) || has_outside(w, sure, none));
}

/* The words of a class are no proof: something else must look like a report, or nothing else is
 * said. */
static bool is_likely(const struct work *w, const struct pattern *p, struct span span)
{
    bool is_all = 100 * (span.to - span.from) >= LEAST_LIKE_SHARE * w->n_tokens;
    if (is_all && p->n > 1)
        return true;
    return has_outside(w, p->n > 1 ? report_words : error_words, span);
}

/* ---- finding -------------------------------------------------------------------------------- */

static enum tier tier_of(const struct message *m)
{
    bool is_any = m->is_wide && m->kind->causes[EXPLAIN_MAX_CAUSES - 1]; /* it may be anything */
    enum tier tier = is_any ? TIER_ANY : m->is_wide ? TIER_WIDE : TIER_TELLS;
    return m->is_like ? tier + 1 : tier;
}

static bool is_within(struct span a, struct span b)
{
    return a.from >= b.from && a.to <= b.to;
}

/* What stands inside of a longer message of the same tier is that message. */
static void add(struct work *w, struct found f)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->n_found; i++) {
        const struct found *other = &w->found[i];
        if (other->tier == f.tier && is_within(f.span, other->span) && f.says <= other->says)
            return;
        bool is_part =
            other->tier == f.tier && is_within(other->span, f.span) && other->says < f.says;
        if (!is_part)
            w->found[kept++] = *other;
    }
    w->n_found = kept;
    if (w->n_found < FOUND_MAX)
        w->found[w->n_found++] = f;
}

/* "certificate has expired" is rather a sentence than CERT_HAS_EXPIRED. */
static bool looks_so(const struct work *w, const struct message *m, struct span span)
{
    bool is_joined = span.to > span.from + 1 && w->tokens[span.to - 1].is_joined;
    return is_joined == (strchr(m->pattern, '_') != NULL);
}

static void find_pattern(struct work *w, const struct pattern *p)
{
    struct found f = {.message = p->message,
                      .by = p->is_code ? EXPLAINED_BY_CODE : EXPLAINED_BY_PATTERN,
                      .tier = tier_of(p->message)};
    if (!pattern_find(p, w->tokens, w->n_tokens, &f.span))
        return;
    f.says = 2 * (size_t)p->n + looks_so(w, p->message, f.span);
    if (p->message->needs_tls && !p->is_code && !speaks_of_tls(w))
        return;
    if (p->message->is_like) {
        if (!is_likely(w, p, f.span))
            return;
        f.by = EXPLAINED_BY_LIKENESS;
    }
    add(w, f);
}

/* "Weather alert for 40 counties" is none. */
static bool is_plausible(const struct work *w, const struct code *c)
{
    static const char *const words[] = {"fatal", "sslv3", "tlsv1", NULL};
    bool is_alert = strncmp(c->text, "alert", strlen("alert")) == 0;
    return !is_alert || w->n_tokens <= 3 || speaks_of_tls(w) ||
           has_outside(w, words, (struct span){0, 0});
}

static void find_number(struct work *w, const struct code *c)
{
    if (!is_plausible(w, c))
        return;
    for (const struct message *m = explain_messages; m->id; m++)
        for (size_t i = 0; i < EXPLAIN_MAX_CODES && m->codes[i]; i++)
            if (strcmp(m->codes[i], c->text) == 0)
                add(w, (struct found){.message = m,
                                      .by = EXPLAINED_BY_CODE,
                                      .tier = tier_of(m),
                                      .span = {c->token, c->token + 1},
                                      .says = CODE_SAYS});
}

static void find_all(struct work *w)
{
    for (size_t i = 0; i < w->n_codes; i++)
        find_number(w, &w->codes[i]);
    for (size_t i = 0; i < w->n_patterns; i++)
        find_pattern(w, &w->patterns[i]);
    if (w->n_found > 0)
        return;
    const struct message *like =
        likeness_piece(w->patterns, w->n_patterns, w->text, w->tokens, w->n_tokens);
    if (!like && speaks_of_tls(w))
        like = likeness_find(w->patterns, w->n_patterns, w->tokens, w->n_tokens);
    if (like)
        add(w, (struct found){.message = like, .by = EXPLAINED_BY_LIKENESS, .tier = TIER_LIKE});
}

/* ---- choosing ------------------------------------------------------------------------------- */

static bool goes_before(const struct found *a, const struct found *b)
{
    return a->tier != b->tier ? a->tier < b->tier : a->says > b->says;
}

/* Stable: what is first in the table stays so. */
static void sort(struct work *w)
{
    for (size_t i = 1; i < w->n_found; i++)
        for (size_t k = i; k > 0 && goes_before(&w->found[k], &w->found[k - 1]); k--) {
            struct found f = w->found[k];
            w->found[k] = w->found[k - 1];
            w->found[k - 1] = f;
        }
}

static bool is_told(const struct explained *e, const struct message_kind *kind)
{
    for (size_t i = 0; i < e->n_matches; i++)
        if (e->matches[i].message->kind == kind)
            return true;
    return false;
}

static void add_causes(struct explained *e, const struct message_kind *kind)
{
    for (size_t i = 0; i < EXPLAIN_MAX_CAUSES && kind->causes[i]; i++) {
        size_t k = 0;
        while (k < e->n_causes && strcmp(e->causes[k], kind->causes[i]) != 0)
            k++;
        if (k == e->n_causes && e->n_causes < EXPLAIN_MAX_CAUSES)
            e->causes[e->n_causes++] = kind->causes[i];
    }
}

/* One message of a kind; and only what says as much as the first, or is not merely like it. */
static void choose(struct work *w, struct explained *e)
{
    sort(w);
    for (size_t i = 0; i < w->n_found && e->n_matches < EXPLAIN_MAX_MATCHES; i++) {
        const struct found *f = &w->found[i];
        enum tier first = w->found[0].tier;
        bool is_kept = f->tier == first || (first == TIER_LIKE && f->tier == TIER_WIDE);
        if (!is_kept || is_told(e, f->message->kind))
            continue;
        e->matches[e->n_matches++] = (struct explained_match){.message = f->message, .by = f->by};
        add_causes(e, f->message->kind);
    }
}

void explain_text(const char *text, size_t n, struct explained *out)
{
    memset(out, 0, sizeof(*out));
    n = n > EXPLAIN_MAX_TEXT ? EXPLAIN_MAX_TEXT : n;
    struct work *w = malloc(sizeof(*w));
    if (w)
        w->patterns = patterns_all(&w->n_patterns);
    out->no_memory = !w || !w->patterns;
    if (out->no_memory) {
        free(w);
        return;
    }
    w->text = text;
    w->n_found = 0;
    w->n_tokens = tokens_of(text, n, w->tokens, TOKENS_MAX);
    w->n_codes = codes_of(text, w->tokens, w->n_tokens, w->codes);
    find_all(w);
    choose(w, out);
    host_in_text(text, n, out->host);
    free(w);
}
