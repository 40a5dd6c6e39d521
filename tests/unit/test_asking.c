/*
 * test_asking.c - when an authority is asked whether a certificate was revoked, whom, in which
 * order, and what comes of it: walks over hand-made evidence with certificates made in the test.
 * SPDX-License-Identifier: MIT
 */
#include "unit/chain_ask.h"
#include "unit/statements.h"

#include "whytls/walk.h"
#include "whytls/text.h"

static const char responder[] = "http://ocsp.example/", list[] = "http://crl.example/1.crl";

static void add_chain(struct evidence *ev, struct probe *p, const struct pki_cert *own)
{
    p->outcome.chain[0] = (int16_t)evidence_add_certificate(ev, own->der.data, own->der.len);
    p->outcome.chain[1] = (int16_t)evidence_add_certificate(ev, middle->der.data, middle->der.len);
    p->outcome.n_chain = 2;
    ev->facts.anchors_known = true;
    ev->facts.anchors_total = 100;
    ev->facts.anchors_for = ev->n_certificates;
    assert_true(evidence_add_anchor(ev, root->der.data, root->der.len, ANCHOR_SHIPPED));
}

/* The first try went well, and this is the certificate that the site showed. */
static struct evidence *site_with(const struct pki_cert *own)
{
    static struct walk w;
    struct evidence *ev = evidence_new();
    assert_non_null(ev);
    TEXT_SET(ev->target.host, name);
    TEXT_SET(ev->target.ascii, name);
    TEXT_SET(ev->target.client, "current");
    ev->target.port = 443;
    ev->facts.clock = PKI_NOW;
    for (size_t i = 0; i < POLICY_COUNT; i++)
        ev->facts.policies[i].known = true;
    ev->resolution.finished = true;
    ev->resolution.n_addresses = 1;
    text_copy_cut(ev->resolution.addresses[0], SETTINGS_ADDRESS_SIZE, "192.0.2.1");
    walk(ev, &w);
    assert_int_equal(w.wants[0].kind, WANT_PROBE);
    struct probe *p = evidence_add_probe(ev, &w.wants[0].settings, 0);
    p->outcome.finished = p->outcome.success = true;
    p->outcome.stage = STAGE_DONE;
    p->outcome.version = 0x0304;
    p->outcome.http_status = 200;
    p->outcome.http_date = p->outcome.http_date_local = PKI_NOW;
    add_chain(ev, p, own);
    return ev;
}

static const struct walk *walked(const struct evidence *ev)
{
    static struct walk w;
    walk(ev, &w);
    return &w;
}

/* The one fetch that is wanted; NULL: none. */
static const struct want *fetch_want(const struct walk *w)
{
    const struct want *found = NULL;
    for (size_t i = 0; i < w->n_wants; i++) {
        if (w->wants[i].kind == WANT_FETCH) {
            assert_null(found);
            found = &w->wants[i];
        }
    }
    return found;
}

/* The wanted fetch has ended with this statement (NULL: with none). */
static void answer_want(struct evidence *ev, const struct want *want, const struct statement *said)
{
    struct fetch *f = evidence_add_fetch(ev, want->fetch, want->url, want->request);
    assert_non_null(f);
    f->state = said ? FETCH_GOT : FETCH_FAILED;
    if (said)
        f->statement =
            (int16_t)evidence_add_statement(ev, said->kind, said->der.data, said->der.len);
}

static bool has_note(const struct walk *w, const char *slug)
{
    for (size_t i = 0; i < w->n_notes; i++)
        if (strcmp(w->notes[i].cause->slug, slug) == 0)
            return true;
    return false;
}

static struct pki_cert *leaf_naming(const char *ocsp_url, const char *crl_url)
{
    return make_leaf((struct pki_spec){.ocsp_url = ocsp_url, .crl_url = crl_url});
}

