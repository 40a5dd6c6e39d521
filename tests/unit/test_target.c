/*
 * test_target.c - what people type as a target is understood, and what is none is refused.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "whytls/session.h"
#include "whytls/text.h"

static const struct {
    const char *typed, *host, *ascii;
    unsigned port;
    enum service service;
    bool is_address;
} good[] = {
    {"shop.example", "shop.example", "shop.example", 443, SERVICE_HTTPS, false},
    {"  Shop.Example.  ", "shop.example", "shop.example", 443, SERVICE_HTTPS, false},
    {"shop.example:8443", "shop.example", "shop.example", 8443, SERVICE_HTTPS, false},
    {"https://shop.example/a?b#c", "shop.example", "shop.example", 443, SERVICE_HTTPS, false},
    {"HTTPS://user:pw@shop.example:444/", "shop.example", "shop.example", 444, SERVICE_HTTPS,
     false},
    {"IMAPS://MAIL.ISTANBUL.EXAMPLE", "mail.istanbul.example", "mail.istanbul.example", 993,
     SERVICE_IMAPS, false},
    {"mail.example:993", "mail.example", "mail.example", 993, SERVICE_IMAPS, false},
    {"smtps://mail.example", "mail.example", "mail.example", 465, SERVICE_SMTPS, false},
    {"127.0.0.1", "127.0.0.1", "127.0.0.1", 443, SERVICE_HTTPS, true},
    {"127.0.0.1:8443", "127.0.0.1", "127.0.0.1", 8443, SERVICE_HTTPS, true},
    {"[::1]:8443", "::1", "::1", 8443, SERVICE_HTTPS, true},
    {"::1", "::1", "::1", 443, SERVICE_HTTPS, true},
    {"https://[2001:db8::1]/", "2001:db8::1", "2001:db8::1", 443, SERVICE_HTTPS, true},
    {"b\xc3\xbc"
     "cher.example",
     "b\xc3\xbc"
     "cher.example",
     "xn--bcher-kva.example", 443, SERVICE_HTTPS, false},
    {"my_host.example", "my_host.example", "my_host.example", 443, SERVICE_HTTPS, false},
    {"fe80::1%eth0", "fe80::1%eth0", "fe80::1%eth0", 443, SERVICE_HTTPS, true},
    {"[fe80::1%br-lan.7]:993", "fe80::1%br-lan.7", "fe80::1%br-lan.7", 993, SERVICE_IMAPS, true},
    {"::ffff:192.0.2.1", "::ffff:192.0.2.1", "::ffff:192.0.2.1", 443, SERVICE_HTTPS, true},
    {"https://[::FFFF:192.0.2.1]:8443/", "::ffff:192.0.2.1", "::ffff:192.0.2.1", 8443,
     SERVICE_HTTPS, true},
    {"https://u:p@[::1]:444/", "::1", "::1", 444, SERVICE_HTTPS, true},
    {"https://bank.example@shop.example/", "shop.example", "shop.example", 443, SERVICE_HTTPS,
     false},
    {"localhost", "localhost", "localhost", 443, SERVICE_HTTPS, false},
    /* What a paste brings along: marks of a sentence, blanks of all kinds, a byte order mark. */
    {"<https://shop.example/>", "shop.example", "shop.example", 443, SERVICE_HTTPS, false},
    {"\"shop.example\",", "shop.example", "shop.example", 443, SERVICE_HTTPS, false},
    {"(see) ", "see", "see", 443, SERVICE_HTTPS, false},
    {"(https://shop.example:8443).", "shop.example", "shop.example", 8443, SERVICE_HTTPS, false},
    {"\xe2\x80\x9cshop.example\xe2\x80\x9d", "shop.example", "shop.example", 443, SERVICE_HTTPS,
     false},
    {"\xef\xbb\xbfshop.example\xc2\xa0\t", "shop.example", "shop.example", 443, SERVICE_HTTPS,
     false},
    {"\xe2\x80\x8bshop.example\xe3\x80\x80\r\n", "shop.example", "shop.example", 443, SERVICE_HTTPS,
     false},
    {"<[::1]:8443>", "::1", "::1", 8443, SERVICE_HTTPS, true},
    /* A space in the path is the page's, not the address's. */
    {"https://shop.example/a b", "shop.example", "shop.example", 443, SERVICE_HTTPS, false},
    /* Short forms of inet_aton, as browsers have them, and digits in other letters. */
    {"127.1", "127.0.0.1", "127.0.0.1", 443, SERVICE_HTTPS, true},
    {"127.0.1:8443", "127.0.0.1", "127.0.0.1", 8443, SERVICE_HTTPS, true},
    {"https://10.65535/", "10.0.255.255", "10.0.255.255", 443, SERVICE_HTTPS, true},
    {"\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1", "127.0.0.1", "127.0.0.1", 443, SERVICE_HTTPS,
     true},
    {"0.0.0.3", "0.0.0.3", "0.0.0.3", 443, SERVICE_HTTPS, true},
    {"web3", "web3", "web3", 443, SERVICE_HTTPS, false},
    {"3com.example", "3com.example", "3com.example", 443, SERVICE_HTTPS, false},
    {"imap:993", "imap", "imap", 993, SERVICE_IMAPS, false},
};

