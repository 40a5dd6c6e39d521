/*
 * buf.c - a byte buffer that grows up to its ceiling, and blobs that own their bytes.
 * A failure sticks, so that a writer checks once, at the end. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUF_FIRST = 256 };

void buf_init(struct buf *b, size_t max_bytes)
{
    *b = (struct buf){.max = max_bytes};
}

void buf_fini(struct buf *b)
{
    free(b->data);
    *b = (struct buf){.max = b->max};
}

/* Room for n more bytes and the NUL; false (and failed) where there can't be. */
static bool reserve(struct buf *b, size_t n)
{
    size_t cap = b->cap;
    char *data = NULL;

    if (b->failed) {
        return false;
    }
    assert(b->len <= b->max && (b->data != NULL || b->len == 0));
    if (n > b->max - b->len) {
        b->failed = true;
        return false;
    }
    if (b->len + n < b->cap) {
        return true;
    }
    if (cap == 0) {
        cap = BUF_FIRST;
    }
    while (cap <= b->len + n) {
        if (cap > SIZE_MAX / 2) {
            b->failed = true;
            return false;
        }
        cap *= 2;
    }
    data = realloc(b->data, cap);
    if (data == NULL) {
        b->failed = true;
        return false;
    }
    b->data = data;
    b->cap = cap;
    return true;
}

void buf_reserve(struct buf *b, size_t n)
{
    if (reserve(b, n)) {
        b->data[b->len] = '\0';
    }
}

void buf_put(struct buf *b, const void *bytes, size_t n)
{
    if (!reserve(b, n)) {
        return;
    }
    if (n > 0) {
        memcpy(b->data + b->len, bytes, n);
    }
    b->len += n;
    b->data[b->len] = '\0';
}

void buf_puts(struct buf *b, const char *s)
{
    buf_put(b, s, strlen(s));
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    int n = 0;

    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) {
        b->failed = true;
        return;
    }
    if (!reserve(b, (size_t)n)) {
        return;
    }
    va_start(args, format);
    (void)vsnprintf(b->data + b->len, (size_t)n + 1, format, args);
    va_end(args);
    b->len += (size_t)n;
}

char *buf_take(struct buf *b)
{
    char *text = NULL;

    if (!b->failed && b->data == NULL) {
        buf_put(b, "", 0);
    }
    if (!b->failed) {
        text = b->data;
        b->data = NULL;
    }
    buf_fini(b);
    return text;
}

const char *buf_text(const struct buf *b)
{
    return b->data != NULL ? b->data : "";
}

bool blob_set(struct blob *b, const void *data, size_t len)
{
    uint8_t *copy = NULL;

    if (len > 0) {
        copy = malloc(len);
        if (copy == NULL) {
            blob_fini(b);
            return false;
        }
        memcpy(copy, data, len);
    }
    free(b->data);
    *b = (struct blob){.data = copy, .len = len};
    return true;
}

void blob_fini(struct blob *b)
{
    free(b->data);
    *b = (struct blob){0};
}

bool blob_equal(const struct blob *a, const struct blob *b)
{
    return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}