static void test_the_responder_then_the_list(void **state)
{
    (void)state;
    struct evidence *ev = site_with(leaf_naming(responder, list));
    const struct want *want = fetch_want(walked(ev));
    assert_non_null(want);
    assert_int_equal(want->fetch, FETCH_KIND_OCSP);
    assert_string_equal(want->url, responder);
    assert_true(want->request[0] != '\0');
    answer_want(ev, want, NULL);
    want = fetch_want(walked(ev));
    assert_non_null(want);
    assert_int_equal(want->fetch, FETCH_KIND_CRL);
    assert_string_equal(want->url, list);
    assert_string_equal(want->request, "");
    answer_want(ev, want, NULL);
    /* Nobody could be reached: the site works, and that is all there is to say. */
    const struct walk *w = walked(ev);
    assert_int_equal(w->conclusion, CONCLUSION_WORKS);
    assert_true(has_note(w, "chain.revocation-untold"));
    evidence_free(ev);
}

static void test_what_they_say(void **state)
{
    (void)state;
    static const struct {
        enum statement_kind kind;
        enum lab_word word;
        enum conclusion conclusion;
    } rows[] = {
        {STATEMENT_OCSP, LAB_WORD_GOOD, CONCLUSION_WORKS},
        {STATEMENT_OCSP, LAB_WORD_REVOKED, CONCLUSION_CAUSE},
        {STATEMENT_CRL, LAB_WORD_GOOD, CONCLUSION_WORKS},
        {STATEMENT_CRL, LAB_WORD_REVOKED, CONCLUSION_CAUSE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool is_ocsp = rows[i].kind == STATEMENT_OCSP;
        struct pki_cert *own = leaf_naming(is_ocsp ? responder : NULL, is_ocsp ? NULL : list);
        struct statement s = is_ocsp ? say_by_ocsp(own, middle, rows[i].word, PKI_NOW)
                                     : say_by_list(own, middle, rows[i].word, PKI_NOW);
        struct evidence *ev = site_with(own);
        answer_want(ev, fetch_want(walked(ev)), &s);
        const struct walk *w = walked(ev);
        assert_null(fetch_want(w));
        assert_int_equal(w->conclusion, rows[i].conclusion);
        assert_false(has_note(w, "chain.revocation-untold"));
        if (w->conclusion == CONCLUSION_CAUSE) {
            assert_int_equal(w->n_causes, 1);
            assert_string_equal(w->causes[0].cause->slug, "chain.revoked");
            assert_int_equal(w->causes[0].certainty, CERTAINTY_PROVEN);
            assert_int_equal(w->causes[0].proof.chain_changes, CHAIN_BIT(REVOCATION));
        }
        blob_fini(&s.der);
        evidence_free(ev);
    }
}

/* Where we would not go nobody is to blame. */
static void test_a_refused_fetch_is_no_note(void **state)
{
    (void)state;
    struct evidence *ev = site_with(leaf_naming(responder, NULL));
    answer_want(ev, fetch_want(walked(ev)), NULL);
    assert_true(has_note(walked(ev), "chain.revocation-untold"));
    ev->fetches[0].state = FETCH_REFUSED;
    assert_false(has_note(walked(ev), "chain.revocation-untold"));
    assert_int_equal(walked(ev)->conclusion, CONCLUSION_WORKS);
    evidence_free(ev);
}

/* A forged or an old answer is as good as none: the list is asked next. */
static void test_a_bad_answer_is_none(void **state)
{
    (void)state;
    static const enum lab_word words[] = {LAB_WORD_FORGED, LAB_WORD_STALE, LAB_WORD_OTHER};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct pki_cert *own = leaf_naming(responder, list);
        struct statement s = say_by_ocsp(own, middle, words[i], PKI_NOW);
        struct evidence *ev = site_with(own);
        answer_want(ev, fetch_want(walked(ev)), &s);
        const struct want *want = fetch_want(walked(ev));
        assert_non_null(want);
        assert_int_equal(want->fetch, FETCH_KIND_CRL);
        blob_fini(&s.der);
        evidence_free(ev);
    }
}

