/*
 * check_this_network.c - is it this network? No probe from here can tell: the user's phone can.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "between.this-network",
        .code = "W-803",
        .who = WHO_NETWORK,
        .blocks = BLOCKS_REACH,
        .explains = {"reach.closed", "reach.reset", "reach.silent", "reach.stalled",
                     "reach.broken-off", "reach.no-answer", "reach.refused"},
        .title = N_("Your network stops the connection to this site"),
        .what = N_("The site does not answer here. You told us that it opens on your phone without "
                   "Wi-Fi. So the site is up, and your network is in the way."),
        .todo = {N_("Send this answer to whoever runs your network."),
                 N_("Use the phone's network until then.")},
        .how = {WAY_TELL_NETWORK, WAY_OTHER_NETWORK},
        .dont = {N_("Do not try to get around a block."), N_("Do not switch your firewall off.")},
        .term =
            N_("Blocked on the local network: {endpoint} ({address}): {first_end}; the site opens "
               "over mobile data. Check firewall, proxy, DNS filter, routing and MTU."),
        .to_confirm = N_("A try from another computer on this network would show it."),
    },
};

static bool is_unanswered(const struct outcome *o)
{
    return !o->success && (o->how == BREAK_SILENCE || o->how == BREAK_CLOSED ||
                           o->how == BREAK_RESET || o->how == BREAK_REFUSED);
}

static bool is_search_over(const struct check_context *c)
{
    struct search s;
    search_run(c->r, &s);
    return s.state == SEARCH_NOTHING || s.state == SEARCH_NOT_NEEDED;
}

static void judge(struct check_context *c)
{
    int phone = c->ev->answers[QUESTION_PHONE];
    if (!c->r->first || !is_unanswered(&c->r->first->outcome) || !is_search_over(c)) {
        check_not_needed(c);
        return;
    }
    check_want_question(c, QUESTION_PHONE);
    if (phone == ANSWER_YES) {
        check_cause(c, "between.this-network", CERTAINTY_LIKELY);
        check_say(c, said_plain(SAID_PHONE_OPENS));
    } else if (phone == ANSWER_NO) {
        check_fine(c, said_plain(SAID_PHONE_FAILS));
    } else {
        check_unknown(c, said_plain(SAID_PHONE_COULD_TELL));
    }
}

const struct check check_this_network = {
    .id = "this-network",
    .step = STEP_BETWEEN,
    .question = N_("Is it your network?"),
    .gloss = N_("A firewall or a faulty router on the way can stop a site."),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
