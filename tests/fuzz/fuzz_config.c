/*
 * fuzz_config.c - any bytes as the file of settings: what is taken is within its bounds, and what
 * is refused says why, in clean text. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "whytls/config.h"
#include "whytls/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json_report report;
    struct config c = {.timeout_s = 0};
    json_report_init(&report);
    bool is_read = config_read("fuzz.json", (const char *)data, size, &c, &report);
    if (!is_read && (report.n_errors == 0 || !report.first[0]))
        abort();
    if (!text_is_clean(report.first, strlen(report.first)) || c.timeout_s > CONFIG_MAX_TIMEOUT_S ||
        !memchr(c.theme, 0, sizeof c.theme))
        abort();
    json_report_fini(&report);
    return 0;
}
