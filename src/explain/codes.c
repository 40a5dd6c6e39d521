/*
 * codes.c - the numbers in a text that stand for a fault: see codes.h. A number counts by what
 * stands around it: 40 alone is no alert. Fuzzed by fuzz_explain.
 * SPDX-License-Identifier: MIT
 */
#include "codes.h"

#include <stdio.h>
#include <string.h>

#include "whytls/ascii.h"

struct reading {
    const char *text;
    const struct token *t;
    size_t n;
    struct code *out;
    size_t n_out;
};

bool code_is_number(const char *code)
{
    const char *space = strchr(code, ' ');
    bool is_hex = strncmp(code, "0x", 2) == 0 || strlen(code) == 8;
    for (const char *p = code + (strncmp(code, "0x", 2) == 0 ? 2 : 0); is_hex && *p; p++)
        is_hex = ascii_hex_value(*p) >= 0;
    return is_hex || (space && (ascii_isdigit(space[1]) || space[1] == '-'));
}

static void add(struct reading *r, size_t token, const char *kind, long long number)
{
    if (r->n_out == CODES_MAX)
        return;
    struct code *c = &r->out[r->n_out++];
    c->token = token;
    snprintf(c->text, sizeof(c->text), "%s %lld", kind, number);
}

static void add_hex(struct reading *r, size_t token, const char *prefix, uint32_t number)
{
    if (r->n_out == CODES_MAX)
        return;
    struct code *c = &r->out[r->n_out++];
    c->token = token;
    snprintf(c->text, sizeof(c->text), "%s%08X", prefix, number);
}

/* How many words before token i one of these stands, at most `reach`; 0: not there. */
static size_t before(const struct reading *r, size_t i, size_t reach, const char *const *words)
{
    for (size_t k = 1; k <= reach && k <= i; k++)
        if (token_is_one(&r->t[i - k], words))
            return k;
    return 0;
}

