/*
 * watch.c - what a handshake message means for stage and outcome, as a table: one row a message.
 * GnuTLS judges the messages, we only look on; a handshake is stopped where GnuTLS would reckon
 * with a number so long that nothing else could be done meanwhile: there is one thread.
 * Fuzzed by fuzz_handshake.
 * SPDX-License-Identifier: MIT
 */
#include <gnutls/x509.h>
#include <stdio.h>

#include "messages.h"
#include "tls.h"
#include "watch.h"
#include "whytls/chain.h"
#include "whytls/text.h"

/* As OpenSSL has it (OPENSSL_DH_MAX_MODULUS_BITS), and so all programs that use it. */
enum { DH_BITS_MAX = 10000 };

struct message {
    struct tls *tls;
    struct outcome *o;
    const uint8_t *body;
    size_t n;
    char text[sizeof(((struct event *)0)->text)];
    unsigned count; /* of what it brings: see struct event */
    int stop;       /* GnuTLS's code by which the handshake is to break; 0: it goes on */
};

static void see_hello(struct message *m)
{
    message_read_server_hello(m->body, m->n, m->o, &m->tls->kx);
    snprintf(m->text, sizeof(m->text), "%s %.48s", offer_version_name(m->o->version), m->o->suite);
}

static void see_retry(struct message *m)
{
    see_hello(m);
    TEXT_SET(m->text, m->o->group);
}

/* Does its key usage allow what each handshake asks of it? Without one, or where it can't be read,
 * yes. */
static bool may_sign(const struct blob *der)
{
    const gnutls_datum_t bytes = {der->data, (unsigned)der->len};
    const unsigned both = GNUTLS_KEY_DIGITAL_SIGNATURE | GNUTLS_KEY_KEY_ENCIPHERMENT;
    unsigned usage = both;
    gnutls_x509_crt_t crt;
    if (gnutls_x509_crt_init(&crt) < 0)
        return true;
    if (gnutls_x509_crt_import(crt, &bytes, GNUTLS_X509_FMT_DER) < 0 ||
        gnutls_x509_crt_get_key_usage(crt, &usage, NULL) < 0)
        usage = both;
    gnutls_x509_crt_deinit(crt);
    return (usage & both) == both || (usage & GNUTLS_KEY_DIGITAL_SIGNATURE);
}

static void see_certificate(struct message *m)
{
    gnutls_datum_t leaf = message_read_certificate(m->body, m->n, m->tls->ev, m->o);
    if (leaf.data && cert_is_costly(leaf.data, leaf.size))
        m->stop = GNUTLS_E_PK_INVALID_PUBKEY_PARAMS;
    /* A key usage that does not fit is a fact like others, and src/chain judges it: GnuTLS would
     * break off. Only this lets it go on. It also changes the hello of a later renegotiation, so
     * it is switched on for no other certificate. */
    if (m->o->n_chain > 0 && !may_sign(&m->tls->ev->certificates[m->o->chain[0]].der))
        gnutls_session_enable_compatibility_mode(m->tls->session);
    m->count = (unsigned)m->o->n_chain;
}

static void see_status(struct message *m)
{
    message_read_status(m->body, m->n, m->tls->ev, m->o);
}

static void see_key_exchange(struct message *m)
{
    message_read_key_exchange(m->body, m->n, m->tls->kx, m->o);
    if (m->o->dh_bits > DH_BITS_MAX)
        m->stop = GNUTLS_E_ILLEGAL_PARAMETER;
    if (m->o->dh_bits)
        m->count = m->o->dh_bits;
    else
        TEXT_SET(m->text, m->o->group);
}

static void see_verify(struct message *m)
{
    message_read_certificate_verify(m->body, m->n, m->o);
    TEXT_SET(m->text, m->o->signature);
}

static void see_request(struct message *m)
{
    message_read_certificate_request(m->body, m->n, m->tls->ev, m->o);
    const struct evidence *ev = m->tls->ev;
    m->count = m->o->request >= 0 ? ev->requests[m->o->request].n_all_authorities : 0;
}

