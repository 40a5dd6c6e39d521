/*
 * test_trust.c - the trust list: what is in it, who put it there, and which anchors bear on a case.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>
#include <gnutls/x509.h>

#include "local/trust.h"
#include "unit/local_fixture.h"
#include "whytls/local.h"

struct made {
    char pem[2048];
    uint8_t der[1024];
    size_t der_len;
};

/* A certificate of this subject and issuer with a key of its own; nobody checks the signature. */
static void make(struct made *m, const char *subject, const char *issuer, unsigned char serial)
{
    gnutls_x509_privkey_t key;
    gnutls_x509_crt_t crt, ca;
    size_t pem_len = sizeof(m->pem);
    m->der_len = sizeof(m->der);
    assert_int_equal(gnutls_x509_privkey_init(&key), 0);
    assert_int_equal(gnutls_x509_privkey_generate(
                         key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0),
                     0);
    assert_int_equal(gnutls_x509_crt_init(&crt), 0);
    assert_int_equal(gnutls_x509_crt_set_version(crt, 3), 0);
    assert_int_equal(gnutls_x509_crt_set_serial(crt, &serial, 1), 0);
    assert_int_equal(gnutls_x509_crt_set_dn(crt, subject, NULL), 0);
    assert_int_equal(gnutls_x509_crt_set_activation_time(crt, 1700000000), 0);
    assert_int_equal(gnutls_x509_crt_set_expiration_time(crt, 1900000000), 0);
    assert_int_equal(gnutls_x509_crt_set_key(crt, key), 0);
    assert_int_equal(gnutls_x509_crt_init(&ca), 0);
    assert_int_equal(gnutls_x509_crt_set_dn(ca, issuer, NULL), 0);
    assert_int_equal(gnutls_x509_crt_set_key(ca, key), 0);
    assert_int_equal(gnutls_x509_crt_sign2(crt, ca, key, GNUTLS_DIG_SHA256, 0), 0);
    assert_int_equal(gnutls_x509_crt_export(crt, GNUTLS_X509_FMT_PEM, m->pem, &pem_len), 0);
    assert_int_equal(gnutls_x509_crt_export(crt, GNUTLS_X509_FMT_DER, m->der, &m->der_len), 0);
    gnutls_x509_crt_deinit(crt);
    gnutls_x509_crt_deinit(ca);
    gnutls_x509_privkey_deinit(key);
}

static struct made root_a, root_b, root_b_again, leaf_of_b;

static int make_all(void **state)
{
    (void)state;
    make(&root_a, "CN=Root A", "CN=Root A", 1);
    make(&root_b, "CN=Root B,O=Somebody", "CN=Root B,O=Somebody", 2);
    make(&root_b_again, "CN=Root B,O=Somebody", "CN=Root B,O=Somebody", 3);
    make(&leaf_of_b, "CN=site.example", "CN=Root B,O=Somebody", 4);
    return 0;
}

static const char *write_bundle(const struct folder *f, const char *name, const char *between)
{
    char text[8192];
    snprintf(text, sizeof(text), "# our list\n%s%s%s%s", root_a.pem, between, root_b.pem,
             root_a.pem);
    return folder_write(f, name, text);
}

/* The list of a bundle with A and B, of folders "shipped" (or NULL) and "added". */
static struct trust_list *read_places(const struct folder *f, const char *shipped, const char *set)
{
    char error[128];
    const struct trust_bundle bundles[] = {
        {.file = folder_path(f, "none.crt")},
        {.file = folder_path(f, "bundle.crt"), .shipped = shipped},
        {.file = NULL},
    };
    const char *const added[] = {folder_path(f, "added"), NULL};
    const struct trust_places places = {.set = set, .bundles = bundles, .added = added};
    struct trust_list *t = trust_list_read_places(&places, error, sizeof(error));
    assert_true((t != NULL) == (error[0] == '\0'));
    return t;
}

static size_t added_in(struct trust_list *t)
{
    size_t added;
    assert_int_equal(trust_list_count(t, &added), 2); /* the second A is the first */
    trust_list_free(t);
    return added;
}

static void test_nothing_shipped_nothing_added(void **state)
{
    write_bundle(*state, "bundle.crt", "");
    assert_int_equal(added_in(read_places(*state, NULL, NULL)), 0);
}

