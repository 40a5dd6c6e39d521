/*
 * chain_dates.c - are the certificates good today? The date is the one that the witnesses support,
 * not the clock's alone.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "chain.expired",
        .code = "W-610",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The site's certificate ran out on {expired_on}",
        .what = "A certificate is a site's ID card, good until its last day. This one ran out on "
                "{expired_on}. Only the site's owner can renew it.",
        .todo = {"Tell the site's owner that the certificate ran out.",
                 "Wait for the new one, then check again."},
        .dont = {"Do not change your own clock to get in.", "Do not go past the warning."},
        .split = "Compare your date with the one on your phone.",
    },
    {
        .slug = "chain.not-yet-valid",
        .code = "W-611",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The site's certificate is not good until {starts_on}",
        .what = "A certificate is a site's ID card, good from its first day. This one starts on "
                "{starts_on}. The site put it up too early.",
        .todo = {"Tell the site's owner that the certificate is not good yet.",
                 "Wait until {starts_on}, then check again."},
        .dont = {"Do not change your own clock to get in.", "Do not go past the warning."},
        .split = "Compare your date with the one on your phone.",
    },
    {
        .slug = "chain.intermediate-expired",
        .code = "W-605",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "A certificate in the site's chain ran out on {expired_on}",
        .what = "A site proves who it is with a chain of certificates. The site's own is good. "
                "One above it, {certificate_name}, is out of date.",
        .todo = {"Tell the site's owner to install the new chain of certificates.",
                 "Wait for the fix, then check again."},
        .dont = {"Do not change your own clock to get in.", "Do not go past the warning."},
        .split = "Compare your date with the one on your phone.",
    },
};

static const char *slug_for(const struct reading *r, int place)
{
    if (place > 0)
        return "chain.intermediate-expired";
    return r->true_time < r->leaf.not_before ? "chain.not-yet-valid" : "chain.expired";
}

static void judge(struct check_context *c)
{
    const struct reading *r = c->r;
    const struct chain_answer *a = &r->chain_then;
    if (!(a->changes & CHAIN_BIT(DATE))) {
        check_fine(c, r->chain.changes & CHAIN_BIT(DATE) ? "yes, by the right date" : "yes");
        return;
    }
    const char *slug = slug_for(r, a->at[CHAIN_CHANGE_DATE]);
    struct named *n = check_chain_cause(c, slug, CHAIN_CHANGE_DATE);
    /* With no witness for the clock it may be the clock after all. */
    if (!r->clock_is_backed && !r->clock_is_wrong)
        n->certainty = CERTAINTY_LIKELY;
    check_say(c, slug[6] == 'n' ? "no, not yet" : "no, out of date");
}

const struct check check_chain_dates = {
    .id = "chain-dates",
    .step = STEP_CERTIFICATES,
    .question = "Are all of them good today?",
    .gloss = "Each certificate has a first and a last day.",
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
