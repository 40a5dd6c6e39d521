/*
 * seen_part.h - takes out of a text in the pseudo-language what stands under "You may have seen":
 * other programs' own words, which nobody translates.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_SEEN_PART_H
#define WHYTLS_TESTS_SEEN_PART_H

#include <string.h>

static inline void blank_out_seen(char *text)
{
    for (char *at = text; (at = strstr(at, "Ýóú máý hávé"));) {
        for (at += strcspn(at, "\n"); *at == '\n';) { /* to the next line without a word */
            char *line = at + 1;
            size_t n = strcspn(line, "\n");
            at = line + n;
            if (strspn(line, " ") == n)
                break;
            memset(line, ' ', n);
        }
    }
}

#endif
