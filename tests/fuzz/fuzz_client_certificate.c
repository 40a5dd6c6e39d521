/*
 * fuzz_client_certificate.c - any bytes as the file of --cert, behind those of --key where these
 * are any: a fault is said, or both can be shown. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "probe/client_certificate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader r = reader_of(data, size);
    struct reader key = part(&r);
    struct as_file cert_file, key_file;
    struct evidence *ev = evidence_new();
    must(ev != NULL);
    as_file_init(&cert_file, r.at, r.left);
    as_file_init(&key_file, key.at, key.left);
    const struct probe_secrets secrets = {.cert_file = cert_file.path,
                                          .key_file = key.left ? key_file.path : NULL};
    const char *fault = probe_secrets_fault(&secrets);
    probe_note_own(ev, &secrets);
    must(fault ? fault[0] != '\0' : ev->n_own > 0);
    evidence_free(ev);
    as_file_fini(&cert_file);
    as_file_fini(&key_file);
    return 0;
}
