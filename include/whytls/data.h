/*
 * data.h - the files that are compiled in: src/data and themes, the .json files; $WHYTLS_DATADIR
 * replaces them. SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_DATA_H
#define WHYTLS_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "whytls/evidence.h"

struct data_file {
    const char *name;  /* "issuers.json"; NULL ends the table */
    const char *bytes; /* NUL-terminated */
    size_t len;
};
extern const struct data_file data_files[];
extern const struct data_file theme_files[]; /* themes/, for theme.h */

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

#endif
