/*
 * begin.c - a fresh case: its code, the target, and the facts of this computer, or what the lab
 * puts in their place. Uses evidence, local, probe.
 * SPDX-License-Identifier: MIT
 */
#include "begin.h"

#include <string.h>
#include <sys/random.h>
#include <uv.h>

#include "whytls/local.h"
#include "whytls/text.h"

enum { DEFAULT_TIMEOUT_S = 5 }; /* longest silence at one stage of a probe */

static uint64_t case_seed(const struct request *r)
{
    uint64_t seed = r->pretend.case_seed;
    if (!seed && getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != (ssize_t)sizeof(seed))
        seed = uv_hrtime();
    return seed;
}

struct probe_secrets session_secrets(const struct request *r)
{
    return (struct probe_secrets){.cert_file = r->cert,
                                  .key_file = r->key,
                                  .cert_pem = r->pretend.cert_pem,
                                  .key_pem = r->pretend.key_pem};
}

/* A fresh case with the facts of this computer, or what the lab puts in their place. */
struct evidence *session_begin_evidence(const struct request *r)
{
    struct evidence *ev = evidence_new();
    if (!ev)
        return NULL;
    ev->target = r->target;
    ev->offline = r->offline;
    if (!ev->target.timeout_s)
        ev->target.timeout_s = DEFAULT_TIMEOUT_S;
    if (!ev->target.client[0])
        TEXT_SET(ev->target.client, "current");
    case_code_make(ev->case_code, sizeof(ev->case_code), case_seed(r));
    local_read_clock(&ev->facts, r->pretend.clock_offset_s);
    if (r->pretend.witnesses_set) {
        memcpy(ev->facts.witnesses, r->pretend.witnesses, sizeof(ev->facts.witnesses));
        ev->facts.n_witnesses = r->pretend.n_witnesses;
    }
    const struct policy *policies = r->pretend.policies_set ? r->pretend.policies : r->policies;
    if (policies)
        memcpy(ev->facts.policies, policies, sizeof(ev->facts.policies));
    if (ev->target.has_client_certificate) {
        const struct probe_secrets secrets = session_secrets(r);
        probe_note_own(ev, &secrets);
    }
    return ev;
}
