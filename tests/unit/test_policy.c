/*
 * test_policy.c - what the policies of GnuTLS and OpenSSL leave of a current client's offers. This
 * program, like whytls itself, skips GnuTLS's own initialisation: so each child of the reader meets
 * the environment that the test has set, and reads it for the first time.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <gnutls/gnutls.h>
#include <sys/wait.h>

#include "local/openssl_conf.h"
#include "local/policy.h"
#include "unit/local_fixture.h"
#include "whytls/local.h"

GNUTLS_SKIP_GLOBAL_INIT

static const struct client *current(void)
{
    const struct client *c = client_find("current");
    assert_non_null(c);
    return c;
}

/* All that a current client offers is left; a policy of this kind blames no line. */
static void assert_no_limit(const struct policy *p)
{
    assert_true(p->known);
    assert_false(p->limits);
    assert_memory_equal(p->offers, current()->offers, sizeof(p->offers));
    assert_string_equal(p->line, "");
}

/* Exactly these bits of the list are gone, and nothing of any other list. */
static void assert_taken(const struct policy *p, enum offer_list list, uint32_t bits)
{
    assert_true(p->known);
    assert_true(p->limits);
    for (int i = 0; i < OFFER_LIST_COUNT; i++) {
        uint32_t taken = current()->offers[i] & ~p->offers[i];
        assert_int_equal(taken, i == (int)list ? bits : 0);
    }
}

static uint32_t but(enum offer_list list, uint32_t kept)
{
    return current()->offers[list] & ~kept;
}

/* ---- GnuTLS ----------------------------------------------------------------------------- */

static struct policy read_gnutls(const struct folder *f, const char *text)
{
    static struct facts facts;
    memset(&facts, 0, sizeof(facts));
    setenv("GNUTLS_SYSTEM_PRIORITY_FILE", text ? folder_write(f, "config", text) : "/nowhere/x", 1);
    local_read_policies(&facts);
    unsetenv("GNUTLS_SYSTEM_PRIORITY_FILE");
    return facts.policies[POLICY_GNUTLS];
}

static void test_gnutls_without_file_limits_nothing(void **state)
{
    struct policy p = read_gnutls(*state, NULL);
    assert_no_limit(&p);
    assert_string_equal(p.file, "");
}

static void test_gnutls_empty_file_limits_nothing(void **state)
{
    struct policy p = read_gnutls(*state, "# nothing\n[overrides]\n");
    assert_no_limit(&p);
}

/* Older versions are in GnuTLS's own list, but no current client offers them. */
static void test_gnutls_old_versions_are_no_loss(void **state)
{
    struct policy p =
        read_gnutls(*state, "[overrides]\ndisabled-version = tls1.0\ndisabled-version = tls1.1\n");
    assert_no_limit(&p);
}

static void test_gnutls_blames_the_version_that_is_missed(void **state)
{
    struct policy p =
        read_gnutls(*state, "[overrides]\ndisabled-version = tls1.0\ndisabled-version = tls1.3 \n");
    assert_true(p.known && p.limits);
    assert_int_equal(p.offers[OFFER_LIST_VERSION], offer_bit(OFFER_VERSION_TLS12));
    assert_string_equal(p.line, "disabled-version = tls1.3");
    assert_non_null(strstr(p.file, "config"));
}

static void test_gnutls_cipher_and_group(void **state)
{
    struct policy p = read_gnutls(*state, "[overrides]\ntls-disabled-cipher = aes-128-gcm\n");
    assert_taken(&p, OFFER_LIST_CIPHER, offer_bit(OFFER_CIPHER_AES_128_GCM));
    assert_string_equal(p.line, "tls-disabled-cipher = aes-128-gcm");
    p = read_gnutls(*state, "[overrides]\ntls-disabled-group = group-x25519\n");
    assert_taken(&p, OFFER_LIST_GROUP, offer_bit(OFFER_GROUP_X25519));
}

static void test_gnutls_default_priority_string(void **state)
{
    struct policy p = read_gnutls(
        *state, "[overrides]\ndefault-priority-string = NORMAL:-VERS-ALL:+VERS-TLS1.3\n");
    assert_true(p.known && p.limits);
    assert_int_equal(p.offers[OFFER_LIST_VERSION], offer_bit(OFFER_VERSION_TLS13));
    assert_memory_equal(p.line, "default-priority-string", 23);
}

