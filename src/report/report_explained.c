/*
 * report_explained.c - what a pasted message means, as text and as JSON: the message in plain
 * words, our causes behind it, what to look at first, and the command that starts a walk. Uses
 * cJSON. SPDX-License-Identifier: MIT
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "whytls/advice.h"
#include "whytls/checks.h"
#include "whytls/explain.h"
#include "whytls/message.h"
#include "whytls/report.h"
#include "whytls/text.h"
#include "whytls/walk.h"
#include "wrapped.h"

/* ---- as text ----------------------------------------------------------------------------------
 */

/* What a class of messages has in common is no message of a program. */
static bool is_of_program(const struct message *m)
{
    return strcmp(m->program, "any program") != 0 && strcmp(m->program, "people") != 0;
}

static void put_message(struct buf *out, const struct explained_match *match)
{
    const struct message *m = match->message;
    bool is_like = match->by == EXPLAINED_BY_LIKENESS;
    buf_printf(out, "%s\n  ", is_like ? message("This looks like") : message("The message"));
    report_message(m, out);
    buf_printf(out, "\n\n%s\n", message("What it means"));
    put_wrapped(out, "  ", message(m->kind->means));
    buf_puts(out, "\n");
}

void report_cause_title(const char *slug, char *out, size_t out_size)
{
    static const struct walk no_walk;
    const struct diagnosed n = {.cause = cause_find(slug),
                                .certainty = CERTAINTY_LIKELY,
                                .proof = {.baseline = -1, .experiment = -1},
                                .path_place = -1};
    struct advice a;
    text_copy_cut(out, out_size, "");
    if (!n.cause)
        return;
    advice_make(&no_walk, &n, NULL, &a);
    text_copy_cut(out, out_size, a.title);
}

static void put_cause(struct buf *out, const char *slug)
{
    char line[ADVICE_LINE + 16], title[ADVICE_LINE];
    const struct cause *cause = cause_find(slug);
    if (!cause)
        return;
    report_cause_title(slug, title, sizeof(title));
    snprintf(line, sizeof(line), "%s  %s", cause->code, title);
    put_wrapped(out, "  -  ", line);
}

void report_message(const struct message *m, struct buf *out)
{
    if (is_of_program(m))
        buf_printf(out, "%s: ", m->program);
    for (const char *p = m->pattern; *p;) {
        size_t n = strcspn(p, "{");
        buf_put(out, p, n);
        p += n;
        if (*p == '{') {
            buf_puts(out, "...");
            p += strcspn(p, "}");
            p += *p == '}';
        }
    }
}

void report_explained(const struct explained *e, bool hides_host, struct buf *out)
{
    bool has_host = e->host[0] && !hides_host;
    for (size_t i = 0; i < e->n_matches; i++)
        put_message(out, &e->matches[i]);
    buf_printf(out, "%s\n", message("What can be the cause, the likeliest first"));
    for (size_t i = 0; i < e->n_causes && i < EXPLAIN_MAX_CAUSES; i++)
        put_cause(out, e->causes[i]);
    buf_printf(out, "\n%s\n", message("What to check first"));
    put_wrapped(out, "  ", message(e->matches[0].message->kind->check));
    buf_printf(out, "\n%s\n", message("Find out which cause it is"));
    buf_printf(out, "  whytls check %s\n", has_host ? e->host : "HOST");
    if (!has_host)
        put_wrapped(out, "  ", message("HOST is the site or server that does not work."));
}

/* ---- as JSON ----------------------------------------------------------------------------------
 */

static bool add_text(cJSON *into, const char *name, const char *text)
{
    return cJSON_AddStringToObject(into, name, text) != NULL;
}

static bool add_list(cJSON *into, const char *name, const char *const *texts, size_t max)
{
    cJSON *list = cJSON_AddArrayToObject(into, name);
    bool is_good = list != NULL;
    for (size_t i = 0; is_good && i < max && texts[i]; i++)
        is_good = cJSON_AddItemToArray(list, cJSON_CreateString(texts[i]));
    return is_good;
}

static bool add_match(cJSON *list, const struct explained_match *match)
{
    static const char *const by[] = {[EXPLAINED_BY_CODE] = "code",
                                     [EXPLAINED_BY_PATTERN] = "pattern",
                                     [EXPLAINED_BY_LIKENESS] = "likeness"};
    const struct message *m = match->message;
    cJSON *row = cJSON_CreateObject();
    if (!cJSON_AddItemToArray(list, row)) {
        cJSON_Delete(row);
        return false;
    }
    return add_text(row, "message", m->pattern) && add_text(row, "id", m->id) &&
           add_text(row, "program", m->program) && add_text(row, "by", by[match->by]) &&
           add_text(row, "means", m->kind->means) && add_text(row, "check", m->kind->check) &&
           add_list(row, "causes", m->kind->causes, EXPLAIN_MAX_CAUSES) &&
           add_list(row, "codes", m->codes, EXPLAIN_MAX_CODES);
}

bool report_explained_json(const struct explained *e, bool hides_host, struct buf *out)
{
    cJSON *root = cJSON_CreateObject();
    bool is_good = root && add_text(root, "schema", "whytls.explain/1");
    cJSON *list = is_good ? cJSON_AddArrayToObject(root, "matches") : NULL;
    is_good = list != NULL;
    for (size_t i = 0; is_good && i < e->n_matches; i++)
        is_good = add_match(list, &e->matches[i]);
    is_good = is_good && add_text(root, "host", hides_host ? "" : e->host);
    char *text = is_good ? cJSON_Print(root) : NULL;
    cJSON_Delete(root);
    if (!text)
        return false;
    buf_puts(out, text);
    buf_puts(out, "\n");
    cJSON_free(text);
    return !out->failed;
}
