/*
 * fuzz_bundle.c - any bytes as a file of certificates (PEM, DER, PKCS #7, PKCS #12): how many there
 * are is said, and no more are given out than there is room for. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include "whytls/chain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { ROOM = 3 };
    struct blob out[ROOM] = {{NULL, 0}};
    size_t n = chain_read_bundle(data, size, out, ROOM);
    for (size_t i = 0; i < ROOM; i++) {
        if ((out[i].data != NULL) != (i < n))
            abort();
        blob_fini(&out[i]);
    }
    return 0;
}
