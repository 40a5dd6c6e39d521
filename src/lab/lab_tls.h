/*
 * lab_tls.h - what the TLS of the practice servers is made of: one session, and a habit of old
 * servers that takes a file of its own.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_LAB_TLS_H
#define WHYTLS_LAB_TLS_H

#include "lab/endpoint.h"

/* What a session carries: the connection, and how much may still leave the server. */
struct play {
    struct connection *connection;
    size_t may_send;
    bool stalls;
    gnutls_ocsp_data_st staple;       /* lent to GnuTLS: what it says is not its business */
    gnutls_datum_t hello_body;        /* GnuTLS's own buffer, while it reads the hello */
    uint8_t client_certificate_alert; /* what the user's certificate deserves; 0: nothing */
};

/* ---- small_dh.c; both return GnuTLS's code ---- */

/* A prime of 1024 bits into the endpoint's credentials. */
int small_dh_prepare(struct endpoint *endpoint);
/* For a session whose pointer is a struct play: it sends its own prime to anyone. */
int small_dh_know_no_groups(gnutls_session_t session);

#endif
