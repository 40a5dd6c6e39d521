/*
 * test_address.c - what kind of address it is, by the RFCs' own examples and by the edges of each
 * range; and where an address may lead to.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

#include "probe/fetch_guard.h"
#include "whytls/address.h"
#include "whytls/evidence.h"
#include "whytls/text.h"

static const struct {
    const char *address;
    enum address_kind kind;
} kinds[] = {
    {"1.1.1.1", ADDRESS_PUBLIC},
    {"9.255.255.255", ADDRESS_PUBLIC},
    {"11.0.0.0", ADDRESS_PUBLIC},
    {"100.63.255.255", ADDRESS_PUBLIC},
    {"100.128.0.0", ADDRESS_PUBLIC},
    {"126.255.255.255", ADDRESS_PUBLIC},
    {"128.0.0.0", ADDRESS_PUBLIC},
    {"168.63.129.17", ADDRESS_PUBLIC},
    {"169.253.255.255", ADDRESS_PUBLIC},
    {"169.255.0.0", ADDRESS_PUBLIC},
    {"172.15.255.255", ADDRESS_PUBLIC},
    {"172.32.0.0", ADDRESS_PUBLIC},
    {"192.0.1.0", ADDRESS_PUBLIC},
    {"192.0.2.1", ADDRESS_PUBLIC},
    {"192.167.255.255", ADDRESS_PUBLIC},
    {"192.169.0.0", ADDRESS_PUBLIC},
    {"198.17.255.255", ADDRESS_PUBLIC},
    {"198.20.0.0", ADDRESS_PUBLIC},
    {"198.51.100.1", ADDRESS_PUBLIC},
    {"203.0.113.1", ADDRESS_PUBLIC},
    {"223.255.255.255", ADDRESS_PUBLIC},
    {"10.0.0.0", ADDRESS_PRIVATE},
    {"10.255.255.255", ADDRESS_PRIVATE},
    {"100.64.0.0", ADDRESS_PRIVATE},
    {"100.127.255.255", ADDRESS_PRIVATE},
    {"172.16.0.0", ADDRESS_PRIVATE},
    {"172.31.255.255", ADDRESS_PRIVATE},
    {"192.0.0.1", ADDRESS_PRIVATE},
    {"192.168.0.0", ADDRESS_PRIVATE},
    {"192.168.255.255", ADDRESS_PRIVATE},
    {"198.18.0.0", ADDRESS_PRIVATE},
    {"198.19.255.255", ADDRESS_PRIVATE},
    {"127.0.0.0", ADDRESS_LOOPBACK},
    {"127.255.255.255", ADDRESS_LOOPBACK},
    {"169.254.0.0", ADDRESS_LINK_LOCAL},
    {"169.254.169.254", ADDRESS_LINK_LOCAL},
    {"100.100.100.200", ADDRESS_LINK_LOCAL},
    {"168.63.129.16", ADDRESS_LINK_LOCAL},
    {"192.0.0.192", ADDRESS_LINK_LOCAL},
    {"0.0.0.0", ADDRESS_NO_HOST},
    {"0.255.255.255", ADDRESS_NO_HOST},
    {"224.0.0.1", ADDRESS_NO_HOST},
    {"240.0.0.1", ADDRESS_NO_HOST},
    {"255.255.255.255", ADDRESS_NO_HOST},

    {"2606:4700::1111", ADDRESS_PUBLIC},
    {"2001:db8::1", ADDRESS_PUBLIC},
    {"3fff::1", ADDRESS_PUBLIC},
    {"fbff::1", ADDRESS_PUBLIC},
    {"fe00::1", ADDRESS_PUBLIC},
    {"100:0:0:2::1", ADDRESS_PUBLIC},
    {"2001:2:1::1", ADDRESS_PUBLIC},
    {"fc00::", ADDRESS_PRIVATE},
    {"fdff:ffff::1", ADDRESS_PRIVATE},
    {"fec0::1", ADDRESS_PRIVATE},
    {"feff::1", ADDRESS_PRIVATE},
    {"2001:2::1", ADDRESS_PRIVATE},
    {"5f00::1", ADDRESS_PRIVATE},
    {"::1", ADDRESS_LOOPBACK},
    {"fe80::1", ADDRESS_LINK_LOCAL},
    {"fe80::1%lo", ADDRESS_LINK_LOCAL},
    {"febf::1", ADDRESS_LINK_LOCAL},
    {"fd00:ec2::254", ADDRESS_LINK_LOCAL},
    {"fd20:ce::254", ADDRESS_LINK_LOCAL},
    {"::", ADDRESS_NO_HOST},
    {"100::1", ADDRESS_NO_HOST},
    {"100:0:0:1::1", ADDRESS_NO_HOST},
    {"ff02::1", ADDRESS_NO_HOST},

    /* By what they stand for. */
    {"::ffff:1.1.1.1", ADDRESS_PUBLIC},
    {"::ffff:10.0.0.1", ADDRESS_PRIVATE},
    {"::ffff:127.0.0.1", ADDRESS_LOOPBACK},
    {"::ffff:169.254.169.254", ADDRESS_LINK_LOCAL},
    {"::ffff:0.0.0.0", ADDRESS_NO_HOST},
    {"::ffff:0:1.1.1.1", ADDRESS_PUBLIC},
    {"::ffff:0:127.0.0.1", ADDRESS_LOOPBACK},
    {"::1.1.1.1", ADDRESS_PUBLIC},
    {"::127.0.0.1", ADDRESS_LOOPBACK},
    {"::2", ADDRESS_NO_HOST},
    {"64:ff9b::1.1.1.1", ADDRESS_PUBLIC},
    {"64:ff9b::192.168.1.1", ADDRESS_PRIVATE},
    {"64:ff9b::169.254.169.254", ADDRESS_LINK_LOCAL},
    {"64:ff9b:1::1.1.1.1", ADDRESS_PUBLIC},
    {"64:ff9b:1:fffe::10.0.0.1", ADDRESS_PRIVATE},
    {"64:ff9b:1::127.0.0.1", ADDRESS_LOOPBACK},
    {"64:ff9b:1:102:3:400::", ADDRESS_PUBLIC},            /* /48: 1.2.3.4 */
    {"64:ff9b:1:7f00:0:100::", ADDRESS_LOOPBACK},         /* /48: 127.0.0.1 */
    {"64:ff9b:1:120a:0:1::", ADDRESS_PRIVATE},            /* /56: 10.0.0.1; /48: 18.10.0.0 */
    {"64:ff9b:1:abcd:a9:fea9:100::", ADDRESS_LINK_LOCAL}, /* /64: 169.254.169.1 */
    {"64:ff9b:1::", ADDRESS_NO_HOST},
    {"2002:101:101::1", ADDRESS_PUBLIC},
    {"2002:a00:1::1", ADDRESS_PRIVATE},
    {"2002:7f00:1::", ADDRESS_LOOPBACK},
    {"2002:a9fe:a9fe::1", ADDRESS_LINK_LOCAL},
    {"2001:0:102:304::fefe:fefe", ADDRESS_PUBLIC},     /* Teredo: 1.1.1.1 by 1.2.3.4 */
    {"2001:0:102:304::80ff:fffe", ADDRESS_LOOPBACK},   /* 127.0.0.1 */
    {"2001:0:102:304::5601:5601", ADDRESS_LINK_LOCAL}, /* 169.254.169.254 */
    {"2001:0:a00:1::fefe:fefe", ADDRESS_PRIVATE},      /* by 10.0.0.1 */
    {"2606:4700::5efe:101:101", ADDRESS_PUBLIC},       /* ISATAP: 1.1.1.1 */
    {"2606:4700::5efe:a00:1", ADDRESS_PRIVATE},
    {"2606:4700::200:5efe:7f00:1", ADDRESS_LOOPBACK},
    {"2606:4700::300:5efe:a9fe:a9fe", ADDRESS_LINK_LOCAL},
    {"fe80::200:5efe:1.1.1.1", ADDRESS_LINK_LOCAL},
    {"fd00::5efe:1.1.1.1", ADDRESS_PRIVATE},

    {"", ADDRESS_NO_HOST},
    {"address-1", ADDRESS_NO_HOST},
    {"1.1", ADDRESS_NO_HOST},
    {"0x7f.0.0.1", ADDRESS_NO_HOST},
    {"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc", ADDRESS_NO_HOST},
};

