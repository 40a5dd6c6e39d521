/*
 * case_value.c - the members of a case file by the tables of case_fields.c: every text cleaned,
 * every number within its bounds. A complaint names the line and a member of ours, never bytes of
 * the file. Uses cJSON. Fuzzed by fuzz_case.
 * SPDX-License-Identifier: MIT
 */
#include "case_reader.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "whytls/ascii.h"
#include "whytls/base64.h"
#include "whytls/json.h"
#include "whytls/text.h"
#include "whytls/message.h"

enum { BLOB_MAX_BYTES = 64 * 1024 };

static bool read_field(struct case_reader *r, const struct field *f, const char *name,
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

enum { COMPLAINT_SIZE = 512 };

bool case_complain(struct case_reader *r, const cJSON *item, const char *format, ...)
{
    size_t number = 0, line = 1, column = 1;
    char said[COMPLAINT_SIZE];
    va_list args;

    (void)number_of(r->root, item, &number);
    (void)json_place(r->bytes, r->n, number, &line, &column);
    va_start(args, format);
    (void)vsnprintf(said, sizeof said, format, args);
    va_end(args);
    text_printf(r->error, r->error_size, message("line %zu: %s"), line, said);
    return false;
}

static bool read_number(struct case_reader *r, const struct field *f, const char *name,
                        const cJSON *item, void *base)
{
    int64_t low = 0, high = 0;
    double value = item->valuedouble;

    field_bounds(f, &low, &high);
    if (!cJSON_IsNumber(item)) {
        return case_complain(r, item, message("\"%s\" must be a number"), name);
    }
    /* Written so that NaN and infinity fail too; only then is the cast defined. */
    if (!(value >= (double)low && value <= (double)high) || (double)(int64_t)value != value) {
        return case_complain(r, item, message("\"%s\" must be a whole number from %lld to %lld"),
                             name, (long long)low, (long long)high);
    }
    field_set(f, base, (int64_t)value);
    return true;
}

static bool read_enum(struct case_reader *r, const struct field *f, const char *name,
                      const cJSON *item, void *base)
{
    size_t value = cJSON_IsString(item) ? id_find(f->ids, item->valuestring) : f->ids->n;

    if (value == f->ids->n) {
        return case_complain(r, item, message("\"%s\" has a word that we do not know"), name);
    }
    field_set(f, base, (int64_t)value);
    return true;
}

static bool read_changes(struct case_reader *r, const struct field *f, const char *name,
                         const cJSON *item, void *base)
{
    unsigned changes = 0;
    const cJSON *word = NULL;

    if (!cJSON_IsArray(item)) {
        return case_complain(r, item, message("\"%s\" must be a list"), name);
    }
    cJSON_ArrayForEach(word, item)
    {
        unsigned c = 0;

        while (cJSON_IsString(word) && c < CHANGE_COUNT &&
               strcmp(change_id(c), word->valuestring) != 0) {
            c++;
        }
        if (!cJSON_IsString(word) || c == CHANGE_COUNT) {
            return case_complain(r, word, message("\"%s\" has a word that we do not know"), name);
        }
        changes |= 1u << c;
    }
    field_set(f, base, changes);
    return true;
}

static bool read_offer_list(struct case_reader *r, enum offer_list which, const cJSON *item,
                            uint32_t *mask)
{
    const cJSON *word = NULL;

    if (!cJSON_IsArray(item)) {
        return case_complain(r, item, message("\"%s\" must be a list"), offer_list_name(which));
    }
    cJSON_ArrayForEach(word, item)
    {
        enum offer o = cJSON_IsString(word) ? offer_find(which, word->valuestring) : OFFER_COUNT;

        if (o == OFFER_COUNT) {
            return case_complain(r, word, message("\"%s\" has a word that we do not know"),
                                 offer_list_name(which));
        }
        *mask |= offer_bit(o);
    }
    return true;
}

static bool read_offers(struct case_reader *r, const char *name, const cJSON *item, uint32_t *masks)
{
    if (!cJSON_IsObject(item)) {
        return case_complain(r, item, message("\"%s\" must be an object"), name);
    }
    for (unsigned l = 0; l < OFFER_LIST_COUNT; l++) {
        const cJSON *list = cJSON_GetObjectItemCaseSensitive(item, offer_list_name(l));

        if (list != NULL && !read_offer_list(r, l, list, &masks[l])) {
            return false;
        }
    }
    return true;
}

static bool read_answers(struct case_reader *r, const char *name, const cJSON *item, int *answers)
{
    if (!cJSON_IsObject(item)) {
        return case_complain(r, item, message("\"%s\" must be an object"), name);
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
            return case_complain(r, word, message("\"%s\" has an answer that we do not know"),
                                 row->id);
        }
    }
    return true;
}

