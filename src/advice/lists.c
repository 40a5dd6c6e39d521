/*
 * lists.c - lists in words: of anything, and of the trust stores that do not trust a case's chain.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "advice_keys.h"
#include "lists.h"
#include "whytls/analysis.h"
#include "whytls/message.h"
#include "whytls/programs.h"
#include "whytls/text.h"

enum { LIST_SIZE = 2 * ADVICE_LINE };

void list_add(char *list, size_t list_size, const char *both, const char *item)
{
    char all[LIST_SIZE];
    if (list[0])
        snprintf(all, sizeof(all), message(both), list, item);
    text_copy_cut(list, list_size, list[0] ? all : item);
}

void list_add_more(char *list, size_t list_size, size_t n)
{
    char all[LIST_SIZE];
    snprintf(all, sizeof(all),
             message_plural("%s and %zu more", "%s and %zu more", (unsigned long)n), list, n);
    text_copy_cut(list, list_size, all);
}

void keys_lists_without(const struct analysis *r, char *out, size_t out_size)
{
    struct store_row rows[STORE_ROWS_MAX];
    const char *names[STORE_COUNT];
    size_t n = stores_compare(r, rows), n_names = 0;
    for (size_t i = 1; i < n; i++) {
        const char *name = store_kind_name(rows[i].kind);
        bool is_new = rows[i].trusts == ACCEPTS_NO && n_names < STORE_COUNT;
        for (size_t k = 0; is_new && k < n_names; k++)
            is_new = names[k] != name;
        if (is_new)
            names[n_names++] = name;
    }
    if (n_names > 0)
        text_copy_cut(out, out_size, message(names[0]));
    if (n_names == 2)
        list_add(out, out_size, N_("%s or %s"), message(names[1]));
    else if (n_names > 2)
        list_add_more(out, out_size, n_names - 1);
}