static bool has(const struct reading *r, const char *const *words)
{
    for (size_t i = 0; i < r->n; i++)
        if (token_is_one(&r->t[i], words))
            return true;
    return false;
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static bool read_decimal(const struct reading *r, size_t i, int64_t *number)
{
    const struct token *t = &r->t[i];
    *number = 0;
    for (size_t k = 0; k < t->n; k++) {
        if (!ascii_isdigit(r->text[t->at + k]) || t->n > 10)
            return false;
        *number = 10 * *number + (r->text[t->at + k] - '0');
    }
    return true;
}

/* Eight hex digits, with or without 0x. */
static bool read_hex(const struct reading *r, size_t i, uint32_t *number)
{
    const struct token *t = &r->t[i];
    size_t from = t->n == 10 && ascii_equal_nocase(r->text + t->at, "0x", 2) ? 2 : 0;
    *number = 0;
    if (t->n - from != 8)
        return false;
    for (size_t k = from; k < t->n; k++) {
        int digit = ascii_hex_value(r->text[t->at + k]);
        if (digit < 0)
            return false;
        *number = 16 * *number + (uint32_t)digit;
    }
    return true;
}

/* "error:1408F10B:" and "error:0A00010B:": library 20 is SSL; an alert's reason is 1000 and more.
 */
static void take_openssl(struct reading *r, size_t i, uint32_t number)
{
    bool is_old = number >> 24 == 0x14;
    uint32_t reason = number & (is_old ? 0xFFF : 0x7FFFFF);
    if (!is_old && number >> 23 != 0x14)
        add_hex(r, i, "", number);
    else if (reason > 1000 && reason < 1256)
        add(r, i, "alert", reason - 1000);
    else
        add_hex(r, i, "", 0x0A000000 | reason);
}

static void take_hex(struct reading *r, size_t i)
{
    uint32_t number;
    if (!read_hex(r, i, &number))
        return;
    if (before(r, i, 1, WORDS("error")))
        take_openssl(r, i, number);
    if (number >> 31)
        add_hex(r, i, "0x", number);
}

/* -2146893018 and 2148074278 are 0x80090326. */
static void take_hresult(struct reading *r, size_t i, int64_t number)
{
    if (r->t[i].is_negative && number > 2146000000 && number < 2147500000)
        add_hex(r, i, "0x", (uint32_t)(0x100000000 - number));
    else if (!r->t[i].is_negative && number > 2147483648 && number < 2149000000)
        add_hex(r, i, "0x", (uint32_t)number);
}

static void take_alert(struct reading *r, size_t i, int64_t number)
{
    size_t back = before(r, i, 4, WORDS("alert"));
    if (!back && before(r, i, 1, WORDS("is", "code")))
        back = before(r, i, 7, WORDS("alert"));
    if (back && number < 256)
        add(r, i, "alert", number);
    else if (back && number > 255 && number < 768 && i + 1 <= r->n) /* curl: its level is in it */
        add(r, i, "alert", number % 256);
}

static void take_verify(struct reading *r, size_t i, int64_t number)
{
    size_t back = before(r, i, 4, WORDS("verify"));
    bool is_depth = before(r, i, 1, WORDS("error")) && i + 3 < r->n &&
                    token_is(&r->t[i + 1], "at") && token_is(&r->t[i + 3], "depth");
    bool is_called = before(r, i, 3, WORDS("code", "error", "num", "result", "returned"));
    if (number < 256 && ((back && is_called) || is_depth))
        add(r, i, "X509", number);
}

static void take_negative(struct reading *r, size_t i, int64_t number)
{
    static const char *const apple[] = {"nsurl", "cf",        "domain", "osstatus",  "tls", "code",
                                        "error", "cfnetwork", "stream", "handshake", NULL};
    static const char *const chrome[] = {"net",  "electron", "chrome", "chromium",
                                         "load", "webview",  "url",    NULL};
    bool is_alone = r->n <= 2;
    if ((number >= 9800 && number <= 9899) || (number >= 1001 && number <= 1206))
        if (is_alone ? number >= 9800 : has(r, apple))
            add(r, i, "os -", number);
    if (number >= 100 && number <= 900 && before(r, i, 3, WORDS("error", "code")) && has(r, chrome))
        add(r, i, "net -", number);
    if ((number >= 5900 && number <= 5999) || (number >= 8100 && number <= 8199) ||
        (number >= 12200 && number <= 12300) || number == 12190)
        if (has(r, WORDS("nss", "error", "pr", "tls")))
            add(r, i, "nss -", number);
}

static void take_program(struct reading *r, size_t i, int64_t number)
{
    bool is_alone = r->n <= 2;
    bool is_called = before(r, i, 2, WORDS("error", "code", "http", "status", "response", "https"));
    if (number < 100 && before(r, i, 4, WORDS("curl", "libcurl", "pycurl", "curle")))
        add(r, i, "curl", number);
    if (number >= 12000 && number < 12200 &&
        (is_called || has(r, WORDS("winhttp", "wininet", "internet"))))
        add(r, i, "win", number);
    if (number >= 36870 && number <= 36890 && (is_alone || has(r, WORDS("event", "tls", "id"))))
        add(r, i, "event", number);
    if (((number >= 495 && number <= 530) || number == 421) &&
        (is_called || has(r, WORDS("cloudflare"))) && !before(r, i, 1, WORDS("curl")))
        add(r, i, "http", number);
    if (number >= 1000 && number <= 1016 && before(r, i, 2, WORDS("error")) &&
        has(r, WORDS("cloudflare", "dns")))
        add(r, i, "http", number);
    if (number == 2026 && before(r, i, 2, WORDS("error", "mysqli", "mysql")))
        add(r, i, "mysql", number);
}

static void take_iis(struct reading *r, size_t i, int64_t number)
{
    int64_t part;
    if (number != 403 || i + 1 >= r->n || !r->t[i + 1].is_after_dot ||
        !read_decimal(r, i + 1, &part) || part > 99 || r->n_out == CODES_MAX)
        return;
    struct code *c = &r->out[r->n_out++];
    c->token = i;
    snprintf(c->text, sizeof(c->text), "iis 403.%d", (int)part);
}

/* "os - 9802" was put together of two parts. */
static void close_gaps(struct reading *r)
{
    for (size_t i = 0; i < r->n_out; i++) {
        char *gap = strstr(r->out[i].text, "- ");
        if (gap)
            memmove(gap + 1, gap + 2, strlen(gap + 2) + 1);
    }
}

size_t codes_of(const char *text, const struct token *t, size_t n, struct code out[CODES_MAX])
{
    struct reading r = {.text = text, .t = t, .n = n, .out = out};
    for (size_t i = 0; i < n && r.n_out < CODES_MAX; i++) {
        int64_t number;
        take_hex(&r, i);
        if (!read_decimal(&r, i, &number))
            continue;
        take_hresult(&r, i, number);
        take_iis(&r, i, number);
        if (t[i].is_negative) {
            take_negative(&r, i, number);
            continue;
        }
        take_alert(&r, i, number);
        take_verify(&r, i, number);
        take_program(&r, i, number);
    }
    close_gaps(&r);
    return r.n_out;
}
