/*
 * fuzz_target.c - any text as what the user typed or pasted: taken apart or refused in plain words,
 * and what is taken is clean and bounded. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "whytls/address.h"
#include "whytls/session.h"
#include "whytls/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be_clean(const char *text)
{
    if (!text_is_clean(text, strlen(text)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char error[160] = "", *text = malloc(size + 1);
    struct target t = {.port = 0};
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    if (target_parse(text, &t, error, sizeof error)) {
        if (!t.port || !t.ascii[0])
            abort();
        (void)address_text_is_private(t.ascii);
    } else if (!error[0]) {
        abort();
    }
    must_be_clean(t.typed);
    must_be_clean(t.host);
    must_be_clean(t.ascii);
    must_be_clean(error);
    free(text);
    return 0;
}
