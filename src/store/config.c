/*
 * config.c - the user's settings, read and written: see config.h. Uses store.h and cJSON.
 * Fuzzed by fuzz_config.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/config.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "whytls/file.h"
#include "whytls/store.h"
#include "whytls/text.h"
#include "whytls/message.h"

static const char base_name[] = "config";

/* ---- one member each ---------------------------------------------------------------------- */

static bool read_theme(struct json_doc *doc, const cJSON *at, struct config *c)
{
    if (cJSON_IsString(at) && text_is_clean(at->valuestring, strlen(at->valuestring)) &&
        text_copy(c->theme, sizeof(c->theme), at->valuestring))
        return true;
    json_doc_error(doc, at, message("theme must be the name of a theme, or its file"));
    c->theme[0] = '\0';
    return false;
}

static bool read_glyphs(struct json_doc *doc, const cJSON *at, struct config *c)
{
    c->is_ascii = cJSON_IsString(at) && strcmp(at->valuestring, "ascii") == 0;
    if (c->is_ascii || (cJSON_IsString(at) && strcmp(at->valuestring, "auto") == 0))
        return true;
    json_doc_error(doc, at, message("glyphs must be \"auto\" or \"ascii\""));
    return false;
}

static bool read_mouse(struct json_doc *doc, const cJSON *at, struct config *c)
{
    c->has_mouse = cJSON_IsTrue(at);
    if (cJSON_IsBool(at))
        return true;
    json_doc_error(doc, at, message("mouse must be true or false"));
    return false;
}

static bool read_timeout(struct json_doc *doc, const cJSON *at, struct config *c)
{
    double n = cJSON_IsNumber(at) ? at->valuedouble : 0;
    if (n >= 1 && n <= CONFIG_MAX_TIMEOUT_S && n == (double)(unsigned)n) {
        c->timeout_s = (unsigned)n;
        return true;
    }
    json_doc_error(doc, at, message("timeout must be whole seconds, 1 to %d"),
                   (int)CONFIG_MAX_TIMEOUT_S);
    return false;
}

static cJSON *write_theme(const struct config *c)
{
    return cJSON_CreateString(c->theme);
}

static cJSON *write_glyphs(const struct config *c)
{
    return cJSON_CreateString(c->is_ascii ? "ascii" : "auto");
}

static cJSON *write_mouse(const struct config *c)
{
    return cJSON_CreateBool(c->has_mouse);
}

static cJSON *write_timeout(const struct config *c)
{
    return cJSON_CreateNumber(c->timeout_s);
}

static bool has_theme(const struct config *c)
{
    return c->theme[0] != '\0';
}

static bool has_timeout(const struct config *c)
{
    return c->timeout_s > 0;
}

static const struct {
    const char *name;
    bool (*read)(struct json_doc *doc, const cJSON *at, struct config *c);
    cJSON *(*write)(const struct config *c);   /* NULL: no memory */
    bool (*is_chosen)(const struct config *c); /* else it is left out; NULL: always */
} members[] = {
    {"theme", read_theme, write_theme, has_theme},
    {"glyphs", read_glyphs, write_glyphs, NULL},
    {"mouse", read_mouse, write_mouse, NULL},
    {"timeout", read_timeout, write_timeout, has_timeout},
};

enum { MEMBER_COUNT = sizeof(members) / sizeof(members[0]) };

static const char *member_at(size_t i)
{
    return i < MEMBER_COUNT ? members[i].name : NULL;
}

/* ---- reading ------------------------------------------------------------------------------ */

static bool read_members(struct json_doc *doc, struct config *c)
{
    bool ok = true;
    const cJSON *at;
    cJSON_ArrayForEach(at, doc->root)
    {
        size_t i = 0;
        while (i < MEMBER_COUNT && strcmp(members[i].name, at->string) != 0)
            i++;
        if (i < MEMBER_COUNT)
            ok = members[i].read(doc, at, c) && ok;
        else
            json_doc_warn_unknown(doc, at, "member", member_at);
    }
    return ok;
}

