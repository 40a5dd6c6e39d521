/*
 * seen_as.c - what other programs print for a cause: see explain.h. The table's order is that of
 * how common they are. Pure. SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "whytls/explain.h"

static bool is_first(const struct message *m, const char *slug)
{
    return !m->is_wide && !m->is_like && strcmp(m->kind->causes[0], slug) == 0 &&
           strcmp(m->program, "people") != 0;
}

/* Placeholders are gaps: "certificate is valid for ..., not ...". False: it does not fit. */
static bool write_seen(const struct message *m, char out[EXPLAIN_SEEN_SIZE])
{
    int n = snprintf(out, EXPLAIN_SEEN_SIZE, "%s: ", m->program);
    size_t at = n > 0 ? (size_t)n : EXPLAIN_SEEN_SIZE;
    for (const char *p = m->pattern; *p; p++) {
        if (at + 4 >= EXPLAIN_SEEN_SIZE)
            return false;
        if (*p == '{') {
            memcpy(out + at, "...", 3);
            at += 3;
            p += strcspn(p, "}");
            if (!*p)
                break;
        } else {
            out[at++] = *p;
        }
    }
    out[at] = '\0';
    return true;
}

size_t explain_seen_as(const char *slug, char out[EXPLAIN_MAX_SEEN][EXPLAIN_SEEN_SIZE])
{
    const char *programs[EXPLAIN_MAX_SEEN];
    size_t n = 0;
    for (const struct message *m = explain_messages; m->id && n < EXPLAIN_MAX_SEEN; m++) {
        size_t k = 0;
        if (!is_first(m, slug))
            continue;
        while (k < n && strcmp(programs[k], m->program) != 0)
            k++;
        if (k == n && write_seen(m, out[n]))
            programs[n++] = m->program;
    }
    return n;
}
