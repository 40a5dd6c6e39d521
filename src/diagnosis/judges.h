/*
 * judges.h - what one program makes of a chain that was judged by its question. For src/diagnosis
 * alone.
 * SPDX-License-Identifier: MIT
 */
#ifndef DIAGNOSIS_JUDGES_H
#define DIAGNOSIS_JUDGES_H

#include "whytls/programs.h"

/* The CHAIN_BITs that this program does not need, though they were found. */
unsigned judge_allows(const struct judge *j, const struct analysis *r,
                      const struct chain_question *q, const struct chain_answer *a);
/* What programs look at of the path besides: once for all of them. */
struct chain_looks {
    const char *strict, *subject; /* cert_strict_fault, cert_subject_fault: the first; or NULL */
    bool has_anchor;              /* it leads to one that is trusted: */
    bool anchor_is_ca, anchor_may_sign;
    unsigned anchor_rsa; /* bits of its RSA key; 0: it has another kind */
};
void chain_look(const struct chain_question *q, const struct chain_answer *a,
                struct chain_looks *l);

/* What it minds that is no change of a chain, in a few words; NULL: nothing. */
const char *judge_minds(const struct judge *j, const struct analysis *r,
                        const struct chain_answer *a, const struct chain_looks *l);
/* The same without what has a check of its own. */
const char *judge_minds_strictly(const struct judge *j, const struct analysis *r,
                                 const struct chain_looks *l);

#endif
