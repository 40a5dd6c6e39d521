/*
 * fuzz_banner.c - hostile first bytes: named without a crash, and the banner is clean and bounded.
 * Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "whytls/probe.h"
#include "probe/http.h"
#include "whytls/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t rooms[] = {1, 2, 7, sizeof(((struct outcome *)0)->banner)};
    for (size_t i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++) {
        char *banner = malloc(rooms[i]); /* just so much, so that one byte more is seen */
        if (!banner)
            return 0;
        enum protocol p = banner_classify(data, size, banner, rooms[i]);
        if (p >= PROTOCOL_COUNT || !memchr(banner, 0, rooms[i]) ||
            !text_is_clean(banner, strlen(banner)))
            abort();
        free(banner);
    }
    return 0;
}
