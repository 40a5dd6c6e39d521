/*
 * fuzz_policy_gnutls.c - any bytes as GnuTLS's configuration, behind a byte for each list that says
 * what was taken away: the line that is to blame is clean. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "local/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader r = reader_of(data, size);
    uint32_t taken[OFFER_LIST_COUNT];
    char line[160] = "";
    for (size_t i = 0; i < OFFER_LIST_COUNT; i++)
        taken[i] = reader_u8(&r) * UINT32_C(0x01010101);
    char *text = exact(r.at, r.left);
    bool is_found = policy_gnutls_find_line(text, r.left, taken, line, sizeof line);
    must(is_found == (line[0] != '\0'));
    must_be_clean(line);
    (void)policy_gnutls_has_unweighed(text, r.left);
    free(text);
    return 0;
}
