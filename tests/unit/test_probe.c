/*
 * test_probe.c - one probe against scripted servers: each way to break has its stage, its break,
 * its alert and its bytes. Names and cancelling too. All on loopback.
 * SPDX-License-Identifier: MIT
 */
#include "probe_servers.h"

#include <gnutls/gnutls.h>

GNUTLS_SKIP_GLOBAL_INIT

static const uint8_t alert_40[] = {21, 3, 3, 0, 2, 2, 40};
static const uint8_t warning_112[] = {21, 3, 3, 0, 2, 1, 112};
static const uint8_t close_notify[] = {21, 3, 3, 0, 2, 1, 0};

/* ---- servers ------------------------------------------------------------------------------ */

static void be_silent(int fd)
{
    wait_for_end(fd);
}

static void close_after_hello(int fd)
{
    read_hello(fd);
    hang_up(fd);
}

static void reset_after_hello(int fd)
{
    read_hello(fd);
    cut_off(fd);
}

/* Often before the client has seen that it is connected: still no refused call. */
static void reset_at_once(int fd)
{
    cut_off(fd);
}

static void say_alert(int fd)
{
    read_hello(fd);
    say(fd, alert_40, sizeof(alert_40));
    hang_up(fd);
}

/* The end comes as a reset, but the alert was there first. */
static void say_alert_and_reset(int fd)
{
    say(fd, alert_40, sizeof(alert_40)); /* the hello stays unread: closing resets */
    uint8_t peek;
    recv(fd, &peek, 1, MSG_PEEK);
}

static void warn_and_close(int fd)
{
    read_hello(fd);
    say(fd, warning_112, sizeof(warning_112));
    hang_up(fd);
}

static void warn_and_alert(int fd)
{
    read_hello(fd);
    say(fd, warning_112, sizeof(warning_112));
    say(fd, alert_40, sizeof(alert_40));
    hang_up(fd);
}

static void warn_for_ever(int fd)
{
    read_hello(fd);
    while (send(fd, warning_112, sizeof(warning_112), MSG_NOSIGNAL) > 0)
        ;
}

static void say_goodbye(int fd)
{
    read_hello(fd);
    say(fd, close_notify, sizeof(close_notify));
    hang_up(fd);
}

static void half_a_record(int fd)
{
    static const uint8_t half[] = {22, 3, 3, 0, 80, 2, 0, 0, 76, 3, 3};
    read_hello(fd);
    say(fd, half, sizeof(half));
    hang_up(fd);
}

static void three_bytes(int fd)
{
    read_hello(fd);
    say(fd, "\x16\x03\x03", 3);
    hang_up(fd);
}

static void nonsense_in_tls(int fd)
{
    static const uint8_t junk[] = {22, 3, 3, 0, 8, 99, 0, 0, 4, 1, 2, 3, 4};
    read_hello(fd);
    say(fd, junk, sizeof(junk));
    hang_up(fd);
}

static void too_long_a_record(int fd)
{
    static const uint8_t junk[] = {22, 3, 3, 0xff, 0xff, 2, 0, 0, 76};
    read_hello(fd);
    say(fd, junk, sizeof(junk));
    hang_up(fd);
}

/* A ServerHello that chooses TLS 1.0, with the suite AES128-SHA. */
static void choose_tls10(int fd)
{
    uint8_t hello[5 + 4 + 38] = {22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1};
    hello[5 + 4 + 2 + 32] = 0; /* no session id */
    hello[5 + 4 + 36 - 1] = 0x2f;
    hello[5 + 4 + 34] = 0;
    hello[5 + 4 + 35] = 0;
    hello[5 + 4 + 36] = 0x2f;
    read_hello(fd);
    say(fd, hello, sizeof(hello));
    hang_up(fd);
}

static void speak_http(int fd)
{
    static const char answer[] = "HTTP/1.1 400 Bad Request\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT"
                                 "\r\nServer: test\r\n\r\n<title>400 No card</title>";
    char scratch[64];
    if (read(fd, scratch, sizeof(scratch)) > 0)
        say(fd, answer, sizeof(answer) - 1);
    hang_up(fd);
}

