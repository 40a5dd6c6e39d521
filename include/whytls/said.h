/*
 * said.h - what a check found, as data: an id and its values. The words (said.def) are advice's
 * alone: nothing in the diagnosis can be decided by them, and a case says the same in any language.
 * Plain data; uses nothing but libc.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_SAID_H
#define WHYTLS_SAID_H

#include <stddef.h>
#include <stdint.h>

enum said_id {
    SAID_NONE, /* nothing was said */
#define SAID(ident, id, n_args, words) SAID_##ident,
#define SAID_FINE(ident, id, n_args, words, sentence) SAID_##ident,
#include "whytls/said.def"
#undef SAID
#undef SAID_FINE
    SAID_COUNT
};

enum said_arg_kind {
    SAID_ARG_NONE,
    SAID_ARG_TEXT,   /* the field's own word, or one from outside: "TLS 1.3" */
    SAID_ARG_NAME,   /* of a host, a person: "192.0.2.1" */
    SAID_ARG_NUMBER, /* a count, a port */
    SAID_ARG_DATE,   /* Unix seconds: a day */
    SAID_ARG_SPAN,   /* seconds: "3 days" */
    SAID_ARG_KINDS
};

enum { SAID_MAX_ARGS = 3, SAID_SIZE = 120 };

struct said_arg {
    enum said_arg_kind kind;
    char text[SAID_SIZE]; /* TEXT, NAME; clean */
    int64_t number;       /* NUMBER, DATE, SPAN */
};

struct said {
    enum said_id id;
    struct said_arg args[SAID_MAX_ARGS];
    size_t n_args;
};

/* The id in files ("chain-expired"), and back; "" and SAID_NONE where there is none. */
const char *said_name_of(enum said_id id);
enum said_id said_find(const char *name);
/* How many values its words have a place for. */
size_t said_n_args(enum said_id id);
const char *said_kind_id(enum said_arg_kind kind);
enum said_arg_kind said_kind_find(const char *id); /* SAID_ARG_NONE where unknown */

/* ---- to say it ---------------------------------------------------------------------------- */

struct said said_plain(enum said_id id);
struct said said_with(enum said_id id, struct said_arg arg);
struct said said_with_two(enum said_id id, struct said_arg first, struct said_arg second);

/* Clean texts; what does not fit is cut. */
struct said_arg said_text(const char *text);
struct said_arg said_host(const char *name);
struct said_arg said_number(int64_t number);
struct said_arg said_date(int64_t unix_seconds);
struct said_arg said_span(int64_t seconds);

#endif
