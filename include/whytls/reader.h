/*
 * reader.h - the bounded reader: the only way to take bytes from the network or a file apart.
 * Reading past the end sets `bad` and gives zeroes; check it once at the end. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_READER_H
#define WHYTLS_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reader {
    const uint8_t *at;
    size_t left;
    bool bad;
};

struct reader reader_of(const void *data, size_t n);
uint8_t reader_u8(struct reader *r);
uint16_t reader_u16(struct reader *r); /* network order */
uint32_t reader_u24(struct reader *r);
uint32_t reader_u32(struct reader *r);
/* The next n bytes, borrowed; NULL (and bad) where there are fewer. */
const uint8_t *reader_bytes(struct reader *r, size_t n);
/* A reader over the next n bytes; an empty bad one where there are fewer. */
struct reader reader_sub(struct reader *r, size_t n);
/* Tag and contents of the next DER element (X.690 8.1); false at the end, or where it is broken. */
bool reader_der(struct reader *r, uint8_t *tag, struct reader *contents);
/* The next line without its CRLF or LF; false at the end. *line is borrowed, not NUL-terminated. */
bool reader_line(struct reader *r, const char **line, size_t *n);

#endif
