/*
 * fuzz_store.c - any bytes as another program's list of authorities: the first one says whether it
 * is Java's or NSS's. They are read from a file, as there is no other way to NSS's. Entry point for
 * libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "local/stores.h"
#include "local/trust.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    int fd = size ? memfd_create("store", MFD_CLOEXEC) : -1;
    struct trust_list *list = calloc(1, sizeof *list);
    if (fd < 0 || !list || write(fd, data + 1, size - 1) != (ssize_t)(size - 1)) {
        free(list);
        close(fd);
        return 0;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    bool is_read = (data[0] & 1 ? store_read_nss : store_read_java)(list, path);
    for (size_t i = 0; is_read && i < list->n; i++)
        if (!list->anchors[i].der.data || !list->anchors[i].subject.data)
            abort();
    trust_list_free(list);
    close(fd);
    return 0;
}
