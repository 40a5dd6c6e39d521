/*
 * page_welcome.h - what is typed on the first page before it is an address. Pure.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_WELCOME_H
#define WHYTLS_UI_WELCOME_H

#include "../model.h"

/* The choice, from 0, that a lone digit in the address marks; -1: it is an address, or nothing. */
int welcome_marked(const struct model *m);

#endif
