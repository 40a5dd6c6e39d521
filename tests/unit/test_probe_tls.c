/*
 * test_probe_tls.c - one probe against other makers' servers (openssl s_server, gnutls-serv), where
 * they are installed: successes, client certificates, old versions, small primes, and a line that
 * is cut at many places. All on loopback.
 * SPDX-License-Identifier: MIT
 */
#include "probe_servers.h"

#include "pki.h"

GNUTLS_SKIP_GLOBAL_INIT

/* ---- other makers' servers
 * ------------------------------------------------------------------------ */

static char directory[] = "/tmp/whytls-probe.XXXXXX";
static char cert_file[64], key_file[64], dh_file[64];

struct maker {
    pid_t pid;
    int keep_open; /* s_server ends when its input does */
    int output;    /* stays open: a server whose output is gone may die of it */
    uint16_t port; /* 0: not installed */
};

/* RFC 3526-like in size only: a 1024-bit prime (RFC 2409 6.2), as old servers have it. */
static const char dh1024[] = "-----BEGIN DH PARAMETERS-----\n"
                             "MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR\n"
                             "Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL\n"
                             "/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC\n"
                             "-----END DH PARAMETERS-----\n";

/* Reads what the server prints until it says that it listens; the port that it names, or `own`. */
static uint16_t wait_until_it_listens(int fd, uint16_t own)
{
    char text[4096] = "";
    for (size_t n = 0; n + 1 < sizeof(text);) {
        ssize_t got = read(fd, text + n, sizeof(text) - 1 - n);
        if (got <= 0)
            return 0;
        n += (size_t)got;
        const char *accept = strstr(text, "ACCEPT ");
        const char *colon = accept ? strrchr(accept, ':') : NULL;
        if (colon && strchr(colon, '\n'))
            return (uint16_t)strtoul(colon + 1, NULL, 10);
        if (strstr(text, "listening on IPv4") && strstr(text, "done"))
            return own;
    }
    return 0;
}

static struct maker start(const char *const *argv, uint16_t own_port)
{
    int in[2], out[2];
    struct maker m = {0};
    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    m.pid = fork();
    assert_true(m.pid >= 0);
    if (m.pid == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        dup2(out[1], 2);
        for (int fd = 3; fd < 64; fd++)
            close(fd);
        execvp(argv[0], (char *const *)argv);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    m.keep_open = in[1];
    m.port = wait_until_it_listens(out[0], own_port);
    m.output = out[0];
    return m;
}

static void stop(struct maker *m)
{
    close(m->keep_open);
    close(m->output);
    kill(m->pid, SIGKILL);
    waitpid(m->pid, NULL, 0);
}

enum { MAX_OPTIONS = 10 };

static struct maker start_openssl(const char *const *options)
{
    const char *argv[12 + MAX_OPTIONS] = {"openssl", "s_server", "-accept", "127.0.0.1:0", "-cert",
                                          cert_file, "-key",     key_file,  "-no_dhe"};
    size_t n = 8;
    while (options && *options)
        argv[n++] = *options++;
    struct maker m = start(argv, 0);
    if (!m.port) {
        stop(&m);
        skip();
    }
    return m;
}

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

/* ---- it works
 * ---------------------------------------------------------------------------------------- */

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

/* ---- client certificates
 * ------------------------------------------------------------------------------ */

static void try_card(uint16_t port, enum client_certificate which, enum stage stage, int alert)
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

static void a_missing_card_is_an_alert(void **state)
{
    const char *const tls12[] = {"-www", "-Verify", "1", "-tls1_2", NULL};
    const char *const tls13[] = {"-www", "-Verify", "1", "-tls1_3", NULL};
    struct maker m = start_openssl(tls12);
    (void)state;
    try_card(m.port, CLIENT_CERTIFICATE_NONE, STAGE_FINISHED, 40);
    try_card(m.port, CLIENT_CERTIFICATE_MADE_UP, STAGE_DONE, -1); /* it only wants one */
    try_card(m.port, CLIENT_CERTIFICATE_GIVEN, STAGE_DONE, -1);
    stop(&m);
    m = start_openssl(tls13);
    try_card(m.port, CLIENT_CERTIFICATE_NONE, STAGE_REPLY, 116);
    try_card(m.port, CLIENT_CERTIFICATE_MADE_UP, STAGE_DONE, -1);
    try_card(m.port, CLIENT_CERTIFICATE_GIVEN, STAGE_DONE, -1);
    stop(&m);
}

static void a_made_up_card_is_refused_in_another_way(void **state)
{
    const char *const tls13[] = {"-www",    "-Verify", "1", "-verify_return_error",
                                 "-CAfile", cert_file, NULL};
    struct maker m = start_openssl(tls13);
    (void)state;
    try_card(m.port, CLIENT_CERTIFICATE_NONE, STAGE_REPLY, 116);
    try_card(m.port, CLIENT_CERTIFICATE_MADE_UP, STAGE_REPLY, 48); /* sent though no CA fits */
    stop(&m);
}

/* ---- old and weak
 * --------------------------------------------------------------------------------------- */

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

/* ---- a line that is cut
 * ---------------------------------------------------------------------------------- */

static uint16_t cut_upstream; /* for the child: set before it is forked */
static size_t cut_at;
static bool cut_hard;

/* Passes on everything, but of the server's bytes only the first cut_at. */
static void pass_and_cut(int client)
{
    struct sockaddr_in sa = {.sin_family = AF_INET,
                             .sin_addr = {htonl(INADDR_LOOPBACK)},
                             .sin_port = htons(cut_upstream)};
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(server, (struct sockaddr *)&sa, sizeof(sa)) != 0)
        _exit(1);
    pid_t up = fork();
    if (up == 0) {
        char bytes[4096];
        for (ssize_t n; (n = read(client, bytes, sizeof(bytes))) > 0;)
            if (write(server, bytes, (size_t)n) != n)
                break;
        _exit(0);
    }
    for (size_t left = cut_at; left;) {
        char bytes[4096];
        ssize_t n = read(server, bytes, left < sizeof(bytes) ? left : sizeof(bytes));
        if (n <= 0)
            break;
        say(client, bytes, (size_t)n);
        left -= (size_t)n;
    }
    if (cut_hard)
        cut_off(client);
    else
        shutdown(client, SHUT_WR);
    if (!cut_hard)
        waitpid(up, NULL, 0); /* until the client has closed: no reset */
    else
        kill(up, SIGKILL), waitpid(up, NULL, 0);
    close(server);
}

