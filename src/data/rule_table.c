/*
 * rule_table.c - the table of dated rules (rules.h) from JSON: src/data/rules.json, or a file that
 * replaces it. Read strictly; each fault is said with file, line and column. Uses json_doc.h,
 * cJSON. Fuzzed by fuzz_rules.
 * SPDX-License-Identifier: MIT
 */
#include <cjson/cJSON.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/ascii.h"
#include "whytls/buf.h"
#include "whytls/data.h"
#include "whytls/file.h"
#include "whytls/json_doc.h"
#include "whytls/text.h"
#include "whytls/message.h"

enum { RULES_MAX_BYTES = 1 << 20, TABLE_MAX = 2000, DAY_S = 86400 };

static const char rules_file[] = "rules.json";
static const char rules_schema[] = "whytls-rules-1";

struct rule_table {
    struct dated_rule *rules;
    size_t n, room;
};

size_t rule_table_size(const struct rule_table *t)
{
    return t ? t->n : 0;
}

const struct dated_rule *rule_table_at(const struct rule_table *t, size_t i)
{
    return &t->rules[i];
}

void rule_table_free(struct rule_table *t)
{
    if (!t)
        return;
    free(t->rules);
    free(t);
}

/* ---- single values ------------------------------------------------------------------------ */

static const cJSON *member(const cJSON *row, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(row, name);
}

/* A text that is there and fits; else it is said at the value, or at the row that lacks it. */
static bool read_text(struct json_doc *d, const cJSON *row, const char *name, char *out,
                      size_t out_size)
{
    const cJSON *value = member(row, name);
    if (!cJSON_IsString(value) || !value->valuestring[0])
        json_doc_error(d, value ? value : row, message("\"%s\" must be a text that is not empty"),
                       name);
    else if (!text_clean_str(out, out_size, value->valuestring))
        json_doc_error(d, value, message("\"%s\" is too long: %zu bytes at most"), name,
                       out_size - 1);
    else
        return true;
    return false;
}

/* Days from 1970-01-01 (Gregorian); Howard Hinnant's algorithm, by eras of 400 years. */
static int64_t days_from_civil(int y, int m, int d)
{
    y -= m <= 2;
    int64_t era = y / 400;
    int64_t year = y - era * 400, day = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + year * 365 + year / 4 - year / 100 + day - 719468;
}

static bool is_day(int y, int m, int d)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (y < 1990 || y > 2200 || m < 1 || m > 12 || d < 1)
        return false;
    bool is_leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return d <= lengths[m - 1] + (m == 2 && is_leap);
}

/* Four, two and two digits, and a day of the calendar. */
static bool take_day(const char *s, int *y, int *m, int *day)
{
    static const char form[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof(form); i++)
        if (form[i] == 'd' ? !ascii_isdigit(s[i]) : s[i] != form[i])
            return false;
    const char *month = s + 5, *day_at = s + 8;
    *y = (int)ascii_take_number(&s, 9999);
    *m = (int)ascii_take_number(&month, 99);
    *day = (int)ascii_take_number(&day_at, 99);
    return is_day(*y, *m, *day);
}

/* "2026-03-15": its first moment, UTC. */
static bool read_date(struct json_doc *d, const cJSON *row, const char *name, int64_t *at)
{
    const cJSON *value = member(row, name);
    int y, m, day;
    if (!cJSON_IsString(value) || !take_day(value->valuestring, &y, &m, &day)) {
        json_doc_error(d, value ? value : row,
                       message("\"%s\" must be a day such as \"2026-03-15\""), name);
        return false;
    }
    *at = days_from_civil(y, m, day) * DAY_S;
    return true;
}

static bool read_root_programs(struct json_doc *d, const cJSON *row, bool keeps[ROOT_PROGRAM_COUNT])
{
    const cJSON *list = member(row, "who"), *one;
    if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) == 0) {
        json_doc_error(d, list ? list : row, message("\"who\" must be a list of programs"));
        return false;
    }
    cJSON_ArrayForEach(one, list)
    {
        int k = 0;
        while (k < ROOT_PROGRAM_COUNT &&
               !(cJSON_IsString(one) &&
                 strcmp(one->valuestring, root_program_id((enum root_program)k)) == 0))
            k++;
        if (k == ROOT_PROGRAM_COUNT) {
            json_doc_error(
                d, one, message("this program is not known: chrome, edge, firefox, apple, java"));
            return false;
        }
        keeps[k] = true;
    }
    return true;
}

