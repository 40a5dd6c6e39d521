/*
 * redact_der.c - the names in a certificate's bytes, found by walking its DER (X.690 8.1) with the
 * bounded reader: nothing is judged and nothing is trusted, so a broken one gives what it has.
 * Fuzzed by fuzz_redact.
 * SPDX-License-Identifier: MIT
 */
#include "redact_aliases.h"

#include <arpa/inet.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/reader.h"
#include "whytls/text.h"

enum {
    DER_MAX_DEPTH = 16,
    DER_OCTETS = 0x04,
    DER_OID = 0x06,
    DER_UTF8 = 0x0C,
    DER_PRINTABLE = 0x13,
    DER_T61 = 0x14,
    DER_IA5 = 0x16,
    DER_VISIBLE = 0x1A,
    DER_BMP = 0x1E,
    DER_SEQUENCE = 0x30,
    DER_CONSTRUCTED = 0x20,
    /* RFC 5280 4.2.1.6, GeneralName */
    GENERAL_MAIL = 0x81,
    GENERAL_DNS = 0x82,
    GENERAL_URI = 0x86,
    GENERAL_IP = 0x87,
};

/* All of it, however long: what is shown of it is a part. Caller frees; NULL: the aliases has
 * failed. */
static char *clean_all(struct aliases *b, const void *bytes, size_t n)
{
    enum { CLEAN_GROWTH = 8 }; /* a byte becomes at most "<U+XXXX>" */
    char *text = malloc(CLEAN_GROWTH * n + 1);

    if (text == NULL || !text_clean(text, CLEAN_GROWTH * n + 1, bytes, n)) {
        b->failed = true;
        free(text);
        return NULL;
    }
    return text;
}

static void add_bytes(struct aliases *b, const void *bytes, size_t n)
{
    char *name = clean_all(b, bytes, n);

    if (name != NULL) {
        aliases_add(b, name);
    }
    free(name);
}

static void add_text(struct aliases *b, struct reader text)
{
    add_bytes(b, text.at, text.left);
}

/* BMPString: two bytes a character. Caller frees; NULL: the aliases has failed. */
static char *clean_wide(struct aliases *b, struct reader text)
{
    char *raw = malloc(text.left / 2 * 3 + 1), *clean = NULL;
    size_t n = 0;

    while (raw != NULL && text.left >= 2) {
        unsigned c = reader_u16(&text);

        if (c < 0x80) {
            raw[n++] = (char)c;
        } else if (c < 0x800) {
            raw[n++] = (char)(0xC0 | (c >> 6));
            raw[n++] = (char)(0x80 | (c & 0x3F));
        } else {
            raw[n++] = (char)(0xE0 | (c >> 12));
            raw[n++] = (char)(0x80 | ((c >> 6) & 0x3F));
            raw[n++] = (char)(0x80 | (c & 0x3F));
        }
    }
    if (raw != NULL) {
        clean = clean_all(b, raw, n);
    } else {
        b->failed = true;
    }
    free(raw);
    return clean;
}

/* As a distinguished name has it, where that is otherwise (RFC 4514 2.4). */
static void add_escaped(struct aliases *b, const char *name)
{
    struct buf escaped;
    size_t n = strlen(name);

    buf_init(&escaped, 2 * n);
    for (size_t i = 0; i < n; i++) {
        bool is_edge = (i == 0 && name[i] == '#') || ((i == 0 || i + 1 == n) && name[i] == ' ');

        if (is_edge || strchr(",+\"\\<>;", name[i]) != NULL) {
            buf_puts(&escaped, "\\");
        }
        buf_put(&escaped, name + i, 1);
    }
    if (escaped.len > n) {
        aliases_add_alias(b, buf_text(&escaped), name);
    }
    b->failed = b->failed || escaped.failed;
    buf_fini(&escaped);
}

/* Where the kind of an attribute has no name, a distinguished name has its value as hex digits,
 * with tag and length (X.690 8.1). */
static void add_hex(struct aliases *b, uint8_t tag, struct reader value)
{
    struct buf hex;
    const char *longer = value.left < 0x80 ? "" : value.left < 0x100 ? "81" : "82";

    buf_init(&hex, 2 * value.left + 16);
    buf_printf(&hex, value.left < 0x100 ? "%02x%s%02zx" : "%02x%s%04zx", (unsigned)tag, longer,
               value.left);
    for (size_t i = 0; i < value.left; i++) {
        buf_printf(&hex, "%02x", (unsigned)value.at[i]);
    }
    aliases_add_text(b, buf_text(&hex));
    b->failed = b->failed || hex.failed;
    buf_fini(&hex);
}

