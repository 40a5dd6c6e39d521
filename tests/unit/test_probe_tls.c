/*
 * test_probe_tls.c - one probe against other makers' servers (openssl s_server, gnutls-serv), where
 * they are installed: successes, client certificates, old versions and small
 * primes. All on loopback.
 * SPDX-License-Identifier: MIT
 */
#include "probe_makers.h"

#include <gnutls/abstract.h>

GNUTLS_SKIP_GLOBAL_INIT

/* ---- other makers' servers ---------------------------------------------------------------- */

static char dh_file[64];

/* RFC 3526-like in size only: a 1024-bit prime (RFC 2409 6.2), as old servers have it. */
static const char dh1024[] = "-----BEGIN DH PARAMETERS-----\n"
                             "MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR\n"
                             "Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL\n"
                             "/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC\n"
                             "-----END DH PARAMETERS-----\n";

static struct maker start_gnutls(const char *priority)
{
    uint16_t port;
    char number[8];
    close(listen_anywhere(&port));
    snprintf(number, sizeof(number), "%u", (unsigned)port);
    const char *argv[] = {"gnutls-serv", "--http",        "--port", number,       "--x509certfile",
                          cert_file,     "--x509keyfile", key_file, "--priority", priority,
                          "--dhparams",  dh_file,         NULL};
    struct maker m = start(argv, port);
    if (!m.port) {
        stop(&m);
        skip();
    }
    return m;
}

/* ---- it works ----------------------------------------------------------------------------- */

static void tls13_works(void **state)
{
    const char *const options[] = {"-www", "-alpn", "http/1.1", NULL};
    struct maker m = start_openssl(options);
    struct settings s = settings_for(m.port);
    struct tried *t = try_settings(&s, PATIENCE_MS, NULL);
    const struct outcome *o = &t->p->outcome;
    (void)state;
    assert_ended(o, DONE, NONE);
    assert_int_equal(o->version, 0x0304);
    assert_int_equal(o->n_chain, 1);
    assert_int_equal(t->ev->n_certificates, 1);
    assert_memory_equal(t->ev->certificates[0].der.data, pki_all[0].der.data, pki_all[0].der.len);
    assert_string_equal(o->alpn, "http/1.1");
    assert_string_equal(o->signature, "RSA-PSS-SHA256");
    assert_non_null(strstr(o->suite, "GCM"));
    assert_string_not_equal(o->group, "");
    assert_int_equal(o->http_status, 200);
    assert_true(o->ticket_seen);
    assert_false(o->certificate_requested);
    assert_true(has_event(t->p, EVENT_HANDSHAKE, DIRECTION_OUT, 1));
    assert_true(has_event(t->p, EVENT_HANDSHAKE, DIRECTION_IN, 11));
    assert_true(has_event(t->p, EVENT_ALERT, DIRECTION_OUT, 0));
    try_free(t);
    stop(&m);
}

static void tls12_works(void **state)
{
    const char *const options[] = {"-www", "-tls1_2", "-cipher", "ECDHE-RSA-AES128-SHA", NULL};
    struct maker m = start_openssl(options);
    struct settings s = settings_for(m.port);
    struct tried *t = try_settings(&s, PATIENCE_MS, NULL);
    (void)state;
    assert_ended(&t->p->outcome, DONE, NONE);
    assert_int_equal(t->p->outcome.version, 0x0303);
    assert_string_equal(t->p->outcome.suite, "ECDHE-RSA AES-128-CBC SHA-1");
    assert_string_equal(t->p->outcome.group, "X25519");
    assert_true(has_event(t->p, EVENT_RECORD, DIRECTION_OUT, 20));
    try_free(t);
    stop(&m);
}

/* s_server without -www says nothing: a server may, and is healthy. */
static void silence_after_the_handshake_is_success(void **state)
{
    struct maker m = start_openssl(NULL);
    struct settings s = settings_for(m.port);
    struct tried *t = try_settings(&s, IMPATIENCE_MS * 4, NULL);
    (void)state;
    assert_ended(&t->p->outcome, DONE, NONE);
    assert_int_equal(t->p->outcome.http_status, 0);
    s.service = SERVICE_IMAPS; /* and nothing is said there */
    struct tried *u = try_settings(&s, IMPATIENCE_MS * 4, NULL);
    assert_ended(&u->p->outcome, DONE, NONE);
    assert_true(u->p->outcome.bytes_out < t->p->outcome.bytes_out);
    try_free(u);
    try_free(t);
    stop(&m);
}

