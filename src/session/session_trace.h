/*
 * session_trace.h - what a session's walks wanted, let go and found, as lines of the trace. For
 * src/session alone.
 * SPDX-License-Identifier: MIT
 */
#ifndef SESSION_SESSION_TRACE_H
#define SESSION_SESSION_TRACE_H

#include "session/session_parts.h"

/* A set of changes ("versions+suites"), "none" where it is empty; cut where it does not fit. */
void session_changes_text(unsigned changes, char *out, size_t out_size);

/* A case begins: forgets what was written of the one before. */
void session_trace_begin(struct session *s);
/* The walk that was just made: its wants, and which changes were let go that were not before. */
void session_trace_walk(struct session *s);
/* Nothing is under way any more: the verdict, and the causes that others explain. */
void session_trace_done(const struct session *s, unsigned took_ms);

#endif
