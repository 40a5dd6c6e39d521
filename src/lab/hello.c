/*
 * hello.c - the few things that a scenario decides by, out of a ClientHello: its size, the newest
 * version in it, the server name. Uses the bounded reader only; layout: RFC 8446 4.1.2.
 * Fuzzed by fuzz_practice.
 * SPDX-License-Identifier: MIT
 */
#include "lab/hello.h"

#include <string.h>

#include "whytls/reader.h"

enum {
    CONTENT_HANDSHAKE = 22,
    TYPE_CLIENT_HELLO = 1,
    EXTENSION_SERVER_NAME = 0,
    EXTENSION_SUPPORTED_GROUPS = 10,
    EXTENSION_SUPPORTED_VERSIONS = 43,
    NAME_TYPE_HOST = 0,
};

/* RFC 6066 3 */
static void read_server_name(struct reader body, struct hello *h)
{
    struct reader list = reader_sub(&body, reader_u16(&body));
    uint8_t type = reader_u8(&list);
    uint16_t n = reader_u16(&list);
    const uint8_t *name = reader_bytes(&list, n);
    if (list.bad || type != NAME_TYPE_HOST || !name || n >= sizeof h->name || memchr(name, 0, n))
        return;
    memcpy(h->name, name, n);
    h->name[n] = '\0';
}

/* RFC 8446 4.2.1. Where it is there it replaces the hello's own version; GREASE is passed over. */
static void read_versions(struct reader body, struct hello *h)
{
    uint16_t newest = 0;
    struct reader list = reader_sub(&body, reader_u8(&body));
    while (list.left >= 2 && !list.bad) {
        uint16_t version = reader_u16(&list);
        if (version >> 8 == 0x03 && version > newest)
            newest = version;
    }
    if (newest)
        h->newest = newest;
}

/* Past what stands before the extensions, which are returned; bad where this is no ClientHello. */
static struct reader find_extensions(struct reader body, uint16_t *version)
{
    *version = reader_u16(&body);
    reader_bytes(&body, 32);                /* random */
    reader_bytes(&body, reader_u8(&body));  /* session id */
    reader_bytes(&body, reader_u16(&body)); /* cipher suites */
    reader_bytes(&body, reader_u8(&body));  /* compression */
    if (body.bad || body.left == 0)         /* a hello without extensions ends here */
        return body;
    return reader_sub(&body, reader_u16(&body));
}

bool hello_parse(const void *record, size_t n, struct hello *h)
{
    *h = (struct hello){.bytes = n};
    struct reader r = reader_of(record, n);
    uint8_t content = reader_u8(&r);
    reader_u16(&r); /* the record's version says nothing */
    struct reader fragment = reader_sub(&r, reader_u16(&r));
    uint8_t type = reader_u8(&fragment);
    struct reader body = reader_sub(&fragment, reader_u24(&fragment));
    if (body.bad || content != CONTENT_HANDSHAKE || type != TYPE_CLIENT_HELLO)
        return false;
    uint16_t version;
    struct reader extensions = find_extensions(body, &version);
    if (extensions.bad)
        return false;
    h->newest = version;
    while (extensions.left && !extensions.bad) {
        uint16_t kind = reader_u16(&extensions);
        struct reader content_of = reader_sub(&extensions, reader_u16(&extensions));
        if (kind == EXTENSION_SERVER_NAME)
            read_server_name(content_of, h);
        else if (kind == EXTENSION_SUPPORTED_VERSIONS)
            read_versions(content_of, h);
    }
    return true;
}

static void mask(uint8_t *body, struct reader groups)
{
    struct reader list = reader_sub(&groups, reader_u16(&groups));
    while (list.left >= 2 && !list.bad) {
        size_t at = (size_t)(list.at - body);
        uint16_t group = reader_u16(&list);
        if (group >= 0x0100 && group <= 0x01ff) /* RFC 7919 2 */
            body[at] = 0xfa;                    /* unassigned */
    }
}

void hello_mask_ffdhe(uint8_t *body, size_t n)
{
    uint16_t version;
    struct reader extensions = find_extensions(reader_of(body, n), &version);
    while (extensions.left && !extensions.bad) {
        uint16_t type = reader_u16(&extensions);
        struct reader groups = reader_sub(&extensions, reader_u16(&extensions));
        if (type == EXTENSION_SUPPORTED_GROUPS)
            mask(body, groups);
    }
}
