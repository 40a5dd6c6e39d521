/*
 * fuzz_case.c - libFuzzer entry: any bytes as a case file. What is taken must come back byte for
 * byte; what is refused must say why, in clean text; redaction of what is taken always works. It is
 * summed up for the list of cases, too.
 * SPDX-License-Identifier: MIT
 */
#include <cjson/cJSON.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/case.h"
#include "whytls/report.h"
#include "whytls/text.h"
#include "whytls/walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so)
{
    if (!so) {
        abort();
    }
}

/* A case whose names are hidden can't be walked again: its verdict is a part of it. */
static char *print_whole(const struct evidence *ev, const struct redaction *redaction)
{
    static struct walk w;
    struct buf text;

    walk(ev, &w);
    buf_init(&text, CASE_MAX_BYTES * 4);
    must(report_json(&w, redaction, &text));
    return buf_take(&text);
}

static char *print_case(const struct evidence *ev, const struct redaction *redaction)
{
    if (ev->kept)
        return print_whole(ev, redaction);
    cJSON *json = case_to_json(ev, redaction);
    char *text = json != NULL ? cJSON_Print(json) : NULL;

    cJSON_Delete(json);
    must(text != NULL);
    return text;
}

/* A line of the list of cases, from the same bytes. */
static bool summarise(const uint8_t *data, size_t size)
{
    struct case_summary s;
    bool is_case = case_summarise((const char *)data, size, &s);

    must(!is_case ||
         (text_is_clean(s.code, strlen(s.code)) && text_is_clean(s.host, strlen(s.host)) &&
          text_is_clean(s.codes, strlen(s.codes)) && s.time >= 0));
    return is_case;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool is_listed = summarise(data, size);
    char error[160];
    struct evidence *ev = case_from_json((const char *)data, size, error, sizeof error),
                    *back = NULL;
    struct redactor *redactor = NULL;
    struct redaction redaction;
    char *first = NULL, *second = NULL, *hidden = NULL;

    if (ev == NULL) {
        must(error[0] != '\0' && text_is_clean(error, strlen(error)));
        return 0;
    }
    must(is_listed);
    first = print_case(ev, NULL);
    back = case_from_json(first, strlen(first), error, sizeof error);
    must(back != NULL);
    second = print_case(back, NULL);
    must(strcmp(first, second) == 0);
    redactor = redactor_new();
    must(redactor != NULL);
    redactor_learn(redactor, ev);
    redaction = redactor_redaction(redactor, HIDE_ALL);
    hidden = print_case(ev, &redaction);
    redactor_free(redactor);
    free(first);
    free(second);
    free(hidden);
    evidence_free(ev);
    evidence_free(back);
    return 0;
}
