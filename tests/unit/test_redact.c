/*
 * test_redact.c - what is redacted names nobody, and what names nobody stays as it is.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <cjson/cJSON.h>

#include "case_text.h"
#include "whytls/case.h"
#include "whytls/text.h"

/* What a certificate of CN=Secret Root, O=Secret Ltd, DNS:*.cdn.secret.test, IP, URI looks like. */
static const uint8_t telling_der[] = "\x30\x81\x94"
                                     "\x30\x23\x31\x12\x30\x10\x06\x03\x55\x04\x03\x0C\x09"
                                     "Root five"
                                     "\x31\x0D\x30\x0B\x06\x03\x55\x04\x0A\x13\x04"
                                     "ACME"
                                     "\x82\x03\x01\xFF\x02"
                                     "\x04\x44\x30\x42"
                                     "\x82\x11"
                                     "*.cdn.secret.test"
                                     "\x87\x04\xCB\x00\x71\x4D"
                                     "\x86\x1B"
                                     "http://crl.secret.test/five"
                                     "\x81\x0A"
                                     "a@five.org"
                                     "\x30\x22\x31\x0B\x30\x09\x06\x03\x55\x04\x0B\x0C\x02"
                                     "R3"
                                     "\x31\x13\x30\x11\x06\x03\x55\x04\x0A\x1E\x0A"
                                     "\0F\0i\0v\0e\0s";

static struct evidence *make_telling(void)
{
    struct evidence *ev = evidence_new();
    struct settings s = {.address = "203.0.113.10", .port = 443, .server_name = "shop.secret.test"};
    struct probe *p = NULL;

    assert_non_null(ev);
    ev->target.port = 443;
    strcpy(ev->target.typed, "https://ann:pw@shop.secret.test/private?x=secret");
    strcpy(ev->target.host, "caf\xC3\xA9.secret.test");
    strcpy(ev->target.ascii, "shop.secret.test");
    strcpy(ev->target.connect_to, "inner-secret");
    strcpy(ev->resolution.addresses[0], "203.0.113.10");
    strcpy(ev->resolution.addresses[1], "2001:db8::5ec");
    ev->resolution.n_addresses = 2;
    p = evidence_add_probe(ev, &s, 0);
    strcpy(p->events[0].text, "203.0.113.10:443, then [2001:db8::5ec]:443.");
    strcpy(p->events[1].text, "from 2001:db8::5ec: Other.Secret.Test. TLS 1.3 nginx/1.18.0");
    p->n_events = 2;
    strcpy(p->outcome.banner, "220 secretbox ESMTP");
    p->outcome.protocol = PROTOCOL_SMTP;
    strcpy(p->outcome.http_via, "1.1 secretproxy");
    strcpy(p->outcome.http_server, "nginx/1.18.0");
    strcpy(p->outcome.http_title, "Welcome to Secret Ltd");
    memcpy(p->outcome.first_bytes, "220 secretbox", 13);
    p->outcome.n_first_bytes = 13;
    p = evidence_add_probe(ev, &s, CHANGE_BIT(AGAIN));
    p->outcome.http_status = 400;
    strcpy(p->outcome.http_title, "No required SSL certificate was sent, ann@secret.test");
    memcpy(p->outcome.first_bytes, "\x16\x03\x03", 3);
    p->outcome.n_first_bytes = 3;
    p->outcome.chain[0] =
        (int16_t)evidence_add_certificate(ev, telling_der, sizeof telling_der - 1);
    p->outcome.n_chain = 1;
    assert_true(evidence_add_anchor(ev, "secret root", 11, ANCHOR_ADDED));
    evidence_add_fetch(ev, FETCH_KIND_ISSUER, "http://aia.secret.test/secret.crt", "")
        ->certificate = 0;
    evidence_add_fetch(ev, FETCH_KIND_OCSP, "http://aia.secret.test/ocsp", "SecretRequest");
    assert_int_equal(evidence_add_statement(ev, STATEMENT_OCSP, "secret word", 11), 0);
    strcpy(ev->facts.policies[0].file, "/home/secret/openssl.cnf");
    strcpy(ev->facts.policies[1].file, "/etc/ssl/openssl.cnf");
    return ev;
}

