/*
 * banner_table.c - first bytes of a port to the service behind it, by one table. Pure: uses text
 * only. Only what other services really send to a TLS hello, or when nobody speaks, is listed.
 * Fuzzed by fuzz_banner.
 * SPDX-License-Identifier: MIT
 */

#include "http.h"
#include "whytls/text.h"

/* `holds`: a word that the first bytes must have besides, any case; NULL: none. First match wins.
 */
struct banner_row {
    const char *prefix;
    size_t n;
    const char *holds;
    enum protocol protocol;
};

#define ROW(text, word, what)                                                                      \
    {                                                                                              \
        text, sizeof(text) - 1, word, PROTOCOL_##what                                              \
    }

static const struct banner_row rows[] = {
    ROW("HTTP/", NULL, HTTP),        ROW("<!doctype", NULL, HTTP),   ROW("<html", NULL, HTTP),
    ROW("<?xml", "<stream", XMPP),   ROW("<?xml", "<html", HTTP),    ROW("<stream", NULL, XMPP),
    ROW("SSH-", NULL, SSH),          ROW("* OK", NULL, IMAP),        ROW("* BYE", NULL, IMAP),
    ROW("* BAD", NULL, IMAP),        ROW("* PREAUTH", NULL, IMAP),   ROW("+OK", NULL, POP3),
    ROW("-ERR", "command", REDIS),   ROW("-ERR", "protocol", REDIS), ROW("-ERR", "clients", REDIS),
    ROW("-ERR", NULL, POP3), /* its greeting where it has no room (RFC 1939 3) */
    ROW("-NOAUTH", NULL, REDIS),     ROW("-DENIED", NULL, REDIS),    ROW("+PONG", NULL, REDIS),
    ROW("220", "ftp", FTP),          ROW("220", "smtp", SMTP),       ROW("220", "mail", SMTP),
    ROW("220", "postfix", SMTP),     ROW("220", "exim", SMTP),       ROW("421", "ftp", FTP),
    ROW("421", NULL, SMTP),          ROW("554", NULL, SMTP),         ROW("530", NULL, FTP),
    ROW("500 ", "ftp", FTP),         ROW("500 ", NULL, SMTP),        ROW("502 ", NULL, SMTP),
    ROW("RFB ", NULL, VNC),          ROW("E\0\0", NULL, POSTGRESQL), /* ErrorResponse: type, 4 bytes
                                                                        of length */
    ROW("\x03\0\0", NULL, RDP),                                      /* TPKT (RFC 1006) */
    ROW("\xff\xfb", NULL, TELNET), /* IAC WILL, WONT, DO, DONT (RFC 854) */
    ROW("\xff\xfc", NULL, TELNET),   ROW("\xff\xfd", NULL, TELNET),  ROW("\xff\xfe", NULL, TELNET),
    ROW("\x80\x03\0\0", NULL, SSL2), /* SSL 2 ERROR message */
};

/*
 * MySQL: 3 bytes of length (little-endian), packet 0, then protocol 10 or an error: 0xff and a
 * number below 4096. A PostgreSQL error can begin alike, but has letters there.
 */
static bool is_mysql(const uint8_t *b, size_t n)
{
    if (n < 7 || !b[0] || b[1] || b[2] || b[3])
        return false;
    return b[4] == 0x0a || (b[4] == 0xff && b[6] < 0x10);
}

/* LDAP's notice of disconnection (RFC 4511 4.4.1): SEQUENCE, message id 0, [APPLICATION 24]. */
static bool is_ldap(const uint8_t *b, size_t n)
{
    if (n < 2 || b[0] != 0x30)
        return false;
    size_t at = b[1] & 0x80 ? 2 + (size_t)(b[1] & 0x7f) : 2; /* Active Directory: 4-byte length */
    return at + 3 < n && b[at] == 0x02 && b[at + 1] == 0x01 && b[at + 3] == 0x78;
}

/* SSL 2 SERVER-HELLO: length with its high bit, type 4, session-id-hit, type 1, version 0002. */
static bool is_ssl2(const uint8_t *b, size_t n)
{
    return n >= 7 && (b[0] & 0x80) && b[2] == 4 && b[3] <= 1 && b[4] <= 1 && !b[5] && b[6] == 2;
}

static bool is_tls(const uint8_t *b, size_t n)
{
    return n >= 2 && b[0] >= 20 && b[0] <= 24 && b[1] == 3;
}

static bool row_matches(const struct banner_row *r, const uint8_t *bytes, size_t n,
                        const char *text)
{
    if (n < r->n)
        return false;
    for (size_t i = 0; i < r->n; i++) {
        uint8_t have = bytes[i], want = (uint8_t)r->prefix[i];
        bool is_upper = have >= 'A' && have <= 'Z' && want >= 'a' && want <= 'z';
        if (have != want && !(is_upper && have + 32 == want))
            return false;
    }
    return !r->holds || text_contains_nocase(text, r->holds);
}

static bool is_printable(uint8_t c)
{
    return c == '\t' || c >= 0x20;
}

/* A line of text as it is; of a binary greeting only its longest readable run ("8.0.36-log"). */
static void banner_take(const uint8_t *bytes, size_t n, char *banner, size_t banner_size)
{
    size_t best = 0, best_n = 0, run = 0;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && is_printable(bytes[i]) && bytes[i] != 0xff)
            continue;
        if (i - run > best_n) {
            best = run;
            best_n = i - run;
        }
        if (i < n && (bytes[i] == '\n' || bytes[i] == '\r') && run == 0 && i > 0)
            break; /* the first line is whole and readable from its start */
        run = i + 1;
    }
    enum { SHORTEST_WORTH_SHOWING = 4 };
    text_clean_marked(banner, banner_size, bytes + best,
                      best_n >= SHORTEST_WORTH_SHOWING ? best_n : 0);
}

enum protocol banner_classify(const uint8_t *bytes, size_t n, char *banner, size_t banner_size)
{
    char text[EVIDENCE_FIRST_BYTES * 8];
    banner[0] = '\0';
    if (!n || is_tls(bytes, n))
        return PROTOCOL_NONE;
    text_clean_marked(text, sizeof(text), bytes,
                      n < EVIDENCE_FIRST_BYTES ? n : EVIDENCE_FIRST_BYTES);
    banner_take(bytes, n, banner, banner_size);
    if (is_mysql(bytes, n)) /* its length byte may look like a letter of the table */
        return PROTOCOL_MYSQL;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (row_matches(&rows[i], bytes, n, text))
            return rows[i].protocol;
    if (is_ldap(bytes, n))
        return PROTOCOL_LDAP;
    if (is_ssl2(bytes, n))
        return PROTOCOL_SSL2;
    return PROTOCOL_UNKNOWN;
}
