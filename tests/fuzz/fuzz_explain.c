/*
 * fuzz_explain.c - any bytes as a pasted message: what is found is in the table, and the host,
 * where one is, may stand on a command line. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "whytls/buf.h"
#include "whytls/checks.h"
#include "whytls/explain.h"
#include "whytls/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789.-:[]";
    struct explained e;
    struct buf said;
    char *text = exact(data, size);
    explain_text(text, size, &e);
    must(!e.no_memory && (e.n_matches > 0) == (e.n_causes > 0));
    must(strspn(e.host, plain) == strlen(e.host) && e.host[0] != '-');
    for (size_t i = 0; i < e.n_causes; i++)
        must(cause_find(e.causes[i]) != NULL);
    buf_init(&said, 1 << 20);
    if (e.n_matches > 0)
        report_explained(&e, false, &said);
    must(report_explained_json(&e, false, &said));
    must_be_clean(e.host);
    buf_fini(&said);
    free(text);
    return 0;
}
