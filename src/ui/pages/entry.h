/*
 * entry.h - one cause in words, as the answer and the preview show it. Pure.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_ENTRY_H
#define WHYTLS_UI_ENTRY_H

#include "../widgets/widgets.h"
#include "whytls/advice.h"

enum { ENTRY_LABEL_X = 2, ENTRY_TEXT_X = 18 };

/* A label for the text beside it; is_roomy puts a blank row before it. */
void entry_label(struct doc *d, bool is_roomy, const char *label);
enum { ENTRY_NO_END = 1 << 20 };

/* Title, who, what, do, do not, why: of the proofs, those that end before row `end`. */
void entry_put(struct doc *d, const struct advice *a, bool is_roomy, int end);
/* The rows that a text takes there. */
int entry_rows_of(const struct doc *d, const char *text);

#endif