static bool read_hex(struct case_reader *r, const struct field *f, const char *name,
                     const cJSON *item, void *base)
{
    uint8_t *bytes = (uint8_t *)base + f->offset;
    const char *text = cJSON_IsString(item) ? item->valuestring : "?";
    size_t digits = strspn(text, "0123456789abcdef");

    if (text[digits] != '\0' || digits % 2 != 0 || digits / 2 > f->max) {
        return case_complain(r, item, message("\"%s\" must be at most %zu bytes in hex"), name,
                             f->max);
    }
    for (size_t i = 0; i < digits / 2; i++) {
        bytes[i] = (uint8_t)(ascii_hex_value(text[2 * i]) * 16 + ascii_hex_value(text[2 * i + 1]));
    }
    field_set_count(f, base, digits / 2);
    return true;
}

static bool read_blob(struct case_reader *r, const struct field *f, const char *name,
                      const cJSON *item, struct blob *b)
{
    size_t max = f->most_bytes != 0 ? f->most_bytes : BLOB_MAX_BYTES;

    if (cJSON_IsString(item) && !base64_decode(item->valuestring, &b->data, &b->len) &&
        errno == ENOMEM) {
        r->no_memory = true;
        return false;
    }
    if (b->data == NULL) {
        return case_complain(r, item, message("\"%s\" must be base64"), name);
    }
    if (b->len == 0 && !r->is_redacted) {
        return case_complain(r, item, message("\"%s\" is empty"), name);
    }
    if (b->len > max) {
        return case_complain(r, item, message("\"%s\" must have at most %zu bytes"), name, max);
    }
    return true;
}

static bool read_array(struct case_reader *r, const struct field *f, const char *name,
                       const cJSON *item, void *base)
{
    const struct field *first = &f->shape->fields[0];
    const cJSON *element = NULL;
    size_t n = 0;

    if (!cJSON_IsArray(item)) {
        return case_complain(r, item, message("\"%s\" must be a list"), name);
    }
    cJSON_ArrayForEach(element, item)
    {
        void *at = (char *)base + f->offset + n * f->size;

        if (n == f->max) {
            return case_complain(r, element, message("\"%s\" has more than %zu rows"), name,
                                 f->max);
        }
        /* Counted first: what a row owns is then freed with the evidence, even half read. */
        field_set_count(f, base, ++n);
        if (first->name == NULL ? !read_field(r, first, name, element, at)
                                : !case_read_shape(r, f->shape, element, at)) {
            return false;
        }
    }
    return true;
}

static bool read_text(struct case_reader *r, const struct field *f, const char *name,
                      const cJSON *item, char *at)
{
    if (!cJSON_IsString(item)) {
        return case_complain(r, item, message("\"%s\" must be a text"), name);
    }
    if (!text_clean_str(at, f->size, item->valuestring)) {
        return case_complain(r, item, message("\"%s\" must have at most %zu bytes"), name,
                             f->size - 1);
    }
    return true;
}

static bool read_bool(struct case_reader *r, const struct field *f, const char *name,
                      const cJSON *item, void *base)
{
    bool value = cJSON_IsTrue(item) != 0;

    if (!cJSON_IsBool(item)) {
        return case_complain(r, item, message("\"%s\" must be true or false"), name);
    }
    memcpy((char *)base + f->offset, &value, sizeof value);
    return true;
}

static bool read_field(struct case_reader *r, const struct field *f, const char *name,
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
        return case_read_shape(r, f->shape, item, at);
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

bool case_read_shape(struct case_reader *r, const struct shape *shape, const cJSON *item,
                     void *base)
{
    if (!cJSON_IsObject(item)) {
        return case_complain(r, item, message("an object { } must stand here"));
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
            return case_complain(r, item, message("\"%s\" is missing"), f->name);
        } else if (f->kind == FIELD_OBJECT) {
            fall_back(f->shape, (char *)base + f->offset);
        } else if (f->fallback != 0) {
            field_set(f, base, f->fallback);
        }
    }
    return true;
}
