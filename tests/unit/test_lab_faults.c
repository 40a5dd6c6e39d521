/*
 * test_lab_faults.c - each fault is truly staged: the hello that must fail fails, and the one that
 * differs in one thing works; chains, pages and greetings are what the scenario tells.
 * SPDX-License-Identifier: MIT
 */
#include "unit/lab_client.h"

/* ---- is it staged? ---------------------------------------------------------------------- */

enum { ANY = -1000, WORKS = 0 };

/* The one thing that differs between two rows of the same scenario is the cause. */
static const struct staged {
    const char *scenario, *priority, *name;
    int rc, alert;
} staged[] = {
    {"healthy", MODERN, "shop.example", WORKS, -1},
    {"healthy", OLD_VERSIONS, NULL, WORKS, -1},
    {"closed", MODERN, "shop.example", GNUTLS_E_PREMATURE_TERMINATION, -1},
    {"reset", MODERN, "shop.example", GNUTLS_E_PULL_ERROR, -1},
    {"plain-http", MODERN, "shop.example", GNUTLS_E_UNEXPECTED_PACKET, -1},
    {"ssh-on-port", MODERN, "shop.example", GNUTLS_E_UNEXPECTED_PACKET, -1},
    {"smtp-on-port", MODERN, "shop.example", GNUTLS_E_UNEXPECTED_PACKET, -1},
    {"silent", MODERN, "shop.example", GNUTLS_E_AGAIN, -1},
    {"stalled", MODERN, "shop.example", GNUTLS_E_AGAIN, -1},
    {"policy", MODERN ":-VERS-TLS1.2", "shop.example", ANY, ANY},
    {"policy", MODERN, "shop.example", WORKS, -1},
    {"newer-client", "NORMAL:-VERS-ALL:+VERS-TLS1.0", "shop.example", GNUTLS_E_FATAL_ALERT_RECEIVED,
     70},
    {"newer-client", "NORMAL:-MAC-ALL:+SHA1", "shop.example", GNUTLS_E_FATAL_ALERT_RECEIVED, 40},
    {"newer-client", MODERN, "shop.example", WORKS, -1},
    {"older-client", MODERN, "shop.example", GNUTLS_E_PULL_ERROR, -1},
    {"older-client", MODERN ":-VERS-TLS1.3", "shop.example", GNUTLS_E_PULL_ERROR, -1},
    {"older-client", "NONE:+VERS-TLS1.0:+RSA:+AES-128-CBC:+SHA1:+COMP-NULL:+CTYPE-X509",
     "shop.example", GNUTLS_E_FATAL_ALERT_RECEIVED, 70},
    {"older-client", "NORMAL:-VERS-ALL:+VERS-TLS1.2:%NO_EXTENSIONS", NULL, WORKS, -1},
    {"server-too-old", MODERN, "shop.example", ANY, ANY},
    {"server-too-old", "NORMAL", "shop.example", WORKS, -1},
    {"client-too-old", "NORMAL:-VERS-ALL:+VERS-TLS1.0", "shop.example",
     GNUTLS_E_FATAL_ALERT_RECEIVED, 70},
    {"client-too-old", "NORMAL:-MAC-ALL:+SHA1", "shop.example", WORKS, -1},
    {"newer-breaks", MODERN, "shop.example", GNUTLS_E_PULL_ERROR, -1},
    {"newer-breaks", MODERN ":-VERS-TLS1.3", "shop.example", WORKS, -1},
    {"no-cipher", MODERN, "shop.example", GNUTLS_E_FATAL_ALERT_RECEIVED, 40},
    {"no-cipher", MODERN ":+3DES-CBC:+ARCFOUR-128", "shop.example", WORKS, -1},
    {"no-group", MODERN, "shop.example", GNUTLS_E_FATAL_ALERT_RECEIVED, 40},
    {"no-group", MODERN ":+GROUP-SECP224R1", "shop.example", WORKS, -1},
    {"no-signature", MODERN, "shop.example", GNUTLS_E_FATAL_ALERT_RECEIVED, 40},
    {"no-signature", MODERN ":+SIGN-RSA-SHA1", "shop.example", WORKS, -1},
    {"small-dh", "SECURE256:-VERS-TLS1.3", "shop.example", GNUTLS_E_DH_PRIME_UNACCEPTABLE, -1},
    {"small-dh", MODERN, "shop.example", WORKS, -1},
    {"wrong-order", MODERN, "shop.example", GNUTLS_E_PK_SIG_VERIFY_FAILED, -1},
    {"client-certificate", MODERN, "shop.example", GNUTLS_E_FATAL_ALERT_RECEIVED, 116},
    {"client-certificate-old", MODERN, "shop.example", GNUTLS_E_FATAL_ALERT_RECEIVED, 40},
    {"client-certificate-optional", MODERN, "shop.example", WORKS, -1},
    {"sni-needed", MODERN, NULL, GNUTLS_E_FATAL_ALERT_RECEIVED, 40},
    {"sni-needed", MODERN, "shop.example", WORKS, -1},
    {"unknown-name", MODERN, "shop.example", GNUTLS_E_FATAL_ALERT_RECEIVED, 112},
    {"unknown-name", MODERN, "other.example", WORKS, -1},
    {"unknown-name", MODERN, NULL, WORKS, -1},
    {"old-and-expired", MODERN, "shop.example", ANY, ANY},
    {"old-and-expired", "NORMAL", "shop.example", WORKS, -1},
    {"old-cipher-and-version", "NORMAL", "shop.example", GNUTLS_E_FATAL_ALERT_RECEIVED, 40},
    {"old-cipher-and-version", MODERN ":+3DES-CBC", "shop.example", ANY, ANY},
    {"old-cipher-and-version", "NORMAL:+3DES-CBC", "shop.example", WORKS, -1},
};