/* SHA-256, 64 hex digits, kept in small letters. */
static bool read_hash(struct json_doc *d, const cJSON *value, char out[RULE_HASH])
{
    const char *text = cJSON_IsString(value) ? value->valuestring : "";
    if (strlen(text) != RULE_HASH - 1 || strspn(text, "0123456789abcdefABCDEF") != RULE_HASH - 1) {
        json_doc_error(d, value, message("this must be a SHA-256: 64 digits from 0 to f"));
        return false;
    }
    for (size_t i = 0; i < RULE_HASH; i++)
        out[i] = ascii_tolower(text[i]);
    return true;
}

/* ---- rows --------------------------------------------------------------------------------- */

static bool add(struct json_doc *d, struct rule_table *t, const struct dated_rule *rule)
{
    if (t->n == TABLE_MAX) {
        json_report_error(d->report, message("%s: more than %d rules"), d->name, TABLE_MAX);
        return false;
    }
    if (t->n == t->room) {
        size_t room = t->room ? 2 * t->room : 64;
        struct dated_rule *more = realloc(t->rules, room * sizeof(*more));
        if (!more) {
            json_report_no_memory(d->report, d->name);
            return false;
        }
        t->rules = more;
        t->room = room;
    }
    t->rules[t->n++] = *rule;
    return true;
}

/* One rule for each of its roots. */
static bool add_roots(struct json_doc *d, struct rule_table *t, const cJSON *row,
                      const struct dated_rule *rule, bool has_names)
{
    const cJSON *list = member(row, "roots"), *one;
    if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) == 0) {
        json_doc_error(d, list ? list : row, message("\"roots\" must be a list of authorities"));
        return false;
    }
    cJSON_ArrayForEach(one, list)
    {
        struct dated_rule each = *rule;
        const cJSON *key = member(one, "key"), *certificate = member(one, "certificate");
        if (!cJSON_IsObject(one) || !key == !certificate) {
            json_doc_error(d, one, message("a root has either \"key\" or \"certificate\""));
            return false;
        }
        if (has_names && !read_text(d, one, "name", each.authority, sizeof(each.authority)))
            return false;
        if (!read_hash(d, key ? key : certificate, each.root) || !add(d, t, &each))
            return false;
    }
    return true;
}

/* "after" a day: from the first moment of the next one on. */
static bool read_distrust(struct json_doc *d, struct rule_table *t, const cJSON *row,
                          struct dated_rule *rule)
{
    const cJSON *since = member(row, "since");
    int s = 0;
    while (s < DATED_SINCE_COUNT &&
           !(cJSON_IsString(since) &&
             strcmp(since->valuestring, dated_since_id((enum dated_since)s)) == 0))
        s++;
    if (s == DATED_SINCE_COUNT) {
        json_doc_error(d, since ? since : row, message("\"since\" must be always, issued or sct"));
        return false;
    }
    rule->since = (enum dated_since)s;
    if (rule->since != DATED_SINCE_ALWAYS) {
        if (!read_date(d, row, "after", &rule->date))
            return false;
        rule->date += DAY_S;
    }
    return read_root_programs(d, row, rule->keeps) && add_roots(d, t, row, rule, true);
}

static bool read_lifetime(struct json_doc *d, struct rule_table *t, const cJSON *row,
                          struct dated_rule *rule)
{
    const cJSON *days = member(row, "days"), *of = member(row, "of");
    const char *whose = cJSON_IsString(of) ? of->valuestring : "";
    bool is_whole = cJSON_IsNumber(days) && days->valuedouble == days->valueint;
    if (!is_whole || days->valueint < 1 || days->valueint > RULE_MAX_DAYS) {
        json_doc_error(d, days ? days : row, message("\"days\" must be a number from 1 to %d"),
                       RULE_MAX_DAYS);
        return false;
    }
    if (strcmp(whose, "public") != 0 && strcmp(whose, "any") != 0) {
        json_doc_error(d, of ? of : row, message("\"of\" must be public or any"));
        return false;
    }
    rule->since = DATED_SINCE_ISSUED;
    rule->days = (uint16_t)days->valueint;
    rule->for_any = whose[0] == 'a';
    return read_root_programs(d, row, rule->keeps) && read_date(d, row, "from", &rule->date) &&
           add(d, t, rule);
}

static bool read_ocsp_ended(struct json_doc *d, struct rule_table *t, const cJSON *row,
                            struct dated_rule *rule)
{
    return read_text(d, row, "authority", rule->authority, sizeof(rule->authority)) &&
           read_date(d, row, "from", &rule->date) && add_roots(d, t, row, rule, false);
}