static void greet_as_ssh(int fd)
{
    say(fd, "SSH", 3); /* in two pieces: the line is put together */
    read_hello(fd);
    say(fd, "-2.0-OpenSSH_9.2p1 Debian\r\nmore that nobody needs\r\n", 51);
    hang_up(fd);
}

static void greet_and_wait(int fd)
{
    say(fd, "220 mail.test ESMTP\r\n", 21);
    wait_for_end(fd);
}

/* Says how the first record began, as if it were a banner: "HELLO" version, length, first bytes. */
static void echo_record_version(int fd)
{
    uint8_t hello[20000];
    char line[64];
    size_t n = read_record(fd, hello, sizeof(hello));
    snprintf(line, sizeof(line), "HELLO %02x%02x %zu\n", hello[1], hello[2], n);
    say(fd, line, strlen(line));
    hang_up(fd);
}

static void echo_extensions(int fd)
{
    uint8_t hello[20000];
    char line[256] = "EXT";
    size_t n = read_record(fd, hello, sizeof(hello));
    size_t at = 5 + 4 + 34;
    at += 1u + hello[at];
    at += 2u + ((size_t)hello[at] << 8 | hello[at + 1]);
    at += 1u + hello[at] + 2u;
    for (size_t len; at + 4 <= n; at += 4 + len) {
        len = (size_t)hello[at + 2] << 8 | hello[at + 3];
        size_t used = strlen(line);
        snprintf(line + used, sizeof(line) - used, " %d", hello[at] << 8 | hello[at + 1]);
    }
    strcat(line, " .\n"); /* so that the last number stands between spaces too */
    say(fd, line, strlen(line));
    hang_up(fd);
}

/* ---- the table of breaks ------------------------------------------------------------------ */

struct scene {
    serve_fn *act;
    enum speak speak;
    unsigned timeout_ms;
    enum stage stage;
    enum break_kind how;
    int alert;
    size_t n_warnings;
    uint64_t bytes_in; /* 0: not looked at */
    enum protocol protocol;
};

static const struct scene scenes[] = {
    {be_silent, SPEAK_TLS, IMPATIENCE_MS, STAGE_HELLO, BREAK_SILENCE, -1, 0, 0, PROTOCOL_NONE},
    {close_after_hello, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_CLOSED, -1, 0, 0, PROTOCOL_NONE},
    {reset_after_hello, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_RESET, -1, 0, 0, PROTOCOL_NONE},
    {say_alert, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_ALERT, 40, 0, 7, PROTOCOL_NONE},
    {say_alert_and_reset, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_ALERT, 40, 0, 7,
     PROTOCOL_NONE},
    {warn_and_close, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_CLOSED, -1, 1, 7, PROTOCOL_NONE},
    {warn_and_alert, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_ALERT, 40, 1, 14, PROTOCOL_NONE},
    {warn_for_ever, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_GARBLED, -1, EVIDENCE_MAX_WARNINGS,
     0, PROTOCOL_NONE},
    {say_goodbye, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_ALERT, 0, 0, 7, PROTOCOL_NONE},
    {half_a_record, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_CLOSED, -1, 0, 11, PROTOCOL_NONE},
    {three_bytes, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_CLOSED, -1, 0, 3, PROTOCOL_NONE},
    {nonsense_in_tls, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_GARBLED, -1, 0, 13, PROTOCOL_NONE},
    {too_long_a_record, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_GARBLED, -1, 0, 0,
     PROTOCOL_NONE},
    {speak_http, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_NOT_TLS, -1, 0, 0, PROTOCOL_HTTP},
    {greet_as_ssh, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_NOT_TLS, -1, 0, 0, PROTOCOL_SSH},
    {greet_and_wait, SPEAK_TLS, PATIENCE_MS, STAGE_HELLO, BREAK_NOT_TLS, -1, 0, 21, PROTOCOL_SMTP},
    {speak_http, SPEAK_PLAIN, PATIENCE_MS, STAGE_DONE, BREAK_NONE, -1, 0, 0, PROTOCOL_HTTP},
    {say_alert, SPEAK_PLAIN, IMPATIENCE_MS, STAGE_HELLO, BREAK_SILENCE, -1, 0, 0, PROTOCOL_NONE},
    {greet_and_wait, SPEAK_PLAIN, IMPATIENCE_MS, STAGE_HELLO, BREAK_NOT_TLS, -1, 0, 21,
     PROTOCOL_SMTP},
    {be_silent, SPEAK_PLAIN, IMPATIENCE_MS, STAGE_HELLO, BREAK_SILENCE, -1, 0, 0, PROTOCOL_NONE},
    {greet_and_wait, SPEAK_WAIT_FOR_BANNER, PATIENCE_MS, STAGE_DONE, BREAK_NONE, -1, 0, 21,
     PROTOCOL_SMTP},
    {be_silent, SPEAK_WAIT_FOR_BANNER, IMPATIENCE_MS, STAGE_HELLO, BREAK_SILENCE, -1, 0, 0,
     PROTOCOL_NONE},
};

