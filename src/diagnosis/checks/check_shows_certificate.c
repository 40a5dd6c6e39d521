/*
 * check_shows_certificate.c - has any probe seen the site's certificates, and could they be judged?
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "chain.no-trust-list",
        .code = "W-615",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_CERTIFICATE,
        .explains = {"chain.unknown-authority", "chain.private-authority",
                     "chain.missing-intermediate"},
        .title = "This computer has no list of trusted authorities",
        .what = "A computer keeps a list of the authorities that it trusts. On this one the list "
                "is missing or empty. So it can trust no site at all.",
        .todo = {"Install the package \"ca-certificates\", or repair it.",
                 "Ask the person who looks after this computer."},
        .dont = {"Do not switch certificate checks off."},
        .to_confirm = "Any other secure site should fail in the same way.",
    },
};

static void judge(struct check_context *c)
{
    const struct analysis *r = c->r;
    const struct facts *f = &c->ev->facts;
    struct search s;
    search_run(r, &s);
    if (!r->shown && s.state == SEARCH_WAITING)
        check_waiting(c);
    else if (!r->shown)
        check_unknown(c, said_plain(SAID_NONE_SHOWN));
    else if (!r->anchors_ready)
        check_waiting(c);
    else if (!r->chain.judged && r->chain.gave_up)
        check_unknown(c, said_with(SAID_TOO_MUCH_WORK, said_number(r->chain.n_checks)));
    else if (!r->chain.judged)
        check_unknown(c, said_plain(SAID_UNREADABLE));
    else
        check_fine(c, said_with(c->ev->target.from_file ? SAID_IN_FILE : SAID_SENT,
                                said_number((int64_t)r->shown->outcome.n_chain)));
    if (c->finding->result == RESULT_FINE && (!f->anchors_known || f->anchors_total == 0)) {
        check_cause(c, "chain.no-trust-list", CERTAINTY_LIKELY);
        check_say(c, said_plain(SAID_NO_TRUST_STORE));
    }
}

const struct check check_shows_certificate = {
    .id = "shows-certificate",
    .step = STEP_CERTIFICATES,
    .question = "Does the site show a certificate?",
    .gloss = "A certificate is a site's ID card. Each card is signed by the next one up.",
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
