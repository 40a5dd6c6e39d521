/*
 * test_search.c - each single change that a search may try is tried, and changes what it says and
 * nothing else. Takes in search.c itself, so that its loops can be asked for changes that no break
 * makes plausible today.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "diagnosis/search.c"
#include "evidence/case_fields.h"

static struct evidence *ev;
static struct analysis r;

/* A site with two names of its own and a client certificate, whose first try was hung up on. */
static int make_case(void **state)
{
    (void)state;
    ev = evidence_new();
    assert_non_null(ev);
    assert_true(text_copy(ev->target.ascii, sizeof(ev->target.ascii), "shop.example"));
    assert_true(text_copy(ev->target.client, sizeof(ev->target.client), "current"));
    ev->target.port = 443;
    ev->target.server_name_set = true;
    ev->target.has_client_certificate = true;
    assert_true(text_copy(ev->target.server_name, sizeof(ev->target.server_name), "other.example"));
    ev->resolution.finished = true;
    ev->resolution.n_addresses = 1;
    assert_true(text_copy(ev->resolution.addresses[0], SETTINGS_ADDRESS_SIZE, "192.0.2.1"));
    struct policy *p = &ev->facts.policies[POLICY_GNUTLS];
    p->known = p->limits = true;
    for (unsigned l = 0; l < OFFER_LIST_COUNT; l++)
        p->offers[l] = offer_all(l);
    p->offers[OFFER_LIST_CIPHER] &= ~offer_bit(OFFER_CIPHER_CHACHA20);
    analysis_make(ev, &r);
    struct probe *first = evidence_add_probe(ev, &r.base, 0);
    first->outcome.finished = true;
    first->outcome.stage = STAGE_HELLO;
    first->outcome.how = BREAK_CLOSED;
    analysis_make(ev, &r);
    assert_non_null(r.first);
    return 0;
}

static int free_case(void **state)
{
    (void)state;
    evidence_free(ev);
    return 0;
}

/* The last row of CHANGE_LIST as well as the first. */
static void each_change_is_tried_once(void **state)
{
    (void)state;
    size_t n_tried = 0;
    for (unsigned i = 0; i < CHANGE_COUNT; i++) {
        struct search s = {0};
        struct round round = {0};
        struct settings applied;
        bool is_change = analysis_apply(&r, 1u << i, &applied);
        try_singles(&r, 1u << i, &s, &round);
        if (s.n_wanted != is_change || (is_change && s.wanted[0] != 1u << i))
            fail_msg("%s: wanted %zu times", change_id(i), s.n_wanted);
        assert_int_equal(round.is_waiting, is_change);
        n_tried += is_change;
    }
    assert_true(n_tried > CHANGE_COUNT / 2);
}

static void once_more_comes_before_all_changes(void **state)
{
    (void)state;
    struct search s = {0};
    struct round round = {0};
    try_singles(&r, BIT(AGAIN) | BIT(NO_NAME) | BIT(POST_HANDSHAKE_AUTH), &s, &round);
    assert_int_equal(s.n_wanted, 3);
    assert_int_equal(s.wanted[0], BIT(AGAIN));
    assert_int_equal(s.wanted[1], BIT(NO_NAME));
    assert_int_equal(s.wanted[2], BIT(POST_HANDSHAKE_AUTH));
}

/* ---- one thing at a time ----------------------------------------------------------------------
 */

/* The members in which two settings differ, by their names in the case file. */
static void differing(const struct settings *a, const struct settings *b, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; i < settings_shape.n; i++) {
        const struct field *f = &settings_shape.fields[i];
        size_t have = strlen(out);
        if (memcmp((const char *)a + f->offset, (const char *)b + f->offset, f->size) != 0)
            snprintf(out + have, size - have, "%s%s", have ? " " : "", f->name);
    }
}

static void a_change_of_the_name_changes_the_hello_alone(void **state)
{
    static const unsigned names[] = {BIT(NO_NAME), BIT(TARGET_NAME), BIT(WWW_NAME)};
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct settings s;
        char what[200];
        assert_true(analysis_apply(&r, names[i], &s));
        differing(&r.base, &s, what, sizeof(what));
        assert_string_equal(what, "server_name");
    }
    assert_string_equal(r.base.host, "shop.example");
}

/* Whole programs apart, each change is of one member; the two that need a second one say so here.
 */
static void a_change_changes_what_it_says(void **state)
{
    static const struct {
        unsigned change;
        const char *what;
    } rows[] = {
        {BIT(VERSIONS), "offers"},
        {BIT(OLD_ONLY), "offers"},
        {BIT(NOT_NEWEST), "offers"},
        {BIT(SUITES), "offers"},
        {BIT(GROUPS), "offers"},
        {BIT(SIGNATURES), "offers"},
        {BIT(POLICY), "offers"},
        {BIT(DH), "offers dh_min_bits"}, /* RFC 7919 4: change_apply.c */
        {BIT(PLAIN), "speak"},
        {BIT(WAIT_FOR_BANNER), "speak"},
        {BIT(SEND_NOTHING), "quiet"},
        {BIT(NO_CLIENT_CERTIFICATE), "client_certificate"},
        {BIT(POST_HANDSHAKE_AUTH), "late_card"},
        {BIT(CLIENT_CERTIFICATE), "client_certificate"},
        {BIT(AGAIN), ""},
        {BIT(REPEAT), ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct settings s;
        char what[200];
        assert_true(analysis_apply(&r, rows[i].change, &s));
        differing(&r.base, &s, what, sizeof(what));
        assert_string_equal(what, rows[i].what);
    }
}

/* Nor does a program that sends no name ask for another site. */
static void every_program_asks_for_the_same_site(void **state)
{
    static struct walk w;
    struct want wants[SEARCH_MAX_ADDRESSES * 4];
    (void)state;
    walk(ev, &w);
    size_t n = compare_wants(&w, wants, sizeof(wants) / sizeof(wants[0]));
    bool has_nameless = false;
    assert_true(n > 1);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(wants[i].settings.host, "shop.example");
        has_nameless = has_nameless || !wants[i].settings.server_name[0];
    }
    assert_true(has_nameless);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_is_tried_once),
        cmocka_unit_test(once_more_comes_before_all_changes),
        cmocka_unit_test(a_change_of_the_name_changes_the_hello_alone),
        cmocka_unit_test(a_change_changes_what_it_says),
        cmocka_unit_test(every_program_asks_for_the_same_site),
    };
    return cmocka_run_group_tests_name("search", tests, make_case, free_case);
}
