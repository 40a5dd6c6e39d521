/*
 * fuzz_node.c - any bytes as the program Node (ELF), asked which libraries it names. Entry point
 * for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "local/local_stores.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct as_file file;
    as_file_init(&file, data, size);
    if (store_node_uses_system(file.path))
        must(memmem(data, size, "libssl.so", 9) || memmem(data, size, "libnode.so", 10));
    as_file_fini(&file);
    return 0;
}
