/*
 * test_buf.c - memory with a ceiling, bytes with an end, JSON with a line: buf, blob, reader, json.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "whytls/buf.h"
#include "whytls/json.h"
#include "whytls/reader.h"

static void test_buf_grows(void **state)
{
    struct buf b;
    char *text = NULL;

    (void)state;
    buf_init(&b, 100000);
    assert_string_equal(buf_text(&b), "");
    for (int i = 0; i < 5000; i++) {
        buf_printf(&b, "%04d,", i);
    }
    buf_put(&b, "end\0", 4);
    assert_false(b.failed);
    assert_int_equal(b.len, 25004);
    text = buf_take(&b);
    assert_non_null(text);
    assert_memory_equal(text + 5 * 4999, "4999,end\0\0", 10);
    free(text);
    assert_int_equal(b.len, 0);
    text = buf_take(&b);
    assert_string_equal(text, "");
    free(text);
}

static void test_buf_has_a_ceiling(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 10);
    buf_puts(&b, "0123456789");
    assert_false(b.failed);
    buf_puts(&b, "");
    assert_false(b.failed);
    buf_puts(&b, "x");
    assert_true(b.failed);
    assert_string_equal(buf_text(&b), "0123456789");
    buf_fini(&b);
    buf_init(&b, 10);
    buf_printf(&b, "%s", "0123456789A");
    assert_true(b.failed);
    buf_puts(&b, "ok?"); /* a failure sticks: half a text is never taken for a whole one */
    assert_string_equal(buf_text(&b), "");
    assert_null(buf_take(&b));
}

static void test_blob(void **state)
{
    struct blob a = {0}, b = {0};

    (void)state;
    assert_true(blob_equal(&a, &b));
    assert_true(blob_set(&a, "abc", 3));
    assert_false(blob_equal(&a, &b));
    assert_true(blob_set(&b, "abd", 3));
    assert_false(blob_equal(&a, &b));
    assert_true(blob_set(&b, a.data, a.len));
    assert_true(blob_equal(&a, &b));
    assert_true(blob_set(&b, b.data, 2)); /* its own bytes */
    assert_memory_equal(b.data, "ab", 2);
    blob_fini(&a);
    blob_fini(&b);
    assert_null(a.data);
}

static void test_reader_takes_numbers(void **state)
{
    static const uint8_t bytes[] = {1, 2, 3, 4, 5, 6, 0xFF, 0xFE, 0xFD, 0xFC};
    struct reader r = reader_of(bytes, sizeof bytes);

    (void)state;
    assert_int_equal(reader_u8(&r), 1);
    assert_int_equal(reader_u16(&r), 0x0203);
    assert_int_equal(reader_u24(&r), 0x040506);
    assert_int_equal(reader_u32(&r), 0xFFFEFDFCu);
    assert_false(r.bad);
    assert_non_null(reader_bytes(&r, 0));
    assert_int_equal(reader_u8(&r), 0);
    assert_true(r.bad);
}

static void test_reader_stays_bad(void **state)
{
    struct reader r = reader_of("abc", 3), sub;

    (void)state;
    assert_int_equal(reader_u32(&r), 0);
    assert_true(r.bad);
    assert_int_equal(reader_u8(&r), 0); /* though one byte would have been there */
    assert_null(reader_bytes(&r, 1));
    sub = reader_sub(&r, 0);
    assert_true(sub.bad);
    r = reader_of("abc", 3);
    sub = reader_sub(&r, 2);
    assert_int_equal(reader_u8(&sub), 'a');
    assert_int_equal(reader_u16(&sub), 0);
    assert_true(sub.bad);
    assert_false(r.bad);
    assert_int_equal(reader_u8(&r), 'c');
    assert_true(reader_sub(&r, SIZE_MAX).bad);
    r = reader_of(NULL, 5);
    assert_int_equal(reader_u8(&r), 0);
    assert_true(r.bad);
}

static void test_reader_lines(void **state)
{
    static const char text[] = "one\r\n\ntwo\rx\nlast";
    static const char *const expected[] = {"one", "", "two\rx", "last"};
    struct reader r = reader_of(text, sizeof text - 1);
    const char *line = NULL;
    size_t n = 0, i = 0;

    (void)state;
    while (reader_line(&r, &line, &n)) {
        assert_true(i < 4);
        assert_int_equal(n, strlen(expected[i]));
        assert_memory_equal(line, expected[i], n);
        i++;
    }
    assert_int_equal(i, 4);
    assert_false(r.bad);
}

static void test_json_takes_what_is_json(void **state)
{
    static const char *const good[] = {
        "{}", " [1, -2.5e+3, 0, true,false , null]\n",         "\"\\u00e9\\ud83d\\udd12\\n\"",
        "3",  "\xEF\xBB\xBF{\"a\":{\"a\":1},\"b\":{\"a\":1}}", "{\"a\":[{\"x\":1},{\"x\":1}]}",
    };
    struct json_fault fault;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(json_check(good[i], strlen(good[i]), &fault));
    }
}