/* The child cannot tell: a policy that GnuTLS itself refuses is not "no policy". */
static void test_gnutls_broken_default_is_not_known(void **state)
{
    struct policy p = read_gnutls(*state, "[overrides]\ndefault-priority-string = NOT-A-KEYWORD\n");
    assert_false(p.known);
    assert_false(p.limits);
}

/* Nobody writes to this FIFO: GnuTLS would wait for ever, and whytls with it. */
static void test_gnutls_child_that_hangs_is_ended(void **state)
{
    struct policy p;
    const char *fifo = folder_path(*state, "fifo");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    setenv("GNUTLS_SYSTEM_PRIORITY_FILE", fifo, 1);
    policy_gnutls_read(&p);
    unsetenv("GNUTLS_SYSTEM_PRIORITY_FILE");
    assert_false(p.known);
    assert_false(p.limits);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child is left */
}

static void test_gnutls_hostile_line_is_clean(void **state)
{
    struct policy p =
        read_gnutls(*state, "[overrides]\ndisabled-version = tls1.3 # \x1b[31mred\x07\n");
    assert_null(strchr(p.line, '\x1b'));
    assert_null(strchr(p.line, '\x07'));
}

/* ---- OpenSSL ---------------------------------------------------------------------------- */

#define SSL_SECTIONS                                                                               \
    "openssl_conf = init\n[init]\nssl_conf = ssl\n[ssl]\nsystem_default = sys\n[sys]\n"

static struct policy read_openssl(const struct folder *f, const char *text)
{
    struct policy p;
    policy_openssl_read(folder_write(f, "openssl.cnf", text), &p);
    return p;
}

static void test_openssl_no_file_is_no_policy(void **state)
{
    struct policy p;
    assert_true(policy_openssl_read(folder_path(*state, "none.cnf"), &p));
    assert_no_limit(&p);
    assert_string_equal(p.file, "");
}

static void test_openssl_unreadable_is_not_known(void **state)
{
    struct policy p; /* a folder is no file */
    assert_false(policy_openssl_read(((struct folder *)*state)->path, &p));
    assert_false(p.known);
    assert_false(p.limits);
}

static void test_openssl_stock_limits_nothing(void **state)
{
    struct policy p = read_openssl(*state, "openssl_conf = init\n[init]\n#ssl_conf = ssl\n");
    assert_no_limit(&p);
    /* The same words where no program looks for them. */
    p = read_openssl(*state, "MinProtocol = TLSv1.3\n[sys]\nMinProtocol = TLSv1.3\n");
    assert_no_limit(&p);
    /* What current clients have anyway. */
    p = read_openssl(*state, SSL_SECTIONS "MinProtocol = TLSv1.2\nMaxProtocol = TLSv1.3\n"
                                          "CipherString = DEFAULT@SECLEVEL=2\n");
    assert_no_limit(&p);
    p = read_openssl(*state, SSL_SECTIONS "MinProtocol = None\nCipherString = ALL:@SECLEVEL=0\n");
    assert_no_limit(&p);
    /* Fedora has both, the second for DTLS. */
    p = read_openssl(*state,
                     SSL_SECTIONS "TLS.MinProtocol = TLSv1.2\nTLS.MaxProtocol = TLSv1.3\n"
                                  "DTLS.MinProtocol = DTLSv1.2\nDTLS.MaxProtocol = DTLSv1.2\n");
    assert_no_limit(&p);
}

static void test_openssl_versions(void **state)
{
    static const struct {
        const char *line;
        enum offer taken;
    } rows[] = {
        {"MinProtocol = TLSv1.3", OFFER_VERSION_TLS12},
        {"1.minprotocol=TLSv1.3", OFFER_VERSION_TLS12},
        {"MaxProtocol = TLSv1.2", OFFER_VERSION_TLS13},
        {"Protocol = -ALL, TLSv1.2", OFFER_VERSION_TLS13},
        {"Protocol = ALL,-TLSv1.3", OFFER_VERSION_TLS13},
        {"Protocol = -TLSv1.2", OFFER_VERSION_TLS12},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[256];
        snprintf(text, sizeof(text), SSL_SECTIONS "%s\n", rows[i].line);
        struct policy p = read_openssl(*state, text);
        assert_taken(&p, OFFER_LIST_VERSION, offer_bit(rows[i].taken));
        assert_string_equal(p.line, rows[i].line);
    }
    struct policy p = read_openssl(*state, SSL_SECTIONS "Protocol = TLSv1.2\n");
    assert_no_limit(&p); /* switches on what is on; not a list */
}

