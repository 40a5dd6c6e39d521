/*
 * test_script.c - scripts that lead the wizard: each command, waits, and what is said of a bad
 * line.
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
#include <unistd.h>

#include "ui/keys.h"
#include "ui/app/app_script.h"

/* A host that writes down what it is asked. */
struct notes {
    char keys[256]; /* characters; '#' for a special key */
    unsigned last;
    bool is_ready;
    int width, height;
    char snapped[64];
    char used_case[64];
    int64_t clock;
};

static bool note_key(void *ctx, unsigned key)
{
    struct notes *n = ctx;
    size_t used = strlen(n->keys);
    n->last = key;
    if (used + 1 < sizeof(n->keys))
        n->keys[used] = key < 0x80 ? (char)key : '#';
    return key != 'q';
}

static bool is_so(void *ctx, const char *condition, bool *is_known)
{
    struct notes *n = ctx;
    *is_known = strcmp(condition, "page:answer") == 0;
    return n->is_ready;
}

static bool note_snap(void *ctx, const char *file, bool is_roles)
{
    struct notes *n = ctx;
    snprintf(n->snapped, sizeof(n->snapped), "%s%s", is_roles ? "roles:" : "", file);
    return strcmp(file, "nowhere") != 0;
}

static void note_size(void *ctx, int width, int height)
{
    struct notes *n = ctx;
    n->width = width;
    n->height = height;
}

static bool note_case(void *ctx, const char *file)
{
    struct notes *n = ctx;
    snprintf(n->used_case, sizeof(n->used_case), "%s", file);
    return strcmp(file, "none.json") != 0;
}

static void note_clock(void *ctx, int64_t unix_seconds)
{
    ((struct notes *)ctx)->clock = unix_seconds;
}

static struct script_host host_of(struct notes *n)
{
    return (struct script_host){.ctx = n,
                                .key = note_key,
                                .is_so = is_so,
                                .snap = note_snap,
                                .resize = note_size,
                                .use_case = note_case,
                                .set_clock = note_clock};
}

static struct script *script_of(const char *text)
{
    char name[] = "/tmp/whytls-script-XXXXXX", error[128];
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    struct script *s = script_open(name, error, sizeof(error));
    unlink(name);
    assert_non_null(s);
    return s;
}

static void lines_are_played_in_order(void **state)
{
    (void)state;
    struct notes n = {.width = 0};
    struct script_host host = host_of(&n);
    struct script *s = script_of("# a remark\n\ntype a b\nkey enter\nresize 120 40\nsnap x.txt\n");
    assert_int_equal(script_run(s, &host), SCRIPT_OVER);
    assert_string_equal(n.keys, "a b#");
    assert_int_equal(n.last, UI_KEY_ENTER);
    assert_int_equal(n.width, 120);
    assert_int_equal(n.height, 40);
    assert_string_equal(n.snapped, "x.txt");
    script_free(s);
}

static void a_wait_holds_the_rest_back(void **state)
{
    (void)state;
    struct notes n = {.width = 0};
    struct script_host host = host_of(&n);
    struct script *s = script_of("wait page:answer\nkey q\n");
    assert_int_equal(script_run(s, &host), SCRIPT_WAITING);
    assert_int_equal(script_run(s, &host), SCRIPT_WAITING);
    assert_string_equal(n.keys, "");
    n.is_ready = true;
    assert_int_equal(script_run(s, &host), SCRIPT_OVER);
    assert_string_equal(n.keys, "q");
    script_free(s);
}

static void a_wait_does_not_last_for_ever(void **state)
{
    (void)state;
    struct notes n = {.width = 0};
    struct script_host host = host_of(&n);
    struct script *s = script_of("type a\nwait page:answer\n");
    int ticks = 0;
    assert_int_equal(script_run(s, &host), SCRIPT_WAITING);
    while (script_tick(s) == SCRIPT_WAITING && ticks < 1000)
        ticks++;
    assert_in_range(ticks, 10, 120);
    assert_string_equal(script_error(s), "script line 2: waited too long for: page:answer");
    script_free(s);
}

static void quit_ends_it(void **state)
{
    (void)state;
    struct notes n = {.width = 0};
    struct script_host host = host_of(&n);
    struct script *s = script_of("quit\nkey q\n");
    assert_int_equal(script_run(s, &host), SCRIPT_OVER);
    assert_int_equal(script_run(s, &host), SCRIPT_OVER);
    assert_string_equal(n.keys, "");
    script_free(s);
    s = script_of("key a\ntype bqc\nkey d\n"); /* as q ends the program */
    assert_int_equal(script_run(s, &host), SCRIPT_OVER);
    assert_string_equal(n.keys, "abq");
    script_free(s);
}

static void cases_and_clock_are_pretended(void **state)
{
    (void)state;
    struct notes n = {.width = 0};
    struct script_host host = host_of(&n);
    struct script *s = script_of("case tests/a case.json\nclock 1795000000\n");
    assert_int_equal(script_run(s, &host), SCRIPT_OVER);
    assert_string_equal(n.used_case, "tests/a case.json");
    assert_true(n.clock == 1795000000);
    script_free(s);
}

