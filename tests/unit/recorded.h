/*
 * recorded.h - the recorded cases (tests/golden/cases), as evidence. Include after cmocka.h.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_TESTS_RECORDED_H
#define WHYTLS_TESTS_RECORDED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/case.h"

/* Never NULL: what cannot be read fails the test. The caller frees it. */
static inline struct evidence *read_case(const char *text)
{
    char error[160] = "";
    struct evidence *ev = case_from_json(text, strlen(text), error, sizeof(error));
    if (!ev)
        fail_msg("%s", error);
    return ev;
}

/* The same, by its name. */
static inline struct evidence *recorded(const char *name)
{
    char path[160];
    char *bytes = calloc(1, CASE_MAX_BYTES);
    snprintf(path, sizeof(path), "tests/golden/cases/%s.json", name);
    FILE *f = fopen(path, "rb");
    assert_true(f && bytes);
    assert_true(fread(bytes, 1, CASE_MAX_BYTES - 1, f) > 0);
    fclose(f);
    struct evidence *ev = read_case(bytes);
    free(bytes);
    return ev;
}

#endif