static void test_json_faults_have_a_line(void **state)
{
    static const struct {
        const char *text;
        size_t line, column;
    } bad[] = {
        {"", 1, 1},
        {"{\"a\":1,\n}", 2, 1},
        {"{\n \"a\": 1,\n \"a\": 2}", 3, 3},
        {"{\"ab\": 1,\n \"a\\u0062\": 2}", 2, 3},
        {"{\"\xC3\xA9\": 1, \"\\u00e9\": 2}", 1, 12},
        {"{\"\xF0\x9F\x94\x92\": 1, \"\\ud83d\\udd12\": 2}", 1, 14},
        {"{\"\\n\":1,\"\\u000a\":2}", 1, 10},
        {"{\"b\":1,\"a\":1,\"b\":1,\"a\":1,\"c\":1,\"c\":1}", 1,
         15}, /* the first one that comes again */
        {"{\"a\":{\"b\":1,\"b\":1},\"a\":1}", 1, 14},
        {"[1 2]", 1, 4},
        {"[1,]", 1, 4},
        {"[01]", 1, 3},
        {"[-]", 1, 3},
        {"[1.]", 1, 4},
        {"[1e]", 1, 4},
        {"[+1]", 1, 2},
        {"[NaN]", 1, 2},
        {"\"a\nb\"", 1, 3},
        {"\"a\\u0000\"", 1, 5},
        {"\"\\ud83d\"", 1, 8},
        {"\"\\udd12\"", 1, 4},
        {"\"\\x\"", 1, 3},
        {"\"abc", 1, 5},
        {"{} {}", 1, 4},
        {"{\"a\"}", 1, 5},
        {"{a:1}", 1, 2},
        {"// no\n{}", 1, 1},
        {"[tru]", 1, 2},
    };
    struct json_fault fault;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(json_check(bad[i].text, strlen(bad[i].text), &fault));
        assert_true(strlen(fault.what) > 0);
        if (fault.line != bad[i].line || fault.column != bad[i].column) {
            print_error("%s: %zu:%zu %s\n", bad[i].text, fault.line, fault.column, fault.what);
        }
        assert_int_equal(fault.line, bad[i].line);
        assert_int_equal(fault.column, bad[i].column);
    }
}

static void test_json_is_bounded(void **state)
{
    char deep[2 * JSON_MAX_DEPTH + 2];
    struct json_fault fault;
    struct buf wide;

    (void)state;
    memset(deep, '[', JSON_MAX_DEPTH + 1);
    memset(deep + JSON_MAX_DEPTH + 1, ']', JSON_MAX_DEPTH + 1);
    assert_false(json_check(deep, sizeof deep, &fault));
    assert_true(json_check(deep + 1, sizeof deep - 2, &fault));
    for (int members = JSON_MAX_MEMBERS; members <= JSON_MAX_MEMBERS + 1; members++) {
        buf_init(&wide, 100000);
        for (int i = 0; i < members; i++) {
            buf_printf(&wide, "%c\"m%d\":0", i == 0 ? '{' : ',', i);
        }
        buf_puts(&wide, "}");
        assert_int_equal(json_check(buf_text(&wide), wide.len, &fault),
                         members == JSON_MAX_MEMBERS);
        buf_fini(&wide);
    }
}

/* Objects as wide as they may be, of names that are equal up to their ends: half with an escape. */
static size_t compared_in(size_t objects, size_t *bytes)
{
    struct json_fault fault;
    struct buf text;

    buf_init(&text, 8u << 20);
    for (size_t i = 0; i < objects; i++) {
        buf_puts(&text, i == 0 ? "[" : ",");
        for (int m = 0; m < JSON_MAX_MEMBERS; m++) {
            buf_printf(&text, "%c\"%s%032d\":0", m == 0 ? '{' : ',', i % 2 != 0 ? "\\u0061" : "a",
                       m * 91 % JSON_MAX_MEMBERS);
        }
        buf_puts(&text, "}");
    }
    buf_puts(&text, "]");
    assert_true(json_check(buf_text(&text), text.len, &fault));
    *bytes = text.len;
    buf_fini(&text);
    return fault.compared;
}

/* Each against each other would be 128 times the bytes. */
static void test_json_finds_duplicates_in_little_work(void **state)
{
    size_t bytes = 0, twice_bytes = 0;
    size_t work = compared_in(64, &bytes), twice = compared_in(128, &twice_bytes);

    (void)state;
    assert_true(work > bytes / 2); /* they were compared */
    assert_true(work < 24 * bytes);
    assert_true(twice < 24 * twice_bytes);
    assert_true(twice < work * 2 + work / 4);
}

/* 4 MB of different names in one object: not read on when they are too many. */
static void test_json_does_not_compare_what_is_too_much(void **state)
{
    struct json_fault fault;
    struct buf text;

    (void)state;
    buf_init(&text, 8u << 20);
    for (int i = 0; i < 200000; i++) {
        buf_printf(&text, "%c\"name-%012d\":0", i == 0 ? '{' : ',', i);
    }
    buf_puts(&text, "}");
    assert_true(text.len > 4000000);
    assert_false(json_check(buf_text(&text), text.len, &fault));
    assert_string_equal(fault.what, "too many members");
    assert_int_equal(fault.compared, 0);
    buf_fini(&text);
}

static void test_json_places(void **state)
{
    static const char text[] = "{\"a\": [1,\n  {\"b\": null}],\n \"c\": 2}";
    static const size_t lines[] = {1, 1, 1, 2, 2, 3}, columns[] = {1, 7, 8, 3, 9, 7};
    size_t line = 0, column = 0;

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        assert_true(json_place(text, sizeof text - 1, i, &line, &column));
        assert_int_equal(line, lines[i]);
        assert_int_equal(column, columns[i]);
    }
    assert_false(json_place(text, sizeof text - 1, 6, &line, &column));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buf_grows),
        cmocka_unit_test(test_buf_has_a_ceiling),
        cmocka_unit_test(test_blob),
        cmocka_unit_test(test_reader_takes_numbers),
        cmocka_unit_test(test_reader_stays_bad),
        cmocka_unit_test(test_reader_lines),
        cmocka_unit_test(test_json_takes_what_is_json),
        cmocka_unit_test(test_json_faults_have_a_line),
        cmocka_unit_test(test_json_is_bounded),
        cmocka_unit_test(test_json_finds_duplicates_in_little_work),
        cmocka_unit_test(test_json_does_not_compare_what_is_too_much),
        cmocka_unit_test(test_json_places),
    };

    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
