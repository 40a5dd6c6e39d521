/*
 * check_client_certificate.c - does the server want a certificate from us? In TLS 1.3 it says so
 * only after the handshake (alert 116), in 1.2 within it, and some say it on a page. What is wrong
 * with the one that the user gave is check_own_certificate.c's question.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "client-certificate.required",
        .code = "W-612",
        .who = WHO_YOUR_IT,
        .who_all = N_("You, with the site's owner, who says which certificate they take. At work: "
                      "your IT."),
        .blocks = BLOCKS_LOGIN,
        .explains = {"reach.broken-off", "reach.closed", "reach.reset"},
        .title = N_("The site wants a client certificate from you"),
        .what = N_("A client certificate is an ID card of yours. This site lets nobody in without "
                   "one, and your program showed none. The site itself is fine."),
        .todo = {N_("Ask the site's owner for a client certificate from {wanted_from}."),
                 N_("Insert your smart card, if you have one, and choose it when asked."),
                 N_("Check that your certificate has not expired.")},
        .how = {WAY_TELL_OWNER, WAY_CLIENT_CERTIFICATE, WAY_CLIENT_CERTIFICATE},
        .dont = {N_("Do not use the certificate of another person.")},
        .term =
            N_("Client certificate required (mutual TLS): {endpoint} asks for one; without one: "
               "{first_end}. Accepted authorities: {wanted_from}."),
        .proof = N_("{wanted_line}"),
        .to_confirm = N_("A try with your own certificate would show it."),
    },
    {
        .slug = "client-certificate.refused",
        .code = "W-613",
        .who = WHO_YOUR_IT,
        .who_all =
            N_("The site's owner: only their server knows why. At work, your IT may know too."),
        .blocks = BLOCKS_LOGIN,
        .explains = {"reach.broken-off", "reach.closed", "reach.reset"},
        .title = N_("The site refuses your client certificate, and does not say why"),
        .what =
            N_("A client certificate is an ID card of yours. The site asked for one, and refused "
               "the one that you showed. All that we can check in it is right."),
        .todo = {N_("Ask the site's owner why they refuse it."),
                 N_("Tell them its serial number: {own_serial}.")},
        .how = {WAY_TELL_OWNER, WAY_CLIENT_CERTIFICATE},
        .dont = {N_("Do not use the certificate of another person.")},
        .term =
            N_("Client certificate refused (mutual TLS): {endpoint}: {first_end}. Serial number: "
               "{own_serial}. Its dates, purpose, key type and issuer fit the request: see the "
               "server's log."),
        .proof = N_("{wanted_line}"),
        .to_confirm = N_("The log of the site's server says why it refused."),
    },
    {
        .slug = "client-certificate.asked-late",
        .code = "W-690",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_LOGIN,
        .title = N_("The site asks for your client certificate too late"),
        .what =
            N_("A client certificate is an ID card of yours. The site asks for it after the TLS "
               "handshake, and with TLS 1.3 few programs can answer then. So the page says no."),
        .todo = {N_("Tell the site's owner to ask in the handshake, on a host name of its own."),
                 N_("Use a program that can show it later, such as curl.")},
        .how = {WAY_TELL_OWNER},
        .dont = {N_("Do not turn old TLS versions on for this.")},
        .term =
            N_("Client certificate asked for after the handshake (TLS 1.3 post-handshake "
               "authentication): {endpoint}. Browsers do not support it: request it in the first "
               "handshake, on a host name of its own."),
        .proof = N_("{wanted_line}"),
        .to_confirm = N_("A program that can show it later would show it."),
    },
    {
        .slug = "client-certificate.no-page",
        .code = "W-689",
        .who = WHO_YOUR_IT,
        .who_all = N_("The site's owner can say. At work, ask your IT first."),
        .blocks = BLOCKS_NOTHING,
        .title = N_("No page came, and the site asked for your client certificate"),
        .what = N_("We cannot tell whether that is why."),
        .todo = {N_("Ask the site's owner whether they need it.")},
        .how = {WAY_TELL_OWNER},
        .term = N_("Client certificate requested, not required in the handshake (mutual TLS): "
                   "{endpoint} gives no page without one."),
    },
    {
        .slug = "client-certificate.long-list",
        .code = "W-691",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = N_("The site names too many authorities when it asks for your client certificate"),
        .what =
            N_("Windows reads 16 KB of that list and drops the rest. Then it may not find yours."),
        .todo = {N_("Tell the site's owner to name only the authorities that it needs.")},
        .how = {WAY_TELL_OWNER},
        .term = N_("Client certificate request too long: the list of certificate authorities of "
                   "{endpoint} is over 16 KB; Schannel cuts it there. Trim the server's list of "
                   "client CAs."),
    },
};

/* ---- the causes ------------------------------------------------------------------------------ */

/* A made-up one gets through, or the alert is another one: so the alert was about having none.
 * After a mere cut, another end with a bad one may be about that one. */
static bool shows_want(const struct outcome *without, const struct outcome *made_up)
{
    return made_up->success ||
           (without->how == BREAK_ALERT && !outcome_is_same_end(without, made_up));
}

