/*
 * test_issuers.c - the table of known issuers: products are found, public authorities never.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "unit/local_fixture.h"
#include "whytls/data.h"

struct row {
    const char *organisation, *name;
    enum issuer_kind kind;
    const char *product;
};

static void assert_found(const struct issuer_table *t, const struct row *row)
{
    struct issuer found;
    issuer_table_find(t, row->organisation, row->name, &found);
    if (found.kind != row->kind || strcmp(found.product, row->product) != 0)
        fail_msg("O=%s CN=%s: %s %s, not %s %s", row->organisation ? row->organisation : "(none)",
                 row->name ? row->name : "(none)", issuer_kind_id(found.kind), found.product,
                 issuer_kind_id(row->kind), row->product);
}

static struct issuer_table *read_ours(void)
{
    char error[128];
    struct issuer_table *t = issuer_table_read(NULL, error, sizeof(error));
    assert_non_null(t);
    assert_string_equal(error, "");
    return t;
}

static void test_known_products(void **state)
{
    static const struct row rows[] = {
        {"Zscaler Inc.", "Zscaler Intermediate Root CA (zscaler.net)", ISSUER_FILTER, "Zscaler"},
        {"ZSCALER INC.", NULL, ISSUER_FILTER, "Zscaler"},
        {"Netskope Inc", "ca.school.goskope.com", ISSUER_FILTER, "Netskope"},
        {"Fortinet", "FG100ETK18000000", ISSUER_APPLIANCE, "FortiGate"},
        {"Cisco", "Cisco Umbrella Primary SubCA", ISSUER_FILTER, "Cisco Umbrella"},
        {"Cloudflare, Inc.", "Gateway CA - Cloudflare Managed G1 0123", ISSUER_FILTER,
         "Cloudflare Gateway"},
        {"AVAST Software", "Avast Web/Mail Shield Root", ISSUER_ANTIVIRUS, "Avast"},
        {"ESET, spol. s r. o.", "ESET SSL Filter CA", ISSUER_ANTIVIRUS, "ESET"},
        {"AO Kaspersky Lab", "Kaspersky Anti-Virus Personal Root Certificate", ISSUER_ANTIVIRUS,
         "Kaspersky"},
        {"mitmproxy", "mitmproxy", ISSUER_DEVELOPER, "mitmproxy"},
        {"DO_NOT_TRUST", "DO_NOT_TRUST_FiddlerRoot", ISSUER_DEVELOPER, "Fiddler"},
        {"PortSwigger", "PortSwigger CA", ISSUER_DEVELOPER, "Burp Suite"},
        {"Superfish, Inc.", "Superfish, Inc.", ISSUER_LEAKED, "Superfish"},
        {NULL, "eDellRoot", ISSUER_LEAKED, "Dell eDellRoot"},
        {"DSDTestProvider", "DSDTestProvider", ISSUER_LEAKED, "Dell DSDTestProvider"},
        {"Sennheiser Communications A/S", "SenncomRootCA", ISSUER_LEAKED, "Sennheiser HeadSetup"},
        {"Sennheiser Communications A/S", "127.0.0.1", ISSUER_LEAKED, "Sennheiser HeadSetup"},
        {"Avast Web/Mail Shield", "Avast Web/Mail Shield Untrusted Root", ISSUER_UNTRUSTED,
         "Avast"},
        {"Avast Web/Mail Shield", "Avast Web/Mail Shield Self-signed Root", ISSUER_UNTRUSTED,
         "Avast"},
        {"Fortinet", "Fortinet Untrusted CA", ISSUER_UNTRUSTED, "FortiGate"},
        {NULL, "Not trusted by \"proxy.example\"", ISSUER_UNTRUSTED, "Squid"},
        {NULL, "TRAEFIK DEFAULT CERT", ISSUER_DEFAULT, "Traefik"},
        {"Acme Co", "Kubernetes Ingress Controller Fake Certificate", ISSUER_DEFAULT,
         "Kubernetes Ingress"},
        {"SomeOrganization", "web.example", ISSUER_DEFAULT, "Apache (mod_ssl)"},
        /* Its issuer has no common name, only OU: whoever asks may say O or nothing for it. */
        {"CloudFlare, Inc.", "", ISSUER_CDN_ORIGIN, "Cloudflare"},
        {"CloudFlare, Inc.", "CloudFlare, Inc.", ISSUER_CDN_ORIGIN, "Cloudflare"},
    };
    (void)state;
    struct issuer_table *t = read_ours();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_found(t, &rows[i]);
    issuer_table_free(t);
}

