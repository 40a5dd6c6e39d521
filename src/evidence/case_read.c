/*
 * case_read.c - evidence from the bytes of a case file. The file is hostile: json_check first, then
 * each member by itself (case_value.c), then how they fit together (case_check.c). Uses cJSON.
 * Fuzzed by fuzz_case.
 * SPDX-License-Identifier: MIT
 */
#include "case_reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/case.h"
#include "whytls/json.h"
#include "whytls/message.h"

/* What was found is all that such a case still has. */
static bool read_kept(struct case_reader *r, struct evidence *ev)
{
    if (!ev->redacted) {
        return true;
    }
    ev->kept = calloc(1, sizeof *ev->kept);
    r->no_memory = ev->kept == NULL;
    return ev->kept != NULL && case_read_shape(r, &kept_shape, r->root, ev->kept) &&
           case_check_kept(r, ev);
}

static bool check_schema(struct case_reader *r)
{
    const cJSON *schema = cJSON_GetObjectItemCaseSensitive(r->root, "schema");

    if (!cJSON_IsObject(r->root) || !cJSON_IsString(schema)) {
        return case_complain(r, r->root, message("this is no whytls case: it has no \"schema\""));
    }
    if (strcmp(schema->valuestring, CASE_SCHEMA) != 0) {
        return case_complain(
            r, schema, message("\"schema\" is not \"%s\": no case, or a newer one"), CASE_SCHEMA);
    }
    return true;
}

/* All but what the members are: size, and JSON by its rules. */
static bool is_json(struct case_reader *r)
{
    struct json_fault fault = {0};

    if (r->n > CASE_MAX_BYTES) {
        (void)snprintf(r->error, r->error_size, message("the file is larger than %d bytes"),
                       CASE_MAX_BYTES);
        return false;
    }
    if (!json_check(r->bytes, r->n, &fault)) {
        (void)snprintf(r->error, r->error_size, message("line %zu: %s"), fault.line,
                       message(fault.what));
        r->no_memory = fault.no_memory;
        return false;
    }
    return true;
}

static bool read_all(struct case_reader *r, struct evidence *ev)
{
    return check_schema(r) && case_read_shape(r, &case_shape, r->root, ev) && case_check(r, ev) &&
           read_kept(r, ev);
}

struct evidence *case_from_json(const char *bytes, size_t n, char *error, size_t error_size)
{
    struct case_reader r = {.bytes = bytes, .n = n, .error = error, .error_size = error_size};
    struct evidence *ev = NULL;
    cJSON *root = NULL;

    if (error_size > 0) {
        error[0] = '\0';
    }
    if (is_json(&r)) {
        root = cJSON_ParseWithLength(bytes, n);
        ev = evidence_new();
        r.root = root;
        r.no_memory = root == NULL || ev == NULL;
        r.is_redacted = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(root, "redacted")) != 0;
        if (r.no_memory || !read_all(&r, ev)) {
            evidence_free(ev);
            ev = NULL;
        }
        cJSON_Delete(root);
    }
    if (r.no_memory) {
        (void)snprintf(error, error_size, message("there is not enough memory"));
    }
    errno = ev != NULL ? 0 : r.no_memory ? ENOMEM : EINVAL;
    return ev;
}
