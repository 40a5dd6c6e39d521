/*
 * field_draw.c - a text field: see widgets.h. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "whytls/text.h"
#include "widgets.h"

/* What is redacted is another text than what is typed: then the cursor is at its end. */
void field_draw(const struct field *f, const struct canvas *c, enum role role, bool is_here)
{
    int width = c->width - 2;
    char shown[FIELD_SIZE], before[FIELD_SIZE];
    redaction_copy(c->redaction, shown, sizeof(shown), f->text);
    const char *from = shown;
    size_t cursor = strcmp(shown, f->text) == 0 ? f->cursor : strlen(shown);
    memcpy(before, shown, cursor);
    before[cursor] = '\0';
    while (text_width(before + (from - shown)) >= width) {
        unsigned int ch;
        from += text_next(from, &ch);
    }
    canvas_put(c, 0, 0, ROLE_TEXT, "[");
    struct canvas inside = canvas_part(c, 1, 0, width, 1);
    canvas_fill(&inside, role);
    canvas_put(&inside, 0, 0, role, from);
    canvas_put(c, 1 + width, 0, ROLE_TEXT, "]");
    if (is_here)
        canvas_cursor(c, 1 + text_width(before + (from - shown)), 0);
}
