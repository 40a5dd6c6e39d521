/*
 * tls_session.c - builds a session from settings. Verification is off: facts first, judged by
 * others. Fuzzed by fuzz_handshake. SPDX-License-Identifier: MIT
 */
#include <arpa/inet.h>
#include <string.h>

#include "priority.h"
#include "run.h"
#include "watch.h"
#include "whytls/text.h"

enum {
    EXTENSION_HEAD = 4,        /* type and length, RFC 8446 4.2 */
    EXTENSION_GREASE = 0x1a1a, /* RFC 8701 2 */
};

/* ---- credentials ---------------------------------------------------------------------------- */

/*
 * With this function set GnuTLS does not look at the server's list of authorities, so that a
 * made-up certificate is sent although nobody there can know it.
 */
static int retrieve(gnutls_session_t session, const gnutls_datum_t *authorities, int n_authorities,
                    const gnutls_pk_algorithm_t *algorithms, int n_algorithms,
                    gnutls_pcert_st **chain, unsigned *n_chain, gnutls_privkey_t *key)
{
    struct tls *tls = gnutls_session_get_ptr(session);
    (void)authorities;
    (void)n_authorities;
    (void)algorithms;
    (void)n_algorithms;
    *chain = tls->shown.n_chain ? tls->shown.chain : NULL;
    *n_chain = tls->shown.n_chain;
    *key = tls->shown.key;
    return 0;
}

static int set_credentials(struct tls *tls, const struct settings *s,
                           const struct probe_secrets *secrets)
{
    if (!client_certificate_init(&tls->shown, s->client_certificate, secrets))
        return GNUTLS_E_INSUFFICIENT_CREDENTIALS;
    int rc = gnutls_certificate_allocate_credentials(&tls->credentials);
    if (rc == 0)
        rc = gnutls_credentials_set(tls->session, GNUTLS_CRD_CERTIFICATE, tls->credentials);
    if (rc == 0)
        rc = gnutls_anon_allocate_client_credentials(&tls->anonymous);
    if (rc == 0)
        rc = gnutls_credentials_set(tls->session, GNUTLS_CRD_ANON, tls->anonymous);
    if (rc == 0)
        gnutls_certificate_set_retrieve_function2(tls->credentials, retrieve);
    return rc;
}

/* ---- the hello ------------------------------------------------------------------------------ */

static int set_priority(struct tls *tls, const struct settings *s)
{
    struct buf text;
    buf_init(&text, PRIORITY_MAX);
    priority_write(&text, s);
    int rc = text.failed ? GNUTLS_E_MEMORY_ERROR
                         : gnutls_priority_set_direct(tls->session, buf_text(&text), NULL);
    buf_fini(&text);
    return rc;
}

static bool is_address(const char *name)
{
    uint8_t scratch[16];
    return strchr(name, ':') || inet_pton(AF_INET, name, scratch) == 1;
}

static int set_name(struct tls *tls, const struct settings *s)
{
    if (!s->server_name[0] || is_address(s->server_name)) /* RFC 6066 3: no literals */
        return 0;
    return gnutls_server_name_set(tls->session, GNUTLS_NAME_DNS, s->server_name,
                                  strlen(s->server_name));
}

static int set_alpn(struct tls *tls, const struct settings *s)
{
    gnutls_datum_t names[] = {{(unsigned char *)"h2", 2}, {(unsigned char *)"http/1.1", 8}};
    if (s->no_extensions || s->service != SERVICE_HTTPS || s->alpn == ALPN_NONE)
        return 0;
    if (s->alpn == ALPN_H2)
        return gnutls_alpn_set_protocols(tls->session, names, 2, 0);
    return gnutls_alpn_set_protocols(tls->session, names + 1, 1, 0);
}

static int pad(gnutls_session_t session, gnutls_buffer_t data)
{
    static const uint8_t zeroes[64];
    const struct tls *tls = gnutls_session_get_ptr(session);
    size_t left = tls->log->p->settings.padding - EXTENSION_HEAD;
    int added = (int)left;
    for (size_t part; left; left -= part) {
        part = left < sizeof(zeroes) ? left : sizeof(zeroes);
        if (gnutls_buffer_append_data(data, zeroes, part) < 0)
            return GNUTLS_E_MEMORY_ERROR;
    }
    return added ? added : GNUTLS_E_INT_RET_0;
}

/* No server ever answers it (RFC 8701 4.1). */
static int ignore(gnutls_session_t session, const unsigned char *data, size_t n)
{
    (void)session;
    (void)data;
    (void)n;
    return 0;
}

