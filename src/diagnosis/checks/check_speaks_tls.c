/*
 * check_speaks_tls.c - is it TLS that is spoken on the port? Judged by first bytes, proven by
 * speaking plainly.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "reach.plain-http",
        .code = "W-104",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner; or you, if the port number is wrong."),
        .blocks = BLOCKS_REACH,
        .title = N_("Port {port} speaks plain HTTP, not TLS"),
        .what =
            N_("TLS is what makes https secure. A web server answers on port {port}, but without "
               "TLS. So https cannot work on this port."),
        .todo = {N_("Check the port number in the address."),
                 N_("Ask the site's owner to turn on TLS for port {port}.")},
        .how = {WAY_NONE, WAY_TELL_OWNER},
        .dont = {N_("Do not send passwords or card numbers over plain http."), DONT_STAY},
        .term = N_("Not TLS: {endpoint} ({address}) answers ClientHello with plain HTTP (OpenSSL: "
                   "wrong version number). Enable TLS on this listener."),
        .to_confirm = N_("A plain request to the same port would show it."),
    },
    {
        .slug = "reach.other-service",
        .code = "W-105",
        .who = WHO_YOU,
        .who_all = N_("You, if the port is wrong; else the site's owner."),
        .blocks = BLOCKS_REACH,
        .title = N_("Port {port} does not speak TLS: it belongs to {service}"),
        .what = N_("Port {port} belongs to {service}. It does not start with TLS, the secure "
                   "connection. So a program that starts with TLS cannot talk to it."),
        .todo = {N_("Check the port number in your program's settings."),
                 N_("Choose STARTTLS in a mail program, if you have that choice."),
                 N_("Ask the site's owner which port has TLS.")},
        .how = {WAY_NONE, WAY_NONE, WAY_TELL_OWNER},
        .dont = {N_("Do not choose \"no encryption\" in your program.")},
        .term =
            N_("Not TLS: {endpoint} ({address}) is {service} and does not start with TLS. Use its "
               "implicit TLS port, or STARTTLS."),
        .to_confirm = N_("The server's own first words, with none from us, would show it."),
    },
};

/* By the protocol's own name, which is the same in all languages. */
static struct said said_of_protocol(enum protocol protocol)
{
    static const char *const names[PROTOCOL_COUNT] = {
        [PROTOCOL_SSH] = "SSH",       [PROTOCOL_SMTP] = "SMTP",
        [PROTOCOL_FTP] = "FTP",       [PROTOCOL_IMAP] = "IMAP",
        [PROTOCOL_POP3] = "POP3",     [PROTOCOL_MYSQL] = "MySQL",
        [PROTOCOL_REDIS] = "Redis",   [PROTOCOL_RDP] = "RDP",
        [PROTOCOL_VNC] = "VNC",       [PROTOCOL_LDAP] = "LDAP",
        [PROTOCOL_XMPP] = "XMPP",     [PROTOCOL_POSTGRESQL] = "PostgreSQL",
        [PROTOCOL_TELNET] = "Telnet", [PROTOCOL_SSL2] = "SSL 2.0",
    };
    if (protocol == PROTOCOL_HTTP)
        return said_plain(SAID_PLAIN_HTTP);
    return names[protocol] ? said_with(SAID_OTHER_PROTOCOL, said_text(names[protocol]))
                           : said_plain(SAID_OTHER_SERVICE);
}

/* A server that speaks first gives itself away where we are silent; HTTP waits for a request. */
static void judge_other(struct check_context *c, enum protocol protocol)
{
    bool is_http = protocol == PROTOCOL_HTTP;
    unsigned change = is_http ? CHANGE_BIT(PLAIN) : CHANGE_BIT(WAIT_FOR_BANNER);
    int index;
    enum experiment_state state = check_experiment(c, change, &index);
    if (state == EXPERIMENT_WAITING) {
        check_waiting(c);
        return;
    }
    bool is_proven = state == EXPERIMENT_WORKED && index >= 0 &&
                     c->ev->probes[index].outcome.protocol == protocol;
    struct diagnosed *n = check_cause(c, is_http ? "reach.plain-http" : "reach.other-service",
                                      is_proven ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    n->proof.experiment = index;
    n->proof.changes = change;
    n->proof.is_success = is_proven;
    check_say(c, said_of_protocol(protocol));
}

static void judge(struct check_context *c)
{
    const struct outcome *o = &c->r->first->outcome;
    if (o->how == BREAK_NOT_TLS)
        judge_other(c, o->protocol);
    else if (o->version)
        check_fine(c, said_plain(SAID_YES));
    else if (o->how == BREAK_ALERT)
        check_fine(c, said_plain(SAID_TLS_ALERT));
    else
        check_fine(c, said_plain(SAID_SEEMS_TLS));
}

const struct check check_speaks_tls = {
    .id = "speaks-tls",
    .step = STEP_REACH,
    .question = N_("Is it TLS that is spoken there?"),
    .gloss = N_("TLS is what makes a connection secure, as in https."),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
