/*
 * programs.h - which programs accept the chain of a case, and why not: by the list of authorities
 * that each one reads. Pure: rows from a reading, for the details, the JSON and checks.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROGRAMS_H
#define WHYTLS_PROGRAMS_H

#include "whytls/diagnosis.h"

enum accepts { ACCEPTS_YES, ACCEPTS_NO, ACCEPTS_UNTOLD };
const char *accepts_id(enum accepts a); /* "yes", "no", "unknown" */

enum { PROGRAM_WHY = 96 };

/* One list of authorities, and whether the chain leads to one of them. */
struct store_row {
    enum store_kind kind;
    const struct store *store; /* NULL: the list that this case was judged by. Borrowed */
    enum accepts trusts;
    char why[PROGRAM_WHY]; /* why not, or by what; a few words, may be "" */
    bool is_added;         /* trusted by an authority that somebody added on this computer */
    size_t total, added;   /* certificates in its file; of these, added on this computer */
};

enum { STORE_ROWS_MAX = STORES_MAX + 1 };

/* First the list that the case was judged by. 0 where no certificate was seen. */
size_t stores_compare(const struct reading *r, struct store_row rows[STORE_ROWS_MAX]);

#endif
