/*
 * scenarios.c - the table of scenarios.def, and ways into it. Uses libc only.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "lab/scenario.h"

/* What servers had that NORMAL of GnuTLS no longer has: a row adds its ciphers to these. */
#define OLD_CIPHERS "+ECDHE-ECDSA:+ECDHE-RSA:+RSA:+AES-256-CBC:+AES-128-CBC:+SHA1"
#define SHARED "+GROUP-ALL:+SIGN-ALL:+SIGN-ECDSA-SHA1:+SIGN-RSA-SHA1:+COMP-NULL:+CTYPE-X509"

/* The user's own certificate; a row that changes it says what is wrong. */
#define CLIENT_CERTIFICATE_FOR(use)                                                                \
    .purpose = (use), .cn = "Anna Example", .organisation = "Corp", .issuer_cn = "Corp Client CA", \
    .root_cn = "Corp Client Root"
#define CLIENT_CERTIFICATE CLIENT_CERTIFICATE_FOR(LAB_PURPOSE_CLIENT)

#define DAY INT64_C(86400)

static const struct scenario scenarios[] = {
#include "lab/scenarios.def"
};

enum { SCENARIO_COUNT = sizeof scenarios / sizeof scenarios[0] };

const struct scenario_line *lab_scenario(size_t i)
{
    return i < SCENARIO_COUNT ? &scenarios[i].line : NULL;
}

const struct scenario *scenario_find(const char *name)
{
    for (size_t i = 0; i < SCENARIO_COUNT; i++)
        if (name && strcmp(scenarios[i].line.name, name) == 0)
            return &scenarios[i];
    return NULL;
}

const char *scenario_host(const struct scenario *s)
{
    return s->host ? s->host : "shop.example";
}

size_t scenario_chains(const struct scenario *s)
{
    if (s->server.serves != SERVES_TLS)
        return 0;
    return s->n_chains ? s->n_chains : 1;
}

time_t scenario_clock(const struct scenario *s)
{
    return time(NULL) + s->server.clock_offset_s;
}
