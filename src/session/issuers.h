/*
 * issuers.h - whose names the certificates of a case carry. Only src/session includes it.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_SESSION_ISSUERS_H
#define WHYTLS_SESSION_ISSUERS_H

#include "whytls/data.h"

/* Looks the issuers of certificates[from ..] up, a fact for each; returns how many are known now.
 */
size_t issuers_note(const struct issuer_table *t, struct evidence *ev, size_t from);

#endif
