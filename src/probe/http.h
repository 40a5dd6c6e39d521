/*
 * http.h - the little HTTP that a probe speaks: one request out, an answer's head in. Pure.
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

#endif