static void assert_hides(const struct evidence *ev, const char *text, const char *expected)
{
    struct redactor *v = redactor_new();
    struct buf b;

    assert_non_null(v);
    redactor_learn(v, ev);
    const struct redaction redaction = redactor_redaction(v, HIDE_ALL);
    assert_string_equal(redaction_text(&redaction, text, &b), expected);
    buf_fini(&b);
    redactor_free(v);
}

static void test_redacted_text_names_nobody(void **state)
{
    struct evidence *ev = make_telling();

    (void)state;
    assert_hides(ev, "", "");
    assert_hides(ev, "Nothing to hide: TLS 1.3.\n", "Nothing to hide: TLS 1.3.\n");
    assert_hides(ev, "You asked for SHOP.secret.test, (caf\xC3\xA9.secret.test).",
                 "You asked for host-1, (host-1).");
    assert_hides(ev, "whytls https://ann:pw@shop.secret.test/private?x=secret!", "whytls host-1!");
    assert_hides(ev, "203.0.113.10:443 and [2001:db8::5ec]:443", "addr-1:443 and [addr-2]:443");
    assert_hides(ev, "203.0.113.101", "203.0.113.101"); /* another one, which we do not know */
    assert_hides(ev, "by inner-secret, not inner-secrets", "by host-2, not inner-secrets");
    assert_hides(ev, "www.shop.secret.test", "www.host-1");
    assert_hides(ev, "signed by \"Root five\" of ACME,\n  not acme",
                 "signed by \"org-1\" of org-2,\n  not acme");
    assert_hides(ev, "signed by Root five and R3, Fives", "signed by org-1 and org-4, org-5");
    assert_hides(ev, "The title is Welcome to Secret Ltd.", "The title is text-2.");
    evidence_free(ev);
}

static void test_redacted_case_names_nobody(void **state)
{
    static const char *const secrets[] = {"secret",    "203.0.113", "5ec",  "ACME",
                                          "Root five", "five.org",  "ann@", "736563726574"};
    struct evidence *ev = make_telling();
    struct redactor *v = redactor_new();

    (void)state;
    redactor_learn(v, ev);
    const struct redaction redaction = redactor_redaction(v, HIDE_ALL);
    char *hidden = print_case_redacted(ev, &redaction);
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        assert_null(strcasestr(hidden, secrets[i]));
    }
    assert_non_null(strstr(hidden, "\"schema\":\t\"whytls.case/1\""));
    assert_non_null(strstr(hidden, "\"host\":\t\"host-1\""));
    assert_non_null(strstr(hidden, "\"server_name\":\t\"host-1\""));
    assert_non_null(strstr(hidden, "\"http_server\":\t\"nginx/1.18.0\""));
    assert_null(
        strstr(hidden, "No required SSL certificate was sent"));     /* any word may be a name */
    assert_non_null(strstr(hidden, "\"first_bytes\":\t\"160303\"")); /* a TLS record stays */
    assert_non_null(strstr(hidden, "/etc/ssl/openssl.cnf"));
    assert_non_null(strstr(hidden, "\"der\":\t\"\""));
    /* Marked, so that nobody takes it for a case that can be walked. */
    assert_non_null(strstr(hidden, "\"redacted\":\ttrue"));
    free(hidden);
    redactor_free(v);
    evidence_free(ev);
}

static void add_attribute(struct buf *der, char kind, const char *text)
{
    char n = (char)strlen(text);

    buf_put(der, (char[]){0x30, (char)(n + 7), 0x06, 0x03, 0x55, 0x04, kind, 0x0C, n}, 9);
    buf_puts(der, text);
}

