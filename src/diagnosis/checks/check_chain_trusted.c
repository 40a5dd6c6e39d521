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
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The site signed its own certificate",
        .what = "A certificate is a site's ID card. An authority should sign it. This site signed "
                "its own, so nobody else vouches for it.",
        .todo = {"Ask the site's owner for a certificate from a known authority.",
                 "Compare the fingerprint with the owner, if it is your own device."},
        .dont = {"Do not go past the warning on a public site.",
                 "Do not install a certificate that someone sends you."},
        .to_confirm = "With this certificate on your list it would be accepted.",
    },
    {
        .slug = "chain.unknown-authority",
        .code = "W-602",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "Nobody that you trust vouches for this site",
        .what = "The site's certificate is signed by {issuer}. That authority is not on this "
                "computer's list. So nobody knows if the site is what it says.",
        .todo = {"Tell the site's owner that {issuer} is not on your list.",
                 "Update this computer, so that its list is a new one."},
        .dont = {"Do not go past the warning.",
                 "Do not install a certificate that someone sends you."},
        .to_confirm = "The site does not send the certificate of {issuer}. It would tell.",
    },
    {
        .slug = "chain.private-authority",
        .code = "W-604",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The company's own authority is missing on this computer",
        .what = "This looks like an inside site. Its certificate is signed by {issuer}. That "
                "authority is not on this computer's list.",
        .todo = {"Ask your IT department to add the company's authority to this computer.",
                 "Give them the name {issuer}."},
        .dont = {"Do not go past the warning.",
                 "Do not install a certificate that someone sends you."},
        .to_confirm = "The site does not send the certificate of {issuer}. It would tell.",
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
        if (!r->leaf.is_self_signed) /* a signature that can't be checked here */
            n->certainty = CERTAINTY_LIKELY;
        check_say(c, said_plain(SAID_SELF_SIGNED));
        return;
    }
    struct diagnosed *n = check_chain_cause(
        c, target_is_public(c->ev) ? "chain.unknown-authority" : "chain.private-authority",
        CHAIN_CHANGE_ADD_ROOT);
    if (a->is_incomplete)
        n->certainty = CERTAINTY_LIKELY;
    check_say(c, said_plain(SAID_NOT_TRUSTED));
}

const struct check check_chain_trusted = {
    .id = "chain-trusted",
    .step = STEP_CERTIFICATES,
    .question = "Do we trust the authority on top?",
    .gloss = "An authority signs cards. Your computer has a list of those it trusts.",
    .fine = "The authority on top is one that you trust.",
    .fine_brief = "the authority",
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
