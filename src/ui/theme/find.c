/*
 * find.c - where themes are: folders and what is compiled in; which one is wished for. Reads files
 * and the environment; no terminal.
 * SPDX-License-Identifier: MIT
 */
#include <cjson/cJSON.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draft.h"
#include "whytls/data.h"
#include "whytls/file.h"
#include "whytls/store.h"
#include "whytls/text.h"

#ifndef WHYTLS_DATADIR
#define WHYTLS_DATADIR "/usr/local/share/whytls"
#endif

enum { PLACE_USER, PLACE_SYSTEM, PLACE_COUNT };

static const char default_name[] = "default-dark";
static const char console_name[] = "linux-console";
static const char mono_name[] = "mono";

/* ---- names and places -------------------------------------------------------------------------
 */

static bool fits(int n, size_t size)
{
    return n > 0 && (size_t)n < size;
}

static bool is_name(const char *name)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    size_t n = strlen(name);
    return n > 0 && n < THEME_NAME && name[0] != '.' && strspn(name, letters) == n;
}

static bool is_file_name(const char *which)
{
    return strchr(which, '/') || text_ends_nocase(which, ".json");
}

void theme_name_of(const char *path, char *out, size_t out_size)
{
    const char *slash = strrchr(path, '/');
    text_clean_str(out, out_size, slash ? slash + 1 : path);
    if (text_ends_nocase(out, ".json"))
        out[strlen(out) - strlen(".json")] = '\0';
}

static bool folder_of(int place, char *out, size_t out_size)
{
    char config[STORE_PATH];
    const char *data = getenv("WHYTLS_DATADIR");
    if (place == PLACE_USER)
        return store_config_folder(config, sizeof(config)) &&
               fits(snprintf(out, out_size, "%s/themes", config), out_size);
    return fits(snprintf(out, out_size, "%s/themes", data && data[0] ? data : WHYTLS_DATADIR),
                out_size);
}

static const struct data_file *compiled_in(const char *name)
{
    char file[THEME_NAME + 8];
    snprintf(file, sizeof(file), "%.63s.json", name);
    for (const struct data_file *f = theme_files; f->name; f++)
        if (strcmp(f->name, file) == 0)
            return f;
    return NULL;
}

/* ---- all names ----------------------------------------------------------------------------------
 */

struct names {
    char all[THEME_MAX_LIST][THEME_NAME];
    size_t n;
};

static void add_name(struct names *names, const char *file)
{
    char name[THEME_NAME];
    if (!text_ends_nocase(file, ".json") || strlen(file) >= THEME_NAME)
        return;
    theme_name_of(file, name, sizeof(name));
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->all[i], name) == 0)
            return;
    if (names->n < THEME_MAX_LIST && is_name(name))
        text_copy(names->all[names->n++], THEME_NAME, name);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Ours first: no folder, however full, can push them out. */
static void find_names(struct names *names)
{
    char folder[THEME_PATH];
    names->n = 0;
    for (const struct data_file *f = theme_files; f->name; f++)
        add_name(names, f->name);
    for (int place = 0; place < PLACE_COUNT; place++) {
        DIR *d = folder_of(place, folder, sizeof(folder)) ? opendir(folder) : NULL;
        struct dirent *e;
        while (d && (e = readdir(d)))
            add_name(names, e->d_name);
        if (d)
            closedir(d);
    }
    qsort(names->all, names->n, sizeof(names->all[0]), by_name);
}

/* ---- bytes --------------------------------------------------------------------------------------
 */

static const char *shipped_file_at(size_t i)
{
    return theme_files[i].name;
}

static bool fail(struct json_report *report, struct json_doc *doc, const cJSON *at,
                 const char *words)
{
    if (doc)
        json_doc_error(doc, at, "extends: %s", words);
    else
        json_report_error(report, "%s", words);
    return false;
}

static bool fail_name(const char *name, struct json_report *report, struct json_doc *doc,
                      const cJSON *at)
{
    char words[JSON_FAULT_SIZE], file[THEME_NAME + 8], meant_name[THEME_NAME];
    snprintf(file, sizeof(file), "%.63s.json", name);
    const char *meant = json_meant(file, shipped_file_at);
    theme_name_of(meant ? meant : "", meant_name, sizeof(meant_name));
    if (meant)
        snprintf(words, sizeof(words), "there is no theme \"%.60s\". Did you mean \"%s\"?", name,
                 meant_name);
    else
        snprintf(words, sizeof(words), "there is no theme \"%.60s\" (whytls theme list)", name);
    return fail(report, doc, at, words);
}

