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
        .title = N_("The site's certificate expired on {expired_when}"),
        .what = N_("A certificate is a site's ID card, and it is valid until a last day. This one "
                   "expired on {expired_on}. Only the site's owner can renew it."),
        .todo = {N_("Tell the site's owner that the certificate has expired."),
                 N_("Wait for the new one, then check again."), TODO_STOP_USING},
        .how = {WAY_TELL_OWNER},
        .dont = {N_("Do not set your clock to a wrong date to get in."), DONT_GO_AROUND},
        .term =
            N_("Expired certificate: the leaf certificate of {endpoint} (subject {subject}, "
               "serial number "
               "{serial}, issued by {issuer}) has notAfter {not_after}; judged at {checked_at}. "
               "Renew it, install it with its chain, and reload the server."),
        .to_confirm =
            N_("Compare your clock with your phone's. If they differ, your clock is the cause."),
    },
    {
        .slug = "chain.not-yet-valid",
        .code = "W-611",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The site's certificate is not valid until {starts_when}"),
        .what = N_("A certificate is a site's ID card, and it is valid from a first day. This one "
                   "starts on {starts_on}. The site uses it too early."),
        .todo = {N_("Tell the site's owner that the certificate is not yet valid."),
                 N_("Wait until {starts_on}, then check again.")},
        .how = {WAY_TELL_OWNER},
        .dont = {N_("Do not set your clock to a wrong date to get in."), DONT_GO_AROUND},
        .term =
            N_("Certificate not yet valid: the leaf certificate of {endpoint} (subject {subject}, "
               "serial "
               "number {serial}, issued by {issuer}) has notBefore {not_before}; judged at "
               "{checked_at}. Install one that is valid now, or check the clock of the authority "
               "that issued it."),
        .to_confirm =
            N_("Compare your clock with your phone's. If they differ, your clock is the cause."),
    },
    {
        .slug = "chain.intermediate-expired",
        .code = "W-605",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("An intermediate certificate of the site expired on {expired_when}"),
        .what =
            N_("An intermediate certificate links the site's certificate to a trusted authority. "
               "The site still sends an old one, {certificate_name}. It expired on {expired_on}."),
        .todo = {N_("Tell the site's owner to install the new certificate chain."),
                 N_("Wait for the fix, then check again."), TODO_STOP_USING},
        .how = {WAY_TELL_OWNER},
        .dont = {N_("Do not set your clock to a wrong date to get in."), DONT_GO_AROUND},
        .term = N_(
            "Expired intermediate certificate in the chain of {endpoint}: the certificate (subject "
            "{subject}, serial number {serial}, issued by {issuer}, SHA-256 {sha256}) has notAfter "
            "{not_after}; judged at {checked_at}. Replace it with the current one of the "
            "same authority."),
        .to_confirm =
            N_("Compare your clock with your phone's. If they differ, your clock is the cause."),
    },
    {
        .slug = "chain.intermediate-not-yet-valid",
        .code = "W-617",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("An intermediate certificate of the site is not valid until {starts_when}"),
        .what =
            N_("An intermediate certificate links the site's certificate to a trusted authority. "
               "The one that the site sends, {certificate_name}, is too new. It is not valid "
               "until {starts_on}."),
        .todo = {N_("Tell the site's owner to go back to the old certificate chain."),
                 N_("Wait until {starts_on}, then check again.")},
        .how = {WAY_TELL_OWNER},
        .dont = {N_("Do not set your clock to a wrong date to get in."), DONT_GO_AROUND},
        .term = N_(
            "Intermediate certificate not yet valid in the chain of {endpoint}: the certificate "
            "(subject {subject}, serial number {serial}, issued by {issuer}, SHA-256 {sha256}) has "
            "notBefore {not_before}; judged at {checked_at}. Send one that is valid now."),
        .to_confirm =
            N_("Compare your clock with your phone's. If they differ, your clock is the cause."),
    },
    {
        .slug = "chain.root-expired",
        .code = "W-618",
        .who = WHO_YOU,
        .who_all = N_("You; or the site's owner, if other computers fail too."),
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("A root certificate here expired on {expired_when}"),
        .what = N_("A root certificate is the top of a certificate chain. The one for this site, "
                   "{certificate_name}, expired on {expired_on}. This computer's trust store is "
                   "likely old."),
        .todo = {N_("Update this computer, so that its trust store is new."),
                 N_("Tell the site's owner too, if other computers also fail.")},
        .how = {WAY_UPDATE_SYSTEM, WAY_TELL_OWNER},
        .dont = {N_("Do not set your clock to a wrong date to get in."), DONT_GO_AROUND},
        .term =
            N_("Expired root certificate in the trust store of this computer: subject {subject} "
               "(serial number {serial}, SHA-256 {sha256}) has notAfter {not_after}; judged at "
               "{checked_at}. The chain of {endpoint} leads to it alone. Update the trust store "
               "(package ca-certificates, or the system)."),
        .to_confirm =
            N_("Compare your clock with your phone's. If they differ, your clock is the cause."),
    },
    {
        .slug = "chain.added-root-expired",
        .code = "W-620",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("A root certificate that was added here expired on {expired_when}"),
        .what = N_(
            "A root certificate is the top of a certificate chain. This one, {certificate_name}, "
            "did not come with the system: someone added it. It expired on {expired_on}."),
        .todo = {N_("Ask who added it for a new one: IT, or an antivirus maker."),
                 N_("Remove the old one, if nobody needs it."),
                 N_("Update this computer, if that does not help.")},
        .how = {WAY_TELL_IT, WAY_REMOVE_AUTHORITY, WAY_UPDATE_SYSTEM},
        .dont = {N_("Do not set your clock to a wrong date to get in."),
                 N_("Do not install a certificate that a stranger sends you.")},
        .term = N_(
            "Expired root certificate that was added to this computer's trust store: subject "
            "{subject} (serial number {serial}, SHA-256 {sha256}) has notAfter {not_after}; judged "
            "at {checked_at}. The chain of {endpoint} leads to it alone. Issue and deploy a new "
            "root certificate, or stop using this authority."),
        .to_confirm =
            N_("Compare your clock with your phone's. If they differ, your clock is the cause."),
    },
    {
        .slug = "chain.out-of-date-elsewhere",
        .code = "W-619",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner, and you: your clock is wrong too."),
        .blocks = BLOCKS_NOTHING,
        .title = N_("By the true time the site's certificate is not valid"),
        .works_title = N_("It works here only because your clock is wrong"),
        .what = N_("A certificate is valid between two dates. By the true time this one is not. It "
                   "passes here only because your clock is wrong."),
        .todo = {N_("Tell the site's owner that the certificate is out of date."),
                 N_("Set your clock right all the same.")},
        .how = {WAY_TELL_OWNER, WAY_SET_CLOCK},
        .dont = {N_("Do not leave your clock wrong to get in.")},
        .term = N_(
            "Expired or not yet valid certificate, hidden by a wrong clock: the chain of "
            "{endpoint} is outside its validity period at {checked_at}, the true time; by this "
            "computer's clock ({clock}) it is inside. Renew the certificate, and set this clock."),
    },
    {
        .slug = "chain.dead-extra",
        .code = "W-664",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner; or you, by updating the old program."),
        .blocks = BLOCKS_NOTHING,
        .title = N_("The site also sends a certificate that expired on {dead_on}"),
        .what =
            N_("Beside its certificate chain the site sends {dead_name}. Current programs do not "
               "need it. Old ones, such as OpenSSL 1.0.2, do, and say that the site's certificate "
               "has expired."),
        .todo = {N_("Tell the site's owner to stop sending {dead_name}, if an old program fails."),
                 N_("Update the program that fails.")},
        .how = {WAY_TELL_OWNER, WAY_UPDATE_PROGRAM},
        .dont = {N_("Do not switch certificate checks off in that program.")},
        .term = N_(
            "Expired cross-signed certificate in the chain: {endpoint} sends {dead_name}, which "
            "expired on {dead_on}, beside a valid path. OpenSSL before 1.1.0 and old GnuTLS build "
            "the expired path and fail with \"certificate has expired\". Remove it from the "
            "chain."),
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
        return r->ev->facts.anchors[a->path[place].index].source == ANCHOR_ADDED
                   ? "chain.added-root-expired"
                   : "chain.root-expired";
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
    .question = N_("Are all certificates valid today?"),
    .gloss = N_("Each certificate is valid from a first day until it expires."),
    .fine = N_("No certificate in the chain has expired."),
    .fine_brief = N_("the dates"),
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
