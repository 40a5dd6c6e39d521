/*
 * config.h - what the user has chosen for good: $XDG_CONFIG_HOME/whytls/config.json, a JSON object
 * whose members are the fields below (doc/settings.md). No terminal, no network.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_CONFIG_H
#define WHYTLS_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "whytls/json_doc.h"

enum { CONFIG_THEME_SIZE = 512, CONFIG_MAX_BYTES = 64 * 1024, CONFIG_MAX_TIMEOUT_S = 60 };

/* All zero: nothing was chosen. */
struct config {
    char theme[CONFIG_THEME_SIZE]; /* name or file; "": none */
    bool is_ascii;                 /* "glyphs": "ascii" */
    bool has_mouse;                /* the mouse is on from the start */
    unsigned timeout_s;            /* longest wait for one answer; 0: not said */
};

/*
 * From bytes; `name` is for messages. What is wrong is said with line and column, and left at
 * nothing; a member that is not known is a warning. False: there is an error.
 */
bool config_read(const char *name, const char *bytes, size_t n, struct config *c,
                 struct json_report *report);
/* The user's own. No file is no fault. */
bool config_load(struct config *c, struct json_report *report);
/*
 * Writes it, whole or not at all, for its owner alone. Members that are not ours stay. A file that
 * can't be read is not written over. False: error says why in plain words.
 */
bool config_save(const struct config *c, char *error, size_t error_size);

#endif
