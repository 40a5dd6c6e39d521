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
        .title = N_("The site sends its certificates in the wrong order"),
        .what =
            N_("The site's own certificate, its ID card, must come first. Here another one does. "
               "So programs take that one for the site's own."),
        .todo = {N_("Tell the site's owner to put the site's own certificate first."),
                 N_("Reach them in another way until then, such as by phone.")},
        .how = {WAY_TELL_OWNER},
        .dont = {N_("Do not switch certificate checks off.")},
        .term = N_(
            "Wrong certificate order: the first certificate that {endpoint} sends is not the leaf "
            "(RFC 8446 4.4.2: the sender's certificate must come first). Sent: {sent_count}. Put "
            "the leaf first in the certificate file, then each intermediate certificate."),
        .to_confirm = N_("With the right order the same certificates would be accepted."),
    },
    {
        .slug = "chain.odd-order",
        .code = "W-616",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = N_("The site sends its certificate chain in an odd order"),
        .what = N_("Current programs cope with that. A very old one may not."),
        .todo = {N_("Tell the site's owner to sort them: the site's own first, then upwards.")},
        .how = {WAY_TELL_OWNER},
        .term =
            N_("Certificate order: the certificates that {endpoint} sends after the leaf do not "
               "each certify the one before (TLS 1.2, RFC 5246 7.4.2, requires it; RFC 8446 4.4.2 "
               "only recommends it). Sent: {sent_count}. Sort the certificate file upwards."),
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
    .question = N_("Is its own certificate the first?"),
    .gloss = N_("The site's own certificate comes first. The rest of the chain follows."),
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
