/*
 * alloc.c - see alloc.h. The linker sends our objects' malloc, free and so on here (--wrap, ld(1)).
 * SPDX-License-Identifier: MIT
 */
#include "alloc.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <glob.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LIVE_MAX = 1 << 16, /* blocks at a time; a power of two */
    WAYS_MAX = 1 << 18,
    WAY_FRAMES = 7, /* so that one buffer's growth differs from another's */
    FRAMES_MAX = 32,
    SKIPPED = 2, /* frames that are this file's own */
};

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t n);
void __real_free(void *block);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t n);
DIR *__real_opendir(const char *path);
char *__real_realpath(const char *path, char *out);
int __real_scandir(const char *path, struct dirent ***list, int (*wanted)(const struct dirent *),
                   int (*compare)(const struct dirent **, const struct dirent **));
int __real_glob(const char *pattern, int flags, int (*on_error)(const char *, int), glob_t *out);

void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t n);
void __wrap_free(void *block);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t n);
DIR *__wrap_opendir(const char *path);
char *__wrap_realpath(const char *path, char *out);
int __wrap_scandir(const char *path, struct dirent ***list, int (*wanted)(const struct dirent *),
                   int (*compare)(const struct dirent **, const struct dirent **));
int __wrap_glob(const char *pattern, int flags, int (*on_error)(const char *, int), glob_t *out);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool is_armed, fails_after, are_ways_noted, is_told;
static size_t n_asked, fail_at, n_live;
static void *live[LIVE_MAX]; /* a hash table with open addressing; NULL: free */
static uint64_t ways[WAYS_MAX];

/* ---- blocks that live ---------------------------------------------------------------------- */

static size_t slot_of(const void *block)
{
    return (size_t)(((uintptr_t)block >> 4) * 0x9E3779B97F4A7C15u >> 32) % LIVE_MAX;
}

static void put_live(void *block)
{
    size_t i = slot_of(block);
    if (n_live + 1 >= LIVE_MAX)
        abort();
    while (live[i])
        i = (i + 1) % LIVE_MAX;
    live[i] = block;
    n_live++;
}

/* What came from elsewhere (getline, GnuTLS) is not in the table, and freed as ever. */
static void take_live(const void *block)
{
    size_t i = slot_of(block);
    while (live[i] && live[i] != block)
        i = (i + 1) % LIVE_MAX;
    if (!live[i])
        return;
    n_live--;
    live[i] = NULL;
    for (size_t k = (i + 1) % LIVE_MAX; live[k]; k = (k + 1) % LIVE_MAX) {
        void *moved = live[k];
        live[k] = NULL;
        n_live--;
        put_live(moved);
    }
}

/* ---- may this one be had? ------------------------------------------------------------------ */

static uint64_t way_here(void)
{
    void *frames[SKIPPED + WAY_FRAMES];
    int n = backtrace(frames, SKIPPED + WAY_FRAMES);
    uint64_t way = 14695981039346656037u; /* FNV-1a */
    for (int i = SKIPPED; i < n; i++)
        way = (way ^ (uintptr_t)frames[i]) * 1099511628211u;
    return way | 1;
}

static void tell_where(void)
{
    void *frames[FRAMES_MAX];
    int n = backtrace(frames, FRAMES_MAX);
    backtrace_symbols_fd(frames + SKIPPED, n - SKIPPED, STDERR_FILENO);
}

static bool may_have(void)
{
    if (!is_armed)
        return true;
    n_asked++;
    if (are_ways_noted && n_asked < WAYS_MAX)
        ways[n_asked] = way_here();
    bool fails = fail_at && (n_asked == fail_at || (fails_after && n_asked > fail_at));
    if (fails && is_told && n_asked == fail_at)
        tell_where();
    if (fails)
        errno = ENOMEM;
    return !fails;
}

/* One question at a time: the list of saved cases is read in a thread. */
static bool enter(void)
{
    pthread_mutex_lock(&lock);
    return may_have();
}

static void *leave(void *block)
{
    if (block && is_armed)
        put_live(block);
    int number = errno;
    pthread_mutex_unlock(&lock);
    errno = number;
    return block;
}

/* ---- in place of libc's -------------------------------------------------------------------- */

void *__wrap_malloc(size_t n)
{
    return leave(enter() ? __real_malloc(n) : NULL);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return leave(enter() ? __real_calloc(n, size) : NULL);
}

char *__wrap_strdup(const char *text)
{
    return leave(enter() ? __real_strdup(text) : NULL);
}

char *__wrap_strndup(const char *text, size_t n)
{
    return leave(enter() ? __real_strndup(text, n) : NULL);
}

/* Always moved, so that who keeps the old place is seen (by AddressSanitizer). */
void *__wrap_realloc(void *old, size_t n)
{
    void *block = enter() ? __real_realloc(old, n) : NULL;
    if (block && old)
        take_live(old);
    return leave(block);
}

void __wrap_free(void *block)
{
    int number = errno;
    pthread_mutex_lock(&lock);
    if (block)
        take_live(block);
    __real_free(block);
    pthread_mutex_unlock(&lock);
    errno = number;
}

/* What these give is not watched for leaks: its parts come from libc. */
static bool enter_only(void)
{
    bool may = enter();
    int number = errno;
    pthread_mutex_unlock(&lock);
    errno = number;
    return may;
}

DIR *__wrap_opendir(const char *path)
{
    return enter_only() ? __real_opendir(path) : NULL;
}

char *__wrap_realpath(const char *path, char *out)
{
    return enter_only() ? __real_realpath(path, out) : NULL;
}

int __wrap_scandir(const char *path, struct dirent ***list, int (*wanted)(const struct dirent *),
                   int (*compare)(const struct dirent **, const struct dirent **))
{
    return enter_only() ? __real_scandir(path, list, wanted, compare) : -1;
}

int __wrap_glob(const char *pattern, int flags, int (*on_error)(const char *, int), glob_t *out)
{
    return enter_only() ? __real_glob(pattern, flags, on_error, out) : GLOB_NOSPACE;
}

/* ---- for the driver ------------------------------------------------------------------------ */

void alloc_begin(void)
{
    cJSON_Hooks hooks = {.malloc_fn = __wrap_malloc, .free_fn = __wrap_free};
    void *first[1];
    cJSON_InitHooks(&hooks);
    backtrace(first, 1); /* loads what it needs now, not inside of an allocation */
}

void alloc_arm(size_t at, bool and_after)
{
    n_asked = n_live = 0;
    memset(live, 0, sizeof(live));
    fail_at = at;
    fails_after = and_after;
    is_armed = true;
}

size_t alloc_disarm(void)
{
    is_armed = false;
    return n_asked;
}

size_t alloc_leaked(void)
{
    return n_live;
}

void alloc_note_ways(bool are_noted)
{
    are_ways_noted = are_noted;
}

uint64_t alloc_way(size_t i)
{
    return i < WAYS_MAX ? ways[i] : 0;
}

void alloc_tell_where(bool told)
{
    is_told = told;
}
