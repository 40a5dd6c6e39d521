/*
 * check_own_rules.c - this system's list accepts the chain; do browsers and other programs refuse
 * it by dated rules of their own (rules.h)? Most who ask have seen it fail in a browser: so a rule
 * that one of the main browsers keeps is the answer, though this computer's other programs connect.
 * A rule that only others keep is a note.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

enum {
    MAIN_BROWSERS = ROOT_PROGRAM_BIT(CHROME) | ROOT_PROGRAM_BIT(EDGE) | ROOT_PROGRAM_BIT(FIREFOX)
};

static const struct cause causes[] = {
    {
        .slug = "chain.distrusted-authority",
        .code = "W-660",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The site's authority is no longer trusted by {refusers}"),
        .works_title = N_("It works here, but its authority is no longer trusted by {refusers}"),
        .what = N_("A certificate authority (CA) vouches for a site. Here it is {authority}, and "
                   "{distrust_rule}. This computer still trusts it, so some other programs work."),
        .todo = {N_("Tell the site's owner to get a certificate from another authority."),
                 N_("Wait for the new one, then check again."), TODO_STOP_USING},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND, N_("Do not add this authority to your browser.")},
        .term =
            N_("Distrusted certificate authority: the chain of {endpoint} leads to {authority} "
               "(SHA-256 {sha256}), and {distrust_rule}. Replace the certificate with one from a "
               "CA that is trusted by {refusers}."),
        .to_confirm = N_("Try the site in {refusers}."),
    },
    {
        .slug = "chain.lives-too-long",
        .code = "W-661",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .title = N_("The site's certificate is valid for more days than browsers allow"),
        .what = N_("A certificate is a site's ID card. This one is made for {days_long} days. "
                   "{lifetime_rule}, but other programs here may not mind."),
        .todo = {N_("Tell the site's owner to get a certificate for fewer days."),
                 N_("Wait for the new one, then check again.")},
        .how = {WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND},
        .term = N_("Certificate validity too long: the leaf certificate of {endpoint} is valid for "
                   "{days_long} days. {lifetime_rule} (NET::ERR_CERT_VALIDITY_TOO_LONG in Chrome). "
                   "Reissue it for a shorter time."),
        .to_confirm = N_("Try the site in {refusers}."),
    },
    {
        .slug = "chain.distrusted-by-some",
        .code = "W-662",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = N_("The site's authority is no longer trusted by {refusers}"),
        .works_title = N_("It works here, but its authority is no longer trusted by {refusers}"),
        .what = N_("A certificate authority (CA) vouches for a site. Here it is {authority}, and "
                   "{distrust_rule}. The main browsers still trust it."),
        .todo = {N_("Do nothing, if all your programs open the site."),
                 N_("Tell the site's owner to change to another authority, if one fails.")},
        .how = {WAY_NONE, WAY_TELL_OWNER},
        .dont = {N_("Do not switch certificate checks off in that program.")},
        .term =
            N_("Distrusted certificate authority in some programs: the chain of {endpoint} leads "
               "to {authority} (SHA-256 {sha256}), and {distrust_rule}. The main browsers still "
               "trust it. Plan a certificate from another CA."),
        .to_confirm = N_("Try the site in {refusers}."),
    },
    {
        .slug = "chain.distrusted-in-program",
        .code = "W-667",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_REPLY,
        .explains = {"client.one-program"},
        .title = N_("The one program that fails may not trust the site's authority"),
        .what = N_("A certificate authority (CA) vouches for a site. Here it is {authority}, and "
                   "{distrust_rule}. You told us that one program fails, and others work."),
        .todo = {N_("Tell the site's owner to change to another authority."),
                 N_("Use another program until then.")},
        .how = {WAY_TELL_OWNER},
        .dont = {N_("Do not switch certificate checks off in that program.")},
        .term =
            N_("Distrusted certificate authority in one program: the chain of {endpoint} leads to "
               "{authority} (SHA-256 {sha256}), and {distrust_rule}. Replace the certificate with "
               "one from a CA that this program trusts."),
        .proof = N_("By their rules the certificate is refused. By all others it is accepted."),
        .to_confirm = N_("Look if the program that fails is one of these: {refusers}."),
    },
    {
        .slug = "chain.too-long-for-some",
        .code = "W-663",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = N_("The site's certificate is valid for more days than allowed by {refusers}"),
        .works_title = N_(
            "It works here, but its certificate is valid for more days than allowed by {refusers}"),
        .what = N_(
            "A certificate is a site's ID card. This one is made for {days_long} days. "
            "{lifetime_rule}, but other programs do not mind, for its authority is no public one."),
        .todo = {N_(
            "Ask the site's owner for a certificate for fewer days, if an Apple device fails.")},
        .how = {WAY_TELL_OWNER},
        .dont = {N_("Do not switch certificate checks off.")},
        .term =
            N_("Certificate validity too long for some programs: the leaf certificate of "
               "{endpoint} is valid for {days_long} days. {lifetime_rule}, under private CAs too "
               "(Apple: at most 825 days since July 2019). Reissue it for a shorter time."),
        .to_confirm = N_("Try the site in {refusers}."),
    },
};

/* What is violated of one kind, put together. */
struct violation {
    unsigned root_programs, changes;
    int place;
    bool is_proven;
};

