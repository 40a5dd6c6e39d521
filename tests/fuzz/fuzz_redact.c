/*
 * fuzz_redact.c - any bytes as a certificate of a case whose names are to be hidden: the name of
 * the target, with those bytes behind it, is not printed. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "whytls/case.h"

static const char host[] = "shop.secret.example", behind[] = "shop.secret.example ";

static void must_hide(const struct veil *v, const char *text)
{
    struct buf out;
    buf_init(&out, 1024 * 1024);
    veil_hide(v, HIDE_ALL, text, &out);
    must(out.failed || strncmp(buf_text(&out), host, strlen(host)) != 0);
    buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { GROWTH = 8 }; /* of a byte that is cleaned */
    struct evidence *ev = evidence_new();
    struct veil *v = veil_new();
    char *text = malloc(sizeof behind + GROWTH * size + 1);
    must(ev && v && text);
    TEXT_SET(ev->target.host, host);
    TEXT_SET(ev->target.ascii, host);
    if (size)
        evidence_add_certificate(ev, data, size);
    veil_learn(v, ev);
    memcpy(text, behind, sizeof behind);
    must(text_clean(text + sizeof behind - 1, GROWTH * size + 1, data, size));
    must_hide(v, host);
    must_hide(v, text);
    char *output = case_redact_output(ev, text);
    must(!output || strncmp(output, host, strlen(host)) != 0);
    free(output);
    free(text);
    veil_free(v);
    evidence_free(ev);
    return 0;
}
