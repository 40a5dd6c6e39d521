/*
 * choose.c - loads themes, and says which one is wished for. Reads files and the environment; no
 * terminal. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draft.h"
#include "whytls/data.h"
#include "whytls/file.h"
#include "whytls/text.h"

static const char default_name[] = "default-dark";
static const char console_name[] = "linux-console";
static const char mono_name[] = "mono";

/* ---- loading ------------------------------------------------------------------------------ */

static bool read_named(const char *name, struct theme *t, struct json_report *report)
{
    char from[THEME_PATH], file[THEME_NAME + 8];
    struct buf bytes;
    buf_init(&bytes, THEME_MAX_BYTES);
    bool ok = theme_bytes(name, &bytes, from, report, NULL, NULL);
    snprintf(file, sizeof(file), "%.63s.json", name);
    ok = ok && theme_read(file, buf_text(&bytes), bytes.len, t, report);
    if (ok)
        TEXT_SET(t->from, from);
    buf_fini(&bytes);
    return ok;
}

static bool read_file_named(const char *path, struct theme *t, struct json_report *report)
{
    struct buf bytes;
    struct file_fault fault;
    buf_init(&bytes, THEME_MAX_BYTES);
    bool ok = file_read(path, &bytes, &fault);
    if (!ok)
        json_report_file(report, path, &fault);
    ok = ok && theme_read(path, buf_text(&bytes), bytes.len, t, report);
    char *whole = ok ? realpath(path, NULL) : NULL; /* so that it is found from elsewhere too */
    if (ok)
        text_clean_str_marked(t->from, sizeof(t->from), whole ? whole : path);
    free(whole);
    buf_fini(&bytes);
    return ok;
}

bool theme_load(const char *which, struct theme *t, struct json_report *report)
{
    bool is_file = strchr(which, '/') || text_ends_nocase(which, ".json");
    return is_file ? read_file_named(which, t, report) : read_named(which, t, report);
}

/* Without the folders: what is compiled in is sound (tests), and stays so whatever lies there. */
static bool load_compiled_in(const char *name, struct theme *t)
{
    struct json_report report;
    const struct data_file *f = theme_compiled_in(name);
    json_report_init(&report);
    *t = (struct theme){.background = BACKGROUND_ANY};
    text_copy_cut(t->name, sizeof(t->name), name);
    for (int r = 0; r < ROLE_COUNT; r++)
        t->styles[r].fg = t->styles[r].bg =
            (struct colour){COLOUR_DEFAULT, COLOUR_DEFAULT, COLOUR_DEFAULT, COLOUR_DEFAULT};
    bool ok = f && theme_read(f->name, f->bytes, f->len, t, &report);
    json_report_fini(&report);
    return ok;
}

bool theme_default(struct theme *t)
{
    return load_compiled_in(default_name, t);
}

/* ---- choosing ----------------------------------------------------------------------------- */

bool theme_is_colourless(enum colour_when when)
{
    const char *no_color = getenv("NO_COLOR");
    return when == COLOUR_NEVER || (when == COLOUR_AUTO && no_color && no_color[0]);
}

/* What would be chosen if there were no question of colour; "": nothing was wished for. */
static const char *wanted(const struct theme_wish *wish)
{
    const char *env = getenv("WHYTLS_THEME"), *term = getenv("TERM");
    if (wish->option && wish->option[0])
        return wish->option;
    if (env && env[0])
        return env;
    if (wish->config && wish->config[0])
        return wish->config;
    return term && strcmp(term, "linux") == 0 ? console_name : "";
}

void theme_choose(const struct theme_wish *wish, struct theme *t, struct json_report *report)
{
    const char *which = wanted(wish);
    bool is_plain = theme_is_colourless(wish->when);
    if (!is_plain && which[0] && theme_load(which, t, report))
        return;
    which = is_plain ? mono_name : default_name;
    if (!load_compiled_in(which, t))
        json_report_no_memory(report, which);
}

/* ---- the list ----------------------------------------------------------------------------- */

size_t theme_list(struct theme **list, struct json_report *report)
{
    struct theme_names *names = malloc(sizeof(*names));
    struct json_report unheard;
    size_t n = 0;
    *list = calloc(THEME_MAX_LIST, sizeof(**list));
    json_report_init(&unheard);
    report = report ? report : &unheard;
    if (!names || !*list || !theme_find_names(names))
        json_report_no_memory(report, "the list of themes");
    for (size_t i = 0; names && *list && i < names->n; i++)
        n += read_named(names->all[i], &(*list)[n], report);
    json_report_fini(&unheard);
    free(names);
    return n;
}
