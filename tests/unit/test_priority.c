/*
 * test_priority.c - every client's settings, and every row of the offers table, make a string
 * that GnuTLS takes and that offers just what the masks say.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <gnutls/gnutls.h>

#include "probe/priority.h"

static gnutls_priority_t priority_of(const struct settings *s)
{
    struct buf text;
    gnutls_priority_t p = NULL;
    const char *where = NULL;
    buf_init(&text, PRIORITY_MAX);
    priority_write(&text, s);
    assert_false(text.failed);
    assert_memory_equal(buf_text(&text), "NONE:+CTYPE-X509:+COMP-NULL", 27);
    if (gnutls_priority_init(&p, buf_text(&text), &where) != 0)
        fail_msg("refused at '%s' of %s", where, buf_text(&text));
    buf_fini(&text);
    return p;
}

static unsigned versions_in(gnutls_priority_t p)
{
    const unsigned *list;
    return (unsigned)gnutls_priority_protocol_list(p, &list);
}

static size_t count_bits(uint32_t mask)
{
    size_t n = 0;
    for (; mask; mask &= mask - 1)
        n++;
    return n;
}

static void takes_every_client(void **state)
{
    (void)state;
    for (size_t i = 0; client_at(i); i++) {
        const struct client *c = client_at(i);
        struct settings s = {.small_hello = c->small_hello};
        memcpy(s.offers, c->offers, sizeof(s.offers));
        gnutls_priority_t p = priority_of(&s);
        assert_int_equal(versions_in(p), count_bits(c->offers[OFFER_LIST_VERSION]));
        gnutls_priority_deinit(p);
    }
}

static struct settings all_of_everything(void)
{
    struct settings s = {0};
    for (int list = 0; list < OFFER_LIST_COUNT; list++)
        s.offers[list] = offer_all((enum offer_list)list);
    return s;
}

static void takes_all_at_once(void **state)
{
    struct settings s = all_of_everything();
    gnutls_priority_t p = priority_of(&s);
    const unsigned *list;
    (void)state;
    assert_int_equal(gnutls_priority_protocol_list(p, &list), 4);
    assert_int_equal(list[0], GNUTLS_TLS1_3); /* the newest first */
    assert_int_equal(list[3], GNUTLS_TLS1_0);
    assert_int_equal(gnutls_priority_group_list(p, &list), count_bits(s.offers[OFFER_LIST_GROUP]));
    assert_int_equal(gnutls_priority_sign_list(p, &list),
                     count_bits(s.offers[OFFER_LIST_SIGNATURE]));
    assert_int_equal(gnutls_priority_kx_list(p, &list), count_bits(s.offers[OFFER_LIST_KX]));
    assert_int_equal(gnutls_priority_mac_list(p, &list), count_bits(s.offers[OFFER_LIST_MAC]));
    assert_int_equal(gnutls_priority_cipher_list(p, &list),
                     count_bits(s.offers[OFFER_LIST_CIPHER]));
    gnutls_priority_deinit(p);
}

/* Each row taken away takes just one thing away: no keyword is accepted and then ignored. */
static void every_row_counts(void **state)
{
    (void)state;
    for (int o = 0; o < OFFER_COUNT; o++) {
        enum offer_list list = offer_row((enum offer)o)->list;
        struct settings s = all_of_everything();
        const unsigned *ids;
        s.offers[list] &= ~offer_bit((enum offer)o);
        gnutls_priority_t p = priority_of(&s);
        int n = list == OFFER_LIST_VERSION  ? gnutls_priority_protocol_list(p, &ids)
                : list == OFFER_LIST_KX     ? gnutls_priority_kx_list(p, &ids)
                : list == OFFER_LIST_CIPHER ? gnutls_priority_cipher_list(p, &ids)
                : list == OFFER_LIST_MAC    ? gnutls_priority_mac_list(p, &ids)
                : list == OFFER_LIST_GROUP  ? gnutls_priority_group_list(p, &ids)
                                            : gnutls_priority_sign_list(p, &ids);
        assert_int_equal(n, count_bits(s.offers[list]));
        gnutls_priority_deinit(p);
    }
}

static void offers_nothing_of_itself(void **state)
{
    struct settings s = {0};
    const unsigned *list;
    gnutls_priority_t p = priority_of(&s);
    (void)state;
    assert_int_equal(gnutls_priority_protocol_list(p, &list), 0);
    assert_int_equal(gnutls_priority_cipher_list(p, &list), 0);
    assert_int_equal(gnutls_priority_group_list(p, &list), 0);
    gnutls_priority_deinit(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_every_client),
        cmocka_unit_test(takes_all_at_once),
        cmocka_unit_test(every_row_counts),
        cmocka_unit_test(offers_nothing_of_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
