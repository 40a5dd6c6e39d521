/*
 * entry.h - an answer on a page, as the answer and the preview show it: its blocks (blocks.h) are
 * kept in a list, for they are laid out in several ways before one of them is drawn. Pure.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_ENTRY_H
#define WHYTLS_UI_ENTRY_H

#include "../widgets/widgets.h"
#include "whytls/blocks.h"

enum { ENTRY_LABEL_X = 2, ENTRY_TEXT_X = 18, ENTRY_NO_END = 1 << 20, ANSWER_BLOCKS_MAX = 384 };

enum answer_block_kind { ANSWER_ENTRY, ANSWER_HEADING, ANSWER_TEXT, ANSWER_ITEM };

struct answer_block {
    enum answer_block_kind kind;
    enum block_part part;
    size_t number;           /* ITEM: from 1; HEADING: how many items follow */
    size_t text, code, sure; /* where they begin in answer_blocks.texts; the last two of an ENTRY */
};

/* The texts are owned: it ends with answer_blocks_end. */
struct answer_blocks {
    struct answer_block all[ANSWER_BLOCKS_MAX];
    size_t n, n_entries;
    struct buf texts;
};

void answer_blocks_of_walk(const struct walk *w, const struct redaction *redaction,
                           struct answer_blocks *s);
void answer_blocks_of_cause(const struct cause *cause, struct answer_blocks *s);
void answer_blocks_end(struct answer_blocks *s);
/* Borrowed from the blocks. */
const char *answer_blocks_text(const struct answer_blocks *s, size_t at);
/* The place-th entry; NULL: there is none. */
const struct answer_block *answer_blocks_entry(const struct answer_blocks *s, size_t place);
/* The heading of a part that comes once; its items follow it. NULL: it has none. */
const struct answer_block *answer_blocks_heading(const struct answer_blocks *s,
                                                 enum block_part part);

/* A label for the text beside it; is_roomy puts a blank row before it. */
void entry_label(struct doc *d, bool is_roomy, const char *label);
/* The place-th entry: title, who, what, do, do not, why: of the proofs, those that end before row
 * `end`. */
void entry_put(struct doc *d, const struct answer_blocks *s, size_t place, bool is_roomy, int end);
/* What the place-th entry says in technical words. */
void entry_put_technical(struct doc *d, const struct answer_blocks *s, size_t place, bool is_roomy);
/* What other programs print for it. */
void entry_put_seen(struct doc *d, const struct answer_blocks *s, size_t place, bool is_roomy);
/* The rows that a text takes there. */
int entry_rows_of(const struct doc *d, const char *text);

#endif
