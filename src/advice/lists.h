/*
 * lists.h - several things as one text, by the grammar of the language that is spoken. Inside
 * src/advice only.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_ADVICE_LISTS_H
#define WHYTLS_ADVICE_LISTS_H

#include <stddef.h>

/* Adds an item to a list that may be empty: both is the msgid of list and item together, such as
 * N_("%s and %s"). What does not fit is cut. */
void list_add(char *list, size_t list_size, const char *both, const char *item);
/* "... and 3 more" */
void list_add_more(char *list, size_t list_size, size_t n);

#endif