static bool is_string(uint8_t tag)
{
    return tag == DER_UTF8 || tag == DER_PRINTABLE || tag == DER_T61 || tag == DER_IA5 ||
           tag == DER_VISIBLE || tag == DER_BMP;
}

/* An attribute of a name (RFC 5280 appendix A.1): 2.5.4.3, .10 and .11 are the common name, the
 * organisation and its unit. Of others what is as short as a country's code names nobody. */
static bool add_attribute(struct aliases *b, struct reader r)
{
    uint8_t tag = 0;
    struct reader oid, value;

    if (!reader_der(&r, &tag, &oid) || tag != DER_OID || !reader_der(&r, &tag, &value) ||
        !is_string(tag)) {
        return false;
    }
    bool is_x520 = oid.left == 3 && memcmp(oid.at, "\x55\x04", 2) == 0;
    bool is_main = is_x520 && (oid.at[2] == 0x03 || oid.at[2] == 0x0A || oid.at[2] == 0x0B);
    char *name = tag == DER_BMP ? clean_wide(b, value) : clean_all(b, value.at, value.left);

    if (name != NULL && (is_main || strlen(name) > 2)) {
        aliases_add(b, name);
        add_escaped(b, name);
        if (!is_main) {
            add_hex(b, tag, value);
        }
    }
    free(name);
    return true;
}

static void add_uri(struct aliases *b, struct reader text)
{
    const char *end = (const char *)text.at + text.left;
    const char *host = text.left > 3 ? memmem(text.at, text.left, "://", 3) : NULL;

    add_text(b, text); /* its path may name the owner too */
    if (host != NULL) {
        size_t n = 0;

        for (host += 3; host + n < end && host[n] != '\0' && strchr("/:?#", host[n]) == NULL;) {
            n++;
        }
        add_bytes(b, host, n);
    }
}

static void add_ip(struct aliases *b, struct reader bytes)
{
    char text[INET6_ADDRSTRLEN];

    if ((bytes.left == 4 && inet_ntop(AF_INET, bytes.at, text, sizeof text) != NULL) ||
        (bytes.left == 16 && inet_ntop(AF_INET6, bytes.at, text, sizeof text) != NULL)) {
        aliases_add(b, text);
    }
}

static void walk_der(struct aliases *b, struct reader r, int depth)
{
    uint8_t tag = 0;
    struct reader contents;

    while (depth < DER_MAX_DEPTH && reader_der(&r, &tag, &contents)) {
        if (tag == DER_IA5 || tag == GENERAL_MAIL || tag == GENERAL_DNS) {
            /* Tag 0x82 is a serial number elsewhere: bytes, not a text. */
            if (text_is_clean(contents.at, contents.left)) {
                add_text(b, contents);
            }
        } else if (tag == GENERAL_URI) {
            add_uri(b, contents);
        } else if (tag == GENERAL_IP) {
            add_ip(b, contents);
        } else if (tag == DER_SEQUENCE && add_attribute(b, contents)) {
            continue;
        } else if ((tag & DER_CONSTRUCTED) != 0 ||
                   (tag == DER_OCTETS && contents.left > 0 && contents.at[0] == DER_SEQUENCE)) {
            walk_der(b, contents, depth + 1); /* an extension's octets are DER again */
        }
    }
}

/* By its fingerprint a public certificate is found in the logs, and with it every name. */
static void add_fingerprint(struct aliases *b, const struct blob *der)
{
    unsigned char hash[32];
    char hex[2 * sizeof hash + 1] = "";

    if (der->len == 0 || gnutls_hash_fast(GNUTLS_DIG_SHA256, der->data, der->len, hash) != 0) {
        return;
    }
    for (size_t i = 0; i < sizeof hash; i++) {
        (void)snprintf(hex + 2 * i, 3, "%02x", (unsigned)hash[i]);
    }
    aliases_add_text(b, hex);
}

void aliases_add_certificate(struct aliases *b, const struct blob *der)
{
    walk_der(b, reader_of(der->data, der->len), 0);
    add_fingerprint(b, der);
}
