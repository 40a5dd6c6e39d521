/*
 * test_clock_witness.c - what this computer's files and kernel say about the time.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <fcntl.h>
#include <sys/timex.h>

#include "local/clock.h"
#include "unit/local_fixture.h"
#include "whytls/local.h"

static void set_time(const char *path, int64_t at)
{
    struct timespec times[2] = {{.tv_sec = at}, {.tv_sec = at}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static const struct witness *find(const struct facts *facts, enum witness_kind kind)
{
    for (size_t i = 0; i < facts->n_witnesses; i++)
        if (facts->witnesses[i].kind == kind)
            return &facts->witnesses[i];
    return NULL;
}

static void test_newest_file_speaks(void **state)
{
    struct facts facts = {.clock = 0};
    const char *older = folder_write(*state, "older", "x");
    const char *newer = folder_write(*state, "newer", "x");
    set_time(older, 1500000000);
    set_time(newer, 1700000000);
    const struct clock_source source = {
        .kind = WITNESS_PACKAGES,
        .paths = {folder_path(*state, "none"), newer, older},
    };
    clock_add_files(&facts, &source, 1);
    assert_int_equal(facts.n_witnesses, 1);
    assert_int_equal(facts.witnesses[0].kind, WITNESS_PACKAGES);
    assert_int_equal(facts.witnesses[0].time, 1700000000);
}

static void test_no_file_no_witness(void **state)
{
    struct facts facts = {.clock = 0};
    const struct clock_source source = {
        .kind = WITNESS_SAVED_TIME,
        .paths = {folder_path(*state, "none")},
    };
    clock_add_files(&facts, &source, 1);
    assert_int_equal(facts.n_witnesses, 0);
}

static void test_more_sources_than_room(void **state)
{
    struct clock_source sources[EVIDENCE_MAX_WITNESSES + 4];
    struct facts facts = {.clock = 0};
    const char *file = folder_write(*state, "file", "x");
    for (size_t i = 0; i < EVIDENCE_MAX_WITNESSES + 4; i++)
        sources[i] = (struct clock_source){.kind = WITNESS_PACKAGES, .paths = {file}};
    clock_add_files(&facts, sources, EVIDENCE_MAX_WITNESSES + 4);
    assert_int_equal(facts.n_witnesses, EVIDENCE_MAX_WITNESSES);
}

static void test_kernel_speaks_only_where_synchronised(void **state)
{
    struct timex tx = {.time = {.tv_sec = 1700000000}};
    (void)state;
    assert_int_equal(clock_kernel_time(TIME_OK, &tx), 1700000000);
    assert_int_equal(clock_kernel_time(TIME_INS, &tx), 1700000000); /* a leap second is near */
    assert_int_equal(clock_kernel_time(TIME_ERROR, &tx), EVIDENCE_NO_TIME);
    assert_int_equal(clock_kernel_time(-1, &tx), EVIDENCE_NO_TIME);
    tx.status = STA_UNSYNC;
    assert_int_equal(clock_kernel_time(TIME_OK, &tx), EVIDENCE_NO_TIME);
}

/* The offset moves the clock that is judged and none of its witnesses. */
static void test_offset_moves_the_clock_alone(void **state)
{
    struct facts now, then;
    const int64_t years = 20LL * 365 * 86400;
    (void)state;
    memset(&now, 0, sizeof(now));
    memset(&then, 0, sizeof(then));
    local_read_clock(&now, 0);
    local_read_clock(&then, -years);
    assert_true(then.clock < now.clock - years / 2);
    assert_non_null(find(&now, WITNESS_BUILD_DATE));
    assert_non_null(find(&now, WITNESS_KERNEL));
    assert_int_equal(find(&now, WITNESS_BUILD_DATE)->time, find(&then, WITNESS_BUILD_DATE)->time);
    assert_true(find(&now, WITNESS_BUILD_DATE)->time > 1700000000);
    assert_int_equal(now.n_witnesses, then.n_witnesses);
    for (size_t i = 0; i < now.n_witnesses; i++)
        if (now.witnesses[i].kind != WITNESS_KERNEL)
            assert_true(now.witnesses[i].time != EVIDENCE_NO_TIME);
}

static void test_reading_again_does_not_pile_up(void **state)
{
    struct facts facts;
    (void)state;
    memset(&facts, 0, sizeof(facts));
    local_read_clock(&facts, 0);
    size_t n = facts.n_witnesses;
    local_read_clock(&facts, 0);
    assert_int_equal(facts.n_witnesses, n);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_newest_file_speaks),
        IN_FOLDER(test_no_file_no_witness),
        IN_FOLDER(test_more_sources_than_room),
        cmocka_unit_test(test_kernel_speaks_only_where_synchronised),
        cmocka_unit_test(test_offset_moves_the_clock_alone),
        cmocka_unit_test(test_reading_again_does_not_pile_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
