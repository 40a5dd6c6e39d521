/*
 * test_layers.c - layers over a pair of sockets of this process: what goes by before TLS is none of
 * TLS's, each layer has its own first bytes and counts, and a lost send does not hide what came.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "probe/ending.h"
#include "probe/run.h"

struct stack {
    struct evidence *ev;
    struct probe_run run;
    struct layer tcp, talk, tls; /* talk and tls both lie on tcp, as STARTTLS would have them */
    int other;                   /* the server's end */
};

static void set_up(struct stack *s)
{
    struct settings settings = {.address = "192.0.2.1", .port = 25, .server_name = "mail.example"};
    int ends[2];

    for (int i = 0; i < OFFER_LIST_COUNT; i++)
        settings.offers[i] = offer_all((enum offer_list)i);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
    *s = (struct stack){.ev = evidence_new(), .other = ends[1]};
    assert_non_null(s->ev);
    s->run = (struct probe_run){.ev = s->ev, .fd = ends[0]};
    s->run.p = evidence_add_probe(s->ev, &settings, 0);
    timeline_init(&s->run.log, s->run.p);
    s->tcp = (struct layer){.ops = &layer_tcp, .run = &s->run};
    s->talk = (struct layer){.ops = &layer_banner, .run = &s->run, .below = &s->tcp};
    s->tls = (struct layer){.ops = &layer_tls, .run = &s->run, .below = &s->tcp};
    assert_int_equal(tls_init(&s->tls), 0);
}

static void tear_down(struct stack *s)
{
    tls_fini(&s->tls.tls);
    close(s->run.fd);
    close(s->other);
    evidence_free(s->ev);
}

static struct carried say(struct layer *l, const char *words)
{
    struct iovec part = {(void *)(uintptr_t)words, strlen(words)};
    return layer_send(l, &part, 1);
}

static void test_only_the_first_record_is_mended(void **state)
{
    struct stack s;
    uint8_t heard[2048];

    (void)state;
    set_up(&s);
    assert_int_equal(say(&s.talk, "EHLO mail.example\r\n").what, CARRY_BYTES);
    assert_int_equal(recv(s.other, heard, sizeof(heard), 0), 19);
    assert_memory_equal(heard, "EHLO mail.example\r\n", 19);
    assert_int_equal(gnutls_handshake(s.tls.tls.session), GNUTLS_E_AGAIN);
    assert_true(recv(s.other, heard, sizeof(heard), 0) > 100);
    assert_memory_equal(heard, "\x16\x03\x01", 3);
    tear_down(&s);
}

static void test_each_layer_has_its_own_bytes(void **state)
{
    static const char greeting[] = "220 mail.example\r\n";
    struct stack s;
    char data[64];

    (void)state;
    set_up(&s);
    assert_int_equal(send(s.other, greeting, strlen(greeting), 0), strlen(greeting));
    assert_int_equal(layer_receive(&s.talk, data, sizeof(data)).what, CARRY_BYTES);
    assert_int_equal(layer_receive(&s.talk, data, sizeof(data)).what, CARRY_WAIT);
    assert_int_equal(send(s.other, "\x15\x03\x01\0\2\2\x28", 7, 0), 7);
    assert_int_equal(gnutls_handshake(s.tls.tls.session), GNUTLS_E_FATAL_ALERT_RECEIVED);
    assert_int_equal(s.talk.traffic.in, strlen(greeting));
    assert_memory_equal(s.talk.traffic.first, greeting, strlen(greeting));
    assert_false(looks_like_tls(&s.talk.traffic));
    assert_int_equal(s.tls.traffic.in, 7);
    assert_true(looks_like_tls(&s.tls.traffic)); /* whatever was said before */
    assert_true(s.tls.traffic.out > 100);
    assert_int_equal(s.talk.traffic.out, 0);
    tear_down(&s);
}

static void test_a_lost_send_is_hidden_and_explains_the_end(void **state)
{
    struct stack s;
    char data[64];
    struct carried c;

    (void)state;
    set_up(&s);
    assert_int_equal(send(s.other, "last words", 10, 0), 10);
    shutdown(s.other, SHUT_RDWR);
    c = say(&s.talk, "EHLO");
    assert_int_equal(c.what, CARRY_LOST);
    assert_int_equal(c.n, 4);
    assert_int_equal(s.talk.traffic.out, 0);
    assert_int_equal(layer_receive(&s.talk, data, sizeof(data)).n, 10);
    c = layer_receive(&s.talk, data, sizeof(data));
    assert_int_equal(c.what, CARRY_END);
    assert_int_equal(c.how, BREAK_CLOSED); /* by EPIPE: a FIN came first */
    assert_int_equal(c.error, 0);
    assert_true(s.tcp.end.has_ended && s.tcp.end.send_errno);
    tear_down(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_the_first_record_is_mended),
        cmocka_unit_test(test_each_layer_has_its_own_bytes),
        cmocka_unit_test(test_a_lost_send_is_hidden_and_explains_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
