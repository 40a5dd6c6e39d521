/*
 * test_session.c - the loop: wants are started side by side, stopping ends them and drops what
 * comes late, comparing and asking again do what they say and no more; the sink is told in order.
 * SPDX-License-Identifier: MIT
 */
#include "unit/session_fixture.h"

#include "session/session_parts.h"
#include "whytls/walk.h"

GNUTLS_SKIP_GLOBAL_INIT

/* ---- side by side, and stopped ------------------------------------------------------------ */

/* Hangs up at the first visit, so that there is something to find out; then never says a word. */
static void hang_up_once(int fd)
{
    static bool has_hung_up;
    read_hello(fd);
    if (has_hung_up)
        wait_for_end(fd);
    has_hung_up = true;
}

/* A rule of this computer's, so that the search has one thing more to try than may run at once. */
static void forbid_a_cipher(struct watched *w)
{
    struct policy *p = &w->request.pretend.policies[POLICY_GNUTLS];
    w->request.pretend.policies_set = true;
    p->known = p->limits = true;
    for (unsigned l = 0; l < OFFER_LIST_COUNT; l++)
        p->offers[l] = offer_all(l);
    p->offers[OFFER_LIST_CIPHER] &= ~offer_bit(OFFER_CIPHER_CHACHA20);
}

static size_t probes_wanted(const struct walk *walk)
{
    size_t n = 0;
    for (size_t i = 0; i < walk->n_wants; i++)
        n += walk->wants[i].kind == WANT_PROBE;
    return n;
}

static void as_many_run_at_once_as_may(void **state)
{
    (void)state;
    struct watched *w = watched_port(serve(hang_up_once));
    forbid_a_cipher(w);
    watch_begin(w);
    watch_until_probes(w, 1 + SESSION_MAX_OPEN);
    assert_true(probes_wanted(session_walk(w->session)) > SESSION_MAX_OPEN);
    watch_a_moment(w);
    assert_int_equal(running_in(evidence_of(w)), SESSION_MAX_OPEN);
    assert_int_equal(w->most_running, SESSION_MAX_OPEN);
    assert_int_equal(evidence_of(w)->n_probes, 1 + SESSION_MAX_OPEN);
    session_stop(w->session);
    watch_to_end(w);
    watch_free(w);
}

static void stopping_ends_all_and_starts_nothing(void **state)
{
    (void)state;
    struct watched *w = watched_port(serve(hang_up_once));
    forbid_a_cipher(w);
    watch_begin(w);
    watch_until_probes(w, 4);
    size_t n_probes = evidence_of(w)->n_probes;
    session_stop(w->session);
    const struct evidence *ev = evidence_of(w);
    assert_int_equal(running_in(ev), 0); /* at once: nobody waits for a server */
    watch_to_end(w);
    assert_true(ev->stopped);
    assert_int_not_equal(session_walk(w->session)->conclusion, CONCLUSION_ASKING);
    assert_int_equal(ev->n_probes, n_probes);
    for (size_t i = 1; i < ev->n_probes; i++)
        assert_string_equal(break_id(ev->probes[i].outcome.how), "cancelled");
    watch_a_moment(w);
    assert_int_equal(w->n_done, 1);
    assert_int_equal(evidence_of(w)->n_probes, n_probes);
    watch_free(w);
}

static void what_is_done_cannot_be_stopped(void **state)
{
    (void)state;
    struct watched *w = watch_lab("healthy");
    watch_to_end(w);
    session_stop(w->session);
    watch_a_moment(w);
    assert_false(evidence_of(w)->stopped);
    assert_int_equal(w->n_done, 1);
    assert_int_equal(session_walk(w->session)->conclusion, CONCLUSION_WORKS);
    watch_free(w);
}

static void stopped_and_asked_again_it_finds_all(void **state)
{
    char verdict[200];
    (void)state;
    struct watched *w = watch_lab("expired");
    watch_until_probes(w, 1);
    session_stop(w->session);
    watch_to_end(w);
    session_again(w->session);
    assert_false(session_is_done(w->session));
    watch_to_end(w);
    watch_verdict(w, verdict, sizeof(verdict));
    assert_string_equal(verdict, "chain.expired");
    assert_false(evidence_of(w)->stopped);
    watch_free(w);
}

/* The probes of the case before end with it, and nothing of them comes into the new one. */
static void asking_again_amid_the_work_begins_anew(void **state)
{
    (void)state;
    struct watched *w = watched_port(serve(hang_up_once));
    watch_begin(w);
    watch_until_probes(w, 4);
    session_again(w->session);
    assert_int_equal(evidence_of(w)->n_probes, 0);
    watch_until_probes(w, 1);
    watch_a_moment(w);
    assert_int_equal(evidence_of(w)->n_probes, 1); /* the server says nothing any more */
    assert_int_equal(w->n_done, 0);
    session_stop(w->session);
    watch_to_end(w);
    assert_int_equal(w->n_done, 1);
    watch_free(w);
}

/* ---- comparing ------------------------------------------------------------------------------ */

