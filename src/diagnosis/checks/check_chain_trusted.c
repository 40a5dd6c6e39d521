/*
 * check_chain_trusted.c - does the chain lead to an authority that this computer trusts?
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "chain.self-signed",
        .code = "W-601",
        .who = WHO_SITE_OWNER,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The site's certificate is self-signed"),
        .what =
            N_("A certificate is a site's ID card, and an authority (CA) should sign it. This one "
               "is self-signed: no authority vouches for it."),
        .todo = {N_("Open the site by mobile data: does the same warning come?"),
                 N_("Ask the site's owner for one that a CA signed, if it does."),
                 N_("Compare the SHA-256 fingerprint, if it is your own device.")},
        .how = {WAY_OTHER_NETWORK, WAY_TELL_OWNER, WAY_FINGERPRINT},
        .dont = {DONT_GO_AROUND, N_("Do not install a certificate that someone sends you.")},
        .term = N_(
            "Self-signed certificate: the leaf certificate of {endpoint} (subject {subject}, "
            "serial number "
            "{serial}, SHA-256 {sha256}) is its own issuer and in no trust store. Install one from "
            "a trusted CA; for a device of your own, compare the fingerprint before you trust it."),
        .to_confirm =
            N_("Open the site by mobile data. The same certificate there means: it is the site's."),
    },
    {
        .slug = "chain.unknown-authority",
        .code = "W-602",
        .who = WHO_SITE_OWNER,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The site's authority is not trusted here"),
        .what =
            N_("No trusted certificate authority (CA) vouches for this site, only {issuer}. The "
               "fault is the site's, your network's, or this computer's."),
        .todo = {N_("Open it by mobile data: is the warning the same?"),
                 N_("Tell the site's owner, if it is; your network, if not."),
                 N_("Update this computer, if it is old.")},
        .how = {WAY_OTHER_NETWORK, WAY_TELL_OWNER, WAY_UPDATE_SYSTEM},
        .dont = {DONT_GO_AROUND, N_("Do not install a certificate that someone sends you.")},
        .term = N_(
            "Untrusted certificate authority: the chain of {endpoint} ends at {issuer}, which "
            "is not in this computer's trust store; sent: {sent_count}; SHA-256 of the last "
            "one: {sha256}. Either the site uses a private CA, or the connection is intercepted, "
            "or this trust store is too old. Compare the fingerprint over another network."),
        .to_confirm =
            N_("Open the site by mobile data. The same authority there means: it is the site's."),
    },
    {
        .slug = "chain.private-authority",
        .code = "W-604",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("Your organisation's own authority is not trusted here"),
        .what = N_("This looks like an inside site. Your organisation's own certificate authority "
                   "(CA), {issuer}, vouches for it. This computer does not trust it yet."),
        .todo = {N_("Ask your IT department: is it theirs? If so, they add it here."),
                 N_("Ask who set the site up, if you have no IT department.")},
        .how = {WAY_ADD_AUTHORITY, WAY_TELL_IT},
        .dont = {DONT_GO_AROUND, N_("Do not install a certificate that a stranger sends you.")},
        .term =
            N_("Private certificate authority not in the trust store: the chain of {endpoint} "
               "ends at {issuer}; sent: {sent_count}; SHA-256 of the last one: {sha256}. "
               "Deploy the root certificate to this computer's trust store by device management."),
        .to_confirm = N_("The site does not send the certificate of {issuer}. It would tell."),
    },
};

static void judge(struct check_context *c)
{
    const struct analysis *r = c->r;
    const struct chain_answer *a = &r->chain_then;
    if (!(a->changes & CHAIN_BIT(ADD_ROOT))) {
        check_fine(c, said_plain(SAID_YES));
        return;
    }
    if (analysis_lacks_issuer(r)) { /* chain_complete names it */
        check_unknown(c, said_plain(SAID_CHAIN_INCOMPLETE));
        return;
    }
    /* By its own name and another key it is signed by an authority that bears the same name. */
    if (r->leaf.is_self_issued && a->n_path == 1 && !a->is_incomplete) {
        struct diagnosed *n = check_chain_cause(c, "chain.self-signed", CHAIN_CHANGE_ADD_ROOT);
        /* A signature that can't be checked here; or a public name, for which something on the way
         * may have made it. */
        if (!r->leaf.is_self_signed || target_is_public(c->ev))
            n->certainty = CERTAINTY_LIKELY;
        check_say(c, said_plain(SAID_SELF_SIGNED));
        return;
    }
    bool is_public = target_is_public(c->ev);
    struct diagnosed *n =
        check_chain_cause(c, is_public ? "chain.unknown-authority" : "chain.private-authority",
                          CHAIN_CHANGE_ADD_ROOT);
    if (a->is_incomplete || is_public)
        n->certainty = CERTAINTY_LIKELY;
    check_say(c, said_plain(SAID_NOT_TRUSTED));
}

const struct check check_chain_trusted = {
    .id = "chain-trusted",
    .step = STEP_CERTIFICATES,
    .question = N_("Is its authority trusted here?"),
    .gloss =
        N_("A certificate authority (CA) signs certificates. A trust store lists those you trust."),
    .fine = N_("The site's certificate authority is trusted by this computer."),
    .fine_brief = N_("the authority"),
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
