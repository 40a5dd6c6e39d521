/*
 * case_read.c - evidence from the bytes of a case file, by the tables of case_fields.c. The file is
 * hostile: json_check first, then every text cleaned, every number and index within its bounds.
 * A complaint names the line and a member of ours, never bytes of the file. Uses cJSON.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/case.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/base64.h"
#include "case_fields.h"
#include "whytls/json.h"
#include "whytls/text.h"

enum { BLOB_MAX_BYTES = 64 * 1024 };

struct reading {
    const char *bytes;
    size_t n;
    const cJSON *root;
    bool is_redacted; /* certificates may be empty */
    char *error;
    size_t error_size;
};

static bool read_shape(struct reading *r, const struct shape *shape, const cJSON *item, void *base);
static bool read_field(struct reading *r, const struct field *f, const char *name,
                       const cJSON *item, void *base);

/* Number of an item in the order of the text; json_check has bounded how deep this goes. */
static bool number_of(const cJSON *tree, const cJSON *item, size_t *number)
{
    if (tree == item) {
        return true;
    }
    (*number)++;
    for (const cJSON *child = tree->child; child != NULL; child = child->next) {
        if (number_of(child, item, number)) {
            return true;
        }
    }
    return false;
}

/* Says what is wrong with item, and where; always false. */
__attribute__((format(printf, 3, 4))) static bool complain(struct reading *r, const cJSON *item,
                                                           const char *format, ...)
{
    size_t number = 0, line = 1, column = 1;
    va_list args;
    int n = 0;

    (void)number_of(r->root, item, &number);
    (void)json_place(r->bytes, r->n, number, &line, &column);
    n = snprintf(r->error, r->error_size, "line %zu: ", line);
    if (n > 0 && (size_t)n < r->error_size) {
        va_start(args, format);
        (void)vsnprintf(r->error + n, r->error_size - (size_t)n, format, args);
        va_end(args);
    }
    return false;
}

static bool read_number(struct reading *r, const struct field *f, const char *name,
                        const cJSON *item, void *base)
{
    int64_t low = 0, high = 0;
    double value = item->valuedouble;

    field_bounds(f, &low, &high);
    if (!cJSON_IsNumber(item)) {
        return complain(r, item, "\"%s\" must be a number", name);
    }
    /* Written so that NaN and infinity fail too; only then is the cast defined. */
    if (!(value >= (double)low && value <= (double)high) || (double)(int64_t)value != value) {
        return complain(r, item, "\"%s\" must be a whole number from %lld to %lld", name,
                        (long long)low, (long long)high);
    }
    field_set(f, base, (int64_t)value);
    return true;
}

static bool read_enum(struct reading *r, const struct field *f, const char *name, const cJSON *item,
                      void *base)
{
    size_t value = cJSON_IsString(item) ? id_find(f->ids, item->valuestring) : f->ids->n;

    if (value == f->ids->n) {
        return complain(r, item, "\"%s\" has a word that we do not know", name);
    }
    field_set(f, base, (int64_t)value);
    return true;
}

static bool read_changes(struct reading *r, const struct field *f, const char *name,
                         const cJSON *item, void *base)
{
    unsigned changes = 0;
    const cJSON *word = NULL;

    if (!cJSON_IsArray(item)) {
        return complain(r, item, "\"%s\" must be a list", name);
    }
    cJSON_ArrayForEach(word, item)
    {
        unsigned c = 0;

        while (cJSON_IsString(word) && c < CHANGE_COUNT &&
               strcmp(change_id(c), word->valuestring) != 0) {
            c++;
        }
        if (!cJSON_IsString(word) || c == CHANGE_COUNT) {
            return complain(r, word, "\"%s\" has a word that we do not know", name);
        }
        changes |= 1u << c;
    }
    field_set(f, base, changes);
    return true;
}

static bool read_offer_list(struct reading *r, enum offer_list which, const cJSON *item,
                            uint32_t *mask)
{
    const cJSON *word = NULL;

    if (!cJSON_IsArray(item)) {
        return complain(r, item, "\"%s\" must be a list", offer_list_name(which));
    }
    cJSON_ArrayForEach(word, item)
    {
        enum offer o = cJSON_IsString(word) ? offer_find(which, word->valuestring) : OFFER_COUNT;

        if (o == OFFER_COUNT) {
            return complain(r, word, "\"%s\" has a word that we do not know",
                            offer_list_name(which));
        }
        *mask |= offer_bit(o);
    }
    return true;
}

