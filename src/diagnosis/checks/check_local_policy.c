/*
 * check_local_policy.c - is it this computer's own TLS policy that refuses? Proven by leaving it
 * out.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "policy.refuses",
        .code = "W-304",
        .who = WHO_YOUR_IT,
        .who_all = N_("Whoever looks after this computer (at home, you), and the site's owner."),
        .blocks = BLOCKS_HELLO,
        .explains = {"protocol.server-too-old", "protocol.client-too-old", "cipher.none-in-common",
                     "cipher.no-group", "cipher.no-signature", "cipher.dh-too-small",
                     "client.newer-works", "protocol.newer-breaks"},
        .title = N_("This computer's TLS policy does not allow this connection"),
        .what =
            N_("A TLS policy says which TLS versions and ciphers a computer allows. Yours stands "
               "in {policy_file}. It forbids what the site offers: {policy_line}."),
        .todo = {N_("Show this answer to whoever looks after this computer."),
                 N_("Ask the site's owner to bring the site up to date.")},
        .how = {WAY_TELL_IT, WAY_TELL_OWNER},
        .dont = {N_("Do not delete the policy. It protects all your connections.")},
        .term = N_("Local TLS policy forbids it: {policy_file}: {policy_line}. Without that policy "
                   "{endpoint} agrees on {agreed}. Upgrade the server's TLS."),
        .to_confirm = N_("One more try with the policy left out would show it."),
    },
};

/* A rule that leaves no hello to say stops every program that heeds it. */
static bool leaves_nothing(const struct check_context *c)
{
    const struct client *own = client_find(c->ev->target.client);
    for (size_t i = 0; own && i < POLICY_COUNT; i++)
        if (policy_leaves_nothing(&c->ev->facts.policies[i], own))
            return true;
    return false;
}

static void judge(struct check_context *c)
{
    if (leaves_nothing(c)) {
        check_cause(c, "policy.refuses", CERTAINTY_LIKELY);
        check_say(c, said_plain(SAID_POLICY_LEAVES_NOTHING));
        return;
    }
    bool known = true, limits = false, partly = false;
    for (size_t i = 0; i < POLICY_COUNT; i++) {
        known = known && c->ev->facts.policies[i].known;
        partly = partly || c->ev->facts.policies[i].partly;
        limits = limits || (c->ev->facts.policies[i].known && c->ev->facts.policies[i].limits);
    }
    struct search s;
    if (limits && check_found(c, CHANGE_BIT(POLICY), &s)) {
        check_search_cause(c, "policy.refuses", &s);
        check_say(c, said_plain(SAID_POLICY_REFUSES));
    } else if (limits && s.state == SEARCH_WAITING) {
        check_waiting(c);
    } else if (known && partly) {
        check_unknown(c, said_plain(SAID_POLICY_PARTLY));
    } else if (limits) {
        check_fine(c, said_plain(SAID_POLICY_ALLOWS));
    } else if (known) {
        check_fine(c, said_plain(SAID_POLICY_NONE));
    } else {
        check_unknown(c, said_plain(SAID_POLICY_UNREAD));
    }
}

const struct check check_local_policy = {
    .id = "local-policy",
    .step = STEP_OTHERS,
    .question = N_("Does this computer's policy allow it?"),
    .gloss = N_("A TLS policy says which TLS versions and ciphers a computer allows."),
    .fine = N_("This computer's TLS policy allows the connection."),
    .fine_brief = N_("this computer's TLS policy"),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
