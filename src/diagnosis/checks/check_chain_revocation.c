/*
 * check_chain_revocation.c - was the certificate revoked, and does the site bring the proof that
 * its certificate asks for (must-staple)? What counts is a signed statement: one that the site
 * staples to its handshake, a responder's answer (OCSP), the authority's list (CRL).
 *
 * Somebody is asked only where that can change the answer: all else is good, so that we would say
 * "it works", and nothing good was stapled. A certificate that was revoked fails in browsers and on
 * Windows, and works here: without asking we would call that well. It costs a healthy site no
 * connection and its visitor two round trips to the authority. OCSP goes first where it is named:
 * its answer is small and of today; the list follows where it says nothing, or alone, as with the
 * authorities that have given OCSP up (Baseline Requirements 4.9.9 leave it to them since 2023).
 * The site is not to blame for a responder that can't be reached, and programs go on then: at most
 * that is a note. The authorities in between are asked about in the same way; where nobody says,
 * that is said, and no more: browsers look such ones up in lists of their own.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"
#include "whytls/text.h"

static const struct cause revoked_causes[] = {
    {
        .slug = "chain.revoked",
        .code = "W-651",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The site's certificate was revoked on {revoked_on}"),
        .what =
            N_("A certificate is a site's ID card. Its authority revoked this one: it cancelled "
               "it before its time. So nobody can trust it any more."),
        .todo = {N_("Tell the site's owner that the certificate was revoked."),
                 N_("Wait for a new one, then check again."), TODO_STOP_USING},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND, N_("Do not switch the check off.")},
        .term =
            N_("Revoked certificate: the leaf certificate of {endpoint} (subject {subject}, "
               "serial number "
               "{serial}, issued by {issuer}) was revoked on {revoked_on}, by a statement (OCSP "
               "or CRL) signed on {signed_on}. Replace it with one that has a new key."),
        .proof = N_("{signer} signed this on {signed_on}."),
        .to_confirm = N_("Ask the authority that signed the certificate."),
    },
    {
        .slug = "chain.revocation-untold",
        .code = "W-654",
        .who = WHO_NETWORK,
        .blocks = BLOCKS_NOTHING,
        .title = N_("We could not tell whether the certificate was revoked"),
        .what =
            N_("An authority can revoke a certificate: cancel it before its time. We asked, and "
               "got no good answer. Most programs go on then, but a few on Windows stop."),
        .todo = {N_("Ask the people who run your network to let these questions through.")},
        .how = {WAY_TELL_NETWORK},
        .term =
            N_("Revocation status unknown: for the certificate of {endpoint} (subject {subject}, "
               "serial number "
               "{serial}, issued by {issuer}) neither the OCSP responder nor the CRL gave a usable "
               "answer. Allow plain HTTP to the OCSP and CRL addresses in the certificate."),
    },
};

static const struct cause above_causes[] = {{
    .slug = "chain.intermediate-revoked",
    .code = "W-666",
    .who = WHO_SITE_OWNER,
    .blocks = BLOCKS_CERTIFICATE,
    .title = N_("An intermediate certificate was revoked on {revoked_on}"),
    .what = N_("An intermediate certificate links a site to a trusted authority. This one, "
               "{certificate_name}, was revoked: cancelled before its time. So nothing below it is "
               "trusted."),
    .todo = {N_("Tell the site's owner to change to another authority."),
             N_("Wait for a new one, then check again."), TODO_STOP_USING},
    .how = {WAY_TELL_OWNER},
    .dont = {DONT_GO_AROUND, N_("Do not switch the check off.")},
    .term = N_(
        "Revoked intermediate certificate in the chain of {endpoint}: the certificate (subject "
        "{subject}, serial number {serial}, issued by {issuer}, SHA-256 {sha256}) was revoked on "
        "{revoked_on}, by a statement (OCSP or CRL) signed on {signed_on}. Get a certificate "
        "from another issuing authority, and install its chain."),
    .proof = N_("{signer} signed this on {signed_on}."),
    .to_confirm = N_("Ask the authority that signed the certificate."),
}};

static const struct cause staple_causes[] = {
    {
        .slug = "chain.must-staple",
        .code = "W-652",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The site does not send the OCSP response that its certificate asks for"),
        .what =
            N_("An OCSP response is a fresh, signed word that a certificate was not revoked. This "
               "certificate says that the site must send one (\"must-staple\"). {staple_fault}."),
        .todo = {N_("Tell the site's owner to mend its OCSP stapling."),
                 N_("Ask for a certificate without \"must-staple\" where that cannot be done.")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND},
        .term =
            N_("OCSP must-staple violated: the leaf certificate of {endpoint} (subject {subject}, "
               "serial "
               "number {serial}, issued by {issuer}) has the TLS feature extension status_request "
               "(RFC 7633), but no valid OCSP response is stapled to the handshake. Mend OCSP "
               "stapling on the server, or reissue without must-staple."),
        .to_confirm = N_("Compare your clock with your phone's, and check again in a minute."),
    },
    {
        .slug = "chain.must-staple-ended",
        .code = "W-665",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The site's certificate asks for an OCSP response that no longer exists"),
        .what =
            N_("An OCSP response is a fresh, signed word that a certificate was not revoked. This "
               "certificate says that the site must send one (\"must-staple\"). {ocsp_ended}."),
        .todo = {N_("Tell the site's owner to get a certificate without \"OCSP must-staple\"."),
                 N_("Wait for the new one, then check again.")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND},
        .term = N_(
            "OCSP must-staple cannot be met: the leaf certificate of {endpoint} (subject "
            "{subject}, serial number {serial}, issued by {issuer}) has the TLS feature extension "
            "status_request (RFC 7633), but its authority has ended OCSP. Reissue the "
            "certificate without must-staple."),
        .to_confirm = N_("Check again in a minute."),
    },
    {
        .slug = "chain.bad-staple",
        .code = "W-653",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = N_("The site sends an OCSP response that is of no use"),
        .what = N_("An OCSP response is a fresh, signed word that a certificate was not revoked. "
                   "{staple_fault}. Most programs ignore that, but a few stop."),
        .todo = {N_("Tell the site's owner to mend its OCSP stapling.")},
        .how = {WAY_TELL_OWNER},
        .term =
            N_("Invalid stapled OCSP response: {endpoint} staples a response that does not verify "
               "for its leaf certificate (serial number {serial}, issued by {issuer}). Refresh "
               "the OCSP response that the server keeps."),
    },
};

/* ---- revoked --------------------------------------------------------------------------- */

