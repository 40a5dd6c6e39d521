/*
 * policies.c - the TLS policies of this computer, GnuTLS's and OpenSSL's, into the facts.
 * SPDX-License-Identifier: MIT
 */
#include "local/policy.h"
#include "whytls/local.h"
#include "whytls/trace.h"

/* The line that limits may be of anything: its file alone is traced. */
static void trace_policy(const char *whose, const struct policy *p)
{
    TRACE(LOCAL, "policy of %s: %s%s%s, file %s", whose, p->known ? "known" : "not known",
          p->limits ? ", it limits" : "", p->partly ? ", in part" : "",
          p->file[0] ? p->file : "none");
}

void local_read_policies(struct facts *facts)
{
    struct policy *openssl = &facts->policies[POLICY_OPENSSL];
    const char *file = policy_openssl_file();
    policy_gnutls_read(&facts->policies[POLICY_GNUTLS]);
    policy_open(openssl);
    if (file)
        policy_openssl_read(file, openssl);
    trace_policy("GnuTLS", &facts->policies[POLICY_GNUTLS]);
    trace_policy("OpenSSL", openssl);
}
