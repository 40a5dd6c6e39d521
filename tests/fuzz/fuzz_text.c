/*
 * fuzz_text.c - libFuzzer entry: any bytes through text_clean, in outputs of any size; what comes
 * out is clean, fits, ends, and stays the same when it is cleaned again. The first byte: the size.
 * SPDX-License-Identifier: MIT
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so)
{
    if (!so) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t room = size > 0 ? (size_t)data[0] + 1 : 1, n = 0, width = 0;
    char *out = malloc(room), *again = malloc(room);
    unsigned c = 0;

    must(out != NULL && again != NULL);
    const uint8_t *in = size > 0 ? data + 1 : data;
    size_t in_n = size > 0 ? size - 1 : 0;
    bool is_whole = text_clean(out, room, in, in_n);
    n = strlen(out);
    must(n < room && text_is_clean(out, n) && (is_whole || in_n > 0));
    must(text_clean(again, room, out, n) && strcmp(out, again) == 0);
    text_clean_marked(again, room, in, in_n);
    must(strlen(again) < room && text_is_clean(again, strlen(again)));
    must(is_whole == (strcmp(out, again) == 0) || room <= 16);
    must(text_copy(again, room, out) && strcmp(out, again) == 0);
    must(text_width(out) >= 0);
    for (size_t taken = text_next(out, &c); taken > 0; taken = text_next(out + width, &c)) {
        must(c != 0xFFFD || memcmp(out + width, "\xEF\xBF\xBD", 3) == 0);
        width += taken;
    }
    must(width == n);
    (void)text_contains_nocase(out, "ssl");
    (void)text_ends_nocase(out, again);
    free(out);
    free(again);
    return 0;
}
