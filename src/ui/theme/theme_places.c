/*
 * theme_places.c - where themes are: the user's folder, the data folder, and what is compiled in.
 * Reads files and the environment. Parses nothing from outside.
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
#include "build_info.h"

enum { PLACE_USER, PLACE_SYSTEM, PLACE_COUNT };

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

void theme_name_of(const char *path, char *out, size_t out_size)
{
    const char *slash = strrchr(path, '/');
    text_clean_str_marked(out, out_size, slash ? slash + 1 : path);
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

const struct data_file *theme_compiled_in(const char *name)
{
    char file[THEME_NAME + 8];
    snprintf(file, sizeof(file), "%.63s.json", name);
    for (const struct data_file *f = theme_files; f->name; f++)
        if (strcmp(f->name, file) == 0)
            return f;
    return NULL;
}

/* ---- all names ----------------------------------------------------------------------------- */

static void add_name(struct theme_names *names, const char *file)
{
    char name[THEME_NAME];
    if (!text_ends_nocase(file, ".json") || strlen(file) >= THEME_NAME)
        return;
    theme_name_of(file, name, sizeof(name));
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->all[i], name) == 0)
            return;
    if (names->n < THEME_MAX_LIST && is_name(name) &&
        text_copy(names->all[names->n], THEME_NAME, name))
        names->n++;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Ours first: no folder, however full, can push them out. */
bool theme_find_names(struct theme_names *names)
{
    char folder[THEME_PATH];
    bool no_memory = false;
    names->n = 0;
    for (const struct data_file *f = theme_files; f->name; f++)
        add_name(names, f->name);
    for (int place = 0; place < PLACE_COUNT; place++) {
        DIR *d = folder_of(place, folder, sizeof(folder)) ? opendir(folder) : NULL;
        struct dirent *e;
        no_memory = no_memory || (!d && errno == ENOMEM);
        while (d && (e = readdir(d)))
            add_name(names, e->d_name);
        if (d)
            closedir(d);
    }
    qsort(names->all, names->n, sizeof(names->all[0]), by_name);
    return !no_memory;
}

/* ---- bytes --------------------------------------------------------------------------------- */

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
    struct file_fault fault;
    if (!is_name(name))
        return fail_name(name, report, doc, at);
    for (int place = 0; place < PLACE_COUNT; place++) {
        if (!folder_of(place, folder, sizeof(folder)) ||
            !fits(snprintf(from, THEME_PATH, "%.400s/%s.json", folder, name), THEME_PATH))
            continue;
        if (file_read(from, out, &fault))
            return true;
        if (file_is_missing(&fault))
            continue;
        report->no_memory = report->no_memory || file_lacks_memory(&fault);
        snprintf(words, sizeof(words), "%.200s: %s", from, file_words(&fault));
        return fail(report, doc, at, words);
    }
    from[0] = '\0';
    ours = theme_compiled_in(name);
    if (!ours)
        return fail_name(name, report, doc, at);
    buf_put(out, ours->bytes, ours->len);
    if (out->failed)
        json_report_no_memory(report, name);
    return !out->failed;
}
