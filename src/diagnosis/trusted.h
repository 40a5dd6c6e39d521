/*
 * trusted.h - the authorities that one program trusts, of those that bear on a case. For
 * src/diagnosis alone.
 * SPDX-License-Identifier: MIT
 */
#ifndef DIAGNOSIS_TRUSTED_H
#define DIAGNOSIS_TRUSTED_H

#include "whytls/evidence.h"

enum { MAX_TRUSTED = EVIDENCE_MAX_ANCHORS + STORE_MAX_ANCHORS };

/* What one program trusts, of what bears on the case. Borrows the bytes. */
struct trusted {
    struct anchor anchors[MAX_TRUSTED];
    size_t n;
    bool has_off; /* one was left out because it is switched off there */
};

void trusted_of_store(const struct facts *f, const struct store *s, struct trusted *t);
/* The list that the case is judged by; without what somebody added to it here. */
void trusted_of_system(const struct facts *f, bool is_shipped_only, struct trusted *t);

#endif
