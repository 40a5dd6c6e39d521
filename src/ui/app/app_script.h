/*
 * app_script.h - WHYTLS_SCRIPT: leads the wizard without a terminal, for tests and demonstrations.
 * A line each: type TEXT, paste TEXT (\n is a newline), key NAME, click X Y (from 0), wait
 * page:NAME | done | text:WORDS, snap FILE, roles FILE ("-": standard output), resize W H, case
 * FILE (the next check is answered from this saved case), clock SECONDS, quit. '#' begins a remark.
 * No sleeps.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_SCRIPT_H
#define WHYTLS_UI_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a script may ask of whoever runs it. */
struct script_host {
    void *ctx;
    bool (*key)(void *ctx, unsigned key); /* false: the program has ended, and so does the script */
    bool (*is_so)(void *ctx, const char *condition, bool *is_known);
    bool (*snap)(void *ctx, const char *file, bool is_roles);
    void (*resize)(void *ctx, int width, int height);
    bool (*use_case)(void *ctx, const char *file);
    void (*set_clock)(void *ctx, int64_t unix_seconds);
};

enum script_state { SCRIPT_WAITING, SCRIPT_OVER, SCRIPT_FAILED };

struct script;

/* NULL where the file can't be read; error says why. */
struct script *script_open(const char *file, char *error, size_t error_size);
void script_free(struct script *s);
/* Runs lines up to a wait that does not hold yet. FAILED: script_error says where and why. */
enum script_state script_run(struct script *s, const struct script_host *host);
/* A second has passed: FAILED where a wait has lasted too long. */
enum script_state script_tick(struct script *s);
const char *script_error(const struct script *s);

#endif