/* Nothing else stands in the way, and there is somebody to ask about. */
static bool is_worth_asking(const struct analysis *r)
{
    return r->chain.judged && r->chain.acceptable && r->chain_then.acceptable && r->first &&
           r->first->outcome.success && r->chain_then.n_path > 1;
}

enum asking { ASKING_NOBODY, ASKING_WAITS, ASKING_DONE };

/* Asks one address, unless it was asked before. */
static enum asking ask(struct check_context *c, enum fetch_kind kind, const char *url,
                       const char *request)
{
    const struct fetch *f = evidence_find_fetch(c->ev, url, request);
    if (f && f->state == FETCH_REFUSED) /* we would not go there: that is nobody's fault */
        return ASKING_NOBODY;
    if (f)
        return f->state == FETCH_WAITING && check_can_ask(c) ? ASKING_WAITS : ASKING_DONE;
    if (!check_can_ask(c) || c->ev->n_fetches == EVIDENCE_MAX_FETCHES)
        return ASKING_NOBODY;
    check_want_fetch(c, kind, url, request);
    return ASKING_WAITS;
}

/* The first that can be asked: lists in directories (ldap) are for others. NULL: none. */
static const char *web_url(const char urls[CERT_MAX_URLS][512], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text_starts_nocase(urls[i], "http://"))
            return urls[i];
    return NULL;
}

/* Who signed the one at this place is asked: the responder first, then the list; one address of
 * each kind. */
static enum asking ask_authority(struct check_context *c, int place)
{
    const struct blob *own = analysis_certificate(c->r, place),
                      *issuer = analysis_certificate(c->r, place + 1);
    struct cert_info described;
    const struct cert_info *info = &described;
    char request[FETCH_REQUEST_SIZE];
    enum asking done = ASKING_NOBODY;
    if (!own || !issuer || !cert_describe(own, &described))
        return ASKING_NOBODY;
    const char *responder = web_url(info->ocsp_urls, info->n_ocsp_urls);
    const char *list = web_url(info->crl_urls, info->n_crl_urls);
    if (responder && cert_ocsp_request(own, issuer, request, sizeof(request)))
        done = ask(c, FETCH_KIND_OCSP, responder, request);
    if (done == ASKING_WAITS || !list)
        return done;
    enum asking next = ask(c, FETCH_KIND_CRL, list, "");
    return next == ASKING_NOBODY ? done : next;
}

