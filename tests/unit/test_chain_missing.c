/*
 * test_chain_missing.c - certificates in the middle that a site left out, or sent another of the
 * same name: what a walk wants fetched, one after the other, and what it says the owner must add.
 * Real certificates in hand-made evidence; no socket.
 * SPDX-License-Identifier: MIT
 */
#include "unit/pki.h"

#include "whytls/walk.h"
#include "whytls/text.h"

#define UPPER_URL "http://ca.example.com/upper.der"
#define LOWER_URL "http://ca.example.com/lower.der"

static struct pki_cert *root, *upper, *lower, *leaf, *false_lower;

static struct evidence *site(void)
{
    struct evidence *ev = evidence_new();
    assert_non_null(ev);
    TEXT_SET(ev->target.host, "shop.example.com");
    TEXT_SET(ev->target.ascii, "shop.example.com");
    TEXT_SET(ev->target.client, "current");
    ev->target.port = 443;
    ev->target.timeout_s = 5;
    ev->facts.clock = PKI_NOW;
    for (size_t i = 0; i < POLICY_COUNT; i++) {
        ev->facts.policies[i].known = true;
    }
    ev->resolution.finished = true;
    text_copy_cut(ev->resolution.addresses[0], SETTINGS_ADDRESS_SIZE, "192.0.2.1");
    ev->resolution.n_addresses = 1;
    assert_true(evidence_add_anchor(ev, root->der.data, root->der.len, ANCHOR_SHIPPED));
    ev->facts.anchors_known = true;
    ev->facts.anchors_total = 1;
    return ev;
}

static struct walk *walked(struct evidence *ev)
{
    static struct walk w;
    ev->facts.anchors_for = ev->n_certificates;
    walk(ev, &w);
    return &w;
}

/* A handshake that came about, with these certificates; NULL after the last. */
static void show(struct evidence *ev, unsigned changes, const struct pki_cert *const *sent)
{
    struct settings s = walked(ev)->analysis.base;
    s.no_extensions = changes != 0; /* another hello, so that it is another probe */
    struct probe *p = evidence_add_probe(ev, &s, changes);
    assert_non_null(p);
    p->outcome.finished = p->outcome.success = true;
    p->outcome.stage = STAGE_DONE;
    p->outcome.version = 0x0304;
    for (; *sent; sent++) {
        int index = evidence_add_certificate(ev, (*sent)->der.data, (*sent)->der.len);
        p->outcome.chain[p->outcome.n_chain++] = (int16_t)index;
    }
}

static bool wants(const struct walk *w, const char *url)
{
    for (size_t i = 0; i < w->n_wants; i++) {
        if (w->wants[i].kind == WANT_FETCH && strcmp(w->wants[i].url, url) == 0) {
            return true;
        }
    }
    return false;
}

static void fetch(struct evidence *ev, const char *url, const struct pki_cert *got)
{
    struct fetch *f = evidence_add_fetch(ev, FETCH_KIND_ISSUER, url, "");
    assert_non_null(f);
    f->state = got ? FETCH_GOT : FETCH_FAILED;
    f->certificate =
        got ? (int16_t)evidence_add_certificate(ev, got->der.data, got->der.len) : (int16_t)-1;
}

/* The verdict once nothing more can be had. */
static const struct diagnosed *named(struct evidence *ev, const char *slug)
{
    ev->settled = true;
    const struct walk *w = walked(ev);
    for (size_t i = 0; w->conclusion == CONCLUSION_CAUSE && i < w->n_causes; i++) {
        if (strcmp(w->causes[i].cause->slug, slug) == 0) {
            assert_int_equal(w->n_causes, 1);
            return &w->causes[i];
        }
    }
    fail_msg("%s is not named", slug);
    return NULL;
}

static void assert_missing(struct evidence *ev, size_t i, size_t n, const struct pki_cert *cert,
                           const char *url)
{
    struct missing_certificate list[CHAIN_MAX_PATH];
    assert_int_equal(walk_missing(walked(ev), list), n);
    assert_true(blob_equal(list[i].der, &cert->der));
    assert_string_equal(list[i].url, url);
}

