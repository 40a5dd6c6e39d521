/*
 * case_summary.c - what a list of cases needs to know of a file, without making evidence of it: the
 * code, the site, the day, what was found. The file is hostile as ever. Uses cJSON.
 * Fuzzed by fuzz_case.
 * SPDX-License-Identifier: MIT
 */
#include <cjson/cJSON.h>
#include <errno.h>
#include <string.h>

#include "case_fields.h"
#include "whytls/case.h"
#include "whytls/json.h"
#include "whytls/text.h"

static const cJSON *member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static void take_text(const cJSON *item, char *out, size_t out_size)
{
    text_clean_str_marked(out, out_size, cJSON_IsString(item) ? item->valuestring : "");
}

static int64_t whole_number(const cJSON *item, double most)
{
    double value = cJSON_IsNumber(item) ? item->valuedouble : 0;

    return value > 0 && value <= most ? (int64_t)value : 0;
}

static void take_codes(const cJSON *verdict, struct case_summary *s)
{
    const cJSON *entry = NULL;
    size_t used = 0;

    cJSON_ArrayForEach(entry, verdict)
    {
        char code[8];

        take_text(member(entry, "code"), code, sizeof code);
        if (code[0] == '\0' || used + strlen(code) + 3 > sizeof s->codes) {
            continue;
        }
        if (used > 0) {
            memcpy(s->codes + used, ", ", 3);
            used += 2;
        }
        memcpy(s->codes + used, code, strlen(code) + 1);
        used += strlen(code);
    }
}

bool case_summarise(const char *bytes, size_t n, struct case_summary *s)
{
    struct json_fault fault = {0};
    cJSON *root = NULL;
    const cJSON *schema = NULL, *target = NULL;
    bool is_case = false;

    memset(s, 0, sizeof *s);
    if (n > CASE_MAX_BYTES || !json_check(bytes, n, &fault)) {
        errno = fault.no_memory ? ENOMEM : EINVAL;
        return false;
    }
    root = cJSON_ParseWithLength(bytes, n);
    schema = member(root, "schema");
    target = member(root, "target");
    is_case = cJSON_IsString(schema) && strcmp(schema->valuestring, CASE_SCHEMA) == 0 &&
              cJSON_IsObject(target);
    if (is_case) {
        take_text(member(root, "case"), s->code, sizeof s->code);
        take_text(member(target, "host"), s->host, sizeof s->host);
        s->port = (uint16_t)whole_number(member(target, "port"), 65535);
        s->time = whole_number(member(member(root, "facts"), "clock_unix"), 1e12);
        s->is_redacted = cJSON_IsTrue(member(root, "redacted")) != 0;
        take_codes(member(root, "verdict"), s);
    }
    errno = root == NULL ? ENOMEM : EINVAL;
    cJSON_Delete(root);
    return is_case;
}
