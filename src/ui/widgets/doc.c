/*
 * doc.c - rows that are longer than the screen, and lists that follow their focus. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdarg.h>
#include <stdio.h>

#include "widgets.h"

enum {
    DOC_MEASURE = 72, /* longer lines are hard to read */
    DOC_LINE = 1024,
    DOC_MAX_ROWS = 64,
};

struct doc doc_of(const struct canvas *c, int scroll)
{
    return (struct doc){.canvas = *c, .scroll = scroll};
}

struct doc doc_measure(const struct model *m)
{
    return (struct doc){.canvas = {.grid = NULL,
                                   .width = m->width,
                                   .height = CANVAS_MAX_HEIGHT,
                                   .redaction = m->redaction}};
}

void doc_blank(struct doc *d)
{
    d->row++;
}

void doc_put(struct doc *d, int x, enum role role, const char *text)
{
    canvas_put(&d->canvas, x, d->row - d->scroll, role, text);
}

void doc_putf(struct doc *d, int x, enum role role, const char *format, ...)
{
    char text[DOC_LINE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    doc_put(d, x, role, text);
}

void doc_mark(struct doc *d, int x, enum mark mark)
{
    mark_draw(&d->canvas, x, d->row - d->scroll, mark);
}

void doc_text(struct doc *d, int x, enum role role, const char *text)
{
    int width = d->canvas.width - x - 1;
    if (width > DOC_MEASURE)
        width = DOC_MEASURE;
    int rows = canvas_wrap(&d->canvas, x, d->row - d->scroll, width, DOC_MAX_ROWS, role, text);
    d->row += rows > 0 ? rows : 1;
}
