/*
 * lists.c - the trust stores that do not trust the chain of a case, as words.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "advice_keys.h"
#include "whytls/analysis.h"
#include "whytls/programs.h"
#include "whytls/text.h"

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
    if (n_names == 1)
        text_copy_cut(out, out_size, names[0]);
    else if (n_names == 2)
        snprintf(out, out_size, "%s or %s", names[0], names[1]);
    else if (n_names > 2)
        snprintf(out, out_size, "%s and %zu more", names[0], n_names - 1);
}
