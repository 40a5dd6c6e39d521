/*
 * check_connects.c - does anything listen at the address and port?
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "reach.refused",
        .code = "W-101",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner; you, if the port is wrong; your network, if it opens on a "
                      "phone."),
        .blocks = BLOCKS_REACH,
        .title = N_("Port {port} is closed: the server refused the connection"),
        .what = N_("A port is the number of a service on a server. At {address} the connection to "
                   "port {port} was refused at once. The service is off, or the port is wrong."),
        .todo = {N_("Check the port number in the address."),
                 N_("Wait a few minutes, then try from a phone without Wi-Fi."),
                 N_("Tell the site's owner that port {port} is closed.")},
        .how = {WAY_NONE, WAY_OTHER_NETWORK, WAY_TELL_OWNER},
        .dont = {N_("Do not switch your firewall off.")},
        .term = N_("Connection refused: {host}, TCP port {port}, at {addresses}: SYN answered with "
                   "RST (ECONNREFUSED). Nothing listens there, or a firewall rejects."),
        .proof = N_("Each IP address of {host} refused the connection on port {port}."),
        .to_confirm = N_("Try from another network. A firewall can refuse in the server's name."),
    },
    {
        .slug = "reach.no-answer",
        .code = "W-103",
        .who = WHO_NETWORK,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_REACH,
        .title = N_("No answer from {host} on port {port}: timed out"),
        .what = N_("We asked {address} for a connection on port {port}. Nothing came back, and we "
                   "timed out. The server is down, or a firewall on the way drops our packets."),
        .todo = {N_("Open another site, to see that your network works."),
                 N_("Try from another network, such as your phone's."),
                 N_("Send this answer to whoever runs your network.")},
        .how = {WAY_NONE, WAY_OTHER_NETWORK, WAY_TELL_NETWORK},
        .dont = {N_("Do not switch your firewall off. Ask for this one site to be let through.")},
        .term =
            N_("Connection timed out: {host}, TCP port {port}, at {addresses}: no answer to SYN "
               "(ETIMEDOUT). Server down, or packets dropped by a firewall."),
        .proof = N_("No IP address of {host} answered on port {port}."),
        .to_confirm = N_("If it opens on a phone, your network is the cause. If not, the site is."),
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
    if (outcome_tcp_opened(&p->outcome) || p->outcome.success) {
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
    .question = N_("Does the server take the connection?"),
    .gloss = N_("A port is the number of a service on a server. It must be open."),
    .fine = N_("The server can be reached."),
    .fine_brief = N_("the connection"),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