/* As a distinguished name has them: escaped, or as digits where their kind has no name. */
static void test_all_of_a_distinguished_name_is_hidden(void **state)
{
    struct evidence *ev = evidence_new();
    struct buf der;

    (void)state;
    buf_init(&der, 1000);
    add_attribute(&der, 0x06, "IT"); /* a country */
    add_attribute(&der, 0x07,
                  "Secret\xC3\xBC"
                  "burg"); /* a place */
    add_attribute(&der, 0x0A, "Five, Sons + \"Co\"");
    add_attribute(&der, 0x61, "Register 12");
    add_attribute(&der, 0x0B, "#Lab");
    assert_true(evidence_add_certificate(ev, buf_text(&der), der.len) >= 0);
    assert_hides(ev,
                 "OU=\\#Lab,O=Five\\, Sons \\+ \\\"Co\\\",L=Secret\xC3\xBC"
                 "burg,C=IT",
                 "OU=org-4,O=org-2,L=org-1,C=IT");
    assert_hides(ev, "by \"Five, Sons + \"Co\"\"", "by \"org-2\"");
    assert_hides(ev, "2.5.4.97=#0c0b5265676973746572203132,CN=x", "2.5.4.97=#text-2,CN=x");
    assert_hides(ev, "Ask your IT department.", "Ask your IT department.");
    buf_fini(&der);
    evidence_free(ev);
}

/* What was cut is known by its beginning: at the end of a text that is as long as an array of ours,
 * or where more of it is left than names have alike. */
static void test_half_a_name_is_hidden(void **state)
{
    struct evidence *ev = evidence_new();

    (void)state;
    strcpy(ev->target.host, "a-service-of-secret-company.example");
    strcpy(ev->target.ascii, ev->target.host);
    assert_hides(ev, "the name that is written on its certificate is for another: a-serv",
                 "the name that is written on its certificate is for another: host-1");
    assert_hides(ev, "for \"a-service-of-secret-compa\" it", "for \"host-1\" it");
    assert_hides(ev, "not a-service", "not a-service");
    assert_hides(ev, "a-service-of-secret-companies.example",
                 "a-service-of-secret-companies.example"); /* another one */
    evidence_free(ev);
}

/* Any word of a server may be a name: a title with two blanks, an error's too, a header. The names
 * of well-known programs, and the keywords of a policy, are nobody's. */
static void test_words_of_a_server_are_hidden_whole(void **state)
{
    struct evidence *ev = evidence_new();
    struct settings s = {.address = "203.0.113.10", .port = 443, .server_name = "www.five.example"};
    struct probe *p = evidence_add_probe(ev, &s, 0);

    (void)state;
    strcpy(p->outcome.http_title, "Five  Sons: no entry");
    p->outcome.http_status = 403;
    strcpy(p->outcome.http_server, "FiveServer");
    strcpy(p->outcome.http_via, "five-proxy");
    strcpy(p->outcome.alpn, "five/1");
    p->outcome.protocol = PROTOCOL_HTTP;
    strcpy(p->outcome.banner, "HTTP/1.1 403 Five");
    p = evidence_add_probe(ev, &s, CHANGE_BIT(AGAIN));
    strcpy(p->outcome.http_server, "nginx/1.18.0");
    strcpy(p->outcome.alpn, "h2");
    strcpy(ev->facts.policies[0].line, "CipherString = DEFAULT:@SECLEVEL=2");
    strcpy(ev->facts.policies[1].line, ".include = /srv/five/tls.cnf");
    strcpy(ev->facts.policies[1].file, "/etc/five/openssl.cnf");
    assert_hides(ev, "says \"Five  Sons: no entry\"", "says \"text-4\"");
    assert_hides(ev, "FiveServer five-proxy five/1", "text-2 text-3 text-5");
    assert_hides(ev, "HTTP/1.1 403 Five", "text-1");
    assert_hides(ev, "five.example or www.five.example", "host-2 or host-1");
    assert_hides(ev, "nginx/1.18.0, h2", "nginx/1.18.0, h2");
    assert_hides(ev, "CipherString = DEFAULT:@SECLEVEL=2", "CipherString = DEFAULT:@SECLEVEL=2");
    assert_hides(ev, ".include = /srv/five/tls.cnf", "text-6");
    assert_hides(ev, "in /etc/five/openssl.cnf", "in user-1");
    evidence_free(ev);
}

