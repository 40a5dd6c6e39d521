/*
 * fuzz.h - what the fuzzers share: assertions, and the input as the bytes, the text, the file or
 * the folder that a parser takes. Nothing of it asks the time or the network.
 * SPDX-License-Identifier: MIT
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "whytls/reader.h"
#include "whytls/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(bool so)
{
    if (!so)
        abort();
}

static inline void must_be_clean(const char *text)
{
    must(text_is_clean(text, strlen(text)));
}

/* Just these bytes on the heap, so that one byte more is seen. Caller frees. */
static inline char *exact(const void *data, size_t size)
{
    char *copy = malloc(size ? size : 1);
    must(copy != NULL);
    if (size)
        memcpy(copy, data, size);
    return copy;
}

/* The same with a NUL behind them. */
static inline char *as_text(const void *data, size_t size)
{
    char *text = malloc(size + 1);
    must(text != NULL);
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

/* Some bytes after their length in two, from the input; all that is left where they are more. */
static inline struct reader part(struct reader *r)
{
    size_t n = reader_u16(r);
    return reader_sub(r, n < r->left ? n : r->left);
}

/* The input as a file in memory. */
struct as_file {
    int fd;
    char path[64];
};

static inline void as_file_init(struct as_file *f, const void *data, size_t size)
{
    f->fd = memfd_create("input", MFD_CLOEXEC);
    must(f->fd >= 0 && write(f->fd, data, size) == (ssize_t)size);
    snprintf(f->path, sizeof f->path, "/proc/self/fd/%d", f->fd);
}

static inline void as_file_fini(struct as_file *f)
{
    close(f->fd);
}

/* A folder with nothing in it but the input, a link of this name to a file in memory: it is made
 * once, and removed at the end of the process. */
static char fuzz_folder[64], fuzz_link[128];

static inline void remove_folder(void)
{
    unlink(fuzz_link);
    rmdir(fuzz_folder);
}

static inline const char *as_folder(const struct as_file *f, const char *name)
{
    if (!fuzz_folder[0]) {
        snprintf(fuzz_folder, sizeof fuzz_folder, "/tmp/whytls-fuzz.XXXXXX");
        must(mkdtemp(fuzz_folder) != NULL && atexit(remove_folder) == 0);
        snprintf(fuzz_link, sizeof fuzz_link, "%s/%s", fuzz_folder, name);
    }
    unlink(fuzz_link);
    must(symlink(f->path, fuzz_link) == 0);
    return fuzz_folder;
}

#endif
