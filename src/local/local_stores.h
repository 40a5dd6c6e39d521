/*
 * local_stores.h - how the lists of single programs are found and read, and where a test can put
 * others in their place. Private to src/local.
 * SPDX-License-Identifier: MIT
 */
#ifndef LOCAL_STORES_H
#define LOCAL_STORES_H

#include <limits.h>

#include "local/trust.h"

struct store_places {
    const char *root; /* put before every absolute path; "" but in a test */
    const char *home; /* "~", without root; "" where there is none */
    const char *(*variable)(const char *name); /* the environment; NULL: not set */
    const struct trust_list *system;           /* marks what was shipped; NULL: not known */
};

struct store_set *store_set_read_places(const struct store_places *p);

/* Each adds what a file trusts for web sites. False: it can't be read, or is no such file. */
bool store_read_nss(struct trust_list *t, const char *file);
bool store_read_java(struct trust_list *t, const char *file);

/* Which lists Node reads of itself (has_builtin, has_system); false: there is no Node. */
bool store_find_node(const struct store_places *p, struct store *s);
/* Does this program (ELF) name the system's OpenSSL, or a libnode, among its libraries? */
bool store_node_uses_system(const char *file);
/* The file that git's settings name (GIT_SSL_CAINFO, then http.sslCAInfo); false: none. no_memory
 * is set where a file of settings could not be looked at for want of it. */
bool store_find_git(const struct store_places *p, char out[PATH_MAX], bool *no_memory);
/* http.sslCAInfo of such settings, as it stands there; the last one wins, as in git. */
bool store_read_git(const char *text, size_t size, char out[PATH_MAX]);
/* An absolute path, or one in "~/", as it is to be opened; false: it is neither, or too long. */
bool store_expand(const struct store_places *p, const char *path, char out[PATH_MAX]);
/* The same for "$NAME/rest", too: with the variable's value. */
bool store_expand_variable(const struct store_places *p, const char *path, char out[PATH_MAX]);
/* As it is shown and saved: clean, without the name of the user's home. */
void store_show_path(const struct store_places *p, const char *path, char *out, size_t out_size);

#endif