static void a_paste_is_marked_as_one(void **state)
{
    (void)state;
    struct notes n = {.width = 0};
    struct script_host host = host_of(&n);
    struct script *s = script_of("paste x\\ny\n");
    assert_int_equal(script_run(s, &host), SCRIPT_OVER);
    assert_string_equal(n.keys, "#x#y#");
    assert_int_equal(n.last, UI_KEY_PASTE_END);
    script_free(s);
}

static void a_bad_line_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *error;
    } cases[] = {
        {"type a\njump\n", "script line 2: no such command: jump"},
        {"key nokey\n", "script line 1: no such key: nokey"},
        {"key f13\n", "script line 1: no such key: f13"},
        {"wait moon\n", "script line 1: no such condition: moon"},
        {"resize 5\n", "script line 1: resize wants two numbers"},
        {"resize 80 24x\n", "script line 1: resize wants two numbers"},
        {"click -1 2\n", "script line 1: click wants a column and a row, from 0: -1 2"},
        {"clock 12,5\n", "script line 1: clock wants Unix seconds"},
        {"case none.json\n", "script line 1: this is no case that can be read: none.json"},
        {"clock soon\n", "script line 1: clock wants Unix seconds"},
        {"clock -1\n", "script line 1: clock wants Unix seconds"},
        {"snap nowhere\n", "script line 1: the file cannot be written: nowhere"},
        {"type \x1b[31m\n", "script line 1: only clean text can be typed"},
        {"key \x1b[31m\n", "script line 1: no such key: <U+001B>[31m"},
        {"\x1b[31m\n", "script line 1: no such command: <U+001B>[31m"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct notes n = {.width = 0};
        struct script_host host = host_of(&n);
        struct script *s = script_of(cases[i].text);
        assert_int_equal(script_run(s, &host), SCRIPT_FAILED);
        assert_string_equal(script_error(s), cases[i].error);
        assert_int_equal(script_run(s, &host), SCRIPT_FAILED); /* and it stays so */
        script_free(s);
    }
    char error[128];
    char long_line[2048] = "type ";
    memset(long_line + 5, 'x', sizeof(long_line) - 6);
    struct notes n = {.width = 0};
    struct script_host host = host_of(&n);
    struct script *s = script_of(long_line); /* cut, it would be another text */
    assert_int_equal(script_run(s, &host), SCRIPT_FAILED);
    assert_string_equal(script_error(s), "script line 1: the line is too long");
    assert_string_equal(n.keys, "");
    script_free(s);
    assert_null(script_open("/nonexistent/script", error, sizeof(error)));
    assert_true(strlen(error) > 0);
}

static void keys_have_names(void **state)
{
    (void)state;
    assert_int_equal(key_by_name("Enter"), UI_KEY_ENTER);
    assert_int_equal(key_by_name("f10"), UI_KEY_F0 + 10);
    assert_int_equal(key_by_name("f"), 'f');
    assert_int_equal(key_by_name("ctrl-l"), UI_KEY_CTRL + 'L');
    assert_int_equal(key_by_name("?"), '?');
    assert_int_equal(key_by_name("space"), ' ');
    assert_int_equal(key_by_name(""), UI_KEY_NONE);
    assert_int_equal(key_by_name("f0"), UI_KEY_NONE);
}

/* The last character that the bytes come to. */
static unsigned read_bytes(const char *bytes)
{
    struct utf8_reader r = {0};
    unsigned last = UI_KEY_NONE;
    for (; *bytes; bytes++) {
        unsigned ch = utf8_take(&r, (unsigned char)*bytes);
        last = ch != UI_KEY_NONE ? ch : last;
    }
    return last;
}

static void bytes_become_characters(void **state)
{
    (void)state;
    assert_int_equal(read_bytes("\xc3\xa9"), 0xE9);
    assert_int_equal(read_bytes("\xe4\xb8\xad"), 0x4E2D);
    assert_int_equal(read_bytes("\xf0\x9f\x98\x80"), 0x1F600);
    assert_int_equal(read_bytes("\xe4\xb8\xc3\xa9"), 0xE9); /* the first was cut off */
    assert_int_equal(read_bytes("\xff\xfe\x80\xc3\xa9"), 0xE9);
    static const char *const none[] = {"\xc3",
                                       "\x80\x80",
                                       "\xff",
                                       "\xc0\x8d",
                                       "\xe0\x80\x8d",
                                       "\xed\xa0\x80",
                                       "\xf4\x90\x80\x80",
                                       "\xf8\x88\x80\x80\x80"};
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
        assert_int_equal(read_bytes(none[i]), UI_KEY_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_played_in_order),
        cmocka_unit_test(a_wait_holds_the_rest_back),
        cmocka_unit_test(a_wait_does_not_last_for_ever),
        cmocka_unit_test(quit_ends_it),
        cmocka_unit_test(cases_and_clock_are_pretended),
        cmocka_unit_test(a_paste_is_marked_as_one),
        cmocka_unit_test(a_bad_line_is_named),
        cmocka_unit_test(keys_have_names),
        cmocka_unit_test(bytes_become_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
