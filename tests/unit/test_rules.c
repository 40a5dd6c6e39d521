/*
 * test_rules.c - the table of dated rules: what is compiled in is sound, a file replaces it, and a
 * bad one is told by line and column and replaces nothing.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "unit/local_fixture.h"
#include "whytls/data.h"

#define KEY "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef"
#define HEAD "{\"schema\": \"whytls-rules-1\", \"rules\": [\n"
#define LIVES                                                                                      \
    "{\"rule\": \"lifetime\", \"who\": [\"chrome\"], \"from\": \"2026-03-15\", \"days\": 200,"     \
    " \"of\": \"public\", \"source\": \"a ballot\"}"

static const struct dated_rule *find(const struct rule_table *t, const char *authority,
                                     enum root_program k)
{
    for (size_t i = 0; i < rule_table_size(t); i++) {
        const struct dated_rule *rule = rule_table_at(t, i);
        if (strcmp(rule->authority, authority) == 0 && rule->keeps[k])
            return rule;
    }
    return NULL;
}

static struct rule_table *read_ours(const char *const *folders)
{
    struct json_report report;
    json_report_init(&report);
    struct rule_table *t = rule_table_read(folders, &report);
    assert_non_null(t);
    assert_string_equal(report.first, "");
    json_report_fini(&report);
    return t;
}

static void test_ours(void **state)
{
    static const uint16_t days[] = {825, 398, 200, 100, 47};
    struct rule_table *t = read_ours(NULL);
    size_t lifetimes = 0;
    (void)state;
    for (size_t i = 0; i < rule_table_size(t); i++) {
        const struct dated_rule *rule = rule_table_at(t, i);
        assert_true(rule->source[0]);
        if (rule->kind == DATED_LIFETIME && rule->keeps[ROOT_PROGRAM_CHROME])
            assert_int_equal(rule->days, days[lifetimes++]);
        if (rule->kind == DATED_PURPOSE)
            assert_true(rule->date > 1735689600 &&
                        !rule->root[0]); /* all of them came since 2025 */
        else if (rule->kind != DATED_LIFETIME)
            assert_int_equal(strlen(rule->root), 64);
    }
    assert_int_equal(lifetimes, 5);
    const struct dated_rule *entrust =
        find(t, "Entrust Root Certification Authority - G2", ROOT_PROGRAM_CHROME);
    assert_non_null(entrust);
    assert_int_equal(entrust->since, DATED_SINCE_SCT);
    assert_int_equal(entrust->date, 1731369600); /* 2024-11-12: after the 11th */
    assert_int_equal(find(t, "AffirmTrust Premium", ROOT_PROGRAM_FIREFOX)->date, 1733011200);
    assert_int_equal(
        find(t, "VeriSign Universal Root Certification Authority", ROOT_PROGRAM_CHROME)->since,
        DATED_SINCE_ALWAYS);
    rule_table_free(t);
}

static void test_a_file_replaces_it(void **state)
{
    const char *const folders[] = {folder_path(*state, "none"), ((struct folder *)*state)->path,
                                   NULL};
    folder_write(*state, "rules.json", HEAD LIVES "]}");
    struct rule_table *t = read_ours(folders);
    assert_int_equal(rule_table_size(t), 1);
    assert_int_equal(rule_table_at(t, 0)->date, 1773532800);
    assert_false(rule_table_at(t, 0)->for_any);
    rule_table_free(t);
    folder_write(*state, "rules.json",
                 HEAD "{\"rule\": \"distrust\", \"who\": [\"java\", \"apple\"], \"since\": "
                      "\"issued\", \"after\": \"2024-02-28\", \"source\": \"x\", \"roots\": ["
                      "{\"name\": \"A\", \"key\": \"" KEY "\"},"
                      "{\"name\": \"B\", \"certificate\": \"" KEY "\"}]},\n"
                      "{\"rule\": \"ocsp-ended\", \"authority\": \"C\", \"from\": \"2025-08-06\","
                      " \"source\": \"x\", \"roots\": [{\"key\": \"" KEY "\"}]}]}");
    t = read_ours(folders);
    assert_int_equal(rule_table_size(t), 3);
    assert_true(find(t, "A", ROOT_PROGRAM_JAVA)->keeps[ROOT_PROGRAM_APPLE]);
    assert_null(find(t, "A", ROOT_PROGRAM_CHROME));
    assert_int_equal(find(t, "B", ROOT_PROGRAM_JAVA)->date, 1709164800); /* a leap day */
    assert_string_equal(rule_table_at(t, 2)->authority, "C");
    assert_int_equal(rule_table_at(t, 0)->root[26], 'a'); /* small letters */
    rule_table_free(t);
}

