/*
 * test_fetch.c - fetches and name lookups: what comes, what is refused, what is too much, and that
 * an abandoned one leaves nothing behind. All on loopback.
 * SPDX-License-Identifier: MIT
 */
#include "probe_servers.h"

#include "pki.h"
#include "statements.h"

GNUTLS_SKIP_GLOBAL_INIT

#define DATE "Thu, 01 Jan 2026 00:00:00 GMT"
enum { DATE_TIME = 1767225600 };

/* ---- servers ------------------------------------------------------------------------------ */

static void read_request(int fd)
{
    char text[2048] = "";
    for (size_t n = 0; n + 1 < sizeof(text) && !strstr(text, "\r\n\r\n");) {
        ssize_t got = read(fd, text + n, sizeof(text) - 1 - n);
        if (got <= 0)
            return;
        n += (size_t)got;
    }
}

static void answer(int fd, const char *head, const void *body, size_t n)
{
    char text[512];
    read_request(fd);
    int head_n = snprintf(text, sizeof(text),
                          "HTTP/1.1 %s\r\nDate: " DATE "\r\nContent-Length: %zu\r\n\r\n", head, n);
    say(fd, text, (size_t)head_n);
    for (size_t sent = 0; sent < n;) {
        ssize_t some = send(fd, (const char *)body + sent, n - sent, MSG_NOSIGNAL);
        if (some <= 0)
            return;
        sent += (size_t)some;
    }
    hang_up(fd);
}

static gnutls_datum_t body; /* set before the server is forked */

static void give_body(int fd)
{
    answer(fd, "200 OK", body.data, body.size);
}

static void give_nothing(int fd)
{
    answer(fd, "404 Not Found", "no", 2);
}

static void give_too_much(int fd)
{
    static char much[70000];
    answer(fd, "200 OK", much, sizeof(much));
}

static void give_without_end(int fd)
{
    static const char head[] = "HTTP/1.1 200 OK\r\nDate: " DATE "\r\n\r\n";
    static char much[4096];
    read_request(fd);
    say(fd, head, sizeof(head) - 1);
    while (send(fd, much, sizeof(much), MSG_NOSIGNAL) > 0)
        ;
}

static void say_no_word(int fd)
{
    wait_for_end(fd);
}

static uint16_t onward_port;

static void send_on_to_https(int fd)
{
    char head[128];
    snprintf(head, sizeof(head), "302 Found\r\nLocation: https://127.0.0.1:%u/",
             (unsigned)onward_port);
    answer(fd, head, "", 0);
}

static void send_on(int fd)
{
    char head[128];
    snprintf(head, sizeof(head),
             "302 Found\r\nConnection: close\r\nLocation: "
             "http://127.0.0.1:%u/next",
             (unsigned)onward_port);
    answer(fd, head, "", 0);
}

static const char *onward;

static void send_to(int fd)
{
    char head[128];
    snprintf(head, sizeof(head), "302 Found\r\nConnection: close\r\nLocation: %s", onward);
    answer(fd, head, "", 0);
}

/* ---- one fetch ---------------------------------------------------------------------------- */

static int n_done;

static void fetched(void *ctx, struct fetch *f)
{
    struct fetch_pool **pool = ctx;
    (void)f;
    n_done++;
    fetch_pool_free(*pool); /* from inside the callback: as a session that is done does */
}

static struct fetch fetch_kind_of(enum fetch_kind kind, const char *url, const char *request,
                                  enum address_kind from, unsigned timeout_ms)
{
    uv_loop_t loop;
    struct evidence *ev = evidence_new();
    struct fetch *f = evidence_add_fetch(ev, kind, url, request);
    assert_int_equal(uv_loop_init(&loop), 0);
    struct fetch_pool *pool = fetch_pool_new(&loop);
    n_done = 0;
    bool started = fetch_start(pool, ev, f, from, timeout_ms, fetched, &pool);
    assert_int_equal(n_done, 0);
    if (!started)
        fetch_pool_free(pool);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(n_done, started);
    assert_int_equal(uv_loop_close(&loop), 0);
    if (f->state == FETCH_GOT && kind != FETCH_KIND_ISSUER) {
        assert_int_equal(ev->statements[f->statement].kind,
                         kind == FETCH_KIND_OCSP ? STATEMENT_OCSP : STATEMENT_CRL);
        assert_int_equal(ev->n_certificates, 0);
    } else if (f->state == FETCH_GOT)
        assert_memory_equal(ev->certificates[f->certificate].der.data, pki_all[0].der.data,
                            pki_all[0].der.len);
    struct fetch result = *f;
    evidence_free(ev);
    return result;
}

