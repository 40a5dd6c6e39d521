/*
 * check_chain_complete.c - did the site send all its certificates? Fetches a missing one from the
 * address that the certificate above names (AIA), and proves it by putting it in.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "chain.missing-intermediate",
        .code = "W-603",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .tells_missing = true,
        .title = N_("The site sends an incomplete certificate chain"),
        .what = N_(
            "A certificate chain links a site's certificate to a trusted authority. This site does "
            "not send one link of it: an intermediate certificate."),
        .todo = {N_("Tell the site's owner that the chain is incomplete."),
                 N_("Ask them to install the full chain (\"fullchain\").")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND, N_("Do not install a certificate that someone sends you.")},
        .term =
            N_("Incomplete certificate chain: {endpoint} does not send an intermediate "
               "certificate: {missing_name} ({missing_how}). Sent: {sent_count}. Install the full "
               "chain: the leaf first, then each intermediate certificate."),
        .proof = N_("No trusted authority can be reached from what was sent."),
        .to_confirm = N_("The missing certificate could not be fetched. With it we could be sure."),
    },
    {
        .slug = "chain.wrong-intermediate",
        .code = "W-625",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .tells_missing = true,
        .title = N_("The site sends a wrong intermediate certificate"),
        .what = N_(
            "An intermediate certificate links a site's certificate to a trusted authority. This "
            "one has the right name, but another key. So the certificate chain does not hold."),
        .todo = {N_("Tell the site's owner about the wrong intermediate certificate."),
                 N_("Ask them to install the chain that the authority gave them.")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND, N_("Do not install a certificate that someone sends you.")},
        .term =
            N_("Wrong intermediate certificate: {endpoint} sends one with the right subject, but "
               "its key does not verify the signature of the certificate below it. The right one: "
               "{missing_name} ({missing_how}). Sent: {sent_count}. Install the chain that the "
               "certificate authority gave with this certificate."),
        .proof = N_("An intermediate certificate was sent with the right name and a wrong key."),
        .to_confirm = N_("The right certificate could not be fetched. With it we could be sure."),
    },
};

static bool needs_root(const struct analysis *r)
{
    return r->chain_then.is_incomplete && (r->chain_then.changes & CHAIN_BIT(ADD_ROOT));
}

/*
 * The certificate whose issuer is to be fetched: the top of a path that just ends, or one whose
 * signature does not fit what stands above it, for the right one may be elsewhere.
 */
static bool describe_lacking(const struct analysis *r, struct cert_info *info)
{
    const struct chain_answer *a = &r->chain_then;
    int place = needs_root(r) ? (int)a->n_path - 1 : a->at[CHAIN_CHANGE_INTACT];
    const struct blob *der = a->judged ? analysis_path_der(r, a, place) : NULL;
    return der && cert_describe(der, info);
}

/* Asks for the issuer of the path's top; true while one may still come. */
static bool is_fetching(struct check_context *c, const struct cert_info *top)
{
    for (size_t i = 0; i < top->n_issuer_urls; i++) {
        const struct fetch *f = evidence_find_fetch(c->ev, top->issuer_urls[i], "");
        if (!f && check_can_ask(c) && c->ev->n_fetches < EVIDENCE_MAX_FETCHES) {
            check_want_fetch(c, FETCH_KIND_ISSUER, top->issuer_urls[i], "");
            return true;
        }
        if (f && f->state == FETCH_WAITING && check_can_ask(c))
            return true;
    }
    return false;
}

/* A root that the site left out is no fault (RFC 8446 4.4.2): only what stands below it is. */
static bool added_is_root(const struct analysis *r)
{
    struct cert_info info;
    const struct blob *der =
        analysis_path_der(r, &r->chain_then, r->chain_then.at[CHAIN_CHANGE_ADD_CERTIFICATE]);
    return der && cert_describe(der, &info) && info.is_self_signed;
}

static const char *slug_for(const struct chain_answer *a)
{
    return a->wrong_sent >= 0 ? "chain.wrong-intermediate" : "chain.missing-intermediate";
}

static void judge(struct check_context *c)
{
    const struct analysis *r = c->r;
    const struct chain_answer *a = &r->chain_then;
    struct cert_info below;
    if (describe_lacking(r, &below) && is_fetching(c, &below)) {
        check_waiting(c);
        return;
    }
    if (needs_root(r) && analysis_lacks_issuer(r)) {
        struct diagnosed *n = check_cause(c, slug_for(a), CERTAINTY_LIKELY);
        n->path_place = a->at[CHAIN_CHANGE_ADD_ROOT];
        n->proof.baseline = -1;
        check_say(c, said_plain(SAID_MISSING_UNFETCHED));
        return;
    }
    if ((a->changes & CHAIN_BIT(ADD_CERTIFICATE)) && !added_is_root(r)) {
        check_chain_cause(c, slug_for(a), CHAIN_CHANGE_ADD_CERTIFICATE);
        check_say(c, said_plain(a->wrong_sent >= 0 ? SAID_INTERMEDIATE_WRONG
                                                   : SAID_INTERMEDIATE_MISSING));
        return;
    }
    if (needs_root(r)) /* a root need not be sent, and more than that may be missing */
        check_unknown(c, said_plain(SAID_ISSUER_NOT_SENT));
    else
        check_fine(c, said_plain(SAID_YES));
}

const struct check check_chain_complete = {
    .id = "chain-complete",
    .step = STEP_CERTIFICATES,
    .question = N_("Is the certificate chain complete?"),
    .gloss = N_("The certificate chain links the site's certificate to a trusted authority."),
    .fine = N_("The certificate chain is complete."),
    .fine_brief = N_("the certificate chain"),
    .answers_file = true,
    .judge = judge,
    .asks_early = true,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
