/*
 * test_banner.c - first bytes that services really send, and some that must not be taken for one.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "probe/http.h"
#include "whytls/text.h"

struct greeting {
    const char *bytes;
    size_t n;
    enum protocol protocol;
    const char *banner;
};

#define GREETING(text, what, shown)                                                                \
    {                                                                                              \
        text, sizeof(text) - 1, PROTOCOL_##what, shown                                             \
    }

static const struct greeting greetings[] = {
    GREETING("HTTP/1.1 400 Bad Request\r\nServer: x\r\n", HTTP, "HTTP/1.1 400 Bad Request"),
    GREETING("<!DOCTYPE HTML>\n<html>", HTTP, "<!DOCTYPE HTML>"),
    GREETING("<HTML><head>", HTTP, "<HTML><head>"),
    GREETING("SSH-2.0-OpenSSH_9.2p1\r\n", SSH, "SSH-2.0-OpenSSH_9.2p1"),
    GREETING("220 mail.example ESMTP Postfix\r\n", SMTP, "220 mail.example ESMTP Postfix"),
    GREETING("220 (vsFTPd 3.0.3)\r\n", FTP, "220 (vsFTPd 3.0.3)"),
    GREETING("220-FileZilla Server\r\n220 ftp", FTP, "220-FileZilla Server"),
    GREETING("500 5.5.1 Command unrecognized\r\n", SMTP, "500 5.5.1 Command unrecognized"),
    GREETING("* OK [CAPABILITY IMAP4rev1] ready\r\n", IMAP, "* OK [CAPABILITY IMAP4rev1] ready"),
    GREETING("+OK POP3 ready\r\n", POP3, "+OK POP3 ready"),
    GREETING("-ERR unknown command\r\n", REDIS, "-ERR unknown command"),
    GREETING("\x4a\0\0\0\x0a"
             "8.0.36-log\0\x01\x02\0\0",
             MYSQL, "8.0.36-log"),
    GREETING("\x45\0\0\0\xff\x6a\x04Host '10.0.0.1' is not allowed", MYSQL,
             "Host '10.0.0.1' is not allowed"),
    GREETING("E\0\0\0\x1cSFATAL\0C0A000\0", POSTGRESQL, "SFATAL"),
    GREETING("\x03\0\0\x13\x0e\xd0\0\0\x12\x34\0", RDP, ""),
    GREETING("RFB 003.008\n", VNC, "RFB 003.008"),
    GREETING("\x30\x0c\x02\x01\0\x78\x07\x0a\x01\x02\x04\0\x04\0", LDAP, ""),
    GREETING("\x30\x84\0\0\0\x28\x02\x01\0\x78\x84\0\0", LDAP, ""),
    GREETING("<?xml version='1.0'?><stream:stream>", XMPP, "<?xml version='1.0'?><stream:stream>"),
    GREETING("\xff\xfd\x18\xff\xfd\x20", TELNET, ""),
    GREETING("\x80\x03\0\0\x01", SSL2, ""),
    GREETING("\x84\x03\x04\0\x01\0\x02\x03\x03", SSL2, ""),
    GREETING("\0\0\0\0\0\0\0\0", UNKNOWN, ""),
    GREETING("hello there\n", UNKNOWN, "hello there"),
    GREETING("HTT", UNKNOWN, ""),
    GREETING("\x30", UNKNOWN, ""),
    GREETING("\x30\xff\x02", UNKNOWN, ""),
    GREETING("\x15\x03\x01\0\x02\x02\x28", NONE, ""), /* TLS: not ours to name */
};

static void knows_each_greeting(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(greetings) / sizeof(greetings[0]); i++) {
        const struct greeting *g = &greetings[i];
        char banner[96];
        enum protocol p = banner_classify((const uint8_t *)g->bytes, g->n, banner, sizeof(banner));
        assert_string_equal(protocol_id(p), protocol_id(g->protocol));
        assert_string_equal(banner, g->banner);
    }
}

static void says_nothing_of_nothing(void **state)
{
    char banner[8] = "x";
    (void)state;
    assert_int_equal(banner_classify((const uint8_t *)"", 0, banner, sizeof(banner)),
                     PROTOCOL_NONE);
    assert_string_equal(banner, "");
}

static void never_shows_what_a_terminal_obeys(void **state)
{
    static const char bytes[] = "SSH-2.0-\x1b[31mred\xe2\x80\xae\r\n";
    char banner[96];
    (void)state;
    banner_classify((const uint8_t *)bytes, sizeof(bytes) - 1, banner, sizeof(banner));
    assert_true(text_is_clean(banner, strlen(banner)));
    assert_null(strchr(banner, 0x1b));
}

/* Whatever the prefix of a greeting: no crash, a clean banner, and room is respected. */
static void survives_every_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(greetings) / sizeof(greetings[0]); i++) {
        for (size_t n = 0; n <= greetings[i].n; n++) {
            char banner[10];
            banner_classify((const uint8_t *)greetings[i].bytes, n, banner, sizeof(banner));
            assert_true(memchr(banner, 0, sizeof(banner)) != NULL);
            assert_true(text_is_clean(banner, strlen(banner)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_each_greeting),
        cmocka_unit_test(says_nothing_of_nothing),
        cmocka_unit_test(never_shows_what_a_terminal_obeys),
        cmocka_unit_test(survives_every_prefix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
