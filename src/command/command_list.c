/*
 * command_list.c - the saved cases, a line each: code, day, site, what was found, and the file.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <time.h>

#include "command.h"
#include "whytls/store.h"
#include "whytls/text.h"
#include "whytls/message.h"

enum { DAY_SIZE = 40 }; /* whatever the year */

static void print_day(int64_t when, char out[DAY_SIZE])
{
    struct tm day;
    time_t seconds = (time_t)when;
    snprintf(out, DAY_SIZE, "-");
    if (when > 0 && gmtime_r(&seconds, &day))
        snprintf(out, DAY_SIZE, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

static void print_case(const struct saved_case *c)
{
    char clean[STORE_PATH], day[DAY_SIZE];
    const struct case_summary *s = &c->summary;
    print_day(s->time, day);
    text_clean_str_marked(clean, sizeof(clean), c->path);
    printf("%-9s %-10s %-30s %-12s %s\n", s->code[0] ? s->code : "-", day, s->host,
           s->codes[0] ? s->codes : "-", clean);
}

/* A file that is not in the list may be the one that is looked for. */
static void tell_unread(const struct case_list *l)
{
    for (size_t i = 0; i < l->n_unread && i < STORE_MAX_UNREAD; i++)
        complain(0, "%s: %s", l->unread[i].path, file_words(&l->unread[i].fault));
    if (l->n_unread > STORE_MAX_UNREAD)
        complain(0,
                 message_plural("and %zu more file that cannot be read",
                                "and %zu more files that cannot be read",
                                (unsigned long)(l->n_unread - STORE_MAX_UNREAD)),
                 l->n_unread - STORE_MAX_UNREAD);
    if (l->n_left_out > 0)
        complain(0,
                 message_plural("%zu older file is not listed", "%zu older files are not listed",
                                (unsigned long)l->n_left_out),
                 l->n_left_out);
}

int command_list(const struct options *o)
{
    char folder[STORE_PATH] = "";
    struct case_list *l = store_list();
    (void)o;
    if (!l)
        return complain(EX_OSERR, message("there is not enough memory"));
    if (l->n_cases == 0) {
        store_cases_folder(folder, sizeof(folder));
        complain(0, message("no case is saved yet in %s"), folder);
    }
    for (size_t i = 0; i < l->n_cases; i++)
        print_case(&l->cases[i]);
    tell_unread(l);
    free(l);
    return EXIT_WORKS;
}
