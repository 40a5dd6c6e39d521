/*
 * draft.h - a theme while it is put together from a file and what that extends. For the files of
 * this folder.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_THEME_DRAFT_H
#define WHYTLS_UI_THEME_DRAFT_H

#include "whytls/theme.h"

struct draft_var {
    char name[THEME_NAME];
    struct colour colour;
};

struct draft_style {
    struct colour fg, bg;
    bool has_fg, has_bg; /* else they are those of the role text */
    unsigned attributes;
    const struct cJSON *at; /* in the file that is read now; NULL: it says nothing of this role */
};

struct draft {
    char title[THEME_WORDS], about[THEME_WORDS];
    enum theme_background background;
    bool is_ascii;
    struct draft_var vars[THEME_MAX_VARS];
    size_t n_vars;
    struct draft_style styles[ROLE_COUNT];
};

/* Which themes are being read inside each other, the outermost first. */
struct draft_chain {
    char names[THEME_MAX_DEPTH + 1][THEME_NAME];
    size_t n;
};

/* Colours and roles: draft_style.c. */
bool draft_read_vars(struct draft *d, struct json_doc *doc, const struct cJSON *vars);
bool draft_read_roles(struct draft *d, struct json_doc *doc, const struct cJSON *roles);

/* ---- theme_places.c -------------------------------------------------------------------------- */

struct theme_names {
    char all[THEME_MAX_LIST][THEME_NAME];
    size_t n;
};

/* All that are in the folders or compiled in, by the alphabet. */
bool theme_find_names(struct theme_names *names); /* false: no memory for all of them */
/* NULL where none of that name is compiled in. */
const struct data_file *theme_compiled_in(const char *name);

/*
 * The bytes of the theme of that name, wherever it is found first; from (THEME_PATH) is its file,
 * "" where it is compiled in. Caller ends *out either way. False: the report says why, at `at` of
 * doc where doc is not NULL.
 */
bool theme_bytes(const char *name, struct buf *out, char *from, struct json_report *report,
                 struct json_doc *doc, const struct cJSON *at);
/* "night" of "themes/night.json". */
void theme_name_of(const char *path, char *out, size_t out_size);

#endif
