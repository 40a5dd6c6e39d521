/*
 * check_resolves.c - does the site's name have an address? The first question of all.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "reach.name-not-found",
        .code = "W-102",
        .who = WHO_YOU,
        .who_all =
            N_("You, if the name is wrong; your network, if it opens on a phone; else the site's "
               "owner."),
        .blocks = BLOCKS_REACH,
        .title = N_("The name service (DNS) does not know {host}"),
        .what = N_("We asked the name service (DNS) for the IP address of {host}. It said that no "
                   "such name exists. Most often a letter is wrong in the name."),
        .todo = {N_("Check the spelling of the name, letter by letter."),
                 N_("Try the name on a phone without Wi-Fi."),
                 N_("Ask the person who gave you the name.")},
        .how = {WAY_NONE, WAY_OTHER_NETWORK, WAY_NONE},
        .dont = {N_("Do not search for the name and trust the first result.")},
        .term = N_("DNS: {host} does not resolve: NXDOMAIN, or no A and AAAA record (getaddrinfo: "
                   "EAI_NONAME). Check the name, its zone and the resolver."),
        .proof = N_("The name service said: this name does not exist."),
        .to_confirm = N_("Look the name up on another network, such as a phone's."),
    },
};

static void judge(struct check_context *c)
{
    const struct resolution *found = &c->ev->resolution;
    if (!found->finished)
        check_waiting(c);
    else if (found->n_addresses > 0)
        check_fine(c, said_with(SAID_ADDRESS, said_host(c->r->base.address)));
    else if (found->how == BREAK_NAME_NOT_FOUND)
        check_cause(c, "reach.name-not-found", CERTAINTY_PROVEN)->proof.is_success = false;
    else
        check_unknown(c, said_plain(SAID_LOOKUP_FAILED));
    if (c->finding->result == RESULT_CAUSE)
        check_say(c, said_plain(SAID_NO_SUCH_NAME));
}

const struct check check_resolves = {
    .id = "resolves",
    .step = STEP_REACH,
    .question = N_("Does the name have an IP address?"),
    .gloss = N_("An IP address is the number of a computer on the network."),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
