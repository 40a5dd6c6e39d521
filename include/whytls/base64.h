/*
 * base64.h - RFC 4648 4, one form only: padded, no line breaks, no bits left over, so that the
 * same bytes have the same text and back. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_BASE64_H
#define WHYTLS_BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Free with free(); NULL where memory is gone. */
char *base64_encode(const uint8_t *bytes, size_t n);

/* *out is to be freed with free(). False with errno: ENOMEM, or EINVAL where it is not base64. */
bool base64_decode(const char *text, uint8_t **out, size_t *n);

#endif
