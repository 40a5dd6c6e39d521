/*
 * catalogue.h - looks a text up in a catalogue of GNU gettext (.mo; its manual, "The Format of GNU
 * MO Files"). Only src/base uses it.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_BASE_CATALOGUE_H
#define WHYTLS_BASE_CATALOGUE_H

#include "whytls/message.h"

/* The translation of a msgid, form 0 being the first; NULL where it has none. Borrowed from c. */
const char *catalogue_find(const struct catalogue *c, const char *msgid, unsigned form);

#endif