static struct sockaddr_storage socket_address(const char *text, uint16_t port)
{
    struct sockaddr_storage out = {.ss_family = AF_INET};
    struct sockaddr_in a4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 a6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    if (inet_pton(AF_INET, text, &a4.sin_addr) == 1) {
        memcpy(&out, &a4, sizeof(a4));
    } else {
        assert_int_equal(inet_pton(AF_INET6, text, &a6.sin6_addr), 1);
        memcpy(&out, &a6, sizeof(a6));
    }
    return out;
}

static void each_address_is_of_its_kind(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const char *text = kinds[i].address;
        if (address_kind_of_text(text) != kinds[i].kind)
            fail_msg("%s is of kind %d", text, address_kind_of_text(text));
    }
}

static void private_is_what_the_user_has_himself(void **state)
{
    (void)state;
    assert_true(address_text_is_private("10.1.2.3"));
    assert_true(address_text_is_private("127.0.0.1"));
    assert_true(address_text_is_private("fe80::1%eth0"));
    assert_true(address_text_is_private("64:ff9b:1::10.0.0.1"));
    assert_false(address_text_is_private("192.0.2.1"));
    assert_false(address_text_is_private("fd-shop.example"));
    assert_false(address_text_is_private("address-1"));
}

/* ---- where to --------------------------------------------------------------------------- */

