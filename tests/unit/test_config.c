/*
 * test_config.c - the user's settings: read with the place of each fault, written whole, for their
 * owner alone, and without losing what we do not know.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "whytls/config.h"

static char root[256], file[300];

static int make_root(void **state)
{
    (void)state;
    snprintf(root, sizeof(root), "/tmp/whytls-config.XXXXXX");
    if (!mkdtemp(root))
        return -1;
    setenv("XDG_CONFIG_HOME", root, 1);
    snprintf(file, sizeof(file), "%s/whytls/config.json", root);
    return 0;
}

static int end_root(void **state)
{
    char folder[300];
    (void)state;
    snprintf(folder, sizeof(folder), "%s/whytls", root);
    unlink(file);
    rmdir(folder);
    return rmdir(root);
}

static void put_file(const char *text)
{
    char folder[300];
    snprintf(folder, sizeof(folder), "%s/whytls", root);
    mkdir(folder, 0700);
    FILE *f = fopen(file, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void get_file(char *text, size_t size)
{
    FILE *f = fopen(file, "r");
    assert_non_null(f);
    text[fread(text, 1, size - 1, f)] = '\0';
    fclose(f);
}

static void faults_have_a_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        const char *said; /* NULL: nothing */
    } rows[] = {
        {"{}", true, NULL},
        {"{\"theme\": \"mono\", \"glyphs\": \"ascii\", \"mouse\": true, \"timeout\": 10}", true,
         NULL},
        {"{\n  \"glyphs\": \"ASCII\"}", false, "x.json:2:13: glyphs must be \"auto\" or \"ascii\""},
        {"{\"mouse\": 1}", false, "x.json:1:11: mouse must be true or false"},
        {"{\"timeout\": 0}", false, "x.json:1:13: timeout must be whole seconds, 1 to 60"},
        {"{\"timeout\": 61}", false, "x.json:1:13: timeout must be whole seconds, 1 to 60"},
        {"{\"timeout\": 2.5}", false, "x.json:1:13: timeout must be whole seconds, 1 to 60"},
        {"{\"theme\": 3}", false, "x.json:1:11: theme must be the name of a theme, or its file"},
        {"{\"theme\": \"a\\u001b[31m\"}", false,
         "x.json:1:11: theme must be the name of a theme, or its file"},
        {"{\"mouse\": true, \"mouse\": false}", false, "x.json:1:18:"},
        {"{\"mouse\": true,}", false, "x.json:1:16:"},
        {"[]", false, "x.json:1:1:"},
        {"", false, "x.json:1:1:"},
        {"{\"timeuot\": 3}", true, "x.json:1:13: "},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct json_report report;
        struct config c;
        json_report_init(&report);
        bool ok = config_read("x.json", rows[i].text, strlen(rows[i].text), &c, &report);
        const char *said = buf_text(&report.lines);
        if (ok != rows[i].ok || (rows[i].said ? !strstr(said, rows[i].said) : said[0] != '\0'))
            fail_msg("%s: %d, %s", rows[i].text, ok, said);
        json_report_fini(&report);
    }
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    const struct config wanted = {
        .theme = "mono", .is_ascii = true, .has_mouse = true, .timeout_s = 20};
    struct json_report report;
    struct config c;
    struct stat st;
    char error[256];
    unlink(file);
    json_report_init(&report);
    assert_true(config_load(&c, &report)); /* no file is no fault */
    assert_true(config_save(&wanted, error, sizeof(error)));
    assert_true(config_load(&c, &report));
    assert_string_equal(c.theme, "mono");
    assert_true(c.is_ascii && c.has_mouse);
    assert_int_equal(c.timeout_s, 20);
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(report.n_errors + report.n_warnings, 0);
    json_report_fini(&report);
}

static void what_is_not_ours_stays(void **state)
{
    (void)state;
    const struct config wanted = {.has_mouse = true};
    char error[256], text[1024];
    put_file("{\"later\": [1, 2], \"theme\": \"mono\", \"mouse\": false}");
    assert_true(config_save(&wanted, error, sizeof(error)));
    get_file(text, sizeof(text));
    assert_non_null(strstr(text, "\"later\""));
    assert_null(strstr(text, "mono")); /* no theme was wished for */
    assert_non_null(strstr(text, "\"mouse\":\ttrue"));
}

/* "Mouse" is another member than "mouse": it stays, and does not hinder ours. */
static void case_matters_in_a_member(void **state)
{
    (void)state;
    const struct config wanted = {.has_mouse = true, .timeout_s = 7};
    char error[256], text[1024];
    put_file("{\"Mouse\": false, \"TIMEOUT\": 5}");
    assert_true(config_save(&wanted, error, sizeof(error)));
    get_file(text, sizeof(text));
    assert_non_null(strstr(text, "\"Mouse\":\tfalse"));
    assert_non_null(strstr(text, "\"mouse\":\ttrue"));
    assert_non_null(strstr(text, "\"timeout\":\t7"));
}

static void a_broken_file_is_not_written_over(void **state)
{
    (void)state;
    const struct config wanted = {.has_mouse = true};
    char error[256], text[64];
    put_file("{ my notes");
    assert_false(config_save(&wanted, error, sizeof(error)));
    assert_non_null(strstr(error, "config.json:1:3"));
    get_file(text, sizeof(text));
    assert_string_equal(text, "{ my notes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_have_a_place),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(what_is_not_ours_stays),
        cmocka_unit_test(case_matters_in_a_member),
        cmocka_unit_test(a_broken_file_is_not_written_over),
    };
    return cmocka_run_group_tests(tests, make_root, end_root);
}
