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

/* A row of the signatures may hold two keywords: GnuTLS keeps ECDSA of TLS 1.2 and 1.3 apart. */
static int keywords_in(const struct settings *s, enum offer_list list)
{
    int n = 0;
    for (int o = 0; o < OFFER_COUNT; o++) {
        const struct offer_row *row = offer_row((enum offer)o);
        if (row->list == list && (s->offers[list] & offer_bit((enum offer)o)))
            n += strchr(row->keyword, '+') ? 2 : 1;
    }
    return n;
}

static void takes_every_client(void **state)
{
    (void)state;
    for (size_t i = 0; client_at(i); i++) {
        const struct client *c = client_at(i);
        struct settings s = {.no_extensions = c->no_extensions};
        memcpy(s.offers, c->offers, sizeof(s.offers));
        gnutls_priority_t p = priority_of(&s);
        assert_int_equal(versions_in(p), count_bits(c->offers[OFFER_LIST_VERSION]));
        gnutls_priority_deinit(p);
    }
}

static int size_of(gnutls_priority_t p, enum offer_list list)
{
    const unsigned *ids;
    switch (list) {
    case OFFER_LIST_VERSION:
        return gnutls_priority_protocol_list(p, &ids);
    case OFFER_LIST_KX:
        return gnutls_priority_kx_list(p, &ids);
    case OFFER_LIST_CIPHER:
        return gnutls_priority_cipher_list(p, &ids);
    case OFFER_LIST_MAC:
        return gnutls_priority_mac_list(p, &ids);
    case OFFER_LIST_GROUP:
        return gnutls_priority_group_list(p, &ids);
    default:
        return gnutls_priority_sign_list(p, &ids);
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
    for (int o = 0; o < OFFER_LIST_COUNT; o++)
        assert_int_equal(size_of(p, (enum offer_list)o), keywords_in(&s, (enum offer_list)o));
    gnutls_priority_deinit(p);
}

/* Each row taken away takes just one thing away: no keyword is accepted and then ignored. */
static void every_row_counts(void **state)
{
    (void)state;
    for (int o = 0; o < OFFER_COUNT; o++) {
        enum offer_list list = offer_row((enum offer)o)->list;
        struct settings s = all_of_everything();
        if (o == OFFER_VERSION_TLS12)
            continue; /* GnuTLS drops TLS 1.3 where 1.2 is missing below it: see priority.c */
        s.offers[list] &= ~offer_bit((enum offer)o);
        gnutls_priority_t p = priority_of(&s);
        assert_int_equal(size_of(p, list), keywords_in(&s, list));
        gnutls_priority_deinit(p);
    }
}

static void offers_nothing_of_itself(void **state)
{
    struct settings s = {0};
    struct buf text;
    (void)state;
    buf_init(&text, PRIORITY_MAX);
    priority_write(&text, &s);
    assert_null(strchr(buf_text(&text) + 27, '+')); /* what priority_of found there, and no more */
    buf_fini(&text);
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