static enum said_id said_by(const struct chain_answer *a)
{
    if (a->staple.kind == STANDING_GOOD)
        return SAID_GOOD_BY_STAPLE;
    return a->standing.from == STATEMENT_CRL ? SAID_GOOD_BY_LIST : SAID_GOOD_BY_AUTHORITY;
}

static void judge_revoked(struct check_context *c)
{
    const struct chain_answer *a = &c->r->chain_then;
    if (a->standing.kind == STANDING_REVOKED) {
        struct diagnosed *n = check_chain_cause(c, "chain.revoked", CHAIN_CHANGE_REVOCATION);
        n->path_place = 0;
        check_say(c, said_plain(SAID_REVOKED));
        return;
    }
    if (a->standing.kind == STANDING_GOOD) {
        check_fine(c, said_plain(said_by(a)));
        return;
    }
    enum asking asking = is_worth_asking(c->r) ? ask_authority(c, 0) : ASKING_NOBODY;
    if (asking == ASKING_WAITS) {
        check_waiting(c);
        return;
    }
    if (asking == ASKING_DONE) {
        struct diagnosed *n = check_cause(c, "chain.revocation-untold", CERTAINTY_PROVEN);
        n->path_place = 0;
    }
    check_unknown(c, said_plain(asking == ASKING_DONE ? SAID_NO_GOOD_ANSWER : SAID_NOBODY_SAYS));
}

/* ---- those in between ---------------------------------------------------------------------- */

/* All of them at once, each where no word that we have settles it. */
static enum asking ask_about_all(struct check_context *c)
{
    const struct chain_answer *a = &c->r->chain_then;
    enum asking all = ASKING_NOBODY;
    for (size_t i = 1; i + 1 < a->n_path; i++) {
        enum asking one = a->told[i] == STANDING_GOOD ? ASKING_NOBODY : ask_authority(c, (int)i);
        if (one == ASKING_WAITS || all == ASKING_NOBODY)
            all = one;
    }
    return all;
}

static void judge_above(struct check_context *c)
{
    const struct chain_answer *a = &c->r->chain_then;
    if (!a->judged || a->above_at == 0) {
        check_not_needed(c);
        return;
    }
    if (a->above.kind == STANDING_REVOKED) {
        struct diagnosed *n =
            check_chain_cause(c, "chain.intermediate-revoked", CHAIN_CHANGE_REVOCATION);
        n->path_place = (int)a->above_at;
        check_say(c, said_plain(SAID_ONE_REVOKED));
        return;
    }
    if (a->above.kind == STANDING_GOOD) {
        check_fine(c, said_plain(SAID_NONE_REVOKED));
        return;
    }
    enum asking asking = is_worth_asking(c->r) ? ask_about_all(c) : ASKING_NOBODY;
    if (asking == ASKING_WAITS)
        check_waiting(c);
    else
        check_unknown(c,
                      said_plain(asking == ASKING_DONE ? SAID_NO_GOOD_ANSWER : SAID_NOBODY_SAYS));
}

/* ---- the stapled proof --------------------------------------------------------------------- */

/* By their date alone: the clock may be at fault where nobody supports it. */
static bool hangs_on_clock(const struct analysis *r)
{
    enum standing_kind kind = r->chain_then.staple.kind;
    return (kind == STANDING_STALE || kind == STANDING_EARLY) && !r->clock_is_backed &&
           !r->clock_is_wrong;
}

static struct said said_of_staple(const struct standing *staple)
{
    static const enum said_id ids[STANDING_COUNT] = {
        [STANDING_NONE] = SAID_STAPLE_NONE,
        [STANDING_GOOD] = SAID_YES,
        [STANDING_REVOKED] = SAID_STAPLE_REVOKED,
        [STANDING_UNKNOWN] = SAID_STAPLE_UNKNOWN,
        [STANDING_STALE] = SAID_STAPLE_STALE,
        [STANDING_EARLY] = SAID_STAPLE_EARLY,
        [STANDING_UNSIGNED] = SAID_STAPLE_UNSIGNED,
        [STANDING_OTHER] = SAID_STAPLE_OTHER,
        [STANDING_UNREADABLE] = SAID_STAPLE_UNREADABLE,
        [STANDING_UNCHECKED] = SAID_STAPLE_UNCHECKED,
    };
    return said_plain(ids[staple->kind]);
}

