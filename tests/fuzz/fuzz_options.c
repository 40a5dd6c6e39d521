/*
 * fuzz_options.c - any bytes as the words of a command line, a NUL behind each: taken within their
 * bounds, or refused. What is said of them goes nowhere. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include <getopt.h>

#include "command/command.h"
#include "fuzz.h"

enum { MOST_WORDS = 32 };

/* To where nobody reads, and back: libFuzzer speaks on standard error. */
static int silence(FILE *stream)
{
    fflush(stream);
    int before = dup(fileno(stream)), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    must(before >= 0 && nowhere >= 0 && dup2(nowhere, fileno(stream)) >= 0);
    close(nowhere);
    return before;
}

static void give_back(FILE *stream, int before)
{
    fflush(stream);
    must(dup2(before, fileno(stream)) >= 0);
    close(before);
}

static void must_be_sound(const struct options *o, int argc)
{
    const struct target *t = &o->request.target;
    must(o->n_args >= 0 && o->n_args < argc);
    must(t->timeout_s <= 60 && o->request.max_time_ms <= 86400u * 1000);
    must_be_clean(t->connect_to);
    must_be_clean(t->server_name);
    must_be_clean(t->client);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *words[MOST_WORDS + 2] = {(char[]){"whytls"}};
    char *text = as_text(data, size);
    int argc = 1;
    for (size_t at = 0; at < size && argc <= MOST_WORDS; at += strlen(text + at) + 1)
        words[argc++] = text + at;
    struct options o;
    int out = silence(stdout);
    int err = silence(stderr);
    optind = 0; /* glibc: begin anew */
    int code = options_read(argc, words, &o);
    give_back(stdout, out);
    give_back(stderr, err);
    must(code >= -1 && code < 256);
    if (code < 0)
        must_be_sound(&o, argc);
    free(text);
    return 0;
}
