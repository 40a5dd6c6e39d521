/*
 * report_json.c - a case as JSON: the evidence from case_to_json, and for readers' sake the
 * verdict, the notes and the path. A text that came from outside is redacted where it is put in;
 * ids never are. Uses cJSON.
 * SPDX-License-Identifier: MIT
 */
#include <cjson/cJSON.h>

#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/case.h"
#include "whytls/explain.h"
#include "whytls/programs.h"
#include "whytls/report.h"
#include "whytls/walk.h"

/* A failure sticks: what is made then is not all, and is not shown. */
struct making {
    const struct walk *w;
    const struct redaction *redaction;
    bool failed; /* memory is gone */
};

/* Moves the item into an object, or with no name into a list. Returns it, to be filled: NULL where
 * it is not there, and then nothing goes into it. */
static cJSON *put(struct making *o, cJSON *into, const char *name, cJSON *item)
{
    bool is_in = name ? cJSON_AddItemToObject(into, name, item) : cJSON_AddItemToArray(into, item);
    if (is_in)
        return item;
    cJSON_Delete(item);
    o->failed = true;
    return NULL;
}

static void put_text(struct making *o, cJSON *into, const char *name, const char *text)
{
    put(o, into, name, cJSON_CreateString(text));
}

static void put_number(struct making *o, cJSON *into, const char *name, int number)
{
    put(o, into, name, cJSON_CreateNumber(number));
}

static void add_bits(struct making *o, cJSON *into, const char *member, unsigned bits, size_t count,
                     const char *(*id)(size_t))
{
    cJSON *list = put(o, into, member, cJSON_CreateArray());
    for (size_t i = 0; i < count; i++)
        if (bits & (1u << i))
            put(o, list, NULL, cJSON_CreateString(id(i)));
}

static const char *change_id_at(size_t i)
{
    return change_id((enum change)i);
}

static const char *chain_id_at(size_t i)
{
    return chain_change_id((enum chain_change)i);
}

static void add_index(struct making *o, cJSON *into, const char *member, int index)
{
    if (index >= 0)
        put_number(o, into, member, index);
    else
        put(o, into, member, cJSON_CreateNull());
}

/* A text with something from outside in it. */
static void add_redacted(struct making *o, cJSON *into, const char *member, const char *text)
{
    struct buf b;
    put_text(o, into, member, redaction_text(o->redaction, text, &b));
    buf_fini(&b);
}

static void add_proof(struct making *o, cJSON *entry, const struct diagnosed *n,
                      const struct advice *a)
{
    cJSON *proof = put(o, entry, "proof", cJSON_CreateObject());
    add_index(o, proof, "baseline", n->proof.baseline);
    add_index(o, proof, "experiment", n->proof.experiment);
    add_bits(o, proof, "changed", n->proof.changes, CHANGE_COUNT, change_id_at);
    add_bits(o, proof, "changed_in_chain", n->proof.chain_changes, CHAIN_CHANGE_COUNT, chain_id_at);
    put(o, proof, "worked", cJSON_CreateBool(n->proof.is_success));
    cJSON *words = put(o, proof, "words", cJSON_CreateArray());
    for (size_t i = 0; i < a->n_why; i++)
        put(o, words, NULL, cJSON_CreateString(a->why[i]));
}

static void add_strings(struct making *o, cJSON *into, const char *member,
                        char (*lines)[ADVICE_LINE], size_t n)
{
    cJSON *list = put(o, into, member, cJSON_CreateArray());
    for (size_t i = 0; i < n; i++)
        put(o, list, NULL, cJSON_CreateString(lines[i]));
}

struct keys {
    struct making *o;
    cJSON *list;
};

static void add_key(void *ctx, const char *key, const char *value)
{
    struct keys *keys = ctx;
    struct making *o = keys->o;
    cJSON *row = put(o, keys->list, NULL, cJSON_CreateObject());
    put_text(o, row, "key", key);
    put_text(o, row, "value", value);
}

static void add_seen(struct making *o, cJSON *entry, const char *slug)
{
    char seen[EXPLAIN_MAX_SEEN][EXPLAIN_SEEN_SIZE];
    size_t n = explain_seen_as(slug, seen);
    cJSON *list = put(o, entry, "seen_as", cJSON_CreateArray());
    for (size_t i = 0; i < n; i++)
        put(o, list, NULL, cJSON_CreateString(seen[i]));
}

static void add_entry(struct making *o, cJSON *list, const struct diagnosed *n)
{
    struct advice a;
    advice_make(o->w, n, o->redaction, &a);
    cJSON *entry = put(o, list, NULL, cJSON_CreateObject());
    put_text(o, entry, "cause", n->cause->slug);
    put_text(o, entry, "code", n->cause->code);
    put_text(o, entry, "certainty", certainty_id(n->certainty));
    put_text(o, entry, "who", who_id(a.who_is));
    add_proof(o, entry, n, &a);
    struct keys keys = {.o = o, .list = put(o, entry, "filled", cJSON_CreateArray())};
    advice_each_key(o->w, n, o->redaction, add_key, &keys);
    put_text(o, entry, "title", a.title);
    put_text(o, entry, "what", a.what);
    put_text(o, entry, "term", a.term);
    add_seen(o, entry, n->cause->slug);
    add_strings(o, entry, "do", a.todo, a.n_todo);
    add_strings(o, entry, "do_not", a.dont, a.n_dont);
}

