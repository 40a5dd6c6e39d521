/*
 * fuzz_issuers.c - any bytes as a file of known issuers, in a folder as $WHYTLS_DATADIR names one:
 * what is refused says why, and a table is always there. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "whytls/data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char error[160] = "";
    struct as_file file;
    struct issuer found;
    as_file_init(&file, data, size);
    struct issuer_table *t =
        issuer_table_read(as_folder(&file, "issuers.json"), error, sizeof error);
    must(t != NULL);
    must_be_clean(error);
    issuer_table_find(t, "Fortinet", "FortiGate CA", &found);
    must_be_clean(found.product);
    must(error[0] == '\0' || found.kind != ISSUER_NONE); /* else it would not be ours */
    issuer_table_free(t);
    as_file_fini(&file);
    return 0;
}
