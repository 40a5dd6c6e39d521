/*
 * trace.c - the lines of a trace: which areas write, where to, and since when the time counts. See
 * trace.h. Uses libc, file.h and text.h. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/trace.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "whytls/file.h"
#include "whytls/text.h"

enum {
    TEXT_SIZE = 1000,           /* bytes of a line's text: as much as a reader follows */
    RAW_SIZE = TEXT_SIZE + 100, /* more than fits, so that a cut is marked */
    HEAD_SIZE = 64,
    NAME_SIZE = 160, /* of what is said on standard error */
};

unsigned trace_areas;

static struct {
    atomic_int fd; /* -1: nothing is written */
    int64_t began_ms;
    atomic_int lost; /* errno of the first line that could not be written; 0: none */
} out = {.fd = -1};

static const char *const names[] = {
#define X(ident, name) [TRACE_##ident] = (name),
    TRACE_AREA_LIST(X)
#undef X
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- lines -------------------------------------------------------------------------------- */

/* In one write to a file that is appended to: lines of threads and processes do not mix. */
static void write_line(int fd, enum trace_area area, const char *format, va_list args)
{
    char raw[RAW_SIZE], text[TEXT_SIZE], line[TEXT_SIZE + HEAD_SIZE];
    vsnprintf(raw, sizeof(raw), format, args);
    text_clean_str_marked(text, sizeof(text), raw);
    int n = snprintf(line, sizeof(line), "%7lld %-7s %s\n", (long long)(now_ms() - out.began_ms),
                     names[area], text);
    if (!file_write_all(fd, line, (size_t)n))
        atomic_store(&out.lost, errno);
}

void trace_line(enum trace_area area, const char *format, ...)
{
    int number = errno; /* who traces goes on to look at it */
    int fd = atomic_load(&out.fd);
    va_list args;
    va_start(args, format);
    if (fd >= 0 && atomic_load(&out.lost) == 0)
        write_line(fd, area, format, args);
    va_end(args);
    errno = number;
}

/* ---- beginning and end -------------------------------------------------------------------- */

/* A name from the environment; fault may be NULL. */
static void complain(const char *what, const char *name, size_t n, const struct file_fault *fault)
{
    char clean[NAME_SIZE];
    text_clean_marked(clean, sizeof(clean), name, n);
    fprintf(stderr, "whytls: %s: %s%s%s\n", what, clean, fault ? ": " : "",
            fault ? file_words(fault) : "");
}

static unsigned area_of(const char *name, size_t n)
{
    unsigned areas = 0;
    bool is_all = n == strlen("all") && memcmp(name, "all", n) == 0;
    for (size_t i = 0; i < TRACE_AREA_COUNT; i++)
        if (is_all || (strlen(names[i]) == n && memcmp(names[i], name, n) == 0))
            areas |= 1u << i;
    return areas;
}

/* "session, probe": the areas that are known; the first that is not is said. */
static unsigned areas_of(const char *list)
{
    static const char between[] = ", ";
    unsigned areas = 0;
    bool is_said = false;
    for (const char *at = list + strspn(list, between); *at; at += strspn(at, between)) {
        size_t n = strcspn(at, between);
        unsigned found = area_of(at, n);
        if (!found && !is_said)
            complain("WHYTLS_TRACE names an unknown area", at, n, NULL);
        is_said = is_said || !found;
        areas |= found;
        at += n;
    }
    return areas;
}

void trace_begin(void)
{
    /* Whoever gives a program rights (set-user-ID) gives nobody a file to write to. */
    const char *list = secure_getenv("WHYTLS_TRACE");
    const char *path = secure_getenv("WHYTLS_TRACE_FILE");
    struct file_fault fault;
    unsigned areas = list ? areas_of(list) : 0;
    trace_areas = 0;
    if (!areas)
        return;
    if (!path || !*path)
        path = TRACE_FILE_DEFAULT;
    int fd = file_open_append(path, &fault);
    if (fd < 0) {
        complain("the trace cannot be written", path, strlen(path), &fault);
        return;
    }
    out.began_ms = now_ms();
    atomic_store(&out.lost, 0);
    atomic_store(&out.fd, fd);
    trace_areas = areas;
}

void trace_end(void)
{
    int lost = atomic_exchange(&out.lost, 0);
    atomic_store(&out.fd, -1);
    if (lost)
        fprintf(stderr, "whytls: the trace was not written to its end: %s\n", strerror(lost));
}
