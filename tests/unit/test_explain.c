/*
 * test_explain.c - what messages mean: tests/explain/messages.txt with the causes of each,
 * tests/explain/none.txt, which nothing explains; the table itself; hosts; odd bytes; seen_as.
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

#include "whytls/checks.h"
#include "whytls/explain.h"
#include "whytls/text.h"

enum { LINE_MAX_SIZE = 8192, FIRST_CAUSES = 3 };

/* \n and \t as they were pasted. */
static void unescape(char *text)
{
    char *to = text;
    for (const char *p = text; *p; p++) {
        bool is_escape = p[0] == '\\' && (p[1] == 'n' || p[1] == 't');
        *to++ = is_escape ? (p[1] == 'n' ? '\n' : '\t') : *p;
        p += is_escape;
    }
    *to = '\0';
}

static void explain(const char *text, struct explained *e)
{
    explain_text(text, strlen(text), e);
    assert_false(e->no_memory);
}

static bool is_among_first(const struct explained *e, const char *slug, size_t n)
{
    for (size_t i = 0; i < e->n_causes && i < FIRST_CAUSES; i++)
        if (strlen(e->causes[i]) == n && memcmp(e->causes[i], slug, n) == 0)
            return true;
    return false;
}

static bool has_causes(const struct explained *e, const char *slugs)
{
    bool has_all = *slugs != '\0';
    while (has_all && *slugs) {
        size_t n = strcspn(slugs, ",");
        has_all = is_among_first(e, slugs, n);
        slugs += n + (slugs[n] == ',');
    }
    return has_all;
}

/* ---- files of lines ---------------------------------------------------------------------------
 */

static size_t each_line(const char *path, bool (*is_right)(char *line))
{
    char line[LINE_MAX_SIZE];
    size_t n = 0, n_wrong = 0;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof(line), f)) {
        line[strcspn(line, "\n")] = '\0';
        if (!line[0] || line[0] == '#')
            continue;
        n++;
        if (!is_right(line)) {
            print_message("wrong: %s\n", line);
            n_wrong++;
        }
    }
    fclose(f);
    assert_int_equal(n_wrong, 0);
    return n;
}

static bool is_explained(char *line)
{
    struct explained e;
    char *text = strchr(line, '\t');
    assert_non_null(text);
    *text++ = '\0';
    unescape(text);
    explain(text, &e);
    return has_causes(&e, line);
}

static bool is_not_explained(char *line)
{
    struct explained e;
    unescape(line);
    explain(line, &e);
    return e.n_matches == 0 && e.n_causes == 0;
}

static void test_messages(void **state)
{
    (void)state;
    assert_true(each_line("tests/explain/messages.txt", is_explained) >= 300);
}

static void test_none(void **state)
{
    (void)state;
    assert_true(each_line("tests/explain/none.txt", is_not_explained) >= 100);
}

/* ---- the table --------------------------------------------------------------------------------
 */

static void check_row(const struct message *m)
{
    assert_non_null(m->program);
    assert_true(m->pattern[0] && m->kind->means[0] && m->kind->check[0]);
    assert_true(text_is_clean(m->pattern, strlen(m->pattern)));
    assert_non_null(m->kind->causes[0]);
    for (size_t i = 0; m->kind->causes[i]; i++)
        assert_non_null(cause_find(m->kind->causes[i]));
    for (const struct message *other = explain_messages; other != m; other++)
        assert_string_not_equal(other->id, m->id);
}

static void test_table(void **state)
{
    size_t n = 0;
    (void)state;
    for (const struct message *m = explain_messages; m->id; m++, n++)
        check_row(m);
    assert_true(n >= 330);
}

/* A pattern explains itself, in letters of any case: with what it means, or something closer. */
static void test_each_pattern(void **state)
{
    (void)state;
    for (const struct message *m = explain_messages; m->id; m++) {
        char text[512];
        struct explained e;
        if (m->is_like || m->is_wide)
            continue;
        snprintf(text, sizeof(text), "openssl error:\n  %s", m->pattern);
        explain(text, &e);
        if (e.n_matches == 0)
            print_message("nothing explains %s\n", m->id);
        assert_true(e.n_matches > 0);
    }
}

static void test_codes(void **state)
{
    struct explained e;
    (void)state;
    for (const struct message *m = explain_messages; m->id; m++)
        for (size_t i = 0; m->codes[i]; i++) {
            if (strncmp(m->codes[i], "0x8", 3) != 0)
                continue;
            char text[64];
            unsigned long code = strtoul(m->codes[i], NULL, 16);
            snprintf(text, sizeof(text), "HRESULT: %lld", (long long)code - (1LL << 32));
            explain(text, &e);
            assert_true(e.n_matches > 0);
        }
    explain("untrustedroot", &e);
    assert_string_equal(e.causes[0], "chain.unknown-authority");
    explain("Cert_Weak_Signature_Algorithm", &e);
    assert_string_equal(e.causes[0], "chain.weak-signature");
}

