/*
 * trust.h - where a trust list comes from, as a table that a test can replace. Private to
 * src/local. SPDX-License-Identifier: MIT
 */
#ifndef LOCAL_TRUST_H
#define LOCAL_TRUST_H

#include <stddef.h>

#include "whytls/local.h"

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

#endif
