/*
 * data.c - the compiled-in data files, and the table of known issuers: whose name stands in a
 * certificate's issuer field. A table from a folder replaces the compiled-in one where it is sound.
 * Uses json.h and cJSON; the table is the checked tree itself. Fuzzed by fuzz_issuers.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/data.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/buf.h"
#include "whytls/file.h"
#include "whytls/json.h"
#include "whytls/text.h"
#include "whytls/message.h"

enum { ISSUERS_MAX_BYTES = 1 << 20 };

static const char issuers_file[] = "issuers.json";
static const char issuers_schema[] = "whytls-issuers-1";

struct issuer_table {
    cJSON *root;
    const cJSON *issuers; /* in root */
};

const struct data_file *data_find(const char *name)
{
    for (const struct data_file *f = data_files; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return f;
    return NULL;
}

/* ---- is it sound? ----------------------------------------------------------------------- */

static enum issuer_kind kind_of(const cJSON *value)
{
    for (int k = ISSUER_NONE + 1; cJSON_IsString(value) && k < ISSUER_COUNT; k++)
        if (strcmp(issuer_kind_id((enum issuer_kind)k), value->valuestring) == 0)
            return (enum issuer_kind)k;
    return ISSUER_NONE;
}

/* A list of patterns, or none. An empty pattern would match every certificate there is. */
static bool are_patterns(const cJSON *list)
{
    const cJSON *p;
    if (!list)
        return true;
    if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) == 0)
        return false;
    cJSON_ArrayForEach(p, list)
    {
        if (!cJSON_IsString(p) || !p->valuestring[0])
            return false;
    }
    return true;
}

/* A SHA-256 in small hex digits. */
static bool is_fingerprint(const cJSON *value)
{
    struct issuer issuer;
    return cJSON_IsString(value) && strlen(value->valuestring) == sizeof(issuer.fingerprint) - 1 &&
           strspn(value->valuestring, "0123456789abcdef") == sizeof(issuer.fingerprint) - 1;
}

/* That a private key is public is said of nobody without a source. */
static const char *leak_fault(const cJSON *row)
{
    const cJSON *fingerprint = cJSON_GetObjectItemCaseSensitive(row, "fingerprint");
    const cJSON *source = cJSON_GetObjectItemCaseSensitive(row, "source");
    bool is_leaked = kind_of(cJSON_GetObjectItemCaseSensitive(row, "kind")) == ISSUER_LEAKED;
    if (fingerprint && !is_fingerprint(fingerprint))
        return N_("its fingerprint is no SHA-256 in small hex digits");
    if ((is_leaked || fingerprint) && (!cJSON_IsString(source) || !source->valuestring[0]))
        return N_("its private key is said to be public, and no source says so");
    return NULL;
}

/* What is wrong with a row; NULL: nothing. */
static const char *row_fault(const cJSON *row)
{
    const cJSON *product = cJSON_GetObjectItemCaseSensitive(row, "product");
    const cJSON *organisation = cJSON_GetObjectItemCaseSensitive(row, "organisation");
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(row, "name");
    struct issuer issuer;
    if (!cJSON_IsString(product) || !product->valuestring[0])
        return N_("it has no product");
    if (strlen(product->valuestring) >= sizeof(issuer.product))
        return N_("its product is too long");
    if (kind_of(cJSON_GetObjectItemCaseSensitive(row, "kind")) == ISSUER_NONE)
        return N_("its kind is not known");
    if (!organisation && !name)
        return N_("it has neither organisation nor name");
    if (!are_patterns(organisation) || !are_patterns(name))
        return N_("organisation and name must be lists of texts that are not empty");
    return leak_fault(row);
}

static bool is_sound(const struct issuer_table *t, char *error, size_t error_size)
{
    const cJSON *schema = cJSON_GetObjectItemCaseSensitive(t->root, "schema");
    const cJSON *row;
    int number = 1;
    if (!cJSON_IsString(schema) || strcmp(schema->valuestring, issuers_schema) != 0) {
        snprintf(error, error_size, message("%s: its schema is not \"%s\""), issuers_file,
                 issuers_schema);
        return false;
    }
    if (!cJSON_IsArray(t->issuers)) {
        snprintf(error, error_size, message("%s: it has no list of issuers"), issuers_file);
        return false;
    }
    cJSON_ArrayForEach(row, t->issuers)
    {
        const char *fault = row_fault(row);
        if (fault) {
            snprintf(error, error_size, message("%s: issuer %d: %s"), issuers_file, number,
                     message(fault));
            return false;
        }
        number++;
    }
    return true;
}