static void test_openssl_security_level(void **state)
{
    struct policy p = read_openssl(*state, SSL_SECTIONS "CipherString = DEFAULT:@SECLEVEL=3\n");
    assert_true(p.known && p.limits);
    assert_int_equal(p.dh_min_bits, 3072);
    assert_string_equal(p.line, "CipherString = DEFAULT:@SECLEVEL=3");
    assert_memory_equal(p.offers, current()->offers, sizeof(p.offers));
}

static void test_openssl_groups(void **state)
{
    uint32_t kept = offer_bit(OFFER_GROUP_P256) | offer_bit(OFFER_GROUP_X25519);
    struct policy p =
        read_openssl(*state, SSL_SECTIONS "Groups = \"?x25519:prime256v1:NewThing2030\"\n");
    assert_taken(&p, OFFER_LIST_GROUP, but(OFFER_LIST_GROUP, kept));
    p = read_openssl(*state, SSL_SECTIONS "Curves = P-384\n");
    assert_taken(&p, OFFER_LIST_GROUP, but(OFFER_LIST_GROUP, offer_bit(OFFER_GROUP_P384)));
    /* Nothing that we know: nothing that we could say. */
    p = read_openssl(*state, SSL_SECTIONS "Groups = NewThing2030\n");
    assert_no_limit(&p);
    p = read_openssl(*state, SSL_SECTIONS "Groups = DEFAULT:P-521\n");
    assert_no_limit(&p);
}

static void test_openssl_signatures(void **state)
{
    uint32_t kept =
        offer_bit(OFFER_SIGNATURE_ECDSA_P256_SHA256) | offer_bit(OFFER_SIGNATURE_RSA_PSS_SHA256);
    struct policy p = read_openssl(*state, SSL_SECTIONS
                                   "SignatureAlgorithms = ECDSA+SHA256:rsa_pss_rsae_sha256\n");
    assert_taken(&p, OFFER_LIST_SIGNATURE, but(OFFER_LIST_SIGNATURE, kept));
}

/* TLS 1.2 keeps its own ciphers whatever Ciphersuites says. */
static void test_openssl_suites_count_for_tls13_alone(void **state)
{
    struct policy p = read_openssl(*state, SSL_SECTIONS "Ciphersuites = TLS_AES_256_GCM_SHA384\n");
    assert_no_limit(&p);
    p = read_openssl(*state, SSL_SECTIONS "Ciphersuites = TLS_AES_256_GCM_SHA384\n"
                                          "MinProtocol = TLSv1.3\n");
    assert_int_equal(p.offers[OFFER_LIST_CIPHER], offer_bit(OFFER_CIPHER_AES_256_GCM));
    assert_string_equal(p.line, "Ciphersuites = TLS_AES_256_GCM_SHA384"); /* the first */
}

static void test_openssl_blames_the_included_file(void **state)
{
    char text[1024];
    folder_make_below(*state, "conf.d");
    const char *hard = folder_write(*state, "conf.d/50-hard.cnf", "[sys]\nMinProtocol = TLSv1.3\n");
    folder_write(*state, "conf.d/60-note.txt", "[sys]\nMaxProtocol = TLSv1.2\n");
    snprintf(text, sizeof(text), SSL_SECTIONS ".include %s\n", folder_path(*state, "conf.d"));
    struct policy p = read_openssl(*state, text);
    assert_taken(&p, OFFER_LIST_VERSION, offer_bit(OFFER_VERSION_TLS12));
    assert_string_equal(p.file, hard);
    assert_string_equal(p.line, "MinProtocol = TLSv1.3");
}

static void test_openssl_include_of_itself_ends(void **state)
{
    char text[1024];
    snprintf(text, sizeof(text), ".include = %s\n.include = %s\n",
             folder_path(*state, "openssl.cnf"), folder_path(*state, "openssl.cnf"));
    struct policy p = read_openssl(*state, text);
    assert_false(p.known); /* what is behind the limit was not read */
}

static void test_openssl_later_value_wins(void **state)
{
    struct policy p =
        read_openssl(*state, SSL_SECTIONS "MinProtocol = TLSv1.3\nMinProtocol = TLSv1.2\n");
    assert_no_limit(&p);
}

