/*
 * chain_revocation.c - was the certificate called back, and does the site bring the proof that its
 * certificate asks for (must-staple)? What counts is a signed statement: one that the site staples
 * to its handshake. Where nobody has said anything, nobody is blamed. SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause revoked_causes[] = {
    {
        .slug = "chain.revoked",
        .code = "W-651",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The site's certificate was called back on {revoked_on}",
        .what = "A certificate is a site's ID card. The authority that gave it called it back "
                "before its last day. So it is not good any more.",
        .todo = {"Tell the site's owner that the certificate was revoked.",
                 "Wait for a new one, then check again."},
        .dont = {"Do not go past the warning.", "Do not switch the check off."},
        .proof = "{signer} signed this on {signed_on}.",
        .split = "Ask the authority that signed the certificate.",
    },
};

static const struct cause staple_causes[] = {
    {
        .slug = "chain.must-staple",
        .code = "W-652",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The site does not bring the proof that its certificate asks for",
        .what = "This certificate wants the site to show a fresh proof that it is still good. "
                "{staple_fault}. Programs that keep this rule refuse the site.",
        .todo = {"Tell the site's owner to mend the proof (\"OCSP stapling\").",
                 "Ask for a certificate without this rule where that can't be done."},
        .dont = {"Do not go past the warning."},
        .split = "Compare your date with the one on your phone.",
    },
    {
        .slug = "chain.bad-staple",
        .code = "W-653",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = "The site shows a proof that is of no use",
        .what = "A site may show a fresh proof that its certificate is still good. "
                "{staple_fault}. Most programs pass over it, but a few stop.",
        .todo = {"Tell the site's owner to mend the proof (\"OCSP stapling\")."},
    },
};

/* ---- called back --------------------------------------------------------------------------- */

static void judge_revoked(struct check_context *c)
{
    const struct chain_answer *a = &c->r->chain_then;
    if (a->changes & CHAIN_BIT(REVOCATION)) {
        check_chain_cause(c, "chain.revoked", CHAIN_CHANGE_REVOCATION);
        check_say(c, "no, it was called back");
    } else if (a->standing.kind == STANDING_GOOD) {
        check_fine(c, "yes, says its signed proof");
    } else {
        check_untold(c, "nobody says");
    }
}

/* ---- the stapled proof --------------------------------------------------------------------- */

/* By their date alone: the clock may be at fault where nobody supports it. */
static bool hangs_on_clock(const struct reading *r)
{
    enum standing_kind kind = r->chain_then.staple.kind;
    return (kind == STANDING_STALE || kind == STANDING_EARLY) && !r->clock_is_backed &&
           !r->clock_is_wrong;
}

static const char *staple_words(const struct standing *staple)
{
    static const char *const words[STANDING_COUNT] = {
        [STANDING_NONE] = "it shows none",
        [STANDING_GOOD] = "yes",
        [STANDING_REVOKED] = "yes: called back",
        [STANDING_UNKNOWN] = "no, card not known",
        [STANDING_STALE] = "no, too old",
        [STANDING_EARLY] = "no, too early",
        [STANDING_UNSIGNED] = "no, wrong signature",
        [STANDING_OTHER] = "no, for another card",
        [STANDING_UNREADABLE] = "no, can't be read",
        [STANDING_UNTOLD] = "can't be checked",
    };
    return words[staple->kind];
}

static bool is_of_no_use(const struct standing *staple)
{
    return staple->kind != STANDING_NONE && staple->kind != STANDING_GOOD &&
           staple->kind != STANDING_REVOKED && staple->kind != STANDING_UNTOLD;
}

static void judge_staple(struct check_context *c)
{
    const struct chain_answer *a = &c->r->chain_then;
    if (a->changes & CHAIN_BIT(STAPLE)) {
        struct named *n = check_chain_cause(c, "chain.must-staple", CHAIN_CHANGE_STAPLE);
        if (hangs_on_clock(c->r))
            n->certainty = CERTAINTY_LIKELY;
        check_say(c, "%s, and it must", staple_words(&a->staple));
        return;
    }
    if (is_of_no_use(&a->staple))
        check_cause(c, "chain.bad-staple", CERTAINTY_PROVEN);
    if (a->judged && a->staple.kind == STANDING_UNTOLD)
        check_untold(c, "%s", staple_words(&a->staple));
    else
        check_fine(c, "%s", staple_words(&a->staple));
}

const struct check check_chain_revoked = {
    .id = "chain-revoked",
    .step = STEP_CERTIFICATES,
    .question = "Is it still in force?",
    .gloss = "An authority can call a card back before its last day.",
    .judge = judge_revoked,
    .causes = revoked_causes,
    .n_causes = sizeof(revoked_causes) / sizeof(revoked_causes[0]),
};

const struct check check_chain_staple = {
    .id = "chain-staple",
    .step = STEP_CERTIFICATES,
    .question = "Is its own proof good?",
    .gloss = "A site can show a fresh, signed word that its card is still good.",
    .judge = judge_staple,
    .causes = staple_causes,
    .n_causes = sizeof(staple_causes) / sizeof(staple_causes[0]),
};
