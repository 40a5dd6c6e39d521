/*
 * settings_equal.c - when two tries had the same settings: a probe is found again by them. Asks the
 * rows of the case file, so that a setting that is kept can't be forgotten here. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "case_fields.h"
#include "whytls/settings.h"

/* What lies between the members, and behind the NUL of a text, is no setting. */
static bool is_same(const struct field *f, const struct settings *a, const struct settings *b)
{
    const char *at_a = (const char *)a + f->offset, *at_b = (const char *)b + f->offset;

    switch (f->kind) {
    case FIELD_TEXT:
        return strcmp(at_a, at_b) == 0;
    case FIELD_BOOL:
    case FIELD_UNSIGNED:
    case FIELD_SIGNED:
    case FIELD_ENUM:
        return field_get(f, a) == field_get(f, b);
    case FIELD_CHANGES:
    case FIELD_OFFERS:
    case FIELD_ANSWERS:
        return memcmp(at_a, at_b, f->size) == 0;
    case FIELD_HEX:
    case FIELD_BLOB:
    case FIELD_OBJECT:
    case FIELD_ARRAY:
        break; /* no setting is one; it would equal nothing, and every test of a pair would fail */
    }
    return false;
}

bool settings_equal(const struct settings *a, const struct settings *b)
{
    for (size_t i = 0; i < settings_shape.n; i++) {
        const struct field *f = &settings_shape.fields[i];
        bool is_unsaid = f->is_newer && (field_is_fallback(f, a) || field_is_fallback(f, b));

        if (!is_unsaid && !is_same(f, a, b)) {
            return false;
        }
    }
    return true;
}