static void each_break_is_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
        const struct scene *s = &scenes[i];
        struct settings settings = settings_for(serve(s->act));
        settings.speak = s->speak;
        struct tried *t = try_settings(&settings, s->timeout_ms, NULL);
        const struct outcome *o = &t->p->outcome;
        if (o->stage != s->stage || o->how != s->how)
            print_error("scene %zu: library %d\n", i, o->library_error);
        assert_string_equal(break_id(o->how), break_id(s->how));
        assert_string_equal(stage_id(o->stage), stage_id(s->stage));
        assert_int_equal(o->alert, s->alert);
        assert_int_equal(o->n_warnings, s->n_warnings);
        if (s->n_warnings)
            assert_int_equal(o->warnings[0], 112);
        if (s->bytes_in)
            assert_int_equal(o->bytes_in, s->bytes_in);
        assert_string_equal(protocol_id(o->protocol), protocol_id(s->protocol));
        assert_true(has_event(t->p, EVENT_CONNECTED, DIRECTION_NONE, settings.port));
        try_free(t);
    }
    servers_stop();
}

static void a_reset_at_once_is_a_reset(void **state)
{
    uint16_t port = serve(reset_at_once);
    struct settings s = settings_for(port);
    (void)state;
    for (int i = 0; i < 100; i++) {
        struct tried *t = try_settings(&s, PATIENCE_MS, NULL);
        assert_ended(&t->p->outcome, HELLO, RESET);
        try_free(t);
    }
}

static void nobody_listens(void **state)
{
    uint16_t port;
    (void)state;
    close(listen_anywhere(&port));
    struct settings s = settings_for(port);
    struct tried *t = try_settings(&s, PATIENCE_MS, NULL);
    assert_ended(&t->p->outcome, CONNECT, REFUSED);
    assert_int_equal(t->p->outcome.system_error, ECONNREFUSED);
    assert_int_equal(t->p->outcome.bytes_out, 0);
    try_free(t);
}

static void what_we_cannot_do_says_nothing(void **state)
{
    (void)state;
    struct settings s = settings_for(serve(be_silent));
    TEXT_SET(s.address, "not.an.address");
    struct tried *t = try_settings(&s, PATIENCE_MS, NULL);
    assert_ended(&t->p->outcome, RESOLVE, FAILED);
    try_free(t);

    TEXT_SET(s.address, "127.0.0.1");
    memset(s.offers, 0, sizeof(s.offers)); /* nothing to offer */
    t = try_settings(&s, PATIENCE_MS, NULL);
    assert_string_equal(break_id(t->p->outcome.how), "failed");
    assert_int_equal(t->p->outcome.bytes_out, 0);
    try_free(t);

    s = settings_for(s.port);
    s.client_certificate = CLIENT_CERTIFICATE_GIVEN; /* but no file is */
    t = try_settings(&s, PATIENCE_MS, NULL);
    assert_string_equal(break_id(t->p->outcome.how), "failed");
    assert_int_equal(t->p->outcome.bytes_out, 0);
    try_free(t);
    servers_stop();
}

static void banner_and_page_are_kept(void **state)
{
    (void)state;
    struct settings s = settings_for(serve(greet_as_ssh));
    struct tried *t = try_settings(&s, PATIENCE_MS, NULL);
    assert_string_equal(t->p->outcome.banner, "SSH-2.0-OpenSSH_9.2p1 Debian");
    assert_memory_equal(t->p->outcome.first_bytes, "SSH-2.0", 7);
    try_free(t);

    s = settings_for(serve(speak_http));
    s.speak = SPEAK_PLAIN;
    t = try_settings(&s, PATIENCE_MS, NULL);
    assert_int_equal(t->p->outcome.http_status, 400);
    assert_string_equal(t->p->outcome.http_title, "400 No card");
    assert_int_equal(t->p->outcome.http_date, 1767225600);
    assert_true(t->p->outcome.http_date_local > t->p->outcome.http_date);
    try_free(t);
    servers_stop();
}

