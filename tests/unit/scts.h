/*
 * scts.h - for tests: the extension with signed timestamps (RFC 6962 3.3) as bytes.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_SCTS_H
#define WHYTLS_TESTS_SCTS_H

#include <gnutls/gnutls.h>

#include "whytls/buf.h"

/* One SCT, whose time is in milliseconds; log and signature are made up. 53 bytes with its length.
 */
static inline void put_sct(struct buf *b, uint64_t ms)
{
    enum {
        LENGTH = 2,
        TIME = LENGTH + 1 + 32,
        HASH = TIME + 8 + 2,
        SIGNATURE = HASH + 2 + 2,
        ALL = SIGNATURE + 4
    };
    uint8_t sct[ALL] = {[1] = ALL - LENGTH, [HASH] = 4, [HASH + 1] = 3, [SIGNATURE - 1] = 4};
    for (size_t i = 0; i < 8; i++) {
        sct[TIME + i] = (uint8_t)(ms >> (56 - 8 * i));
    }
    buf_put(b, sct, ALL);
}

/* An OCTET STRING with a list of two, in seconds. Borrows from b, which the caller has initialised.
 */
static inline gnutls_datum_t two_scts(struct buf *b, int64_t first, int64_t second)
{
    buf_put(b, (uint8_t[]){0x04, 108, 0, 106}, 4);
    put_sct(b, (uint64_t)first * 1000 + 7);
    put_sct(b, (uint64_t)second * 1000);
    return (gnutls_datum_t){(unsigned char *)b->data, (unsigned)b->len};
}

#endif
