/*
 * begin.h - the evidence with which a session starts. Only src/session includes it.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_SESSION_BEGIN_H
#define WHYTLS_SESSION_BEGIN_H

#include "whytls/session.h"

/* Ours to free with evidence_free; NULL where memory is gone. */
struct evidence *session_begin_evidence(const struct request *r);

#endif
