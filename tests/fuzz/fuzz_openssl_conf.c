/*
 * fuzz_openssl_conf.c - feeds bytes to the reader of OpenSSL's configuration format. What it
 * includes is left out: the answer depends on the bytes alone.
 * SPDX-License-Identifier: MIT
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "local/openssl_conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct conf *c = conf_parse(data, size);
    if (!c)
        return 0;
    for (const struct conf_entry *e = conf_next(c, "default", NULL); e;
         e = conf_next(c, "default", e))
        if (!conf_value(c, "default", e->name))
            abort(); /* what is listed can be found */
    conf_free(c);
    return 0;
}
