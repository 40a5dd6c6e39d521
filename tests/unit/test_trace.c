/*
 * test_trace.c - a trace: which areas write, what a line looks like whatever is in it, where it is
 * written to and where never.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "whytls/file.h"
#include "whytls/trace.h"

enum { LIMIT = 65536 };

static char root[64], path[128], kept[LIMIT];

static const char *in_root(const char *name)
{
    snprintf(path, sizeof(path), "%s/%s", root, name);
    return path;
}

static int make_root(void **state)
{
    (void)state;
    snprintf(root, sizeof(root), "/tmp/whytls-trace.XXXXXX");
    unsetenv("WHYTLS_TRACE");
    unsetenv("WHYTLS_TRACE_FILE");
    return mkdtemp(root) ? 0 : -1;
}

static int end_root(void **state)
{
    static const char *const names[] = {"log",  "other",  "link",
                                        "fifo", "stderr", TRACE_FILE_DEFAULT};
    (void)state;
    trace_end();
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        unlink(in_root(names[i]));
    return rmdir(root);
}

/* All of a file of the folder; "" where there is none. */
static const char *text_of(const char *name)
{
    struct buf b;
    struct file_fault fault;
    buf_init(&b, LIMIT - 1);
    kept[0] = '\0';
    if (file_read(in_root(name), &b, &fault))
        snprintf(kept, sizeof(kept), "%s", buf_text(&b));
    buf_fini(&b);
    return kept;
}

