/*
 * transport.h - what lies between GnuTLS and the socket: counts, keeps first bytes, sees records,
 * remembers how the line ended. Uses sockets and timeline; GnuTLS only for the callbacks' types.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_TRANSPORT_H
#define WHYTLS_PROBE_TRANSPORT_H

#include <gnutls/gnutls.h>

#include "timeline.h"

/* A record layer seen from outside: 5 bytes of header, then so many of body. */
struct record_view {
    uint8_t header[5];
    size_t n_header;
    size_t left; /* bytes of the body still to come */
    uint8_t body[2];
    size_t n_body;
};

struct transport {
    int fd; /* -1: none. Owned by the run. */
    struct timeline *log;
    gnutls_session_t session; /* to set errno for; NULL where plain */
    struct record_view in, out;
    size_t patched;  /* bytes of the first record's header that went out */
    int send_errno;  /* first error of a send, hidden from GnuTLS; 0: none */
    int recv_errno;  /* error of a receive; 0: none */
    bool has_ended;  /* a receive gave FIN or an error */
    int plain_alert; /* description of the last fatal alert sent in the clear; -1: none */
};

void transport_init(struct transport *t, struct timeline *log);
void transport_attach(struct transport *t, gnutls_session_t session);
/* Plain use: -1 with errno EAGAIN as recv and send do. */
ssize_t transport_receive(struct transport *t, void *data, size_t n);
ssize_t transport_send(struct transport *t, const void *data, size_t n);
/* Do the first bytes look like TLS records? True too where there are none yet. */
bool transport_looks_like_tls(const struct outcome *o);
/* How the line ended, where has_ended. */
enum break_kind transport_how_it_ended(const struct transport *t);
/* What an errno of connect or receive means. */
enum break_kind transport_break_of(int error);

#endif
