/*
 * fuzz_user_dirs.c - any bytes as user-dirs.dirs, which says where documents are: the folder for
 * cases is there, in the home. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "whytls/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char folder[STORE_PATH] = "";
    struct as_file file;
    as_file_init(&file, data, size);
    const char *home = as_folder(&file, "user-dirs.dirs");
    must(setenv("HOME", home, 1) == 0 && setenv("XDG_CONFIG_HOME", home, 1) == 0 &&
         unsetenv("XDG_DATA_HOME") == 0);
    if (store_user_folder(folder, sizeof folder))
        must(strncmp(folder, home, strlen(home)) == 0 && memchr(folder, 0, sizeof folder));
    as_file_fini(&file);
    return 0;
}
