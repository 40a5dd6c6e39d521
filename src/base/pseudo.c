/*
 * pseudo.c - see pseudo.h. What was made is kept in a hash table by its text: there are as many as
 * the program has texts. SPDX-License-Identifier: MIT
 */
#include "pseudo.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/buf.h"

enum { N_SLOTS = 8192, TEXT_MAX = 16384 };

static struct made {
    const char *english; /* ours, like pseudo */
    const char *pseudo;
} made[N_SLOTS];
static size_t n_made;

/* FNV-1a. */
static uint32_t hash_of(const char *text)
{
    uint32_t hash = 2166136261u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash;
}

static const char *accented(char c)
{
    static const char plain[] = "aceinouyACEINOUY";
    static const char *const with[] = {"á", "ç", "é", "í", "ñ", "ó", "ú", "ý",
                                       "Á", "Ç", "É", "Í", "Ñ", "Ó", "Ú", "Ý"};
    const char *at = c ? strchr(plain, c) : NULL;
    return at ? with[at - plain] : NULL;
}

/* A {key}, a conversion of printf or an escape of the terminal's: how many bytes stay as they are.
 */
static size_t kept_length(const char *at)
{
    if (*at == '{' && strchr(at, '}'))
        return (size_t)(strchr(at, '}') - at) + 1;
    if (*at != '%')
        return 0;
    size_t n = 1 + strspn(at + 1, "-+ #0123456789.*hlzjt");
    return at[n] ? n + 1 : n;
}

/* Words of no meaning, so that lines break where those of a language would. */
static void put_padding(struct buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_puts(out, n > 6 && i % 6 == 0 ? " " : "~");
}

static void put_pseudo(struct buf *out, const char *english)
{
    size_t first = strspn(english, " "), n = strlen(english), last = n;
    while (last > first && english[last - 1] == ' ')
        last--;
    buf_printf(out, "%.*s[", (int)first, english);
    for (size_t i = first; i < last;) {
        size_t kept = kept_length(english + i);
        const char *other = kept ? NULL : accented(english[i]);
        if (other)
            buf_puts(out, other);
        else
            buf_put(out, english + i, kept ? kept : 1);
        i += kept ? kept : 1;
    }
    put_padding(out, ((last - first) * 2 + 4) / 5);
    buf_printf(out, "]%s", english + last);
}

const char *pseudo_text(const char *english)
{
    struct buf b;
    uint32_t at = hash_of(english) % N_SLOTS;
    for (; made[at].english; at = (at + 1) % N_SLOTS)
        if (strcmp(made[at].english, english) == 0)
            return made[at].pseudo;
    if (english[strspn(english, " ")] == '\0' || n_made + 1 >= N_SLOTS)
        return english;
    buf_init(&b, TEXT_MAX);
    put_pseudo(&b, english);
    char *copy = strdup(english), *pseudo = buf_take(&b);
    if (!copy || !pseudo) {
        free(copy);
        free(pseudo);
        return english;
    }
    made[at] = (struct made){.english = copy, .pseudo = pseudo};
    n_made++;
    return pseudo;
}
