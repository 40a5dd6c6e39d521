/*
 * check_chain_dates.c - are the certificates good today? The date is the one that the witnesses
 * support, not the clock's alone.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "chain.expired",
        .code = "W-610",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "The site's certificate expired on {expired_on}",
        .what = "A certificate is a site's ID card, and it is valid until a last day. This one "
                "expired on {expired_on}. Only the site's owner can renew it.",
        .todo = {"Tell the site's owner that the certificate has expired.",
                 "Wait for the new one, then check again."},
        .how = {WAY_TELL_OWNER},
        .term = "Expired certificate: the leaf certificate {certificate_name} for {host} has "
                "notAfter {expired_on} (X509_V_ERR_CERT_HAS_EXPIRED). Renew and install it.",
        .dont = {"Do not set your clock to a wrong date to get in.", "Do not go past the warning."},
        .to_confirm =
            "Compare your date with your phone's. If they differ, your clock is the cause.",
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
        .dont = {"Do not set your clock to a wrong date to get in.", "Do not go past the warning."},
        .to_confirm =
            "Compare your date with your phone's. If they differ, your clock is the cause.",
    },
    {
        .slug = "chain.intermediate-expired",
        .code = "W-605",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "A certificate in the site's chain ran out on {expired_on}",
        .what = "A site proves who it is with a chain of certificates. One above the site's own, "
                "{certificate_name}, ran out on {expired_on}.",
        .todo = {"Tell the site's owner to install the new chain of certificates.",
                 "Wait for the fix, then check again."},
        .dont = {"Do not set your clock to a wrong date to get in.", "Do not go past the warning."},
        .to_confirm =
            "Compare your date with your phone's. If they differ, your clock is the cause.",
    },
    {
        .slug = "chain.intermediate-not-yet-valid",
        .code = "W-617",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "A certificate in the site's chain is not good until {starts_on}",
        .what = "A site proves who it is with a chain of certificates. One above the site's own, "
                "{certificate_name}, is not good until {starts_on}.",
        .todo = {"Tell the site's owner to go back to the old chain of certificates.",
                 "Wait until {starts_on}, then check again."},
        .dont = {"Do not set your clock to a wrong date to get in.", "Do not go past the warning."},
        .to_confirm =
            "Compare your date with your phone's. If they differ, your clock is the cause.",
    },
    {
        .slug = "chain.root-expired",
        .code = "W-618",
        .who = WHO_YOU,
        .blocks = BLOCKS_CERTIFICATE,
        .title = "An authority on this computer's list ran out on {expired_on}",
        .what = "The authority {certificate_name} vouches for this site. It is on this computer's "
                "list, but it ran out on {expired_on}. Most likely this list is old.",
        .todo = {"Update this computer, so that its list is a new one.",
                 "Tell the site's owner too, if other computers also fail."},
        .dont = {"Do not set your clock to a wrong date to get in.", "Do not go past the warning."},
        .to_confirm =
            "Compare your date with your phone's. If they differ, your clock is the cause.",
    },
    {
        .slug = "chain.out-of-date-elsewhere",
        .code = "W-619",
        .who = WHO_SITE_OWNER,
        .who_all = "The site's owner, and you: your clock is wrong too.",
        .blocks = BLOCKS_NOTHING,
        .title = "By the right date the site's certificate is not good",
        .works_title = "It works here only because your clock is wrong",
        .what =
            "It passes here only because your clock is wrong. Other computers refuse it, and so "
            "will yours with the right date.",
        .todo = {"Tell the site's owner that the certificate is out of date.",
                 "Set your clock right all the same."},
        .dont = {"Do not leave your clock wrong to get in."},
    },
    {
        .slug = "chain.dead-extra",
        .code = "W-664",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = "The site also sends a certificate that ran out on {dead_on}",
        .what = "The extra one is {dead_name}. Programs of today go another way. Old ones, such as "
                "OpenSSL 1.0.2, go by it and say that the site's certificate ran out.",
        .todo = {"Tell the site's owner to send {dead_name} no more, if an old program fails.",
                 "Update the program that fails."},
        .dont = {"Do not switch certificate checks off in that program."},
    },
};

/* NULL where this one is in its time, or is an end that nobody trusts, whose dates do not matter.
 */
