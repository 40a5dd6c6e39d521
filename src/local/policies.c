/*
 * policies.c - the TLS policies of this computer, GnuTLS's and OpenSSL's, into the facts.
 * SPDX-License-Identifier: MIT
 */
#include "local/policy.h"
#include "whytls/local.h"

void local_read_policies(struct facts *facts)
{
    struct policy *openssl = &facts->policies[POLICY_OPENSSL];
    const char *file = policy_openssl_file();
    policy_gnutls_read(&facts->policies[POLICY_GNUTLS]);
    policy_open(openssl);
    if (file)
        policy_openssl_read(file, openssl);
}
