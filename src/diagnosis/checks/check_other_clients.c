/*
 * check_other_clients.c - does it work for a newer or an older program as a whole?
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "client.newer-works",
        .code = "W-301",
        .who = WHO_YOU,
        .who_all = N_("You, or whoever looks after this computer."),
        .blocks = BLOCKS_HELLO,
        .explains = {"cipher.none-in-common", "cipher.no-group", "cipher.no-signature",
                     "cipher.dh-too-small", "protocol.client-too-old", "protocol.newer-breaks",
                     "protocol.server-too-old"},
        .title = N_("Your program is too old for this site"),
        .what = N_("We connected like {client}, and the site refused. We connected like a current "
                   "program, and it worked. So the site is fine, and the program is too old."),
        .todo = {N_("Update the program, or the system that it is part of."),
                 N_("Use a current browser until then.")},
        .how = {WAY_UPDATE_PROGRAM, WAY_OTHER_BROWSER},
        .dont = {N_("Do not ask the site to turn old TLS versions on. They are not safe.")},
        .term =
            N_("Client too old: a ClientHello like that of {client} (up to {client_version}) ends "
               "in {first_end} at {endpoint}; one of a current client agrees on {agreed}."),
        .to_confirm = N_("One more try as a current program would show it."),
    },
    {
        .slug = "client.older-works",
        .code = "W-302",
        .who = WHO_SITE_OWNER,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_HELLO,
        .explains = {"protocol.newer-breaks"},
        .title = N_("The site fails on the first message of a current program"),
        .what =
            N_("TLS starts with a first message, the ClientHello. Current programs send a longer "
               "one, and the site or a firewall cannot cope with it. A short, old one works."),
        .todo = {N_("Tell the site's owner to update the server, and any firewall in front of it."),
                 N_("Try from another network, to see if your own firewall does it.")},
        .how = {WAY_TELL_OWNER, WAY_OTHER_NETWORK},
        .dont = {N_("Do not go back to an old program. It is not safe.")},
        .term =
            N_("ClientHello intolerance: at {endpoint} ({address}) a current ClientHello ends in "
               "{first_end}; an older, shorter one agrees on {agreed}. Update server, load "
               "balancer or middlebox."),
        .to_confirm = N_("One more try as an older program would show it."),
    },
    {
        .slug = "client.hello-length",
        .code = "W-307",
        .who = WHO_SITE_OWNER,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_HELLO,
        .explains = {"cipher.none-in-common", "cipher.no-group", "cipher.no-signature"},
        .title = N_("The site fails on a first message of a certain length"),
        .what =
            N_("TLS starts with a first message, the ClientHello, and each program's has its own "
               "length. The site or a firewall fails at ours. The same one, made longer, works."),
        .todo = {N_("Tell the site's owner to update the server, and any firewall in front of it."),
                 N_("Use another program until then.")},
        .how = {WAY_TELL_OWNER, WAY_OTHER_BROWSER},
        .dont = {N_("Do not turn old TLS versions on.")},
        .term =
            N_("ClientHello length intolerance: at {endpoint} ({address}) a ClientHello of our "
               "length ends in {first_end}; the same one, padded (RFC 7685), agrees on {agreed}."),
        .to_confirm = N_("One more try with a longer first message would show it."),
    },
};

/* For an old program, any change of its offers may only mean: take a newer one. Then that is what
 * the search found. FAILED: it is not the program. */
static enum experiment_state try_newer(struct check_context *c, struct search *s)
{
    const struct client *own = client_find(c->ev->target.client);
    if (s->state != SEARCH_FOUND || !own || !own->is_old)
        return EXPERIMENT_FAILED;
    if (s->changes & CHANGE_BIT(NEWER_CLIENT))
        return EXPERIMENT_WORKED;
    if (s->changes & CHANGE_BIT(VERSIONS))
        return EXPERIMENT_FAILED;
    s->changes = CHANGE_BIT(NEWER_CLIENT);
    return check_experiment(c, CHANGE_BIT(NEWER_CLIENT), &s->experiment);
}

static void judge(struct check_context *c)
{
    struct search s;
    if (check_found(c, CHANGE_BIT(OLDER_CLIENT) | CHANGE_BIT(SAME_LENGTH), &s)) {
        check_search_cause(c, "client.older-works", &s);
        check_say(c, said_plain(SAID_OLDER_WORKS));
        return;
    }
    if (s.state == SEARCH_FOUND && (s.changes & CHANGE_BIT(ONLY_LENGTH))) {
        check_search_cause(c, "client.hello-length", &s);
        check_say(c, said_plain(SAID_LONGER_WORKS));
        return;
    }
    if (s.state == SEARCH_WAITING)
        return;
    enum experiment_state newer = try_newer(c, &s);
    if (newer == EXPERIMENT_WAITING) {
        check_waiting(c);
    } else if (newer == EXPERIMENT_WORKED) {
        check_search_cause(c, "client.newer-works", &s);
        check_say(c, said_plain(SAID_NEWER_WORKS));
    } else if (s.state == SEARCH_NOT_NEEDED || s.state == SEARCH_FOUND) {
        check_not_needed(c);
    } else {
        check_fine(c, said_plain(SAID_NO));
    }
}

const struct check check_other_clients = {
    .id = "other-clients",
    .step = STEP_OTHERS,
    .question = N_("Does a newer or older program work?"),
    .gloss = N_("We imitate the first messages of other programs. We do not run them."),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
