/*
 * said_words.c - what a check found, in words: those of said.def, with the values put in. A value
 * from outside goes through the redaction whole before that. Uses diagnosis (the ids) and libc.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/text.h"

static const struct {
    const char *words, *sentence; /* with {0} where the first value stands; sentence: where fine */
} rows[SAID_COUNT] = {
    [SAID_NONE] = {"", NULL},
#define SAID(ident, id, n_args, words) [SAID_##ident] = {words, NULL},
#define SAID_FINE(ident, id, n_args, words, sentence) [SAID_##ident] = {words, sentence},
#include "whytls/said.def"
#undef SAID
#undef SAID_FINE
};

static void say_value(const struct said_arg *arg, const struct redaction *redaction, char *out,
                      size_t out_size)
{
    out[0] = '\0';
    switch (arg->kind) {
    case SAID_ARG_TEXT:
    case SAID_ARG_NAME:
        redaction_copy(redaction, out, out_size, arg->text);
        break;
    case SAID_ARG_NUMBER:
        snprintf(out, out_size, "%lld", (long long)arg->number);
        break;
    case SAID_ARG_DATE:
        advice_date(arg->number, false, out, out_size);
        break;
    case SAID_ARG_SPAN:
        advice_span(arg->number, out, out_size);
        break;
    case SAID_ARG_NONE:
    case SAID_ARG_KINDS:
        break;
    }
}

/* The place of a value begins here: "{0}"; -1: none does. */
static int place_at(const char *text)
{
    bool is_one = text[0] == '{' && text[1] >= '0' && text[1] < '0' + SAID_MAX_ARGS;
    return is_one && text[2] == '}' ? text[1] - '0' : -1;
}

static void fill_in(const char *words, const struct said *said, const struct redaction *redaction,
                    char *out, size_t out_size)
{
    char whole[ADVICE_LINE + SAID_MAX_ARGS * SAID_SIZE];
    size_t used = 0;
    for (const char *at = words; *at && used + SAID_SIZE < sizeof(whole);) {
        int place = place_at(at);
        if (place < 0) {
            whole[used++] = *at++;
            continue;
        }
        say_value(&said->args[place], redaction, whole + used, SAID_SIZE);
        used += strlen(whole + used);
        at += strlen("{0}");
    }
    whole[used] = '\0';
    text_copy_cut(out, out_size, whole);
}

void advice_said(const struct said *said, const struct redaction *redaction, char *out,
                 size_t out_size)
{
    fill_in(message(rows[said->id].words), said, redaction, out, out_size);
}

bool advice_said_fine(const struct said *said, const struct redaction *redaction, char *out,
                      size_t out_size)
{
    const char *sentence = rows[said->id].sentence;
    if (sentence)
        fill_in(message(sentence), said, redaction, out, out_size);
    return sentence != NULL;
}
