/*
 * said.c - what a check found, as an id and its values: makes them, and knows the ids of files. The
 * words are not here (src/advice/said_words.c). Pure.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/said.h"

#include <assert.h>
#include <string.h>

#include "whytls/text.h"

static const struct {
    const char *name;
    size_t n_args;
} rows[SAID_COUNT] = {
    [SAID_NONE] = {"", 0},
#define SAID(ident, id, n_args, words) [SAID_##ident] = {id, n_args},
#define SAID_FINE(ident, id, n_args, words, sentence) [SAID_##ident] = {id, n_args},
#include "whytls/said.def"
#undef SAID
#undef SAID_FINE
};

const char *said_name_of(enum said_id id)
{
    return rows[id].name;
}

enum said_id said_find(const char *name)
{
    for (int i = SAID_NONE + 1; i < SAID_COUNT; i++)
        if (strcmp(rows[i].name, name) == 0)
            return (enum said_id)i;
    return SAID_NONE;
}

size_t said_n_args(enum said_id id)
{
    return rows[id].n_args;
}

static const char *const kinds[SAID_ARG_KINDS] = {
    [SAID_ARG_NONE] = "none",     [SAID_ARG_TEXT] = "text", [SAID_ARG_NAME] = "name",
    [SAID_ARG_NUMBER] = "number", [SAID_ARG_DATE] = "date", [SAID_ARG_SPAN] = "span",
};

const char *said_kind_id(enum said_arg_kind kind)
{
    return kinds[kind];
}

enum said_arg_kind said_kind_find(const char *id)
{
    int kind = SAID_ARG_KINDS - 1;
    while (kind > SAID_ARG_NONE && strcmp(kinds[kind], id) != 0)
        kind--;
    return (enum said_arg_kind)kind;
}

/* ---- to say it ---------------------------------------------------------------------------- */

struct said said_plain(enum said_id id)
{
    assert(rows[id].n_args == 0);
    return (struct said){.id = id};
}

struct said said_with(enum said_id id, struct said_arg arg)
{
    assert(rows[id].n_args == 1);
    return (struct said){.id = id, .args = {arg}, .n_args = 1};
}

struct said said_with_two(enum said_id id, struct said_arg first, struct said_arg second)
{
    assert(rows[id].n_args == 2);
    return (struct said){.id = id, .args = {first, second}, .n_args = 2};
}

static struct said_arg arg_of_text(enum said_arg_kind kind, const char *text)
{
    struct said_arg arg = {.kind = kind};
    text_copy_cut(arg.text, sizeof(arg.text), text);
    return arg;
}

struct said_arg said_text(const char *text)
{
    return arg_of_text(SAID_ARG_TEXT, text);
}

struct said_arg said_host(const char *name)
{
    return arg_of_text(SAID_ARG_NAME, name);
}

struct said_arg said_number(int64_t number)
{
    return (struct said_arg){.kind = SAID_ARG_NUMBER, .number = number};
}

struct said_arg said_date(int64_t unix_seconds)
{
    return (struct said_arg){.kind = SAID_ARG_DATE, .number = unix_seconds};
}

struct said_arg said_span(int64_t seconds)
{
    return (struct said_arg){.kind = SAID_ARG_SPAN, .number = seconds};
}
