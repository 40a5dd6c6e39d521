/*
 * fuzz_git.c - any bytes as git's settings: the file that they name is a text of one line. Entry
 * point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "local/local_stores.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char file[PATH_MAX] = "";
    char *text = exact(data, size);
    if (store_read_git(text, size, file))
        must(file[0] && memchr(file, 0, sizeof file) && !strchr(file, '\n'));
    free(text);
    return 0;
}
