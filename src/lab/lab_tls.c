/*
 * lab_tls.c - the TLS of the practice servers: GnuTLS on a blocking socket, with the chain, the
 * priorities and the bad habits of the scenario. Runs in the process of one connection.
 * Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "lab/lab_tls.h"
#include "whytls/text.h"

static const char default_priority[] = "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1";

/* ---- which certificates ----------------------------------------------------------------- */

static const struct forged *chain_for(const struct connection *v)
{
    const struct named_chain *named = v->endpoint->scenario->server.named;
    for (size_t i = 0; i < SCENARIO_MAX_NAMED; i++)
        if (named[i].name && text_equal_nocase(named[i].name, v->hello.name))
            return &v->endpoint->chains[named[i].chain];
    size_t in_turn = v->endpoint->scenario->server.second_turn_chain;
    if (in_turn && v->turn % 2 == 0)
        return &v->endpoint->chains[in_turn];
    size_t second = v->endpoint->scenario->server.second_address_chain;
    return &v->endpoint->chains[v->listener == LISTENER_SECOND_ADDRESS ? second : 0];
}

/* Not gnutls_certificate_set_key: that one wants the leaf first, and some scenarios do not. */
static int retrieve(gnutls_session_t session, const struct gnutls_cert_retr_st *info,
                    gnutls_pcert_st **chain, unsigned *n_chain, gnutls_ocsp_data_st **staples,
                    unsigned *n_staples, gnutls_privkey_t *key, unsigned *flags)
{
    (void)info;
    (void)flags;
    struct play *play = gnutls_session_get_ptr(session);
    const struct forged *f = chain_for(play->connection);
    play->staple.response = (gnutls_datum_t){f->staple.data, (unsigned)f->staple.len};
    *staples = &play->staple;
    *n_staples = f->staple.len > 0;
    *chain = (gnutls_pcert_st *)f->sent;
    *n_chain = f->n_sent;
    *key = f->signer;
    return 0;
}

/* ---- the user's certificate ------------------------------------------------------------- */

/* What OpenSSL's servers say of a certificate that fails, the first that fits. */
static const struct {
    unsigned status; /* GNUTLS_CERT_ bits */
    uint8_t alert;
} client_certificate_alerts[] = {
    {GNUTLS_CERT_SIGNER_NOT_FOUND, GNUTLS_A_UNKNOWN_CA},
    {GNUTLS_CERT_EXPIRED, GNUTLS_A_CERTIFICATE_EXPIRED},
    {GNUTLS_CERT_PURPOSE_MISMATCH, GNUTLS_A_UNSUPPORTED_CERTIFICATE},
    {~0u, GNUTLS_A_BAD_CERTIFICATE},
};

/* GnuTLS asks without a word of the session. */
static time_t now_here;

static time_t tell_time(time_t *t)
{
    if (t)
        *t = now_here;
    return now_here;
}

/* The alert that the certificate shown deserves; 0: it is good, or there is none. */
static uint8_t judge_client_certificate(gnutls_session_t session)
{
    const struct play *play = gnutls_session_get_ptr(session);
    uint8_t always = play->connection->endpoint->scenario->server.client_certificate_alert;
    gnutls_typed_vdata_st purpose = {.type = GNUTLS_DT_KEY_PURPOSE_OID,
                                     .data = (unsigned char *)GNUTLS_KP_TLS_WWW_CLIENT};
    unsigned n = 0, status = 0;
    if (!gnutls_certificate_get_peers(session, &n) || !n)
        return 0;
    if (always)
        return always;
    now_here = scenario_clock(play->connection->endpoint->scenario);
    gnutls_global_set_time_function(tell_time); /* this process lives for one connection */
    if (gnutls_certificate_verify_peers(session, &purpose, 1, &status) < 0)
        return GNUTLS_A_BAD_CERTIFICATE;
    for (size_t i = 0; status; i++)
        if (status & client_certificate_alerts[i].status)
            return client_certificate_alerts[i].alert;
    return 0;
}

static int check_client_certificate(gnutls_session_t session)
{
    struct play *play = gnutls_session_get_ptr(session);
    play->client_certificate_alert = judge_client_certificate(session);
    bool is_by_page = play->connection->endpoint->scenario->server.ask == ASK_BY_PAGE;
    return play->client_certificate_alert && !is_by_page ? GNUTLS_E_CERTIFICATE_ERROR : 0;
}

