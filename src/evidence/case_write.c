/*
 * case_write.c - evidence as a JSON object, by the tables of case_fields.c. Uses cJSON.
 * A NULL on the way means that memory is gone; then all that was built is dropped.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/case.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

#include "whytls/base64.h"
#include "case_fields.h"
#include "build_info.h"

static cJSON *write_shape(const struct shape *shape, const void *base,
                          const struct redaction *redaction);
static cJSON *write_field(const struct field *f, const void *base,
                          const struct redaction *redaction);

/* Moves item into the array or, with a name, the object; false (and item is gone) if it can't. */
static bool add(cJSON *to, const char *name, cJSON *item)
{
    bool added = name != NULL ? cJSON_AddItemToObject(to, name, item) != 0
                              : cJSON_AddItemToArray(to, item) != 0;

    if (!added) {
        cJSON_Delete(item);
    }
    return added;
}

static cJSON *write_number(const struct field *f, const void *base)
{
    int64_t value = field_get(f, base);

    if (value > FIELD_INTEGER_MAX) {
        value = FIELD_INTEGER_MAX;
    } else if (value < -FIELD_INTEGER_MAX) {
        value = -FIELD_INTEGER_MAX;
    }
    return cJSON_CreateNumber((double)value);
}

static cJSON *write_changes(unsigned changes)
{
    cJSON *list = cJSON_CreateArray();

    for (unsigned c = 0; list != NULL && c < CHANGE_COUNT; c++) {
        if ((changes & (1u << c)) != 0 && !add(list, NULL, cJSON_CreateString(change_id(c)))) {
            cJSON_Delete(list);
            return NULL;
        }
    }
    return list;
}

static cJSON *write_offer_list(enum offer_list which, uint32_t mask)
{
    cJSON *list = cJSON_CreateArray();

    for (unsigned o = 0; list != NULL && o < OFFER_COUNT; o++) {
        if (offer_row(o)->list == which && (mask & offer_bit(o)) != 0 &&
            !add(list, NULL, cJSON_CreateString(offer_row(o)->name))) {
            cJSON_Delete(list);
            return NULL;
        }
    }
    return list;
}

static cJSON *write_offers(const uint32_t *masks)
{
    cJSON *object = cJSON_CreateObject();

    for (unsigned l = 0; object != NULL && l < OFFER_LIST_COUNT; l++) {
        if (!add(object, offer_list_name(l), write_offer_list(l, masks[l]))) {
            cJSON_Delete(object);
            return NULL;
        }
    }
    return object;
}

static cJSON *write_answers(const int *answers)
{
    cJSON *object = cJSON_CreateObject();

    for (unsigned q = 0; object != NULL && q < QUESTION_COUNT; q++) {
        const struct question_row *row = question_row(q);
        const char *id = NULL;

        if (answers[q] >= 1 && answers[q] <= QUESTION_MAX_CHOICES) {
            id = row->choice_ids[answers[q] - 1];
        }
        if (id != NULL && !add(object, row->id, cJSON_CreateString(id))) {
            cJSON_Delete(object);
            return NULL;
        }
    }
    return object;
}

static cJSON *write_text(const struct field *f, const char *text, const struct redaction *redaction)
{
    struct buf b;
    bool is_left_out = f->redaction == FIELD_LEFT_OUT && redaction_empties_bytes(redaction);
    cJSON *item = NULL;

    if (f->redaction != FIELD_COVERED) {
        return cJSON_CreateString(is_left_out ? "" : text);
    }
    item = cJSON_CreateString(redaction_text(redaction, text, &b));
    buf_fini(&b);
    return item;
}

/* Content types, RFC 8446 5.1. Of TLS the first bytes are a header and random numbers; of all else,
 * words with names in them. */
static bool is_tls(const uint8_t *bytes)
{
    return bytes[0] >= 0x14 && bytes[0] <= 0x18;
}

static cJSON *write_hex(const struct field *f, const void *base, const struct redaction *redaction)
{
    const uint8_t *bytes = (const uint8_t *)base + f->offset;
    size_t n = field_count(f, base);
    struct buf text;
    cJSON *item = NULL;

    if (n > 0 && redaction_empties_bytes(redaction) && !is_tls(bytes)) {
        n = 0;
    }
    buf_init(&text, 2 * f->max);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&text, "%02x", (unsigned)bytes[i]);
    }
    if (!text.failed) {
        item = cJSON_CreateString(buf_text(&text));
    }
    buf_fini(&text);
    return item;
}