static struct fetch fetch_url(const char *url, enum address_kind from, unsigned timeout_ms)
{
    return fetch_kind_of(FETCH_KIND_ISSUER, url, "", from, timeout_ms);
}

static struct fetch fetch_from(serve_fn *act, enum address_kind from, unsigned timeout_ms)
{
    char url[64];
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/ca.cer", (unsigned)serve(act));
    return fetch_url(url, from, timeout_ms);
}

static void all_forms_of_a_certificate_are_taken(void **state)
{
    gnutls_datum_t forms[4];
    gnutls_pkcs7_t bag;
    (void)state;
    pki_check(gnutls_x509_crt_export2(pki_all[0].crt, GNUTLS_X509_FMT_DER, &forms[0]));
    pki_check(gnutls_x509_crt_export2(pki_all[0].crt, GNUTLS_X509_FMT_PEM, &forms[1]));
    pki_check(gnutls_pkcs7_init(&bag));
    pki_check(gnutls_pkcs7_set_crt(bag, pki_all[0].crt));
    pki_check(gnutls_pkcs7_export2(bag, GNUTLS_X509_FMT_DER, &forms[2]));
    pki_check(gnutls_pkcs7_export2(bag, GNUTLS_X509_FMT_PEM, &forms[3]));
    for (size_t i = 0; i < 4; i++) {
        body = forms[i];
        struct fetch f = fetch_from(give_body, ADDRESS_LOOPBACK, PATIENCE_MS);
        assert_string_equal(fetch_state_id(f.state), "got");
        assert_int_equal(f.http_date, DATE_TIME);
        gnutls_free(forms[i].data);
    }
    gnutls_pkcs7_deinit(bag);
}

static void what_is_none_fails_but_tells_the_time(void **state)
{
    static serve_fn *const acts[] = {give_nothing, give_too_much, give_without_end};
    (void)state;
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
        struct fetch f = fetch_from(acts[i], ADDRESS_LOOPBACK, PATIENCE_MS);
        assert_string_equal(fetch_state_id(f.state), "failed");
        assert_int_equal(f.certificate, -1);
        assert_int_equal(f.http_date, DATE_TIME);
        assert_true(f.http_date_local > DATE_TIME);
    }
    body = (gnutls_datum_t){(unsigned char *)"<html>no certificate</html>", 27};
    assert_string_equal(fetch_state_id(fetch_from(give_body, ADDRESS_LOOPBACK, PATIENCE_MS).state),
                        "failed");
    assert_string_equal(
        fetch_state_id(fetch_from(say_no_word, ADDRESS_LOOPBACK, IMPATIENCE_MS).state), "failed");
}

/* Only to the address with the request at its end, as a responder has it. */
static void give_body_if_asked(int fd)
{
    char text[512] = "";
    if (recv(fd, text, sizeof(text) - 1, MSG_PEEK) > 0 &&
        strncmp(text, "GET /ca/MEow%2B%3D HTTP/1.1\r\n", 27) == 0)
        answer(fd, "200 OK", body.data, body.size);
    else
        give_nothing(fd);
}

static const char *statement_from(enum fetch_kind kind, serve_fn *act, const char *path,
                                  const struct blob *bytes)
{
    char url[64];
    body = (gnutls_datum_t){bytes->data, (unsigned)bytes->len};
    snprintf(url, sizeof(url), "http://127.0.0.1:%u%s", (unsigned)serve(act), path);
    const char *request = kind == FETCH_KIND_OCSP ? "MEow%2B%3D" : "";
    struct fetch f = fetch_kind_of(kind, url, request, ADDRESS_LOOPBACK, PATIENCE_MS);
    assert_int_equal(f.statement >= 0, f.state == FETCH_GOT);
    assert_int_equal(f.certificate, -1);
    return fetch_state_id(f.state);
}

