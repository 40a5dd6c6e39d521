/*
 * case.h - evidence to and from JSON ("schema": "whytls.case/1"), and redaction.
 * Uses cJSON; verdict JSON is put in by report, not here.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_CASE_H
#define WHYTLS_CASE_H

#include "whytls/buf.h"
#include "whytls/redaction.h"
#include "whytls/evidence.h"

struct cJSON;

enum { CASE_MAX_BYTES = 4 * 1024 * 1024 };

/*
 * The evidence as a JSON object: schema, tool, case, target, resolution, facts, probes,
 * certificates (base64 DER), fetches, answers. Caller deletes with cJSON_Delete; NULL: no memory.
 * With a redaction every text from outside is redacted, whole, and what stays is what nobody
 * outside has chosen: ids and numbers. Certificates hold the names and can't be redacted: they are
 * emptied, and the case is marked "redacted". It opens again and shows what was found, but can't be
 * walked again.
 */
struct cJSON *case_to_json(const struct evidence *ev, const struct redaction *redaction);

/*
 * Evidence from the bytes of a case file: hostile until checked, every text cleaned, every number
 * bounded, unknown members passed over, duplicate members refused. NULL where it is no case; then
 * error (error_size bytes) says what and where in plain words ("line 3: ..."). Caller frees with
 * evidence_free. Round trip: case_to_json of the result prints the same bytes.
 */
struct evidence *case_from_json(const char *bytes, size_t n, char *error, size_t error_size);

/* A case in a line. Every text is clean. */
struct case_summary {
    char code[12];
    char host[SETTINGS_NAME_SIZE];
    uint16_t port;
    int64_t time;   /* this computer's clock when the case began, Unix seconds; 0: not known */
    char codes[64]; /* "W-603, W-701"; "" where there was no answer yet */
    bool is_redacted;
};

/* False with errno: ENOMEM, or EINVAL: the bytes are no case. One may still be refused by
 * case_from_json. */
bool case_summarise(const char *bytes, size_t n, struct case_summary *s);

/*
 * Hides what names somebody, consistently: host-1, addr-1, org-1, user-1, the same for the same
 * everywhere and as long as the redactor lives, whatever it learns later. Words:
 * src/evidence/redact.c.
 */
struct redactor;

struct redactor *redactor_new(void); /* NULL: no memory */
void redactor_free(struct redactor *v);
/* Learns the names of the evidence; known ones keep their numbers. */
void redactor_learn(struct redactor *v, const struct evidence *ev);
/* Learns a name of the user's own: a folder, a computer's name. */
void redactor_learn_mine(struct redactor *v, const char *name);
/* False: NULL, or it could not learn all there is. What it then covers is not shown at all. */
bool redactor_knows_all(const struct redactor *v);
/*
 * A redaction that puts what is to be hidden (HIDE_ bits) in other words. It borrows the redactor,
 * and knows what that knows when it is used. Where the redactor could not learn all there is, or is
 * NULL, it fails.
 */
struct redaction redactor_redaction(const struct redactor *v, unsigned what);

#endif