static bool read_offers(struct reading *r, const char *name, const cJSON *item, uint32_t *masks)
{
    if (!cJSON_IsObject(item)) {
        return complain(r, item, "\"%s\" must be an object", name);
    }
    for (unsigned l = 0; l < OFFER_LIST_COUNT; l++) {
        const cJSON *list = cJSON_GetObjectItemCaseSensitive(item, offer_list_name(l));

        if (list != NULL && !read_offer_list(r, l, list, &masks[l])) {
            return false;
        }
    }
    return true;
}

static bool read_answers(struct reading *r, const char *name, const cJSON *item, int *answers)
{
    if (!cJSON_IsObject(item)) {
        return complain(r, item, "\"%s\" must be an object", name);
    }
    for (unsigned q = 0; q < QUESTION_COUNT; q++) {
        const struct question_row *row = question_row(q);
        const cJSON *word = cJSON_GetObjectItemCaseSensitive(item, row->id);

        for (int c = 0; cJSON_IsString(word) && c < QUESTION_MAX_CHOICES; c++) {
            if (row->choice_ids[c] != NULL && strcmp(row->choice_ids[c], word->valuestring) == 0) {
                answers[q] = c + 1;
            }
        }
        if (word != NULL && answers[q] == ANSWER_NONE) {
            return complain(r, word, "\"%s\" has an answer that we do not know", row->id);
        }
    }
    return true;
}

static bool read_hex(struct reading *r, const struct field *f, const char *name, const cJSON *item,
                     void *base)
{
    uint8_t *bytes = (uint8_t *)base + f->offset;
    const char *text = cJSON_IsString(item) ? item->valuestring : "?";
    size_t digits = strspn(text, "0123456789abcdef");

    if (text[digits] != '\0' || digits % 2 != 0 || digits / 2 > f->max) {
        return complain(r, item, "\"%s\" must be at most %zu bytes in hex", name, f->max);
    }
    for (size_t i = 0; i < digits / 2; i++) {
        char two[] = {text[2 * i], text[2 * i + 1], '\0'};

        bytes[i] = (uint8_t)strtoul(two, NULL, 16);
    }
    field_set_count(f, base, digits / 2);
    return true;
}

static bool read_blob(struct reading *r, const struct field *f, const char *name, const cJSON *item,
                      struct blob *b)
{
    size_t max = f->most_bytes != 0 ? f->most_bytes : BLOB_MAX_BYTES;

    if (!cJSON_IsString(item) || !base64_decode(item->valuestring, &b->data, &b->len)) {
        return complain(r, item, "\"%s\" must be base64", name);
    }
    if (b->len == 0 && !r->is_redacted) {
        return complain(r, item, "\"%s\" is empty", name);
    }
    if (b->len > max) {
        return complain(r, item, "\"%s\" must have at most %zu bytes", name, max);
    }
    return true;
}

static bool read_array(struct reading *r, const struct field *f, const char *name,
                       const cJSON *item, void *base)
{
    const struct field *first = &f->shape->fields[0];
    const cJSON *element = NULL;
    size_t n = 0;

    if (!cJSON_IsArray(item)) {
        return complain(r, item, "\"%s\" must be a list", name);
    }
    cJSON_ArrayForEach(element, item)
    {
        void *at = (char *)base + f->offset + n * f->size;

        if (n == f->max) {
            return complain(r, element, "\"%s\" has more than %zu rows", name, f->max);
        }
        /* Counted first: what a row owns is then freed with the evidence, even half read. */
        field_set_count(f, base, ++n);
        if (first->name == NULL ? !read_field(r, first, name, element, at)
                                : !read_shape(r, f->shape, element, at)) {
            return false;
        }
    }
    return true;
}

static bool read_text(struct reading *r, const struct field *f, const char *name, const cJSON *item,
                      char *at)
{
    if (!cJSON_IsString(item)) {
        return complain(r, item, "\"%s\" must be a text", name);
    }
    (void)text_clean_str(at, f->size, item->valuestring);
    return true;
}

