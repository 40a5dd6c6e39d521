/*
 * test_walk.c - walks over hand-made evidence: what a walk wants, in which order, and that a cause
 * is named only where nothing else is left. No socket, no certificate: the pure part alone.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "whytls/walk.h"
#include "whytls/text.h"

/* ---- making evidence ------------------------------------------------------------------------ */

static struct evidence *site(size_t n_addresses)
{
    struct evidence *ev = evidence_new();
    assert_non_null(ev);
    TEXT_SET(ev->target.host, "shop.example");
    TEXT_SET(ev->target.ascii, "shop.example");
    TEXT_SET(ev->target.client, "current");
    ev->target.port = 443;
    ev->target.timeout_s = 5;
    ev->facts.clock = 1800000000;
    for (size_t i = 0; i < POLICY_COUNT; i++)
        ev->facts.policies[i].known = true;
    ev->resolution.finished = true;
    for (size_t i = 0; i < n_addresses; i++) {
        text_copy_cut(ev->resolution.addresses[i], SETTINGS_ADDRESS_SIZE, "192.0.2.1");
        ev->resolution.addresses[i][8] = (char)('1' + i);
    }
    ev->resolution.n_addresses = n_addresses;
    return ev;
}

static struct walk *walked(const struct evidence *ev)
{
    static struct walk w;
    walk(ev, &w);
    return &w;
}

static void end_probe(struct probe *p, enum stage stage, enum break_kind how, int alert)
{
    p->outcome.finished = true;
    p->outcome.stage = stage;
    p->outcome.how = how;
    p->outcome.alert = alert;
    p->outcome.success = stage == STAGE_DONE;
    if (stage > STAGE_HELLO)
        p->outcome.version = 0x0303;
}

static const struct want *probe_want(const struct walk *w, unsigned changes)
{
    for (size_t i = 0; i < w->n_wants; i++)
        if (w->wants[i].kind == WANT_PROBE && w->wants[i].changes == changes)
            return &w->wants[i];
    return NULL;
}

/* Does what a session does: every wanted probe is run by `play`, until nothing is wanted. */
static struct walk *play_to_the_end(struct evidence *ev, void (*play)(struct probe *p))
{
    for (int round = 0; round < 20; round++) {
        struct walk *w = walked(ev);
        if (w->conclusion != CONCLUSION_ASKING)
            return w;
        size_t before = ev->n_probes;
        for (size_t i = 0; i < w->n_wants; i++)
            if (w->wants[i].kind == WANT_PROBE) {
                struct probe *p =
                    evidence_add_probe(ev, &w->wants[i].settings, w->wants[i].changes);
                assert_non_null(p);
                play(p);
            }
        assert_true(ev->n_probes > before);
    }
    fail_msg("the walk never ends");
    return NULL;
}

static bool names(const struct walk *w, const char *slug)
{
    for (size_t i = 0; w->conclusion == CONCLUSION_CAUSE && i < w->n_causes; i++)
        if (strcmp(w->causes[i].cause->slug, slug) == 0)
            return true;
    return false;
}

/* Names this cause and no other. */
static void assert_only(const struct walk *w, const char *slug)
{
    if (w->conclusion != CONCLUSION_CAUSE || w->n_causes != 1 || !names(w, slug))
        fail_msg("expected %s, got %s (and %zu in all)", slug,
                 w->causes[0].cause ? w->causes[0].cause->slug : "nothing", w->n_causes);
}

/* ---- the beginning -------------------------------------------------------------------------- */

static void test_first_of_all_the_address_is_wanted(void **state)
{
    (void)state;
    struct evidence *ev = site(0);
    ev->resolution.finished = false;
    const struct walk *w = walked(ev);
    assert_int_equal(w->conclusion, CONCLUSION_ASKING);
    assert_int_equal(w->n_wants, 1);
    assert_int_equal(w->wants[0].kind, WANT_RESOLUTION);
    evidence_free(ev);
}

static void test_then_the_baseline_and_nothing_else(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    const struct walk *w = walked(ev);
    assert_int_equal(w->n_wants, 1);
    assert_non_null(probe_want(w, 0));
    assert_string_equal(w->wants[0].settings.server_name, "shop.example");
    assert_string_equal(w->wants[0].settings.address, "192.0.2.1");
    evidence_free(ev);
}

