/*
 * entry.c - an answer on a page: see entry.h. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "entry.h"

#include <stdio.h>
#include <string.h>
#include "whytls/message.h"

enum { NUMBER_X = 16, TEXTS_MAX = 1024 * 1024 };

/* ---- the blocks of an answer: a sink
 * ------------------------------------------------------------------- */

static size_t keep(struct answer_blocks *s, const char *text)
{
    size_t at = s->texts.len;
    buf_put(&s->texts, text, strlen(text) + 1);
    return at;
}

static struct answer_block *add(struct answer_blocks *s, enum answer_block_kind kind,
                                enum block_part part, const char *text)
{
    static struct answer_block spare; /* no verdict is as long as that */
    struct answer_block *b = s->n < ANSWER_BLOCKS_MAX ? &s->all[s->n++] : &spare;
    *b = (struct answer_block){.kind = kind, .part = part, .text = keep(s, text)};
    return b;
}

static void put_entry(void *ctx, const struct block_entry *e)
{
    struct answer_blocks *s = ctx;
    struct answer_block *b = add(s, ANSWER_ENTRY, BLOCK_WHO, e->title);
    b->code = keep(s, e->code);
    b->sure = keep(s, e->sure);
    s->n_entries++;
}

static void put_heading(void *ctx, enum block_part part, const char *words, size_t n_items)
{
    add(ctx, ANSWER_HEADING, part, words)->number = n_items;
}

static void put_text(void *ctx, enum block_part part, const char *text)
{
    add(ctx, ANSWER_TEXT, part, text);
}

static void put_item(void *ctx, enum block_part part, size_t number, const char *text)
{
    add(ctx, ANSWER_ITEM, part, text)->number = number;
}

/* Fingerprints are in the text and in the details: here is no room for them. */
static void put_code(void *ctx, enum block_part part, const char *text)
{
    (void)ctx;
    (void)part;
    (void)text;
}

static struct block_sink begin(struct answer_blocks *s)
{
    s->n = s->n_entries = 0;
    buf_init(&s->texts, TEXTS_MAX);
    return (struct block_sink){.ctx = s,
                               .entry = put_entry,
                               .heading = put_heading,
                               .text = put_text,
                               .item = put_item,
                               .code = put_code};
}

void answer_blocks_of_walk(const struct walk *w, const struct redaction *redaction,
                           struct answer_blocks *s)
{
    const struct block_sink sink = begin(s);
    report_answer(w, redaction, &sink);
}

void answer_blocks_of_cause(const struct cause *cause, struct answer_blocks *s)
{
    const struct block_sink sink = begin(s);
    report_answer_of(cause, &sink);
}

void answer_blocks_end(struct answer_blocks *s)
{
    buf_fini(&s->texts);
}

const char *answer_blocks_text(const struct answer_blocks *s, size_t at)
{
    return s->texts.failed ? "" : buf_text(&s->texts) + at;
}

const struct answer_block *answer_blocks_entry(const struct answer_blocks *s, size_t place)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->all[i].kind == ANSWER_ENTRY && place-- == 0)
            return &s->all[i];
    return NULL;
}

const struct answer_block *answer_blocks_heading(const struct answer_blocks *s,
                                                 enum block_part part)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->all[i].kind == ANSWER_HEADING && s->all[i].part == part)
            return &s->all[i];
    return NULL;
}

/* ---- on a page ------------------------------------------------------------------------------ */

/* Where a label is too long to stand beside its text, it stands above. */
static bool fits_beside(const struct doc *d, const char *label, int x)
{
    return ENTRY_LABEL_X + canvas_columns(&d->canvas, label) < x;
}

static void put_label(struct doc *d, bool is_roomy, bool is_numbered, const char *label)
{
    if (is_roomy)
        doc_blank(d);
    doc_put(d, ENTRY_LABEL_X, ROLE_HEADING, label);
    d->row += !fits_beside(d, label, is_numbered ? NUMBER_X : ENTRY_TEXT_X);
}

void entry_label(struct doc *d, bool is_roomy, const char *label)
{
    put_label(d, is_roomy, false, label);
}