static void faults_are_staged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof staged / sizeof staged[0]; i++) {
        const struct staged *row = &staged[i];
        open_lab(row->scenario);
        struct try t =
            try_for(reach(), row->priority, row->name, row->rc == GNUTLS_E_AGAIN ? 1 : 50);
        close_lab();
        bool fits = row->rc == ANY ? t.rc < 0 : t.rc == row->rc;
        if (!fits || (row->alert != ANY && t.alert != row->alert))
            fail_msg("%s with %s and %s: %s, alert %d", row->scenario, row->priority,
                     row->name ? row->name : "no name", gnutls_strerror(t.rc), t.alert);
        if (row->rc == WORKS)
            assert_non_null(strstr(t.answer, "\r\nDate: "));
    }
}

static void small_prime_goes_to_anyone(void **state)
{
    (void)state;
    open_lab("small-dh");
    assert_int_equal(try_lab(MODERN, "shop.example").dh_bits, 1024);
    assert_int_equal(try_lab(MODERN ":-GROUP-FFDHE2048:-GROUP-FFDHE3072:-GROUP-FFDHE4096"
                                    ":-GROUP-FFDHE6144:-GROUP-FFDHE8192",
                             "shop.example")
                         .dh_bits,
                     1024);
    close_lab();
}

/* What comes first, and how many: the chain as it is sent. */
static const struct {
    const char *scenario, *name, *first;
    unsigned n;
} sent[] = {
    {"healthy", "shop.example", "shop.example", 2},
    {"healthy-old-root-sent", "shop.example", "shop.example", 4},
    {"self-signed", "shop.example", "shop.example", 1},
    {"missing-intermediate", "shop.example", "shop.example", 1},
    {"odd-order", "shop.example", "shop.example", 3},
    {"wrong-order", "shop.example", "Practice Issuing CA", 2},
    {"other-name", "www.shop.example", "www2.other.example", 2},
    {"default-certificate", "shop.example", "TRAEFIK DEFAULT CERT", 1},
    {"default-certificate", "www.shop.example", "www.shop.example", 2},
    {"wildcard", "a.b.shop.example", "*.shop.example", 2},
};

static void chains_are_sent_as_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sent / sizeof sent[0]; i++) {
        open_lab(sent[i].scenario);
        struct try t = try_lab(MODERN ":-VERS-TLS1.3", sent[i].name);
        close_lab();
        assert_string_equal(t.first_cn, sent[i].first);
        assert_int_equal(t.n_chain, sent[i].n);
    }
}

static void every_second_turn_fails(void **state)
{
    (void)state;
    open_lab("comes-and-goes");
    for (int i = 0; i < 4; i++)
        assert_int_equal(try_lab(MODERN, "shop.example").rc == 0, i % 2 == 1);
    close_lab();
}

static void second_address_works(void **state)
{
    (void)state;
    open_lab("other-address");
    assert_int_not_equal(try_lab(MODERN, "shop.example").rc, 0);
    int fd = connect_to(request->pretend.addresses[1], request->target.connect_port);
    assert_true(fd >= 0);
    assert_int_equal(try_on(fd, MODERN, "shop.example").rc, 0);
    close_lab();
}

/* ---- without TLS ------------------------------------------------------------------------ */

static void silent_port_never_connects(void **state)
{
    (void)state;
    open_lab("no-answer");
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons(request->target.connect_port)};
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    for (int i = 0; i < 3; i++) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), -1);
        assert_int_equal(errno, EINPROGRESS);
        struct pollfd p = {.fd = fd, .events = POLLOUT};
        assert_int_equal(poll(&p, 1, 100), 0);
        close(fd);
    }
    close_lab();
}