static bool read_bool(struct reading *r, const struct field *f, const char *name, const cJSON *item,
                      void *base)
{
    bool value = cJSON_IsTrue(item) != 0;

    if (!cJSON_IsBool(item)) {
        return complain(r, item, "\"%s\" must be true or false", name);
    }
    memcpy((char *)base + f->offset, &value, sizeof value);
    return true;
}

static bool read_field(struct reading *r, const struct field *f, const char *name,
                       const cJSON *item, void *base)
{
    void *at = (char *)base + f->offset;

    switch (f->kind) {
    case FIELD_TEXT:
        return read_text(r, f, name, item, at);
    case FIELD_BOOL:
        return read_bool(r, f, name, item, base);
    case FIELD_UNSIGNED:
    case FIELD_SIGNED:
        return read_number(r, f, name, item, base);
    case FIELD_ENUM:
        return read_enum(r, f, name, item, base);
    case FIELD_CHANGES:
        return read_changes(r, f, name, item, base);
    case FIELD_OFFERS:
        return read_offers(r, name, item, at);
    case FIELD_ANSWERS:
        return read_answers(r, name, item, at);
    case FIELD_HEX:
        return read_hex(r, f, name, item, base);
    case FIELD_BLOB:
        return read_blob(r, f, name, item, at);
    case FIELD_OBJECT:
        return read_shape(r, f->shape, item, at);
    case FIELD_ARRAY:
        return read_array(r, f, name, item, base);
    }
    return false;
}

/* An object that a file leaves out has the members that an empty one would have. */
static void fall_back(const struct shape *shape, void *base)
{
    for (size_t i = 0; i < shape->n; i++) {
        const struct field *f = &shape->fields[i];

        if (f->kind == FIELD_OBJECT) {
            fall_back(f->shape, (char *)base + f->offset);
        } else if (f->fallback != 0) {
            field_set(f, base, f->fallback);
        }
    }
}

static bool read_shape(struct reading *r, const struct shape *shape, const cJSON *item, void *base)
{
    if (!cJSON_IsObject(item)) {
        return complain(r, item, "an object { } must stand here");
    }
    for (size_t i = 0; i < shape->n; i++) {
        const struct field *f = &shape->fields[i];
        const cJSON *member = cJSON_GetObjectItemCaseSensitive(item, f->name);

        bool is_none = cJSON_IsNull(member) && f->fallback != 0; /* as the writer says "none" */

        if (member != NULL && !is_none) {
            if (!read_field(r, f, f->name, member, base)) {
                return false;
            }
        } else if (f->required) {
            return complain(r, item, "\"%s\" is missing", f->name);
        } else if (f->kind == FIELD_OBJECT) {
            fall_back(f->shape, (char *)base + f->offset);
        } else if (f->fallback != 0) {
            field_set(f, base, f->fallback);
        }
    }
    return true;
}

/* ---- what no single member can tell ----------------------------------------------------- */

static const cJSON *row_of(const struct reading *r, const char *list, size_t i)
{
    return cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(r->root, list), (int)i);
}

static bool check_probe(struct reading *r, const struct evidence *ev, size_t i)
{
    const struct probe *p = &ev->probes[i];

    for (size_t k = 0; k < p->outcome.n_chain; k++) {
        if ((size_t)p->outcome.chain[k] >= ev->n_certificates) {
            return complain(r, row_of(r, "probes", i),
                            "\"chain\" names a certificate that is not here");
        }
    }
    if (p->outcome.staple >= (int)ev->n_statements) {
        return complain(r, row_of(r, "probes", i), "\"staple\" names a statement that is not here");
    }
    if (p->outcome.request >= (int)ev->n_requests) {
        return complain(r, row_of(r, "probes", i), "\"request\" names one that is not here");
    }
    for (size_t k = 0; k < p->n_events; k++) {
        if (p->events[k].kind == EVENT_END && p->events[k].number >= BREAK_COUNT) {
            return complain(r, row_of(r, "probes", i), "an end that we do not know");
        }
    }
    return true;
}

static bool check_facts(struct reading *r, const struct evidence *ev)
{
    const cJSON *facts = cJSON_GetObjectItemCaseSensitive(r->root, "facts");
    const struct facts *f = &ev->facts;

    if (f->anchors_for > ev->n_certificates || f->stores_for > ev->n_certificates) {
        return complain(r, facts,
                        "\"anchors_for\" or \"stores_for\" is more than there are certificates");
    }
    for (size_t i = 0; i < f->n_stores; i++) {
        for (size_t k = 0; k < f->stores[i].n_anchors; k++) {
            if (f->stores[i].anchors[k].root >= f->n_roots) {
                return complain(r, facts, "\"root\" names one that is not here");
            }
        }
    }
    return true;
}