bool config_read(const char *name, const char *bytes, size_t n, struct config *c,
                 struct json_report *report)
{
    struct json_doc doc;
    *c = (struct config){.is_ascii = false};
    if (!json_doc_open(&doc, name, bytes, n, report))
        return false;
    bool ok = read_members(&doc, c);
    json_doc_close(&doc);
    return ok;
}

static bool config_path(char *folder, char *path)
{
    return store_config_folder(folder, STORE_PATH) &&
           snprintf(path, STORE_PATH, "%s/%s.json", folder, base_name) < STORE_PATH;
}

bool config_load(struct config *c, struct json_report *report)
{
    char folder[STORE_PATH], path[STORE_PATH];
    struct buf bytes;
    struct file_fault fault;
    bool ok = true;
    *c = (struct config){.is_ascii = false};
    if (!config_path(folder, path))
        return true;
    buf_init(&bytes, CONFIG_MAX_BYTES);
    if (file_read(path, &bytes, &fault)) {
        ok = config_read(path, buf_text(&bytes), bytes.len, c, report);
    } else if (!file_is_missing(&fault)) {
        json_report_file(report, path, &fault);
        ok = false;
    }
    buf_fini(&bytes);
    return ok;
}

/* ---- writing ------------------------------------------------------------------------------ */

static bool put_member(cJSON *root, size_t i, const struct config *c)
{
    bool is_there = cJSON_GetObjectItemCaseSensitive(root, members[i].name) != NULL;
    if (members[i].is_chosen && !members[i].is_chosen(c)) {
        cJSON_DeleteItemFromObjectCaseSensitive(root, members[i].name);
        return true;
    }
    cJSON *value = members[i].write(c);
    if (!value)
        return false;
    bool ok = is_there ? cJSON_ReplaceItemInObjectCaseSensitive(root, members[i].name, value)
                       : cJSON_AddItemToObject(root, members[i].name, value);
    if (!ok)
        cJSON_Delete(value);
    return ok && value->string; /* one without its name may be put in all the same (1.7.15) */
}

static bool write_root(cJSON *root, const struct config *c, const char *folder, char *error,
                       size_t error_size)
{
    char path[STORE_PATH];
    bool ok = root != NULL;
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        ok = ok && put_member(root, i, c);
    char *text = ok ? cJSON_Print(root) : NULL;
    if (!text) {
        snprintf(error, error_size, message("There is not enough memory."));
        return false;
    }
    ok = store_write(folder, base_name, ".json", text, strlen(text), FILE_REPLACE, path, error,
                     error_size);
    cJSON_free(text);
    return ok;
}

/* What is there already keeps what we do not know. */
static bool write_over(const char *path, const struct buf *bytes, const struct config *c,
                       const char *folder, char *error, size_t error_size)
{
    struct json_report report;
    struct json_doc doc;
    json_report_init(&report);
    bool ok = json_doc_open(&doc, path, buf_text(bytes), bytes->len, &report);
    if (ok) {
        ok = write_root(doc.root, c, folder, error, error_size);
        json_doc_close(&doc);
    } else {
        text_printf(error, error_size, report.no_memory ? "%s" : message("Mend this first: %s"),
                    report.first);
    }
    json_report_fini(&report);
    return ok;
}

bool config_save(const struct config *c, char *error, size_t error_size)
{
    char folder[STORE_PATH], path[STORE_PATH];
    struct buf bytes;
    struct file_fault fault;
    bool ok = false;
    if (!config_path(folder, path)) {
        snprintf(error, error_size, message("There is no home folder to keep the settings in."));
        return false;
    }
    buf_init(&bytes, CONFIG_MAX_BYTES);
    if (file_read(path, &bytes, &fault)) {
        ok = write_over(path, &bytes, c, folder, error, error_size);
    } else if (file_is_missing(&fault)) {
        cJSON *root = cJSON_CreateObject();
        ok = write_root(root, c, folder, error, error_size);
        cJSON_Delete(root);
    } else {
        snprintf(error, error_size, message("Cannot read %s: %s"), path, file_words(&fault));
    }
    buf_fini(&bytes);
    return ok;
}