/* A public authority taken for a filter would blame an innocent program. */
static void test_public_authorities_are_nobody(void **state)
{
    static const struct row rows[] = {
        {"Cloudflare, Inc.", "Cloudflare Inc ECC CA-3", ISSUER_NONE, ""},
        {"Cloudflare, Inc.", "Cloudflare Inc RSA CA-2", ISSUER_NONE, ""},
        {"Cloudflare, Inc.", "Cloudflare TLS Issuing ECC CA 1", ISSUER_NONE, ""},
        {"SSL Corporation", "Cloudflare TLS Issuing ECC CA 3", ISSUER_NONE, ""},
        {"Let's Encrypt", "R11", ISSUER_NONE, ""},
        {"Let's Encrypt", "E7", ISSUER_NONE, ""},
        {"Google Trust Services", "WE1", ISSUER_NONE, ""},
        {"DigiCert Inc", "DigiCert Global G2 TLS RSA SHA256 2020 CA1", ISSUER_NONE, ""},
        {"cPanel, Inc.", "cPanel, Inc. Certification Authority", ISSUER_NONE, ""},
        {"cPanel, LLC", "cPanel High Assurance RSA Domain Validation Server CA 3", ISSUER_NONE, ""},
        {"Symantec Corporation", "Symantec Class 3 Secure Server CA - G4", ISSUER_NONE, ""},
        {"Cisco Systems, Inc.", "Cisco XSSL-R2", ISSUER_NONE, ""},
        {"McAfee, Inc.", "McAfee OV SSL CA 2", ISSUER_NONE, ""},
        {"Trend Micro Inc", "Trend Micro S2 CA", ISSUER_NONE, ""},
        {"AffirmTrust", "AffirmTrust Commercial", ISSUER_NONE, ""},
        {"VMware, Inc.", "VMware Public CA", ISSUER_NONE, ""},
        {"Comodo CA Limited", "AAA Certificate Services", ISSUER_NONE, ""},
        {"Sectigo Limited", "Sectigo Public Server Authentication CA DV R36", ISSUER_NONE, ""},
        {"Microsoft Corporation", "Microsoft Azure RSA TLS Issuing CA 03", ISSUER_NONE, ""},
        {"Amazon", "Amazon RSA 2048 M02", ISSUER_NONE, ""},
        {"Internet Security Research Group", "ISRG Root X1", ISSUER_NONE, ""},
        {"T-Systems Enterprise Services GmbH", "T-TeleSec GlobalRoot Class 2", ISSUER_NONE, ""},
        {"Apple Inc.", "Apple Public Server RSA CA 12 - G1", ISSUER_NONE, ""},
        {"Untangled Yarn Ltd", "Root", ISSUER_NONE, ""}, /* words count, not parts of them */
        {"Fiboss GmbH", "Kuwajama CA", ISSUER_NONE, ""},
        {"Bank", "Securlyon Bank CA", ISSUER_NONE, ""},
        {"AO Kaspersky Lab", "KL Enterprise CA", ISSUER_NONE, ""}, /* the maker's own, inside */
        {"mkcert development CA", "mkcert user@host", ISSUER_NONE, ""},
        {"Our School", "Our School Root CA", ISSUER_NONE, ""},
        {"", "", ISSUER_NONE, ""},
        {NULL, NULL, ISSUER_NONE, ""},
    };
    (void)state;
    struct issuer_table *t = read_ours();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_found(t, &rows[i]);
    issuer_table_free(t);
}

/* Its fingerprint comes along, for a name alone proves nothing. */
static void test_a_leaked_authority_has_its_fingerprint(void **state)
{
    (void)state;
    struct issuer found;
    struct issuer_table *t = read_ours();
    issuer_table_find(t, "", "eDellRoot", &found);
    assert_string_equal(found.fingerprint,
                        "ec30c9c3065a06bb07dc5b1c6b497f370c1ca65c0f30c08e042ba6bcecc78f2c");
    issuer_table_find(t, "Zscaler Inc.", "Zscaler Root CA", &found);
    assert_string_equal(found.fingerprint, "");
    issuer_table_free(t);
}

