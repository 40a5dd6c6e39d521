/*
 * statements.h - for tests: signed statements about a certificate of pki.h, as the practice lab
 * forges them. The caller frees the DER.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_STATEMENTS_H
#define WHYTLS_TESTS_STATEMENTS_H

#include "unit/pki.h"

#include "lab/lab_statement.h"
#include "whytls/evidence.h"

static inline struct forged pair_of(const struct pki_cert *about, const struct pki_cert *issuer)
{
    return (struct forged){
        .crt = {[FORGED_LEAF] = about->crt, [FORGED_INTERMEDIATE] = issuer->crt},
        .key = {[FORGED_LEAF] = about->key, [FORGED_INTERMEDIATE] = issuer->key}};
}

static inline struct statement say_by_ocsp(const struct pki_cert *about,
                                           const struct pki_cert *issuer, enum lab_word word,
                                           int64_t now)
{
    struct forged f = pair_of(about, issuer);
    struct statement s = {.kind = STATEMENT_OCSP};
    pki_check(forge_ocsp(&f, word, now, &s.der));
    return s;
}

static inline struct statement say_by_list(const struct pki_cert *about,
                                           const struct pki_cert *issuer, enum lab_word word,
                                           int64_t now)
{
    struct forged f = pair_of(about, issuer);
    struct statement s = {.kind = STATEMENT_CRL};
    pki_check(forge_crl(&f, FORGED_INTERMEDIATE, FORGED_LEAF, word, now, &s.der));
    return s;
}

#endif