static size_t n_clients(void)
{
    size_t n = 0;
    while (client_at(n))
        n++;
    return n;
}

static void comparing_asks_each_program_once(void **state)
{
    (void)state;
    struct watched *w = watch_lab("healthy");
    watch_to_end(w);
    assert_int_equal(evidence_of(w)->n_probes, 1);
    assert_true(session_can_compare(w->session));
    session_compare(w->session);
    watch_to_end(w);
    assert_int_equal(evidence_of(w)->n_probes, n_clients());
    assert_int_equal(w->most_running, 2);
    assert_false(session_can_compare(w->session));
    session_compare(w->session); /* nothing is left: nothing happens, and nobody is told */
    watch_a_moment(w);
    assert_true(session_is_done(w->session));
    assert_int_equal(w->n_done, 2);
    watch_free(w);
}

static void asked_again_it_compares_only_when_told(void **state)
{
    (void)state;
    struct watched *w = watch_lab("healthy");
    watch_to_end(w);
    session_compare(w->session);
    watch_until_probes(w, 2);
    session_again(w->session);
    watch_to_end(w);
    assert_int_equal(evidence_of(w)->n_probes, 1);
    assert_true(session_can_compare(w->session));
    watch_free(w);
}

static void a_stopped_comparison_leaves_what_was_found(void **state)
{
    (void)state;
    struct watched *w = watch_lab("healthy");
    watch_to_end(w);
    session_compare(w->session);
    watch_until_probes(w, 2);
    session_stop(w->session);
    watch_to_end(w);
    size_t n = evidence_of(w)->n_probes;
    assert_false(evidence_of(w)->stopped);
    assert_int_equal(session_walk(w->session)->conclusion, CONCLUSION_WORKS);
    watch_a_moment(w);
    assert_int_equal(evidence_of(w)->n_probes, n);
    assert_int_equal(w->n_done, 2);
    watch_free(w);
}

/* A case that is full takes no more, and the comparison ends. */
static void comparing_ends_where_there_is_no_room(void **state)
{
    (void)state;
    struct watched *w = watch_lab("healthy");
    watch_to_end(w);
    struct evidence *ev = w->session->ev;
    while (ev->n_probes < EVIDENCE_MAX_PROBES) {
        struct settings other = ev->probes[0].settings;
        other.padding = (uint16_t)ev->n_probes;
        evidence_add_probe(ev, &other, CHANGE_BIT(AGAIN))->outcome.finished = true;
    }
    session_compare(w->session);
    watch_to_end(w);
    assert_int_equal(ev->n_probes, EVIDENCE_MAX_PROBES);
    watch_free(w);
}

/* ---- the sink, and saved cases --------------------------------------------------------------- */

static void the_sink_hears_of_changes_and_then_of_the_end(void **state)
{
    (void)state;
    struct watched *w = watch_lab("healthy");
    assert_int_equal(w->n_changes, 0); /* it begins on the loop's next turn */
    watch_to_end(w);
    assert_true(w->n_changes > 1);
    assert_false(w->was_done_first);
    size_t n_changes = w->n_changes;
    watch_a_moment(w);
    assert_int_equal(w->n_done, 1);
    assert_int_equal(w->n_changes, n_changes); /* what was saved at the end is still all */
    session_answer(w->session, 0, 1);
    watch_to_end(w);
    assert_int_equal(w->n_done, 2);
    assert_true(w->n_changes > n_changes);
    watch_free(w);
}

static void a_saved_case_is_only_looked_at(void **state)
{
    (void)state;
    struct evidence *ev = evidence_new();
    struct session *s = session_from_case(ev);
    assert_non_null(s);
    assert_false(session_is_live(s));
    assert_true(session_is_done(s));
    assert_false(session_can_compare(s));
    session_compare(s);
    session_again(s);
    session_stop(s);
    session_answer(s, 0, 1);
    assert_true(session_is_done(s));
    assert_int_equal(session_evidence(s)->n_probes, 0);
    assert_int_equal(session_elapsed_ms(s), 0);
    session_free(s);
}

static int set_up(void **state)
{
    (void)state;
    return probe_global_init() ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(as_many_run_at_once_as_may, servers_tear_down),
        cmocka_unit_test_teardown(stopping_ends_all_and_starts_nothing, servers_tear_down),
        cmocka_unit_test(what_is_done_cannot_be_stopped),
        cmocka_unit_test(stopped_and_asked_again_it_finds_all),
        cmocka_unit_test_teardown(asking_again_amid_the_work_begins_anew, servers_tear_down),
        cmocka_unit_test(comparing_asks_each_program_once),
        cmocka_unit_test(asked_again_it_compares_only_when_told),
        cmocka_unit_test(a_stopped_comparison_leaves_what_was_found),
        cmocka_unit_test(comparing_ends_where_there_is_no_room),
        cmocka_unit_test(the_sink_hears_of_changes_and_then_of_the_end),
        cmocka_unit_test(a_saved_case_is_only_looked_at),
    };
    return cmocka_run_group_tests_name("session", tests, set_up, NULL);
}
