/*
 * check_chain_order.c - is the site's own certificate first? What comes after it may be in any
 * order (RFC 8446 4.4.2).
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "chain.wrong-order",
        .code = "W-606",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_HELLO,
        .explains = {"cipher.no-signature"},
        .title = "The site sends its certificates in the wrong order",
        .what = "The site's own certificate must come first. Here another one does. So programs "
                "take the wrong card for the site's own.",
        .todo = {"Tell the site's owner to put the site's own certificate first.",
                 "Use another way until then, such as the phone."},
        .dont = {"Do not switch certificate checks off."},
        .to_confirm = "With the right order the same certificates would be accepted.",
    },
    {
        .slug = "chain.odd-order",
        .code = "W-616",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = "The site sends its certificates in an odd order",
        .what = "Programs of today cope with that. A very old one may not.",
        .todo = {"Tell the site's owner to sort them: the site's own first, then upwards."},
    },
};

static void judge(struct check_context *c)
{
    const struct chain_answer *a = &c->r->chain_then;
    if (a->changes & CHAIN_BIT(ORDER)) {
        check_chain_cause(c, "chain.wrong-order", CHAIN_CHANGE_ORDER);
        check_say(c, said_plain(SAID_OTHER_FIRST));
    } else if (a->is_unordered) {
        check_cause(c, "chain.odd-order", CERTAINTY_PROVEN);
        check_fine(c, said_plain(SAID_ODD_ORDER));
    } else {
        check_fine(c, said_plain(SAID_YES));
    }
}

const struct check check_chain_order = {
    .id = "chain-order",
    .step = STEP_CERTIFICATES,
    .question = "Is its own card the first?",
    .gloss = "The site's own card comes first. The others follow.",
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