/* Authorities that nobody has a certificate of; their names are long. */
static int forge_stranger(gnutls_x509_crt_t crt, gnutls_x509_privkey_t key, unsigned number)
{
    char name[64]; /* ub-common-name, RFC 5280 A.1 */
    const time_t now = time(NULL);
    const unsigned char serial = 1;
    snprintf(name, sizeof name, "Practice Department of Names and of More Names %u", number);
    int rc = gnutls_x509_crt_set_version(crt, 3);
    if (rc < 0 || (rc = gnutls_x509_crt_set_serial(crt, &serial, 1)) < 0 ||
        (rc = gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                            (unsigned)strlen(name))) < 0 ||
        (rc = gnutls_x509_crt_set_basic_constraints(crt, 1, -1)) < 0 ||
        (rc = gnutls_x509_crt_set_activation_time(crt, now)) < 0 ||
        (rc = gnutls_x509_crt_set_expiration_time(crt, now + 86400)) < 0 ||
        (rc = gnutls_x509_crt_set_key(crt, key)) < 0)
        return rc;
    return gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0);
}

/* More than 16 KB of names. */
static int name_strangers(struct endpoint *endpoint, gnutls_x509_privkey_t key)
{
    enum { STRANGERS = 300 };
    int rc = 0;
    for (unsigned i = 0; rc >= 0 && i < STRANGERS; i++) {
        gnutls_x509_crt_t crt;
        rc = gnutls_x509_crt_init(&crt);
        if (rc < 0)
            return rc;
        rc = forge_stranger(crt, key, i);
        if (rc >= 0)
            rc = gnutls_certificate_set_x509_trust(endpoint->credentials, &crt, 1);
        gnutls_x509_crt_deinit(crt);
    }
    return rc < 0 ? rc : 0;
}

/* The authority by which certificates are judged, and which is named when one is asked for. */
static int prepare_client_certificate(struct endpoint *endpoint)
{
    const struct server_recipe *server = &endpoint->scenario->server;
    struct forged *f =
        server->knows == KNOWS_CLIENT_ROOT ? &endpoint->client_certificate : &endpoint->chains[0];
    if (server->ask == ASK_NOTHING || !f->crt[FORGED_ROOT])
        return 0;
    int rc = gnutls_certificate_set_x509_trust(endpoint->credentials, &f->crt[FORGED_ROOT], 1);
    if (rc >= 0 && server->names_many)
        rc = name_strangers(endpoint, f->key[FORGED_ROOT]);
    return rc < 0 ? rc : 0;
}

/* What is sent in place of the page to one whose certificate is not good. */
static const struct page *page_for(gnutls_session_t session)
{
    const struct play *play = gnutls_session_get_ptr(session);
    const struct server_recipe *server = &play->connection->endpoint->scenario->server;
    unsigned n = 0;
    if (server->ask != ASK_BY_PAGE && server->ask != ASK_LATE)
        return &server->page;
    if (!gnutls_certificate_get_peers(session, &n) || !n)
        return &server->no_certificate_page;
    return play->client_certificate_alert ? &server->bad_certificate_page : &server->page;
}

int tls_prepare(struct endpoint *endpoint)
{
    int rc = gnutls_certificate_allocate_credentials(&endpoint->credentials);
    if (rc < 0)
        return rc;
    gnutls_certificate_set_retrieve_function3(endpoint->credentials, retrieve);
    gnutls_certificate_set_verify_function(endpoint->credentials, check_client_certificate);
    rc = prepare_client_certificate(endpoint);
    if (rc == 0 && endpoint->scenario->server.small_dh)
        rc = small_dh_prepare(endpoint);
    return rc;
}

void tls_unprepare(struct endpoint *endpoint)
{
    if (endpoint->credentials)
        gnutls_certificate_free_credentials(endpoint->credentials);
    if (endpoint->dh)
        gnutls_dh_params_deinit(endpoint->dh);
    endpoint->credentials = NULL;
    endpoint->dh = NULL;
}

/* ---- the session ------------------------------------------------------------------------ */

static ssize_t pull(gnutls_transport_ptr_t ptr, void *bytes, size_t n)
{
    const struct play *play = ptr;
    return recv(play->connection->fd, bytes, n, 0);
}

static int pull_timeout(gnutls_transport_ptr_t ptr, unsigned ms)
{
    (void)ptr;
    (void)ms;
    return 1; /* the socket blocks, and the process has its own alarm */
}

/* Bytes beyond the stall are taken and never sent, as on a path that loses every big packet. */
static ssize_t push(gnutls_transport_ptr_t ptr, const void *bytes, size_t n)
{
    struct play *play = ptr;
    if (!play->stalls)
        return send(play->connection->fd, bytes, n, MSG_NOSIGNAL);
    size_t now = n < play->may_send ? n : play->may_send;
    if (now && send(play->connection->fd, bytes, now, MSG_NOSIGNAL) < 0)
        return -1;
    play->may_send -= now;
    return (ssize_t)n;
}

