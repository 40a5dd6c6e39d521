/*
 * fuzz_trust.c - any bytes as a list of authorities in PEM or DER, behind a certificate of a case:
 * what is taken has its bytes and its name, and what bears on the case can be found. Entry point
 * for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "local/trust.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader r = reader_of(data, size);
    struct reader of_case = part(&r);
    struct as_file file;
    char error[256] = "";
    struct evidence *ev = evidence_new();
    must(ev != NULL);
    if (of_case.left)
        evidence_add_certificate(ev, of_case.at, of_case.left);
    as_file_init(&file, r.at, r.left);
    struct trust_list *list = trust_list_read(file.path, error, sizeof error);
    must(list ? list->n > 0 && list->n <= TRUST_MAX_ANCHORS : error[0] != '\0');
    for (size_t i = 0; list && i < list->n; i++)
        must(list->anchors[i].der.data && list->anchors[i].subject.data &&
             trust_list_find(list, list->anchors[i].der.data, list->anchors[i].der.len) ==
                 &list->anchors[i]);
    must_be_clean(error);
    trust_list_match(list, ev);
    must(ev->facts.n_anchors <= EVIDENCE_MAX_ANCHORS);
    trust_list_free(list);
    as_file_fini(&file);
    evidence_free(ev);
    return 0;
}
