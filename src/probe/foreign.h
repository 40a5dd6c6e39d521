/*
 * foreign.h - bytes on a line where nobody has agreed on a language: who is it? Used by each layer
 * that may hear others than it wanted.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_FOREIGN_H
#define WHYTLS_PROBE_FOREIGN_H

#include "layer.h"

/* Hears a moment more; true: the first line is whole, or nothing more comes. */
bool foreign_is_whole(struct layer *l);
/* How long that moment is. */
unsigned foreign_wait_ms(const struct layer *l);
/* What came goes into the timeline, and what it says of the service into the outcome. */
void foreign_note(struct layer *l);

#endif
