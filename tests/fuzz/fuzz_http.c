/*
 * fuzz_http.c - hostile HTTP answers, dates and ages: read without a crash, every text kept is
 * clean. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "probe/http.h"
#include "whytls/probe.h"
#include "whytls/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be_clean(const char *text)
{
    if (!text_is_clean(text, strlen(text)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct outcome o = {0};
    char *exact = malloc(size ? size : 1); /* not NUL-terminated: a byte too far is seen */
    if (!exact)
        return 0;
    if (size)
        memcpy(exact, data, size);
    http_answer_read(exact, size, &o);
    must_be_clean(o.http_server);
    must_be_clean(o.http_via);
    must_be_clean(o.http_title);
    if (o.http_status && (o.http_status < 100 || o.http_status > 599))
        abort();
    if (o.http_date < 0 || http_date_parse(exact, size) < 0 || http_age_parse(exact, size) < 0)
        abort();
    (void)http_answer_is_enough(exact, size);
    free(exact);
    return 0;
}