static void test_two_missing_in_a_row(void **state)
{
    (void)state;
    struct evidence *ev = site();
    show(ev, 0, (const struct pki_cert *[]){leaf, NULL});
    assert_true(wants(walked(ev), LOWER_URL));
    assert_false(wants(walked(ev), UPPER_URL));
    fetch(ev, LOWER_URL, lower);
    assert_true(wants(walked(ev), UPPER_URL));
    fetch(ev, UPPER_URL, upper);
    assert_int_equal(named(ev, "chain.missing-intermediate")->certainty, CERTAINTY_PROVEN);
    assert_missing(ev, 0, 2, lower, LOWER_URL);
    assert_missing(ev, 1, 2, upper, UPPER_URL);
    evidence_free(ev);
}

static void test_the_upper_one_alone(void **state)
{
    (void)state;
    struct evidence *ev = site();
    show(ev, 0, (const struct pki_cert *[]){leaf, lower, NULL});
    fetch(ev, UPPER_URL, upper);
    assert_int_equal(named(ev, "chain.missing-intermediate")->certainty, CERTAINTY_PROVEN);
    assert_missing(ev, 0, 1, upper, UPPER_URL);
    evidence_free(ev);
}

/* What the site sent to another hello proves it without asking anyone. */
static void test_sent_in_another_handshake(void **state)
{
    (void)state;
    struct evidence *ev = site();
    show(ev, 0, (const struct pki_cert *[]){leaf, NULL});
    show(ev, CHANGE_BIT(VERSIONS), (const struct pki_cert *[]){leaf, lower, upper, NULL});
    assert_false(wants(walked(ev), LOWER_URL));
    assert_int_equal(named(ev, "chain.missing-intermediate")->certainty, CERTAINTY_PROVEN);
    assert_missing(ev, 0, 2, lower, "");
    evidence_free(ev);
}

/* Without key identifiers only the signature tells the two apart. */
static void test_another_of_the_same_name(void **state)
{
    (void)state;
    struct evidence *ev = site();
    show(ev, 0, (const struct pki_cert *[]){leaf, false_lower, upper, NULL});
    assert_true(wants(walked(ev), LOWER_URL));
    fetch(ev, LOWER_URL, lower);
    assert_int_equal(named(ev, "chain.wrong-intermediate")->certainty, CERTAINTY_PROVEN);
    assert_missing(ev, 0, 1, lower, LOWER_URL);
    evidence_free(ev);
}

/* Then it may be the certificate in the middle, or the signature: none is proven. */
static void test_the_right_one_can_not_be_had(void **state)
{
    (void)state;
    struct missing_certificate list[CHAIN_MAX_PATH];
    struct evidence *ev = site();
    show(ev, 0, (const struct pki_cert *[]){leaf, false_lower, upper, NULL});
    fetch(ev, LOWER_URL, NULL);
    assert_int_equal(named(ev, "chain.bad-signature")->certainty, CERTAINTY_LIKELY);
    assert_int_equal(walk_missing(walked(ev), list), 0);
    evidence_free(ev);
}

static void test_nothing_is_missing(void **state)
{
    (void)state;
    struct missing_certificate list[CHAIN_MAX_PATH];
    struct evidence *ev = site();
    show(ev, 0, (const struct pki_cert *[]){leaf, lower, upper, NULL});
    ev->settled = true;
    assert_int_equal(walked(ev)->conclusion, CONCLUSION_WORKS);
    assert_int_equal(walk_missing(walked(ev), list), 0);
    evidence_free(ev);
}

static int set_up(void **state)
{
    (void)state;
    struct pki_spec s = {.cn = "Root", .is_ca = true, .usage = GNUTLS_KEY_KEY_CERT_SIGN};
    s.no_key_ids = true;
    root = pki_make(s);
    s.cn = "Upper";
    s.issuer = root;
    upper = pki_make(s);
    s.cn = "Lower";
    s.issuer = upper;
    s.issuer_url = UPPER_URL;
    lower = pki_make(s);
    false_lower = pki_make(s);
    leaf = pki_make((struct pki_spec){.cn = "shop.example.com",
                                      .dns = {"shop.example.com"},
                                      .issuer = lower,
                                      .issuer_url = LOWER_URL,
                                      .no_key_ids = true});
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_missing_in_a_row),
        cmocka_unit_test(test_the_upper_one_alone),
        cmocka_unit_test(test_sent_in_another_handshake),
        cmocka_unit_test(test_another_of_the_same_name),
        cmocka_unit_test(test_the_right_one_can_not_be_had),
        cmocka_unit_test(test_nothing_is_missing),
    };
    return cmocka_run_group_tests(tests, set_up, pki_tear_down);
}