static void test_targets_are_understood(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        struct target t = {0};
        char error[160] = "";
        if (!target_parse(good[i].typed, &t, error, sizeof(error)))
            fail_msg("%s: %s", good[i].typed, error);
        assert_string_equal(t.host, good[i].host);
        assert_string_equal(t.ascii, good[i].ascii);
        assert_int_equal(t.port, good[i].port);
        assert_int_equal(t.service, good[i].service);
        assert_int_equal(t.is_address, good[i].is_address);
    }
}

static const char *const bad[] = {
    "",
    "   ",
    "shop.example:0",
    "shop.example:65536",
    "shop.example:http",
    "[::1",
    "[shop]:443",
    "http://a.example",
    "smtp://a.example",
    "gopher://a.example",
    "a b",
    ".example",
    "a..example",
    "shop.example:-1",
    "\x1b[31m.example",
    "https://",
    "shop.example:443x",
    /* An address, and then something: what is left of it when it is cut is an address. */
    "20:27::1\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96"
    "\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96"
    "\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96",
    "[::"
    "1\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96"
    "\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96"
    "\x96"
    "\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96\x96]:443",
    "fe80::1%",
    "fe80::1%\x96",
    "fe80::1%a b",
    "fe80::1%eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0",
    "[fe80::1%eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0]:443",
    "127.0.0.1%eth0",
    "[127.0.0.1]:443",
    "[::ffff:192.0.2.256]",
    "[::1]443",
    "[::1]:443]",
    "shop.example:4294967739", /* 2^32 + 443 */
    "shop.example:18446744073709552059",
    "shop.example:99999999999999999999999999999999999999999",
    "shop.example: 443",
    "shop.example:+443",
    "https://shop.example@",
    "https://shop.example@:443/",
    "b\xc3.example",
    "\xff\xfe.example",
    /* numbers that are no address, or that two readers read in two ways */
    "3",
    " 3 ",
    "3:443",
    "https://3/",
    "\xef\xbc\x93",
    "4294967295",
    "0x7f",
    "0x7f.1",
    "0x7F000001",
    "127.0x1",
    "010.0.0.1",
    "127.0.0.01",
    "256.1.1.1",
    "1.2.3.256",
    "1.256.1",
    "1.2.65536",
    "1.16777216",
    "1.2.3.4.5",
    "shop.1",
    "shop.0x1f",
    "1.2.3.99999999999999999999",
    /* words, lines of a log, several lines */
    "curl: (60) SSL certificate problem: certificate has expired",
    "GET https://shop.example/",
    "https://shop.example and so on",
    "shop.example\tfails",
    "shop.example\xc2\xa0"
    "fails",
    "shop.example\nmail.example",
    "2026-11-29T10:00:00Z ERROR handshake",
    /* what is not seen is not dropped from the middle of a name */
    "shop\xe2\x80\x8b.example",
    "shop\xc2\xad.example",
    "https:",
    "https:/shop.example",
    "smtp:mail.example",
    "<>",
    "\"\"",
};

static void test_what_is_no_target_is_refused_with_a_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct target t = {0};
        char error[160] = "";
        if (target_parse(bad[i], &t, error, sizeof(error)))
            fail_msg("taken for a target: %s", bad[i]);
        assert_true(error[0] != '\0');
        assert_string_equal(t.ascii, "");
        assert_true(text_is_clean(t.host, strlen(t.host)));
        assert_true(text_is_clean(t.typed, strlen(t.typed)));
    }
}

static void test_a_target_that_is_too_long_is_refused(void **state)
{
    (void)state;
    char text[4096];
    memset(text, 'a', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    struct target t = {0};
    char error[160];
    assert_false(target_parse(text, &t, error, sizeof(error)));
    text[300] = '\0';
    assert_false(target_parse(text, &t, error, sizeof(error)));
}

/* Of letters whose A-label is longer than a name may be. */
static void test_a_long_name_of_other_letters_is_refused(void **state)
{
    (void)state;
    for (size_t letters = 20; letters < 250; letters += 10) {
        char text[1024] = "", error[160] = "";
        struct target t = {0};
        for (size_t i = 0; i < letters; i++)
            memcpy(text + 2 * i, i % 15 == 14 ? ".x" : i % 2 ? "\xc3\xbc" : "\xc3\xb6", 2);
        bool is_taken = target_parse(text, &t, error, sizeof(error));
        assert_true(is_taken ? strlen(t.ascii) <= 253 : !t.ascii[0]);
        assert_true(is_taken || letters > 100);
        assert_true(!is_taken || letters < 200);
        assert_true(text_is_clean(t.ascii, strlen(t.ascii)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_targets_are_understood),
        cmocka_unit_test(test_what_is_no_target_is_refused_with_a_reason),
        cmocka_unit_test(test_a_target_that_is_too_long_is_refused),
        cmocka_unit_test(test_a_long_name_of_other_letters_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
