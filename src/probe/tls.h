/*
 * tls.h - one GnuTLS session as the settings want it, verification off, watched by hooks: what the
 * layer of TLS (tls.c) has of its own. Knows no loop.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_TLS_H
#define WHYTLS_PROBE_TLS_H

#include "client_certificate.h"
#include "records.h"

struct tls {
    gnutls_session_t session; /* NULL: none */
    gnutls_certificate_credentials_t credentials;
    gnutls_anon_client_credentials_t anonymous;
    struct client_certificate_set shown;
    gnutls_kx_algorithm_t kx; /* of the suite that ServerHello chose */
    struct evidence *ev;
    struct timeline *log;
    struct records records;
    bool is_foreign;       /* who is there speaks no TLS */
    bool has_renegotiated; /* one renegotiation is allowed */
};

/* Into l->tls. GnuTLS's code; on failure call tls_fini all the same. l stays where it is. */
int tls_init(struct layer *l);
void tls_fini(struct tls *tls);
/* Tells the other side why we stop, as a good client does; the record shows in the timeline. */
void tls_send_alert_for(struct tls *tls, int rc);
void tls_send_close_notify(struct tls *tls);
/* An alert was received: into the timeline, warnings into the outcome. Returns its description. */
int tls_take_alert(struct tls *tls, bool is_fatal);
/* What only a whole handshake tells: the protocol chosen by ALPN. */
void tls_take_results(struct tls *tls);

#endif
