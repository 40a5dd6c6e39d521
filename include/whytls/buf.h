/*
 * buf.h - a growing byte buffer that has a ceiling, so that nothing from outside fills memory.
 * Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_BUF_H
#define WHYTLS_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* data is NUL-terminated once anything was put (data may be NULL before). */
struct buf {
    char *data;
    size_t len;
    size_t cap;
    size_t max;  /* ceiling in bytes, set by buf_init */
    bool failed; /* ceiling reached or memory gone: later puts do nothing */
};

/* Empty; end it with buf_fini. max_bytes: without the NUL. */
void buf_init(struct buf *b, size_t max_bytes);
void buf_fini(struct buf *b);
/* Room for n more bytes at once, so that what is put next is not copied as the buffer grows. */
void buf_reserve(struct buf *b, size_t n);
/* What would go over the ceiling is not put at all, and the buffer has failed. */
void buf_put(struct buf *b, const void *bytes, size_t n);
void buf_puts(struct buf *b, const char *s);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Ownership moves to the caller (free with free()); NULL where the buffer failed. */
char *buf_take(struct buf *b);
/* The text so far; "" where nothing was put. Borrowed. */
const char *buf_text(const struct buf *b);

/* Owned bytes of a certificate, a staple, a file. data is NULL where there is none. */
struct blob {
    uint8_t *data;
    size_t len;
};

/* Copies; returns false where memory is gone (then *b is empty). */
bool blob_set(struct blob *b, const void *data, size_t len);
void blob_fini(struct blob *b);
bool blob_equal(const struct blob *a, const struct blob *b);

#endif