/* ---- the format ------------------------------------------------------------------------- */

static void test_conf_values(void **state)
{
    static const char text[] = "a = one # comment\n"
                               "b = \"two # not\" three\n"
                               "c = fo\\\nur\n"
                               "[ sec ]\n"
                               "d = $a-${b}-$(c)\n"
                               "e = $other::x$nothing.\n"
                               "f = back\\\\slash\\$a\\n\n"
                               "other::y = away\n"
                               "no equals sign\n"
                               "[other]\n"
                               "x = far\n"
                               "[sec]\n"
                               "g = $other::x$y\n";
    (void)state;
    struct conf *c = conf_parse(text, sizeof(text) - 1);
    assert_non_null(c);
    assert_string_equal(conf_value(c, "default", "a"), "one");
    assert_string_equal(conf_value(c, "default", "b"), "two # not three");
    assert_string_equal(conf_value(c, "default", "c"), "four");
    assert_string_equal(conf_value(c, "sec", "d"), "one-two # not three-four");
    assert_string_equal(conf_value(c, "sec", "e"), ".");
    assert_string_equal(conf_value(c, "sec", "f"), "back\\slash$a\n");
    assert_string_equal(conf_value(c, "other", "y"), "away");
    assert_string_equal(conf_value(c, "sec", "g"), "far");
    assert_null(conf_value(c, "default", "d"));
    assert_false(conf_is_cut(c));
    conf_free(c);
}

/* Each line doubles the one before: 2^40 bytes if nothing stopped it. */
static void test_conf_variables_do_not_explode(void **state)
{
    char text[4096] = "v0 = aaaaaaaaaaaaaaaa\n";
    (void)state;
    for (int i = 1; i <= 40; i++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "v%d = $v%d$v%d\n", i, i - 1,
                 i - 1);
    struct conf *c = conf_parse(text, strlen(text));
    assert_non_null(c);
    assert_true(conf_is_cut(c));
    conf_free(c);
}

/* A section's name that is cut would be another section's. */
static void test_conf_long_sections_are_none(void **state)
{
    char text[4096], name[4000], start[4000];
    (void)state;
    for (size_t n = 1; n < sizeof(name); n *= 2) {
        memset(name, 'a', n);
        name[n] = '\0';
        snprintf(text, sizeof(text), "[%s]\nMinProtocol = TLSv1.3\n", name);
        struct conf *c = conf_parse(text, strlen(text));
        assert_non_null(c);
        for (size_t k = 1; k < n; k++) {
            memcpy(start, name, k);
            start[k] = '\0';
            assert_null(conf_value(c, start, "MinProtocol"));
        }
        assert_true(conf_is_cut(c) || conf_value(c, name, "MinProtocol"));
        conf_free(c);
    }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_gnutls_without_file_limits_nothing),
        IN_FOLDER(test_gnutls_empty_file_limits_nothing),
        IN_FOLDER(test_gnutls_old_versions_are_no_loss),
        IN_FOLDER(test_gnutls_blames_the_version_that_is_missed),
        IN_FOLDER(test_gnutls_cipher_and_group),
        IN_FOLDER(test_gnutls_default_priority_string),
        IN_FOLDER(test_gnutls_broken_default_is_not_known),
        IN_FOLDER(test_gnutls_child_that_hangs_is_ended),
        IN_FOLDER(test_gnutls_hostile_line_is_clean),
        IN_FOLDER(test_openssl_no_file_is_no_policy),
        IN_FOLDER(test_openssl_unreadable_is_not_known),
        IN_FOLDER(test_openssl_stock_limits_nothing),
        IN_FOLDER(test_openssl_versions),
        IN_FOLDER(test_openssl_security_level),
        IN_FOLDER(test_openssl_groups),
        IN_FOLDER(test_openssl_signatures),
        IN_FOLDER(test_openssl_suites_count_for_tls13_alone),
        IN_FOLDER(test_openssl_blames_the_included_file),
        IN_FOLDER(test_openssl_include_of_itself_ends),
        IN_FOLDER(test_openssl_later_value_wins),
        cmocka_unit_test(test_conf_values),
        cmocka_unit_test(test_conf_variables_do_not_explode),
        cmocka_unit_test(test_conf_long_sections_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