bool theme_bytes(const char *name, struct buf *out, char *from, struct json_report *report,
                 struct json_doc *doc, const cJSON *at)
{
    char folder[THEME_PATH], words[JSON_FAULT_SIZE];
    const struct data_file *ours;
    if (!is_name(name))
        return fail_name(name, report, doc, at);
    for (int place = 0; place < PLACE_COUNT; place++) {
        if (!folder_of(place, folder, sizeof(folder)) ||
            !fits(snprintf(from, THEME_PATH, "%.400s/%s.json", folder, name), THEME_PATH))
            continue;
        if (file_read(from, out))
            return true;
        if (errno == ENOENT || errno == ENOTDIR)
            continue;
        snprintf(words, sizeof(words), "%.200s: %s", from, strerror(errno));
        return fail(report, doc, at, words);
    }
    from[0] = '\0';
    ours = compiled_in(name);
    if (!ours)
        return fail_name(name, report, doc, at);
    buf_put(out, ours->bytes, ours->len);
    return !out->failed;
}

/* ---- loading ------------------------------------------------------------------------------------
 */

static bool read_named(const char *name, struct theme *t, struct json_report *report)
{
    char from[THEME_PATH], file[THEME_NAME + 8];
    struct buf bytes;
    buf_init(&bytes, THEME_MAX_BYTES);
    bool ok = theme_bytes(name, &bytes, from, report, NULL, NULL);
    snprintf(file, sizeof(file), "%.63s.json", name);
    ok = ok && theme_read(file, buf_text(&bytes), bytes.len, t, report);
    if (ok)
        text_copy(t->from, sizeof(t->from), from);
    buf_fini(&bytes);
    return ok;
}

static bool read_file_named(const char *path, struct theme *t, struct json_report *report)
{
    struct buf bytes;
    buf_init(&bytes, THEME_MAX_BYTES);
    bool ok = file_read(path, &bytes);
    if (!ok)
        json_report_error(report, "%.200s: %s", path, strerror(errno));
    ok = ok && theme_read(path, buf_text(&bytes), bytes.len, t, report);
    char *whole = ok ? realpath(path, NULL) : NULL; /* so that it is found from elsewhere too */
    if (ok)
        text_copy(t->from, sizeof(t->from), whole ? whole : path);
    free(whole);
    buf_fini(&bytes);
    return ok;
}

bool theme_load(const char *which, struct theme *t, struct json_report *report)
{
    return is_file_name(which) ? read_file_named(which, t, report) : read_named(which, t, report);
}

/* Without the folders: what is compiled in is sound (tests), and stays so whatever lies there. */
static void load_compiled_in(const char *name, struct theme *t)
{
    struct json_report report;
    const struct data_file *f = compiled_in(name);
    json_report_init(&report);
    *t = (struct theme){.background = BACKGROUND_ANY};
    text_copy(t->name, sizeof(t->name), name);
    for (int r = 0; r < ROLE_COUNT; r++)
        t->styles[r].fg = t->styles[r].bg =
            (struct colour){COLOUR_DEFAULT, COLOUR_DEFAULT, COLOUR_DEFAULT, COLOUR_DEFAULT};
    if (f)
        theme_read(f->name, f->bytes, f->len, t, &report);
    json_report_fini(&report);
}

void theme_default(struct theme *t)
{
    load_compiled_in(default_name, t);
}

/* ---- choosing -----------------------------------------------------------------------------------
 */

bool theme_is_colourless(enum colour_when when)
{
    const char *no_color = getenv("NO_COLOR");
    return when == COLOUR_NEVER || (when == COLOUR_AUTO && no_color && no_color[0]);
}

const char *theme_wanted(const struct theme_wish *wish)
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
    const char *which = theme_wanted(wish);
    if (theme_is_colourless(wish->when)) {
        load_compiled_in(mono_name, t);
        return;
    }
    if (which[0] && theme_load(which, t, report))
        return;
    theme_default(t);
}

/* ---- the list -----------------------------------------------------------------------------------
 */

size_t theme_list(struct theme **list, struct json_report *report)
{
    struct names *names = malloc(sizeof(*names));
    struct json_report unheard;
    size_t n = 0;
    *list = calloc(THEME_MAX_LIST, sizeof(**list));
    json_report_init(&unheard);
    if (names && *list) {
        find_names(names);
        for (size_t i = 0; i < names->n; i++)
            n += read_named(names->all[i], &(*list)[n], report ? report : &unheard);
    }
    json_report_fini(&unheard);
    free(names);
    return n;
}
