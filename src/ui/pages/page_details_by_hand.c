/*
 * page_details_by_hand.c - the last tab of the details: commands that show the same without whytls.
 * Pure.
 * SPDX-License-Identifier: MIT
 */
#include "../widgets/widgets.h"
#include "page_details_tabs.h"
#include "whytls/advice.h"
#include "whytls/message.h"

enum { WORDS_X = 1, COMMAND_X = 3 };

void tab_put_by_hand(const struct model *m, struct doc *d)
{
    struct by_hand h;
    size_t n = 0;
    for (; advice_by_hand(m->walk, n, m->redaction, &h); n++) {
        if (n > 0)
            doc_blank(d);
        doc_text(d, WORDS_X, ROLE_HEADING, h.words);
        for (size_t i = 0; i < h.n_lines; i++) {
            doc_put(d, COMMAND_X, ROLE_EVIDENCE, h.lines[i]);
            d->row++;
        }
    }
    if (n == 0)
        doc_text(d, WORDS_X, ROLE_TEXT, message("There is no address here that could be asked."));
}
