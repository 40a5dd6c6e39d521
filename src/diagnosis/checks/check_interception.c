/*
 * check_interception.c - does a program or a box on the way open the traffic? By the issuer's name
 * (src/data/issuers.json), or by an authority that was added on this computer.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "between.known-product",
        .code = "W-801",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_CERTIFICATE,
        .explains = {"chain.unknown-authority", "chain.self-signed", "chain.private-authority",
                     "chain.missing-intermediate", "chain.wrong-intermediate", "chain.weak-key",
                     "chain.weak-signature", "chain.broken-rule", "chain.not-an-authority",
                     "chain.too-deep", "chain.name-limit", "chain.bad-signature", "chain.expired",
                     "chain.not-yet-valid", "between.added-root", "name.other-name",
                     "name.default-certificate", "name.wildcard-depth", "name.no-san"},
        .title = "{product} opens your secure traffic",
        .what = "The certificate does not come from the site. {product} made it, a program on this "
                "computer or a filter on your network. It can read what you send.",
        .todo = {"Ask the person who looks after this computer or network about {product}.",
                 "Ask them to add its authority to this program, or to let this site pass."},
        .dont = {"Do not switch your virus checker off.", "Do not go past the warning."},
        .proof = "The certificate is signed by {issuer}, a name that this product uses.",
        .to_confirm =
            "On another network, such as a phone's, the certificate would be another one.",
    },
    {
        .slug = "between.added-root",
        .code = "W-802",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "Somebody added an authority to this computer, and it vouches for this site",
        .what = "This is a public site, but {top_issuer} vouches for it. That authority did not "
                "come with your system. Someone may be reading this traffic.",
        .todo = {"Ask the person who looks after this computer about {top_issuer}.",
                 "Use another device for passwords until you know."},
        .dont = {"Do not log in to anything important first."},
        .proof = "With the list as your system came with it, the certificate is not accepted.",
        .to_confirm =
            "On another network, such as a phone's, the certificate would be another one.",
    },
};

/* A box in the network shows pages of its own under its own name: only where a public site is
 * asked for must it have put itself in between. */
static bool is_interceptor(const struct check_context *c, const struct issuer *issuer)
{
    switch (issuer ? issuer->kind : ISSUER_NONE) {
    case ISSUER_FILTER:
    case ISSUER_ANTIVIRUS:
    case ISSUER_DEVELOPER:
    case ISSUER_UNWANTED:
        return true;
    case ISSUER_APPLIANCE:
        return target_is_public(c->ev);
    default:
        return false;
    }
}

/* Place of the first certificate in the path whose issuer is a known product; -1: none. What comes
 * between makes its certificates by an authority; one that signs itself is the server's own. */
static int product_place(const struct check_context *c)
{
    const struct analysis *r = c->r;
    if (r->leaf.is_self_issued)
        return -1;
    for (size_t i = 0; i < r->chain_then.n_path; i++)
        if (is_interceptor(c, analysis_path_issuer(r, &r->chain_then, (int)i)))
            return (int)i;
    return -1;
}

static const struct anchor *path_anchor(const struct analysis *r)
{
    const struct chain_answer *a = &r->chain_then;
    for (size_t i = 0; i < a->n_path; i++)
        if (a->path[i].from == CHAIN_FROM_ANCHOR)
            return &r->ev->facts.anchors[a->path[i].index];
    return NULL;
}

/* Judges again with nobody's additions to the trust list: what the system came with decides. */
static bool fails_without_additions(const struct analysis *r)
{
    struct anchor shipped[EVIDENCE_MAX_ANCHORS];
    struct chain_question q = r->question;
    size_t n = 0;
    for (size_t i = 0; i < r->question.n_anchors; i++)
        if (r->question.anchors[i].source == ANCHOR_SHIPPED)
            shipped[n++] = r->question.anchors[i];
    q.anchors = shipped;
    q.n_anchors = n;
    q.now = r->true_time;
    struct chain_answer a;
    chain_judge(&q, &a);
    return a.judged && (a.changes & CHAIN_BIT(ADD_ROOT));
}

static void judge(struct check_context *c)
{
    const struct analysis *r = c->r;
    int place = product_place(c);
    const struct anchor *anchor = path_anchor(r);
    bool is_shipped = anchor && anchor->source == ANCHOR_SHIPPED;
    struct diagnosed *n = NULL;
    if (place >= 0 && !is_shipped) {
        n = check_chain_cause(c, "between.known-product", CHAIN_CHANGE_ADD_ROOT);
        n->path_place = place;
        check_say(c, said_plain(SAID_KNOWN_PRODUCT));
    } else if (anchor && anchor->source == ANCHOR_ADDED && target_is_public(c->ev)) {
        n = check_chain_cause(c, "between.added-root", CHAIN_CHANGE_ADD_ROOT);
        n->path_place = (int)r->chain_then.n_path - 1;
        check_say(c, said_plain(SAID_ADDED_AUTHORITY));
    } else {
        check_fine(c, said_plain(SAID_NO_SIGN));
        return;
    }
    /* The pair: accepted with the added authority, and not by the list as it came. */
    n->certainty = fails_without_additions(r) ? CERTAINTY_PROVEN : CERTAINTY_LIKELY;
}

const struct check check_interception = {
    .id = "interception",
    .step = STEP_BETWEEN,
    .question = "Does something open your traffic?",
    .gloss = "Some virus checkers and office filters open secure traffic to look inside.",
    .fine = "We saw no sign that something opens your traffic.",
    .fine_brief = "nobody in between",
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