static void statements_are_taken_as_what_was_asked_for(void **state)
{
    (void)state;
    struct pki_cert *ca = &pki_all[0];
    struct statement ocsp = say_by_ocsp(ca, ca, LAB_WORD_GOOD, PKI_NOW);
    struct statement crl = say_by_list(ca, ca, LAB_WORD_GOOD, PKI_NOW);
    const struct blob *certificate = &ca->der;
    assert_string_equal(statement_from(FETCH_KIND_OCSP, give_body_if_asked, "/ca", &ocsp.der),
                        "got");
    assert_string_equal(statement_from(FETCH_KIND_OCSP, give_body_if_asked, "/ca/", &ocsp.der),
                        "got");
    assert_string_equal(statement_from(FETCH_KIND_OCSP, give_body, "/ca", &crl.der), "failed");
    assert_string_equal(statement_from(FETCH_KIND_OCSP, give_body, "/ca", certificate), "failed");
    assert_string_equal(statement_from(FETCH_KIND_CRL, give_body, "/1", &crl.der), "got");
    assert_string_equal(statement_from(FETCH_KIND_CRL, give_body, "/1", &ocsp.der), "failed");
    assert_string_equal(statement_from(FETCH_KIND_CRL, give_nothing, "/1", &crl.der), "failed");
    blob_fini(&ocsp.der);
    blob_fini(&crl.der);
}

static void what_is_more_guarded_is_not_asked(void **state)
{
    static const enum address_kind kinds[] = {ADDRESS_NO_HOST, ADDRESS_LINK_LOCAL, ADDRESS_PRIVATE,
                                              ADDRESS_PUBLIC};
    (void)state;
    body = (gnutls_datum_t){pki_all[0].der.data, (unsigned)pki_all[0].der.len};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct fetch f = fetch_from(give_body, kinds[i], PATIENCE_MS);
        assert_string_equal(fetch_state_id(f.state), "refused");
        assert_int_equal(f.http_date, 0); /* it was not even asked */
    }
}

static void each_redirect_is_judged_anew(void **state)
{
    static const char *const places[] = {
        "http://169.254.169.254/", "http://127.0.0.1:22/", "http://[::ffff:169.254.169.254]/",
        "http://0.0.0.0/",         "http://2852039166/",   "ftp://127.0.0.1/",
        "https://127.0.0.1/"};
    (void)state;
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        onward = places[i];
        struct fetch f = fetch_from(send_to, ADDRESS_LOOPBACK, PATIENCE_MS);
        assert_string_equal(fetch_state_id(f.state), "refused");
        assert_int_equal(f.http_date, DATE_TIME); /* of the one that sent us there */
    }
}

static void only_plain_http_is_spoken(void **state)
{
    static const char *const urls[] = {"https://127.0.0.1/", "file:///etc/passwd",
                                       "ldap://127.0.0.1/", "ftp://127.0.0.1/", ""};
    (void)state;
    for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++)
        assert_string_equal(fetch_state_id(fetch_url(urls[i], ADDRESS_LOOPBACK, PATIENCE_MS).state),
                            "refused");
    assert_string_equal(
        fetch_state_id(fetch_from(send_on_to_https, ADDRESS_LOOPBACK, PATIENCE_MS).state),
        "refused");
}

/* ---- times of several answers -------------------------------------------------------------- */

#define OTHER_DATE "Sun, 06 Nov 1994 08:49:37 GMT"

static const char *onward_headers, *last_answer; /* set before the servers are forked */

static void send_on_with_headers(int fd)
{
    char head[256];
    read_request(fd);
    int n = snprintf(head, sizeof(head),
                     "HTTP/1.1 302 Found\r\n%sConnection: close\r\nContent-Length: 0\r\n"
                     "Location: http://127.0.0.1:%u/next\r\n\r\n",
                     onward_headers, (unsigned)onward_port);
    say(fd, head, (size_t)n);
    hang_up(fd);
}