static void http2_is_greeted_in_its_own_way(void **state)
{
    const char *const options[] = {"-alpn", "h2", NULL};
    struct maker m = start_openssl(options);
    struct settings s = settings_for(m.port);
    (void)state;
    s.alpn = ALPN_H2;
    struct tried *t = try_settings(&s, IMPATIENCE_MS * 4, NULL);
    assert_ended(&t->p->outcome, DONE, NONE);
    assert_string_equal(t->p->outcome.alpn, "h2");
    assert_true(has_event(t->p, EVENT_DATA, DIRECTION_OUT, 33));
    try_free(t);
    s.alpn = ALPN_HTTP1; /* s_server wants h2 and nothing else */
    t = try_settings(&s, PATIENCE_MS, NULL);
    assert_ended(&t->p->outcome, HELLO, ALERT);
    assert_int_equal(t->p->outcome.alert, 120);
    try_free(t);
    stop(&m);
}

/* ---- client certificates ------------------------------------------------------------------ */

static void try_client_certificate(uint16_t port, enum client_certificate which, enum stage stage,
                                   int alert)
{
    const struct probe_secrets secrets = {.cert_file = cert_file, .key_file = key_file};
    struct settings s = settings_for(port);
    s.client_certificate = which;
    struct tried *t = try_settings(&s, PATIENCE_MS, &secrets);
    assert_string_equal(stage_id(t->p->outcome.stage), stage_id(stage));
    assert_int_equal(t->p->outcome.alert, alert);
    assert_int_equal(t->p->outcome.how, alert < 0 ? BREAK_NONE : BREAK_ALERT);
    assert_true(t->p->outcome.certificate_requested);
    assert_int_equal(t->p->outcome.n_chain, 1);
    try_free(t);
}

static void a_missing_client_certificate_is_an_alert(void **state)
{
    const char *const tls12[] = {"-www", "-Verify", "1", "-tls1_2", NULL};
    const char *const tls13[] = {"-www", "-Verify", "1", "-tls1_3", NULL};
    struct maker m = start_openssl(tls12);
    (void)state;
    try_client_certificate(m.port, CLIENT_CERTIFICATE_NONE, STAGE_FINISHED, 40);
    try_client_certificate(m.port, CLIENT_CERTIFICATE_MADE_UP, STAGE_DONE,
                           -1); /* it only wants one */
    try_client_certificate(m.port, CLIENT_CERTIFICATE_GIVEN, STAGE_DONE, -1);
    stop(&m);
    m = start_openssl(tls13);
    try_client_certificate(m.port, CLIENT_CERTIFICATE_NONE, STAGE_REPLY, 116);
    try_client_certificate(m.port, CLIENT_CERTIFICATE_MADE_UP, STAGE_DONE, -1);
    try_client_certificate(m.port, CLIENT_CERTIFICATE_GIVEN, STAGE_DONE, -1);
    stop(&m);
}

static void a_made_up_certificate_is_refused_in_another_way(void **state)
{
    const char *const tls13[] = {"-www",    "-Verify", "1", "-verify_return_error",
                                 "-CAfile", cert_file, NULL};
    struct maker m = start_openssl(tls13);
    (void)state;
    try_client_certificate(m.port, CLIENT_CERTIFICATE_NONE, STAGE_REPLY, 116);
    try_client_certificate(m.port, CLIENT_CERTIFICATE_MADE_UP, STAGE_REPLY,
                           48); /* sent though no CA fits */
    stop(&m);
}

/* ---- old and weak ------------------------------------------------------------------------- */

static void an_old_server_needs_an_old_version(void **state)
{
    struct maker m = start_gnutls("NORMAL:-VERS-ALL:+VERS-TLS1.0");
    struct settings s = settings_for(m.port);
    (void)state;
    s.offers[OFFER_LIST_VERSION] = offer_bit(OFFER_VERSION_TLS12) | offer_bit(OFFER_VERSION_TLS13);
    struct tried *t = try_settings(&s, PATIENCE_MS, NULL);
    assert_ended(&t->p->outcome, SERVER_HELLO, WE_REFUSED);
    assert_string_equal(refused_for_id(t->p->outcome.refused_for), "version");
    try_free(t);
    s.offers[OFFER_LIST_VERSION] = offer_all(OFFER_LIST_VERSION);
    t = try_settings(&s, PATIENCE_MS, NULL);
    assert_ended(&t->p->outcome, DONE, NONE);
    assert_int_equal(t->p->outcome.version, 0x0301);
    assert_int_equal(t->p->outcome.http_status, 200);
    try_free(t);
    stop(&m);
}

