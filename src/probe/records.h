/*
 * records.h - what lies between GnuTLS and the layer below: sees records, mends the first one's
 * version, hands bytes on. Belongs to the layer of TLS; GnuTLS only for the callbacks' types.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_RECORDS_H
#define WHYTLS_PROBE_RECORDS_H

#include <gnutls/gnutls.h>

#include "timeline.h"

struct layer;

/* A record layer seen from outside: 5 bytes of header, then so many of body. */
struct record_view {
    uint8_t header[5];
    size_t n_header;
    size_t left; /* bytes of the body still to come */
    uint8_t body[2];
    size_t n_body;
};

struct records {
    struct layer *of; /* the layer of TLS */
    struct timeline *log;
    gnutls_session_t session; /* to set errno for */
    struct record_view in, out;
    size_t patched;  /* bytes of the first record's header that went out */
    int plain_alert; /* description of the last fatal alert sent in the clear; -1: none */
};

/* From now on the session pushes and pulls through the layer that `of` lies on. */
void records_attach(struct records *r, struct layer *of, struct timeline *log,
                    gnutls_session_t session);

#endif
