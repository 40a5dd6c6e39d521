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
        .blocks = BLOCKS_LOGIN,
        .explains = {"reach.broken-off", "reach.closed", "reach.reset"},
        .title = "The site asks you for a certificate of your own",
        .what = "This site only lets people in who show a certificate, a kind of ID card. Your "
                "program showed none, so the site said no. The site itself is fine.",
        .todo = {"Ask the people who run the site for a certificate from {wanted_from}.",
                 "Insert your smart card, if you have one, and choose it when asked.",
                 "Check that your certificate has not run out."},
        .dont = {"Do not use the certificate of another person."},
        .proof = "{wanted_line}",
        .to_confirm = "A try with your own certificate would show it.",
    },
    {
        .slug = "client-certificate.refused",
        .code = "W-613",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = {"reach.broken-off", "reach.closed", "reach.reset"},
        .title = "The site does not accept your certificate, and we can't see why",
        .what = "The site asked for a certificate. Yours was shown, and the site said no. In what "
                "we can see of it, all looks right.",
        .todo = {"Ask the people who run the site why they refuse it.",
                 "Tell them its number: {own_serial}."},
        .dont = {"Do not use the certificate of another person."},
        .proof = "{wanted_line}",
        .to_confirm = "The log of the site's server says why it refused.",
    },
    {
        .slug = "client-certificate.asked-late",
        .code = "W-690",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_LOGIN,
        .title = "The site asks for your certificate too late",
        .what = "It asks once it knows which page you want. With TLS 1.3 few programs can still "
                "show one then. So the page says no.",
        .todo = {"Tell the site's owner to ask at the start, on a name of its own.",
                 "Use a program that can show it later, such as curl."},
        .dont = {"Do not turn old TLS versions on for this."},
        .proof = "{wanted_line}",
        .to_confirm = "A program that can show it later would show it.",
    },
    {
        .slug = "client-certificate.no-page",
        .code = "W-689",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_NOTHING,
        .title = "We get no page, and the site asked for your certificate",
        .what = "We can't tell whether that is why.",
        .todo = {"Ask the people who run the site whether they need it."},
    },
    {
        .slug = "client-certificate.long-list",
        .code = "W-691",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_NOTHING,
        .title = "The site names too many authorities when it asks for your certificate",
        .what = "Windows reads 16 KB of that list and drops the rest. Then it may not find yours.",
        .todo = {"Tell the site's owner to name only the authorities that it needs."},
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
    .question = "Does it want a card from you?",
    .gloss = "Some sites ask for your ID card too, a client certificate.",
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
