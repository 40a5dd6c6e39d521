/*
 * list.c - the saved cases, a line each: code, day, site, what was found, and the file.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "command.h"
#include "whytls/store.h"
#include "whytls/text.h"

enum { DAY_SIZE = 40 }; /* whatever the year */

static void print_day(int64_t when, char out[DAY_SIZE])
{
    struct tm day;
    time_t seconds = (time_t)when;
    snprintf(out, DAY_SIZE, "-");
    if (when > 0 && gmtime_r(&seconds, &day))
        snprintf(out, DAY_SIZE, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

int command_list(const struct options *o)
{
    struct saved_case *all;
    char folder[STORE_PATH] = "", clean[STORE_PATH], day[DAY_SIZE];
    size_t n = store_list(&all);
    (void)o;
    if (n == 0) {
        store_cases_folder(folder, sizeof(folder));
        text_clean_str(clean, sizeof(clean), folder);
        fprintf(stderr, "whytls: no case is saved yet in %s\n", clean);
    }
    for (size_t i = 0; i < n; i++) {
        const struct case_summary *s = &all[i].summary;
        print_day(s->time, day);
        text_clean_str(clean, sizeof(clean), all[i].path);
        printf("%-9s %-10s %-30s %-12s %s\n", s->code[0] ? s->code : "-", day, s->host,
               s->codes[0] ? s->codes : "-", clean);
    }
    free(all);
    return EXIT_WORKS;
}
