/*
 * test_settings.c - offers, changes and clients: tables that the probes and the case file rest on.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "whytls/settings.h"

static void test_bits_number_the_rows_of_a_list(void **state)
{
    uint32_t seen[OFFER_LIST_COUNT] = {0};
    enum offer_list last = OFFER_LIST_VERSION;

    (void)state;
    for (unsigned o = 0; o < OFFER_COUNT; o++) {
        enum offer_list list = offer_row(o)->list;

        assert_true(list >= last); /* rows of a list stand together: clients.def counts on it */
        last = list;
        assert_int_equal(offer_bit(o), seen[list] + 1);
        seen[list] |= offer_bit(o);
    }
    for (unsigned l = 0; l < OFFER_LIST_COUNT; l++) {
        assert_true(seen[l] != 0);
        assert_int_equal(seen[l], offer_all(l));
    }
    assert_int_equal(offer_bit(OFFER_VERSION_TLS13), 8);
    assert_int_equal(offer_bit(OFFER_GROUP_P256), 2);
    assert_int_equal(offer_bit(OFFER_COUNT), 0);
}

static void test_offers_are_found_by_both_names(void **state)
{
    (void)state;
    for (unsigned o = 0; o < OFFER_COUNT; o++) {
        const struct offer_row *row = offer_row(o);

        assert_int_equal(offer_find(row->list, row->name), o);
        assert_int_equal(offer_find(row->list, row->keyword), o);
        assert_int_equal(strchr("+-!%", row->keyword[0]) != NULL, 0);
    }
    assert_int_equal(offer_find(OFFER_LIST_CIPHER, "X25519"), OFFER_COUNT);
    assert_int_equal(offer_find(OFFER_LIST_CIPHER, ""), OFFER_COUNT);
    assert_string_equal(offer_version_name(0x0303), "TLS 1.2");
    assert_string_equal(offer_version_name(0x0300), "SSL 3.0");
    assert_string_equal(offer_version_name(0x0305), "");
    assert_string_equal(offer_version_name(0), "");
    assert_string_equal(offer_list_name(OFFER_LIST_KX), "kx");
    assert_string_equal(offer_list_name(OFFER_LIST_COUNT), "");
}

static void test_every_setting_counts(void **state)
{
    const struct settings base = {.address = "127.0.0.1", .port = 443};
    struct settings b = base;

    (void)state;
    assert_true(settings_equal(&base, &b));
    strcpy(b.server_name + 100, "rest"); /* behind the NUL */
    assert_true(settings_equal(&base, &b));
#define DIFFERS(change)                                                                            \
    b = base;                                                                                      \
    change;                                                                                        \
    assert_false(settings_equal(&base, &b))
    DIFFERS(b.address[0] = '2');
    DIFFERS(b.port = 444);
    DIFFERS(b.server_name[0] = 'a');
    for (unsigned l = 0; l < OFFER_LIST_COUNT; l++) {
        DIFFERS(b.offers[l] = 1);
    }
    DIFFERS(b.dh_min_bits = 1);
    DIFFERS(b.small_hello = true);
    DIFFERS(b.late_card = true);
    DIFFERS(b.client_certificate = CLIENT_CERTIFICATE_GIVEN);
    DIFFERS(b.alpn = ALPN_NONE);
    DIFFERS(b.speak = SPEAK_LISTEN);
    DIFFERS(b.service = SERVICE_OTHER);
#undef DIFFERS
}

static bool offers(const struct client *c, enum offer o)
{
    return (c->offers[offer_row(o)->list] & offer_bit(o)) != 0;
}

static void test_clients_are_complete(void **state)
{
    const struct client *c = NULL;
    size_t n = 0;

    (void)state;
    for (n = 0; (c = client_at(n)) != NULL; n++) {
        assert_ptr_equal(client_find(c->id), c); /* ids differ */
        assert_true(strlen(c->name) > 0);
        for (unsigned l = 0; l < OFFER_LIST_COUNT; l++) {
            assert_int_equal(c->offers[l] & ~offer_all(l), 0);
            assert_true(c->offers[l] != 0 || l == OFFER_LIST_GROUP);
        }
        /* An elliptic key exchange needs a curve. */
        assert_true(c->offers[OFFER_LIST_GROUP] != 0 ||
                    !(offers(c, OFFER_KX_ECDHE_RSA) || offers(c, OFFER_KX_ECDHE_ECDSA)));
        assert_false(offers(c, OFFER_KX_ANON_DH) || offers(c, OFFER_KX_ANON_ECDH));
        assert_int_equal(c->is_old, !offers(c, OFFER_VERSION_TLS13));
    }
    assert_int_equal(n, 7);
    assert_null(client_find("no such"));
    assert_null(client_find(""));
}

static void test_clients_are_who_they_say(void **state)
{
    const struct client *current = client_find("current"), *xp = client_find("windows-xp"),
                        *java7 = client_find("java-7"), *older = client_find("older");

    (void)state;
    assert_true(offers(current, OFFER_VERSION_TLS12) && offers(current, OFFER_VERSION_TLS13));
    assert_false(offers(current, OFFER_VERSION_TLS11) || offers(current, OFFER_CIPHER_TRIPLE_DES));
    assert_true(offers(current, OFFER_SIGNATURE_PSS_PSS_SHA512));
    assert_false(offers(current, OFFER_SIGNATURE_RSA_SHA1) ||
                 offers(current, OFFER_SIGNATURE_ECDSA_SHA1) ||
                 offers(current, OFFER_SIGNATURE_DSA_SHA256));
    assert_int_equal(current->dh_min_bits, 2048);
    assert_true(current->sends_name && !current->small_hello);
    assert_false(xp->sends_name);
    assert_true(offers(xp, OFFER_CIPHER_RC4) && !offers(xp, OFFER_CIPHER_AES_128_CBC));
    assert_false(offers(java7, OFFER_VERSION_TLS12));
    assert_int_equal(java7->dh_min_bits, 0);
    assert_true(offers(older, OFFER_VERSION_TLS12) && offers(older, OFFER_SIGNATURE_RSA_SHA1));
    assert_true(older->small_hello && older->dh_min_bits == 1024);
}

static void test_changes_have_words(void **state)
{
    (void)state;
    assert_true(CHANGE_COUNT <= 32); /* a set of them is an unsigned */
    for (unsigned a = 0; a < CHANGE_COUNT; a++) {
        assert_true(strlen(change_id(a)) > 0 && strlen(change_words(a)) > 0);
        for (unsigned b = 0; b < a; b++) {
            assert_string_not_equal(change_id(a), change_id(b));
        }
    }
    assert_string_equal(change_id(CHANGE_NO_NAME), "no-name");
    assert_string_equal(change_id(CHANGE_COUNT), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bits_number_the_rows_of_a_list),
        cmocka_unit_test(test_offers_are_found_by_both_names),
        cmocka_unit_test(test_every_setting_counts),
        cmocka_unit_test(test_clients_are_complete),
        cmocka_unit_test(test_clients_are_who_they_say),
        cmocka_unit_test(test_changes_have_words),
    };

    return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
