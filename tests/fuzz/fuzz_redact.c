/*
 * fuzz_redact.c - any bytes as a certificate of a case whose names are to be hidden: the name of
 * the target, with those bytes behind it, is not printed. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "whytls/case.h"

static const char host[] = "shop.secret.example", behind[] = "shop.secret.example ";

static void must_hide(const struct redaction *redaction, const char *text)
{
    struct buf out;
    const char *shown = redaction_text(redaction, text, &out);
    must(out.failed || strncmp(shown, host, strlen(host)) != 0);
    buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { GROWTH = 8 }; /* of a byte that is cleaned */
    struct evidence *ev = evidence_new();
    struct redactor *v = redactor_new();
    char *text = malloc(sizeof behind + GROWTH * size + 1);
    must(ev && v && text);
    TEXT_SET(ev->target.host, host);
    TEXT_SET(ev->target.ascii, host);
    if (size)
        evidence_add_certificate(ev, data, size);
    redactor_learn(v, ev);
    memcpy(text, behind, sizeof behind);
    must(text_clean(text + sizeof behind - 1, GROWTH * size + 1, data, size));
    const struct redaction redaction = redactor_redaction(v, HIDE_ALL);
    must_hide(&redaction, host);
    must_hide(&redaction, text);
    free(text);
    redactor_free(v);
    evidence_free(ev);
    return 0;
}
