/*
 * http.h - the little HTTP that a probe speaks: one request out, an answer's head in; and what the
 * first bytes of other services say. Pure.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_PROBE_HTTP_H
#define WHYTLS_PROBE_HTTP_H

#include "whytls/buf.h"
#include "whytls/evidence.h"

enum { HTTP_REQUEST_MAX = 1024, HTTP_ANSWER_MAX = 16384 };

/* GET / as a small client sends it; default_port is left out of Host (RFC 9110 7.2). */
void http_request_write(struct buf *out, const struct settings *s, uint16_t default_port);
/* True where nothing that http_answer_read wants can still come. */
bool http_answer_is_enough(const char *bytes, size_t n);

/* The answer's first lines into o: status, Date, Server, Via ...; every text is cleaned. */
void http_answer_read(const char *bytes, size_t n, struct outcome *o);

/* ---- http_date.c ---- */

/* An HTTP date (RFC 9110 5.6.7) as Unix seconds; 0 where it is none. */
int64_t http_date_parse(const char *s, size_t n);
/* An Age header (RFC 9111 5.1), in seconds; 0 where it is none. */
int64_t http_age_parse(const char *s, size_t n);

/* ---- banner_table.c ---- */

/* What first bytes say of the service; banner gets the first line, cleaned. */
enum protocol banner_classify(const uint8_t *bytes, size_t n, char *banner, size_t banner_size);

#endif
