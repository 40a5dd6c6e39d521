/*
 * operations.h - what is tortured: a table of commands as a user types them, and of what no command
 * reaches without a screen. For tests/torture alone.
 * SPDX-License-Identifier: MIT
 */
#ifndef TORTURE_OPERATIONS_H
#define TORTURE_OPERATIONS_H

#include <stddef.h>

enum { OPERATION_MAX_ARGS = 8 };

/* Either words of a command line, or a function of ours; both print, and give an exit code. */
struct operation {
    const char *name;
    const char *words[OPERATION_MAX_ARGS]; /* behind "whytls"; NULL ends them */
    int (*run)(void);                      /* NULL: the words are run */
};

extern const struct operation operations[];
extern const size_t n_operations;

/* As main.c would, without its beginning and end; an exit code. */
int operation_run(const struct operation *o);

#endif