static void shut_port_refuses(void **state)
{
    (void)state;
    open_lab("refused");
    assert_int_equal(connect_to("127.0.0.1", request->target.connect_port), -1);
    assert_int_equal(errno, ECONNREFUSED);
    close_lab();
}

static void others_speak_for_themselves(void **state)
{
    (void)state;
    char heard[1024];
    open_lab("ssh-on-port");
    talk(reach(), NULL, heard, sizeof heard);
    assert_memory_equal(heard, "SSH-2.0-", 8);
    close_lab();
    open_lab("plain-http");
    talk(reach(), "GET / HTTP/1.1\r\n\r\n", heard, sizeof heard);
    assert_memory_equal(heard, "HTTP/1.1 200 OK\r\nDate: ", 23);
    close_lab();
    open_lab("healthy");
    talk(reach(), "GET / HTTP/1.1\r\n\r\n", heard, sizeof heard);
    assert_memory_equal(heard, "HTTP/1.1 400 ", 13);
    close_lab();
}

static void page_says_what_the_edge_says(void **state)
{
    (void)state;
    open_lab("cdn-525");
    struct try t = try_lab(MODERN, "shop.example");
    assert_memory_equal(t.answer, "HTTP/1.1 525 ", 13);
    assert_non_null(strstr(t.answer, "\r\nServer: cloudflare\r\nCF-RAY: "));
    close_lab();
}

/* The address that the leaf names for its issuer; the caller frees the certificate. */
static uint16_t read_aia(gnutls_x509_crt_t *leaf)
{
    unsigned port = 0;
    char text[64] = "";
    gnutls_datum_t url = {NULL, 0};
    struct try t = try_lab(MODERN, "shop.example");
    const gnutls_datum_t der = {t.leaf, (unsigned)t.n_leaf};
    assert_int_equal(gnutls_x509_crt_init(leaf), 0);
    assert_int_equal(gnutls_x509_crt_import(*leaf, &der, GNUTLS_X509_FMT_DER), 0);
    assert_true(gnutls_x509_crt_get_authority_info_access(*leaf, 0, GNUTLS_IA_CAISSUERS_URI, &url,
                                                          NULL) >= 0);
    assert_true(url.size < sizeof text);
    memcpy(text, url.data, url.size);
    gnutls_free(url.data);
    assert_int_equal(sscanf(text, "http://127.0.0.1:%u/", &port), 1);
    return (uint16_t)port;
}

static size_t fetch(uint16_t port, char *heard, size_t size)
{
    int fd = connect_to("127.0.0.1", port);
    assert_true(fd >= 0);
    size_t n = talk(fd, "GET /intermediate.der HTTP/1.1\r\n\r\n", heard, size);
    assert_non_null(strstr(heard, "\r\nDate: "));
    return n;
}

static void aia_gives_the_intermediate(void **state)
{
    (void)state;
    char heard[4096];
    gnutls_x509_crt_t leaf, issuer;
    open_lab("missing-intermediate");
    size_t n = fetch(read_aia(&leaf), heard, sizeof heard);
    char *body = strstr(heard, "\r\n\r\n");
    assert_non_null(body);
    body += 4;
    const gnutls_datum_t der = {(unsigned char *)body, (unsigned)(n - (size_t)(body - heard))};
    gnutls_x509_crt_init(&issuer);
    assert_int_equal(gnutls_x509_crt_import(issuer, &der, GNUTLS_X509_FMT_DER), 0);
    assert_true(gnutls_x509_crt_check_issuer(leaf, issuer));
    gnutls_x509_crt_deinit(issuer);
    gnutls_x509_crt_deinit(leaf);
    close_lab();
}

static void aia_may_have_nothing(void **state)
{
    (void)state;
    char heard[4096];
    gnutls_x509_crt_t leaf;
    open_lab("missing-intermediate-unfetchable");
    fetch(read_aia(&leaf), heard, sizeof heard);
    assert_memory_equal(heard, "HTTP/1.1 404 ", 13);
    gnutls_x509_crt_deinit(leaf);
    close_lab();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_staged),
        cmocka_unit_test(small_prime_goes_to_anyone),
        cmocka_unit_test(chains_are_sent_as_told),
        cmocka_unit_test(every_second_turn_fails),
        cmocka_unit_test(second_address_works),
        cmocka_unit_test(silent_port_never_connects),
        cmocka_unit_test(shut_port_refuses),
        cmocka_unit_test(others_speak_for_themselves),
        cmocka_unit_test(page_says_what_the_edge_says),
        cmocka_unit_test(aia_gives_the_intermediate),
        cmocka_unit_test(aia_may_have_nothing),
    };
    return cmocka_run_group_tests(tests, make_room, clear_room);
}
