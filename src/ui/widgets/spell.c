/*
 * spell.c - a case code, to be read aloud. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "widgets.h"

/* The alphabet of radio (ICAO); the letters that a case code has. */
static const char *word_of(char c)
{
    static const char *const letters[26] = {
        "Alfa",    "Bravo", "Charlie", "Delta",  "Echo",     "Foxtrot", "Golf",   "Hotel",  "India",
        "Juliett", "Kilo",  "Lima",    "Mike",   "November", "Oscar",   "Papa",   "Quebec", "Romeo",
        "Sierra",  "Tango", "Uniform", "Victor", "Whiskey",  "X-ray",   "Yankee", "Zulu",
    };
    static const char *const numbers[10] = {"Zero", "One", "Two",   "Three", "Four",
                                            "Five", "Six", "Seven", "Eight", "Nine"};
    if (c >= 'A' && c <= 'Z')
        return letters[c - 'A'];
    return c >= '0' && c <= '9' ? numbers[c - '0'] : NULL;
}

void spell_code(const char *code, char *out, size_t out_size)
{
    size_t used = 0;
    out[0] = '\0';
    for (; *code; code++) {
        const char *word = word_of(*code);
        int n = snprintf(out + used, out_size - used, "%s%s", word && used ? " " : "",
                         word ? word : ",");
        if (n < 0 || used + (size_t)n >= out_size)
            return;
        used += (size_t)n;
    }
}
