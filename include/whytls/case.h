/*
 * case.h - evidence to and from JSON ("schema": "whytls.case/1"), and redaction.
 * Uses cJSON; verdict JSON is put in by report, not here.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_CASE_H
#define WHYTLS_CASE_H

#include "whytls/buf.h"
#include "whytls/evidence.h"

struct cJSON;

enum { CASE_MAX_BYTES = 4 * 1024 * 1024 };

/*
 * The evidence as a JSON object: schema, tool, case, target, resolution, facts, probes,
 * certificates (base64 DER), fetches, answers. Caller deletes with cJSON_Delete; NULL: no memory.
 */
struct cJSON *case_to_json(const struct evidence *ev);

/*
 * Evidence from the bytes of a case file: hostile until checked, every text cleaned, every number
 * bounded, unknown members passed over, duplicate members refused. NULL where it is no case; then
 * error (error_size bytes) says what and where in plain words ("line 3: ..."). Caller frees with
 * evidence_free. Round trip: case_to_json of the result prints the same bytes.
 */
struct evidence *case_from_json(const char *bytes, size_t n, char *error, size_t error_size);

/*
 * Hides names and addresses in something that is about to be printed, text or JSON of this case:
 * host-1, addr-1, org-1, the same for the same everywhere. Certificates hold the names and can't be
 * hidden: in JSON they are emptied, so a redacted case shows its verdict but can't be walked again.
 * Caller frees; NULL: no memory.
 */
char *case_redact_output(const struct evidence *ev, const char *text);

#endif
