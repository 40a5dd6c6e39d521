/*
 * report.h - a case as text and as JSON. The same words as the wizard's, from advice. A redaction
 * hides names in all that is told of the case (redaction.h); NULL: nothing is hidden.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_REPORT_H
#define WHYTLS_REPORT_H

#include <stdbool.h>

#include "whytls/redaction.h"

struct buf;
struct cause;
struct explained;
struct message;
struct walk;

/* The text of `check`: what it is of, then the headings Answer, Who can fix it, ... (doc/design.md,
 * "What others rely on").
 */
void report_text(const struct walk *w, const struct redaction *redaction, struct buf *out);
/* Its first lines alone: what it is of. */
void report_text_head(const struct walk *w, const struct redaction *redaction, struct buf *out);
/* What a cause means, with no case at hand: its keys stand as plain words ("the site"). */
void report_cause(const struct cause *cause, struct buf *out);
/* The case with its verdict, notes and path; ends with a newline. False: no memory. */
bool report_json(const struct walk *w, const struct redaction *redaction, struct buf *out);
/* The path through the tree as text, a line a question. */
void report_tree(const struct walk *w, const struct redaction *redaction, struct buf *out);

/* What a pasted message means (explain.h), its causes and where to begin; n_matches is not 0. */
void report_explained(const struct explained *e, bool hides_host, struct buf *out);
/* The same as JSON (schema whytls.explain/1), also of none; ends with a newline. False: no memory.
 */
bool report_explained_json(const struct explained *e, bool hides_host, struct buf *out);
/* A message as the table has it, behind its program; "..." for what differs from case to case. */
void report_message(const struct message *m, struct buf *out);
/* What a cause says as a fact, with no case at hand. "" for a slug that is none. */
void report_cause_title(const char *slug, char *out, size_t out_size);

/* 0 works, 1 a cause was named, 2 fails and not found, 3 could not test. */
int report_exit_code(const struct walk *w);

#endif
