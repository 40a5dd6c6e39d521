/*
 * hello.c - the few things that a scenario decides by, out of a ClientHello: its size, the newest
 * version in it, the server name. Uses the bounded reader only; layout: RFC 8446 4.1.2.
 * SPDX-License-Identifier: MIT
 */
#include "lab/hello.h"

#include <string.h>

#include "whytls/reader.h"

enum {
    CONTENT_HANDSHAKE = 22,
    TYPE_CLIENT_HELLO = 1,
    EXTENSION_SERVER_NAME = 0,
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

static void read_extensions(struct reader extensions, struct hello *h)
{
    while (extensions.left && !extensions.bad) {
        uint16_t type = reader_u16(&extensions);
        struct reader body = reader_sub(&extensions, reader_u16(&extensions));
        if (type == EXTENSION_SERVER_NAME)
            read_server_name(body, h);
        else if (type == EXTENSION_SUPPORTED_VERSIONS)
            read_versions(body, h);
    }
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
    h->newest = reader_u16(&body);
    reader_bytes(&body, 32);                /* random */
    reader_bytes(&body, reader_u8(&body));  /* session id */
    reader_bytes(&body, reader_u16(&body)); /* cipher suites */
    reader_bytes(&body, reader_u8(&body));  /* compression */
    if (body.bad)
        return false;
    if (body.left) /* a hello without extensions ends here */
        read_extensions(reader_sub(&body, reader_u16(&body)), h);
    return true;
}