static void test_a_name_that_no_resolver_could_tell_is_not_tested(void **state)
{
    (void)state;
    struct evidence *ev = site(0);
    ev->resolution.how = BREAK_NAME_LOOKUP_FAILED;
    assert_int_equal(walked(ev)->conclusion, CONCLUSION_NOT_TESTED);
    ev->resolution.how = BREAK_NAME_NOT_FOUND;
    assert_only(walked(ev), "reach.name-not-found");
    evidence_free(ev);
}

static void test_offline_wants_nothing_and_names_nothing(void **state)
{
    (void)state;
    struct evidence *ev = site(0);
    ev->resolution.finished = false;
    ev->offline = true;
    const struct walk *w = walked(ev);
    assert_int_equal(w->n_wants, 0);
    assert_int_equal(w->conclusion, CONCLUSION_NOT_TESTED);
    evidence_free(ev);
}

/* ---- addresses ---------------------------------------------------------------------------- */

static void test_a_refused_address_gives_way_to_the_next(void **state)
{
    (void)state;
    struct evidence *ev = site(2);
    struct probe *p = evidence_add_probe(ev, &probe_want(walked(ev), 0)->settings, 0);
    end_probe(p, STAGE_CONNECT, BREAK_REFUSED, -1);
    const struct walk *w = walked(ev);
    assert_non_null(probe_want(w, 0));
    assert_string_equal(probe_want(w, 0)->settings.address, "192.0.2.2");
    evidence_free(ev);
}

static void play_refused(struct probe *p)
{
    end_probe(p, STAGE_CONNECT, BREAK_REFUSED, -1);
}

static void test_all_addresses_refused(void **state)
{
    (void)state;
    struct evidence *ev = site(3);
    assert_only(play_to_the_end(ev, play_refused), "reach.refused");
    assert_int_equal(ev->n_probes, 3);
    evidence_free(ev);
}

static void play_unreachable(struct probe *p)
{
    end_probe(p, STAGE_CONNECT, BREAK_UNREACHABLE, -1);
}

static void test_no_way_out_is_no_cause(void **state)
{
    (void)state;
    struct evidence *ev = site(2);
    assert_int_equal(play_to_the_end(ev, play_unreachable)->conclusion, CONCLUSION_NOT_TESTED);
    evidence_free(ev);
}

static void play_second_address_works(struct probe *p)
{
    bool is_second = strcmp(p->settings.address, "192.0.2.2") == 0;
    if (is_second)
        end_probe(p, STAGE_DONE, BREAK_NONE, -1);
    else
        end_probe(p, STAGE_HELLO, BREAK_RESET, -1);
}

static void test_another_address_works(void **state)
{
    (void)state;
    struct evidence *ev = site(2);
    const struct walk *w = play_to_the_end(ev, play_second_address_works);
    assert_only(w, "address.other-works");
    assert_int_equal(w->causes[0].certainty, CERTAINTY_PROVEN);
    assert_true(ev->n_probes <= 6); /* first, second, once more: no search through all changes */
    evidence_free(ev);
}

/* ---- the search --------------------------------------------------------------------------- */

static void play_always_reset(struct probe *p)
{
    end_probe(p, STAGE_HELLO, BREAK_RESET, -1);
}

static void test_what_nothing_helps_is_only_a_symptom_and_not_proven(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    const struct walk *w = play_to_the_end(ev, play_always_reset);
    assert_only(w, "reach.reset");
    assert_int_equal(w->causes[0].certainty, CERTAINTY_LIKELY);
    evidence_free(ev);
}

static void play_always_alert_40(struct probe *p)
{
    end_probe(p, STAGE_HELLO, BREAK_ALERT, 40);
}

static void test_a_refusal_that_nothing_changes_is_unknown(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    assert_int_equal(play_to_the_end(ev, play_always_alert_40)->conclusion, CONCLUSION_UNKNOWN);
    evidence_free(ev);
}

static int lucky_tries;

static void play_every_second(struct probe *p)
{
    if (lucky_tries++ % 2 == 0)
        end_probe(p, STAGE_HELLO, BREAK_CLOSED, -1);
    else
        end_probe(p, STAGE_DONE, BREAK_NONE, -1);
}

static void test_luck_is_not_taken_for_a_change(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    lucky_tries = 0;
    assert_only(play_to_the_end(ev, play_every_second), "reach.comes-and-goes");
    evidence_free(ev);
}

