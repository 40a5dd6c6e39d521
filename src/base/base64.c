/*
 * base64.c - see base64.h. Uses libc only. Fuzzed by fuzz_case.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/base64.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *base64_encode(const uint8_t *bytes, size_t n)
{
    char *text = malloc((n + 2) / 3 * 4 + 1);
    char *at = text;

    if (text == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < n; i += 3) {
        size_t have = n - i < 3 ? n - i : 3;
        uint32_t three = (uint32_t)bytes[i] << 16;

        three |= have > 1 ? (uint32_t)bytes[i + 1] << 8 : 0;
        three |= have > 2 ? bytes[i + 2] : 0;
        for (size_t k = 0; k < 4; k++) {
            *at++ = k <= have ? alphabet[(three >> (18 - 6 * k)) & 0x3F] : '=';
        }
    }
    *at = '\0';
    return text;
}

/* Value of one symbol; -1 where it is none. */
static int symbol_value(char c)
{
    const char *at = c != '\0' ? strchr(alphabet, c) : NULL;

    return at != NULL ? (int)(at - alphabet) : -1;
}

/* Four symbols, of which `have` are no padding, to three bytes in one number; -1: no base64. */
static int32_t take_four(const char *text, size_t have)
{
    int32_t three = 0;

    for (size_t k = 0; k < 4; k++) {
        int value = k < have ? symbol_value(text[k]) : 0;

        if (value < 0) {
            return -1;
        }
        three = (three << 6) | value;
    }
    /* Bits of bytes that are not there would be lost on the way back. */
    return (three & ((1 << 8 * (4 - have)) - 1)) == 0 ? three : -1;
}

static bool decode(const char *text, size_t length, size_t pad, uint8_t *out)
{
    for (size_t i = 0; i < length; i += 4) {
        size_t have = i + 4 == length ? 4 - pad : 4;
        int32_t three = take_four(text + i, have);

        if (three < 0) {
            return false;
        }
        for (size_t k = 0; k + 1 < have; k++) {
            *out++ = (uint8_t)(three >> (16 - 8 * k));
        }
    }
    return true;
}

bool base64_decode(const char *text, uint8_t **out, size_t *n)
{
    size_t length = strlen(text), pad = 0;
    uint8_t *bytes = NULL;

    if (length % 4 != 0) {
        errno = EINVAL;
        return false;
    }
    while (pad < 2 && pad < length && text[length - 1 - pad] == '=') {
        pad++;
    }
    bytes = malloc(length / 4 * 3 + 1);
    if (bytes == NULL || !decode(text, length, pad, bytes)) {
        errno = bytes == NULL ? ENOMEM : EINVAL;
        free(bytes);
        return false;
    }
    *out = bytes;
    *n = length / 4 * 3 - pad;
    return true;
}
