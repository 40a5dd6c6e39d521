/*
 * fuzz_fetched.c - what comes of a fetch: the first byte says whether the rest is the body of a
 * certificate, an OCSP response or a CRL, behind a certificate that the case has already; or header
 * lines. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "probe/fetch_guard.h"
#include "whytls/chain.h"

static void read_head(struct reader r)
{
    struct fetched_head head = {.is_open = false};
    const char *line;
    size_t n;
    while (reader_line(&r, &line, &n)) {
        char *bytes = exact(line, n);
        fetched_take_header(&head, bytes, n);
        must(head.date >= 0 && head.age >= 0);
        free(bytes);
    }
}

static void read_body(enum fetch_kind kind, struct reader r, struct evidence *ev)
{
    struct fetch f = {.kind = kind, .certificate = -1, .statement = -1};
    struct reader have = part(&r);
    size_t before = 0;
    static struct cert_info info;
    if (have.left)
        evidence_add_certificate(ev, have.at, have.left);
    before = ev->n_certificates;
    char *body = exact(r.at, r.left);
    fetched_take(ev, &f, body, r.left);
    free(body);
    must(f.certificate < (int)ev->n_certificates && f.statement < (int)ev->n_statements);
    must(f.statement < 0 || kind != FETCH_KIND_ISSUER);
    must(ev->n_certificates == before || f.certificate >= 0);
    if (f.certificate >= 0) /* what is taken can be read */
        must(cert_describe(&ev->certificates[f.certificate].der, &info));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader r = reader_of(data, size);
    unsigned kind = reader_u8(&r) % (FETCH_KIND_COUNT + 1);
    if (kind == FETCH_KIND_COUNT) {
        read_head(r);
        return 0;
    }
    struct evidence *ev = evidence_new();
    must(ev != NULL);
    read_body((enum fetch_kind)kind, r, ev);
    evidence_free(ev);
    return 0;
}
