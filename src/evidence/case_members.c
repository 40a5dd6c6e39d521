/*
 * case_members.c - reads and writes a member of any size where a row of case_fields.c says that it
 * lies, and knows what a file without it means. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#include "case_fields.h"

#include <string.h>

void field_bounds(const struct field *f, int64_t *low, int64_t *high)
{
    bool is_signed = f->kind == FIELD_SIGNED;

    *low = f->low;
    *high = f->high;
    if (f->low == 0 && f->high == 0) {
        *high = f->size > 6 ? FIELD_INTEGER_MAX
                            : (INT64_C(1) << (8 * f->size - (is_signed ? 1 : 0))) - 1;
        *low = !is_signed ? 0 : f->size > 6 ? -FIELD_INTEGER_MAX : -*high - 1;
    }
}

int64_t field_get(const struct field *f, const void *base)
{
    const char *at = (const char *)base + f->offset;
    bool is_signed = f->kind == FIELD_SIGNED;
    uint64_t wide = 0;
    uint32_t four = 0;
    uint16_t two = 0;
    uint8_t one = 0;

    switch (f->size) {
    case 1:
        memcpy(&one, at, 1);
        return is_signed ? (int64_t)(int8_t)one : (int64_t)one;
    case 2:
        memcpy(&two, at, 2);
        return is_signed ? (int64_t)(int16_t)two : (int64_t)two;
    case 4:
        memcpy(&four, at, 4);
        return is_signed ? (int64_t)(int32_t)four : (int64_t)four;
    default:
        memcpy(&wide, at, 8);
        return !is_signed && wide > INT64_MAX ? INT64_MAX : (int64_t)wide;
    }
}

void field_set(const struct field *f, void *base, int64_t value)
{
    char *at = (char *)base + f->offset;
    uint64_t wide = (uint64_t)value;
    uint32_t four = (uint32_t)wide;
    uint16_t two = (uint16_t)wide;
    uint8_t one = (uint8_t)wide;

    switch (f->size) {
    case 1:
        memcpy(at, &one, 1);
        break;
    case 2:
        memcpy(at, &two, 2);
        break;
    case 4:
        memcpy(at, &four, 4);
        break;
    default:
        memcpy(at, &wide, 8);
        break;
    }
}

size_t field_count(const struct field *f, const void *base)
{
    size_t count = 0;

    memcpy(&count, (const char *)base + f->count_offset, sizeof count);
    return count;
}

void field_set_count(const struct field *f, void *base, size_t count)
{
    memcpy((char *)base + f->count_offset, &count, sizeof count);
}

static bool is_all_zero(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

bool field_is_fallback(const struct field *f, const void *base)
{
    const char *at = (const char *)base + f->offset;

    switch (f->kind) {
    case FIELD_TEXT:
        return *at == '\0';
    case FIELD_BOOL:
    case FIELD_UNSIGNED:
    case FIELD_SIGNED:
    case FIELD_ENUM:
        return field_get(f, base) == f->fallback;
    case FIELD_HEX:
    case FIELD_ARRAY:
        return field_count(f, base) == 0;
    case FIELD_CHANGES:
    case FIELD_OFFERS:
    case FIELD_ANSWERS:
        return is_all_zero(at, f->size);
    case FIELD_BLOB:
    case FIELD_OBJECT:
        break;
    }
    return false;
}
