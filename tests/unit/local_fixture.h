/*
 * local_fixture.h - a temporary folder with files of a test's own, removed at its end.
 * SPDX-License-Identifier: MIT
 */
#ifndef TESTS_LOCAL_FIXTURE_H
#define TESTS_LOCAL_FIXTURE_H

#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    char path[256];
};

static inline int folder_make(void **state)
{
    struct folder *f = calloc(1, sizeof(*f));
    const char *base = getenv("TMPDIR");
    if (!f)
        return -1;
    snprintf(f->path, sizeof(f->path), "%s/whytls-test-XXXXXX", base && *base ? base : "/tmp");
    *state = f;
    return mkdtemp(f->path) ? 0 : -1;
}

static inline int folder_remove_one(const char *path, const struct stat *st, int kind,
                                    struct FTW *walk)
{
    (void)st;
    (void)kind;
    (void)walk;
    return remove(path);
}

static inline int folder_remove(void **state)
{
    struct folder *f = *state;
    nftw(f->path, folder_remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(f);
    return 0;
}

/* The path of a name in the folder, in one of a few turning places. */
static inline const char *folder_path(const struct folder *f, const char *name)
{
    static char paths[8][PATH_MAX];
    static unsigned turn;
    char *path = paths[turn++ % 8];
    snprintf(path, PATH_MAX, "%s/%s", f->path, name);
    return path;
}

static inline const char *folder_write(const struct folder *f, const char *name, const char *text)
{
    const char *path = folder_path(f, name);
    FILE *out = fopen(path, "w");
    if (!out)
        abort();
    fputs(text, out);
    if (fclose(out) != 0)
        abort();
    return path;
}

static inline const char *folder_make_below(const struct folder *f, const char *name)
{
    const char *path = folder_path(f, name);
    if (mkdir(path, 0700) != 0)
        abort();
    return path;
}

#endif