static void a_small_prime_is_measured_and_refused(void **state)
{
    struct maker m = start_gnutls("NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-RSA:-GROUP-ALL");
    struct settings s = settings_for(m.port);
    (void)state;
    s.offers[OFFER_LIST_VERSION] = offer_bit(OFFER_VERSION_TLS12);
    s.offers[OFFER_LIST_KX] = offer_all(OFFER_LIST_KX);
    s.offers[OFFER_LIST_GROUP] = offer_bit(OFFER_GROUP_P256);
    s.dh_min_bits = 2048;
    struct tried *t = try_settings(&s, PATIENCE_MS, NULL);
    assert_ended(&t->p->outcome, KEY_EXCHANGE, WE_REFUSED);
    assert_string_equal(refused_for_id(t->p->outcome.refused_for), "dh-too-small");
    assert_int_equal(t->p->outcome.dh_bits, 1024);
    try_free(t);
    s.dh_min_bits = 0;
    t = try_settings(&s, PATIENCE_MS, NULL);
    assert_ended(&t->p->outcome, DONE, NONE);
    assert_int_equal(t->p->outcome.dh_bits, 1024);
    try_free(t);
    stop(&m);
}

static void no_common_suite_is_an_alert(void **state)
{
    struct maker m = start_gnutls("NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA");
    struct settings s = settings_for(m.port);
    (void)state;
    s.offers[OFFER_LIST_KX] = offer_bit(OFFER_KX_ECDHE_RSA);
    struct tried *t = try_settings(&s, PATIENCE_MS, NULL);
    assert_ended(&t->p->outcome, HELLO, ALERT);
    assert_int_equal(t->p->outcome.alert, 40);
    try_free(t);
    s.offers[OFFER_LIST_KX] = offer_bit(OFFER_KX_RSA);
    t = try_settings(&s, PATIENCE_MS, NULL);
    assert_ended(&t->p->outcome, DONE, NONE);
    assert_int_equal(strncmp(t->p->outcome.suite, "RSA ", 4), 0);
    try_free(t);
    stop(&m);
}

/* ---- numbers that are made to cost time ------------------------------------------------------ */

static uint8_t flight[40000]; /* what the server says to any hello; set before it is forked */
static size_t n_flight;

static void put_message(uint8_t type, const uint8_t *body, size_t n)
{
    const uint8_t head[] = {
        22,        3, 3, (uint8_t)((n + 4) >> 8), (uint8_t)(n + 4), type, 0, (uint8_t)(n >> 8),
        (uint8_t)n};
    assert_true(n_flight + sizeof(head) + n <= sizeof(flight));
    memcpy(flight + n_flight, head, sizeof(head));
    memcpy(flight + n_flight + sizeof(head), body, n);
    n_flight += sizeof(head) + n;
}

static void say_flight(int fd)
{
    read_hello(fd);
    say(fd, flight, n_flight);
    wait_for_end(fd);
}

/* TLS 1.2 with this suite, and safe renegotiation (RFC 5746); then the certificate. */
static void begin_flight(uint16_t suite, const gnutls_datum_t *der)
{
    uint8_t hello[2 + 32 + 1 + 2 + 1 + 7] = {
        3, 3, [35] = (uint8_t)(suite >> 8), (uint8_t)suite, 0, 0, 5, 0xff, 1, 0, 1, 0};
    uint8_t body[10000];
    assert_true(der->size + 6 <= sizeof(body));
    for (size_t i = 0; i < 2; i++) {
        size_t n = der->size + 3 * (1 - i);
        body[3 * i] = 0;
        body[3 * i + 1] = (uint8_t)(n >> 8);
        body[3 * i + 2] = (uint8_t)n;
    }
    memcpy(body + 6, der->data, der->size);
    n_flight = 0;
    put_message(2, hello, sizeof(hello));
    put_message(11, body, der->size + 6);
}

static struct tried *try_flight(unsigned timeout_ms)
{
    struct settings s = settings_for(serve(say_flight));
    s.offers[OFFER_LIST_VERSION] = offer_bit(OFFER_VERSION_TLS12);
    s.offers[OFFER_LIST_KX] = offer_all(OFFER_LIST_KX);
    s.dh_min_bits = 0;
    return try_settings(&s, timeout_ms, NULL);
}