static struct violation violation_of(const struct analysis *r, enum dated_kind kind)
{
    struct violation all = {.place = -1, .is_proven = true};
    for (size_t i = 0; i < r->n_hits; i++) {
        if (r->question.rules[r->hits[i].rule].kind != kind)
            continue;
        all.root_programs |= r->hits[i].root_programs;
        all.changes |= r->hits[i].changes;
        all.place = r->hits[i].place;
        all.is_proven = all.is_proven && r->hits[i].is_proven;
    }
    return all;
}

static const char *slug_for(const struct check_context *c, enum dated_kind kind,
                            unsigned root_programs)
{
    bool is_main = root_programs & MAIN_BROWSERS;
    if (kind == DATED_LIFETIME)
        return is_main ? "chain.lives-too-long" : "chain.too-long-for-some";
    if (is_main)
        return "chain.distrusted-authority";
    bool is_asked =
        c->ev->answers[QUESTION_OTHER_PROGRAM] == ANSWER_YES &&
        (root_programs & ROOT_PROGRAM_BIT(JAVA)); /* Safari is on no computer that we run on */
    return is_asked ? "chain.distrusted-in-program" : "chain.distrusted-by-some";
}

static bool name_violation(struct check_context *c, enum dated_kind kind)
{
    const struct violation b = violation_of(c->r, kind);
    if (!b.root_programs)
        return false;
    struct diagnosed *n = check_cause(c, slug_for(c, kind, b.root_programs),
                                      b.is_proven ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    if (n->cause->blocks == BLOCKS_REPLY) /* which program it is we do not know */
        n->certainty = CERTAINTY_LIKELY;
    n->path_place = b.place;
    n->proof.baseline = c->r->shown_index;
    n->proof.chain_changes = b.changes;
    n->proof.is_success = b.is_proven;
    return true;
}

static void judge(struct check_context *c)
{
    const struct chain_answer *a = &c->r->chain_then;
    if (!c->ev->facts.rules_known || !a->judged) {
        check_unknown(c, said_plain(SAID_NOT_LOOKED_UP));
        return;
    }
    if (a->changes & CHAIN_BIT(ADD_ROOT)) { /* nobody trusts it, whatever the rules are */
        check_not_needed(c);
        return;
    }
    bool is_distrusted = name_violation(c, DATED_DISTRUST);
    bool is_old = name_violation(c, DATED_LIFETIME);
    if (is_distrusted)
        check_say(c, said_plain(SAID_DISTRUSTED));
    else if (is_old)
        check_say(c, said_plain(SAID_LIVES_TOO_LONG));
    else
        check_fine(c, said_plain(SAID_YES));
}

const struct check check_own_rules = {
    .id = "own-rules",
    .step = STEP_CERTIFICATES,
    .question = N_("Do browsers' own rules allow it?"),
    .gloss =
        N_("Browsers and Java have rules of their own for certificates, each from some day on."),
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
