/*
 * clock.h - the clock's witnesses, from tables of paths that a test can replace. Private to
 * src/local.
 * SPDX-License-Identifier: MIT
 */
#ifndef LOCAL_CLOCK_H
#define LOCAL_CLOCK_H

#include <stdint.h>
#include <sys/timex.h>

#include "whytls/evidence.h"

/* Paths whose newest modification time one witness speaks from; NULL ends the list. */
struct clock_source {
    enum witness_kind kind;
    const char *paths[12];
};

/* Adds what has something to say; a source none of whose paths is there says nothing. */
void clock_add_files(struct facts *facts, const struct clock_source *sources, size_t n);
/* The kernel's own time where it is synchronised, else EVIDENCE_NO_TIME. adjtimex_result: its
 * return. */
int64_t clock_kernel_time(int adjtimex_result, const struct timex *tx);

#endif