static bool check_whole(struct reading *r, const struct evidence *ev)
{
    const cJSON *target = cJSON_GetObjectItemCaseSensitive(r->root, "target");
    int family = ev->target.family;

    if (ev->case_code[0] != '\0' && !case_code_is_valid(ev->case_code)) {
        return complain(r, cJSON_GetObjectItemCaseSensitive(r->root, "case"),
                        "\"case\" is no case code: a letter may be wrong");
    }
    if (family != 0 && family != 4 && family != 6) {
        return complain(r, target, "\"family\" must be 4 or 6");
    }
    if (!check_facts(r, ev)) {
        return false;
    }
    for (size_t i = 0; i < ev->n_fetches; i++) {
        if (ev->fetches[i].certificate >= (int)ev->n_certificates) {
            return complain(r, row_of(r, "fetches", i),
                            "\"certificate\" names one that is not here");
        }
        if (ev->fetches[i].statement >= (int)ev->n_statements) {
            return complain(r, row_of(r, "fetches", i), "\"statement\" names one that is not here");
        }
    }
    for (size_t i = 0; i < ev->n_probes; i++) {
        if (!check_probe(r, ev, i)) {
            return false;
        }
    }
    return true;
}

static bool check_kept_proof(struct reading *r, const struct evidence *ev, const char *list,
                             const struct kept_cause *causes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (causes[i].proof.baseline >= (int)ev->n_probes ||
            causes[i].proof.experiment >= (int)ev->n_probes) {
            return complain(r, row_of(r, list, i), "\"proof\" names a probe that is not here");
        }
    }
    return true;
}

/* What was found is all that such a case still has. */
static bool read_kept(struct reading *r, struct evidence *ev)
{
    if (!ev->redacted) {
        return true;
    }
    ev->kept = calloc(1, sizeof *ev->kept);
    return ev->kept != NULL && read_shape(r, &kept_shape, r->root, ev->kept) &&
           check_kept_proof(r, ev, "verdict", ev->kept->verdict, ev->kept->n_verdict) &&
           check_kept_proof(r, ev, "notes", ev->kept->notes, ev->kept->n_notes);
}

static bool check_schema(struct reading *r)
{
    const cJSON *schema = cJSON_GetObjectItemCaseSensitive(r->root, "schema");

    if (!cJSON_IsObject(r->root) || !cJSON_IsString(schema)) {
        return complain(r, r->root, "this is no whytls case: it has no \"schema\"");
    }
    if (strcmp(schema->valuestring, CASE_SCHEMA) != 0) {
        return complain(r, schema,
                        "\"schema\" is not \"" CASE_SCHEMA "\": no case, or a newer one");
    }
    return true;
}

struct evidence *case_from_json(const char *bytes, size_t n, char *error, size_t error_size)
{
    struct reading r = {.bytes = bytes, .n = n, .error = error, .error_size = error_size};
    struct json_fault fault = {0};
    struct evidence *ev = NULL;
    cJSON *root = NULL;

    if (error_size > 0) {
        error[0] = '\0';
    }
    if (n > CASE_MAX_BYTES) {
        (void)snprintf(error, error_size, "the file is larger than %d bytes", CASE_MAX_BYTES);
        return NULL;
    }
    if (!json_check(bytes, n, &fault)) {
        (void)snprintf(error, error_size, "line %zu: %s", fault.line, fault.what);
        return NULL;
    }
    root = cJSON_ParseWithLength(bytes, n);
    ev = evidence_new();
    r.root = root;
    r.is_redacted = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(root, "redacted")) != 0;
    if (root == NULL || ev == NULL) {
        (void)snprintf(error, error_size, "no memory is left");
    } else if (check_schema(&r) && read_shape(&r, &case_shape, root, ev) && check_whole(&r, ev) &&
               read_kept(&r, ev)) {
        goto out;
    }
    evidence_free(ev);
    ev = NULL;
out:
    cJSON_Delete(root);
    return ev;
}