static bool may(const char *from, const char *to, uint16_t port)
{
    struct sockaddr_storage a = socket_address(to, port);
    return fetch_may_connect(address_kind_of_text(from), (const struct sockaddr *)&a);
}

/* For each kind of target: whom a fetch may reach. */
static void no_fetch_goes_to_what_is_more_guarded(void **state)
{
    static const char *const targets[] = {"192.0.2.1", "10.0.0.1", "127.0.0.1", "fe80::1",
                                          "0.0.0.0"};
    static const struct {
        const char *to, *allowed; /* y or n a target */
    } rows[] = {
        {"198.51.100.7", "yyyyy"},
        {"2001:db8::7", "yyyyy"},
        {"10.0.0.2", "nyyyn"},
        {"fd00::2", "nyyyn"},
        {"64:ff9b:1::10.0.0.2", "nyyyn"},
        {"127.0.0.1", "nnynn"},
        {"::1", "nnynn"},
        {"::ffff:127.0.0.1", "nnynn"},
        {"169.254.169.254", "nnnnn"},
        {"::ffff:169.254.169.254", "nnnnn"},
        {"fe80::2", "nnnnn"},
        {"0.0.0.0", "nnnnn"},
        {"::", "nnnnn"},
        {"224.0.0.1", "nnnnn"},
        {"255.255.255.255", "nnnnn"},
        {"fd00:ec2::254", "nnnnn"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (size_t k = 0; k < sizeof(targets) / sizeof(targets[0]); k++)
            if (may(targets[k], rows[i].to, 80) != (rows[i].allowed[k] == 'y'))
                fail_msg("from %s to %s", targets[k], rows[i].to);
    const struct sockaddr_un other = {.sun_family = AF_UNIX};
    assert_false(fetch_may_connect(ADDRESS_LOOPBACK, (const struct sockaddr *)&other));
}

static void no_fetch_goes_to_another_service(void **state)
{
    static const uint16_t others[] = {0,   1,   21,  22,  23,  25,   110,
                                      143, 465, 587, 993, 995, 6667, 10080};
    static const uint16_t webs[] = {80, 81, 442, 443, 2560, 8080, 8443, 65535};
    (void)state;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        assert_false(may("192.0.2.1", "192.0.2.1", others[i]));
        assert_false(may("127.0.0.1", "127.0.0.1", others[i]));
        assert_false(may("192.0.2.1", "2001:db8::1", others[i]));
    }
    for (size_t i = 0; i < sizeof(webs) / sizeof(webs[0]); i++)
        assert_true(may("192.0.2.1", "2001:db8::1", webs[i]));
}

/* ---- where the target answered ------------------------------------------------------------ */

static void add_probe(struct evidence *ev, const char *address, enum stage stage)
{
    struct settings s = {.port = 443};
    assert_true(text_copy(s.address, sizeof(s.address), address));
    struct probe *p = evidence_add_probe(ev, &s, 0);
    assert_non_null(p);
    p->outcome.stage = stage;
}

static void the_most_open_address_that_answered_counts(void **state)
{
    struct evidence *ev = evidence_new();
    (void)state;
    assert_int_equal(evidence_answered_at(ev), ADDRESS_NO_HOST);
    add_probe(ev, "192.0.2.1", STAGE_CONNECT); /* it did not */
    assert_int_equal(evidence_answered_at(ev), ADDRESS_NO_HOST);
    add_probe(ev, "127.0.0.1", STAGE_DONE);
    assert_int_equal(evidence_answered_at(ev), ADDRESS_LOOPBACK);
    add_probe(ev, "192.0.2.2", STAGE_HELLO);
    add_probe(ev, "127.0.0.1", STAGE_DONE);
    assert_int_equal(evidence_answered_at(ev), ADDRESS_PUBLIC);
    evidence_free(ev);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_address_is_of_its_kind),
        cmocka_unit_test(private_is_what_the_user_has_himself),
        cmocka_unit_test(no_fetch_goes_to_what_is_more_guarded),
        cmocka_unit_test(no_fetch_goes_to_another_service),
        cmocka_unit_test(the_most_open_address_that_answered_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
