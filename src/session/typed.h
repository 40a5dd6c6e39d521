/*
 * typed.h - what people type or paste where an address is wanted: what surrounds it, and what is
 * none. Only src/session includes it. Uses base.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_SESSION_TYPED_H
#define WHYTLS_SESSION_TYPED_H

#include <stdbool.h>
#include <stddef.h>

/* Takes off what a paste brings along: blanks, quotation marks, brackets of a sentence, and the
 * comma after it. Returns where the rest begins; cuts it at its end, in place. */
char *typed_unwrap(char *text);

/* Why this is more than an address (words, a line of a log), as a sentence; NULL: it may be one. */
const char *typed_refuse_words(const char *text);

enum typed_number {
    TYPED_NAME,    /* its last label is no number: a name, or an IPv6 address */
    TYPED_ADDRESS, /* an IPv4 address */
    TYPED_REFUSED  /* a number that is no address, or can be read in two ways */
};

/*
 * A host whose last label is a number is an IPv4 address or nothing (WHATWG URL, "ends in a
 * number"). Four decimal numbers, and the short forms of inet_aton(3) with two or three of them
 * ("127.1"), become dotted[16]. A lone number, octal and hexadecimal ones do not: nobody types them
 * and means it. *why: what is wrong, where REFUSED.
 */
enum typed_number typed_read_number(const char *host, char *dotted, const char **why);

#endif