static bool is_of_no_use(const struct standing *staple)
{
    return staple->kind != STANDING_NONE && staple->kind != STANDING_GOOD &&
           staple->kind != STANDING_REVOKED && staple->kind != STANDING_UNCHECKED;
}

/*
 * A server may fetch its proof only when the first visitor has come, and show none until then
 * (nginx does). So it is visited once more. FAILED: it showed none again.
 */
static enum experiment_state look_again(struct check_context *c)
{
    int index = -1;
    enum experiment_state state = check_experiment(c, CHANGE_BIT(AGAIN), &index);
    if (state != EXPERIMENT_WORKED)
        return state == EXPERIMENT_WAITING ? EXPERIMENT_WAITING : EXPERIMENT_UNKNOWN;
    return c->ev->probes[index].outcome.staple >= 0 ? EXPERIMENT_WORKED : EXPERIMENT_FAILED;
}

static void name_must_staple(struct check_context *c)
{
    const struct analysis *r = c->r;
    bool is_none = r->chain_then.staple.kind == STANDING_NONE;
    bool is_repeatable = is_none && r->shown == r->first && outcome_is_through(&r->first->outcome);
    enum experiment_state again = is_repeatable ? look_again(c) : EXPERIMENT_FAILED;
    if (again == EXPERIMENT_WAITING) {
        check_waiting(c);
        return;
    }
    bool has_ended = is_none && rules_about(&r->question, &r->chain_then, DATED_OCSP_ENDED);
    struct diagnosed *n = check_chain_cause(
        c, has_ended ? "chain.must-staple-ended" : "chain.must-staple", CHAIN_CHANGE_STAPLE);
    if (hangs_on_clock(r) || again != EXPERIMENT_FAILED)
        n->certainty = CERTAINTY_LIKELY;
    check_say(c, is_none ? said_plain(SAID_STAPLE_MUST) : said_of_staple(&r->chain_then.staple));
}

static void judge_staple(struct check_context *c)
{
    const struct chain_answer *a = &c->r->chain_then;
    if (a->changes & CHAIN_BIT(STAPLE)) {
        name_must_staple(c);
        return;
    }
    if (is_of_no_use(&a->staple))
        check_cause(c, "chain.bad-staple", CERTAINTY_PROVEN);
    if (a->judged && a->staple.kind == STANDING_UNCHECKED)
        check_unknown(c, said_of_staple(&a->staple));
    else
        check_fine(c, said_of_staple(&a->staple));
}

const struct check check_chain_revoked = {
    .id = "chain-revoked",
    .step = STEP_CERTIFICATES,
    .question = N_("Is it not revoked?"),
    .gloss = N_("An authority can revoke a certificate: cancel it before its time."),
    .fine = N_("The authority did not revoke the certificate."),
    .fine_brief = N_("not revoked"),
    .answers_file = true,
    .judge = judge_revoked,
    .causes = revoked_causes,
    .n_causes = sizeof(revoked_causes) / sizeof(revoked_causes[0]),
};

const struct check check_chain_revoked_above = {
    .id = "chain-revoked-above",
    .step = STEP_CERTIFICATES,
    .question = N_("Are those above it not revoked?"),
    .gloss = N_("Intermediate certificates can be revoked too."),
    .answers_file = true,
    .judge = judge_above,
    .causes = above_causes,
    .n_causes = sizeof(above_causes) / sizeof(above_causes[0]),
};

const struct check check_chain_staple = {
    .id = "chain-staple",
    .step = STEP_CERTIFICATES,
    .question = N_("Is its stapled OCSP response good?"),
    .gloss = N_("An OCSP response is a fresh, signed word that a certificate was not revoked."),
    .judge = judge_staple,
    .causes = staple_causes,
    .n_causes = sizeof(staple_causes) / sizeof(staple_causes[0]),
};
