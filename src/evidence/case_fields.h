/*
 * case_fields.h - the case file's members, told once, for the writer and the reader alike: each
 * field says its name, where it lies in its struct, and its bounds. Inside src/evidence.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EVIDENCE_CASE_FIELDS_H
#define WHYTLS_EVIDENCE_CASE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "names.h"

#define CASE_SCHEMA "whytls.case/1"

enum field_kind {
    FIELD_TEXT,     /* char[size] */
    FIELD_BOOL,     /* bool */
    FIELD_UNSIGNED, /* an unsigned integer of size bytes */
    FIELD_SIGNED,   /* a signed one */
    FIELD_ENUM,     /* an enum: its id */
    FIELD_CHANGES,  /* unsigned: a list of ids of changes */
    FIELD_OFFERS,   /* uint32_t[OFFER_LIST_COUNT]: lists of names */
    FIELD_ANSWERS,  /* int[QUESTION_COUNT]: ids of choices by ids of questions */
    FIELD_HEX,      /* uint8_t[size] with a count: hex digits */
    FIELD_BLOB,     /* struct blob: base64 */
    FIELD_OBJECT,   /* a struct at offset */
    FIELD_ARRAY,    /* max elements of size bytes with a count */
};

/* What becomes of a member where names are hidden. */
enum field_redaction {
    FIELD_COVERED,  /* a text from outside */
    FIELD_AS_IS,    /* an id of ours */
    FIELD_LEFT_OUT, /* it leads to the names, and can't be redacted */
};

struct shape;

struct field {
    const char *name; /* NULL: the elements of an array, which have none */
    enum field_kind kind;
    enum field_redaction redaction; /* FIELD_TEXT */
    bool sparse;                    /* left out of the file where the member has its fallback */
    bool required;                  /* the reader refuses a file without it */
    bool is_newer; /* of settings: older files do not say it, so its fallback equals all */
    size_t offset;
    size_t size;
    size_t max;          /* FIELD_ARRAY, FIELD_HEX: how many there can be */
    size_t most_bytes;   /* FIELD_BLOB: how long it can be; 0: as a certificate */
    size_t count_offset; /* the size_t that counts them */
    int64_t low, high;   /* integers; both 0: all that the type holds */
    int64_t fallback;    /* integers: what a file without the member means */
    const struct id_list *ids;
    const struct shape *shape;
};

struct shape {
    const struct field *fields;
    size_t n;
};

/*
 * Fifteen digits: numbers are doubles in JSON, and cJSON prints no more than that (measured on
 * 1.7.15: 2^53 comes back as 2^53 - 2).
 */
#define FIELD_INTEGER_MAX INT64_C(999999999999999)

/* struct settings: what a client decides before it connects. */
extern const struct shape settings_shape;
/* The root: struct evidence. */
extern const struct shape case_shape;
/* struct kept, whose members stand in the root too. */
extern const struct shape kept_shape;

/* The bounds of an integer. */
void field_bounds(const struct field *f, int64_t *low, int64_t *high);
/* An integer member, an enum or a bool of the struct at base, whatever its size. */
int64_t field_get(const struct field *f, const void *base);
void field_set(const struct field *f, void *base, int64_t value);
size_t field_count(const struct field *f, const void *base);
void field_set_count(const struct field *f, void *base, size_t count);
/* True where the member has the value that a file without it means. */
bool field_is_fallback(const struct field *f, const void *base);

#endif
