/*
 * torture.c - runs an operation once to count what it allocates, then again and again, each time
 * with one allocation failing, or all from one on; as curl's torture tests do. What must come of
 * it: the same answer, or the exit code EX_OSERR with a line that speaks of memory and nothing
 * else printed; no crash, no block that is never freed, no descriptor left open.
 * Usage: torture NAME; without a name, the names. TORTURE_ALL=1: every allocation, not a choice of
 * them. TORTURE_AT=N, TORTURE_AFTER=1: that one alone, and where it is.
 * SPDX-License-Identifier: MIT
 */
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sysexits.h>
#include <unistd.h>

#include "alloc.h"
#include "operations.h"
#include "whytls/probe.h"

GNUTLS_SKIP_GLOBAL_INIT

enum {
    SAID_MAX = 1 << 20,
    POINTS_EVEN = 12,  /* spread over the run, beside one on each way */
    POINTS_WAYS = 100, /* at most, spread as well: fewer of an operation that does much */
    LEAST_WAYS = 25,
    WORK_MAX = 250000, /* allocations of one operation in all its runs, about */
    DESCRIPTORS = 256,
    WAY_SLOTS = 1 << 14,
    /* How much more may be asked for after a failure than without one, before it is a loop. */
    MOST_TIMES = 8,
};

/* What an operation did. */
struct outcome_of {
    int code;
    size_t n_asked, n_leaked;
    int n_open; /* descriptors */
    size_t n_out, n_err;
    char out[SAID_MAX], err[SAID_MAX];
};

static struct outcome_of good, bad;
static const struct operation *op;
static size_t now_at;
static bool now_after;

/* ---- one run ------------------------------------------------------------------------------ */

