/*
 * lab_statement.h - signed statements about a forged certificate, true or false as a scenario wants
 * them: OCSP answers and lists (CRL). Uses GnuTLS.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_LAB_STATEMENT_H
#define WHYTLS_LAB_STATEMENT_H

#include "lab/forge.h"

/* An OCSP answer (RFC 6960) by the chain's issuer about its leaf. GnuTLS's code; *der is the
 * caller's. The issuer's key must be P-256. */
int forge_ocsp(const struct forged *f, enum lab_word word, int64_t now, struct blob *der);
/* The same as a list of what was revoked (RFC 5280 5), by and about these of the chain; GOOD:
 * it is not on it. */
int forge_crl(const struct forged *f, int issuer, int about, enum lab_word word, int64_t now,
              struct blob *der);

#endif