static void see_ticket(struct message *m)
{
    /* In TLS 1.2 it comes before the server's Finished and confirms nothing (RFC 5077 3.3). */
    m->o->ticket_seen |= outcome_handshake_done(m->o);
}

/* `reached`: as soon as the message is whole, before GnuTLS judges it: what it refuses has come. */
struct watch_row {
    unsigned type;
    enum direction direction;
    enum stage reached;
    void (*see)(struct message *m);
};

static const struct watch_row rows[] = {
    {GNUTLS_HANDSHAKE_CLIENT_HELLO, DIRECTION_OUT, STAGE_HELLO, NULL},
    {GNUTLS_HANDSHAKE_HELLO_RETRY_REQUEST, DIRECTION_IN, STAGE_HELLO, see_retry},
    {GNUTLS_HANDSHAKE_SERVER_HELLO, DIRECTION_IN, STAGE_SERVER_HELLO, see_hello},
    {GNUTLS_HANDSHAKE_CERTIFICATE_PKT, DIRECTION_IN, STAGE_CERTIFICATE, see_certificate},
    {GNUTLS_HANDSHAKE_CERTIFICATE_STATUS, DIRECTION_IN, STAGE_CERTIFICATE, see_status},
    {GNUTLS_HANDSHAKE_SERVER_KEY_EXCHANGE, DIRECTION_IN, STAGE_KEY_EXCHANGE, see_key_exchange},
    {GNUTLS_HANDSHAKE_CERTIFICATE_REQUEST, DIRECTION_IN, STAGE_SERVER_HELLO, see_request},
    {GNUTLS_HANDSHAKE_SERVER_HELLO_DONE, DIRECTION_IN, STAGE_KEY_EXCHANGE, NULL},
    {GNUTLS_HANDSHAKE_CERTIFICATE_VERIFY, DIRECTION_IN, STAGE_KEY_EXCHANGE, see_verify},
    {GNUTLS_HANDSHAKE_FINISHED, DIRECTION_OUT, STAGE_FINISHED, NULL},
    {GNUTLS_HANDSHAKE_NEW_SESSION_TICKET, DIRECTION_IN, STAGE_RESOLVE, see_ticket},
};

static const struct watch_row *row_of(unsigned type, enum direction d)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (rows[i].type == type && rows[i].direction == d)
            return &rows[i];
    return NULL;
}

static int hook(gnutls_session_t session, unsigned type, unsigned when, unsigned incoming,
                const gnutls_datum_t *body)
{
    enum direction d = incoming ? DIRECTION_IN : DIRECTION_OUT;
    struct tls *tls = gnutls_session_get_ptr(session);
    /* Incoming: before it is judged. Outgoing: after it was made. */
    if (when != (incoming ? GNUTLS_HOOK_PRE : GNUTLS_HOOK_POST))
        return 0;
    if (type == GNUTLS_HANDSHAKE_CHANGE_CIPHER_SPEC) /* seen as a record already */
        return 0;
    struct message m = {
        .tls = tls, .o = &tls->log->p->outcome, .body = body->data, .n = body->size};
    const struct watch_row *row = row_of(type, d);
    if (row)
        timeline_reach(tls->log, row->reached);
    if (row && row->see)
        row->see(&m);
    struct event e = {
        .kind = EVENT_HANDSHAKE,
        .direction = d,
        .number =
            (uint16_t)(type == GNUTLS_HANDSHAKE_HELLO_RETRY_REQUEST ? MESSAGE_HELLO_RETRY : type),
        .bytes = (uint32_t)m.n,
        .count = m.count};
    TEXT_SET(e.text, m.text);
    timeline_note(tls->log, e);
    return m.stop;
}

void watch_attach(struct tls *tls)
{
    gnutls_handshake_set_hook_function(tls->session, GNUTLS_HANDSHAKE_ANY, GNUTLS_HOOK_BOTH, hook);
}
