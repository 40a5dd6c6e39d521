/*
 * running.h - a scenario that runs: what lab.c starts and ends, and request.c leads to.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_LAB_RUNNING_H
#define WHYTLS_LAB_RUNNING_H

#include "lab/endpoint.h"
#include "whytls/session.h"

struct lab {
    struct endpoint endpoint;
    uint16_t port;     /* 0: none */
    uint16_t aia_port; /* 0: none */
    uint16_t shut_port;
    int shut;                  /* bound and not listening: nobody is there; -1: none */
    char *client_pem;          /* the user's certificates; NULL: none */
    gnutls_datum_t client_key; /* and their key, as PEM */
    int filler;   /* the connection that fills the queue of SERVES_FULL_QUEUE; -1: none */
    pid_t server; /* 0: none */
};

/* Of the first two listeners. */
extern const char *const lab_addresses[2];

/* Fills the request; it borrows from the lab. */
void lab_fill_request(struct lab *lab, struct request *r);

#endif
