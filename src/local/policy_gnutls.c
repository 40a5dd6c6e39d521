/*
 * policy_gnutls.c - GnuTLS's system-wide policy, seen from a child process. This program sets the
 * policy aside for itself (it would limit even explicit priority strings), so only a process that
 * initialises GnuTLS with the untouched environment can tell what other programs here may offer.
 * Two children are compared: with the policy, and with none. What differs is what it takes away.
 * Fuzzed by fuzz_policy_gnutls.
 * SPDX-License-Identifier: MIT
 */
#include "local/policy.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "whytls/file.h"
#include "whytls/output.h"
#include "whytls/reader.h"
#include "whytls/text.h"

enum { CHILD_MAX_MS = 1000 };

/* What a child tells; smaller than PIPE_BUF, so it arrives whole or not at all. */
struct answer {
    uint32_t offers[OFFER_LIST_COUNT];
    char file[256]; /* the configuration file that GnuTLS looks for */
};

/* ---- in the child ----------------------------------------------------------------------- */

static void note(struct answer *a, enum offer_list list, const char *prefix, const char *name)
{
    enum offer o = name ? policy_find_offer(list, prefix, name) : OFFER_COUNT;
    if (o != OFFER_COUNT)
        a->offers[list] |= offer_bit(o);
}

static void list_suites(gnutls_priority_t priority, struct answer *a)
{
    for (unsigned i = 0;; i++) {
        gnutls_kx_algorithm_t kx;
        gnutls_cipher_algorithm_t cipher;
        gnutls_mac_algorithm_t mac;
        unsigned suite;
        int rc = gnutls_priority_get_cipher_suite_index(priority, i, &suite);
        if (rc == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
            return;
        if (rc < 0 || !gnutls_cipher_suite_info(suite, NULL, &kx, &cipher, &mac, NULL))
            continue;
        note(a, OFFER_LIST_KX, "", gnutls_kx_get_name(kx));
        note(a, OFFER_LIST_CIPHER, "", gnutls_cipher_get_name(cipher));
        note(a, OFFER_LIST_MAC, "", gnutls_mac_get_name(mac));
    }
}

static void list_all(gnutls_priority_t priority, struct answer *a)
{
    const unsigned *list = NULL;
    int n = gnutls_priority_protocol_list(priority, &list);
    for (int i = 0; i < n; i++)
        note(a, OFFER_LIST_VERSION, "VERS-", gnutls_protocol_get_name(list[i]));
    n = gnutls_priority_group_list(priority, &list);
    for (int i = 0; i < n; i++)
        note(a, OFFER_LIST_GROUP, "GROUP-", gnutls_group_get_name(list[i]));
    n = gnutls_priority_sign_list(priority, &list);
    for (int i = 0; i < n; i++)
        note(a, OFFER_LIST_SIGNATURE, "SIGN-", gnutls_sign_get_name(list[i]));
    list_suites(priority, a);
}

/* NULL priorities: the default of the system, as most programs take it. */
static bool ask_gnutls(bool is_stock, struct answer *a)
{
    gnutls_priority_t priority;
    if (is_stock && setenv("GNUTLS_SYSTEM_PRIORITY_FILE", "/dev/null", 1) != 0)
        return false;
    if (gnutls_global_init() < 0)
        return false;
    const char *file = gnutls_get_system_config_file();
    if (!text_copy(a->file, sizeof(a->file), file))
        a->file[0] = '\0'; /* cut, it would be another file */
    if (gnutls_priority_init(&priority, NULL, NULL) < 0)
        return false;
    list_all(priority, a);
    gnutls_priority_deinit(priority);
    return true;
}

static _Noreturn void be_child(int out, bool is_stock)
{
    struct answer a;
    output_begin_child();
    memset(&a, 0, sizeof(a));
    bool is_told = ask_gnutls(is_stock, &a) && write(out, &a, sizeof(a)) == (ssize_t)sizeof(a);
    _exit(is_told ? 0 : 1); /* no atexit work: that is the parent's */
}

/* ---- in the parent ---------------------------------------------------------------------- */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool hear_child(int in, struct answer *a)
{
    int64_t deadline = now_ms() + CHILD_MAX_MS;
    struct pollfd p = {.fd = in, .events = POLLIN};
    for (;;) {
        int64_t left = deadline - now_ms();
        int rc = poll(&p, 1, left > 0 ? (int)left : 0);
        if (rc < 0 && errno == EINTR)
            continue;
        if (rc <= 0)
            return false;
        ssize_t n = read(in, a, sizeof(*a));
        if (n < 0 && errno == EINTR)
            continue;
        return n == (ssize_t)sizeof(*a);
    }
}

static bool run_child(bool is_stock, struct answer *a)
{
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        be_child(ends[1], is_stock);
    }
    close(ends[1]);
    bool is_told = child > 0 && hear_child(ends[0], a);
    close(ends[0]);
    if (child > 0) {
        if (!is_told)
            kill(child, SIGKILL);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    a->file[sizeof(a->file) - 1] = '\0';
    return is_told;
}

/* ---- which line ------------------------------------------------------------------------- */

/* Names in [overrides] and the lists they shrink (GnuTLS manual, "System-wide configuration"). */
static const struct override {
    const char *name;
    enum offer_list list; /* OFFER_LIST_COUNT: any */
    const char *prefix;   /* before the value, to make a keyword of it */
} overrides[] = {
    {"disabled-version", OFFER_LIST_VERSION, "VERS-"},
    {"tls-disabled-cipher", OFFER_LIST_CIPHER, ""},
    {"tls-disabled-mac", OFFER_LIST_MAC, ""},
    {"tls-disabled-kx", OFFER_LIST_KX, ""},
    {"tls-disabled-group", OFFER_LIST_GROUP, "GROUP-"},
    {"disabled-curve", OFFER_LIST_GROUP, "GROUP-"},
    {"insecure-sig", OFFER_LIST_SIGNATURE, "SIGN-"},
    {"insecure-sig-for-cert", OFFER_LIST_SIGNATURE, "SIGN-"},
    {"insecure-hash", OFFER_LIST_SIGNATURE, "SIGN-"},
    {"override-mode", OFFER_LIST_COUNT, ""},
    {"default-priority-string", OFFER_LIST_COUNT, ""},
    {"min-verification-profile", OFFER_LIST_COUNT, ""},
};

/* The word at the start of n bytes; "" where it does not fit: cut, it would be another. */
static void take_word(const char *at, size_t n, const char *ends, char *out, size_t size)
{
    size_t len = 0;
    while (len < n && at[len] && !strchr(ends, at[len]))
        len++;
    if (len >= size)
        len = 0;
    memcpy(out, at, len);
    out[len] = '\0';
}

static size_t count_blanks(const char *at, size_t n)
{
    size_t len = 0;
    while (len < n && (at[len] == ' ' || at[len] == '\t'))
        len++;
    return len;
}

/* Splits "name = value" of a line; false where it is a comment or has no "=". */
static bool split_line(const char *line, size_t n, char *name, char *value, size_t size)
{
    const char *end = line + n;
    line += count_blanks(line, n);
    const char *equals = line < end ? memchr(line, '=', (size_t)(end - line)) : NULL;
    if (!equals || *line == '#' || *line == ';')
        return false;
    take_word(line, (size_t)(end - line), " \t=", name, size);
    equals++;
    equals += count_blanks(equals, (size_t)(end - equals));
    take_word(equals, (size_t)(end - equals), " \t\r;#", value, size);
    return true;
}

/* 2: names just what was taken. 1: is of a kind that can take it. 0: no. */
static int line_weight(const char *name, const char *value, bool in_priorities,
                       const uint32_t taken[OFFER_LIST_COUNT])
{
    if (in_priorities)
        return 1;
    for (size_t i = 0; i < sizeof(overrides) / sizeof(overrides[0]); i++) {
        const struct override *o = &overrides[i];
        if (!text_equal_nocase(o->name, name))
            continue;
        if (o->list == OFFER_LIST_COUNT)
            return 1;
        enum offer found = policy_find_offer(o->list, o->prefix, value);
        if (found == OFFER_COUNT)
            found = policy_find_offer(o->list, "", value);
        if (found != OFFER_COUNT && (taken[o->list] & offer_bit(found)))
            return 2;
        return taken[o->list] && found == OFFER_COUNT ? 1 : 0;
    }
    return 0;
}

bool policy_gnutls_find_line(const char *text, size_t n, const uint32_t taken[OFFER_LIST_COUNT],
                             char *line, size_t line_size)
{
    struct reader r = reader_of(text, n);
    const char *at;
    size_t len;
    int best = 0;
    bool in_priorities = false;
    while (best < 2 && reader_line(&r, &at, &len)) {
        char name[96], value[96];
        size_t skip = count_blanks(at, len);
        if (skip < len && at[skip] == '[')
            in_priorities = len - skip >= 12 && strncmp(at + skip, "[priorities]", 12) == 0;
        if (!split_line(at, len, name, value, sizeof(name)))
            continue;
        int weight = line_weight(name, value, in_priorities, taken);
        if (weight > best) {
            best = weight;
            while (len > skip && (at[len - 1] == ' ' || at[len - 1] == '\t'))
                len--;
            text_clean_marked(line, line_size, at + skip, len - skip);
        }
    }
    return best > 0;
}

/* Keys whose effect neither the suites nor the lists of a priority show (measured on 3.7.9). */
static bool is_unweighed(const char *name)
{
    static const char *const keys[] = {"insecure-sig", "insecure-hash", "disabled-curve",
                                       "min-verification-profile"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (text_starts_nocase(name, keys[i]))
            return true;
    return false;
}

bool policy_gnutls_has_unweighed(const char *text, size_t n)
{
    for (const char *at = text, *end = text + n; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        char name[64], value[256];
        size_t len = stop ? (size_t)(stop - at) : (size_t)(end - at);
        if (len < sizeof(value) && split_line(at, len, name, value, sizeof(name)) &&
            is_unweighed(name))
            return true;
        at += len + 1;
    }
    return false;
}

/* ---- the policy ------------------------------------------------------------------------- */

/* Takes away what the stock client has and the limited one has not; false: nothing. */
static void subtract(struct policy *p, const struct answer *with, const struct answer *without,
                     uint32_t taken[OFFER_LIST_COUNT])
{
    for (int list = 0; list < OFFER_LIST_COUNT; list++) {
        /* No groups at all means that the list could not be had, not that none is allowed. */
        bool is_unknown = list == OFFER_LIST_GROUP && with->offers[list] == 0;
        taken[list] =
            is_unknown ? 0 : p->offers[list] & without->offers[list] & ~with->offers[list];
        p->offers[list] &= ~taken[list];
    }
}

void policy_gnutls_read(struct policy *p)
{
    struct answer with = {.file = ""}, without = {.file = ""};
    uint32_t taken[OFFER_LIST_COUNT];
    char line[160] = "";
    size_t n = 0;
    policy_open(p);
    p->known = run_child(false, &with);
    if (!p->known || !with.file[0])
        return;
    char *text = file_bytes(with.file, POLICY_FILE_MAX_BYTES, &n, NULL);
    if (!text && (errno == ENOENT || errno == EINVAL))
        return; /* no file, or /dev/null: there is no policy */
    if (!text && errno == ENOMEM) {
        p->known = false;
        return;
    }
    p->partly = text && policy_gnutls_has_unweighed(text, n);
    p->known = run_child(true, &without);
    if (p->known) {
        subtract(p, &with, &without, taken);
        policy_compare(p);
        if (p->limits && text)
            policy_gnutls_find_line(text, n, taken, line, sizeof(line));
    }
    policy_blame(p, with.file, line);
    free(text);
}
