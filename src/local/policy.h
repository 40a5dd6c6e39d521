/*
 * policy.h - what the two readers of TLS policies share. Private to src/local.
 * SPDX-License-Identifier: MIT
 */
#ifndef LOCAL_POLICY_H
#define LOCAL_POLICY_H

#include "whytls/evidence.h"

enum { POLICY_FILE_MAX_BYTES = 1 << 20 };

/* Known, limits nothing, all that client "current" offers. */
void policy_open(struct policy *p);
/* Sets limits: does p lack anything that client "current" offers? */
void policy_compare(struct policy *p);
/* File and line that are to blame, cleaned. Either may be NULL: "". */
void policy_blame(struct policy *p, const char *file, const char *line);
/* offers.def's row by its keyword, with a prefix left away ("VERS-" + "TLS1.2"); no case. */
enum offer policy_find_offer(enum offer_list list, const char *prefix, const char *name);

/* GnuTLS's, in a child; p->known is false where the child could not tell in time. */
void policy_gnutls_read(struct policy *p);
/* The line of a GnuTLS configuration (ini) that takes these offers away, clean; false: none found.
 */
bool policy_gnutls_find_line(const char *text, size_t n, const uint32_t taken[OFFER_LIST_COUNT],
                             char *line, size_t line_size);
/* Has it keys whose effect the lists of offers do not show? */
bool policy_gnutls_has_unweighed(const char *text, size_t n);
/* The file that OpenSSL reads here; NULL where there is none. */
const char *policy_openssl_file(void);
/* MinProtocol, MaxProtocol, CipherString @SECLEVEL ... from such a file; false: it can't be read.
 */
bool policy_openssl_read(const char *file, struct policy *policy);
/* The same from what was read; file is its name. */
struct conf;
void policy_openssl_judge(const struct conf *c, const char *file, struct policy *policy);

#endif
