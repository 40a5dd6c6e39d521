/*
 * data.h - the files that are compiled in: src/data and themes, the .json files; $WHYTLS_DATADIR
 * replaces them.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_DATA_H
#define WHYTLS_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "whytls/evidence.h"
#include "whytls/json_doc.h"

struct data_file {
    const char *name;  /* "issuers.json"; NULL ends the table */
    const char *bytes; /* NUL-terminated */
    size_t len;
};
extern const struct data_file data_files[];
extern const struct data_file catalogue_files[]; /* po/: "de.mo", for message.h */
extern const struct data_file theme_files[];     /* themes/, for theme.h */

/* The compiled-in file; NULL where there is none of this name. */
const struct data_file *data_find(const char *name);

/* The table of known issuers (src/data/issuers.json), read once by whoever starts a case. */
struct issuer_table;
/*
 * From $directory/issuers.json where directory is not NULL and the file is sound, else the one that
 * is compiled in; error says what was wrong with a replacement. NULL: no memory.
 * Free with issuer_table_free.
 */
struct issuer_table *issuer_table_read(const char *directory, char *error, size_t error_size);
void issuer_table_free(struct issuer_table *t);
/* Looks an issuer's organisation and common name up; kind ISSUER_NONE where no row matches. */
void issuer_table_find(const struct issuer_table *t, const char *organisation,
                       const char *common_name, struct issuer *found);

/* The table of dated rules (src/data/rules.json), read once by whoever makes requests. */
struct rule_table;
/*
 * From the first of the folders that has a sound rules.json (NULL ends the list; NULL: none), else
 * the one that is compiled in. What is wrong with a replacement is in the report, with file, line
 * and column. NULL: no memory. Free with rule_table_free.
 */
struct rule_table *rule_table_read(const char *const *folders, struct json_report *report);
void rule_table_free(struct rule_table *t);
size_t rule_table_size(const struct rule_table *t); /* NULL: 0 */
const struct dated_rule *rule_table_at(const struct rule_table *t, size_t i);

#endif
