/*
 * redact_der.c - the names in a certificate's bytes, found by walking its DER (X.690 8.1) with the
 * bounded reader: nothing is judged and nothing is trusted, so a broken one gives what it has.
 * SPDX-License-Identifier: MIT
 */
#include "redact_book.h"

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
    DER_IA5 = 0x16,
    DER_BMP = 0x1E,
    DER_SEQUENCE = 0x30,
    DER_CONSTRUCTED = 0x20,
    /* RFC 5280 4.2.1.6, GeneralName */
    GENERAL_MAIL = 0x81,
    GENERAL_DNS = 0x82,
    GENERAL_URI = 0x86,
    GENERAL_IP = 0x87,
};

/* All of it, however long: what is shown of it is a part. */
static void add_bytes(struct book *b, const void *bytes, size_t n)
{
    enum { CLEAN_GROWTH = 8 }; /* a byte becomes at most "<U+XXXX>" */
    char *name = malloc(CLEAN_GROWTH * n + 1);

    if (name != NULL && text_clean(name, CLEAN_GROWTH * n + 1, bytes, n)) {
        book_add(b, name);
    } else {
        b->failed = true;
    }
    free(name);
}

static void add_text(struct book *b, struct reader text)
{
    add_bytes(b, text.at, text.left);
}

/* BMPString: two bytes a character. */
static void add_wide(struct book *b, struct reader text)
{
    char *raw = malloc(text.left / 2 * 3 + 1);
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
        add_bytes(b, raw, n);
    } else {
        b->failed = true;
    }
    free(raw);
}

/* Common name, organisation, its unit: attributes 2.5.4.3, .10, .11 (RFC 5280 appendix A.1). */
static bool add_attribute(struct book *b, struct reader r)
{
    uint8_t tag = 0;
    struct reader oid, value;

    if (!reader_der(&r, &tag, &oid) || tag != DER_OID || oid.left != 3 ||
        memcmp(oid.at, "\x55\x04", 2) != 0 || strchr("\x03\x0A\x0B", oid.at[2]) == NULL ||
        oid.at[2] == 0 || !reader_der(&r, &tag, &value)) {
        return false;
    }
    if (tag == DER_BMP) {
        add_wide(b, value);
    } else {
        add_text(b, value);
    }
    return true;
}

static void add_uri(struct book *b, struct reader text)
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

static void add_ip(struct book *b, struct reader bytes)
{
    char text[INET6_ADDRSTRLEN];

    if ((bytes.left == 4 && inet_ntop(AF_INET, bytes.at, text, sizeof text) != NULL) ||
        (bytes.left == 16 && inet_ntop(AF_INET6, bytes.at, text, sizeof text) != NULL)) {
        book_add(b, text);
    }
}

static void walk_der(struct book *b, struct reader r, int depth)
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
static void add_fingerprint(struct book *b, const struct blob *der)
{
    unsigned char hash[32];
    char hex[2 * sizeof hash + 1] = "";

    if (der->len == 0 || gnutls_hash_fast(GNUTLS_DIG_SHA256, der->data, der->len, hash) != 0) {
        return;
    }
    for (size_t i = 0; i < sizeof hash; i++) {
        (void)snprintf(hex + 2 * i, 3, "%02x", (unsigned)hash[i]);
    }
    book_add_text(b, hex);
}

void book_add_certificate(struct book *b, const struct blob *der)
{
    walk_der(b, reader_of(der->data, der->len), 0);
    add_fingerprint(b, der);
}
