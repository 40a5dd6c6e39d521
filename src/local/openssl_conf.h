/*
 * openssl_conf.h - OpenSSL's configuration format (config(5)) as a flat list of entries, so that
 * libcrypto need not be linked. Private to src/local.
 * SPDX-License-Identifier: MIT
 */
#ifndef LOCAL_OPENSSL_CONF_H
#define LOCAL_OPENSSL_CONF_H

#include <stdbool.h>
#include <stddef.h>

/* One "name = value", variables and quotes resolved. */
struct conf_entry {
    char *section; /* "default" before the first [section] */
    char *name;
    char *value;
    char *file;     /* where it stands */
    char line[160]; /* as it stands there, clean */
};

struct conf;

/* NULL: the file can't be read (errno), or memory is gone. Free with conf_free. */
struct conf *conf_read(const char *file);
/* The same from memory; .include lines are left out. For fuzzing. */
struct conf *conf_parse(const void *text, size_t n);
void conf_free(struct conf *c);
/* True where it was too big, too deep or too long: what is there is not all. */
bool conf_is_cut(const struct conf *c);
/* The value of a name in a section; NULL where there is none. Borrowed. */
const char *conf_value(const struct conf *c, const char *section, const char *name);
/* The section's entry after `after` (NULL: its first), in the order of the files; NULL at the end.
 */
const struct conf_entry *conf_next(const struct conf *c, const char *section,
                                   const struct conf_entry *after);

#endif
