/*
 * lab.h - the practice lab: broken servers on loopback with certificates made on the spot, one
 * scenario a row of src/lab/scenarios.def. Runs in a child process of this program; needs no
 * network and no other program. Shares no code with src/probe, so that both can't share a mistake.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_LAB_H
#define WHYTLS_LAB_H

#include <stdbool.h>
#include <stddef.h>

struct request;

/* One row for those who list scenarios. expect: slugs of the causes that it must lead to, in order,
 * separated by spaces; "works" where the server is healthy; notes: slugs of notes it must show. */
struct scenario_line {
    const char *name;    /* "expired" */
    const char *summary; /* "The certificate ran out three days ago." */
    const char *expect;
    const char *notes;
    int step;
};
const struct scenario_line *lab_scenario(size_t i); /* NULL past the end */

/* A running scenario. */
struct lab;

/*
 * Starts the scenario's servers and fills the request so that a session walks to it: target,
 * pretended addresses, trust list, clock, policies. What the request borrows belongs to the lab.
 * NULL where the name is unknown or nothing could be started; error says why.
 */
struct lab *lab_start(const char *name, struct request *r, char *error, size_t error_size);
/* Ends its processes, waits for them, frees. NULL is allowed. */
void lab_stop(struct lab *lab);

#endif
