/*
 * drive.c - runs a fuzzer's entry point where libFuzzer is not: each file as it is, then changed
 * ones, the same in every run. Arguments: RUNS FILE... Uses the standard library.
 * SPDX-License-Identifier: MIT
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 256 * 1024, MAX_FILES = 256, MAX_STEPS = 6 };

struct input {
    uint8_t *bytes;
    size_t len;
};

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static size_t below(uint64_t *state, size_t n)
{
    return n ? (size_t)(next_random(state) % n) : 0;
}

static int read_input(const char *path, struct input *in)
{
    FILE *f = fopen(path, "rb");
    in->bytes = malloc(INPUT_MAX);
    in->len = f && in->bytes ? fread(in->bytes, 1, INPUT_MAX, f) : 0;
    if (f)
        fclose(f);
    return f && in->bytes;
}

/* ---- changes ---- */

static void flip(struct input *in, uint64_t *state)
{
    if (in->len)
        in->bytes[below(state, in->len)] ^= (uint8_t)(1u << below(state, 8));
}

/* Numbers at which lengths, counts and characters turn over. */
static void set_edge(struct input *in, uint64_t *state)
{
    static const uint8_t edges[] = {0, 1, 0x7f, 0x80, 0xff, 0x30, 0x82, '"', '{', '\n', '\\'};
    if (in->len)
        in->bytes[below(state, in->len)] = edges[below(state, sizeof edges)];
}

static void drop(struct input *in, uint64_t *state)
{
    size_t from = below(state, in->len), n = below(state, in->len - from + 1);
    memmove(in->bytes + from, in->bytes + from + n, in->len - from - n);
    in->len -= n;
}

static void repeat(struct input *in, uint64_t *state)
{
    size_t from = below(state, in->len), n = below(state, in->len - from + 1);
    if (in->len + n > INPUT_MAX)
        return;
    memmove(in->bytes + from + n, in->bytes + from, in->len - from);
    in->len += n;
}

static void cut(struct input *in, uint64_t *state)
{
    in->len = below(state, in->len + 1);
}

/* A piece of another one, over what is there. */
static void splice(struct input *in, const struct input *other, uint64_t *state)
{
    size_t at = below(state, in->len), from = below(state, other->len);
    size_t n = below(state, other->len - from + 1);
    if (n > in->len - at)
        n = in->len - at;
    memcpy(in->bytes + at, other->bytes + from, n);
}

static void change(struct input *in, const struct input *other, uint64_t *state)
{
    static void (*const changes[])(struct input *, uint64_t *) = {flip, flip,   set_edge, set_edge,
                                                                  drop, repeat, cut};
    size_t n = sizeof changes / sizeof changes[0], which = below(state, n + 1);
    if (which == n)
        splice(in, other, state);
    else
        changes[which](in, state);
}

/* ---- runs ---- */

static void run_changed(const struct input *all, size_t n, size_t runs)
{
    static uint8_t bytes[INPUT_MAX];
    uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
    for (size_t i = 0; i < runs; i++) {
        const struct input *from = &all[below(&state, n)];
        struct input in = {bytes, from->len};
        memcpy(bytes, from->bytes, from->len);
        for (size_t k = 1 + below(&state, MAX_STEPS); k > 0; k--)
            change(&in, &all[below(&state, n)], &state);
        LLVMFuzzerTestOneInput(in.bytes, in.len);
    }
}

int main(int argc, char **argv)
{
    static struct input all[MAX_FILES];
    size_t n = 0;
    for (int i = 2; i < argc && n < MAX_FILES; i++) {
        if (!read_input(argv[i], &all[n++])) {
            fprintf(stderr, "can't read %s\n", argv[i]);
            return 2;
        }
        LLVMFuzzerTestOneInput(all[n - 1].bytes, all[n - 1].len);
    }
    if (n == 0)
        return 2;
    run_changed(all, n, strtoul(argv[1], NULL, 10));
    printf("%zu inputs, %s changed ones\n", n, argv[1]);
    for (size_t i = 0; i < n; i++)
        free(all[i].bytes);
    return 0;
}
