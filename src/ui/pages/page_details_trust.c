/*
 * page_details_trust.c - the trust stores side by side: see page_details_tabs.h. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "page_details_tabs.h"

#include <stdio.h>

#include "../widgets/widgets.h"
#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/programs.h"
#include "whytls/walk.h"

enum { MARK_X = 1, WORDS_X = 9 };

static const struct {
    const char *mark;
    enum role role;
} marks[] = {
    [ACCEPTS_YES] = {"[ OK ]", ROLE_OK},
    [ACCEPTS_NO] = {"[FAIL]", ROLE_FAIL},
    [ACCEPTS_UNKNOWN] = {"[ ?? ]", ROLE_UNKNOWN},
};

static void put_counts(struct doc *d, const struct store_row *row)
{
    char text[ADVICE_LINE];
    bool has_builtin = row->store && row->store->has_builtin;
    if (row->store && row->store->has_system)
        doc_text(d, WORDS_X, ROLE_EVIDENCE, message("It reads this system's trust store too."));
    if (row->total == 0 && !has_builtin)
        return;
    if (row->total == 0)
        snprintf(text, sizeof(text), "%s", message("Its built-in store."));
    else if (row->added > 0)
        snprintf(text, sizeof(text),
                 has_builtin ? message("Its built-in store, and %zu in the file, %zu of them added "
                                       "here.")
                             : message("%zu in the file, %zu of them added here."),
                 row->total, row->added);
    else
        snprintf(text, sizeof(text),
                 has_builtin ? message("Its built-in store, and %zu in the file.")
                             : message("%zu in the file."),
                 row->total);
    doc_text(d, WORDS_X, ROLE_EVIDENCE, text);
}

static void put_row(struct doc *d, const struct store_row *row)
{
    char text[ADVICE_LINE];
    doc_put(d, MARK_X, marks[row->trusts].role, marks[row->trusts].mark);
    doc_text(d, WORDS_X, ROLE_TITLE, message(store_kind_name(row->kind)));
    snprintf(text, sizeof(text), message("Read by %s."), message(store_kind_readers(row->kind)));
    doc_text(d, WORDS_X, ROLE_TEXT, text);
    if (row->why[0])
        doc_text(d, WORDS_X, ROLE_TEXT, message(row->why));
    if (row->store && row->store->file[0])
        doc_text(d, WORDS_X, ROLE_EVIDENCE, row->store->file);
    put_counts(d, row);
    doc_blank(d);
}

static bool has_builtin(const struct store_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (rows[i].store && rows[i].store->has_builtin)
            return true;
    return false;
}

void tab_put_trust(const struct model *m, struct doc *d)
{
    struct store_row rows[STORE_ROWS_MAX];
    size_t n = stores_compare(&m->walk->analysis, rows);
    if (n == 0) {
        doc_text(d, MARK_X, ROLE_TEXT,
                 message("The site has shown no certificate, so there is nothing "
                         "to trust yet."));
        return;
    }
    doc_text(d, MARK_X, ROLE_TEXT,
             message("Which trust store has the authority (CA) that vouches for this site?"));
    doc_blank(d);
    for (size_t i = 0; i < n; i++)
        put_row(d, &rows[i]);
    if (has_builtin(rows, n))
        doc_text(
            d, MARK_X, ROLE_TEXT,
            message("A built-in store is in no file.  For it we take what came with this system: "
                    "on Linux that is a copy of Mozilla's."));
}
