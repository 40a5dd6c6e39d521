/*
 * from_file.c - the certificates of a file in the place of what a server would have shown.
 * SPDX-License-Identifier: MIT
 */
#include "from_file.h"

#include "whytls/chain.h"
#include "whytls/text.h"
#include "whytls/message.h"

bool add_chain_from_file(struct evidence *ev, const void *bytes, size_t len, char *error,
                         size_t error_size)
{
    struct blob list[EVIDENCE_MAX_CHAIN] = {{0}};
    const struct settings none = {.port = ev->target.port};
    size_t n = chain_read_bundle(bytes, len, list, EVIDENCE_MAX_CHAIN);
    struct probe *p = n > 0 ? evidence_add_probe(ev, &none, 0) : NULL;
    for (size_t i = 0; i < EVIDENCE_MAX_CHAIN && i < n; i++) {
        ev->no_memory = ev->no_memory || list[i].len == 0;
        int index = p ? evidence_add_certificate(ev, list[i].data, list[i].len) : -1;
        if (index >= 0)
            p->outcome.chain[p->outcome.n_chain++] = (int16_t)index;
        else if (p)
            p->outcome.chain_cut = true;
        blob_fini(&list[i]);
    }
    if (ev->no_memory)
        text_copy_cut(error, error_size, "");
    else if (n == 0)
        text_copy_cut(error, error_size, message("there is no certificate in the file"));
    else if (!p || p->outcome.n_chain == 0)
        text_copy_cut(error, error_size,
                      message("the certificates in the file are larger than 64 KiB"));
    else {
        p->outcome.finished = true;
        p->outcome.stage = STAGE_CERTIFICATE;
        p->outcome.chain_cut = p->outcome.chain_cut || n > EVIDENCE_MAX_CHAIN;
        return true;
    }
    return false;
}
