/*
 * address.c - what an address's text says of the network that it is on. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "whytls/ascii.h"
#include "whytls/settings.h"
#include "whytls/text.h"

bool address_text_is_private(const char *address)
{
    const char *at = address;
    int64_t one = ascii_take_number(&at, 255);
    if (one >= 0 && *at == '.') {
        at++;
        int64_t two = ascii_take_number(&at, 255);
        return one == 10 || one == 127 || (one == 172 && two >= 16 && two <= 31) ||
               (one == 192 && two == 168) || (one == 169 && two == 254);
    }
    return strcmp(address, "::1") == 0 || text_starts_nocase(address, "fc") ||
           text_starts_nocase(address, "fd") || text_starts_nocase(address, "fe80");
}
