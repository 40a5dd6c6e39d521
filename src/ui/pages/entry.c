/*
 * entry.c - one cause in words: see entry.h. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "entry.h"

#include <stdio.h>

enum { NUMBER_X = 16 };

void entry_label(struct doc *d, bool is_roomy, const char *label)
{
    if (is_roomy)
        doc_blank(d);
    doc_put(d, ENTRY_LABEL_X, ROLE_HEADING, label);
}

static void put_numbered(struct doc *d, const char *number, enum role role, const char *text)
{
    doc_put(d, NUMBER_X, role, number);
    doc_text(d, ENTRY_TEXT_X, ROLE_TEXT, text);
}

int entry_rows_of(const struct doc *d, const char *text)
{
    struct doc apart = {.canvas = d->canvas};
    apart.canvas.grid = NULL;
    doc_text(&apart, ENTRY_TEXT_X, ROLE_TEXT, text);
    return apart.row;
}

/* Where not all proofs have room, the last row says where they are. */
static void put_why(struct doc *d, const struct advice *a, int end)
{
    static const char *const more[] = {"The proof:  press d.", "More proof:  press d."};
    for (size_t i = 0; i < a->n_why; i++) {
        bool is_last = i + 1 == a->n_why;
        if (d->row + entry_rows_of(d, a->why[i]) + !is_last > end) {
            doc_text(d, ENTRY_TEXT_X, ROLE_MUTED, more[i > 0]);
            return;
        }
        doc_text(d, ENTRY_TEXT_X, ROLE_EVIDENCE, a->why[i]);
    }
}

void entry_put(struct doc *d, const struct advice *a, bool is_roomy, int end)
{
    char number[16];
    doc_text(d, ENTRY_LABEL_X, ROLE_TITLE, a->title);
    if (is_roomy)
        doc_blank(d);
    doc_put(d, ENTRY_LABEL_X, ROLE_HEADING, "Who can fix it");
    doc_text(d, ENTRY_TEXT_X, ROLE_TITLE, a->who);
    entry_label(d, is_roomy, "What is wrong");
    doc_text(d, ENTRY_TEXT_X, ROLE_TEXT, a->what);
    for (size_t i = 0; i < a->n_todo; i++) {
        if (i == 0)
            entry_label(d, is_roomy, "Do this");
        snprintf(number, sizeof(number), "%u", (unsigned)(i + 1));
        put_numbered(d, number, ROLE_HINT_ENTER, a->todo[i]);
    }
    for (size_t i = 0; i < a->n_dont; i++) {
        if (i == 0)
            entry_label(d, is_roomy, "Do not");
        put_numbered(d, "x", ROLE_DANGER, a->dont[i]);
    }
    if (a->n_why > 0 && d->row < end) {
        entry_label(d, is_roomy, "Why we say so");
        put_why(d, a, end);
    }
}
