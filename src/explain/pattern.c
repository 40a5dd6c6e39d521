/*
 * pattern.c - patterns as words with gaps: see pattern.h. The effort for a pattern is bounded,
 * whatever the text. Fuzzed by fuzz_explain.
 * SPDX-License-Identifier: MIT
 */
#include "pattern.h"

#include <stdlib.h>
#include <string.h>

#include "codes.h"

enum { STEPS_MAX = 20000, NAME_SIZE = 120 };

/* What may stand at a placeholder: so many words. */
static const struct {
    const char *name;
    uint8_t words;
} gaps[] = {{"one", 1}, {"n", 3}, {"few", 6}, {"any", 10}, {"host", 10}, {"date", 16}, {"far", 40}};

/* What programs put before a code, and people leave out. */
static const char *const prefixes[] = {"ERR_", "SSL_ERROR_", "SEC_ERROR_", "MOZILLA_PKIX_ERROR_",
                                       "GNUTLS_E_"};

static uint8_t gap_of(const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++)
        if (strlen(gaps[i].name) == n && memcmp(gaps[i].name, name, n) == 0)
            return gaps[i].words;
    return 0;
}

static void add_words(struct pattern *p, const char *text, size_t n, uint8_t gap)
{
    struct token t[PATTERN_WORDS];
    size_t count = tokens_of(text, n, t, PATTERN_WORDS);
    for (size_t i = 0; i < count && p->n < PATTERN_WORDS; i++) {
        p->gap[p->n] = i == 0 && p->n > 0 ? gap : 0;
        p->word[p->n] = text + t[i].at;
        p->length[p->n] = (uint8_t)t[i].n;
        p->hash[p->n++] = t[i].hash;
    }
}

static void add_text(struct pattern *p, const char *text)
{
    uint8_t gap = 0;
    while (*text) {
        size_t n = strcspn(text, "{");
        uint8_t before = p->n;
        add_words(p, text, n, gap);
        if (p->n > before)
            gap = 0;
        text += n;
        if (*text == '{') {
            size_t name = strcspn(text + 1, "}");
            uint8_t more = gap_of(text + 1, name);
            gap = (uint8_t)(gap + more);
            text += 1 + name + (text[1 + name] == '}');
        }
    }
}

static const char *without_prefix(const char *code)
{
    const char *colon = strstr(code, "::");
    code = colon ? colon + 2 : code;
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        size_t n = strlen(prefixes[i]);
        if (strncmp(code, prefixes[i], n) == 0 && strchr(code + n, '_'))
            return code + n;
    }
    return NULL;
}

/* "PartialChain": no underscore and no blank, and it comes apart into several words. */
static bool is_camel(const char *code)
{
    struct token t[PATTERN_WORDS];
    return !strpbrk(code, "_ :.") && !code_is_number(code) &&
           tokens_of(code, strlen(code), t, PATTERN_WORDS) > 1;
}

/* ---- the table ---------------------------------------------------------------------------- */

static void count_one(void *ctx, const struct message *m, const char *text, bool is_code,
                      bool is_part)
{
    (void)m;
    (void)text;
    (void)is_code;
    (void)is_part;
    ++*(size_t *)ctx;
}

static void each(void (*put)(void *, const struct message *, const char *, bool, bool), void *ctx)
{
    for (const struct message *m = explain_messages; m->id; m++) {
        put(ctx, m, m->pattern, false, false);
        for (size_t i = 0; i < EXPLAIN_MAX_CODES && m->codes[i]; i++) {
            put(ctx, m, m->codes[i], true, false);
            if (is_camel(m->codes[i]))
                put(ctx, m, m->codes[i], true, true); /* in small letters */
            else if (without_prefix(m->codes[i]))
                put(ctx, m, without_prefix(m->codes[i]), true, true);
        }
    }
}

static size_t count(void)
{
    size_t n = 0;
    each(count_one, &n);
    return n;
}

struct making {
    struct pattern *out;
    size_t n, max;
};

static void make_one(void *ctx, const struct message *m, const char *text, bool is_code,
                     bool is_part)
{
    struct making *made = ctx;
    if (made->n == made->max)
        return;
    struct pattern *p = &made->out[made->n++];
    *p = (struct pattern){.message = m, .is_code = is_code, .is_whole_name = is_part};
    p->is_camel = is_code && is_camel(text);
    if (p->is_camel && is_part)
        p->hash[p->n++] = token_hash(text);
    else if (!is_code || !code_is_number(text))
        add_text(p, text);
}

const struct pattern *patterns_all(size_t *n)
{
    static struct pattern *all;
    static size_t n_all;
    if (!all) {
        n_all = count();
        all = malloc(n_all * sizeof(*all));
        struct making made = {.out = all, .max = n_all};
        if (all)
            each(make_one, &made);
    }
    *n = all ? n_all : 0;
    return all;
}

/* ---- where it stands ---------------------------------------------------------------------- */

struct search {
    const struct pattern *p;
    const struct token *t;
    size_t n, steps;
};

/* Word k and those behind it, the first of them not before token `at`. Nearest first. */
static bool match_from(struct search *s, size_t k, size_t at, size_t *to)
{
    const struct pattern *p = s->p;
    if (k == p->n) {
        *to = at;
        return true;
    }
    for (size_t i = at; i <= at + p->gap[k] && i < s->n && s->steps < STEPS_MAX; i++) {
        s->steps++;
        bool is_it =
            s->t[i].hash == p->hash[k] && (k == 0 || ((!p->is_whole_name || s->t[i].is_joined) &&
                                                      (!p->is_camel || s->t[i].is_adjacent)));
        if (is_it && match_from(s, k + 1, i + 1, to))
            return true;
    }
    return false;
}

bool pattern_find(const struct pattern *p, const struct token *t, size_t n, struct span *found)
{
    struct search s = {.p = p, .t = t, .n = n};
    for (size_t i = 0; p->n > 0 && i < n && s.steps < STEPS_MAX; i++) {
        if (t[i].hash != p->hash[0])
            continue;
        found->from = i;
        if (match_from(&s, 1, i + 1, &found->to))
            return true;
    }
    return false;
}