static void an_old_version_is_refused_by_us(void **state)
{
    (void)state;
    struct settings s = settings_for(serve(choose_tls10));
    struct tried *t = try_settings(&s, PATIENCE_MS, NULL);
    assert_ended(&t->p->outcome, SERVER_HELLO, WE_REFUSED);
    assert_string_equal(refused_for_id(t->p->outcome.refused_for), "version");
    assert_int_equal(t->p->outcome.version, 0x0301);
    assert_true(has_event(t->p, EVENT_ALERT, DIRECTION_OUT, 70));
    try_free(t);
    servers_stop();
}

/* A change of the versions must not change the record layer too. */
static void first_record_is_always_0301(void **state)
{
    (void)state;
    uint16_t port = serve(echo_record_version);
    for (unsigned mask = 1; mask < 16; mask++) {
        struct settings s = settings_for(port);
        for (int list = 0; list < OFFER_LIST_COUNT; list++)
            s.offers[list] = offer_all((enum offer_list)list);
        s.offers[OFFER_LIST_VERSION] = mask;
        struct tried *t = try_settings(&s, PATIENCE_MS, NULL);
        assert_ended(&t->p->outcome, HELLO, NOT_TLS);
        assert_memory_equal(t->p->outcome.banner, "HELLO 0301 ", 11);
        assert_int_equal(strtoul(t->p->outcome.banner + 11, NULL, 10), t->p->outcome.bytes_out);
        try_free(t);
    }
    servers_stop();
}

static bool sends_extension(const struct settings *s, const char *number)
{
    struct tried *t = try_settings(s, PATIENCE_MS, NULL);
    assert_memory_equal(t->p->outcome.banner, "EXT ", 4);
    bool sends = strstr(t->p->outcome.banner, number) != NULL;
    try_free(t);
    return sends;
}

static void the_hello_holds_what_settings_say(void **state)
{
    (void)state;
    struct settings s = settings_for(serve(echo_extensions));
    s.offers[OFFER_LIST_VERSION] = offer_bit(OFFER_VERSION_TLS12);
    assert_true(sends_extension(&s, " 0 "));
    assert_true(sends_extension(&s, " 5 "));
    assert_true(sends_extension(&s, " 16 "));
    TEXT_SET(s.server_name, "192.0.2.1");
    assert_false(sends_extension(&s, " 0 "));
    s.server_name[0] = '\0';
    assert_false(sends_extension(&s, " 0 "));
    s.alpn = ALPN_NONE;
    assert_false(sends_extension(&s, " 16 "));
    s.alpn = ALPN_H2;
    assert_true(sends_extension(&s, " 16 "));
    s.service = SERVICE_IMAPS;
    assert_false(sends_extension(&s, " 16 "));
    s.service = SERVICE_HTTPS;
    s.no_extensions = true;
    TEXT_SET(s.server_name, "probe.test");
    assert_true(sends_extension(&s, " 0 "));
    assert_false(sends_extension(&s, " 5 "));
    assert_false(sends_extension(&s, " 16 "));
    assert_false(sends_extension(&s, " 22 "));
    assert_false(sends_extension(&s, " 23 "));
    assert_false(sends_extension(&s, " 35 "));
    servers_stop();
}

static char *extensions_of(const struct settings *s)
{
    struct tried *t = try_settings(s, PATIENCE_MS, NULL);
    assert_memory_equal(t->p->outcome.banner, "EXT ", 4);
    char *list = strdup(t->p->outcome.banner);
    assert_non_null(list);
    try_free(t);
    return list;
}

/* " number " taken out of the list; one of its spaces stays. */
static void without(char *list, const char *number)
{
    char *at = strstr(list, number);
    assert_non_null(at);
    const char *rest = at + strlen(number) - 1;
    memmove(at, rest, strlen(rest) + 1);
}

