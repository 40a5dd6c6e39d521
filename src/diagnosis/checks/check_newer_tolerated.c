/*
 * check_newer_tolerated.c - does one side break when a newer version is offered?
 * Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

#include <string.h>

#include "whytls/ascii.h"

static const struct cause causes[] = {
    {
        .slug = "protocol.newer-breaks",
        .code = "W-403",
        .who = WHO_SITE_OWNER,
        .who_all = WHO_OWNER_OR_NETWORK,
        .blocks = BLOCKS_HELLO,
        .title = N_("The site fails when we offer the newest TLS version"),
        .what =
            N_("A server should answer with the newest TLS version that it knows. This one breaks "
               "off instead. With {version} at most, it works."),
        .todo = {N_("Tell the site's owner to update the server, and any firewall in front of it."),
                 N_("Try from another network, to see if your own firewall does it.")},
        .how = {WAY_TELL_OWNER, WAY_OTHER_NETWORK},
        .dont = {N_("Do not turn the newest TLS version off for good.")},
        .term = N_("TLS version intolerance: at {endpoint} ({address}) a ClientHello with "
                   "{client_version} ends in {first_end}; with {version} at most it succeeds. The "
                   "server or a middlebox must negotiate down (RFC 8446 4.2.1)."),
        .to_confirm = N_("One more try without the newest version would show it."),
    },
};

/* TLS 1.3 signs with PSS, SHA-256 and a salt as long: 66 bytes (RFC 8446 4.2.3, RFC 8017 9.1.1). A
 * shorter key can't, whatever the server does about versions. */
static bool has_too_short_a_key(const struct analysis *r)
{
    enum { PSS_BITS_MIN = 528 };
    static const char kind[] = "RSA-";
    const char *key = r->leaf.key, *bits = key + strlen(kind);
    return r->shown && strncmp(key, kind, strlen(kind)) == 0 &&
           ascii_take_number(&bits, INT32_MAX) < PSS_BITS_MIN;
}

static void judge(struct check_context *c)
{
    struct search s;
    if (has_too_short_a_key(c->r)) {
        check_unknown(c, said_plain(SAID_KEY_TOO_SHORT_FOR_IT));
    } else if (check_found(c, CHANGE_BIT(NOT_NEWEST), &s)) {
        check_search_cause(c, "protocol.newer-breaks", &s);
        check_say(c, said_plain(SAID_NEWER_BREAKS));
    } else if (s.state == SEARCH_NOTHING) {
        check_unknown(c, said_plain(SAID_NO_DIFFERENCE));
    } else if (s.state != SEARCH_WAITING) {
        check_fine(c, said_plain(SAID_YES));
    }
}

const struct check check_newer_tolerated = {
    .id = "newer-tolerated",
    .step = STEP_PROTOCOL,
    .question = N_("Does it cope with newer TLS versions?"),
    .gloss = N_("A server should answer with the newest TLS version that it knows."),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