/* ---- reading ---------------------------------------------------------------------------- */

static struct issuer_table *table_parse(const char *bytes, size_t n, char *error, size_t error_size,
                                        bool *no_memory)
{
    struct json_fault fault;
    if (!json_check(bytes, n, &fault)) {
        *no_memory = fault.no_memory;
        snprintf(error, error_size, message("%s: line %zu, column %zu: %s"), issuers_file,
                 fault.line, fault.column, message(fault.what));
        return NULL;
    }
    struct issuer_table *t = calloc(1, sizeof(*t));
    if (t)
        t->root = cJSON_ParseWithLength(bytes, n);
    *no_memory = !t || !t->root;
    if (*no_memory) {
        issuer_table_free(t);
        return NULL;
    }
    t->issuers = cJSON_GetObjectItemCaseSensitive(t->root, "issuers");
    if (is_sound(t, error, error_size))
        return t;
    issuer_table_free(t);
    return NULL;
}

/* A folder that has no such file replaces other data only: that is no error. */
static struct issuer_table *read_replacement(const char *directory, char *error, size_t error_size,
                                             bool *no_memory)
{
    char path[PATH_MAX];
    struct buf text;
    struct file_fault fault;
    struct issuer_table *t = NULL;
    if (snprintf(path, sizeof(path), "%s/%s", directory, issuers_file) >= (int)sizeof(path))
        return NULL;
    buf_init(&text, ISSUERS_MAX_BYTES);
    if (file_read(path, &text, &fault))
        t = table_parse(buf_text(&text), text.len, error, error_size, no_memory);
    else if (*no_memory = file_lacks_memory(&fault), !file_is_missing(&fault))
        snprintf(error, error_size, message("%s: cannot be read: %s"), issuers_file,
                 file_words(&fault));
    buf_fini(&text);
    return t;
}

struct issuer_table *issuer_table_read(const char *directory, char *error, size_t error_size)
{
    char ours[160] = "";
    const struct data_file *compiled_in = data_find(issuers_file);
    struct issuer_table *t = NULL;
    bool no_memory = false;
    text_copy_cut(error, error_size, "");
    if (directory)
        t = read_replacement(directory, error, error_size, &no_memory);
    if (!t && compiled_in && !no_memory)
        t = table_parse(compiled_in->bytes, compiled_in->len, ours, sizeof(ours), &no_memory);
    return t;
}

void issuer_table_free(struct issuer_table *t)
{
    if (!t)
        return;
    cJSON_Delete(t->root);
    free(t);
}

/* ---- finding ---------------------------------------------------------------------------- */

/* "=text": the whole name, else whole words of it. Letter case never counts. */
static bool pattern_matches(const char *pattern, const char *text)
{
    return pattern[0] == '=' ? text_equal_nocase(pattern + 1, text)
                             : text_has_words_nocase(text, pattern);
}

static bool any_matches(const cJSON *patterns, const char *text)
{
    const cJSON *p;
    if (!patterns)
        return true;
    cJSON_ArrayForEach(p, patterns)
    {
        if (pattern_matches(p->valuestring, text))
            return true;
    }
    return false;
}

void issuer_table_find(const struct issuer_table *t, const char *organisation,
                       const char *common_name, struct issuer *found)
{
    const cJSON *row;
    memset(found, 0, sizeof(*found));
    if (!t)
        return;
    cJSON_ArrayForEach(row, t->issuers)
    {
        if (!any_matches(cJSON_GetObjectItemCaseSensitive(row, "organisation"),
                         organisation ? organisation : "") ||
            !any_matches(cJSON_GetObjectItemCaseSensitive(row, "name"),
                         common_name ? common_name : ""))
            continue;
        found->kind = kind_of(cJSON_GetObjectItemCaseSensitive(row, "kind"));
        text_clean_str_marked(found->product, sizeof(found->product),
                              cJSON_GetObjectItemCaseSensitive(row, "product")->valuestring);
        const cJSON *fingerprint = cJSON_GetObjectItemCaseSensitive(row, "fingerprint");
        if (fingerprint)
            text_copy_cut(found->fingerprint, sizeof(found->fingerprint), fingerprint->valuestring);
        return;
    }
}
