/*
 * check_interception.c - does a program or a box on the way open the traffic? By the issuer's name
 * (src/data/issuers.json), or by an authority that was added on this computer.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "../context.h"
#include "whytls/text.h"

/* What is odd with a certificate that was made on the way says nothing of the site. */
#define IN_PLACE_OF_THE_SITES                                                                      \
    {                                                                                              \
        "chain.unknown-authority", "chain.self-signed", "chain.private-authority",                 \
            "chain.missing-intermediate", "chain.wrong-intermediate", "chain.weak-key",            \
            "chain.weak-signature", "chain.broken-rule", "chain.not-an-authority",                 \
            "chain.too-deep", "chain.name-limit", "chain.bad-signature", "chain.expired",          \
            "chain.not-yet-valid", "between.added-root", "name.other-name",                        \
            "name.default-certificate", "name.wildcard-depth", "name.no-san"                       \
    }

static const struct cause causes[] = {
    {
        .slug = "between.known-product",
        .code = "W-801",
        .who = WHO_YOUR_IT,
        .who_all = N_("Whoever looks after this computer; at home, you."),
        .blocks = BLOCKS_CERTIFICATE,
        .explains = IN_PLACE_OF_THE_SITES,
        .title = N_("Most likely {product} inspects this connection"),
        .what = N_("TLS inspection opens connections to look inside, as is common at work. By its "
                   "name, {product} made this certificate. Programs that do not trust it stop."),
        .todo = {N_("Ask your IT department: is it theirs? If so, they add its authority."),
                 N_("Ask them to exempt this site, if they cannot."),
                 N_("Look in your antivirus for TLS inspection, if at home.")},
        .how = {WAY_TELL_IT, WAY_ADD_AUTHORITY, WAY_ANTIVIRUS},
        .dont = {N_("Do not switch your antivirus off."), DONT_GO_AROUND},
        .term = N_(
            "TLS inspection (interception): the certificate of {endpoint} is issued by {issuer}, a "
            "name that {product} uses (certificate SHA-256 {sha256}). If it is your own: deploy "
            "its root certificate to the program that fails, or exempt this host from inspection."),
        .proof = N_("The certificate is signed by {issuer}, a name that this product uses."),
        .to_confirm = N_("By mobile data the site would show another certificate."),
    },
    {
        .slug = "between.added-root",
        .code = "W-802",
        .who = WHO_YOUR_IT,
        .who_all = N_("Whoever looks after this computer; at home, you."),
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("An authority that was added here vouches for this public site"),
        .what = N_(
            "A certificate authority (CA) vouches for a site. This one, {top_issuer}, did not come "
            "with your system: someone added it. It may be TLS inspection, which can read along."),
        .todo = {N_("Ask your IT department about it: at work it is common."),
                 N_("Remove it, if nobody knows it and the computer is yours."),
                 N_("Use another device for passwords until you know.")},
        .how = {WAY_TELL_IT, WAY_REMOVE_AUTHORITY},
        .dont = {N_("Do not log in to anything important first.")},
        .term =
            N_("Locally added root certificate vouches for a public host: the chain of {endpoint} "
               "ends at {top_issuer} (SHA-256 {sha256}), which was added to this computer's trust "
               "store and is no public CA: TLS inspection, a private CA, or unwanted software."),
        .proof =
            N_("By the trust store as your system came with it, the certificate is not accepted."),
        .to_confirm = N_("By mobile data the site would show another certificate."),
    },
    {
        .slug = "interception.untrusted-by-filter",
        .code = "W-805",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner, or your IT department."),
        .blocks = BLOCKS_CERTIFICATE,
        .explains = IN_PLACE_OF_THE_SITES,
        .title = N_("Most likely {product} found the site's certificate bad"),
        .what =
            N_("TLS inspection checks a site's certificate for you. By its name, {product} marked "
               "this one as untrusted. So the site's own is likely expired or not trusted."),
        .todo = {N_("Open the site by mobile data: which warning comes there?"),
                 N_("Tell the site's owner, if it fails there too; else your IT.")},
        .how = {WAY_OTHER_NETWORK, WAY_TELL_OWNER},
        .dont = {N_("Do not add this authority anywhere: it marks bad sites."), DONT_GO_AROUND},
        .term =
            N_("Re-signed as untrusted: TLS inspection ({product}, by name) issued the "
               "certificate of {endpoint} from {issuer}, its CA for servers whose own certificate "
               "does not verify (certificate SHA-256 {sha256}). Check the origin's certificate "
               "outside of the inspection; never deploy this CA."),
        .proof = N_("Its issuer is {issuer}."),
        .to_confirm = N_("By mobile data the site would show its own certificate."),
    },
    {
        .slug = "interception.leaked-authority",
        .code = "W-806",
        .who = WHO_YOUR_IT,
        .who_all = N_("Whoever looks after this computer; at home, you."),
        .blocks = BLOCKS_CERTIFICATE,
        .explains = IN_PLACE_OF_THE_SITES,
        .title = N_("The private key of this site's authority is public"),
        .what =
            N_("A certificate authority (CA) vouches for a site. By its name, {issuer} is that of "
               "{product}, whose private key is public. So anyone can forge any site."),
        .todo = {N_("Remove the program that added it: {product}."),
                 N_("Remove {issuer} from this computer's trust store."),
                 N_("Change your passwords after that.")},
        .how = {WAY_NONE, WAY_REMOVE_AUTHORITY, WAY_NONE},
        .dont = {N_("Do not add this authority to any program."),
                 N_("Do not log in to anything on this computer before that.")},
        .term =
            N_("CA with a publicly known private key: the certificate of {endpoint} is issued by "
               "{issuer} ({product}; certificate SHA-256 {sha256}, top of the chain SHA-256 "
               "{top_sha256}). Uninstall the software that added it, and remove or distrust this "
               "root certificate in every trust store."),
        .proof = N_("The certificate is signed by {issuer}, whose private key was published."),
        .to_confirm =
            N_("Compare the SHA-256 fingerprint of the root certificate with the published one."),
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
    case ISSUER_LEAKED:
    case ISSUER_UNTRUSTED:
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

/* The certificate on top is the very one whose key was published. */
static bool is_leaked_key(const struct analysis *r, const struct issuer *issuer)
{
    const struct chain_answer *a = &r->chain_then;
    struct cert_info top;
    const struct blob *der = analysis_path_der(r, a, (int)a->n_path - 1);
    return issuer->fingerprint[0] && der && cert_describe(der, &top) &&
           (strcmp(issuer->fingerprint, top.sha256) == 0 ||
            strcmp(issuer->fingerprint, top.key_sha256) == 0);
}

/* A product's authority of this name is for the certificates that it found bad. */
static bool marks_bad_ones(const struct analysis *r, int place, const struct issuer *issuer)
{
    struct cert_info info;
    const struct blob *der = analysis_path_der(r, &r->chain_then, place);
    return issuer->kind == ISSUER_UNTRUSTED ||
           (der && cert_describe(der, &info) && text_has_words_nocase(info.issuer, "untrusted"));
}

/* A name is no proof of the product; only a key whose fingerprint is known is. */
static void name_product(struct check_context *c, int place)
{
    const struct analysis *r = c->r;
    const struct issuer *issuer = analysis_path_issuer(r, &r->chain_then, place);
    bool is_key = is_leaked_key(r, issuer);
    const char *slug = is_key || issuer->kind == ISSUER_LEAKED ? "interception.leaked-authority"
                       : marks_bad_ones(r, place, issuer)      ? "interception.untrusted-by-filter"
                                                               : "between.known-product";
    struct diagnosed *n = check_chain_cause(c, slug, CHAIN_CHANGE_ADD_ROOT);
    n->certainty = is_key ? CERTAINTY_PROVEN : CERTAINTY_LIKELY;
    n->path_place = place;
}

static void judge(struct check_context *c)
{
    const struct analysis *r = c->r;
    int place = product_place(c);
    const struct anchor *anchor = path_anchor(r);
    bool is_shipped = anchor && anchor->source == ANCHOR_SHIPPED;
    if (place >= 0 && !is_shipped) {
        name_product(c, place);
        check_say(c, said_plain(SAID_KNOWN_PRODUCT));
    } else if (anchor && anchor->source == ANCHOR_ADDED && target_is_public(c->ev)) {
        struct diagnosed *n = check_chain_cause(c, "between.added-root", CHAIN_CHANGE_ADD_ROOT);
        n->path_place = (int)r->chain_then.n_path - 1;
        /* The pair: accepted with the added authority, and not by the list as it came. */
        n->certainty = fails_without_additions(r) ? CERTAINTY_PROVEN : CERTAINTY_LIKELY;
        check_say(c, said_plain(SAID_ADDED_AUTHORITY));
    } else {
        check_fine(c, said_plain(SAID_NO_SIGN));
    }
}

const struct check check_interception = {
    .id = "interception",
    .step = STEP_BETWEEN,
    .question = N_("Does something open your connections?"),
    .gloss =
        N_("TLS inspection, of an antivirus or at work, opens secure connections to look inside."),
    .fine = N_("We saw no sign of TLS inspection."),
    .fine_brief = N_("no TLS inspection"),
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
