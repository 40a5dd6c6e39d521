/*
 * trust.h - the trust list and how it is read; and where one comes from, as a table that a test can
 * replace. Private to src/local. Uses GnuTLS.
 * SPDX-License-Identifier: MIT
 */
#ifndef LOCAL_TRUST_H
#define LOCAL_TRUST_H

#include <gnutls/gnutls.h>
#include <stddef.h>

#include "whytls/local.h"

enum { TRUST_MAX_BYTES = 8 << 20, TRUST_MAX_ANCHORS = 4096 };

struct trust_anchor {
    struct blob der;
    struct blob subject; /* the raw DN */
    enum anchor_source source;
    bool is_off; /* listed to be refused */
};

struct trust_list {
    struct trust_anchor *anchors;
    size_t n;
    size_t room;
    bool is_given;  /* of --cacert */
    bool no_memory; /* what is in it is not all */
};

struct trust_bundle {
    const char *file;    /* PEM certificates, one behind the other */
    const char *shipped; /* folder with what the system shipped; NULL: none of that kind */
};

struct trust_places {
    const char *set;                    /* $SSL_CERT_FILE; NULL: unset. Then no bundle is read */
    const struct trust_bundle *bundles; /* the first readable is taken; .file NULL ends it */
    const char *const *added;           /* folders where people add authorities; NULL ends it */
};

struct trust_list *trust_list_read_places(const struct trust_places *places, char *error,
                                          size_t error_size);
/* For tests: certificates in it, and how many of them somebody added. */
size_t trust_list_count(const struct trust_list *t, size_t *added);

struct trust_list *trust_list_new(void);
/* Adds a certificate as shipped; NULL where it can't be read or there is no room. Borrowed. */
struct trust_anchor *trust_list_add(struct trust_list *t, const gnutls_datum_t *der);
struct trust_anchor *trust_list_find(const struct trust_list *t, const void *der, size_t len);
/* Adds all of a file, PEM or one in DER. False: it can't be read (errno). */
bool trust_list_add_file(struct trust_list *t, const char *file);

/* Calls fn for each anchor that has the name of a certificate from `first` on, or of its issuer. */
void trust_list_each_match(const struct trust_list *t, const struct evidence *ev, size_t first,
                           void (*fn)(void *ctx, const struct trust_anchor *a), void *ctx);

#endif
