/*
 * host_in_text.c - the host that a message is about: a URL first, then a name with its port, then a
 * name that can be nothing else. Not the pages that programs name for help, no names of files,
 * classes and modules. Fuzzed by fuzz_explain.
 * SPDX-License-Identifier: MIT
 */
#include "host_in_text.h"

#include <stdio.h>
#include <string.h>

#include "whytls/ascii.h"

struct candidate {
    const char *host;
    size_t n;
    unsigned port; /* 0: none was named */
    int rank;      /* the larger, the likelier */
};

/* Where programs send people who want to read more. */
static const char *const help_sites[] = {
    "curl.se",           "curl.haxx.se",    "readthedocs.io",
    "microsoft.com",     "aka.ms",          "github.com/issues",
    "stackoverflow.com", "mozilla.org",     "bit.ly",
    "openssl.org",       "nodejs.org",      "oracle.com",
    "python.org",        "golang.org",      "go.dev",
    "apache.org",        "php.net",         "chromium.org",
    "nginx.org",         "cloudflare.com",  "w3.org",
    "rfc-editor.org",    "ietf.org",        "apple.com",
    "wikipedia.org",     "serverfault.com", "support.google.com"};

/* Ends of names of files, and of modules. */
static const char *const no_tlds[] = {
    "py",  "js",   "mjs",   "cjs",   "ts",  "java", "c",    "cc",    "cpp", "h",     "go",  "rs",
    "rb",  "pl",   "pm",    "php",   "cs",  "vb",   "dll",  "exe",   "so",  "dylib", "pem", "crt",
    "cer", "key",  "p12",   "pfx",   "jks", "cnf",  "conf", "cfg",   "ini", "log",   "txt", "json",
    "yml", "yaml", "xml",   "html",  "sh",  "md",   "net",  "class", "jar", "lua",   "ex",  "erl",
    "tsx", "kt",   "swift", "scala", "am",  "ps",   "ml",   "hs",    "gz",  "zip",   "in",  "is",
    "to",  "it",   "at",    "no",    "so",  "me",   "do",   "be",    "as",  "or",    "an",  "id"};
static const char *const tlds[] = {
    "com",         "net",      "org",   "edu",    "gov",    "mil",      "int",
    "info",        "biz",      "dev",   "app",    "io",     "cloud",    "online",
    "shop",        "site",     "store", "tech",   "xyz",    "example",  "test",
    "local",       "internal", "lan",   "corp",   "home",   "intranet", "invalid",
    "localdomain", "company",  "bank",  "health", "school", "arpa",     "private"};
static const char *const packages[] = {
    "java",    "javax",   "sun",    "com",      "org",     "net", "io",   "system", "android",
    "okhttp3", "jdk",     "kotlin", "requests", "urllib3", "ssl", "node", "crypto", "tls",
    "http",    "openssl", "self",   "scala",    "reactor", "e",   "i"};

static bool is_in(const char *const *list, size_t n_list, const char *s, size_t n)
{
    for (size_t i = 0; i < n_list; i++)
        if (strlen(list[i]) == n && ascii_equal_nocase(list[i], s, n))
            return true;
    return false;
}
#define IS_IN(list, s, n) is_in((list), sizeof(list) / sizeof((list)[0]), (s), (n))

static bool is_host_char(char c)
{
    return ascii_isalnum(c) || c == '-' || c == '.';
}

static bool is_help(const char *host, size_t n)
{
    for (size_t i = 0; i < sizeof(help_sites) / sizeof(help_sites[0]); i++) {
        size_t m = strlen(help_sites[i]);
        if (n >= m && ascii_equal_nocase(host + n - m, help_sites[i], m) &&
            (n == m || host[n - m - 1] == '.'))
            return true;
    }
    return false;
}

static bool is_address(const char *s, size_t n)
{
    int dots = 0, digits = 0, value = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '.' && digits > 0) {
            dots++;
            digits = value = 0;
        } else if (ascii_isdigit(s[i]) && digits < 3) {
            digits++;
            value = 10 * value + s[i] - '0';
        } else {
            return false;
        }
        if (value > 255)
            return false;
    }
    return dots == 3 && digits > 0;
}

/* Labels of letters that are no longer than they may be. */
static bool is_name(const char *s, size_t n, int *labels)
{
    size_t label = 0;
    *labels = 1;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '.') {
            if (label == 0)
                return false;
            ++*labels;
            label = 0;
        } else if ((s[i] == '-' && label == 0) || ++label > 63) {
            return false;
        }
    }
    return label > 0 && n <= 253;
}

static size_t last_label(const char *s, size_t n)
{
    size_t i = n;
    while (i > 0 && s[i - 1] != '.')
        i--;
    return i;
}