#define TABLE(rows) "{\"schema\": \"whytls-issuers-1\", \"issuers\": [" rows "]}"

static void test_a_folder_replaces_the_table(void **state)
{
    char error[128];
    const struct folder *f = *state;
    folder_write(f, "issuers.json",
                 TABLE("{\"product\": \"P\", \"kind\": \"filter\", \"organisation\": [\"=Acme\"],"
                       " \"name\": [\"proxy\"]}"));
    struct issuer_table *t = issuer_table_read(f->path, error, sizeof(error));
    assert_non_null(t);
    assert_string_equal(error, "");
    assert_found(t, &(struct row){"ACME", "The Proxy CA", ISSUER_FILTER, "P"});
    assert_found(t, &(struct row){"Acme Ltd", "The Proxy CA", ISSUER_NONE, ""}); /* "=": whole */
    assert_found(t, &(struct row){"Acme", "Root", ISSUER_NONE, ""}); /* both must match */
    assert_found(t, &(struct row){"Zscaler Inc.", NULL, ISSUER_NONE, ""});
    issuer_table_free(t);
}

static void test_an_unsound_table_is_not_used(void **state)
{
    static const char *const texts[] = {
        "",
        "{",
        "[]",
        "{\"schema\": \"whytls-issuers-2\", \"issuers\": []}",
        "{\"schema\": \"whytls-issuers-1\"}",
        TABLE("7"),
        TABLE("{\"kind\": \"filter\", \"name\": [\"x\"]}"),
        TABLE("{\"product\": \"P\", \"kind\": \"angel\", \"name\": [\"x\"]}"),
        TABLE("{\"product\": \"P\", \"kind\": \"none\", \"name\": [\"x\"]}"),
        TABLE("{\"product\": \"P\", \"kind\": \"filter\"}"),
        TABLE("{\"product\": \"P\", \"kind\": \"filter\", \"name\": []}"),
        TABLE("{\"product\": \"P\", \"kind\": \"filter\", \"name\": [\"\"]}"),
        TABLE("{\"product\": \"P\", \"kind\": \"filter\", \"name\": \"x\"}"),
        TABLE("{\"product\": \"P\", \"kind\": \"leaked\", \"name\": [\"x\"]}"), /* who says so? */
        TABLE("{\"product\": \"P\", \"kind\": \"leaked\", \"name\": [\"x\"], \"source\": \"S\","
              "\"fingerprint\": \"abc\"}"),
    };
    const struct folder *f = *state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        char error[128] = "";
        folder_write(f, "issuers.json", texts[i]);
        struct issuer_table *t = issuer_table_read(f->path, error, sizeof(error));
        assert_non_null(t);
        assert_memory_equal(error, "issuers.json: ", 14);
        assert_found(t, &(struct row){"Zscaler Inc.", NULL, ISSUER_FILTER, "Zscaler"});
        issuer_table_free(t);
    }
}

static void test_a_folder_without_it_is_no_error(void **state)
{
    char error[128];
    struct issuer_table *t =
        issuer_table_read(((struct folder *)*state)->path, error, sizeof(error));
    assert_non_null(t);
    assert_string_equal(error, "");
    issuer_table_free(t);
}

static void test_data_find(void **state)
{
    (void)state;
    const struct data_file *f = data_find("issuers.json");
    assert_non_null(f);
    assert_int_equal(strlen(f->bytes), f->len);
    assert_null(data_find("nothing.json"));
    assert_null(data_find(""));
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_products),
        cmocka_unit_test(test_public_authorities_are_nobody),
        cmocka_unit_test(test_a_leaked_authority_has_its_fingerprint),
        IN_FOLDER(test_a_folder_replaces_the_table),
        IN_FOLDER(test_an_unsound_table_is_not_used),
        IN_FOLDER(test_a_folder_without_it_is_no_error),
        cmocka_unit_test(test_data_find),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