/* For a key of RSA with 16,384 bits and an exponent of that many, or of 17. */
static gnutls_datum_t certificate_of(unsigned exponent_bytes)
{
    static uint8_t modulus[2048] = {0x80, [2047] = 1}, exponent[2048] = {1, [2047] = 1};
    static uint8_t short_one[3] = {1, 0, 1};
    gnutls_datum_t m = {modulus, sizeof(modulus)}, der;
    gnutls_datum_t e = {exponent_bytes == 3 ? short_one : exponent, exponent_bytes};
    gnutls_pubkey_t key;
    gnutls_x509_crt_t crt;
    pki_check(gnutls_pubkey_init(&key));
    pki_check(gnutls_pubkey_import_rsa_raw(key, &m, &e));
    pki_check(gnutls_x509_crt_init(&crt));
    pki_check(gnutls_x509_crt_set_version(crt, 3));
    pki_check(gnutls_x509_crt_set_serial(crt, "\1", 1));
    pki_check(gnutls_x509_crt_set_activation_time(crt, PKI_FROM));
    pki_check(gnutls_x509_crt_set_expiration_time(crt, PKI_UNTIL));
    pki_check(gnutls_x509_crt_set_pubkey(crt, key));
    pki_check(gnutls_x509_crt_sign2(crt, pki_all[0].crt, pki_all[0].key, GNUTLS_DIG_SHA256, 0));
    pki_check(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &der));
    gnutls_x509_crt_deinit(crt);
    gnutls_pubkey_deinit(key);
    return der;
}

static void a_key_that_would_stop_everything_is_refused(void **state)
{
    (void)state;
    for (int is_costly = 0; is_costly <= 1; is_costly++) {
        gnutls_datum_t der = certificate_of(is_costly ? 2048 : 3);
        begin_flight(0xc02f, &der); /* ECDHE-RSA AES-128-GCM */
        struct tried *t = try_flight(is_costly ? PATIENCE_MS : IMPATIENCE_MS);
        if (is_costly) {
            assert_ended(&t->p->outcome, CERTIFICATE, WE_REFUSED);
            assert_string_equal(refused_for_id(t->p->outcome.refused_for), "bad-certificate");
        } else {
            assert_ended(&t->p->outcome, CERTIFICATE, SILENCE);
        }
        assert_int_equal(t->p->outcome.n_chain, 1); /* and it is kept as evidence */
        try_free(t);
        gnutls_free(der.data);
    }
    servers_stop();
}

static void a_prime_that_would_is_refused_too(void **state)
{
    (void)state;
    gnutls_datum_t der = certificate_of(3);
    for (size_t bytes = 1250; bytes <= 1251; bytes++) {
        uint8_t body[4000] = {(uint8_t)(bytes >> 8), (uint8_t)bytes, 0x80};
        size_t n = 2 + bytes;
        const uint8_t rest[] = {0, 1, 2, 0, 1, 4,
                                4, 1, 0, 1, 0}; /* 2, 4, RSA-SHA256, no signature */
        body[n - 1] = 7;
        memcpy(body + n, rest, sizeof(rest));
        begin_flight(0x009e, &der); /* DHE-RSA AES-128-GCM */
        put_message(12, body, n + sizeof(rest));
        struct tried *t = try_flight(PATIENCE_MS);
        assert_ended(&t->p->outcome, KEY_EXCHANGE, WE_REFUSED);
        assert_string_equal(refused_for_id(t->p->outcome.refused_for),
                            bytes == 1250 ? "bad-signature" : "other");
        assert_int_equal(t->p->outcome.dh_bits, bytes * 8);
        try_free(t);
    }
    gnutls_free(der.data);
    servers_stop();
}

/* ---- the frame ---------------------------------------------------------------------------- */

static int set_up(void **state)
{
    (void)state;
    if (!makers_set_up())
        return -1;
    write_file(dh_file, sizeof(dh_file), "dh.pem", dh1024, sizeof(dh1024) - 1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(dh_file);
    makers_tear_down();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tls13_works),
        cmocka_unit_test(tls12_works),
        cmocka_unit_test(silence_after_the_handshake_is_success),
        cmocka_unit_test(http2_is_greeted_in_its_own_way),
        cmocka_unit_test(a_missing_client_certificate_is_an_alert),
        cmocka_unit_test(a_made_up_certificate_is_refused_in_another_way),
        cmocka_unit_test(an_old_server_needs_an_old_version),
        cmocka_unit_test(a_small_prime_is_measured_and_refused),
        cmocka_unit_test(no_common_suite_is_an_alert),
        cmocka_unit_test(a_key_that_would_stop_everything_is_refused),
        cmocka_unit_test(a_prime_that_would_is_refused_too),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
