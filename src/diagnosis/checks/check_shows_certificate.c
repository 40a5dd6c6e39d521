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
        .who_all = N_("Whoever looks after this computer; at home, you."),
        .blocks = BLOCKS_CERTIFICATE,
        .explains = {"chain.unknown-authority", "chain.private-authority",
                     "chain.missing-intermediate"},
        .title = N_("This computer has no trust store"),
        .what =
            N_("A trust store is this computer's list of trusted authorities. Here it is missing "
               "or empty. So this computer can trust no site at all."),
        .todo = {N_("Install the package \"ca-certificates\", or repair it."),
                 N_("Ask whoever looks after this computer.")},
        .how = {WAY_UPDATE_SYSTEM, WAY_TELL_IT},
        .dont = {N_("Do not switch certificate checks off.")},
        .term =
            N_("Trust store missing or empty: no root certificates were found on this computer "
               "(/etc/ssl/certs and the like), so no chain can be verified. Install the package "
               "ca-certificates, or mount a CA bundle into the container and set SSL_CERT_FILE."),
        .to_confirm = N_("Any other secure site should fail in the same way."),
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
    .question = N_("Does the site show a certificate?"),
    .gloss = N_("A certificate is a site's ID card. An authority signs it."),
    .answers_file = true,
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
