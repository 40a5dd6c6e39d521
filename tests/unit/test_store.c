/*
 * test_store.c - files are whole and their owner's alone, none is lost to a new one, and the list
 * of saved cases passes over what is none.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "whytls/report.h"
#include "whytls/store.h"
#include "whytls/walk.h"

static char root[256];

static int make_root(void **state)
{
    (void)state;
    snprintf(root, sizeof(root), "/tmp/whytls-store.XXXXXX");
    if (!mkdtemp(root))
        return -1;
    setenv("HOME", root, 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_DATA_HOME");
    return 0;
}

/* Folders that only these tests have made. */
static void remove_all(const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *e;
    while (d && (e = readdir(d))) {
        char path[1024];
        struct stat st;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
        if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
            remove_all(path);
        else
            unlink(path);
    }
    if (d)
        closedir(d);
    rmdir(folder);
}

static int end_root(void **state)
{
    (void)state;
    remove_all(root);
    return 0;
}

static int count_files(const char *folder)
{
    int n = 0;
    DIR *d = opendir(folder);
    struct dirent *e;
    while (d && (e = readdir(d)))
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    if (d)
        closedir(d);
    return n;
}

static void assert_file(const char *path, const char *wanted)
{
    char error[256];
    size_t n = 0;
    char *bytes = store_read(path, &n, error, sizeof(error));
    assert_non_null(bytes);
    assert_int_equal(n, strlen(wanted));
    assert_memory_equal(bytes, wanted, n);
    free(bytes);
}

static void files_are_their_owners_alone(void **state)
{
    (void)state;
    char folder[STORE_PATH], path[STORE_PATH], error[256] = "";
    struct stat st;
    umask(0);
    snprintf(folder, sizeof(folder), "%s/a/b", root);
    assert_true(store_write(folder, "x", ".txt", "one", 3, FILE_NEW, path, error, sizeof(error)));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(stat(folder, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0700);
    assert_int_equal(count_files(folder), 1); /* nothing temporary is left */
    assert_file(path, "one");
}

static void no_file_is_lost_to_a_new_one(void **state)
{
    (void)state;
    char folder[STORE_PATH], first[STORE_PATH], second[STORE_PATH], third[STORE_PATH], error[256];
    snprintf(folder, sizeof(folder), "%s/c", root);
    assert_true(store_write(folder, "x", ".txt", "one", 3, FILE_NEW, first, error, sizeof(error)));
    assert_true(store_write(folder, "x", ".txt", "two", 3, FILE_NEW, second, error, sizeof(error)));
    assert_string_not_equal(first, second);
    assert_file(first, "one");
    assert_file(second, "two");
    assert_true(
        store_write(folder, "x", ".txt", "three", 5, FILE_REPLACE, third, error, sizeof(error)));
    assert_string_equal(first, third);
    assert_file(first, "three");
    assert_int_equal(count_files(folder), 2);
}

static void a_home_may_be_a_tilde(void **state)
{
    (void)state;
    char path[STORE_PATH], wanted[STORE_PATH], error[256];
    assert_true(store_write("~/t", "x", ".txt", "one", 3, FILE_NEW, path, error, sizeof(error)));
    snprintf(wanted, sizeof(wanted), "%s/t/x.txt", root);
    assert_string_equal(path, wanted);
}

static void what_can_not_be_written_says_why(void **state)
{
    (void)state;
    static const char *const names[] = {"", ".hidden", "a/b", "../x"};
    char path[STORE_PATH], error[256] = "", long_name[400];
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        error[0] = '\0';
        assert_false(
            store_write(root, names[i], ".txt", "x", 1, FILE_NEW, path, error, sizeof(error)));
        assert_true(strlen(error) > 10);
    }
    assert_false(store_write("", "x", ".txt", "x", 1, FILE_NEW, path, error, sizeof(error)));
    assert_false(
        store_write("/dev/null/x", "x", ".txt", "x", 1, FILE_NEW, path, error, sizeof(error)));
    assert_non_null(strstr(error, "/dev/null"));
    memset(long_name, 'a', sizeof(long_name) - 1);
    long_name[sizeof(long_name) - 1] = '\0';
    assert_false(
        store_write(root, long_name, ".txt", "x", 1, FILE_NEW, path, error, sizeof(error)));
}