/* While a case grows, a name that was hidden keeps its number. */
static void test_a_redactor_keeps_its_numbers(void **state)
{
    struct evidence *ev = evidence_new();
    struct redactor *v = redactor_new();
    struct buf out;

    (void)state;
    assert_non_null(v);
    strcpy(ev->target.ascii, "shop.secret.test");
    strcpy(ev->target.host, "shop.secret.test");
    redactor_learn(v, ev);
    evidence_add_fetch(ev, FETCH_KIND_ISSUER, "http://a.secret.test/x", "");
    redactor_learn(v, ev);
    strcpy(ev->resolution.addresses[0],
           "203.0.113.9"); /* comes before the fetch in a fresh aliases */
    strcpy(ev->target.connect_to, "front.secret.test");
    ev->resolution.n_addresses = 1;
    redactor_learn(v, ev);
    redactor_learn_mine(v, "/home/ann");
    const struct redaction all = redactor_redaction(v, HIDE_ALL),
                           addresses = redactor_redaction(v, HIDE_ADDRESSES);
    assert_string_equal(
        redaction_text(
            &all, "shop.secret.test a.secret.test front.secret.test 203.0.113.9 /home/ann/x", &out),
        "host-1 host-2 host-3 addr-1 user-1/x");
    buf_fini(&out);
    assert_string_equal(redaction_text(&addresses, "shop.secret.test 203.0.113.9 /home/ann", &out),
                        "shop.secret.test addr-1 /home/ann");
    buf_fini(&out);
    redactor_free(v);
    evidence_free(ev);
}

/* What was hidden before stays as it is when it is hidden once more. */
static void test_hidden_is_not_hidden_again(void **state)
{
    struct evidence *ev = evidence_new();

    (void)state;
    strcpy(ev->target.ascii, "host-1");
    strcpy(ev->target.host, "host-1");
    strcpy(ev->resolution.addresses[0], "addr-7");
    ev->resolution.n_addresses = 1;
    assert_hides(ev, "host-1 at addr-7", "host-1 at addr-7");
    evidence_free(ev);
}

/* Names from certificates that are cut anywhere: no harm, and always an output. */
static void test_broken_certificates_do_no_harm(void **state)
{
    (void)state;
    for (size_t n = 1; n < sizeof telling_der; n++) {
        struct evidence *ev = evidence_new();

        assert_non_null(ev);
        assert_int_equal(evidence_add_certificate(ev, telling_der, n), 0);
        assert_hides(ev, "Nothing here.\n", "Nothing here.\n");
        evidence_free(ev);
    }
}

/* The common name of a certificate, 600 bytes: what is shown of it is cut, and names as well. */
static void test_what_was_cut_is_hidden_too(void **state)
{
    enum { NAME = 600 };
    uint8_t der[NAME + 32] = "\x30\x82\x02\x69\x31\x82\x02\x65\x30\x82\x02\x61"
                             "\x06\x03\x55\x04\x03\x0C\x82\x02\x58";
    enum { HEAD = 21 };
    char name[NAME + 1] = "", shown[128], text[1000], expected[1000];
    struct evidence *ev = evidence_new();

    (void)state;
    assert_non_null(ev);
    while (strlen(name) < NAME)
        strcat(name, "Secret Ltd of  ");
    memcpy(der + HEAD, name, NAME);
    assert_int_equal(evidence_add_certificate(ev, der, HEAD + NAME), 0);
    assert_hides(ev, name, "org-1");
    for (size_t size = 16; size < sizeof shown; size++) {
        text_clean_str_marked(shown, size, name);
        snprintf(text, sizeof text, "It is \"%s\", and so.", shown);
        snprintf(expected, sizeof expected, "It is \"org-1%s\", and so.", TEXT_CUT);
        assert_hides(ev, text, expected);
    }
    evidence_free(ev);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_redacted_text_names_nobody),
        cmocka_unit_test(test_redacted_case_names_nobody),
        cmocka_unit_test(test_broken_certificates_do_no_harm),
        cmocka_unit_test(test_all_of_a_distinguished_name_is_hidden),
        cmocka_unit_test(test_half_a_name_is_hidden),
        cmocka_unit_test(test_words_of_a_server_are_hidden_whole),
        cmocka_unit_test(test_a_redactor_keeps_its_numbers),
        cmocka_unit_test(test_hidden_is_not_hidden_again),
        cmocka_unit_test(test_what_was_cut_is_hidden_too),
    };

    return cmocka_run_group_tests_name("redact", tests, NULL, NULL);
}
