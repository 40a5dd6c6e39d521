/*
 * fuzz_statement.c - hostile OCSP answers and lists: the first byte says which, the rest is its
 * DER. Nobody without the issuer's key is believed, whatever they say. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include "lab/forge.h"
#include "whytls/chain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { JUNE_2026 = 1780272000 };

static struct forged chain; /* made once; its keys are new in each run */

static void make_chain(void)
{
    const struct chain_recipe recipe = {.must_staple = true};
    const struct forge_urls urls = {.crl = "http://here/1"};
    if (!chain.n_sent && forge_chain(&chain, &recipe, "shop.example", &urls, JUNE_2026) < 0) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    make_chain();
    struct statement said = {.kind = size && data[0] & 1 ? STATEMENT_CRL : STATEMENT_OCSP};
    if (size < 2 || !blob_set(&said.der, data + 1, size - 1)) {
        return 0;
    }
    const struct anchor anchor = {.der = chain.der[FORGED_ROOT]};
    struct chain_question q = {
        .sent = {&chain.der[FORGED_LEAF], &chain.der[FORGED_INTERMEDIATE]},
        .n_sent = 2,
        .anchors = &anchor,
        .n_anchors = 1,
        .staple = &said,
        .told = {&said},
        .n_told = 1,
        .may_expect_staple = true,
        .now = JUNE_2026,
    };
    struct chain_answer a;
    chain_judge(&q, &a);
    if (a.changes != CHAIN_BIT(STAPLE) || a.standing.kind == STANDING_GOOD ||
        a.standing.kind == STANDING_REVOKED) {
        abort();
    }
    blob_fini(&said.der);
    return 0;
}
