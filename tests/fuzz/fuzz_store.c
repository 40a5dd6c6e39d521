/*
 * fuzz_store.c - any bytes as another program's list of authorities: the first one says whether it
 * is Java's or NSS's. They are read from a file, as there is no other way to NSS's. Entry point for
 * libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "local/local_stores.h"
#include "local/trust.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader r = reader_of(data, size);
    bool is_nss = reader_u8(&r) & 1;
    struct as_file file;
    struct trust_list *list = trust_list_new();
    must(list != NULL);
    as_file_init(&file, r.at, r.left);
    bool is_read = (is_nss ? store_read_nss : store_read_java)(list, file.path);
    for (size_t i = 0; is_read && i < list->n; i++)
        must(list->anchors[i].der.data && list->anchors[i].subject.data);
    trust_list_free(list);
    as_file_fini(&file);
    return 0;
}
