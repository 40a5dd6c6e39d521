/*
 * fuzz_rules.c - any bytes as a file of dated rules, in a folder as users have it: what is taken
 * has its words, and what is refused says why. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "whytls/data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct as_file file;
    struct json_report report;
    as_file_init(&file, data, size);
    const char *folders[] = {as_folder(&file, "rules.json"), NULL};
    json_report_init(&report);
    struct rule_table *t = rule_table_read(folders, &report);
    for (size_t i = 0; t && i < rule_table_size(t); i++)
        must(rule_table_at(t, i)->source[0]);
    must_be_clean(report.first);
    rule_table_free(t);
    json_report_fini(&report);
    as_file_fini(&file);
    return 0;
}