static int count_open(void)
{
    int n = 0;
    for (int fd = 0; fd < DESCRIPTORS; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

static size_t take_said(int fd, char *out)
{
    ssize_t n = pread(fd, out, SAID_MAX - 1, 0);
    out[n > 0 ? n : 0] = '\0';
    return n > 0 ? (size_t)n : 0;
}

/* What it prints goes to files without a name, and from there into `o`. */
static void run(size_t fail_at, bool and_after, struct outcome_of *o)
{
    static int files[2] = {-1, -1}, kept[2] = {-1, -1};
    fflush(stdout);
    for (int i = 0; i < 2; i++) {
        if (files[i] < 0) {
            files[i] = memfd_create("said", MFD_CLOEXEC);
            kept[i] = fcntl(i + 1, F_DUPFD_CLOEXEC, DESCRIPTORS);
        }
        if (files[i] < 0 || kept[i] < 0 || ftruncate(files[i], 0) != 0 ||
            lseek(files[i], 0, SEEK_SET) != 0 || dup2(files[i], i + 1) < 0)
            abort();
    }
    int before = count_open();
    now_at = fail_at;
    now_after = and_after;
    alloc_arm(fail_at, and_after);
    o->code = operation_run(op);
    o->n_asked = alloc_disarm();
    fflush(stdout);
    fflush(stderr);
    o->n_open = count_open() - before;
    o->n_leaked = alloc_leaked();
    for (int i = 0; i < 2; i++)
        dup2(kept[i], i + 1);
    o->n_out = take_said(files[0], o->out);
    o->n_err = take_said(files[1], o->err);
}

/* ---- the judgement ------------------------------------------------------------------------ */

/* Each line of `err` stands in what it said when all was well, or speaks of memory. */
static bool speaks_of_memory(const char *err, const char *usual)
{
    char line[4096];
    for (size_t n; *err; err += n) {
        n = strcspn(err, "\n") + 1;
        snprintf(line, sizeof(line), "%.*s", (int)n, err);
        if (!strstr(line, "memory") && !strstr(usual, line))
            return false;
    }
    return true;
}

/* Each run is a case of its own, and has its code in the first line. */
static const char *after_code(const char *out)
{
    static const char code[] = ", case XXX-XXXX";
    const char *at = strstr(out, ", case ");
    return at && strchr(out, '\n') > at ? at + sizeof(code) - 1 : out;
}

/* What is wrong with it; NULL: nothing. */
static const char *fault_of(const struct outcome_of *o)
{
    bool is_same = o->code == good.code && strcmp(after_code(o->out), after_code(good.out)) == 0;
    if (o->n_leaked > 0)
        return "a block was never freed";
    if (o->n_open != good.n_open)
        return "a descriptor was left open";
    if (!speaks_of_memory(o->err, good.err))
        return "it names a cause that is none";
    if (is_same)
        return NULL;
    if (o->code != EX_OSERR)
        return "neither the answer nor EX_OSERR";
    if (o->n_out > 0)
        return "it failed, and an answer was printed all the same";
    return strstr(o->err, "memory") ? NULL : "it failed without a line that says so";
}

static void tell(const char *what)
{
    printf("# %s, allocation %zu of %zu%s: %s\n", op->name, now_at, good.n_asked,
           now_after ? " and all after it" : "", what);
}

static void show(const struct outcome_of *o)
{
    printf("# exit code %d in place of %d, %zu blocks never freed; it said:\n", o->code, good.code,
           o->n_leaked);
    for (const char *at = o->err; *at; at += strcspn(at, "\n") + 1)
        printf("#   %.*s\n", (int)strcspn(at, "\n"), at);
    size_t i = 0;
    while (o->out[i] && o->out[i] == good.out[i])
        i++;
    if (o->out[i] != good.out[i])
        printf("# printed %zu bytes in place of %zu; from byte %zu on: %.120s\n", o->n_out,
               good.n_out, i, o->out + i);
}

static void on_crash(int number)
{
    char said[200];
    int n = snprintf(said, sizeof(said), "\n# %s, allocation %zu of %zu%s: signal %d\n", op->name,
                     now_at, good.n_asked, now_after ? " and all after it" : "", number);
    for (int fd = DESCRIPTORS; n > 0 && fd < DESCRIPTORS + 8; fd++)
        if (write(fd, said, (size_t)n) > 0)
            break;
    _exit(1);
}

/* ---- which allocations -------------------------------------------------------------------- */

static bool is_new_way(uint64_t way)
{
    static uint64_t seen[WAY_SLOTS];
    size_t i = way % WAY_SLOTS;
    while (seen[i] && seen[i] != way)
        i = (i + 1) % WAY_SLOTS;
    bool is_new = !seen[i];
    seen[i] = way;
    return is_new;
}

/* The first on each way to an allocation, and some spread over all; *n: how many ways there are. */
static bool *choose(size_t n_all, bool wants_all, size_t *n_ways)
{
    bool *is_chosen = calloc(n_all + 1, sizeof(*is_chosen)), *is_first;
    is_first = calloc(n_all + 1, sizeof(*is_first));
    *n_ways = 0;
    for (size_t i = 1; i <= n_all; i++)
        *n_ways += is_first[i] = is_new_way(alloc_way(i));
    size_t most = n_all > 0 ? WORK_MAX / n_all : 0, seen = 0;
    most = most < LEAST_WAYS ? LEAST_WAYS : most > POINTS_WAYS ? POINTS_WAYS : most;
    size_t every = *n_ways / most + 1;
    for (size_t i = 1; i <= n_all; i++) {
        bool is_even = n_all <= POINTS_EVEN || i % (n_all / POINTS_EVEN) == 0 || i == n_all;
        is_chosen[i] = wants_all || is_even || (is_first[i] && seen++ % every == 0);
    }
    free(is_first);
    return is_chosen;
}

/* ---- all of it ---------------------------------------------------------------------------- */

static const char *try_one(size_t at, bool and_after)
{
    run(at, and_after, &bad);
    if (bad.n_asked > MOST_TIMES * good.n_asked + 1000)
        return "it asks again and again";
    return fault_of(&bad);
}

static int torture(void)
{
    const char *at = getenv("TORTURE_AT"), *all = getenv("TORTURE_ALL");
    size_t n_ways = 0, n_tried = 0, n_bad = 0;
    run(0, false, &good); /* what is made once in a process is made now */
    alloc_note_ways(true);
    run(0, false, &good);
    alloc_note_ways(false);
    if (good.n_leaked > 0)
        n_bad++, printf("# %s: %zu blocks were never freed, and nothing failed\n", op->name,
                        good.n_leaked);
    if (at) {
        alloc_tell_where(true);
        const char *fault = try_one(strtoul(at, NULL, 10), getenv("TORTURE_AFTER") != NULL);
        tell(fault ? fault : "good");
        show(&bad);
        return fault != NULL;
    }
    bool *is_chosen = choose(good.n_asked, all != NULL, &n_ways);
    for (int after = 0; after < 2; after++)
        for (size_t i = 1; i <= good.n_asked; i++) {
            const char *fault = is_chosen[i] ? try_one(i, after) : NULL;
            n_tried += is_chosen[i];
            if (fault && n_bad++ < 3) {
                tell(fault);
                show(&bad);
            }
        }
    free(is_chosen);
    printf("# %s: exit code %d; %zu allocations, on %zu ways; %zu failures tried, %zu bad\n",
           op->name, good.code, good.n_asked, n_ways, n_tried, n_bad);
    return n_bad > 0 || good.n_asked == 0;
}

int main(int argc, char **argv)
{
    for (size_t i = 0; i < n_operations; i++) {
        if (argc < 2)
            puts(operations[i].name);
        else if (strcmp(operations[i].name, argv[1]) == 0)
            op = &operations[i];
    }
    if (argc < 2)
        return 0;
    if (!op || !probe_global_init())
        return EX_USAGE;
    setlocale(LC_CTYPE, "");
    setvbuf(stdout, NULL, _IOFBF, SAID_MAX);
    signal(SIGSEGV, on_crash);
    signal(SIGABRT, on_crash);
    alloc_begin();
    int code = torture();
    fflush(stdout);
    return code;
}