/* ---- the rest ---------------------------------------------------------------------------------
 */

static void test_hosts(void **state)
{
    static const struct {
        const char *text, *host;
    } rows[] = {
        {"curl: (60) SSL certificate problem: https://curl.se/docs/sslcerts.html", ""},
        {"fatal: unable to access 'https://Git.acme.example:8443/a.git/': SSL",
         "git.acme.example:8443"},
        {"HTTPSConnectionPool(host='api.acme.example', port=8443): certificate",
         "api.acme.example:8443"},
        {"javax.net.ssl.SSLException at sun.security.ssl.Alert(Alert.java:131)", ""},
        {"x509: certificate is valid for a.hosting.example, not b.acme.example",
         "a.hosting.example"},
        {"dial tcp 192.0.2.7:6443: TLS handshake timeout", "192.0.2.7:6443"},
        {"https://[2001:db8::1]:8443/ SSL handshake failed", "[2001:db8::1]:8443"},
        {"ssl.c:1129 requests.exceptions.SSLError in /usr/lib/x/adapters.py", ""},
        {"https://$(reboot)/ handshake failed", ""},
        {"https://-rf.example/ handshake failed", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct explained e;
        explain(rows[i].text, &e);
        assert_string_equal(e.host, rows[i].host);
    }
}

static void test_bounds(void **state)
{
    enum { BYTES = 1 << 20 };
    struct explained e;
    char *text = malloc(BYTES);
    (void)state;
    assert_non_null(text);
    memset(text, 'a', BYTES);
    explain_text(text, BYTES, &e);
    assert_int_equal(e.n_matches, 0);
    for (size_t i = 0; i < BYTES; i++)
        text[i] = "certificate "[i % 12];
    explain_text(text, BYTES, &e);
    for (size_t i = 0; i < BYTES; i++)
        text[i] = (char)(i * 2654435761u >> 13);
    explain_text(text, BYTES, &e);
    explain_text("", 0, &e);
    assert_int_equal(e.n_matches, 0);
    /* It stands at the end of a long log. */
    memset(text, '\n', EXPLAIN_MAX_TEXT);
    static const char last[] = "SSL: certificate has expired";
    memcpy(text + EXPLAIN_MAX_TEXT - strlen(last), last, strlen(last));
    explain_text(text, EXPLAIN_MAX_TEXT, &e);
    assert_string_equal(e.causes[0], "chain.expired");
    free(text);
}

static void test_likeness_is_said(void **state)
{
    struct explained e;
    (void)state;
    explain("connect interrogation of established ssl session vs. policy failed", &e);
    assert_int_equal(e.matches[0].by, EXPLAINED_BY_LIKENESS);
    explain("NET::ERR_CERT_REVOKED", &e);
    assert_int_not_equal(e.matches[0].by, EXPLAINED_BY_LIKENESS);
    explain("unable to get local iss", &e);
    assert_int_equal(e.matches[0].by, EXPLAINED_BY_LIKENESS);
}

static void test_handshake_alone(void **state)
{
    static const char *const causes[] = {
        "clock.behind",          "client.one-program",         "protocol.server-too-old",
        "cipher.none-in-common", "chain.missing-intermediate", "name.sni-needed",
        "between.known-product", "edge.origin-handshake"};
    struct explained e;
    (void)state;
    explain("SSL handshake failed", &e);
    assert_int_equal(e.n_causes, sizeof(causes) / sizeof(causes[0]));
    for (size_t i = 0; i < e.n_causes; i++)
        assert_string_equal(e.causes[i], causes[i]);
    assert_non_null(strstr(e.matches[0].message->kind->check, "start a walk"));
}

static void test_seen_as(void **state)
{
    char seen[EXPLAIN_MAX_SEEN][EXPLAIN_SEEN_SIZE];
    (void)state;
    assert_int_equal(explain_seen_as("chain.expired", seen), 3);
    assert_string_equal(seen[0], "Chrome: NET::ERR_CERT_DATE_INVALID");
    assert_string_equal(seen[1], "Firefox: SEC_ERROR_EXPIRED_CERTIFICATE");
    assert_string_equal(seen[2], "curl: (60) SSL certificate problem: certificate has expired");
    assert_int_equal(explain_seen_as("works", seen), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages),        cmocka_unit_test(test_none),
        cmocka_unit_test(test_table),           cmocka_unit_test(test_each_pattern),
        cmocka_unit_test(test_codes),           cmocka_unit_test(test_hosts),
        cmocka_unit_test(test_bounds),          cmocka_unit_test(test_likeness_is_said),
        cmocka_unit_test(test_handshake_alone), cmocka_unit_test(test_seen_as),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