/* Begins a trace of these areas into that file of the folder; what it said is in "stderr". */
static void begin(const char *areas, const char *name)
{
    int old = dup(STDERR_FILENO), new = open(in_root("stderr"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(old >= 0 && new >= 0);
    assert_int_equal(dup2(new, STDERR_FILENO), STDERR_FILENO);
    setenv("WHYTLS_TRACE", areas, 1);
    setenv("WHYTLS_TRACE_FILE", in_root(name), 1);
    trace_begin();
    fflush(stderr);
    assert_int_equal(dup2(old, STDERR_FILENO), STDERR_FILENO);
    close(old);
    close(new);
}

static bool is_there(const char *name)
{
    struct stat st;
    return lstat(in_root(name), &st) == 0;
}

/* ---- areas -------------------------------------------------------------------------------- */

static void one_line_an_area(void)
{
    TRACE(SESSION, "of the session");
    TRACE(PROBE, "of a probe");
    TRACE(SEARCH, "of the search");
    TRACE(LOCAL, "of this computer");
}

static void those_that_are_named_write(void **state)
{
    (void)state;
    begin("probe, local,", "log");
    one_line_an_area();
    assert_null(strstr(text_of("log"), "session"));
    assert_null(strstr(kept, "search"));
    assert_non_null(strstr(kept, "probe   of a probe\n"));
    assert_non_null(strstr(kept, "local   of this computer\n"));
    assert_string_equal(text_of("stderr"), "");
    trace_end();
    begin("all", "log"); /* behind what is there */
    one_line_an_area();
    assert_non_null(strstr(text_of("log"), "search  of the search\n"));
    assert_non_null(strstr(kept, "session of the session\n"));
    assert_true(strstr(kept, "of a probe") < strstr(kept, "of the search"));
}

static int n_asked;

static const char *ask(void)
{
    n_asked++;
    return "asked";
}

static void off_nothing_is_looked_at_or_made(void **state)
{
    (void)state;
    begin("", "log");
    TRACE(PROBE, "%s", ask());
    begin("session", "log");
    TRACE(PROBE, "%s", ask());
    assert_int_equal(n_asked, 0);
    assert_string_equal(text_of("log"), "");
    begin("", "other");
    one_line_an_area();
    assert_false(is_there("other"));
    assert_string_equal(text_of("stderr"), "");
}

static void an_unknown_area_is_said_once_and_passed_over(void **state)
{
    (void)state;
    begin("probes,\033[2Jx,PROBE,prob,probe", "log");
    assert_string_equal(text_of("stderr"), "whytls: WHYTLS_TRACE names an unknown area: probes\n");
    one_line_an_area();
    assert_non_null(strstr(text_of("log"), "of a probe"));
    assert_null(strstr(kept, "of the search"));
    trace_end();
    begin("\033]0;x\a", "other");
    assert_non_null(strstr(text_of("stderr"), "<U+001B>]0;x<U+0007>\n"));
    assert_null(strchr(kept, '\033'));
    assert_false(is_there("other"));
}

/* ---- lines -------------------------------------------------------------------------------- */

static void a_line_is_one_and_clean(void **state)
{
    (void)state;
    char text[3000];
    begin("all", "log");
    TRACE(PROBE, "%s", "one\ntwo\r\x1b[31m\x7f \xff \xe2\x80\xae");
    const char *line = text_of("log");
    assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
    for (const char *at = line; *at && *at != '\n'; at++)
        assert_true((unsigned char)*at >= ' ' && (unsigned char)*at < 0x7f);
    assert_non_null(strstr(line, "one<U+000A>two<U+000D><U+001B>[31m<U+007F> <FF> <U+202E>"));
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    trace_end();
    begin("all", "other");
    TRACE(PROBE, "%s", text);
    line = text_of("other");
    assert_true(strlen(line) < 1100);
    assert_string_equal(line + strlen(line) - 7, " [...]\n");
}

static void time_does_not_go_back(void **state)
{
    (void)state;
    long long before = 0, now = 0;
    int n = 0, used = 0;
    begin("all", "log");
    for (int i = 0; i < 50; i++)
        TRACE(LOCAL, "line %d", i);
    for (const char *at = text_of("log");
         sscanf(at, "%lld local   line %d\n%n", &now, &n, &used) == 2; at += used, before = now)
        assert_true(now >= before);
    assert_int_equal(n, 49);
}

static void errno_stays(void **state)
{
    (void)state;
    begin("all", "log");
    errno = ENOENT;
    TRACE(LOCAL, "not there");
    assert_int_equal(errno, ENOENT);
}

/* ---- where it is written ------------------------------------------------------------------ */

static void put(const char *name, const char *text)
{
    FILE *f = fopen(in_root(name), "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

/* Nothing is written there, and it is said why. */
static void refuses(const char *name, const char *why)
{
    begin("all", name);
    assert_non_null(strstr(text_of("stderr"), why));
    assert_int_equal(trace_areas, 0);
    one_line_an_area();
}

static void it_is_for_its_owner_alone(void **state)
{
    (void)state;
    struct stat st;
    mode_t mask = umask(0);
    begin("all", "log");
    umask(mask);
    one_line_an_area();
    assert_int_equal(stat(in_root("log"), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    trace_end();
    assert_int_equal(chmod(in_root("log"), 0644), 0); /* what is there becomes so, too */
    begin("all", "log");
    assert_int_equal(stat(in_root("log"), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
}

static void what_is_no_file_of_the_users_is_left_alone(void **state)
{
    (void)state;
    put("other", "theirs\n");
    assert_int_equal(symlink("other", in_root("link")), 0);
    refuses("link", "symbolic link");
    unlink(in_root("link"));
    assert_int_equal(symlink("none", in_root("link")), 0);
    refuses("link", "symbolic link");
    assert_false(is_there("none"));
    assert_int_equal(mkfifo(in_root("fifo"), 0600), 0);
    refuses("fifo", "FIFO");
    refuses("", "folder");
    refuses("none/log", "No such file");
    char from[128];
    snprintf(from, sizeof(from), "%s/other", root);
    assert_int_equal(link(from, in_root("log")), 0);
    refuses("log", "other names");
    assert_string_equal(text_of("other"), "theirs\n");
    char device[160];
    snprintf(device, sizeof(device), "../..%s", "/dev/null"); /* from a folder in /tmp */
    refuses(device, "device");
}

static void a_file_of_another_user_is_left_alone(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip(); /* only root can make one */
    put("other", "theirs\n");
    assert_int_equal(chown(in_root("other"), 12345, 12345), 0);
    refuses("other", "another user");
    assert_string_equal(text_of("other"), "theirs\n");
}

/* In the current folder, where no file is named. */
static void it_has_a_name_of_its_own(void **state)
{
    (void)state;
    char old[512];
    assert_non_null(getcwd(old, sizeof(old)));
    assert_int_equal(chdir(root), 0);
    setenv("WHYTLS_TRACE", "all", 1);
    trace_begin();
    one_line_an_area();
    assert_int_equal(chdir(old), 0);
    assert_non_null(strstr(text_of(TRACE_FILE_DEFAULT), "of a probe"));
}

static void after_its_end_nothing_is_written(void **state)
{
    (void)state;
    begin("all", "log");
    trace_end();
    one_line_an_area();
    assert_string_equal(text_of("log"), "");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, make_root, end_root)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(those_that_are_named_write),
        EACH(off_nothing_is_looked_at_or_made),
        EACH(an_unknown_area_is_said_once_and_passed_over),
        EACH(a_line_is_one_and_clean),
        EACH(time_does_not_go_back),
        EACH(errno_stays),
        EACH(it_is_for_its_owner_alone),
        EACH(what_is_no_file_of_the_users_is_left_alone),
        EACH(a_file_of_another_user_is_left_alone),
        EACH(it_has_a_name_of_its_own),
        EACH(after_its_end_nothing_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