static struct tried *try_cut(const struct settings *base, size_t at, bool hard)
{
    struct settings s = *base;
    cut_upstream = base->port;
    cut_at = at;
    cut_hard = hard;
    s.port = serve(pass_and_cut);
    return try_settings(&s, PATIENCE_MS, NULL);
}

/*
 * Cut after k bytes: the stage never goes down as k grows, every stage is seen, the break is a
 * close, and nothing is called a success before the server could have confirmed it.
 */
static void check_cuts(const char *version, uint16_t number, enum stage confirmed)
{
    const char *const options[] = {"-www", version, NULL};
    struct maker m = start_openssl(options);
    struct settings s = settings_for(m.port);
    enum stage last = STAGE_HELLO;
    unsigned seen = 0;
    for (size_t k = 0; last < confirmed && k < 8000; k += 61) {
        struct tried *t = try_cut(&s, k, false);
        const struct outcome *o = &t->p->outcome;
        assert_true(o->stage >= last);
        assert_true(o->how == (o->stage == STAGE_DONE ? BREAK_NONE : BREAK_CLOSED));
        assert_int_equal(o->bytes_in, k);
        assert_true(!o->version || o->version == number);
        last = o->stage;
        seen |= 1u << last;
        try_free(t);
        servers_stop();
    }
    assert_int_equal(last, confirmed);
    assert_true(seen & (1u << STAGE_HELLO));
    assert_true(seen & (1u << STAGE_SERVER_HELLO));
    assert_true(seen & (1u << STAGE_CERTIFICATE));
    stop(&m);
}

static void a_cut_line_shows_how_far_it_came(void **state)
{
    (void)state;
    check_cuts("-tls1_2", 0x0303, STAGE_DONE);
    check_cuts("-tls1_3", 0x0304, STAGE_DONE);
}

static void a_reset_line_is_never_called_anything_else(void **state)
{
    const char *const options[] = {"-www", NULL};
    struct maker m = start_openssl(options);
    struct settings s = settings_for(m.port);
    (void)state;
    for (size_t k = 0; k < 1300; k += 211) {
        struct tried *t = try_cut(&s, k, true);
        assert_true(t->p->outcome.how == BREAK_RESET);
        assert_true(t->p->outcome.stage >= STAGE_HELLO && t->p->outcome.stage < STAGE_DONE);
        try_free(t);
        servers_stop();
    }
    stop(&m);
}

/* ---- the frame
 * --------------------------------------------------------------------------------------------- */

static void write_file(char *path, size_t size, const char *name, const void *bytes, size_t n)
{
    snprintf(path, size, "%s/%s", directory, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static int set_up(void **state)
{
    gnutls_datum_t pem;
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    if (!probe_global_init() || !mkdtemp(directory))
        return -1;
    struct pki_cert *c =
        pki_make((struct pki_spec){.cn = "probe.test", .dns = {"probe.test"}, .key = PKI_RSA_2048});
    pki_check(gnutls_x509_crt_export2(c->crt, GNUTLS_X509_FMT_PEM, &pem));
    write_file(cert_file, sizeof(cert_file), "cert.pem", pem.data, pem.size);
    gnutls_free(pem.data);
    pki_check(gnutls_x509_privkey_export2(c->key, GNUTLS_X509_FMT_PEM, &pem));
    write_file(key_file, sizeof(key_file), "key.pem", pem.data, pem.size);
    gnutls_free(pem.data);
    write_file(dh_file, sizeof(dh_file), "dh.pem", dh1024, sizeof(dh1024) - 1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    servers_stop();
    unlink(cert_file);
    unlink(key_file);
    unlink(dh_file);
    rmdir(directory);
    pki_free_all();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tls13_works),
        cmocka_unit_test(tls12_works),
        cmocka_unit_test(silence_after_the_handshake_is_success),
        cmocka_unit_test(http2_is_greeted_in_its_own_way),
        cmocka_unit_test(a_missing_card_is_an_alert),
        cmocka_unit_test(a_made_up_card_is_refused_in_another_way),
        cmocka_unit_test(an_old_server_needs_an_old_version),
        cmocka_unit_test(a_small_prime_is_measured_and_refused),
        cmocka_unit_test(no_common_suite_is_an_alert),
        cmocka_unit_test(a_cut_line_shows_how_far_it_came),
        cmocka_unit_test(a_reset_line_is_never_called_anything_else),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
