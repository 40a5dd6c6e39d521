/*
 * language.c - the catalogues that are compiled in, for message.h.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "command.h"
#include "whytls/data.h"
#include "whytls/message.h"
#include "whytls/text.h"

enum { MOST_LANGUAGES = 64 };

void language_begin(void)
{
    static struct catalogue list[MOST_LANGUAGES];
    static char names[MOST_LANGUAGES][16];
    size_t n = 0;
    for (const struct data_file *f = catalogue_files; f->name && n < MOST_LANGUAGES; f++, n++) {
        text_copy_cut(names[n], sizeof(names[n]), f->name);
        names[n][strcspn(names[n], ".")] = '\0';
        list[n] = (struct catalogue){.language = names[n], .bytes = f->bytes, .len = f->len};
    }
    message_set_catalogues(list, n);
    message_use_environment();
}