static void test_bad_files(void **state)
{
    static const struct {
        const char *text, *place, *what;
    } rows[] = {
        {"", ":1:1:", ""},
        {"[]", ":1:1:", "object"},
        {"{\"schema\": \"x\"}", ":1:12:", "whytls-rules-1"},
        {"{\"schema\": \"whytls-rules-1\",\n \"rules\": 7}", ":2:11:", "list"},
        {HEAD LIVES ",\n  {\"rule\": \"lifetimes\"}]}", ":3:12:", "lifetime"},
        {HEAD "{\"rule\": \"lifetime\"}]}", ":2:1:", "source"},
        {HEAD "{\"rule\": \"lifetime\", \"source\": \"x\",\n \"days\": 1.5}]}", ":3:10:", "number"},
        {HEAD "{\"rule\": \"lifetime\", \"source\": \"x\", \"days\": 2, \"of\": \"any\",\n"
              "\"who\": [\"chrome\",\n\"netscape\"]}]}",
         ":4:1:", "chrome, edge"},
        {HEAD "{\"rule\": \"lifetime\", \"source\": \"x\", \"days\": 2, \"of\": \"any\","
              "\"who\": [\"java\"],\n\"from\": \"2026-02-29\"}]}",
         ":3:9:", "day"},
        {HEAD "{\"rule\": \"lifetime\", \"source\": \"x\", \"days\": 2, \"of\": \"any\","
              "\"who\": [\"java\"],\n\"from\": \"2026-2-9\"}]}",
         ":3:9:", "day"},
        {HEAD "{\"rule\": \"purpose\", \"source\": \"x\",\n\"gone\": \"server\"}]}",
         ":3:9:", "client"},
        {HEAD "{\"rule\": \"purpose\", \"source\": \"x\", \"gone\": \"client\", \"from\": "
              "\"2026-02-11\"}]}",
         ":2:1:", "authority"},
        {HEAD "{\"rule\": \"distrust\", \"source\": \"x\", \"since\": \"always\", \"who\": "
              "[\"java\"],\n\"roots\": [{\"name\": \"A\"}]}]}",
         ":3:11:", "either"},
        {HEAD "{\"rule\": \"distrust\", \"source\": \"x\", \"since\": \"always\", \"who\": "
              "[\"java\"],\n\"roots\": [{\"name\": \"A\", \"key\": \"abc\"}]}]}",
         ":3:32:", "SHA-256"},
    };
    const char *const folders[] = {((struct folder *)*state)->path, NULL};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct json_report report;
        json_report_init(&report);
        folder_write(*state, "rules.json", rows[i].text);
        struct rule_table *t = rule_table_read(folders, &report);
        if (!strstr(report.first, rows[i].place) || !strstr(report.first, rows[i].what))
            fail_msg("row %zu: \"%s\", not %s %s", i, report.first, rows[i].place, rows[i].what);
        assert_non_null(find(t, "AffirmTrust Premium", ROOT_PROGRAM_CHROME)); /* ours */
        rule_table_free(t);
        json_report_fini(&report);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ours),
        cmocka_unit_test_setup_teardown(test_a_file_replaces_it, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(test_bad_files, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