/* Newer GnuTLS shuffles unless it is told not to: then every comparison would have two causes. */
static void a_change_moves_no_other_extension(void **state)
{
    (void)state;
    struct settings s = settings_for(serve(echo_extensions));
    assert_true(text_copy(s.server_name, sizeof(s.server_name), "probe.test"));
    char *whole = extensions_of(&s);
    for (int i = 0; i < 3; i++) {
        char *again = extensions_of(&s);
        assert_string_equal(again, whole);
        free(again);
    }
    struct settings other = s;
    other.padding = 300;
    char *changed = extensions_of(&other);
    without(changed, " 6682 "); /* GREASE 0x1a1a */
    assert_string_equal(changed, whole);
    free(changed);
    s.alpn = ALPN_NONE;
    changed = extensions_of(&s);
    without(whole, " 16 ");
    assert_string_equal(changed, whole);
    free(changed);
    s.server_name[0] = '\0';
    changed = extensions_of(&s);
    without(whole, " 0 ");
    assert_string_equal(changed, whole);
    free(changed);
    free(whole);
    servers_stop();
}

/* ---- cancelling --------------------------------------------------------------------------- */

enum { CROWD = 20 };

struct crowd {
    struct evidence *ev;
    struct probe_run *runs[CROWD];
    int n_done;
};

static void crowd_done(void *ctx, struct probe *p)
{
    struct crowd *c = ctx;
    assert_true(p->outcome.finished);
    assert_string_equal(break_id(p->outcome.how), "cancelled");
    assert_false(p->outcome.success);
    c->n_done++;
}

/* From inside the callback that tells of an event: the run itself is ended there. */
static void crowd_event(void *ctx, struct probe *p)
{
    struct crowd *c = ctx;
    size_t i = (size_t)(p - c->ev->probes);
    if (i % 3 == 2 && !p->outcome.finished && p->n_events >= 2)
        probe_cancel(c->runs[i]);
}

static void cancelled_probes_end_once_and_leave_nothing(void **state)
{
    struct crowd c = {.ev = evidence_new()};
    const struct probe_sink sink = {.on_done = crowd_done, .on_event = crowd_event, .ctx = &c};
    uv_loop_t loop;
    (void)state;
    uint16_t port = serve(be_silent);
    assert_int_equal(uv_loop_init(&loop), 0);
    for (size_t i = 0; i < CROWD; i++) {
        struct settings s = settings_for(port);
        s.speak = i % 5 == 4 ? SPEAK_PLAIN : SPEAK_TLS;
        struct probe *p = evidence_add_probe(c.ev, &s, 0);
        c.runs[i] = probe_start(&loop, c.ev, p, PATIENCE_MS, NULL, &sink);
        if (i % 3 == 0) {
            int before = c.n_done;
            probe_cancel(c.runs[i]);
            assert_int_equal(c.n_done, before + 1); /* before it returned */
        }
    }
    for (size_t turn = 0; turn < 8; turn++)
        uv_run(&loop, UV_RUN_NOWAIT);
    for (size_t i = 0; i < CROWD; i++)
        if (!c.ev->probes[i].outcome.finished)
            probe_cancel(c.runs[i]);
    assert_int_equal(c.n_done, CROWD);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(c.n_done, CROWD);
    assert_int_equal(uv_loop_close(&loop), 0);
    evidence_free(c.ev);
    servers_stop();
}

static int set_up(void **state)
{
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    return probe_global_init() ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(each_break_is_told_apart, servers_tear_down),
        cmocka_unit_test_teardown(a_reset_at_once_is_a_reset, servers_tear_down),
        cmocka_unit_test(nobody_listens),
        cmocka_unit_test_teardown(what_we_cannot_do_says_nothing, servers_tear_down),
        cmocka_unit_test_teardown(banner_and_page_are_kept, servers_tear_down),
        cmocka_unit_test_teardown(an_old_version_is_refused_by_us, servers_tear_down),
        cmocka_unit_test_teardown(first_record_is_always_0301, servers_tear_down),
        cmocka_unit_test_teardown(the_hello_holds_what_settings_say, servers_tear_down),
        cmocka_unit_test_teardown(a_change_moves_no_other_extension, servers_tear_down),
        cmocka_unit_test_teardown(cancelled_probes_end_once_and_leave_nothing, servers_tear_down),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