int entry_rows_of(const struct doc *d, const char *text)
{
    struct doc apart = {.canvas = d->canvas};
    apart.canvas.grid = NULL;
    doc_text(&apart, ENTRY_TEXT_X, ROLE_TEXT, text);
    return apart.row;
}

/* Where not all proofs have room, the last row says where they are. */
static void put_why(struct doc *d, const struct answer_blocks *s,
                    const struct answer_block *heading, int end)
{
    static const char *const more[] = {N_("The proof:  press d."), N_("More proof:  press d.")};
    for (size_t i = 0; i < heading->number; i++) {
        const char *text = answer_blocks_text(s, heading[1 + i].text);
        bool is_last = i + 1 == heading->number;
        if (d->row + entry_rows_of(d, text) + !is_last > end) {
            doc_text(d, ENTRY_TEXT_X, ROLE_MUTED, message(more[i > 0]));
            return;
        }
        doc_text(d, ENTRY_TEXT_X, ROLE_EVIDENCE, text);
    }
}

static void put_numbered(struct doc *d, const struct answer_blocks *s, const struct answer_block *b)
{
    char number[24];
    snprintf(number, sizeof(number), "%zu", b->number);
    if (b->part == BLOCK_DO)
        doc_put(d, NUMBER_X, ROLE_HINT_ENTER, number);
    else
        doc_put(d, NUMBER_X, ROLE_DANGER, "x");
    doc_text(d, ENTRY_TEXT_X, ROLE_TEXT, answer_blocks_text(s, b->text));
}

static void put_block(struct doc *d, const struct answer_blocks *s, const struct answer_block *b,
                      bool is_roomy, int end)
{
    bool is_why = b->part == BLOCK_WHY;
    if (b->kind == ANSWER_ENTRY) {
        doc_text(d, ENTRY_LABEL_X, ROLE_TITLE, answer_blocks_text(s, b->text));
    } else if (b->kind == ANSWER_HEADING && (!is_why || d->row < end)) {
        put_label(d, is_roomy, b->part == BLOCK_DO || b->part == BLOCK_DO_NOT,
                  answer_blocks_text(s, b->text));
        if (is_why)
            put_why(d, s, b, end);
    } else if (b->kind == ANSWER_TEXT) {
        doc_text(d, ENTRY_TEXT_X, b->part == BLOCK_WHO ? ROLE_TITLE : ROLE_TEXT,
                 answer_blocks_text(s, b->text));
    } else if (b->kind == ANSWER_ITEM && (b->part == BLOCK_DO || b->part == BLOCK_DO_NOT)) {
        put_numbered(d, s, b);
    }
}

void entry_put(struct doc *d, const struct answer_blocks *s, size_t place, bool is_roomy, int end)
{
    if (s->texts.failed) {
        canvas_lost(&d->canvas, ENTRY_LABEL_X, d->row++ - d->scroll);
        return;
    }
    const struct answer_block *first = answer_blocks_entry(s, place);
    for (const struct answer_block *b = first; b && b < s->all + s->n; b++) {
        if ((b != first && b->kind == ANSWER_ENTRY) || b->part >= BLOCK_TERM)
            return;
        put_block(d, s, b, is_roomy, end);
    }
}

/* One of the parts that stand below: its label, and what is under it. */
static void put_below(struct doc *d, const struct answer_blocks *s, size_t place, bool is_roomy,
                      enum block_part part)
{
    const struct answer_block *first = answer_blocks_entry(s, place);
    for (const struct answer_block *b = first; b && b < s->all + s->n; b++) {
        if (b != first && b->kind == ANSWER_ENTRY)
            return;
        if (b->part != part)
            continue;
        if (b->kind == ANSWER_HEADING) {
            put_label(d, is_roomy, true, answer_blocks_text(s, b->text));
        } else {
            doc_text(d, ENTRY_TEXT_X, ROLE_EVIDENCE, answer_blocks_text(s, b->text));
        }
    }
}

void entry_put_technical(struct doc *d, const struct answer_blocks *s, size_t place, bool is_roomy)
{
    put_below(d, s, place, is_roomy, BLOCK_TERM);
}

void entry_put_seen(struct doc *d, const struct answer_blocks *s, size_t place, bool is_roomy)
{
    put_below(d, s, place, is_roomy, BLOCK_SEEN);
}
