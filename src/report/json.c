/*
 * json.c - a case as JSON: the evidence from case_to_json, and for readers' sake the verdict, the
 * notes and the path. A text that came from outside is covered where it is put in; ids never are.
 * Uses cJSON.
 * SPDX-License-Identifier: MIT
 */
#include <cjson/cJSON.h>

#include "whytls/advice.h"
#include "whytls/case.h"
#include "whytls/programs.h"
#include "whytls/report.h"
#include "whytls/walk.h"

static void add_bits(cJSON *into, const char *member, unsigned bits, size_t count,
                     const char *(*id)(size_t))
{
    cJSON *list = cJSON_AddArrayToObject(into, member);
    for (size_t i = 0; i < count; i++)
        if (bits & (1u << i))
            cJSON_AddItemToArray(list, cJSON_CreateString(id(i)));
}

static const char *change_id_at(size_t i)
{
    return change_id((enum change)i);
}

static const char *chain_id_at(size_t i)
{
    return chain_change_id((enum chain_change)i);
}

static void add_index(cJSON *into, const char *member, int index)
{
    if (index >= 0)
        cJSON_AddNumberToObject(into, member, index);
    else
        cJSON_AddNullToObject(into, member);
}

/* A text with something from outside in it. */
static void add_covered(cJSON *into, const char *member, const char *text,
                        const struct cover *cover)
{
    struct buf b;
    cJSON_AddStringToObject(into, member, cover_text(cover, text, &b));
    buf_fini(&b);
}

static cJSON *proof_json(const struct named *n, const struct advice *a)
{
    cJSON *proof = cJSON_CreateObject();
    add_index(proof, "baseline", n->proof.baseline);
    add_index(proof, "experiment", n->proof.experiment);
    add_bits(proof, "changed", n->proof.changes, CHANGE_COUNT, change_id_at);
    add_bits(proof, "changed_in_chain", n->proof.chain_changes, CHAIN_CHANGE_COUNT, chain_id_at);
    cJSON_AddBoolToObject(proof, "worked", n->proof.is_success);
    cJSON *words = cJSON_AddArrayToObject(proof, "words");
    for (size_t i = 0; i < a->n_why; i++)
        cJSON_AddItemToArray(words, cJSON_CreateString(a->why[i]));
    return proof;
}

static void add_strings(cJSON *into, const char *member, char (*lines)[ADVICE_LINE], size_t n)
{
    cJSON *list = cJSON_AddArrayToObject(into, member);
    for (size_t i = 0; i < n; i++)
        cJSON_AddItemToArray(list, cJSON_CreateString(lines[i]));
}

static void add_key(void *ctx, const char *key, const char *value)
{
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, "key", key);
    cJSON_AddStringToObject(row, "value", value);
    cJSON_AddItemToArray(ctx, row);
}

static cJSON *entry_json(const struct walk *w, const struct named *n, const struct cover *cover)
{
    struct advice a;
    advice_make(w, n, cover, &a);
    cJSON *entry = cJSON_CreateObject();
    cJSON_AddStringToObject(entry, "cause", n->cause->slug);
    cJSON_AddStringToObject(entry, "code", n->cause->code);
    cJSON_AddStringToObject(entry, "certainty", certainty_id(n->certainty));
    cJSON_AddStringToObject(entry, "who", who_id(a.who_is));
    cJSON_AddItemToObject(entry, "proof", proof_json(n, &a));
    advice_each_key(w, n, cover, add_key, cJSON_AddArrayToObject(entry, "filled"));
    cJSON_AddStringToObject(entry, "title", a.title);
    cJSON_AddStringToObject(entry, "what", a.what);
    add_strings(entry, "do", a.todo, a.n_todo);
    add_strings(entry, "do_not", a.dont, a.n_dont);
    return entry;
}