static void play_only_old_versions(struct probe *p)
{
    bool offers_old = p->settings.offers[OFFER_LIST_VERSION] & offer_bit(OFFER_VERSION_TLS10);
    end_probe(p, offers_old ? STAGE_DONE : STAGE_HELLO, offers_old ? BREAK_NONE : BREAK_ALERT,
              offers_old ? -1 : 70);
    if (offers_old)
        p->outcome.version = 0x0301;
}

static void test_an_old_server_is_proven_by_a_pair_and_a_second_failure(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    const struct walk *w = play_to_the_end(ev, play_only_old_versions);
    assert_only(w, "protocol.server-too-old");
    assert_int_equal(w->causes[0].certainty, CERTAINTY_PROVEN);
    assert_int_equal(w->causes[0].proof.changes, CHANGE_BIT(VERSIONS));
    const struct probe *pair = &ev->probes[w->causes[0].proof.experiment];
    assert_int_equal(pair->settings.offers[OFFER_LIST_CIPHER],
                     ev->probes[0].settings.offers[OFFER_LIST_CIPHER]);
    evidence_free(ev);
}

static void play_old_version_and_cipher(struct probe *p)
{
    bool old = p->settings.offers[OFFER_LIST_VERSION] & offer_bit(OFFER_VERSION_TLS10);
    bool rc4 = p->settings.offers[OFFER_LIST_CIPHER] & offer_bit(OFFER_CIPHER_RC4);
    end_probe(p, old && rc4 ? STAGE_DONE : STAGE_HELLO, old && rc4 ? BREAK_NONE : BREAK_ALERT,
              old && rc4 ? -1 : 40);
    if (old && rc4)
        p->outcome.version = 0x0301;
}

static void test_two_faults_need_two_changes_and_no_third(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    const struct walk *w = play_to_the_end(ev, play_old_version_and_cipher);
    assert_int_equal(w->n_causes, 2);
    assert_string_equal(w->causes[0].cause->slug, "protocol.server-too-old");
    assert_string_equal(w->causes[1].cause->slug, "cipher.none-in-common");
    assert_int_equal(w->causes[0].proof.changes, CHANGE_BIT(VERSIONS) | CHANGE_BIT(SUITES));
    evidence_free(ev);
}

static void play_cut_by_name(struct probe *p)
{
    bool has_name = p->settings.server_name[0];
    end_probe(p, has_name ? STAGE_HELLO : STAGE_DONE, has_name ? BREAK_RESET : BREAK_NONE, -1);
}

static void test_a_name_that_is_cut_shows_both_explanations(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    const struct walk *w = play_to_the_end(ev, play_cut_by_name);
    assert_int_equal(w->n_causes, 2);
    assert_true(names(w, "name.unknown-to-server") && names(w, "between.name-filtered"));
    for (size_t i = 0; i < w->n_causes; i++)
        assert_int_equal(w->causes[i].certainty, CERTAINTY_LIKELY);
    evidence_free(ev);
}

static void play_push_back(struct probe *p)
{
    if (p->changes == 0)
        end_probe(p, STAGE_HELLO, BREAK_RESET, -1);
    else
        end_probe(p, STAGE_CONNECT, BREAK_REFUSED, -1);
}

static void test_a_server_that_pushes_back_says_nothing_of_the_change(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    const struct walk *w = play_to_the_end(ev, play_push_back);
    assert_only(w, "reach.reset");
    assert_int_equal(w->causes[0].certainty, CERTAINTY_LIKELY);
    evidence_free(ev);
}

static void play_broken_in_the_middle(struct probe *p)
{
    end_probe(p, STAGE_CERTIFICATE, BREAK_RESET, -1);
}

static void test_a_break_in_the_middle_has_its_own_name(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    assert_only(play_to_the_end(ev, play_broken_in_the_middle), "reach.broken-off");
    evidence_free(ev);
}

static void play_changed_on_the_way(struct probe *p)
{
    end_probe(p, STAGE_CERTIFICATE, BREAK_WE_REFUSED, -1);
    p->outcome.refused_for = REFUSED_FOR_BAD_RECORD;
}

static void play_wrong_key(struct probe *p)
{
    end_probe(p, STAGE_CERTIFICATE, BREAK_WE_REFUSED, -1);
    p->outcome.refused_for = REFUSED_FOR_BAD_SIGNATURE;
}

