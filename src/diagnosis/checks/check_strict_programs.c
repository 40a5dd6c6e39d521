/*
 * check_strict_programs.c - the chain is accepted here; would programs of today refuse it by rules
 * of their own for certificates? By judges.def; a note, for it works for most.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"
#include "whytls/programs.h"

static const struct cause causes[] = {
    {
        .slug = "chain.some-programs-refuse",
        .code = "W-670",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = N_("Some programs do not accept the site's certificates"),
        .works_title = N_("It works here, but some programs do not accept its certificates"),
        .what = N_("A certificate is a site's ID card, and most programs accept these. "
                   "But {refusing_program} does not: {refusing_why}."),
        .todo = {N_("Do nothing, if all your programs open the site."),
                 N_("Tell the site's owner to have the certificates made anew, if one fails.")},
        .how = {WAY_NONE, WAY_TELL_OWNER},
        .dont = {N_("Do not switch certificate checks off in that program.")},
        .term =
            N_("Certificate refused by a strict verifier: {refusing_program} does not accept the "
               "chain of {endpoint}: {refusing_why}. Reissue the certificate as RFC 5280 asks "
               "(key identifiers, critical basicConstraints, keyUsage)."),
        .to_confirm = N_("Try the site in {refusing_program}."),
    },
    {
        .slug = "chain.program-refuses",
        .code = "W-671",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_REPLY,
        .explains = {"client.one-program"},
        .title = N_("The program that fails may be stricter about certificates"),
        .what =
            N_("You told us that one program fails, and others work. A certificate is a site's ID "
               "card, and most programs accept these. But {refusing_program} does not: "
               "{refusing_why}."),
        .todo = {N_("Tell the site's owner to have the certificates made anew."),
                 N_("Use another program until then.")},
        .how = {WAY_TELL_OWNER},
        .dont = {N_("Do not switch certificate checks off in that program.")},
        .term =
            N_("Certificate refused by a strict verifier: {refusing_program} does not accept the "
               "chain of {endpoint}: {refusing_why}. Reissue the certificate as RFC 5280 asks "
               "(key identifiers, critical basicConstraints, keyUsage)."),
        .proof = N_("By the rules of {refusing_program} the certificates are refused."),
        .to_confirm = N_("Look if the program that fails is {refusing_program}."),
    },
};

static void judge(struct check_context *c)
{
    const struct chain_answer *a = &c->r->chain_then;
    const char *why;
    if (!a->judged || !a->acceptable) {
        check_not_needed(c);
        return;
    }
    if (programs_strict(c->r, &why)) {
        bool is_asked = c->ev->answers[QUESTION_OTHER_PROGRAM] == ANSWER_YES;
        check_cause(c, is_asked ? "chain.program-refuses" : "chain.some-programs-refuse",
                    CERTAINTY_LIKELY);
        check_say(c, said_plain(SAID_NOT_ALL));
    } else {
        check_fine(c, said_plain(SAID_YES));
    }
}

const struct check check_strict_programs = {
    .id = "strict-programs",
    .step = STEP_CERTIFICATES,
    .question = N_("Would strict programs accept them?"),
    .gloss = N_("Programs have rules of their own for certificates."),
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
