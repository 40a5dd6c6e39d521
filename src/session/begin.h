/*
 * begin.h - the evidence with which a session starts. Only src/session includes it.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_SESSION_BEGIN_H
#define WHYTLS_SESSION_BEGIN_H

#include "whytls/probe.h"
#include "whytls/session.h"

/* Ours to free with evidence_free; NULL where memory is gone. */
struct evidence *session_begin_evidence(const struct request *r);

/* What is to be shown where a server asks for a certificate; borrows from the request. */
struct probe_secrets session_secrets(const struct request *r);

#endif
