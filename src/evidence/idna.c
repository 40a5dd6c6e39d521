/*
 * idna.c - a host name as it is sent (A-label), by GnuTLS's mapping, which is libidn2's.
 * Fuzzed by fuzz_target.
 * SPDX-License-Identifier: MIT
 */
#include <gnutls/gnutls.h>
#include <string.h>

#include "whytls/settings.h"
#include "whytls/text.h"

bool name_to_ascii(const char *name, char *out, size_t out_size)
{
    gnutls_datum_t mapped = {NULL, 0};
    /* An odd name of ASCII (an underscore) is no IDN, but may well exist. */
    if (gnutls_idna_map(name, (unsigned)strlen(name), &mapped, 0) < 0)
        return text_copy(out, out_size, name);
    bool fits = text_copy(out, out_size, (const char *)mapped.data);
    gnutls_free(mapped.data);
    return fits;
}
