/*
 * case_text.h - a case as the text of its file, for tests.
 * SPDX-License-Identifier: MIT
 */
#ifndef TESTS_CASE_TEXT_H
#define TESTS_CASE_TEXT_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <cjson/cJSON.h>

#include "whytls/case.h"

/* Caller frees with free(). */
static inline char *print_case_redacted(const struct evidence *ev,
                                        const struct redaction *redaction)
{
    cJSON *json = case_to_json(ev, redaction);
    char *text = json != NULL ? cJSON_Print(json) : NULL;

    assert_non_null(text);
    cJSON_Delete(json);
    return text;
}

static inline char *print_case(const struct evidence *ev)
{
    return print_case_redacted(ev, NULL);
}

#endif
