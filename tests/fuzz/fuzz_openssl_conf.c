/*
 * fuzz_openssl_conf.c - feeds bytes to the reader of OpenSSL's configuration format, and what they
 * come to to the one of its policy. What it includes is left out: the answer depends on the bytes
 * alone. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "local/openssl_conf.h"
#include "local/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct policy policy;
    clearenv(); /* $ENV::name */
    struct conf *c = conf_parse(data, size);
    if (!c)
        return 0;
    for (const struct conf_entry *e = conf_next(c, "default", NULL); e;
         e = conf_next(c, "default", e))
        must(conf_value(c, "default", e->name) != NULL); /* what is listed can be found */
    policy_openssl_judge(c, "openssl.cnf", &policy);
    must_be_clean(policy.file);
    must_be_clean(policy.line);
    must(policy.limits || !policy.line[0] || policy.dh_min_bits);
    conf_free(c);
    return 0;
}
