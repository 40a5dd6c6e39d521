/*
 * rules_note.h - which dated rules bear on a case. Only src/session includes it.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_SESSION_RULES_NOTE_H
#define WHYTLS_SESSION_RULES_NOTE_H

#include "whytls/session.h"

/*
 * Puts into the facts those of the rules that bear on its certificates and authorities. noted:
 * what the last call returned for this evidence, 0 at first; where nothing is new, it does nothing.
 */
size_t rules_note(const struct request *r, struct evidence *ev, size_t noted);

#endif
