/*
 * fuzz_practice.c - what a client may send to the practice servers: a ClientHello, and a request.
 * Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "lab/hello.h"
#include "lab/endpoint.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hello hello;
    char *bytes = exact(data, size);
    bool is_hello = hello_parse(bytes, size, &hello);
    must(hello.bytes == size && memchr(hello.name, 0, sizeof hello.name));
    must(is_hello || (!hello.newest && !hello.name[0]));
    must(page_fetch_of(bytes, size) <= FETCH_ISSUER);
    (void)page_request_is_whole(bytes, size);
    hello_mask_ffdhe((uint8_t *)bytes, size);
    free(bytes);
    /* Without the headers of record and message, as it is changed on its way. */
    size_t skip = size < 9 ? size : 9;
    bytes = exact(data + skip, size - skip);
    hello_mask_ffdhe((uint8_t *)bytes, size - skip);
    free(bytes);
    return 0;
}