static void test_bad_certificate_costs_itself_only(void **state)
{
    write_bundle(*state, "bundle.crt",
                 "-----BEGIN CERTIFICATE-----\nAAAA!!\n-----END CERTIFICATE-----\n"
                 "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
    assert_int_equal(added_in(read_places(*state, NULL, NULL)), 0);
}

static void test_what_people_added(void **state)
{
    write_bundle(*state, "bundle.crt", "");
    folder_make_below(*state, "added");
    folder_make_below(*state, "added/deep");
    folder_write(*state, "added/deep/b.crt", root_b.pem);
    folder_write(*state, "added/unrelated.crt", leaf_of_b.pem);
    assert_int_equal(added_in(read_places(*state, NULL, NULL)), 1);
}

static void test_what_was_not_shipped_was_added(void **state)
{
    write_bundle(*state, "bundle.crt", "");
    const char *shipped = folder_make_below(*state, "shipped");
    folder_write(*state, "shipped/a.crt", root_a.pem);
    assert_int_equal(added_in(read_places(*state, shipped, NULL)), 1);
}

/* Small images remove the folder's files: then all would look added. */
static void test_empty_shipped_folder_proves_nothing(void **state)
{
    write_bundle(*state, "bundle.crt", "");
    const char *shipped = folder_make_below(*state, "shipped");
    assert_int_equal(added_in(read_places(*state, shipped, NULL)), 0);
}

static void test_set_file_replaces_the_bundle(void **state)
{
    write_bundle(*state, "own.crt", "");
    folder_write(*state, "bundle.crt", root_a.pem);
    assert_int_equal(added_in(read_places(*state, NULL, folder_path(*state, "own.crt"))), 2);
    assert_null(read_places(*state, NULL, folder_path(*state, "none.crt")));
}

/* A file that names what the system ships, and more. */
static void test_set_file_is_compared_with_what_was_shipped(void **state)
{
    write_bundle(*state, "own.crt", "");
    folder_write(*state, "bundle.crt", root_a.pem);
    const char *shipped = folder_make_below(*state, "shipped");
    folder_write(*state, "shipped/a.crt", root_a.pem);
    assert_int_equal(added_in(read_places(*state, shipped, folder_path(*state, "own.crt"))), 1);
}

static void test_nothing_can_be_read(void **state)
{
    assert_null(read_places(*state, NULL, NULL));
}

static void test_given_file(void **state)
{
    char error[128];
    assert_null(trust_list_read(folder_path(*state, "none.pem"), error, sizeof(error)));
    assert_non_null(strstr(error, "none.pem"));
    assert_null(trust_list_read(folder_write(*state, "text.pem", "hello"), error, sizeof(error)));
    assert_non_null(strstr(error, "no certificate"));
    assert_null(trust_list_read(folder_write(*state, "\x1b[1m", "x"), error, sizeof(error)));
    assert_null(strchr(error, '\x1b'));

    FILE *out = fopen(folder_path(*state, "b.der"), "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(root_b.der, 1, root_b.der_len, out), root_b.der_len);
    fclose(out);
    struct trust_list *t = trust_list_read(folder_path(*state, "b.der"), error, sizeof(error));
    assert_non_null(t);
    struct evidence *ev = evidence_new();
    evidence_add_certificate(ev, leaf_of_b.der, leaf_of_b.der_len);
    trust_list_match(t, ev);
    assert_int_equal(ev->facts.n_anchors, 1);
    assert_int_equal(ev->facts.anchors[0].source, ANCHOR_GIVEN);
    assert_int_equal(ev->facts.anchors[0].der.len, root_b.der_len);
    evidence_free(ev);
    trust_list_free(t);
}

/* Only what bears on the certificates, all of that name, and each once however often we look. */
static void test_match_by_name(void **state)
{
    char error[128], text[8192];
    snprintf(text, sizeof(text), "%s%s%s", root_a.pem, root_b.pem, root_b_again.pem);
    struct trust_list *t =
        trust_list_read(folder_write(*state, "all.pem", text), error, sizeof(error));
    struct evidence *ev = evidence_new();
    trust_list_match(t, ev);
    assert_true(ev->facts.anchors_known);
    assert_int_equal(ev->facts.anchors_total, 3);
    assert_int_equal(ev->facts.anchors_for, 0);
    assert_int_equal(ev->facts.n_anchors, 0);

    evidence_add_certificate(ev, leaf_of_b.der, leaf_of_b.der_len);
    evidence_add_certificate(ev, "no certificate", 14);
    trust_list_match(t, ev);
    assert_int_equal(ev->facts.anchors_for, 2);
    assert_int_equal(ev->facts.n_anchors, 2);

    evidence_add_certificate(ev, root_b.der, root_b.der_len);
    evidence_add_certificate(ev, root_a.der, root_a.der_len);
    trust_list_match(t, ev);
    assert_int_equal(ev->facts.anchors_for, 4);
    assert_int_equal(ev->facts.n_anchors, 3);
    evidence_free(ev);
    trust_list_free(t);
}

static void test_no_list_is_not_an_empty_list(void **state)
{
    (void)state;
    struct evidence *ev = evidence_new();
    evidence_add_certificate(ev, leaf_of_b.der, leaf_of_b.der_len);
    trust_list_match(NULL, ev);
    assert_false(ev->facts.anchors_known);
    assert_int_equal(ev->facts.n_anchors, 0);
    evidence_free(ev);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_nothing_shipped_nothing_added),
        IN_FOLDER(test_bad_certificate_costs_itself_only),
        IN_FOLDER(test_what_people_added),
        IN_FOLDER(test_what_was_not_shipped_was_added),
        IN_FOLDER(test_empty_shipped_folder_proves_nothing),
        IN_FOLDER(test_set_file_replaces_the_bundle),
        IN_FOLDER(test_set_file_is_compared_with_what_was_shipped),
        IN_FOLDER(test_nothing_can_be_read),
        IN_FOLDER(test_given_file),
        IN_FOLDER(test_match_by_name),
        cmocka_unit_test(test_no_list_is_not_an_empty_list),
    };
    return cmocka_run_group_tests(tests, make_all, NULL);
}
