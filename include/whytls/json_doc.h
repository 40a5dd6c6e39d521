/*
 * json_doc.h - JSON that people write by hand (themes, the configuration): read strictly, and each
 * fault said with file, line and column, and with what was probably meant. Uses cJSON, base.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_JSON_DOC_H
#define WHYTLS_JSON_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "whytls/buf.h"
#include "whytls/file.h"

struct cJSON;

enum { JSON_REPORT_MAX = 16384, JSON_FAULT_SIZE = 320 };

/* What was found wrong, in one file or in several that belong together. */
struct json_report {
    size_t n_errors, n_warnings;
    bool no_memory; /* what was read may be sound: there was not enough memory for it */
    char first[JSON_FAULT_SIZE]; /* the first error; "": none */
    struct buf lines;            /* all, a clean line each; what does not fit is left out */
};

void json_report_init(struct json_report *r);
void json_report_fini(struct json_report *r);
/* A fault that has no place in a text: "there is no such file". Cleaned here. */
void json_report_error(struct json_report *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A file that could not be read: "night.json: Permission denied". */
void json_report_file(struct json_report *r, const char *path, const struct file_fault *fault);
/* Of something that has no file: there is not enough memory for it. */
void json_report_no_memory(struct json_report *r, const char *name);

struct json_doc {
    const char *name;  /* how messages call it: "night.json" */
    const char *bytes; /* as they were given; borrowed */
    size_t n;
    struct cJSON *root; /* an object */
    struct json_report *report;
};

/*
 * Bytes to an object. False, with an error in the report, where they are no JSON (json_check) or no
 * object; then nothing is to be ended. The doc borrows name, bytes and report.
 */
bool json_doc_open(struct json_doc *d, const char *name, const char *bytes, size_t n,
                   struct json_report *report);
void json_doc_close(struct json_doc *d);

/* "night.json:7:14: ...": at the place of this value. The words are cleaned here. */
void json_doc_error(struct json_doc *d, const struct cJSON *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void json_doc_warn(struct json_doc *d, const struct cJSON *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * The word of a list that this one was probably meant to be: at most two letters are wrong, and not
 * more than a third of them. name_at gives NULL past the end. NULL where nothing is near.
 */
const char *json_meant(const char *word, const char *(*name_at)(size_t i));
/* A warning for a member that is not known: " Did you mean ...?" where something is near. */
void json_doc_warn_unknown(struct json_doc *d, const struct cJSON *member, const char *what,
                           const char *(*name_at)(size_t i));

#endif
