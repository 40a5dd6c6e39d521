/*
 * certificate_request.h - client certificates as they are seen: what a server says when it asks for
 * one, and the certificates that the user gave to be shown. Plain data, part of the evidence; never
 * a key. Uses buf only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_CERTIFICATE_REQUEST_H
#define WHYTLS_CERTIFICATE_REQUEST_H

#include <stddef.h>
#include <stdint.h>

#include "whytls/buf.h"

enum {
    CLIENT_CERTIFICATE_MAX_CHAIN = 8,         /* certificates in the user's file */
    CERTIFICATE_REQUEST_MAX_AUTHORITIES = 16, /* kept of those that a server names */
    CERTIFICATE_REQUEST_MAX_KINDS = 8,
    CERTIFICATE_REQUEST_MAX_SIGNATURES = 24,
    EVIDENCE_MAX_CERTIFICATE_REQUESTS = 4,
};

/* A distinguished name that the server sent, in words; all clean. */
struct requested_authority {
    char name[96]; /* common name, else organisation, else all of it, cut */
    char organisation[96];
    char dn[256]; /* as RFC 4514 writes it, cut */
};

/* A key type, or a signature type, by the name that offers.def or the registry has for it. */
struct requested_type {
    char name[32];
};

/* CertificateRequest: RFC 5246 7.4.4, RFC 8446 4.3.2. */
struct certificate_request {
    struct requested_authority authorities[CERTIFICATE_REQUEST_MAX_AUTHORITIES];
    size_t n_authorities;
    uint32_t n_all_authorities; /* also those that are not kept */
    uint32_t list_bytes;        /* of the list of authorities on the wire */
    /* key types; TLS 1.2 and older only */
    struct requested_type kinds[CERTIFICATE_REQUEST_MAX_KINDS];
    size_t n_kinds;
    struct requested_type signatures[CERTIFICATE_REQUEST_MAX_SIGNATURES]; /* TLS 1.2 and newer */
    size_t n_signatures;
    int8_t ours; /* place in evidence.own of the first whose issuer is named here; -1: none is */
};

/* One of the certificates of --cert, in the order of the file. DER is owned by the evidence. */
struct own_certificate {
    struct blob der;
};

#endif