static cJSON *write_blob(const struct blob *b, const struct redaction *redaction)
{
    if (redaction_empties_bytes(redaction)) {
        return cJSON_CreateString("");
    }
    char *text = base64_encode(b->data, b->len);
    cJSON *item = text != NULL ? cJSON_CreateString(text) : NULL;

    free(text);
    return item;
}

static cJSON *write_array(const struct field *f, const void *base,
                          const struct redaction *redaction)
{
    const char *at = (const char *)base + f->offset;
    const struct field *first = &f->shape->fields[0];
    size_t n = field_count(f, base);
    cJSON *list = cJSON_CreateArray();

    for (size_t i = 0; list != NULL && i < n; i++) {
        const void *element = at + i * f->size;
        cJSON *item = first->name == NULL ? write_field(first, element, redaction)
                                          : write_shape(f->shape, element, redaction);

        if (!add(list, NULL, item)) {
            cJSON_Delete(list);
            return NULL;
        }
    }
    return list;
}

static cJSON *write_field(const struct field *f, const void *base,
                          const struct redaction *redaction)
{
    const void *at = (const char *)base + f->offset;

    switch (f->kind) {
    case FIELD_TEXT:
        return write_text(f, at, redaction);
    case FIELD_BOOL:
        return cJSON_CreateBool(field_get(f, base) != 0);
    case FIELD_UNSIGNED:
    case FIELD_SIGNED:
        return write_number(f, base);
    case FIELD_ENUM:
        return cJSON_CreateString(id_of(f->ids, (unsigned)field_get(f, base)));
    case FIELD_CHANGES:
        return write_changes((unsigned)field_get(f, base));
    case FIELD_OFFERS:
        return write_offers(at);
    case FIELD_ANSWERS:
        return write_answers(at);
    case FIELD_HEX:
        return write_hex(f, base, redaction);
    case FIELD_BLOB:
        return write_blob(at, redaction);
    case FIELD_OBJECT:
        return write_shape(f->shape, at, redaction);
    case FIELD_ARRAY:
        return write_array(f, base, redaction);
    }
    return NULL;
}

/* Adds the members of a shape to an object that is there. */
static bool write_members(cJSON *object, const struct shape *shape, const void *base,
                          const struct redaction *redaction)
{
    for (size_t i = 0; i < shape->n; i++) {
        const struct field *f = &shape->fields[i];

        if (f->sparse && field_is_fallback(f, base)) {
            continue;
        }
        if (!add(object, f->name, write_field(f, base, redaction))) {
            return false;
        }
    }
    return true;
}

static cJSON *write_shape(const struct shape *shape, const void *base,
                          const struct redaction *redaction)
{
    cJSON *object = cJSON_CreateObject();

    if (object != NULL && !write_members(object, shape, base, redaction)) {
        cJSON_Delete(object);
        return NULL;
    }
    return object;
}

static cJSON *write_tool(void)
{
    cJSON *tool = cJSON_CreateObject();

    if (tool != NULL && (!add(tool, "name", cJSON_CreateString("whytls")) ||
                         !add(tool, "version", cJSON_CreateString(WHYTLS_VERSION)))) {
        cJSON_Delete(tool);
        return NULL;
    }
    return tool;
}

/* Of a case that has lost its certificates the reader is told so. */
static bool mark_redacted(cJSON *root, const struct evidence *ev, const struct redaction *redaction)
{
    return !redaction_empties_bytes(redaction) || ev->redacted ||
           add(root, "redacted", cJSON_CreateTrue());
}

struct cJSON *case_to_json(const struct evidence *ev, const struct redaction *redaction)
{
    cJSON *root = cJSON_CreateObject();

    if (root != NULL &&
        (!add(root, "schema", cJSON_CreateString(CASE_SCHEMA)) ||
         !add(root, "tool", write_tool()) || !write_members(root, &case_shape, ev, redaction) ||
         !mark_redacted(root, ev, redaction))) {
        cJSON_Delete(root);
        return NULL;
    }
    return root;
}
