/*
 * data.h - the data files that are compiled in (src/data/*.json); $WHYTLS_DATADIR replaces them.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_DATA_H
#define WHYTLS_DATA_H

#include <stdbool.h>
#include <stddef.h>

struct data_file {
    const char *name;  /* "issuers.json"; NULL ends the table */
    const char *bytes; /* NUL-terminated */
    size_t len;
};
extern const struct data_file data_files[];

/* The compiled-in file; NULL where there is none of this name. */
const struct data_file *data_find(const char *name);

/* What kind of issuer a name belongs to (src/data/issuers.json). */
enum issuer_kind {
    ISSUER_NONE,
    ISSUER_FILTER,    /* a company's or school's filter */
    ISSUER_ANTIVIRUS, /* a security program on this computer */
    ISSUER_DEVELOPER, /* a tool that developers put in between */
    ISSUER_UNWANTED,  /* a program known to do harm */
    ISSUER_DEFAULT,   /* a placeholder certificate that a server makes for itself */
    ISSUER_CDN_ORIGIN, /* signs for a CDN's inside only */
};

struct issuer {
    enum issuer_kind kind;
    char product[64];
};

/*
 * Looks a certificate's organisation and common name up; false where no row matches. The table is
 * read once by issuers_load (a broken replacement file leaves the compiled-in one; error says why).
 */
bool issuers_load(const char *replacement_path, char *error, size_t error_size);
bool issuer_find(const char *organisation, const char *common_name, struct issuer *found);
size_t issuers_count(void);

#endif
