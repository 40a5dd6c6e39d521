/*
 * colour.h - names, xterm's palette and contrast. Pure; for the files of this folder.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_THEME_COLOUR_H
#define WHYTLS_UI_THEME_COLOUR_H

#include "whytls/theme.h"

enum { COLOUR_UNKNOWN = -2 };

/* Names in order: default first, then the 16; NULL past the end. For json_meant. */
const char *colour_name_at(size_t i);
/* 0-15, COLOUR_DEFAULT, or COLOUR_UNKNOWN. */
int colour_by_name(const char *name);
/* "#RRGGBB"; COLOUR_UNKNOWN where it is not that. */
int32_t colour_by_hex(const char *text);

/* What xterm shows for a number of its palette, 0-255. */
int32_t colour_of_index(int index);
/* The number from first to last that is nearest; by the sum of squares, the lower one of two. */
int colour_nearest(int32_t rgb, int first, int last);

/* Fills in what was not given (COLOUR_UNKNOWN) from what was; all unknown: all default. */
void colour_complete(struct colour *c);

/* WCAG 2.1: from 1 to 21. */
double colour_contrast(int32_t a, int32_t b);

#endif
