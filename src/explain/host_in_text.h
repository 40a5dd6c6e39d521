/*
 * host_in_text.h - the host that a message is about. Of this room only. Uses libc, ascii.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EXPLAIN_HOST_IN_TEXT_H
#define WHYTLS_EXPLAIN_HOST_IN_TEXT_H

#include <stddef.h>

#include "whytls/explain.h"

/* "shop.example" or "shop.example:8443", of letters that need no quotes; "" where there is none. */
void host_in_text(const char *text, size_t n, char out[EXPLAIN_HOST_SIZE]);

#endif