/* GnuTLS pads to one length only (%DUMBFW); a GREASE extension is passed over by all that cope with
 * today's browsers. */
static int set_padding(struct tls *tls, const struct settings *s)
{
    if (s->padding <= EXTENSION_HEAD)
        return 0;
    return gnutls_session_ext_register(tls->session, "grease", EXTENSION_GREASE, GNUTLS_EXT_TLS,
                                       ignore, pad, NULL, NULL, NULL,
                                       GNUTLS_EXT_FLAG_CLIENT_HELLO | GNUTLS_EXT_FLAG_TLS);
}

int tls_init(struct layer *l)
{
    struct tls *tls = &l->tls;
    const struct settings *s = &l->run->p->settings;
    *tls = (struct tls){.ev = l->run->ev, .log = &l->run->log, .kx = GNUTLS_KX_UNKNOWN};
    /* Without NO_EXTENSIONS GnuTLS asks for a stapled OCSP answer by itself. */
    unsigned flags = GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL |
                     (s->no_extensions ? GNUTLS_NO_EXTENSIONS : 0) |
                     (s->post_handshake_auth ? GNUTLS_POST_HANDSHAKE_AUTH : 0);
    int rc = gnutls_init(&tls->session, flags);
    if (rc < 0) {
        tls->session = NULL;
        return rc;
    }
    gnutls_session_set_ptr(tls->session, tls);
    gnutls_handshake_set_timeout(tls->session, 0); /* the run has deadlines of its own */
    rc = set_priority(tls, s);
    if (rc == 0)
        rc = set_credentials(tls, s, &l->run->secrets);
    if (rc == 0)
        rc = set_name(tls, s);
    if (rc == 0)
        rc = set_alpn(tls, s);
    if (rc == 0)
        rc = set_padding(tls, s);
    if (rc < 0)
        return rc;
    if (s->dh_min_bits) /* 0: a string that starts with NONE has no minimum; even 512 passes */
        gnutls_dh_set_prime_bits(tls->session, s->dh_min_bits);
    records_attach(&tls->records, l, tls->log, tls->session);
    watch_attach(tls);
    return 0;
}

void tls_fini(struct tls *tls)
{
    if (tls->session)
        gnutls_deinit(tls->session);
    if (tls->credentials)
        gnutls_certificate_free_credentials(tls->credentials);
    if (tls->anonymous)
        gnutls_anon_free_client_credentials(tls->anonymous);
    client_certificate_fini(&tls->shown);
    *tls = (struct tls){0};
}

/* ---- alerts and results ------------------------------------------------------------------- */

static void note_alert(struct tls *tls, enum direction d, int description, bool is_fatal)
{
    timeline_note(tls->log, (struct event){.kind = EVENT_ALERT,
                                           .direction = d,
                                           .number = (uint16_t)description,
                                           .level = is_fatal ? 2 : 1,
                                           .bytes = 2});
}

void tls_send_alert_for(struct tls *tls, int rc)
{
    int level = 0;
    int description = gnutls_error_to_alert(rc, &level);
    if (description < 0)
        return;
    /* Never waits: what does not fit into the socket's buffer is not worth a delay. */
    if (gnutls_alert_send_appropriate(tls->session, rc) == 0)
        note_alert(tls, DIRECTION_OUT, description, level == GNUTLS_AL_FATAL);
}

void tls_send_close_notify(struct tls *tls)
{
    if (gnutls_bye(tls->session, GNUTLS_SHUT_WR) == 0)
        note_alert(tls, DIRECTION_OUT, GNUTLS_A_CLOSE_NOTIFY, false);
}

int tls_take_alert(struct tls *tls, bool is_fatal)
{
    struct outcome *o = &tls->log->p->outcome;
    int description = (int)gnutls_alert_get(tls->session);
    note_alert(tls, DIRECTION_IN, description, is_fatal);
    if (!is_fatal && o->n_warnings < EVIDENCE_MAX_WARNINGS)
        o->warnings[o->n_warnings++] = (uint8_t)description;
    return description;
}

void tls_take_results(struct tls *tls)
{
    gnutls_datum_t alpn;
    struct outcome *o = &tls->log->p->outcome;
    if (gnutls_alpn_get_selected_protocol(tls->session, &alpn) == 0)
        text_clean_marked(o->alpn, sizeof(o->alpn), alpn.data, alpn.size);
}
