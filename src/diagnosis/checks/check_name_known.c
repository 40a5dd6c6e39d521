/*
 * check_name_known.c - does the server know the name that the hello asks for (SNI)? Proven by
 * leaving the name out, or putting it in.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "name.sni-needed",
        .code = "W-704",
        .who = WHO_YOU,
        .blocks = BLOCKS_HELLO,
        .explains = {"name.other-name", "name.www", "name.wildcard-depth",
                     "name.default-certificate", "chain.self-signed", "chain.unknown-authority",
                     "chain.private-authority", "chain.missing-intermediate", "chain.expired",
                     "client.newer-works", "protocol.client-too-old"},
        .title = "Your program does not tell the server which site it wants",
        .what = "Many sites share one server, so a program must name the site in its hello. This "
                "one did not. With the name {wanted_name} in the hello, it works.",
        .todo = {"Update the program, or the system that it is part of.",
                 "Use the site's name as the address, not a number."},
        .dont = {"Do not switch certificate checks off."},
        .to_confirm = "One more try with the name would show it.",
    },
    {
        .slug = "name.unknown-to-server",
        .code = "W-705",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_HELLO,
        .title = "The server does not know the name {wanted_name}",
        .what = "We asked the server for {wanted_name}, and it refused. The server is up, but "
                "this name is not set up there.",
        .todo = {"Check the spelling of the name.",
                 "Tell the site's owner to set up {wanted_name} on the server.",
                 "Wait an hour if the site has moved, then try again."},
        .dont = {"Do not go around it with the number of the server."},
        .to_confirm = "If it opens on a phone, a filter on your network may block this name.",
    },
    {
        .slug = "between.name-filtered",
        .code = "W-804",
        .who = WHO_NETWORK,
        .blocks = BLOCKS_HELLO,
        .title = "Something may cut connections that ask for {wanted_name}",
        .what = "The line is cut when our hello has the name {wanted_name}. With no name, it is "
                "not. A filter on your network may do that, or the server.",
        .todo = {"Try from another network, such as your phone's.",
                 "Ask the people who run your network if the site is blocked."},
        .dont = {"Do not try to get around a filter."},
        .to_confirm = "If it opens on a phone, a filter on your network is the cause.",
    },
};

/* The baseline had no name and came through: does the name bring a better certificate? */
static void judge_without_name(struct check_context *c)
{
    const struct analysis *r = c->r;
    int index;
    if (r->chain.acceptable) {
        check_fine(c, said_plain(SAID_NO_NAME_NEEDED));
        return;
    }
    enum experiment_state state = check_experiment(c, CHANGE_BIT(TARGET_NAME), &index);
    if (state == EXPERIMENT_WAITING) {
        check_waiting(c);
        return;
    }
    struct chain_answer a = {0};
    if (state == EXPERIMENT_WORKED && r->anchors_ready)
        analysis_judge(r, &c->ev->probes[index], r->true_time, NULL, &a);
    bool has_name_now = (r->chain.changes & ~a.changes) & CHAIN_BIT(NAME);
    if (!a.judged || !(a.acceptable || has_name_now)) {
        check_fine(c, said_plain(SAID_NO_DIFFERENCE));
        return;
    }
    struct diagnosed *n = check_cause(c, "name.sni-needed", CERTAINTY_PROVEN);
    n->proof.experiment = index;
    n->proof.changes = CHANGE_BIT(TARGET_NAME);
    n->proof.is_success = true;
    check_say(c, said_plain(SAID_BY_NAME_ONLY));
}

static void name_unknown(struct check_context *c, const struct search *s)
{
    struct diagnosed *n = check_search_cause(c, "name.unknown-to-server", s);
    /* Only unrecognized_name says it plainly (RFC 6066 3): another alert may be the fault of the
     * server behind that name. */
    if (c->r->first->outcome.alert != 112)
        n->certainty = CERTAINTY_LIKELY;
    /* A server that refuses says so with an alert; a bare cut may be a filter on the way. */
    if (c->r->first->outcome.how != BREAK_ALERT)
        check_search_cause(c, "between.name-filtered", s)->certainty = CERTAINTY_LIKELY;
    check_say(c, said_plain(SAID_NAME_REFUSED));
}

static void judge(struct check_context *c)
{
    const struct analysis *r = c->r;
    struct search s;
    if (check_found(c, CHANGE_BIT(TARGET_NAME), &s) && !r->base.server_name[0]) {
        check_search_cause(c, "name.sni-needed", &s);
        check_say(c, said_plain(SAID_BY_NAME_ONLY));
    } else if (check_found(c, CHANGE_BIT(TARGET_NAME) | CHANGE_BIT(NO_NAME) | CHANGE_BIT(WWW_NAME),
                           &s)) {
        name_unknown(c, &s);
    } else if (s.state == SEARCH_WAITING) {
        return;
    } else if (s.state == SEARCH_NOTHING && r->first->outcome.alert == 112 &&
               r->base.server_name[0]) {
        /* unrecognized_name (RFC 6066 3): its own word, though no other name was better. */
        check_cause(c, "name.unknown-to-server", CERTAINTY_LIKELY);
        check_say(c, said_plain(SAID_NAME_REFUSED));
    } else if (r->shown && !r->anchors_ready) {
        check_waiting(c);
    } else if (r->chain.judged && !r->base.server_name[0] && !c->ev->target.is_address) {
        judge_without_name(c);
    } else if (r->shown) {
        check_fine(c, said_plain(SAID_NAME_ANSWERED));
    } else {
        check_unknown(c, said_plain(SAID_NO_ANSWER_EITHER_WAY));
    }
}

const struct check check_name_known = {
    .id = "name-known",
    .step = STEP_NAME,
    .question = "Does the server know this name?",
    .gloss = "The hello names the site (SNI), as many sites share one server.",
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