static void add_verdict(struct making *o, cJSON *into)
{
    const struct walk *w = o->w;
    const struct diagnosed *list;
    size_t n = walk_verdict(w, &list);
    cJSON *verdict = put(o, into, "verdict", cJSON_CreateArray());
    for (size_t i = 0; i < n; i++)
        add_entry(o, verdict, &list[i]);
    cJSON *notes = put(o, into, "notes", cJSON_CreateArray());
    for (size_t i = 0; i < w->n_notes; i++)
        add_entry(o, notes, &w->notes[i]);
    char fine[ADVICE_MAX_FINE][ADVICE_LINE];
    size_t n_fine = advice_fine(w, o->redaction, fine);
    add_strings(o, into, "fine", fine, n_fine);
}

/* What the site's owner must add to what the site sends; always there, mostly empty. */
static void add_missing(struct making *o, cJSON *into)
{
    const struct walk *w = o->w;
    struct missing_certificate missing[CHAIN_MAX_PATH];
    size_t n = walk_missing(w, missing);
    cJSON *list = put(o, into, "missing", cJSON_CreateArray());
    for (size_t i = 0; i < n; i++) {
        struct cert_info info;
        if (!cert_describe(missing[i].der, &info))
            continue;
        cJSON *row = put(o, list, NULL, cJSON_CreateObject());
        add_redacted(o, row, "subject", info.subject_dn);
        add_redacted(o, row, "sha256", info.sha256);
        add_redacted(o, row, "url", missing[i].url);
    }
}

/* As words for a reader, and as the id and its values, by which a case is read again. */
static void add_said(struct making *o, cJSON *into, const struct said *said)
{
    char text[SAID_SIZE];
    advice_said(said, o->redaction, text, sizeof(text));
    put_text(o, into, "said", text);
    put_text(o, into, "said_id", said_name_of(said->id));
    cJSON *list = put(o, into, "said_args", cJSON_CreateArray());
    for (size_t i = 0; i < said->n_args; i++) {
        const struct said_arg *arg = &said->args[i];
        cJSON *row = put(o, list, NULL, cJSON_CreateObject());
        put_text(o, row, "kind", said_kind_id(arg->kind));
        redaction_copy(o->redaction, text, sizeof(text), arg->text);
        if (arg->kind == SAID_ARG_TEXT || arg->kind == SAID_ARG_NAME)
            put_text(o, row, "text", text);
        else
            put(o, row, "number", cJSON_CreateNumber((double)arg->number));
    }
}

static void add_path(struct making *o, cJSON *into)
{
    const struct walk *w = o->w;
    cJSON *list = put(o, into, "path", cJSON_CreateArray());
    for (size_t i = 0; i < tree_size(); i++) {
        const struct check *check = tree_row(i)->check;
        cJSON *row = put(o, list, NULL, cJSON_CreateObject());
        put_number(o, row, "step", (int)check->step);
        put_text(o, row, "check", check->id);
        put_text(o, row, "question", check->question);
        put_text(o, row, "result", result_id(w->findings[i].result));
        add_said(o, row, &w->findings[i].summary);
    }
}

static void add_stores(struct making *o, cJSON *into)
{
    const struct walk *w = o->w;
    struct store_row rows[STORE_ROWS_MAX];
    size_t n = stores_compare(&w->analysis, rows);
    cJSON *list = n > 0 ? put(o, into, "trust", cJSON_CreateArray()) : NULL;
    for (size_t i = 0; i < n; i++) {
        cJSON *row = put(o, list, NULL, cJSON_CreateObject());
        put_text(o, row, "store", store_kind_id(rows[i].kind));
        put_text(o, row, "name", store_kind_name(rows[i].kind));
        add_redacted(o, row, "file", rows[i].store ? rows[i].store->file : "");
        put_text(o, row, "read_by", store_kind_readers(rows[i].kind));
        put_text(o, row, "trusts", accepts_id(rows[i].trusts));
        put(o, row, "by_added_authority", cJSON_CreateBool(rows[i].is_added));
        add_redacted(o, row, "why", rows[i].why);
    }
}

static void add_programs(struct making *o, cJSON *into)
{
    const struct walk *w = o->w;
    struct judge_row rows[JUDGES_MAX];
    size_t n = programs_compare(&w->analysis, rows);
    cJSON *list = n > 0 ? put(o, into, "programs", cJSON_CreateArray()) : NULL;
    for (size_t i = 0; i < n; i++) {
        cJSON *row = put(o, list, NULL, cJSON_CreateObject());
        put_text(o, row, "program", rows[i].judge->id);
        put_text(o, row, "name", rows[i].judge->name);
        put_text(o, row, "accepts", accepts_id(rows[i].accepts));
        add_redacted(o, row, "why", rows[i].why);
    }
}

bool report_json(const struct walk *w, const struct redaction *redaction, struct buf *out)
{
    struct making o = {.w = w, .redaction = redaction};
    cJSON *root = case_to_json(w->analysis.ev, redaction);
    if (!root)
        return false;
    message_in_english(true);
    add_verdict(&o, root);
    add_missing(&o, root);
    add_path(&o, root);
    add_stores(&o, root);
    add_programs(&o, root);
    message_in_english(false);
    char *text = o.failed ? NULL : cJSON_Print(root);
    cJSON_Delete(root);
    if (!text)
        return false;
    buf_puts(out, text);
    buf_puts(out, "\n");
    cJSON_free(text);
    return !out->failed;
}