/* Nobody is asked where that can't change the answer, or may not be asked. */
static void test_nobody_is_asked_in_vain(void **state)
{
    (void)state;
    struct evidence *ev = site_with(leaf_naming(NULL, NULL));
    assert_null(fetch_want(walked(ev)));
    assert_int_equal(walked(ev)->conclusion, CONCLUSION_WORKS);
    assert_false(has_note(walked(ev), "chain.revocation-untold"));
    evidence_free(ev);
    ev = site_with(leaf_naming("https://ocsp.example/", "ldap://crl.example/cn=ca"));
    assert_null(fetch_want(walked(ev)));
    evidence_free(ev);
    ev = site_with(leaf_naming(responder, list));
    ev->offline = true;
    assert_null(fetch_want(walked(ev)));
    evidence_free(ev);
    ev = site_with(make_leaf((struct pki_spec){.ocsp_url = responder, .until = PKI_NOW - 1}));
    assert_null(fetch_want(walked(ev)));
    evidence_free(ev);
    ev = site_with(leaf_naming(responder, list));
    ev->probes[0].outcome.success = false;
    ev->probes[0].outcome.stage = STAGE_FINISHED;
    ev->probes[0].outcome.how = BREAK_CLOSED;
    assert_null(fetch_want(walked(ev)));
    evidence_free(ev);
}

static void test_a_stapled_answer_is_enough(void **state)
{
    (void)state;
    struct pki_cert *own = leaf_naming(responder, list);
    struct statement s = say_by_ocsp(own, middle, LAB_WORD_GOOD, PKI_NOW);
    struct evidence *ev = site_with(own);
    ev->probes[0].outcome.staple =
        (int16_t)evidence_add_statement(ev, s.kind, s.der.data, s.der.len);
    assert_null(fetch_want(walked(ev)));
    assert_int_equal(walked(ev)->conclusion, CONCLUSION_WORKS);
    blob_fini(&s.der);
    evidence_free(ev);
}

/* A server that fetches its proof when the first visitor comes shows them none. */
static void test_a_missing_staple_is_looked_for_twice(void **state)
{
    (void)state;
    struct pki_cert *own = make_leaf((struct pki_spec){.must_staple = true});
    struct statement s = say_by_ocsp(own, middle, LAB_WORD_GOOD, PKI_NOW);
    for (int is_late = 0; is_late <= 1; is_late++) {
        struct evidence *ev = site_with(own);
        const struct walk *w = walked(ev);
        const struct want *want = NULL;
        for (size_t i = 0; i < w->n_wants; i++)
            if (w->wants[i].kind == WANT_PROBE)
                want = &w->wants[i];
        assert_non_null(want);
        assert_int_equal(want->changes, CHANGE_BIT(AGAIN));
        struct probe *p = evidence_add_probe(ev, &want->settings, want->changes);
        p->outcome = ev->probes[0].outcome;
        if (is_late)
            p->outcome.staple = (int16_t)evidence_add_statement(ev, s.kind, s.der.data, s.der.len);
        w = walked(ev);
        assert_int_equal(w->conclusion, CONCLUSION_CAUSE);
        assert_string_equal(w->causes[0].cause->slug, "chain.must-staple");
        assert_int_equal(w->causes[0].certainty, is_late ? CERTAINTY_LIKELY : CERTAINTY_PROVEN);
        evidence_free(ev);
    }
    blob_fini(&s.der);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_responder_then_the_list),
        cmocka_unit_test(test_what_they_say),
        cmocka_unit_test(test_a_bad_answer_is_none),
        cmocka_unit_test(test_a_refused_fetch_is_no_note),
        cmocka_unit_test(test_nobody_is_asked_in_vain),
        cmocka_unit_test(test_a_stapled_answer_is_enough),
        cmocka_unit_test(test_a_missing_staple_is_looked_for_twice),
    };
    return cmocka_run_group_tests(tests, set_up, pki_tear_down);
}
