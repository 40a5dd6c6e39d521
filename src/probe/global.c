/*
 * global.c - takes the system's TLS policy out of this process before GnuTLS wakes up: it would
 * silently change what a probe offers, explicit priority string or not. Reported by src/local.
 * SPDX-License-Identifier: MIT
 */
#include <gnutls/gnutls.h>
#include <stdlib.h>

#include "whytls/probe.h"

bool probe_global_init(void)
{
    /* GnuTLS reads the file once, in gnutls_global_init; neither deinit nor a later setenv helps
     * (measured on 3.7.9). So main.c skips the library's constructor and comes here first. */
    if (setenv("GNUTLS_SYSTEM_PRIORITY_FILE", "/dev/null", 1))
        return false;
    return gnutls_global_init() == GNUTLS_E_SUCCESS;
}
