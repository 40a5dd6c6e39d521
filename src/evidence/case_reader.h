/*
 * case_reader.h - a case file while it is read. Inside src/evidence.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_EVIDENCE_CASE_READER_H
#define WHYTLS_EVIDENCE_CASE_READER_H

#include <cjson/cJSON.h>

#include "case_fields.h"
#include "whytls/evidence.h"

struct case_reader {
    const char *bytes;
    size_t n;
    const cJSON *root;
    bool is_redacted; /* certificates may be empty */
    bool no_memory;   /* what was complained of is not the file's fault */
    char *error;
    size_t error_size;
};

/* Says what is wrong with item, and where; always false. */
bool case_complain(struct case_reader *r, const cJSON *item, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- case_value.c ---- */

/* Reads this object into the struct at base. False: it complained. */
bool case_read_shape(struct case_reader *r, const struct shape *shape, const cJSON *item,
                     void *base);

/* ---- case_check.c ---- */

/* Do the parts fit together? False: it complained. */
bool case_check(struct case_reader *r, const struct evidence *ev);
/* The same for what is kept of a walk; ev->kept is there. */
bool case_check_kept(struct case_reader *r, const struct evidence *ev);

#endif
