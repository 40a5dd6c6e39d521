/*
 * glyphs.h - the few drawing characters, as an ASCII and a UTF-8 set. Our own instead of the
 * terminal's (ACS), which captures and some terminals show as letters. Words never change.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_GLYPHS_H
#define WHYTLS_UI_GLYPHS_H

#include <stdbool.h>

struct glyphs {
    bool is_ascii;
    const char *rule;      /* fills a row */
    const char *bar;       /* between two panes */
    const char *pointer;   /* the focused item */
    const char *walked;    /* the tree: this question was asked */
    const char *not_taken; /* the tree: a branch that was not taken */
    const char *here;      /* the tree: you are here */
    const char *out, *in;  /* arrows of the timeline, three columns each */
};

const struct glyphs *glyphs_get(bool ascii);
/* Blanks in place of signs, where pages are read as lines. */
const struct glyphs *glyphs_for_list(bool ascii);
/* Words and signs only. */
const struct glyphs *glyphs_for_presenter(bool ascii);

#endif
