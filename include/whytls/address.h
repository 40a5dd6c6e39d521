/*
 * address.h - what kind of address it is: public, of a private network, of this computer alone. One
 * table for all who ask (src/evidence/address.c, a row an RFC). Pure; libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_ADDRESS_H
#define WHYTLS_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

/* From the most guarded to the most open. */
enum address_kind {
    ADDRESS_NO_HOST,    /* unspecified, multicast, broadcast, reserved; or no address at all */
    ADDRESS_LINK_LOCAL, /* and the services of a cloud that answer to their own machine only */
    ADDRESS_LOOPBACK,
    ADDRESS_PRIVATE,
    ADDRESS_PUBLIC,
};

/* Of the bytes of an IPv4 address, as they are sent. */
enum address_kind address_kind4(const uint8_t address[4]);
/* Of an IPv6 address. One that carries an IPv4 one is of that one's kind or of its own: of the more
 * guarded one. */
enum address_kind address_kind6(const uint8_t address[16]);
/* The same of its text; a zone (RFC 4007 11) is passed over. */
enum address_kind address_kind_of_text(const char *address);
/* Is it of this computer, its link, or a private network? False for what is no address of a host.
 */
bool address_text_is_private(const char *address);

/*
 * May what was seen at an address of one kind lead us to one of another? To none that is more
 * guarded than where it was seen, and never to a link or to what is no host.
 */
bool address_may_lead(enum address_kind from, enum address_kind to);

#endif
