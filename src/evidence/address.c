/*
 * address.c - what kind of address it is, by the registries of special-purpose addresses (RFC 6890)
 * and the RFC of each row. Pure; libc only. Fuzzed by fuzz_target.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/address.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ---- ranges ----------------------------------------------------------------------------- */

/* Of several rows that fit, the most guarded kind counts. What has no row is public: so are
 * documentation addresses (RFC 5737, RFC 3849, RFC 9637), which nobody has inside. */
struct range {
    uint8_t prefix[16];
    unsigned bits;
    enum address_kind kind;
};

static const struct range ranges4[] = {
    {{0}, 8, ADDRESS_NO_HOST},                      /* RFC 1122 3.2.1.3: this network */
    {{10}, 8, ADDRESS_PRIVATE},                     /* RFC 1918 */
    {{100, 64}, 10, ADDRESS_PRIVATE},               /* RFC 6598: shared by a provider's own */
    {{100, 100, 100, 200}, 32, ADDRESS_LINK_LOCAL}, /* Alibaba Cloud: metadata */
    {{127}, 8, ADDRESS_LOOPBACK},                   /* RFC 1122 3.2.1.3 */
    {{168, 63, 129, 16}, 32, ADDRESS_LINK_LOCAL},   /* Azure: the host of a virtual machine */
    {{169, 254}, 16, ADDRESS_LINK_LOCAL},           /* RFC 3927; clouds: metadata */
    {{172, 16}, 12, ADDRESS_PRIVATE},               /* RFC 1918 */
    {{192, 0, 0}, 24, ADDRESS_PRIVATE},             /* RFC 6890: protocols' own, DS-Lite */
    {{192, 0, 0, 192}, 32, ADDRESS_LINK_LOCAL},     /* Oracle Cloud: metadata */
    {{192, 168}, 16, ADDRESS_PRIVATE},              /* RFC 1918 */
    {{198, 18}, 15, ADDRESS_PRIVATE},               /* RFC 2544: benchmarks; made-up answers */
    {{224}, 4, ADDRESS_NO_HOST},                    /* RFC 5771: multicast */
    {{240}, 4, ADDRESS_NO_HOST},                    /* RFC 1112 4: reserved; broadcast */
};

static const struct range ranges6[] = {
    {{[15] = 0}, 128, ADDRESS_NO_HOST},                 /* RFC 4291 2.5.2: unspecified */
    {{0x01, 0x00}, 64, ADDRESS_NO_HOST},                /* RFC 6666: discarded */
    {{0x01, 0x00, [7] = 1}, 64, ADDRESS_NO_HOST},       /* RFC 9780: a dummy prefix */
    {{0x20, 0x01, 0x00, 0x02}, 48, ADDRESS_PRIVATE},    /* RFC 5180: benchmarks */
    {{0x5f, 0x00}, 16, ADDRESS_PRIVATE},                /* RFC 9602: segment routing */
    {{0xfc}, 7, ADDRESS_PRIVATE},                       /* RFC 4193: unique local */
    {{0xfd, 0x00, 0x0e, 0xc2}, 32, ADDRESS_LINK_LOCAL}, /* Amazon EC2: metadata, fd00:ec2::254 */
    {{0xfd, 0x20, 0x00, 0xce, [14] = 0x02, [15] = 0x54}, 128, ADDRESS_LINK_LOCAL}, /* Google */
    {{0xfe, 0x80}, 10, ADDRESS_LINK_LOCAL}, /* RFC 4291 2.5.6 */
    {{0xfe, 0xc0}, 10, ADDRESS_PRIVATE},    /* RFC 3879: once site-local */
    {{0xff}, 8, ADDRESS_NO_HOST},           /* RFC 4291 2.7: multicast */
};

static bool has_prefix(const uint8_t *address, const uint8_t *prefix, unsigned bits)
{
    size_t whole = bits / 8;
    unsigned rest = bits % 8;
    if (memcmp(address, prefix, whole) != 0)
        return false;
    return !rest || ((address[whole] ^ prefix[whole]) >> (8 - rest)) == 0;
}

static enum address_kind more_guarded(enum address_kind a, enum address_kind b)
{
    return a < b ? a : b;
}

static enum address_kind look_up(const struct range *ranges, size_t n, const uint8_t *address)
{
    enum address_kind kind = ADDRESS_PUBLIC;
    for (size_t i = 0; i < n; i++)
        if (has_prefix(address, ranges[i].prefix, ranges[i].bits))
            kind = more_guarded(kind, ranges[i].kind);
    return kind;
}

enum address_kind address_kind4(const uint8_t address[4])
{
    return look_up(ranges4, sizeof(ranges4) / sizeof(ranges4[0]), address);
}

/* ---- IPv4 inside of IPv6 ---------------------------------------------------------------- */

/* Where the four bytes stand under a prefix, each xored with `flip`. */
struct embedding {
    uint8_t prefix[12];
    unsigned bits;
    uint8_t at[4];
    uint8_t flip;
};

