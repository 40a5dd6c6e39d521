/*
 * test_inspection.c - certificates that something on the way made: a product's name alone is never
 * proof, an authority whose private key is public is known by its fingerprint, and a filter's mark
 * for bad sites is no authority to add. Also whose fault an authority that nobody knows is.
 * SPDX-License-Identifier: MIT
 */
#include "unit/pki.h"

#include "whytls/text.h"
#include "whytls/walk.h"

static struct pki_cert *top, *leaf;

static int make_all(void **state)
{
    (void)state;
    top = pki_make((struct pki_spec){
        .cn = "Some Top", .org = "Some", .is_ca = true, .usage = GNUTLS_KEY_KEY_CERT_SIGN});
    leaf = pki_make((struct pki_spec){.cn = "shop.example",
                                      .issuer = top,
                                      .dns = {"shop.example", "nas.lan"},
                                      .purpose = GNUTLS_KP_TLS_WWW_SERVER});
    return 0;
}

static int free_all(void **state)
{
    (void)state;
    pki_free_all();
    return 0;
}

/* A leaf below the top authority, or one that signs itself. */
struct scene {
    const char *host; /* NULL: shop.example */
    const struct pki_cert *leaf;
    struct issuer issuer; /* what our table says of its issuer's name */
    bool is_added;        /* somebody added the authority here */
};

static struct evidence *stage(struct scene s)
{
    const char *host = s.host ? s.host : "shop.example";
    struct settings settings = {.port = 443};
    struct evidence *ev = evidence_new();
    assert_non_null(ev);
    text_copy_cut(ev->target.host, sizeof(ev->target.host), host);
    text_copy_cut(ev->target.ascii, sizeof(ev->target.ascii), host);
    text_copy_cut(settings.server_name, sizeof(settings.server_name), host);
    ev->target.port = 443;
    ev->target.from_file = true;
    ev->facts.clock = PKI_NOW;
    ev->facts.anchors_known = true;
    ev->facts.anchors_total = 100;
    struct probe *p = evidence_add_probe(ev, &settings, 0);
    p->outcome.finished = p->outcome.success = true;
    p->outcome.stage = STAGE_DONE;
    p->outcome.chain[p->outcome.n_chain++] =
        (int16_t)evidence_add_certificate(ev, s.leaf->der.data, s.leaf->der.len);
    if (s.leaf == leaf)
        p->outcome.chain[p->outcome.n_chain++] =
            (int16_t)evidence_add_certificate(ev, top->der.data, top->der.len);
    ev->certificates[0].issuer = s.issuer;
    ev->facts.anchors_for = ev->n_certificates;
    if (s.is_added) {
        assert_true(blob_set(&ev->facts.anchors[0].der, top->der.data, top->der.len));
        ev->facts.anchors[0].source = ANCHOR_ADDED;
        ev->facts.n_anchors = 1;
    }
    return ev;
}

static void assert_told(struct scene s, const char *slug, enum certainty certainty)
{
    static struct walk w;
    const struct diagnosed *list;
    struct evidence *ev = stage(s);
    walk(ev, &w);
    size_t n = walk_verdict(&w, &list);
    if (n != 1 || strcmp(list[0].cause->slug, slug) != 0)
        fail_msg("expected %s, got %s (and %zu in all)", slug, n ? list[0].cause->slug : "nothing",
                 n);
    assert_int_equal(list[0].certainty, certainty);
    evidence_free(ev);
}

static struct issuer named(enum issuer_kind kind, const char *fingerprint)
{
    struct issuer issuer = {.kind = kind};
    TEXT_SET(issuer.product, "Product");
    text_copy_cut(issuer.fingerprint, sizeof(issuer.fingerprint), fingerprint);
    return issuer;
}

static void test_a_product_by_its_name_is_likely(void **state)
{
    (void)state;
    struct scene s = {.leaf = leaf, .issuer = named(ISSUER_FILTER, "")};
    assert_told(s, "between.known-product", CERTAINTY_LIKELY);
    s.is_added = true;
    assert_told(s, "between.known-product", CERTAINTY_LIKELY);
}

static void test_a_public_key_is_told_by_its_fingerprint(void **state)
{
    (void)state;
    struct cert_info info;
    assert_true(cert_describe(&top->der, &info));
    struct scene s = {.leaf = leaf, .issuer = named(ISSUER_LEAKED, ""), .is_added = true};
    assert_told(s, "interception.leaked-authority", CERTAINTY_LIKELY);
    s.issuer = named(ISSUER_LEAKED, info.sha256);
    assert_told(s, "interception.leaked-authority", CERTAINTY_PROVEN);
    s.issuer = named(ISSUER_LEAKED, info.key_sha256);
    assert_told(s, "interception.leaked-authority", CERTAINTY_PROVEN);
    s.is_added = false;
    assert_told(s, "interception.leaked-authority", CERTAINTY_PROVEN);
    /* A device whose key was the same in all of them once: another key is another matter. */
    s.issuer = named(ISSUER_APPLIANCE, info.key_sha256);
    assert_told(s, "interception.leaked-authority", CERTAINTY_PROVEN);
    s.issuer.fingerprint[0] ^= 1;
    assert_told(s, "between.known-product", CERTAINTY_LIKELY);
}

static void test_a_mark_for_bad_sites_is_nothing_to_add(void **state)
{
    (void)state;
    struct pki_cert *untrusted = pki_make((struct pki_spec){
        .cn = "Product Untrusted CA", .is_ca = true, .usage = GNUTLS_KEY_KEY_CERT_SIGN});
    struct pki_cert *below = pki_make(
        (struct pki_spec){.cn = "shop.example", .issuer = untrusted, .dns = {"shop.example"}});
    struct scene s = {.leaf = leaf, .issuer = named(ISSUER_UNTRUSTED, "")};
    assert_told(s, "interception.untrusted-by-filter", CERTAINTY_LIKELY);
    s = (struct scene){.leaf = below, .issuer = named(ISSUER_FILTER, "")};
    assert_told(s, "interception.untrusted-by-filter", CERTAINTY_LIKELY);
}

static void test_an_unknown_authority_of_a_public_name_is_likely(void **state)
{
    (void)state;
    struct pki_cert *own =
        pki_make((struct pki_spec){.cn = "shop.example", .dns = {"shop.example", "nas.lan"}});
    assert_told((struct scene){.leaf = leaf}, "chain.unknown-authority", CERTAINTY_LIKELY);
    assert_told((struct scene){.leaf = leaf, .host = "nas.lan"}, "chain.private-authority",
                CERTAINTY_PROVEN);
    assert_told((struct scene){.leaf = own}, "chain.self-signed", CERTAINTY_LIKELY);
    assert_told((struct scene){.leaf = own, .host = "nas.lan"}, "chain.self-signed",
                CERTAINTY_PROVEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_product_by_its_name_is_likely),
        cmocka_unit_test(test_a_public_key_is_told_by_its_fingerprint),
        cmocka_unit_test(test_a_mark_for_bad_sites_is_nothing_to_add),
        cmocka_unit_test(test_an_unknown_authority_of_a_public_name_is_likely),
    };
    return cmocka_run_group_tests(tests, make_all, free_all);
}