static void test_what_we_refuse_has_its_own_names(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    assert_only(play_to_the_end(ev, play_changed_on_the_way), "reach.data-changed");
    evidence_free(ev);
    ev = site(1);
    assert_only(play_to_the_end(ev, play_wrong_key), "reach.wrong-signature");
    evidence_free(ev);
}

/* ---- a policy, an answer ------------------------------------------------------------------ */

static void limit_to_tls13(struct evidence *ev)
{
    struct policy *p = &ev->facts.policies[POLICY_OPENSSL];
    memcpy(p->offers, client_find("current")->offers, sizeof(p->offers));
    p->offers[OFFER_LIST_VERSION] = offer_bit(OFFER_VERSION_TLS13);
    p->limits = true;
}

static void play_only_tls12(struct probe *p)
{
    bool ok = p->settings.offers[OFFER_LIST_VERSION] & offer_bit(OFFER_VERSION_TLS12);
    end_probe(p, ok ? STAGE_DONE : STAGE_HELLO, ok ? BREAK_NONE : BREAK_ALERT, ok ? -1 : 70);
}

static void test_a_policy_is_blamed_only_where_leaving_it_out_helps(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    limit_to_tls13(ev);
    assert_only(play_to_the_end(ev, play_only_tls12), "policy.refuses");
    evidence_free(ev);
    ev = site(1);
    limit_to_tls13(ev);
    assert_false(names(play_to_the_end(ev, play_only_old_versions), "policy.refuses"));
    evidence_free(ev);
}

static bool asks(const struct walk *w, enum question q)
{
    for (size_t i = 0; i < w->n_wants; i++)
        if (w->wants[i].kind == WANT_ANSWER && w->wants[i].question == q)
            return true;
    return false;
}

static void test_the_phone_is_asked_about_and_steers(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    assert_true(asks(play_to_the_end(ev, play_always_reset), QUESTION_PHONE));
    ev->answers[QUESTION_PHONE] = ANSWER_YES;
    assert_only(walked(ev), "between.this-network");
    assert_false(asks(walked(ev), QUESTION_PHONE));
    ev->answers[QUESTION_PHONE] = ANSWER_NO;
    assert_only(walked(ev), "reach.reset");
    evidence_free(ev);
}

static void play_works(struct probe *p)
{
    end_probe(p, STAGE_DONE, BREAK_NONE, -1);
}

static void test_what_works_costs_one_connection_and_asks_about_programs(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    const struct walk *w = play_to_the_end(ev, play_works);
    assert_int_equal(w->conclusion, CONCLUSION_WORKS);
    assert_int_equal(ev->n_probes, 1);
    assert_true(asks(w, QUESTION_OTHER_PROGRAM));
    ev->answers[QUESTION_OTHER_PROGRAM] = ANSWER_YES;
    assert_only(walked(ev), "client.one-program");
    ev->answers[QUESTION_OTHER_PROGRAM] = ANSWER_NO;
    ev->answers[QUESTION_SINCE] = SINCE_CHANGE_HERE;
    assert_only(walked(ev), "client.changed-here");
    evidence_free(ev);
}

static void test_what_works_at_many_addresses_costs_at_most_four(void **state)
{
    (void)state;
    struct evidence *ev = site(EVIDENCE_MAX_ADDRESSES);
    assert_int_equal(play_to_the_end(ev, play_works)->conclusion, CONCLUSION_WORKS);
    assert_true(ev->n_probes <= 4);
    evidence_free(ev);
}

/* ---- client certificates ------------------------------------------------------------------ */

static void play_wants_certificate(struct probe *p)
{
    bool made_up = p->settings.client_certificate == CLIENT_CERTIFICATE_MADE_UP;
    end_probe(p, STAGE_FINISHED, BREAK_ALERT, made_up ? 48 : 40);
    p->outcome.certificate_requested = true;
}

static void test_a_refusal_that_a_made_up_certificate_changes_is_proven(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    const struct walk *w = play_to_the_end(ev, play_wants_certificate);
    assert_only(w, "client-certificate.required");
    assert_int_equal(w->causes[0].certainty, CERTAINTY_PROVEN);
    assert_int_equal(ev->n_probes, 2);
    evidence_free(ev);
    ev = site(1);
    ev->target.has_client_certificate = true;
    assert_only(play_to_the_end(ev, play_wants_certificate), "client-certificate.refused");
    evidence_free(ev);
}