static const char *slug_for(const struct analysis *r, size_t place)
{
    struct cert_info info;
    const struct chain_answer *a = &r->chain_then;
    const struct blob *der = analysis_path_der(r, a, (int)place);
    bool is_anchor = place > 0 && a->path[place].from == CHAIN_FROM_ANCHOR;
    if (!der || !cert_describe(der, &info) ||
        (place > 0 && place + 1 == a->n_path && !is_anchor && info.is_self_signed))
        return NULL;
    if (r->true_time < info.not_before)
        return place > 0 ? "chain.intermediate-not-yet-valid" : "chain.not-yet-valid";
    if (r->true_time <= info.not_after)
        return NULL;
    if (is_anchor)
        return "chain.root-expired";
    return place > 0 ? "chain.intermediate-expired" : "chain.expired";
}

/* Whichever clock is right, ours or the one of the best witness: it is out of date by both. */
static bool is_out_by_told_time(const struct analysis *r, size_t place)
{
    struct cert_info info;
    const struct blob *der = analysis_path_der(r, &r->chain_then, (int)place);
    if (!r->told_time || !der || !cert_describe(der, &info))
        return false;
    return r->true_time < info.not_before ? r->told_time < info.not_before
                                          : r->told_time > info.not_after;
}

/* Each kind once: a new leaf alone does not help where the one above it is out of date too. */
static void name_dates(struct check_context *c)
{
    const struct analysis *r = c->r;
    const char *diagnosed[FINDING_MAX_CAUSES] = {NULL};
    size_t n_diagnosed = 0;
    for (size_t i = 0; i < r->chain_then.n_path && n_diagnosed < FINDING_MAX_CAUSES; i++) {
        const char *slug = slug_for(r, i);
        if (!slug || (n_diagnosed > 0 && strcmp(diagnosed[n_diagnosed - 1], slug) == 0))
            continue;
        diagnosed[n_diagnosed++] = slug;
        struct diagnosed *n = check_chain_cause(c, slug, CHAIN_CHANGE_DATE);
        n->path_place = (int)i;
        /* With no witness for the clock it may be the clock after all. */
        if (!r->clock_is_backed && !r->clock_is_wrong && !is_out_by_told_time(r, i))
            n->certainty = CERTAINTY_LIKELY;
        check_say(c, said_plain(r->true_time < r->chain_then.not_before ? SAID_NOT_YET_VALID
                                                                        : SAID_EXPIRED));
    }
}

/* An extra one that is out of date is no fault while another way leads to the top. */
static void name_expired_cross_sign(struct check_context *c)
{
    const struct analysis *r = c->r;
    if (r->chain_then.has_expired_cross_sign)
        check_cause(c, "chain.dead-extra", CERTAINTY_PROVEN);
    if (r->true_time < r->chain_then.not_before || r->true_time > r->chain_then.not_after) {
        check_cause(c, "chain.out-of-date-elsewhere", CERTAINTY_LIKELY);
        check_say(c, said_plain(SAID_BY_WRONG_CLOCK_ONLY));
        return;
    }
    check_fine(c, said_plain(r->chain.changes & CHAIN_BIT(DATE) ? SAID_BY_TRUE_DATE : SAID_YES));
}

static void judge(struct check_context *c)
{
    const struct analysis *r = c->r;
    if (r->chain_then.changes & CHAIN_BIT(DATE))
        name_dates(c);
    else
        name_expired_cross_sign(c);
}

const struct check check_chain_dates = {
    .id = "chain-dates",
    .step = STEP_CERTIFICATES,
    .question = "Are all of them good today?",
    .gloss = "Each certificate has a first and a last day.",
    .fine = "The certificates are in date.",
    .fine_brief = "the dates",
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
