/*
 * local_file.c - finds this computer's own files: regular ones only, and never without a ceiling.
 * Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#include "local/local_file.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { WALK_MAX_ENTRIES = 4096 };

struct walk {
    void (*fn)(void *ctx, const char *path);
    void *ctx;
    int left;
    bool no_memory;
};

/* alphasort() would put them in the order of the user's language. */
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void walk_below(struct walk *w, const char *dir, int depth)
{
    struct dirent **found = NULL;
    int n = scandir(dir, &found, NULL, by_bytes);
    w->no_memory = w->no_memory || (n < 0 && errno == ENOMEM);
    for (int i = 0; i < n; i++) {
        char path[PATH_MAX];
        struct stat st;
        int size = snprintf(path, sizeof(path), "%s/%s", dir, found[i]->d_name);
        bool is_fine = found[i]->d_name[0] != '.' && size < (int)sizeof(path) && w->left > 0;
        free(found[i]);
        if (!is_fine || stat(path, &st) != 0)
            continue;
        w->left--;
        if (S_ISREG(st.st_mode))
            w->fn(w->ctx, path);
        else if (S_ISDIR(st.st_mode) && depth > 0)
            walk_below(w, path, depth - 1);
    }
    free(found);
}

bool local_file_walk(const char *dir, int depth, void (*fn)(void *ctx, const char *path), void *ctx)
{
    struct walk w = {.fn = fn, .ctx = ctx, .left = WALK_MAX_ENTRIES};
    walk_below(&w, dir, depth);
    return !w.no_memory;
}
