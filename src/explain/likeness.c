/*
 * likeness.c - which pattern a text is most like: see likeness.h. Two ways: nearly all of a
 * pattern's words stand close together, or the text is a piece of a pattern that was typed half.
 * Fuzzed by fuzz_explain.
 * SPDX-License-Identifier: MIT
 */
#include "likeness.h"

#include "whytls/ascii.h"

enum {
    TEXT_MAX = 800,    /* words of the text that are compared */
    LEAST_WORDS = 4,   /* that both must have */
    LEAST_SHARE = 74,  /* percent of the pattern's weight */
    LEAST_DENSE = 50,  /* percent of the words there that are the pattern's */
    LEAST_WEIGHT = 14, /* of what both have */
    HALF_WORDS = 3,    /* a piece has more */
    HALF_WEIGHT = 12,
    BUCKETS = 1 << 14,
};

/* In how many patterns a word is, about: hashes share buckets now and then. */
struct weights {
    uint16_t count[BUCKETS];
};

static void weigh(struct weights *w, const struct pattern *p, size_t n)
{
    for (size_t i = 0; i < BUCKETS; i++)
        w->count[i] = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < p[i].n; k++)
            w->count[p[i].hash[k] % BUCKETS]++;
}

/* 1 for a word that hundreds have, 8 for one that few have. */
static unsigned weight(const struct weights *w, uint32_t hash)
{
    unsigned weight = 8;
    for (unsigned count = w->count[hash % BUCKETS]; count > 1 && weight > 1; count /= 2)
        weight--;
    return weight;
}

static bool is_worth(const struct pattern *p)
{
    return !p->is_code && p->n >= LEAST_WORDS && !p->message->is_like;
}

/* The share of the pattern's weight that stands from token `from` on, in percent; 0: too little. */
static unsigned share_at(const struct weights *w, const struct pattern *p, const struct token *t,
                         size_t n, size_t from)
{
    unsigned all = 0, both = 0;
    size_t words = 0, end = from + 2 * (size_t)p->n, last = from;
    for (size_t k = 0; k < p->n; k++) {
        unsigned one = weight(w, p->hash[k]);
        all += one;
        for (size_t i = from; i < n && i < end; i++)
            if (t[i].hash == p->hash[k]) {
                both += one;
                words++;
                last = i > last ? i : last;
                break;
            }
    }
    bool is_dense = 100 * words >= LEAST_DENSE * (last + 1 - from);
    if (words < LEAST_WORDS || both < LEAST_WEIGHT || !is_dense)
        return 0;
    return 100 * both / all;
}

static unsigned best_share(const struct weights *w, const struct pattern *p, const struct token *t,
                           size_t n)
{
    unsigned best = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < p->n; k++)
            if (t[i].hash == p->hash[k]) {
                unsigned share = share_at(w, p, t, n, i);
                best = share > best ? share : best;
                break;
            }
    return best;
}

/* The text's words from the pattern's word `from` on, the last as far as it was typed. */
static bool is_piece_at(const struct pattern *p, size_t from, const char *text,
                        const struct token *t, size_t n)
{
    const struct token *last = &t[n - 1];
    size_t i = 0, at = from + n - 1;
    while (i < n - 1 && t[i].hash == p->hash[from + i] && (i == 0 || p->gap[from + i] == 0))
        i++;
    return i == n - 1 && p->gap[at] == 0 && last->n <= p->length[at] &&
           ascii_equal_nocase(text + last->at, p->word[at], last->n);
}

static bool is_piece(const struct weights *w, const struct pattern *p, const char *text,
                     const struct token *t, size_t n)
{
    unsigned sum = 0;
    for (size_t i = 0; i + 1 < n; i++)
        sum += weight(w, t[i].hash);
    for (size_t from = 0; sum >= HALF_WEIGHT && from + n <= p->n; from++)
        if (is_piece_at(p, from, text, t, n))
            return true;
    return false;
}

const struct message *likeness_piece(const struct pattern *p, size_t n_patterns, const char *text,
                                     const struct token *t, size_t n)
{
    struct weights w;
    weigh(&w, p, n_patterns);
    for (size_t i = 0; n > HALF_WORDS && n <= PATTERN_WORDS && i < n_patterns; i++)
        if (!p[i].message->is_like && is_piece(&w, &p[i], text, t, n))
            return p[i].message;
    return NULL;
}

const struct message *likeness_find(const struct pattern *p, size_t n_patterns,
                                    const struct token *t, size_t n)
{
    struct weights w;
    const struct message *best = NULL;
    unsigned best_is = LEAST_SHARE - 1;
    n = n > TEXT_MAX ? TEXT_MAX : n;
    weigh(&w, p, n_patterns);
    for (size_t i = 0; i < n_patterns; i++) {
        if (!is_worth(&p[i]))
            continue;
        unsigned share = best_share(&w, &p[i], t, n);
        if (share > best_is) {
            best_is = share;
            best = p[i].message;
        }
    }
    return best;
}