static void say_last_answer(int fd)
{
    read_request(fd);
    say(fd, last_answer, strlen(last_answer));
    hang_up(fd);
}

/* RFC 9111 5.1: an Age is about the answer that it stands in; so is a Date. */
static void each_answer_tells_its_own_time(void **state)
{
    static const struct {
        const char *onward, *last;
        int64_t date;
    } rows[] = {
        {"Age: 86400\r\n", "HTTP/1.1 404 x\r\nDate: " DATE "\r\n\r\n", DATE_TIME},
        {"Date: " OTHER_DATE "\r\nAge: 86400\r\n",
         "HTTP/1.1 404 x\r\nDate: " DATE "\r\nAge: 60\r\n\r\n", DATE_TIME + 60},
        {"Date: " OTHER_DATE "\r\n", "HTTP/1.1 404 x\r\nAge: 60\r\n\r\n", 0},
        {"",
         "HTTP/1.1 103 Hints\r\nDate: " OTHER_DATE "\r\nAge: 9\r\n\r\n"
         "HTTP/1.1 404 x\r\nDate: " DATE "\r\n\r\n",
         DATE_TIME},
        {"",
         "HTTP/1.1 404 x\r\nDate: " DATE "\r\nTransfer-Encoding: chunked\r\n\r\n"
         "0\r\nAge: 86400\r\nDate: " OTHER_DATE "\r\n\r\n",
         DATE_TIME},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        onward_headers = rows[i].onward;
        last_answer = rows[i].last;
        onward_port = serve(say_last_answer);
        struct fetch f = fetch_from(send_on_with_headers, ADDRESS_LOOPBACK, PATIENCE_MS);
        assert_string_equal(fetch_state_id(f.state), "failed");
        if (f.http_date != rows[i].date)
            fail_msg("row %zu: %lld", i, (long long)f.http_date);
        assert_int_equal(f.http_date_local != 0, rows[i].date != 0);
    }
}

static void two_redirects_are_followed_and_no_more(void **state)
{
    (void)state;
    body = (gnutls_datum_t){pki_all[0].der.data, (unsigned)pki_all[0].der.len};
    onward_port = serve(give_body);
    onward_port = serve(send_on);
    assert_string_equal(fetch_state_id(fetch_from(send_on, ADDRESS_LOOPBACK, PATIENCE_MS).state),
                        "got");
    onward_port = serve(send_on);
    assert_string_equal(fetch_state_id(fetch_from(send_on, ADDRESS_LOOPBACK, PATIENCE_MS).state),
                        "failed");
}

static void no_proxy_of_the_environment_is_used(void **state)
{
    (void)state;
    setenv("http_proxy", "http://127.0.0.1:1/", 1);
    setenv("ALL_PROXY", "http://127.0.0.1:1/", 1);
    body = (gnutls_datum_t){pki_all[0].der.data, (unsigned)pki_all[0].der.len};
    assert_string_equal(fetch_state_id(fetch_from(give_body, ADDRESS_LOOPBACK, PATIENCE_MS).state),
                        "got");
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
}

static void a_freed_pool_leaves_nothing(void **state)
{
    uv_loop_t loop;
    struct evidence *ev = evidence_new();
    char url[64];
    (void)state;
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/", (unsigned)serve(say_no_word));
    assert_int_equal(uv_loop_init(&loop), 0);
    struct fetch_pool *pool = fetch_pool_new(&loop);
    n_done = 0;
    for (size_t i = 0; i < 4; i++)
        assert_true(fetch_start(pool, ev, evidence_add_fetch(ev, FETCH_KIND_ISSUER, url + 0, ""),
                                ADDRESS_LOOPBACK, PATIENCE_MS, fetched, &pool));
    for (int i = 0; i < 6; i++)
        uv_run(&loop, UV_RUN_NOWAIT);
    fetch_pool_free(pool);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(n_done, 0);
    assert_int_equal(uv_loop_close(&loop), 0);
    evidence_free(ev);
}