/* A dotted name that can be nothing but a host's: 1; with few doubts: 0; else -1. */
static int judge_name(const char *s, size_t n, bool is_quoted)
{
    int labels;
    if (is_address(s, n))
        return 1;
    if (!is_name(s, n, &labels) || labels < 2)
        return -1;
    size_t last = last_label(s, n), first = strcspn(s, ".");
    for (size_t i = last; i < n; i++)
        if (!ascii_isalpha(s[i]) || ascii_tolower(s[i]) != s[i])
            return -1;
    if (IS_IN(packages, s, first))
        return -1;
    if (IS_IN(tlds, s + last, n - last))
        return labels > 2 || is_quoted || n - last > 2 ? 1 : 0;
    if (n - last != 2)
        return -1;
    bool is_file = IS_IN(no_tlds, s + last, n - last);
    return is_file ? (labels > 2 || is_quoted ? 0 : -1) : 1;
}

static unsigned read_port(const char *s, const char *end, const char **after)
{
    unsigned port = 0;
    int digits = 0;
    for (; s < end && ascii_isdigit(*s) && digits < 6; s++, digits++)
        port = 10 * port + (unsigned)(*s - '0');
    *after = s;
    return digits > 0 && port >= 1 && port <= 65535 ? port : 0;
}

/* "', port=443" and " port 443" behind a host. */
static unsigned port_behind(const char *s, const char *end)
{
    const char *limit = end - s > 14 ? s + 14 : end;
    while (s < limit && !ascii_isalnum(*s))
        s++;
    if (limit - s < 5 || !ascii_equal_nocase(s, "port", 4))
        return 0;
    for (s += 4; s < limit && !ascii_isdigit(*s); s++)
        if (ascii_isalpha(*s))
            return 0;
    return read_port(s, end, &s);
}

static bool starts(const char *s, const char *end, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(end - s) >= n && ascii_equal_nocase(s, word, n);
}

static void offer(struct candidate *best, struct candidate c)
{
    if (c.n == 0 || c.n >= EXPLAIN_HOST_SIZE - 10 || c.rank <= best->rank || is_help(c.host, c.n))
        return;
    *best = c;
}

/* From "://" on. Returns where it ends. */
static const char *take_url(const char *s, const char *end, bool is_plain, struct candidate *best)
{
    struct candidate c = {.host = s, .rank = is_plain ? 5 : 6};
    const char *p = s;
    if (p < end && *p == '[') { /* an IPv6 address */
        while (p < end && (ascii_hex_value(*p) >= 0 || strchr(":.[", *p)) && *p)
            p++;
        if (p == end || *p != ']')
            return p;
        p++;
    } else {
        while (p < end && is_host_char(*p))
            p++;
    }
    c.n = (size_t)(p - s);
    int labels;
    while (c.n > 0 && s[c.n - 1] == '.')
        c.n--;
    bool is_address = c.n > 0 && *s == '[';
    if (!is_address && !is_name(s, c.n, &labels))
        return p;
    if (p < end && *p == ':')
        c.port = read_port(p + 1, end, &p);
    offer(best, c);
    return p;
}

static const char *take_name(const char *text, const char *s, const char *end,
                             struct candidate *best)
{
    const char *p = s;
    while (p < end && is_host_char(*p))
        p++;
    struct candidate c = {.host = s, .n = (size_t)(p - s)};
    while (c.n > 0 && (s[c.n - 1] == '.' || s[c.n - 1] == '-'))
        c.n--;
    bool is_inside = s > text && (strchr("/\\_@$(%*", s[-1]) != NULL);
    bool is_quoted = s > text && strchr("'\"`<=", s[-1]) != NULL;
    bool goes_on = p < end && (*p == '_' || *p == '(' || *p == '/' || *p == '\\' || *p == '$');
    if ((is_inside && !(s > text && strchr("@(", s[-1]))) || (goes_on && *p != '/'))
        return p;
    int sure = judge_name(s, c.n, is_quoted);
    if (sure < 0)
        return p;
    if (p < end && *p == ':')
        c.port = read_port(p + 1, end, &p);
    if (!c.port)
        c.port = port_behind(p, end);
    c.rank = 1 + sure + (c.port ? 2 : 0);
    offer(best, c);
    return p;
}

void host_in_text(const char *text, size_t n, char out[EXPLAIN_HOST_SIZE])
{
    struct candidate best = {.rank = 0};
    const char *end = text + n;
    for (const char *s = text; s < end;) {
        if (starts(s, end, "://")) {
            bool is_plain = s - text >= 4 && ascii_equal_nocase(s - 4, "http", 4);
            s = take_url(s + 3, end, is_plain, &best);
        } else if (ascii_isalnum(*s)) {
            s = take_name(text, s, end, &best);
        } else {
            s++;
        }
    }
    out[0] = '\0';
    if (!best.host)
        return;
    char port[16] = "";
    if (best.port && best.port != 443)
        snprintf(port, sizeof(port), ":%u", best.port);
    snprintf(out, EXPLAIN_HOST_SIZE, "%.*s%s", (int)best.n, best.host, port);
    for (char *p = out; *p; p++)
        *p = ascii_tolower(*p);
}