static void add_verdict(const struct walk *w, const struct cover *cover, cJSON *into)
{
    const struct named *list;
    size_t n = walk_verdict(w, &list);
    cJSON *verdict = cJSON_AddArrayToObject(into, "verdict");
    for (size_t i = 0; i < n; i++)
        cJSON_AddItemToArray(verdict, entry_json(w, &list[i], cover));
    cJSON *notes = cJSON_AddArrayToObject(into, "notes");
    for (size_t i = 0; i < w->n_notes; i++)
        cJSON_AddItemToArray(notes, entry_json(w, &w->notes[i], cover));
    char fine[ADVICE_MAX_FINE][ADVICE_LINE];
    size_t n_fine = advice_fine(w, cover, fine);
    add_strings(into, "fine", fine, n_fine);
}

/* What the site's owner must add to what the site sends; always there, mostly empty. */
static void add_missing(const struct walk *w, const struct cover *cover, cJSON *into)
{
    struct missing_certificate missing[CHAIN_MAX_PATH];
    size_t n = walk_missing(w, missing);
    cJSON *list = cJSON_AddArrayToObject(into, "missing");
    for (size_t i = 0; i < n; i++) {
        struct cert_info info;
        if (!cert_describe(missing[i].der, &info))
            continue;
        cJSON *row = cJSON_CreateObject();
        add_covered(row, "subject", info.subject_dn, cover);
        add_covered(row, "sha256", info.sha256, cover);
        add_covered(row, "url", missing[i].url, cover);
        cJSON_AddItemToArray(list, row);
    }
}

static void add_path(const struct walk *w, const struct cover *cover, cJSON *into)
{
    cJSON *path = cJSON_AddArrayToObject(into, "path");
    for (size_t i = 0; i < tree_size(); i++) {
        const struct check *check = tree_row(i)->check;
        cJSON *row = cJSON_CreateObject();
        cJSON_AddNumberToObject(row, "step", (int)check->step);
        cJSON_AddStringToObject(row, "check", check->id);
        cJSON_AddStringToObject(row, "question", check->question);
        cJSON_AddStringToObject(row, "result", result_id(w->findings[i].result));
        add_covered(row, "said", w->findings[i].said, cover);
        cJSON_AddItemToArray(path, row);
    }
}

static void add_stores(const struct walk *w, const struct cover *cover, cJSON *into)
{
    struct store_row rows[STORE_ROWS_MAX];
    size_t n = stores_compare(&w->reading, rows);
    cJSON *list = n > 0 ? cJSON_AddArrayToObject(into, "trust") : NULL;
    for (size_t i = 0; i < n; i++) {
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "store", store_kind_id(rows[i].kind));
        cJSON_AddStringToObject(row, "name", store_kind_name(rows[i].kind));
        add_covered(row, "file", rows[i].store ? rows[i].store->file : "", cover);
        cJSON_AddStringToObject(row, "read_by", store_kind_readers(rows[i].kind));
        cJSON_AddStringToObject(row, "trusts", accepts_id(rows[i].trusts));
        cJSON_AddBoolToObject(row, "by_added_authority", rows[i].is_added);
        add_covered(row, "why", rows[i].why, cover);
        cJSON_AddItemToArray(list, row);
    }
}

static void add_programs(const struct walk *w, const struct cover *cover, cJSON *into)
{
    struct judge_row rows[JUDGES_MAX];
    size_t n = programs_compare(&w->reading, rows);
    cJSON *list = n > 0 ? cJSON_AddArrayToObject(into, "programs") : NULL;
    for (size_t i = 0; i < n; i++) {
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "program", rows[i].judge->id);
        cJSON_AddStringToObject(row, "name", rows[i].judge->name);
        cJSON_AddStringToObject(row, "accepts", accepts_id(rows[i].accepts));
        add_covered(row, "why", rows[i].why, cover);
        cJSON_AddItemToArray(list, row);
    }
}

bool report_json(const struct walk *w, const struct cover *cover, struct buf *out)
{
    cJSON *root = case_to_json(w->reading.ev, cover);
    if (!root)
        return false;
    add_verdict(w, cover, root);
    add_missing(w, cover, root);
    add_path(w, cover, root);
    add_stores(w, cover, root);
    add_programs(w, cover, root);
    char *text = cJSON_Print(root);
    cJSON_Delete(root);
    if (!text)
        return false;
    buf_puts(out, text);
    buf_puts(out, "\n");
    cJSON_free(text);
    return !out->failed;
}
