/*
 * fuzz_rules.c - any bytes as a file of dated rules, in a folder as users have it: what is taken
 * has its words, and what is refused says why. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "whytls/data.h"
#include "whytls/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool put(const char *file, const uint8_t *data, size_t size)
{
    FILE *f = fopen(file, "wb");
    bool is_put = f && fwrite(data, 1, size, f) == size;
    if (f)
        fclose(f);
    return is_put;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char folder[] = "/tmp/whytls-fuzz.XXXXXX", file[64];
    const char *folders[] = {folder, NULL};
    struct json_report report;
    if (!mkdtemp(folder))
        return 0;
    snprintf(file, sizeof file, "%s/rules.json", folder);
    json_report_init(&report);
    struct rule_table *t = put(file, data, size) ? rule_table_read(folders, &report) : NULL;
    for (size_t i = 0; t && i < rule_table_size(t); i++)
        if (!rule_table_at(t, i)->source[0])
            abort();
    if (!text_is_clean(report.first, strlen(report.first)))
        abort();
    rule_table_free(t);
    json_report_fini(&report);
    unlink(file);
    rmdir(folder);
    return 0;
}
