/*
 * hello.h - reads a ClientHello with the lab's own eyes, before GnuTLS sees it. Pure.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_LAB_HELLO_H
#define WHYTLS_LAB_HELLO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hello {
    size_t bytes;    /* the record, with its header */
    uint16_t newest; /* the newest version offered; 0: not readable */
    char name[256];  /* server name; "": none, or none that fits */
};

/* Parses one record. False where it is no ClientHello that is whole in it (bytes is set anyway). */
bool hello_parse(const void *record, size_t n, struct hello *h);

/*
 * Turns each ffdhe group (RFC 7919) in a ClientHello's body into one that nobody knows.
 * body: without the record's and the message's headers.
 */
void hello_mask_ffdhe(uint8_t *body, size_t n);

#endif