/* ---- names -------------------------------------------------------------------------------- */

static int n_resolved;

static void resolved(void *ctx, struct resolution *r)
{
    (void)ctx;
    assert_true(r->finished);
    n_resolved++;
}

static struct resolution resolve(const char *name, int family)
{
    uv_loop_t loop;
    struct resolution r;
    assert_int_equal(uv_loop_init(&loop), 0);
    n_resolved = 0;
    assert_non_null(resolve_start(&loop, &r, name, family, PATIENCE_MS, resolved, NULL));
    assert_int_equal(n_resolved, 0);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(n_resolved, 1);
    assert_int_equal(uv_loop_close(&loop), 0);
    return r;
}

static void names_become_addresses(void **state)
{
    static const char *const literal[] = {"192.0.2.1", "2001:db8::1", "fe80::1%lo"};
    static char too_long[300];
    static const char *const never[] = {"invalid", "a.b.INVALID", "", ".", "a..b", "a b", too_long};
    (void)state;
    memset(too_long, 'a', sizeof(too_long) - 1);
    for (size_t i = 0; i < sizeof(literal) / sizeof(literal[0]); i++) {
        struct resolution r = resolve(literal[i], 0);
        assert_int_equal(r.how, BREAK_NONE);
        assert_int_equal(r.n_addresses, 1);
        assert_string_equal(r.addresses[0], literal[i]);
    }
    for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
        struct resolution r = resolve(never[i], 0);
        assert_string_equal(break_id(r.how), "name-not-found");
        assert_int_equal(r.n_addresses, 0);
    }
    struct resolution r = resolve("localhost", 4);
    assert_int_equal(r.how, BREAK_NONE);
    assert_int_equal(r.n_addresses, 1);
    assert_string_equal(r.addresses[0], "127.0.0.1");
}

static void an_abandoned_lookup_tells_nobody(void **state)
{
    static const char *const names[] = {"localhost", "192.0.2.1", "a.invalid"};
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        uv_loop_t loop;
        struct resolution *r = calloc(1, sizeof(*r));
        assert_int_equal(uv_loop_init(&loop), 0);
        n_resolved = 0;
        struct resolve_run *run = resolve_start(&loop, r, names[i], 0, PATIENCE_MS, resolved, NULL);
        resolve_cancel(run);
        assert_string_equal(break_id(r->how), "cancelled");
        free(r); /* the late answer must not touch it: the sanitizer would see */
        uv_run(&loop, UV_RUN_DEFAULT);
        assert_int_equal(n_resolved, 0);
        assert_int_equal(uv_loop_close(&loop), 0);
    }
}

/* ---- the frame ---------------------------------------------------------------------------- */

static int set_up(void **state)
{
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    if (!probe_global_init())
        return -1;
    pki_make((struct pki_spec){.cn = "Test CA", .is_ca = true});
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(all_forms_of_a_certificate_are_taken, servers_tear_down),
        cmocka_unit_test_teardown(what_is_none_fails_but_tells_the_time, servers_tear_down),
        cmocka_unit_test_teardown(statements_are_taken_as_what_was_asked_for, servers_tear_down),
        cmocka_unit_test_teardown(what_is_more_guarded_is_not_asked, servers_tear_down),
        cmocka_unit_test_teardown(each_redirect_is_judged_anew, servers_tear_down),
        cmocka_unit_test_teardown(only_plain_http_is_spoken, servers_tear_down),
        cmocka_unit_test_teardown(each_answer_tells_its_own_time, servers_tear_down),
        cmocka_unit_test_teardown(two_redirects_are_followed_and_no_more, servers_tear_down),
        cmocka_unit_test_teardown(no_proxy_of_the_environment_is_used, servers_tear_down),
        cmocka_unit_test_teardown(a_freed_pool_leaves_nothing, servers_tear_down),
        cmocka_unit_test(names_become_addresses),
        cmocka_unit_test(an_abandoned_lookup_tells_nobody),
    };
    return cmocka_run_group_tests(tests, set_up, pki_tear_down);
}