/* ---- laws --------------------------------------------------------------------------------- */

static void test_an_experiment_differs_from_the_baseline_in_one_thing(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    play_to_the_end(ev, play_always_reset);
    const struct settings *base = &ev->probes[0].settings;
    for (size_t i = 1; i < ev->n_probes; i++) {
        const struct probe *p = &ev->probes[i];
        if (p->changes == CHANGE_BIT(AGAIN)) {
            assert_true(settings_equal(&p->settings, base));
            continue;
        }
        struct settings s = p->settings;
        assert_false(settings_equal(&s, base));
        if (p->changes == CHANGE_BIT(SUITES)) {
            memcpy(&s.offers[OFFER_LIST_KX], &base->offers[OFFER_LIST_KX], 3 * sizeof(uint32_t));
            assert_true(settings_equal(&s, base));
        }
        if (p->changes == CHANGE_BIT(NO_NAME)) {
            memcpy(s.server_name, base->server_name, sizeof(s.server_name));
            assert_true(settings_equal(&s, base));
        }
    }
    evidence_free(ev);
}

static void test_the_same_evidence_gives_the_same_walk(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    play_to_the_end(ev, play_old_version_and_cipher);
    struct walk a, b;
    walk(ev, &a);
    walk(ev, &b);
    assert_int_equal(a.n_causes, b.n_causes);
    for (size_t i = 0; i < tree_size(); i++) {
        assert_int_equal(a.findings[i].result, b.findings[i].result);
        assert_int_equal(a.findings[i].summary.id, b.findings[i].summary.id);
    }
    evidence_free(ev);
}

static void test_a_stopped_case_names_only_what_it_knows(void **state)
{
    (void)state;
    struct evidence *ev = site(1);
    struct probe *p = evidence_add_probe(ev, &probe_want(walked(ev), 0)->settings, 0);
    end_probe(p, STAGE_HELLO, BREAK_ALERT, 40);
    ev->stopped = true;
    const struct walk *w = walked(ev);
    assert_int_equal(w->conclusion, CONCLUSION_STOPPED);
    evidence_free(ev);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_of_all_the_address_is_wanted),
        cmocka_unit_test(test_then_the_baseline_and_nothing_else),
        cmocka_unit_test(test_a_name_that_no_resolver_could_tell_is_not_tested),
        cmocka_unit_test(test_offline_wants_nothing_and_names_nothing),
        cmocka_unit_test(test_a_refused_address_gives_way_to_the_next),
        cmocka_unit_test(test_all_addresses_refused),
        cmocka_unit_test(test_no_way_out_is_no_cause),
        cmocka_unit_test(test_another_address_works),
        cmocka_unit_test(test_what_nothing_helps_is_only_a_symptom_and_not_proven),
        cmocka_unit_test(test_a_refusal_that_nothing_changes_is_unknown),
        cmocka_unit_test(test_luck_is_not_taken_for_a_change),
        cmocka_unit_test(test_an_old_server_is_proven_by_a_pair_and_a_second_failure),
        cmocka_unit_test(test_two_faults_need_two_changes_and_no_third),
        cmocka_unit_test(test_a_name_that_is_cut_shows_both_explanations),
        cmocka_unit_test(test_a_server_that_pushes_back_says_nothing_of_the_change),
        cmocka_unit_test(test_a_break_in_the_middle_has_its_own_name),
        cmocka_unit_test(test_what_we_refuse_has_its_own_names),
        cmocka_unit_test(test_a_policy_is_blamed_only_where_leaving_it_out_helps),
        cmocka_unit_test(test_the_phone_is_asked_about_and_steers),
        cmocka_unit_test(test_what_works_costs_one_connection_and_asks_about_programs),
        cmocka_unit_test(test_what_works_at_many_addresses_costs_at_most_four),
        cmocka_unit_test(test_a_refusal_that_a_made_up_certificate_changes_is_proven),
        cmocka_unit_test(test_an_experiment_differs_from_the_baseline_in_one_thing),
        cmocka_unit_test(test_the_same_evidence_gives_the_same_walk),
        cmocka_unit_test(test_a_stopped_case_names_only_what_it_knows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
