/*
 * issuers.c - whose names the new certificates carry is a fact, looked up once. Uses data, chain.
 * SPDX-License-Identifier: MIT
 */
#include "issuers.h"

#include "whytls/chain.h"

size_t issuers_note(const struct issuer_table *t, struct evidence *ev, size_t from)
{
    for (; from < ev->n_certificates; from++) {
        struct certificate *cert = &ev->certificates[from];
        struct cert_info info;
        if (cert_describe(&cert->der, &info))
            issuer_table_find(t, info.issuer_org, info.issuer, &cert->issuer);
    }
    return from;
}