static void name_required(struct check_context *c, const struct probe *p, int index)
{
    const struct outcome *o = &p->outcome;
    bool is_plain =
        o->alert == 116 || outcome_page_names_client_certificate(o); /* certificate_required */
    if (!is_plain && index < 0 &&
        check_other_client_certificate(c, p, &index) == EXPERIMENT_WAITING) {
        check_waiting(c);
        return;
    }
    bool is_shown = index >= 0 && shows_want(o, &c->ev->probes[index].outcome);
    struct diagnosed *n = check_cause(c, "client-certificate.required",
                                      is_plain || is_shown ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    n->proof.baseline = (int)(p - c->ev->probes);
    if (index >= 0) {
        n->proof.experiment = index;
        n->proof.changes = CHANGE_BIT(CLIENT_CERTIFICATE);
        n->proof.is_success = c->ev->probes[index].outcome.success;
    }
    check_say(c, said_plain(SAID_WANTED_AND_NONE));
}

/* Without it the site lets us in, or says another thing: then it is this certificate's matter. */
static void name_refused(struct check_context *c, const struct probe *p, int index)
{
    if (index < 0 && check_other_client_certificate(c, p, &index) == EXPERIMENT_WAITING) {
        check_waiting(c);
        return;
    }
    const struct outcome *then = index >= 0 ? &c->ev->probes[index].outcome : NULL;
    bool is_let_in = then && then->success && !outcome_page_names_client_certificate(then);
    struct diagnosed *n = check_cause(c, "client-certificate.refused",
                                      is_let_in ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    n->proof.baseline = (int)(p - c->ev->probes);
    n->proof.experiment = index;
    n->proof.changes = index >= 0 ? CHANGE_BIT(NO_CLIENT_CERTIFICATE) : 0;
    n->proof.is_success = is_let_in;
    check_say(c, said_plain(is_let_in ? SAID_NOT_NEEDED_REFUSED : SAID_NEEDED_REFUSED));
}

/* Would it ask, had we offered to answer later? */
static enum experiment_state post_handshake_request(struct check_context *c, const struct probe *p,
                                                    int *index)
{
    *index = -1;
    if (!outcome_page_may_come_later(&p->outcome) || p != c->r->first)
        return EXPERIMENT_FAILED;
    enum experiment_state state = check_experiment(c, CHANGE_BIT(POST_HANDSHAKE_AUTH), index);
    if (state == EXPERIMENT_WAITING)
        return state;
    return *index >= 0 && c->ev->probes[*index].outcome.certificate_requested ? EXPERIMENT_WORKED
                                                                              : EXPERIMENT_FAILED;
}

static void name_late(struct check_context *c, int index)
{
    struct diagnosed *n = check_cause(c, "client-certificate.asked-late", CERTAINTY_PROVEN);
    n->proof.experiment = index;
    n->proof.changes = CHANGE_BIT(POST_HANDSHAKE_AUTH);
    n->proof.is_success = c->ev->probes[index].outcome.success;
    check_say(c, said_plain(SAID_ASKS_LATER));
}

static void judge_unasked(struct check_context *c, const struct probe *p)
{
    int index;
    enum experiment_state late = post_handshake_request(c, p, &index);
    if (late == EXPERIMENT_WAITING)
        check_waiting(c);
    else if (late == EXPERIMENT_WORKED)
        name_late(c, index);
    else if (p->outcome.n_chain > 0)
        check_fine(c, said_plain(SAID_NO));
    else
        check_unknown(c, said_plain(SAID_NOT_SO_FAR));
}

enum { LONG_LIST_BYTES = 16 * 1024 }; /* what Schannel takes of it */

static void judge(struct check_context *c)
{
    int index;
    const struct certificate_request *request = analysis_request(c->r);
    bool has_client_certificate = c->ev->target.has_client_certificate;
    const struct probe *p = c->r->worked ? c->r->worked : c->r->first;
    if (request && request->list_bytes > LONG_LIST_BYTES)
        check_cause(c, "client-certificate.long-list", CERTAINTY_PROVEN);
    switch (check_client_certificate_refusal(c, p, &index)) {
    case EXPERIMENT_WAITING:
        check_waiting(c);
        break;
    case EXPERIMENT_WORKED:
        (has_client_certificate ? name_refused : name_required)(c, p, index);
        break;
    default:
        if (outcome_client_certificate_is_open(&p->outcome)) {
            check_cause(c, "client-certificate.no-page", CERTAINTY_LIKELY);
            check_fine(c, said_plain(SAID_ASKS_NO_PAGE));
        } else if (p->outcome.certificate_requested)
            check_fine(
                c, said_plain(has_client_certificate ? SAID_ASKS_LETS_IN : SAID_ASKS_NEEDS_NONE));
        else
            judge_unasked(c, p);
        break;
    }
}

const struct check check_client_certificate = {
    .id = "client-certificate",
    .step = STEP_CERTIFICATES,
    .question = N_("Does it want a client certificate?"),
    .gloss = N_("A client certificate is an ID card of yours."),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
