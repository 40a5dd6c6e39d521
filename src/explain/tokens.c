/*
 * tokens.c - a text as words: see tokens.h. Fuzzed by fuzz_explain.
 * SPDX-License-Identifier: MIT
 */
#include "tokens.h"

#include <string.h>

#include "whytls/ascii.h"

/* Words that count as the first of their row. "": left out. */
static const char *const alike[][10] = {
    {"", "the", "a", "an"},
    {"certificate", "cert", "certs", "certificates", "certification"},
    {"tls", "ssl", "openssl", "gnutls", "schannel", "rustls", "mbedtls", "wolfssl", "libressl"},
    {"fail", "failed", "fails", "failure", "failures", "failing"},
    {"verify", "verification", "verified", "verifying", "verifies", "validate", "validated",
     "validating", "validation"},
    {"handshake", "handshakes", "handshaking", "handshaked"},
    {"unable", "cannot", "cant", "couldnt"},
    {"establish", "established", "establishing"},
    {"connect", "connection", "connections", "connecting", "connected"},
    {"match", "matches", "matched", "matching"},
    {"mismatch", "mismatched", "mismatches"},
    {"support", "supported", "supports"},
    {"trusted", "trust"},
    {"signed", "sign", "signs"},
    {"cipher", "ciphers", "cypher", "cyphers", "ciphersuite", "ciphersuites"},
    {"suite", "suites"},
    {"protocol", "protocols"},
    {"version", "versions"},
    {"authority", "authorities"},
    {"issuer", "issuers"},
    {"alert", "alerts"},
    {"error", "errors", "err"},
    {"reset", "resets"},
    {"timeout", "timedout", "timeouts"},
    {"user", "users"},
    {"closed", "close", "closes", "closing"},
    {"untrusted", "nontrusted"},
    {"negotiation", "negotiate", "negotiated", "negotiating"},
    {"unrecognized", "unrecognised"},
    {"canceled", "cancelled"},
    {"authorized", "authorised"},
    {"requires", "needs"},
    {"does", "doesn"},
    {"do", "don"},
    {"did", "didn"},
    {"is", "isn"},
    {"was", "wasn"},
    {"could", "couldn"},
    {"has", "hasn"},
    {"staple", "stapled", "stapling"},
    {"invalid", "incorrect"},
};

/* What stands before "certificate" where no certificate of TLS is meant. */
static const char *const other_certificates[] = {
    "gift",     "birth",    "marriage", "death",    "medical", "school",      "course",
    "training", "yoga",     "diving",   "vaccine",  "stock",   "vaccination", "gym",
    "first",    "language", "tax",      "teaching", "baptism", "award",       "savings",
    "share",    "pilot",    "covid",    NULL};

static uint32_t hash_bytes(const char *s, size_t n)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)ascii_tolower(s[i])) * 16777619u;
    return h;
}

uint32_t token_hash(const char *word)
{
    return hash_bytes(word, strlen(word));
}

bool token_is(const struct token *t, const char *word)
{
    return t->hash == token_hash(word);
}

bool token_is_one(const struct token *t, const char *const *words)
{
    for (; *words; words++)
        if (token_is(t, *words))
            return true;
    return false;
}

/* What this word counts as; false: nothing. */
static bool choose_hash(const char *s, size_t n, uint32_t *hash)
{
    enum { ROWS = sizeof(alike) / sizeof(alike[0]) };
    for (size_t row = 0; row < ROWS; row++)
        for (size_t i = 1; i < sizeof(alike[0]) / sizeof(alike[0][0]) && alike[row][i]; i++)
            if (strlen(alike[row][i]) == n && ascii_equal_nocase(alike[row][i], s, n)) {
                *hash = token_hash(alike[row][0]);
                return alike[row][0][0] != '\0';
            }
    *hash = hash_bytes(s, n);
    return true;
}

static bool is_upper(char c)
{
    return ascii_isalpha(c) && ascii_tolower(c) != c;
}

static bool is_lower(char c)
{
    return ascii_isalpha(c) && ascii_tolower(c) == c;
}

/* A word that is "TLSv1" or "sslv3": its letters before the v. */
static size_t before_version(const char *s, size_t n)
{
    bool is_it = n > 4 && (ascii_equal_nocase(s, "tls", 3) || ascii_equal_nocase(s, "ssl", 3)) &&
                 ascii_tolower(s[3]) == 'v' && ascii_isdigit(s[4]);
    return is_it ? 3 : 0;
}

/* Where "SSLHandshakeException" breaks: before a capital behind a small letter, and before the last
 * capital of several that a small letter follows. "cURL" and "SANs" stay whole. */
static size_t next_break(const char *s, size_t n)
{
    size_t version = before_version(s, n);
    if (version)
        return version;
    for (size_t i = 1; i < n; i++) {
        if (!is_upper(s[i]))
            continue;
        bool is_plural = i + 2 == n && s[i + 1] == 's';
        if (is_lower(s[i - 1]) && i > 1)
            return i;
        if (is_upper(s[i - 1]) && i + 1 < n && is_lower(s[i + 1]) && !is_plural)
            return i;
    }
    return n;
}

/* "hostname" is two words. */
static size_t whole_words(const char *s, size_t n)
{
    if (n == 9 && ascii_equal_nocase(s, "smartcard", 9))
        return 5;
    bool is_host_name = n >= 8 && ascii_equal_nocase(s, "hostname", 8);
    return is_host_name && (n == 8 || (n == 9 && ascii_tolower(s[8]) == 's')) ? 4
                                                                              : next_break(s, n);
}

static bool is_apart(const char *text, size_t at)
{
    return at == 0 || (!ascii_isalnum(text[at - 1]) && text[at - 1] != '-');
}

/* "doesn't", also with the quotation mark of books (UTF-8). */
static bool is_short_form(const char *text, size_t at)
{
    return (at > 1 && text[at - 1] == '\'' && ascii_tolower(text[at - 2]) == 'n') ||
           (at > 3 && memcmp(text + at - 3, "\xE2\x80\x99", 3) == 0 &&
            ascii_tolower(text[at - 4]) == 'n');
}

static void put(const char *text, size_t at, size_t n, struct token *t, size_t *count)
{
    struct token *new = &t[*count];
    bool is_ours = at > 0 && text[at - 1] == '\'' && n == 1 && ascii_tolower(text[at]) == 's';
    if (is_ours || n > TOKEN_WORD * 4 || !choose_hash(text + at, n, &new->hash))
        return;
    if (n == 1 && ascii_tolower(text[at]) == 't' && is_short_form(text, at))
        new->hash = token_hash("not");
    new->at = (uint32_t)at;
    new->n = (uint16_t)n;
    new->is_adjacent = at > 0 && ascii_isalnum(text[at - 1]);
    new->is_joined = at > 0 && text[at - 1] == '_';
    new->is_after_dot = at > 0 && text[at - 1] == '.';
    new->is_negative = at > 0 && text[at - 1] == '-' && is_apart(text, at - 1);
    if (*count > 0 && token_is(new, "certificate") &&
        token_is_one(&t[*count - 1], other_certificates))
        new->hash = 0;
    ++*count;
}

size_t tokens_of(const char *text, size_t n, struct token *out, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < n && count < max;) {
        if (!ascii_isalnum(text[i])) {
            i++;
            continue;
        }
        size_t end = i;
        while (end < n && ascii_isalnum(text[end]))
            end++;
        while (i < end && count < max) {
            size_t length = whole_words(text + i, end - i);
            put(text, i, length, out, &count);
            i += length;
        }
    }
    return count;
}