static void folders_follow_the_user(void **state)
{
    (void)state;
    char out[STORE_PATH], wanted[STORE_PATH], path[STORE_PATH];
    assert_true(store_cases_folder(out, sizeof(out)));
    snprintf(wanted, sizeof(wanted), "%s/.local/share/whytls/cases", root);
    assert_string_equal(out, wanted);
    assert_true(store_user_folder(out, sizeof(out)));
    assert_string_equal(out, wanted); /* there are no documents */
    snprintf(path, sizeof(path), "%s/Dokumente", root);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof(path), "%s/.config", root);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof(path), "%s/.config/user-dirs.dirs", root);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("# a remark\nXDG_DESKTOP_DIR=\"$HOME/x\"\nXDG_DOCUMENTS_DIR=\"$HOME/Dokumente\"\n", f);
    fclose(f);
    assert_true(store_user_folder(out, sizeof(out)));
    snprintf(wanted, sizeof(wanted), "%s/Dokumente/whytls", root);
    assert_string_equal(out, wanted);
    setenv("XDG_DATA_HOME", "relative", 1); /* to be ignored */
    assert_true(store_cases_folder(out, sizeof(out)));
    assert_non_null(strstr(out, "/.local/share/"));
    unsetenv("XDG_DATA_HOME");
}

/* ---- the list ----------------------------------------------------------------------------- */

static void save_case(const char *folder, const char *name, int64_t clock, uint64_t seed)
{
    char path[STORE_PATH], error[256];
    struct evidence *ev = evidence_new();
    struct walk w;
    struct buf out;
    strcpy(ev->target.host, name);
    strcpy(ev->target.ascii, name);
    ev->target.port = 443;
    ev->facts.clock = clock;
    ev->stopped = true;
    case_code_make(ev->case_code, sizeof(ev->case_code), seed);
    walk(ev, &w);
    buf_init(&out, 1024 * 1024);
    assert_true(report_json(&w, NULL, &out));
    assert_true(store_write(folder, name, ".json", out.data, out.len, FILE_NEW, path, error,
                            sizeof(error)));
    buf_fini(&out);
    evidence_free(ev);
}

static void the_list_has_cases_and_nothing_else(void **state)
{
    (void)state;
    char cases[STORE_PATH], user[STORE_PATH], path[STORE_PATH], error[256];
    assert_true(store_cases_folder(cases, sizeof(cases)));
    assert_true(store_user_folder(user, sizeof(user)));
    assert_string_not_equal(cases, user);
    save_case(cases, "old.example", 1700000000, 1);
    save_case(user, "new.example", 1790000000, 2);
    assert_true(store_write(cases, "no", ".json", "{\"a\":1}", 7, FILE_NEW, path, error, 256));
    assert_true(store_write(cases, "bad", ".json", "{", 1, FILE_NEW, path, error, 256));
    assert_true(store_write(cases, "text", ".txt", "words", 5, FILE_NEW, path, error, 256));
    struct case_list *l = store_list();
    assert_non_null(l);
    const struct saved_case *all = l->cases;
    assert_int_equal(l->n_cases, 2);
    assert_int_equal(l->n_unread, 0);
    assert_string_equal(all[0].summary.host, "new.example"); /* the newest first */
    assert_string_equal(all[1].summary.host, "old.example");
    assert_int_equal(all[1].summary.port, 443);
    assert_true(case_code_is_valid(all[0].summary.code));
    assert_true(strlen(all[0].summary.codes) >= 5);
    assert_false(all[0].summary.is_redacted);
    free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_their_owners_alone),
        cmocka_unit_test(no_file_is_lost_to_a_new_one),
        cmocka_unit_test(a_home_may_be_a_tilde),
        cmocka_unit_test(what_can_not_be_written_says_why),
        cmocka_unit_test(folders_follow_the_user),
        cmocka_unit_test(the_list_has_cases_and_nothing_else),
    };
    return cmocka_run_group_tests_name("store", tests, make_root, end_root);
}