/* Of one authority, by the organisation that its certificates name; or of all that are public. */
static bool read_purpose(struct json_doc *d, struct rule_table *t, const cJSON *row,
                         struct dated_rule *rule)
{
    const cJSON *gone = member(row, "gone"), *of = member(row, "of");
    if (!cJSON_IsString(gone) || strcmp(gone->valuestring, "client") != 0) {
        json_doc_error(d, gone ? gone : row, message("\"gone\" must be client"));
        return false;
    }
    bool is_public = cJSON_IsString(of) && strcmp(of->valuestring, "public") == 0;
    if (!is_public && !read_text(d, row, "authority", rule->authority, sizeof(rule->authority)))
        return false;
    return read_date(d, row, "from", &rule->date) && add(d, t, rule);
}

static bool read_row(struct json_doc *d, struct rule_table *t, const cJSON *row)
{
    static bool (*const readers[])(struct json_doc *, struct rule_table *, const cJSON *,
                                   struct dated_rule *) = {
        [DATED_DISTRUST] = read_distrust,
        [DATED_LIFETIME] = read_lifetime,
        [DATED_OCSP_ENDED] = read_ocsp_ended,
        [DATED_PURPOSE] = read_purpose,
    };
    struct dated_rule rule = {.kind = DATED_COUNT};
    const cJSON *kind = member(row, "rule");
    for (int k = 0; cJSON_IsString(kind) && k < DATED_COUNT; k++)
        if (strcmp(kind->valuestring, dated_kind_id((enum dated_kind)k)) == 0)
            rule.kind = (enum dated_kind)k;
    if (rule.kind == DATED_COUNT) {
        json_doc_error(d, kind ? kind : row,
                       message("\"rule\" must be distrust, lifetime, ocsp-ended or purpose"));
        return false;
    }
    return read_text(d, row, "source", rule.source, sizeof(rule.source)) &&
           readers[rule.kind](d, t, row, &rule);
}

/* ---- the file ----------------------------------------------------------------------------- */

static bool read_rows(struct json_doc *d, struct rule_table *t)
{
    const cJSON *schema = member(d->root, "schema"), *list = member(d->root, "rules"), *row;
    bool is_good = true;
    if (!cJSON_IsString(schema) || strcmp(schema->valuestring, rules_schema) != 0) {
        json_doc_error(d, schema ? schema : d->root, message("its schema must be \"%s\""),
                       rules_schema);
        return false;
    }
    if (!cJSON_IsArray(list)) {
        json_doc_error(d, list ? list : d->root, message("\"rules\" must be a list"));
        return false;
    }
    cJSON_ArrayForEach(row, list) is_good = read_row(d, t, row) && is_good;
    return is_good;
}

static struct rule_table *table_parse(const char *name, const char *bytes, size_t n,
                                      struct json_report *report)
{
    struct json_doc d;
    struct rule_table *t = calloc(1, sizeof(*t));
    if (!t)
        json_report_no_memory(report, name);
    if (!t || !json_doc_open(&d, name, bytes, n, report)) {
        rule_table_free(t);
        return NULL;
    }
    bool is_good = read_rows(&d, t);
    json_doc_close(&d);
    if (is_good)
        return t;
    rule_table_free(t);
    return NULL;
}

/* NULL without an error: there is no such file. */
static struct rule_table *read_replacement(const char *folder, struct json_report *report)
{
    char path[PATH_MAX];
    struct buf text;
    struct file_fault fault;
    struct rule_table *t = NULL;
    if (snprintf(path, sizeof(path), "%s/%s", folder, rules_file) >= (int)sizeof(path))
        return NULL;
    buf_init(&text, RULES_MAX_BYTES);
    if (file_read(path, &text, &fault))
        t = table_parse(path, buf_text(&text), text.len, report);
    else if (!file_is_missing(&fault))
        json_report_file(report, path, &fault);
    buf_fini(&text);
    return t;
}

struct rule_table *rule_table_read(const char *const *folders, struct json_report *report)
{
    const struct data_file *ours = data_find(rules_file);
    struct rule_table *t = NULL;
    for (; folders && *folders && !t && !report->no_memory; folders++)
        t = read_replacement(*folders, report);
    return t || !ours || report->no_memory
               ? t
               : table_parse(rules_file, ours->bytes, ours->len, report);
}
