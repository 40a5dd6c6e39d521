/*
 * fuzz_cert.c - hostile certificates: the input is a chain, each certificate after its length in
 * two bytes, and is described and judged in every role. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include "whytls/chain.h"
#include "whytls/reader.h"
#include "whytls/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { JUNE_2026 = 1780272000 };

static size_t take_apart(const uint8_t *data, size_t size, struct blob *out, size_t max)
{
    struct reader r = reader_of(data, size);
    size_t n = 0;
    while (n < max && r.left > 2) {
        size_t len = reader_u16(&r);
        len = len < r.left ? len : r.left;
        const uint8_t *bytes = reader_bytes(&r, len);
        if (len > 0 && !blob_set(&out[n++], bytes, len)) {
            return n - 1;
        }
    }
    return n;
}

static void describe(const struct blob *der)
{
    static struct cert_info info;
    if (!cert_describe(der, &info)) {
        return;
    }
    const char *texts[] = {info.subject,   info.subject_org, info.subject_dn, info.issuer,
                           info.issuer_dn, info.key,         info.signature};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t n = 0;
        while (texts[i][n]) {
            n++;
        }
        if (!text_is_clean(texts[i], n)) {
            abort();
        }
    }
    if (info.n_names < CERT_MAX_NAMES && cert_covers_name(&info, "shop.example.com", false) !=
                                             cert_der_covers_name(der, "shop.example.com", false)) {
        abort();
    }
    (void)cert_covers_name(&info, "192.0.2.7", true);
}

static void judge(const struct blob *certs, size_t n, size_t n_sent, size_t n_extra)
{
    struct anchor anchors[EVIDENCE_MAX_CHAIN];
    struct chain_question q = {.anchors = anchors, .name = "shop.example.com", .now = JUNE_2026};
    for (size_t i = 0; i < n; i++) {
        if (i < n_sent) {
            q.sent[q.n_sent++] = &certs[i];
        } else if (i < n_sent + n_extra && q.n_extra < EVIDENCE_MAX_FETCHES) {
            q.extra[q.n_extra++] = &certs[i];
        } else {
            anchors[q.n_anchors++] = (struct anchor){.der = certs[i]};
        }
    }
    struct chain_answer a;
    chain_judge(&q, &a);
    if (a.acceptable != (a.judged && a.changes == 0) || a.n_path > CHAIN_MAX_PATH ||
        (a.acceptable && !a.is_proven)) {
        abort();
    }
}

static void read_as_file(const uint8_t *data, size_t size)
{
    struct blob certs[4] = {{NULL, 0}};
    struct buf pem;
    buf_init(&pem, 1024 * 1024);
    size_t n = chain_read_bundle(data, size, certs, 4);
    for (size_t i = 0; i < 4; i++) {
        if ((i < n) != (certs[i].data != NULL)) {
            abort();
        }
        if (i < n) {
            (void)cert_to_pem(&certs[i], &pem);
        }
        blob_fini(&certs[i]);
    }
    buf_fini(&pem);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as_file(data, size);
    struct blob certs[EVIDENCE_MAX_CHAIN] = {{NULL, 0}};
    struct blob whole = {NULL, 0};
    size_t n = take_apart(data, size, certs, EVIDENCE_MAX_CHAIN);
    if (size > 0 && blob_set(&whole, data, size)) {
        describe(&whole);
        judge(&whole, 1, 1, 0);
    }
    for (size_t i = 0; i < n; i++) {
        describe(&certs[i]);
    }
    judge(certs, n, n, 0);
    judge(certs, n, (n + 1) / 2, n / 4);
    for (size_t i = 0; i < EVIDENCE_MAX_CHAIN; i++) {
        blob_fini(&certs[i]);
    }
    blob_fini(&whole);
    return 0;
}
