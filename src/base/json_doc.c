/*
 * json_doc.c - faults in JSON with their places: see json_doc.h. A value's place is found by its
 * number in the order of the text, which is the order of cJSON's tree. Uses cJSON, json.h, text.h.
 * Fuzzed by fuzz_theme.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/json_doc.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "whytls/json.h"
#include "whytls/text.h"
#include "whytls/message.h"

enum { WORD_MAX = 32, MEANT_MAX_WRONG = 2, FAULTS_MAX = 100 };

/* ---- what was found ----------------------------------------------------------------------- */

void json_report_init(struct json_report *r)
{
    *r = (struct json_report){.n_errors = 0};
    buf_init(&r->lines, JSON_REPORT_MAX);
}

void json_report_fini(struct json_report *r)
{
    buf_fini(&r->lines);
}

static void add(struct json_report *r, bool is_warning, const char *said)
{
    char clean[JSON_FAULT_SIZE];
    text_clean_str_marked(clean, sizeof(clean), said);
    if (!is_warning && r->n_errors == 0)
        TEXT_SET(r->first, clean);
    if (is_warning)
        r->n_warnings++;
    else
        r->n_errors++;
    if (r->lines.len + strlen(clean) + 2 < r->lines.max)
        buf_printf(&r->lines, "%s\n", clean);
    r->no_memory = r->no_memory || r->lines.failed;
}

void json_report_error(struct json_report *r, const char *format, ...)
{
    char said[JSON_FAULT_SIZE];
    va_list args;
    va_start(args, format);
    vsnprintf(said, sizeof(said), format, args);
    va_end(args);
    add(r, false, said);
}

void json_report_file(struct json_report *r, const char *path, const struct file_fault *fault)
{
    r->no_memory = r->no_memory || file_lacks_memory(fault);
    json_report_error(r, "%.200s: %s", path, file_words(fault));
}

void json_report_no_memory(struct json_report *r, const char *name)
{
    r->no_memory = true;
    json_report_error(r, message("%.200s: there is not enough memory"), name);
}

/* ---- places ------------------------------------------------------------------------------- */

/* Counts values up to this one, depth first; true where it was met. */
static bool count_to(const cJSON *value, const cJSON *wanted, size_t *n)
{
    const cJSON *child;
    if (value == wanted)
        return true;
    (*n)++;
    cJSON_ArrayForEach(child, value)
    {
        if (count_to(child, wanted, n))
            return true;
    }
    return false;
}

static void add_at(struct json_doc *d, const cJSON *at, bool is_warning, const char *format,
                   va_list args)
{
    char words[JSON_FAULT_SIZE], said[2 * JSON_FAULT_SIZE];
    size_t number = 0, line = 1, column = 1;
    if (d->report->n_errors + d->report->n_warnings >= FAULTS_MAX)
        return; /* nobody reads that far, and each costs a look at the whole text */
    if (!count_to(d->root, at, &number) || !json_place(d->bytes, d->n, number, &line, &column))
        line = column = 1;
    vsnprintf(words, sizeof(words), format, args);
    snprintf(said, sizeof(said), "%s:%zu:%zu: %s%s", d->name, line, column,
             is_warning ? "warning: " : "", words);
    add(d->report, is_warning, said);
}

void json_doc_error(struct json_doc *d, const cJSON *at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_at(d, at, false, format, args);
    va_end(args);
}

void json_doc_warn(struct json_doc *d, const cJSON *at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_at(d, at, true, format, args);
    va_end(args);
}

/* ---- reading ------------------------------------------------------------------------------ */

bool json_doc_open(struct json_doc *d, const char *name, const char *bytes, size_t n,
                   struct json_report *report)
{
    struct json_fault fault;
    *d = (struct json_doc){.name = name, .bytes = bytes, .n = n, .report = report};
    if (!json_check(bytes, n, &fault)) {
        report->no_memory = report->no_memory || fault.no_memory;
        json_report_error(report, "%s:%zu:%zu: %s", name, fault.line, fault.column,
                          message(fault.what));
        return false;
    }
    d->root = cJSON_ParseWithLength(bytes, n);
    if (cJSON_IsObject(d->root))
        return true;
    if (d->root)
        json_doc_error(d, d->root, message("this must be an object: { ... }"));
    else
        json_report_no_memory(report, name);
    json_doc_close(d);
    return false;
}

void json_doc_close(struct json_doc *d)
{
    cJSON_Delete(d->root);
    d->root = NULL;
}

/* ---- what was meant ----------------------------------------------------------------------- */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to put in, take out or change, two neighbours changed over counting once. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][WORD_MAX + 1], n = strlen(b);
    for (size_t k = 0; k <= n; k++)
        rows[0][k] = k;
    for (size_t i = 1; a[i - 1]; i++) {
        size_t *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t k = 1; k <= n; k++) {
            bool is_same = a[i - 1] == b[k - 1];
            now[k] = least(least(last[k], now[k - 1]) + 1, last[k - 1] + !is_same);
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                now[k] = least(now[k], before[k - 2] + 1);
        }
    }
    return rows[strlen(a) % 3][n];
}

const char *json_meant(const char *word, const char *(*name_at)(size_t i))
{
    const char *name, *found = NULL;
    size_t n = strlen(word), nearest = least(MEANT_MAX_WRONG, (n + 2) / 3) + 1;
    if (n > WORD_MAX)
        return NULL;
    for (size_t i = 0; (name = name_at(i)); i++) {
        size_t far = strlen(name) <= WORD_MAX ? distance(word, name) : nearest;
        if (far < nearest) {
            nearest = far;
            found = name;
        }
    }
    return found;
}

void json_doc_warn_unknown(struct json_doc *d, const cJSON *member, const char *what,
                           const char *(*name_at)(size_t i))
{
    const char *meant = json_meant(member->string, name_at);
    if (meant)
        json_doc_warn(d, member, message("unknown %s \"%.60s\". Did you mean \"%s\"?"), what,
                      member->string, meant);
    else
        json_doc_warn(d, member, message("unknown %s \"%.60s\""), what, member->string);
}
