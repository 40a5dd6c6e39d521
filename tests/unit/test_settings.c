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

#include "evidence/case_fields.h"
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

/* Another value for one member; the text of the longest kind, as the last byte counts too. */
static void change_member(const struct field *f, struct settings *s)
{
    char *at = (char *)s + f->offset;

    switch (f->kind) {
    case FIELD_TEXT:
        memset(at, 'a', f->size - 1);
        break;
    case FIELD_OFFERS:
        at[f->size - 1] ^= 1; /* of the last list */
        break;
    default:
        field_set(f, s, field_get(f, s) + 1);
        break;
    }
}

static void test_every_setting_counts(void **state)
{
    const struct settings base = {
        .address = "127.0.0.1", .port = 443, .host = "shop.example", .host_port = 444};
    struct settings b = base;

    (void)state;
    assert_true(settings_equal(&base, &b));
    strcpy(b.server_name + 100, "rest"); /* behind the NUL */
    assert_true(settings_equal(&base, &b));
    assert_true(settings_shape.n > 10);
    for (size_t i = 0; i < settings_shape.n; i++) {
        b = base;
        change_member(&settings_shape.fields[i], &b);
        if (settings_equal(&base, &b) || settings_equal(&b, &base)) {
            fail_msg("%s does not count", settings_shape.fields[i].name);
        }
    }
}

/* Older files do not say these: then they are no difference, and any other setting still is one. */
static void test_what_older_cases_do_not_say_is_no_difference(void **state)
{
    const struct settings base = {
        .address = "127.0.0.1", .port = 443, .host = "shop.example", .host_port = 444};
    struct settings older = base;

    (void)state;
    older.host[0] = '\0';
    older.host_port = 0;
    assert_true(settings_equal(&base, &older));
    assert_true(settings_equal(&older, &base));
    older.send_nothing = true;
    assert_false(settings_equal(&base, &older));
}

static size_t alignment_of(const struct field *f)
{
    return f->kind == FIELD_TEXT ? 1 : f->kind == FIELD_OFFERS ? sizeof(uint32_t) : f->size;
}

/* A member that has no row in the case file leaves a gap that no alignment explains. */
static void test_every_setting_has_a_row(void **state)
{
    size_t end = 0;

    (void)state;
    for (size_t taken = 0; taken < settings_shape.n; taken++) {
        const struct field *next = NULL;

        for (size_t i = 0; i < settings_shape.n; i++) {
            const struct field *f = &settings_shape.fields[i];

            if (f->offset >= end && (next == NULL || f->offset < next->offset)) {
                next = f;
            }
        }
        assert_non_null(next);
        if (next->offset !=
            (end + alignment_of(next) - 1) / alignment_of(next) * alignment_of(next)) {
            fail_msg("there is a member before %s that has no row", next->name);
        }
        end = next->offset + next->size;
    }
    assert_true(sizeof(struct settings) - end < sizeof(uint32_t));
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
    assert_true(current->sends_name && !current->no_extensions);
    assert_false(xp->sends_name);
    assert_true(offers(xp, OFFER_CIPHER_RC4) && !offers(xp, OFFER_CIPHER_AES_128_CBC));
    assert_false(offers(java7, OFFER_VERSION_TLS12));
    assert_int_equal(java7->dh_min_bits, 0);
    assert_true(offers(older, OFFER_VERSION_TLS12) && offers(older, OFFER_SIGNATURE_RSA_SHA1));
    assert_true(older->no_extensions && older->dh_min_bits == 1024);
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
        cmocka_unit_test(test_what_older_cases_do_not_say_is_no_difference),
        cmocka_unit_test(test_every_setting_has_a_row),
        cmocka_unit_test(test_clients_are_complete),
        cmocka_unit_test(test_clients_are_who_they_say),
        cmocka_unit_test(test_changes_have_words),
    };

    return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
