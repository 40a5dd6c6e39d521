/*
 * newer_tolerated.c - does one side break when a newer version is offered?
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "protocol.newer-breaks",
        .code = "W-403",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_HELLO,
        .title = "The site breaks when we offer the newest TLS version",
        .what = "A server may refuse the newest version, but it must do so in good order. This "
                "one breaks off instead. With {version} at most, it works.",
        .todo = {"Tell the site's owner to update the server, and any box in front of it.",
                 "Try from another network, to see if a box on your side is at fault."},
        .dont = {"Do not turn the newest TLS version off for good."},
        .split = "One more try without the newest version would show it.",
    },
};

static void judge(struct check_context *c)
{
    struct search s;
    if (check_found(c, CHANGE_BIT(NOT_NEWEST), &s)) {
        check_search_cause(c, "protocol.newer-breaks", &s);
        check_say(c, "no, it breaks off");
    } else if (s.state == SEARCH_NOTHING) {
        check_untold(c, "it makes no difference");
    } else if (s.state != SEARCH_WAITING) {
        check_fine(c, "yes");
    }
}

const struct check check_newer_tolerated = {
    .id = "newer-tolerated",
    .step = STEP_PROTOCOL,
    .question = "Does it cope with newer versions?",
    .gloss = "Old servers should answer a new hello with the version that they know.",
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
