/*
 * test_session_time.c - what the session does with time, and with other programs' trust lists that
 * take long to read. The clock of libuv and the reading of the lists are the test's own here: they
 * move when the test says so.
 * SPDX-License-Identifier: MIT
 */
#include "unit/session_fixture.h"

#include <stdatomic.h>

GNUTLS_SKIP_GLOBAL_INIT

/* ---- the test's own clock and lists ---------------------------------------------------------- */

static _Atomic uint64_t now_ns = 1;

static void pass_ms(unsigned ms)
{
    now_ns += (uint64_t)ms * 1000000;
}

uint64_t uv_hrtime(void)
{
    return now_ns;
}

struct store_set {
    int unused;
};

static uv_sem_t may_end; /* a reading waits for one of these */
static atomic_int n_begun, n_matched, n_freed;

struct store_set *store_set_read(bool with_system)
{
    (void)with_system;
    n_begun++;
    uv_sem_wait(&may_end);
    return calloc(1, sizeof(struct store_set));
}

void store_set_free(struct store_set *set)
{
    n_freed += set != NULL;
    free(set);
}

void store_set_match(const struct store_set *set, struct evidence *ev)
{
    (void)set;
    n_matched++;
    ev->facts.stores_for = ev->n_certificates;
}

/* This computer's lists are asked, which the lab never does. */
static struct watched *watch_with_lists(void)
{
    struct watched *w = watched_lab("healthy");
    w->request.pretend.anchors_set = false;
    n_begun = n_matched = n_freed = 0;
    watch_begin(w);
    return w;
}

static void until_reading(struct watched *w)
{
    while (n_begun == 0) {
        assert_false(session_is_done(w->session));
        uv_run(&w->loop, UV_RUN_NOWAIT);
    }
}

/* ---- elapsed ----------------------------------------------------------------------------------
 */

static void time_passes_in_work_alone(void **state)
{
    (void)state;
    struct watched *w = watch_lab("healthy");
    pass_ms(40);
    assert_int_equal(session_elapsed_ms(w->session), 40);
    watch_to_end(w);
    assert_int_equal(session_elapsed_ms(w->session), 40);
    pass_ms(60000); /* the user thinks */
    assert_int_equal(session_elapsed_ms(w->session), 40);
    session_answer(w->session, 0, 1);
    pass_ms(2);
    assert_int_equal(session_elapsed_ms(w->session), 42);
    watch_to_end(w);
    pass_ms(60000);
    session_compare(w->session);
    assert_int_equal(session_elapsed_ms(w->session), 42);
    pass_ms(8);
    watch_to_end(w);
    assert_int_equal(session_elapsed_ms(w->session), 50);
    pass_ms(60000);
    session_again(w->session); /* another case, from its own beginning */
    assert_int_equal(session_elapsed_ms(w->session), 0);
    pass_ms(5);
    watch_to_end(w);
    assert_int_equal(session_elapsed_ms(w->session), 5);
    watch_free(w);
}

/* ---- lists that take long ---------------------------------------------------------------------
 */

static void the_answer_waits_for_the_lists(void **state)
{
    (void)state;
    struct watched *w = watch_with_lists();
    until_reading(w);
    watch_a_moment(w);
    assert_false(session_is_done(w->session));
    uv_sem_post(&may_end);
    watch_to_end(w);
    assert_true(n_matched > 0);
    assert_int_equal(n_begun, 1);
    watch_free(w);
    assert_int_equal(n_freed, 1);
}

static void stopped_they_are_not_read_anew(void **state)
{
    (void)state;
    struct watched *w = watch_with_lists();
    until_reading(w);
    session_stop(w->session);
    watch_to_end(w); /* and does not wait for them */
    watch_a_moment(w);
    assert_int_equal(n_begun, 1);
    assert_int_equal(evidence_of(w)->facts.stores_for, 0);
    uv_sem_post(&may_end);
    for (int i = 0; i < 2; i++) { /* what is read then comes too late for this case ... */
        watch_a_moment(w);
        assert_int_equal(n_matched, 0);
        assert_int_equal(w->n_done, 1);
    }
    session_again(w->session); /* ... and not for the next one */
    watch_to_end(w);
    assert_true(n_matched > 0);
    assert_int_equal(n_begun, 1);
    watch_free(w);
    assert_int_equal(n_freed, 1);
}

static void asked_again_amid_the_reading_it_is_awaited(void **state)
{
    (void)state;
    struct watched *w = watch_with_lists();
    until_reading(w);
    session_again(w->session);
    watch_until_probes(w, 1);
    uv_sem_post(&may_end);
    watch_to_end(w);
    assert_int_equal(n_begun, 1);
    assert_true(n_matched > 0);
    watch_free(w);
}

/* A home folder on a network that is gone: the deadline passes, and the rest is answered. */
static void lists_that_never_come_are_done_without(void **state)
{
    (void)state;
    struct watched *w = watch_with_lists();
    until_reading(w);
    watch_to_end(w);
    assert_int_equal(n_matched, 0);
    uv_sem_post(&may_end);
    watch_free(w);
    assert_int_equal(n_begun, 1);
    assert_int_equal(n_freed, 1); /* what came late is let go of */
}

static int set_up(void **state)
{
    (void)state;
    return probe_global_init() && uv_sem_init(&may_end, 0) == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_passes_in_work_alone),
        cmocka_unit_test(the_answer_waits_for_the_lists),
        cmocka_unit_test(stopped_they_are_not_read_anew),
        cmocka_unit_test(asked_again_amid_the_reading_it_is_awaited),
        cmocka_unit_test(lists_that_never_come_are_done_without),
    };
    return cmocka_run_group_tests_name("session time", tests, set_up, NULL);
}
