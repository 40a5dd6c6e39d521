/*
 * fuzz_handshake.c - any bytes as all that a server sends, record by record, to a handshake of a
 * probe's: whatever comes, what is noted of it is bounded and clean. Over a pair of sockets of this
 * process. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include <gnutls/crypto.h>
#include <sys/socket.h>

#include "fuzz.h"
#include "probe/ending.h"
#include "probe/run.h"

enum { MOST_BYTES = 64 * 1024 }; /* that a socket takes at once */

static void shake_hands(struct layer *l)
{
    struct tls *tls = &l->tls;
    int rc;
    do
        rc = gnutls_handshake(tls->session);
    while (rc < 0 && rc != GNUTLS_E_AGAIN && !gnutls_error_is_fatal(rc));
    if (rc == GNUTLS_E_FATAL_ALERT_RECEIVED)
        tls_take_alert(tls, true);
    else if (rc < 0)
        tls_send_alert_for(tls, rc);
    else
        tls_take_results(tls);
    must(how_it_ended(&l->below->end) < BREAK_COUNT);
}

static void must_be_sound(const struct probe *p, const struct evidence *ev)
{
    const struct outcome *o = &p->outcome;
    must_be_clean(o->suite);
    must_be_clean(o->group);
    must_be_clean(o->alpn);
    must(o->n_chain <= EVIDENCE_MAX_CHAIN && p->n_events <= EVIDENCE_MAX_EVENTS);
    for (size_t i = 0; i < p->n_events; i++)
        must_be_clean(p->events[i].text);
    for (size_t i = 0; i < o->n_chain; i++)
        must(o->chain[i] >= 0 && (size_t)o->chain[i] < ev->n_certificates);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct settings s = {.address = "192.0.2.1", .port = 443, .server_name = "shop.example"};
    int ends[2];
    struct evidence *ev = evidence_new();
    must(ev && socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    for (int i = 0; i < OFFER_LIST_COUNT; i++)
        s.offers[i] = offer_all((enum offer_list)i);
    struct probe *p = evidence_add_probe(ev, &s, 0);
    struct probe_run run = {.ev = ev, .p = p, .fd = ends[0]};
    struct layer tcp = {.ops = &layer_tcp, .run = &run};
    struct layer tls = {.ops = &layer_tls, .run = &run, .below = &tcp};
    timeline_init(&run.log, p);
    must(tls_init(&tls) == 0);
    (void)!send(ends[1], data, size < MOST_BYTES ? size : MOST_BYTES, MSG_NOSIGNAL);
    shutdown(ends[1], SHUT_WR);
    shake_hands(&tls);
    must_be_sound(p, ev);
    tls_fini(&tls.tls);
    close(ends[0]);
    close(ends[1]);
    evidence_free(ev);
    return 0;
}
