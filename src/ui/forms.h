/*
 * forms.h - what pages keep for themselves from one look to the next. The model carries it and does
 * not look into it: only the page does (pages/), and who does its actions (app/). Plain data.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_FORMS_H
#define WHYTLS_UI_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "field.h"
#include "whytls/explain.h"
#include "whytls/programs.h"
#include "whytls/store.h"
#include "whytls/theme.h"

/* WELCOME: what the address that is typed comes to. */
struct address_form {
    bool is_ok; /* it can be parsed: then `target` says what it means */
    struct target target;
    char error[160]; /* why it can't */
    char code[12];   /* or it is the code of a case that is saved here; "": it is none */
};

/* WELCOME, MESSAGE: what was typed or pasted is no address, but a message of some program. */
struct message_form {
    bool is_known; /* then `said` says what it means */
    struct explained said;
    char text[FIELD_SIZE];   /* what `said` is of, where it is not of a paste */
    char pasted[FIELD_SIZE]; /* the line in the field that stands for a paste of more; "": none */
};

/* CASES: the list, as far as it was read. */
struct case_form {
    const struct saved_case *cases; /* borrowed from the app */
    size_t n_cases;
    size_t n_unlisted; /* files that could not be read, or were too many */
    bool is_listing;   /* the list is being read */
    bool is_late;      /* ... and that takes long */
    bool is_lost;      /* there was no memory to read it: nothing is known of the cases */
};

/* The things on the save page, in order: ticks, then fields. */
enum save_item {
    SAVE_TEXT,
    SAVE_CASE,
    SAVE_HIDE_NAMES,
    SAVE_HIDE_ADDRESSES,
    SAVE_HIDE_MINE,
    SAVE_FOLDER,
    SAVE_FILE,
    SAVE_ITEM_COUNT
};
enum { SAVE_TICKS = SAVE_FOLDER, SAVE_MAX_FILES = 2 };

struct save_form {
    bool is_ready; /* filled in for this case */
    bool ticks[SAVE_TICKS];
    char site_as[64], address_as[64]; /* "host-1", "addr-1" */
    char written[SAVE_MAX_FILES][FIELD_SIZE];
    size_t n_written;
    bool is_saved;   /* what is known now is in a file */
    bool is_amended; /* the user has told something that the saved case did not have */
    bool is_written; /* just as the page says it now: Enter has nothing to do any more */
};

/* The things on the settings page after the themes. */
enum settings_item { SETTINGS_SIGNS, SETTINGS_MOUSE, SETTINGS_TIMEOUT, SETTINGS_ITEM_COUNT };

/* What the settings page says, until it is kept. */
struct settings_form {
    const struct theme *themes; /* the list; borrowed from the app */
    size_t n_themes;
    size_t theme; /* into themes */
    bool is_ascii, has_mouse;
    unsigned timeout_s;
};

/* COMPARE: what it has to judge; made when one turns to it. */
struct compare_form {
    bool is_made;
    size_t n_certificates, n_anchors, n_probes; /* of the case then */
    struct judge_row judges[JUDGES_MAX];
    size_t n_judges;
    struct store_row stores[STORE_ROWS_MAX];
    size_t n_stores;
};

/* TREE: what is unfolded. */
struct tree_form {
    uint32_t open;    /* bits: pages/page_tree_lines.h */
    bool was_touched; /* the user has folded something: it stays so */
};

struct forms {
    struct address_form address;
    struct message_form message;
    struct case_form cases;
    struct save_form save;
    struct compare_form compare;
    struct settings_form settings;
    struct tree_form tree;
};

#endif
