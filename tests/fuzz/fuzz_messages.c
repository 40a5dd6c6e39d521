/*
 * fuzz_messages.c - hostile handshake messages: the first byte chooses the message, the rest is its
 * body. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "probe/messages.h"
#include "whytls/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_one(unsigned which, const uint8_t *body, size_t n, struct evidence *ev,
                     struct outcome *o)
{
    static const gnutls_kx_algorithm_t kinds[] = {GNUTLS_KX_DHE_RSA, GNUTLS_KX_ECDHE_RSA,
                                                  GNUTLS_KX_ANON_DH, GNUTLS_KX_RSA};
    gnutls_kx_algorithm_t kx = kinds[which / 8 % 4];
    o->version = which & 0x80 ? 0x0304 : 0x0303;
    switch (which % 6) {
    case 0:
        message_read_server_hello(body, n, o, &kx);
        break;
    case 1:
        message_read_key_exchange(body, n, kx, o);
        break;
    case 2:
        message_read_certificate_verify(body, n, o);
        break;
    case 3:
        message_read_certificate(body, n, ev, o);
        break;
    case 4:
        message_read_certificate_request(body, n, ev, o);
        break;
    default:
        message_read_status(body, n, ev, o);
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct outcome o = {0};
    struct evidence *ev = evidence_new();
    if (!ev || !size) {
        evidence_free(ev);
        return 0;
    }
    uint8_t *exact = malloc(size);
    if (exact) {
        memcpy(exact, data, size);
        read_one(exact[0], exact + 1, size - 1, ev, &o);
    }
    if (!text_is_clean(o.suite, strlen(o.suite)) || !text_is_clean(o.group, strlen(o.group)) ||
        o.n_chain > EVIDENCE_MAX_CHAIN)
        abort();
    for (size_t i = 0; i < o.n_chain; i++)
        if (o.chain[i] < 0 || (size_t)o.chain[i] >= ev->n_certificates)
            abort();
    for (size_t i = 0; i < ev->n_requests; i++)
        for (size_t k = 0; k < ev->requests[i].n_authorities; k++)
            if (!text_is_clean(ev->requests[i].authorities[k].dn,
                               strlen(ev->requests[i].authorities[k].dn)))
                abort();
    free(exact);
    evidence_free(ev);
    return 0;
}
