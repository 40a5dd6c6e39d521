/*
 * local_file.c - reading this computer's own files: regular ones only, and never without a ceiling.
 * Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#include "local/local_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WALK_MAX_ENTRIES = 4096 };

static size_t read_all(int fd, char *into, size_t n)
{
    size_t done = 0;
    while (done < n) {
        ssize_t got = read(fd, into + done, n - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    return done;
}

/* Open already; errno says what was wrong where this is NULL. */
static char *read_open(int fd, size_t max, size_t *len)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return NULL;
    if (!S_ISREG(st.st_mode)) {
        errno = EINVAL;
        return NULL;
    }
    if (st.st_size < 0 || (uintmax_t)st.st_size > max) {
        errno = EFBIG;
        return NULL;
    }
    char *text = malloc((size_t)st.st_size + 1);
    if (!text)
        return NULL;
    *len = read_all(fd, text, (size_t)st.st_size);
    text[*len] = '\0';
    return text;
}

char *local_file_read(const char *path, size_t max, size_t *len)
{
    /* O_NONBLOCK: opening a FIFO that nobody writes to would never return. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return NULL;
    char *text = read_open(fd, max, len);
    int saved = errno;
    close(fd);
    errno = saved;
    return text;
}

struct walk {
    void (*fn)(void *ctx, const char *path);
    void *ctx;
    int left;
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

void local_file_walk(const char *dir, int depth, void (*fn)(void *ctx, const char *path), void *ctx)
{
    struct walk w = {.fn = fn, .ctx = ctx, .left = WALK_MAX_ENTRIES};
    walk_below(&w, dir, depth);
}