static int session_open(gnutls_session_t *session, struct play *play)
{
    const struct server_recipe *server = &play->connection->endpoint->scenario->server;
    static const unsigned char http[] = "http/1.1";
    const gnutls_datum_t alpn = {(unsigned char *)http, sizeof http - 1};
    bool is_late = server->ask == ASK_LATE;
    int rc = gnutls_init(session, GNUTLS_SERVER | (is_late ? GNUTLS_POST_HANDSHAKE_AUTH : 0));
    if (rc < 0)
        return rc;
    gnutls_session_set_ptr(*session, play);
    gnutls_transport_set_ptr(*session, play);
    gnutls_transport_set_pull_function(*session, pull);
    gnutls_transport_set_push_function(*session, push);
    gnutls_transport_set_pull_timeout_function(*session, pull_timeout);
    gnutls_handshake_set_timeout(*session, 0);
    const char *priority = server->priority ? server->priority : default_priority;
    if ((rc = gnutls_priority_set_direct(*session, priority, NULL)) < 0 ||
        (rc = gnutls_credentials_set(*session, GNUTLS_CRD_CERTIFICATE,
                                     play->connection->endpoint->credentials)) < 0 ||
        (rc = gnutls_alpn_set_protocols(*session, &alpn, 1, 0)) < 0)
        return rc;
    if (server->small_dh && (rc = small_dh_know_no_groups(*session)) < 0)
        return rc;
    if (server->ask != ASK_NOTHING && !is_late)
        gnutls_certificate_server_set_request(
            *session, server->ask == ASK_REQUIRED ? GNUTLS_CERT_REQUIRE : GNUTLS_CERT_REQUEST);
    gnutls_certificate_send_x509_rdn_sequence(*session, server->names_nobody);
    return 0;
}

/* The alerts that OpenSSL's servers send: 40 for no certificate before TLS 1.3, 116 since. */
static void send_refusal(gnutls_session_t session, int rc)
{
    const struct play *play = gnutls_session_get_ptr(session);
    bool is_13 = gnutls_protocol_get_version(session) >= GNUTLS_TLS1_3;
    if (rc == GNUTLS_E_CERTIFICATE_REQUIRED || rc == GNUTLS_E_NO_CERTIFICATE_FOUND)
        gnutls_alert_send(session, GNUTLS_AL_FATAL,
                          is_13 ? GNUTLS_A_CERTIFICATE_REQUIRED : GNUTLS_A_HANDSHAKE_FAILURE);
    else if (rc == GNUTLS_E_CERTIFICATE_ERROR)
        gnutls_alert_send(session, GNUTLS_AL_FATAL, play->client_certificate_alert);
    else
        gnutls_alert_send_appropriate(session, rc);
}

static int handshake(gnutls_session_t session)
{
    int rc;
    do
        rc = gnutls_handshake(session);
    while (rc < 0 && !gnutls_error_is_fatal(rc));
    return rc;
}

/* In the handshake nothing was asked: now, of one who offered to answer. GnuTLS's code. */
static int ask_late(gnutls_session_t session)
{
    int rc;
    if (!(gnutls_session_get_flags(session) & GNUTLS_SFLAGS_POST_HANDSHAKE_AUTH))
        return 0;
    gnutls_certificate_server_set_request(session, GNUTLS_CERT_REQUIRE);
    do
        rc = gnutls_reauth(session, 0);
    while (rc < 0 && !gnutls_error_is_fatal(rc));
    return rc;
}

static void answer_request(gnutls_session_t session, const struct connection *v)
{
    const struct server_recipe *server = &v->endpoint->scenario->server;
    char request[4096];
    char answer[4096];
    size_t n = 0;
    while (n < sizeof request && !page_request_is_whole(request, n)) {
        ssize_t got = gnutls_record_recv(session, request + n, sizeof request - n);
        if (got == 0 || (got < 0 && gnutls_error_is_fatal((int)got)))
            return;
        if (got > 0)
            n += (size_t)got;
    }
    int rc = server->ask == ASK_LATE ? ask_late(session) : 0;
    if (rc < 0) {
        send_refusal(session, rc);
        return;
    }
    gnutls_record_send(session, answer,
                       page_write(page_for(session), scenario_clock(v->endpoint->scenario), answer,
                                  sizeof answer));
    gnutls_bye(session, GNUTLS_SHUT_WR);
}

/* So that the last words are not lost to a RST for bytes that were never read. */
static void leave_politely(int fd)
{
    char sink[4096];
    shutdown(fd, SHUT_WR);
    while (recv(fd, sink, sizeof sink, 0) > 0)
        ;
}

void tls_serve(struct connection *v)
{
    const struct server_recipe *server = &v->endpoint->scenario->server;
    struct play play = {.connection = v,
                        .may_send = server->stall_after_bytes,
                        .stalls = server->stall_after_bytes > 0};
    gnutls_session_t session = NULL;
    if (session_open(&session, &play) >= 0) {
        int rc = handshake(session);
        if (rc >= 0)
            answer_request(session, v);
        else
            send_refusal(session, rc);
        leave_politely(v->fd);
    }
    if (session)
        gnutls_deinit(session);
}
