/*
 * wrap.c - breaks text into lines at spaces. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/advice.h"
#include "whytls/text.h"

/* Bytes of one line: up to the last space that still fits, or a cut where a word is too long. */
static size_t line_length(const char *text, int width)
{
    size_t fits = 0, len = 0;
    while (text[len]) {
        unsigned int code = (unsigned char)text[len];
        bool is_plain = code >= 0x20 && code < 0x7F; /* nearly all there is: a byte, a column */
        size_t step = is_plain ? 1 : text_next(text + len, &code);
        width -= is_plain ? 1 : text_columns(code);
        if (step == 0 || width < 0)
            break;
        len += step;
        if (text[len] == ' ' || text[len] == '\0')
            fits = len;
    }
    return fits ? fits : len;
}

size_t advice_wrap(const char *text, int width, size_t max_lines, const char **starts,
                   size_t *lengths)
{
    size_t n = 0;
    while (*text == ' ')
        text++;
    while (*text && n < max_lines && width > 0) {
        size_t len = line_length(text, width);
        if (len == 0)
            break;
        starts[n] = text;
        lengths[n++] = len;
        text += len;
        while (*text == ' ')
            text++;
    }
    return n;
}
