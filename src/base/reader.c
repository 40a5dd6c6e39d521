/*
 * reader.c - the bounded reader: no parser of outside bytes does arithmetic on pointers itself.
 * Once bad, a reader stays empty, so that a loop over it ends. Uses libc only. Fuzzed by fuzz_cert.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/reader.h"

#include <string.h>

struct reader reader_of(const void *data, size_t n)
{
    return (struct reader){.at = data, .left = data != NULL ? n : 0};
}

const uint8_t *reader_bytes(struct reader *r, size_t n)
{
    const uint8_t *bytes = r->at;

    if (r->bad || n > r->left) {
        r->bad = true;
        r->left = 0;
        return NULL;
    }
    if (n > 0) {
        r->at += n;
        r->left -= n;
    }
    return bytes;
}

static uint32_t read_number(struct reader *r, size_t n)
{
    const uint8_t *bytes = reader_bytes(r, n);
    uint32_t number = 0;

    for (size_t i = 0; bytes != NULL && i < n; i++) {
        number = (number << 8) | bytes[i];
    }
    return number;
}

uint8_t reader_u8(struct reader *r)
{
    return (uint8_t)read_number(r, 1);
}

uint16_t reader_u16(struct reader *r)
{
    return (uint16_t)read_number(r, 2);
}

uint32_t reader_u24(struct reader *r)
{
    return read_number(r, 3);
}

uint32_t reader_u32(struct reader *r)
{
    return read_number(r, 4);
}

struct reader reader_sub(struct reader *r, size_t n)
{
    const uint8_t *bytes = reader_bytes(r, n);

    if (r->bad) {
        return (struct reader){.bad = true};
    }
    return (struct reader){.at = bytes, .left = n};
}

bool reader_der(struct reader *r, uint8_t *tag, struct reader *contents)
{
    size_t n = 0;

    if (r->left == 0) {
        return false;
    }
    *tag = reader_u8(r);
    n = reader_u8(r);
    if (n == 0x81) {
        n = reader_u8(r);
    } else if (n == 0x82) {
        n = reader_u16(r);
    } else if (n == 0x83) {
        n = reader_u24(r);
    } else if (n >= 0x80) {
        r->bad = true;
    }
    *contents = reader_sub(r, n);
    return !r->bad;
}

bool reader_line(struct reader *r, const char **line, size_t *n)
{
    const uint8_t *start = r->at;
    const uint8_t *feed = NULL;

    if (r->bad || r->left == 0) {
        return false;
    }
    feed = memchr(start, '\n', r->left);
    *line = (const char *)start;
    *n = feed != NULL ? (size_t)(feed - start) : r->left;
    (void)reader_bytes(r, feed != NULL ? *n + 1 : *n);
    if (*n > 0 && start[*n - 1] == '\r') {
        (*n)--;
    }
    return true;
}
