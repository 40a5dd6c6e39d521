/*
 * sanitized.h - whether this is the build with AddressSanitizer: it looks for other faults than the
 * plain one, costs many times as much, and takes less of what is long. Uses the compiler's own
 * word. And whether a test that takes a sample is to take the whole (WHOLE=1, `make check-whole`).
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_SANITIZED_H
#define WHYTLS_TESTS_SANITIZED_H

#include <stdbool.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
enum { IS_SANITIZED = 1 };
#elif defined(__has_feature) /* clang */
#if __has_feature(address_sanitizer)
enum { IS_SANITIZED = 1 };
#else
enum { IS_SANITIZED = 0 };
#endif
#else
enum { IS_SANITIZED = 0 };
#endif

static inline bool takes_the_whole(void)
{
    const char *whole = getenv("WHOLE");
    return whole && *whole;
}

#endif
