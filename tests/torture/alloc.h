/*
 * alloc.h - allocations that fail on demand: all that the program's own objects ask for (linked
 * with
 * --wrap), and what cJSON asks for through its hooks. Not those of GnuTLS, libuv, curl and libc:
 * they end the program or misbehave by themselves. For tests/torture alone; uses libc and cJSON.
 * SPDX-License-Identifier: MIT
 */
#ifndef TORTURE_ALLOC_H
#define TORTURE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Once, before anything else. */
void alloc_begin(void);

/*
 * From here on each allocation is counted, from 1. fail_at: the one that fails; 0: none. With
 * and_after, all behind it fail too. Blocks that live already are not ours to watch.
 */
void alloc_arm(size_t fail_at, bool and_after);
/* Ends it: how many were asked for since. */
size_t alloc_disarm(void);
/* Blocks that were given since alloc_arm and never freed. */
size_t alloc_leaked(void);

/* While armed: which calls led to each allocation, as a number for each way to it. */
void alloc_note_ways(bool are_noted);
/* Of allocation i, from 1; 0 where it was not noted. */
uint64_t alloc_way(size_t i);
/* The next allocation that fails prints the calls that led to it, for who mends it. */
void alloc_tell_where(bool is_told);

#endif
