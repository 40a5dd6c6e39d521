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
        .who_all = N_("You, or whoever looks after this computer."),
        .blocks = BLOCKS_HELLO,
        .explains = {"name.other-name", "name.www", "name.wildcard-depth",
                     "name.default-certificate", "chain.self-signed", "chain.unknown-authority",
                     "chain.private-authority", "chain.missing-intermediate", "chain.expired",
                     "client.newer-works", "protocol.client-too-old"},
        .title = N_("Your program does not send the server name (SNI)"),
        .what = N_("The server name (SNI) tells a server which of its sites you want. Your program "
                   "did not send it. With the name {wanted_name} it works."),
        .todo = {N_("Update the program, or the system that it is part of."),
                 N_("Use the site's name in the address, not its IP address.")},
        .how = {WAY_UPDATE_PROGRAM},
        .dont = {N_("Do not switch certificate checks off.")},
        .term =
            N_("Client sends no SNI (server_name extension, RFC 6066): {endpoint} answers for the "
               "site only with server_name {wanted_name}."),
        .to_confirm = N_("One more try with the name would show it."),
    },
    {
        .slug = "name.unknown-to-server",
        .code = "W-705",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner; you, if the name is wrong; your network, if it opens on a "
                      "phone."),
        .blocks = BLOCKS_HELLO,
        .title = N_("The server does not know the name {wanted_name}"),
        .what = N_("The server name (SNI) tells a server which site you want. We sent "
                   "{wanted_name}, and it refused. The server is up, but this name is not set up "
                   "there."),
        .todo = {N_("Check the spelling of the name."),
                 N_("Tell the site's owner to set up {wanted_name} on the server."),
                 N_("Wait an hour if the site has moved, then try again.")},
        .how = {WAY_NONE, WAY_TELL_OWNER, WAY_NONE},
        .dont = {N_("Do not use the IP address in place of the name.")},
        .term = N_(
            "Server name (SNI) refused (unrecognized_name): at {address}, port {port}, server_name "
            "{wanted_name} ends in {first_end}. No virtual host or certificate for that name."),
        .to_confirm = N_("If it opens on a phone, a firewall on your network may block this name."),
    },
    {
        .slug = "between.name-filtered",
        .code = "W-804",
        .who = WHO_NETWORK,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_HELLO,
        .title = N_("Something cuts connections that name {wanted_name}"),
        .what =
            N_("Our first message names the site (server name, SNI). With {wanted_name} in it the "
               "connection is cut, and without it is not. A firewall may do that, or the server."),
        .todo = {N_("Try from another network, such as your phone's."),
                 N_("Ask whoever runs your network if the site is blocked.")},
        .how = {WAY_OTHER_NETWORK, WAY_TELL_NETWORK},
        .dont = {N_("Do not try to get around a block.")},
        .term =
            N_("Filtering by server name (SNI) suspected: at {address}, port {port}, a ClientHello "
               "with server_name {wanted_name} ends in {first_end}; without SNI it does not. "
               "Firewall or server policy."),
        .to_confirm = N_("If it opens on a phone, a firewall on your network is the cause."),
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
    .question = N_("Does the server know this name?"),
    .gloss = N_("The server name (SNI) tells the server which site you want."),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
