/*
 * endpoint.h - a scenario on stage: what the child processes that play the servers share. server.c
 * takes connections in, lab_play.c plays one, lab_tls.c its TLS part, lab_page.c writes HTTP.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_LAB_ENDPOINT_H
#define WHYTLS_LAB_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "lab/forge.h"
#include "lab/hello.h"
#include "lab/scenario.h"

enum {
    ENDPOINT_MAX_LISTENERS = 3, /* two addresses and the HTTP server for AIA */
    ENDPOINT_LONGEST_CONNECTION_S = 60,
};

/* Made by the parent before it forks; the children only read it. */
struct endpoint {
    const struct scenario *scenario;
    struct forged chains[SCENARIO_MAX_CHAINS];
    struct forged client_certificate;             /* the user's; all zero where they have none */
    gnutls_certificate_credentials_t credentials; /* NULL: no TLS here */
    gnutls_dh_params_t dh;                        /* NULL: none of its own */
    int listeners[ENDPOINT_MAX_LISTENERS];        /* listening sockets; -1: none */
};

enum { LISTENER_FIRST_ADDRESS, LISTENER_SECOND_ADDRESS, LISTENER_AIA };

/* One connection. */
struct connection {
    const struct endpoint *endpoint;
    int fd;
    int listener;  /* index into listeners */
    unsigned turn; /* counts the connections to the first two listeners, from 1 */
    struct hello hello;
};

/* The whole life of the server process: never returns. */
_Noreturn void server_run(const struct endpoint *endpoint, int parent_pid);
/* Plays one connection to its end; the caller closes the socket. */
void play_connection(struct connection *v);

/* Credentials that choose the chain by the name in the hello. GnuTLS's code. */
int tls_prepare(struct endpoint *endpoint);
void tls_unprepare(struct endpoint *endpoint);
/* Handshake, one request, one page. */
void tls_serve(struct connection *v);

/* The page as HTTP, with this Date; the length, or 0 where it does not fit. */
size_t page_write(const struct page *page, time_t now, char *out, size_t out_size);
/* The answer to a fetch: these bytes, or 404 where there are none (or der is NULL). */
size_t page_write_bytes(const struct blob *der, char *out, size_t out_size);
/* True where these bytes end an HTTP request's head, or are more than one may have. */
bool page_request_is_whole(const char *request, size_t n);
/* What a fetch asks for by its request; what is none of the others is the issuer. */
enum page_fetch { FETCH_THE_OCSP, FETCH_THE_CRL, FETCH_THE_CRL_ABOVE, FETCH_UPPER, FETCH_ISSUER };
enum page_fetch page_fetch_of(const char *request, size_t n);

#endif