static const struct embedding embeddings[] = {
    {{0}, 96, {12, 13, 14, 15}, 0},                         /* RFC 4291 2.5.5.1: compatible */
    {{[10] = 0xff, [11] = 0xff}, 96, {12, 13, 14, 15}, 0},  /* RFC 4291 2.5.5.2: mapped */
    {{[8] = 0xff, [9] = 0xff}, 96, {12, 13, 14, 15}, 0},    /* RFC 2765 2.1: translated */
    {{0x00, 0x64, 0xff, 0x9b}, 96, {12, 13, 14, 15}, 0},    /* RFC 6052 2.1: NAT64 */
    {{0x20, 0x02}, 16, {2, 3, 4, 5}, 0},                    /* RFC 3056 2: 6to4 */
    {{0x20, 0x01, 0x00, 0x00}, 32, {12, 13, 14, 15}, 0xff}, /* RFC 4380 4: Teredo, the client */
    {{0x20, 0x01, 0x00, 0x00}, 32, {4, 5, 6, 7}, 0},        /* and its server */
};

static enum address_kind kind_carried(const struct embedding *e, const uint8_t *a)
{
    uint8_t inner[4];
    for (size_t i = 0; i < 4; i++)
        inner[i] = a[e->at[i]] ^ e->flip;
    return address_kind4(inner);
}

/* RFC 5214 6.1, under any prefix. Two bits of the first byte say other things. */
static bool is_isatap(const uint8_t *a)
{
    return (a[8] & ~3) == 0 && a[9] == 0x00 && a[10] == 0x5e && a[11] == 0xfe;
}

/*
 * NAT64 of a network's own, 64:ff9b:1::/48 (RFC 8215): how long its prefix is nobody else knows,
 * and with it where the four bytes stand (RFC 6052 2.2). All readings count that can be meant: they
 * do not begin with a zero, and have only zeros behind.
 */
static enum address_kind kind_local_nat64(const uint8_t *a)
{
    static const struct embedding readings[] = {{.at = {6, 7, 9, 10}},
                                                {.at = {7, 9, 10, 11}},
                                                {.at = {9, 10, 11, 12}},
                                                {.at = {12, 13, 14, 15}}};
    static const uint8_t zeros[16];
    enum address_kind kind = ADDRESS_PUBLIC;
    bool is_read = false;
    for (size_t i = 0; i < sizeof(readings) / sizeof(readings[0]); i++) {
        size_t end = readings[i].at[3] + 1u;
        if (a[readings[i].at[0]] && memcmp(a + end, zeros, 16 - end) == 0) {
            kind = more_guarded(kind, kind_carried(&readings[i], a));
            is_read = true;
        }
    }
    return is_read ? kind : ADDRESS_NO_HOST;
}

enum address_kind address_kind6(const uint8_t a[16])
{
    static const uint8_t loopback[16] = {[15] = 1}; /* RFC 4291 2.5.3 */
    static const uint8_t local_nat64[6] = {0x00, 0x64, 0xff, 0x9b, 0x00, 0x01};
    static const struct embedding isatap = {.at = {12, 13, 14, 15}};
    if (memcmp(a, loopback, sizeof(loopback)) == 0)
        return ADDRESS_LOOPBACK;
    if (has_prefix(a, local_nat64, 48))
        return kind_local_nat64(a);
    enum address_kind kind = look_up(ranges6, sizeof(ranges6) / sizeof(ranges6[0]), a);
    for (size_t i = 0; i < sizeof(embeddings) / sizeof(embeddings[0]); i++)
        if (has_prefix(a, embeddings[i].prefix, embeddings[i].bits))
            kind = more_guarded(kind, kind_carried(&embeddings[i], a));
    return is_isatap(a) ? more_guarded(kind, kind_carried(&isatap, a)) : kind;
}

/* ---- for others --------------------------------------------------------------------------- */

enum address_kind address_kind_of_text(const char *address)
{
    char plain[INET6_ADDRSTRLEN];
    uint8_t bytes[16];
    size_t n = strcspn(address, "%");
    if (n >= sizeof(plain))
        return ADDRESS_NO_HOST;
    memcpy(plain, address, n);
    plain[n] = '\0';
    if (inet_pton(AF_INET, plain, bytes) == 1)
        return address_kind4(bytes);
    return inet_pton(AF_INET6, plain, bytes) == 1 ? address_kind6(bytes) : ADDRESS_NO_HOST;
}

bool address_text_is_private(const char *address)
{
    enum address_kind kind = address_kind_of_text(address);
    return kind != ADDRESS_PUBLIC && kind != ADDRESS_NO_HOST;
}

bool address_may_lead(enum address_kind from, enum address_kind to)
{
    if (to <= ADDRESS_LINK_LOCAL)
        return false;
    switch (from) {
    case ADDRESS_NO_HOST:
    case ADDRESS_PUBLIC:
        return to == ADDRESS_PUBLIC;
    case ADDRESS_LINK_LOCAL: /* on a network of the user's, but not on their own computer */
    case ADDRESS_PRIVATE:
        return to >= ADDRESS_PRIVATE;
    case ADDRESS_LOOPBACK:
        return true;
    }
    return false;
}
