/*
 * check_one_program.c - it works for us: then what fails for the user? Only the user can tell.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "client.one-program",
        .code = "W-305",
        .who = WHO_YOU,
        .blocks = BLOCKS_REPLY,
        .title = N_("Only one program on this computer fails"),
        .what =
            N_("The site works when we try it from this computer. You told us that another "
               "program opens it too. So look at the settings and add-ons of the one that fails."),
        .todo = {N_("Update that program."), N_("Try it with all of its add-ons switched off."),
                 N_("Use the other program until then.")},
        .how = {WAY_UPDATE_PROGRAM, WAY_OTHER_BROWSER},
        .dont = {N_("Do not change settings of the whole system.")},
        .term =
            N_("Failure in one client program: {endpoint} works from this computer with the "
               "settings that we imitate, and in another program as told by the user. Check that "
               "program's profile, add-ons, proxy, own trust store and TLS settings."),
        .to_confirm = N_("A fresh profile in that program would show it."),
    },
    {
        .slug = "client.changed-here",
        .code = "W-306",
        .who = WHO_YOU,
        .blocks = BLOCKS_REPLY,
        .title = N_("A change on this computer is the likely cause"),
        .what = N_("The site works when we try it from this computer. You told us that it stopped "
                   "after a change here. A new program or setting may be in the way."),
        .todo = {N_("Think of what changed last: a program, an update, a setting."),
                 N_("Ask the maker of that program how to let this site work.")},
        .how = {WAY_NONE, WAY_ANTIVIRUS},
        .dont = {N_("Do not switch off your antivirus.")},
        .term = N_("Local change suspected: {endpoint} works from this computer with the settings "
                   "that we imitate; by the user it fails since a change here. Check new security "
                   "software, proxy settings, VPN, updates and policies."),
        .to_confirm = N_("Try the site on this computer under another user name."),
    },
};

/* Only where all is well from here does the question make sense. */
static bool is_well(const struct analysis *r)
{
    return r->first->outcome.success && (!r->shown || (r->chain.judged && r->chain.acceptable));
}

static void judge(struct check_context *c)
{
    if (!is_well(c->r)) {
        check_not_needed(c);
        return;
    }
    int other = c->ev->answers[QUESTION_OTHER_PROGRAM];
    int since = c->ev->answers[QUESTION_SINCE];
    check_want_question(c, QUESTION_OTHER_PROGRAM);
    if (other != ANSWER_NONE && other != ANSWER_YES)
        check_want_question(c, QUESTION_SINCE);
    if (other == ANSWER_YES) {
        check_cause(c, "client.one-program", CERTAINTY_LIKELY);
        check_say(c, said_plain(SAID_ONE_PROGRAM_TOLD));
    } else if (since == SINCE_CHANGE_HERE) {
        check_cause(c, "client.changed-here", CERTAINTY_LIKELY);
        check_say(c, said_plain(SAID_CHANGED_HERE));
    } else {
        check_fine(c, said_plain(other == ANSWER_NONE ? SAID_NOT_ASKED_YET : SAID_NO_OR_NOT_KNOWN));
    }
}

const struct check check_one_program = {
    .id = "one-program",
    .step = STEP_OTHERS,
    .question = N_("Does only one program fail?"),
    .gloss = N_("Each program has settings, and some a trust store, of its own."),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
