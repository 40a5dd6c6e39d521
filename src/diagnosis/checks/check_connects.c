/*
 * check_connects.c - does anything pick up at the address and port?
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "reach.refused",
        .code = "W-101",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_REACH,
        .title = "The server is there, but it takes no calls on port {port}",
        .what = "A computer answered at {address}. It said at once that nothing listens on port "
                "{port}. The service may be off, or the port number may be wrong.",
        .todo = {"Check the port number in the address.", "Wait a few minutes, then try again.",
                 "Tell the site's owner that port {port} is closed."},
        .dont = {"Do not lower your firewall. It did not cause this."},
        .proof = "Each address of {host} refused the connection on port {port}.",
        .to_confirm = "Try from another network. A filter can refuse in the server's name.",
    },
    {
        .slug = "reach.no-answer",
        .code = "W-103",
        .who = WHO_NETWORK,
        .blocks = BLOCKS_REACH,
        .title = "Nobody answers at {host}",
        .what = "We called {address} on port {port} and heard nothing at all. The server may be "
                "down. Or a filter on the way may throw the call away.",
        .todo = {"Open another site, to see that your network works.",
                 "Try from another network, such as your phone's.",
                 "Send this answer to the people who run your network."},
        .dont = {"Do not lower your firewall. Ask for this one site to be let through."},
        .proof = "Each address of {host} stayed silent on port {port}.",
        .to_confirm = "If it opens on a phone, your network is the cause. If not, the site is.",
    },
};

static const char *slug_for(enum break_kind how)
{
    return how == BREAK_REFUSED ? "reach.refused" : how == BREAK_SILENCE ? "reach.no-answer" : NULL;
}

/* The port that was called; a practice server's real one is of no interest. */
static unsigned called_port(const struct target *t)
{
    return t->connect_port && !t->is_practice ? t->connect_port : t->port;
}

/* The baseline moved on through all addresses; where all failed, its first address tells how. */
static void judge(struct check_context *c)
{
    const struct probe *p = c->r->first;
    if (!p) {
        check_waiting(c);
        return;
    }
    if (p->outcome.stage > STAGE_CONNECT || p->outcome.success) {
        check_fine(c, said_with_two(SAID_PORT_OPEN, said_host(c->r->base.address),
                                    said_number(called_port(&c->ev->target))));
        return;
    }
    const char *slug = slug_for(p->outcome.how);
    if (!slug) {
        check_unknown(c, said_plain(SAID_NO_ROUTE));
        return;
    }
    /* The answer is the system's own word; there is no second probe that could differ. */
    check_cause(c, slug, p->outcome.how == BREAK_REFUSED ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    check_say(
        c, said_plain(p->outcome.how == BREAK_REFUSED ? SAID_CONNECTION_REFUSED : SAID_TIMED_OUT));
}

const struct check check_connects = {
    .id = "connects",
    .step = STEP_REACH,
    .question = "Does the server pick up?",
    .gloss = "A port is like an extension number. The service must listen on it.",
    .fine = "The server can be reached.",
    .fine_brief = "the way to the server",
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
