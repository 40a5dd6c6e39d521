/*
 * client_certificate.c - does the server want a certificate from us? In TLS 1.3 it says so only
 * after the handshake (alert 116), in 1.2 within it.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"
#include "whytls/text.h"

static const struct cause causes[] = {
    {
        .slug = "client-certificate.required",
        .code = "W-612",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = {"reach.broken-off", "reach.closed", "reach.reset", "cipher.none-in-common"},
        .title = "The site asks you for a certificate of your own",
        .what = "This site only lets people in who show a certificate, a kind of ID card. Your "
                "program showed none, so the site said no. The site itself is fine.",
        .todo = {"Ask the people who run the site how to get your certificate.",
                 "Insert your smart card, if you have one, and choose it when asked.",
                 "Check that your certificate has not run out."},
        .dont = {"Do not use the certificate of another person."},
        .split = "A try with your own certificate would show it.",
    },
    {
        .slug = "client-certificate.refused",
        .code = "W-613",
        .who = WHO_YOUR_IT,
        .blocks = BLOCKS_LOGIN,
        .explains = {"reach.broken-off", "reach.closed", "reach.reset"},
        .title = "The site does not accept your certificate",
        .what = "The site asked for a certificate. Yours was shown, and the site said no. It may "
                "have run out, or it may come from an authority that the site does not know.",
        .todo = {"Check the dates of your certificate.",
                 "Ask the people who run the site which certificate they want."},
        .dont = {"Do not use the certificate of another person."},
        .split = "A try with another certificate would show it.",
    },
};

/* Statuses by which servers refuse for want of a certificate (RFC 9110 15.5.1, 15.5.4; nginx's
 * own), with words that mean this certificate and no gift voucher. */
static bool says_it_wants_one(const struct outcome *o)
{
    static const char *const words[] = {"ssl certificate", "tls certificate", "client certificate",
                                        "certificate required"};
    bool is_status = o->http_status == 400 || o->http_status == 403 || o->http_status == 401 ||
                     o->http_status == 495 || o->http_status == 496;
    for (size_t i = 0; is_status && i < sizeof(words) / sizeof(words[0]); i++)
        if (text_has_words_nocase(o->http_title, words[i]))
            return true;
    return false;
}

/* Alerts that can speak of a certificate (RFC 8446 6.2, RFC 5246 7.2.2); others are about other
 * things. */
static bool is_about_certificates(int alert)
{
    return alert == 40 || (alert >= 41 && alert <= 46) || alert == 48 || alert == 49 ||
           alert == 116;
}

/* Did this end because of the certificate that was not shown? */
static enum experiment_state refusal(struct check_context *c, const struct outcome *o)
{
    if (!o->certificate_requested)
        return EXPERIMENT_FAILED;
    if (o->success)
        return says_it_wants_one(o) ? EXPERIMENT_WORKED : EXPERIMENT_FAILED;
    if (o->how == BREAK_ALERT)
        return o->stage >= STAGE_CERTIFICATE && is_about_certificates(o->alert) ? EXPERIMENT_WORKED
                                                                                : EXPERIMENT_FAILED;
    if (outcome_is_cut_reply(o)) {
        enum experiment_state reply = check_reply(c);
        return reply == EXPERIMENT_WORKED   ? EXPERIMENT_FAILED
               : reply == EXPERIMENT_FAILED ? EXPERIMENT_WORKED
                                            : reply;
    }
    return o->stage >= STAGE_CERTIFICATE && (o->how == BREAK_CLOSED || o->how == BREAK_RESET)
               ? EXPERIMENT_WORKED
               : EXPERIMENT_FAILED;
}

static bool is_same_refusal(const struct outcome *a, const struct outcome *b)
{
    return a->success == b->success && a->stage == b->stage && a->how == b->how &&
           a->alert == b->alert && a->http_status == b->http_status;
}

/* A made-up one gets through, or the alert is another one: so the alert was about having none.
 * After a mere cut, another end with a bad one may be about that one. */
static bool shows_want(const struct outcome *without, const struct outcome *made_up)
{
    return made_up->success || (without->how == BREAK_ALERT && !is_same_refusal(without, made_up));
}

/* Names the cause; where the server does not say it plainly, a made-up certificate must tell. */
static void judge_refusal(struct check_context *c, const struct outcome *o)
{
    if (c->ev->target.has_client_certificate) {
        check_cause(c, "client-certificate.refused", CERTAINTY_LIKELY);
        check_say(c, "yes, it refuses yours");
        return;
    }
    bool is_plain = o->alert == 116 || says_it_wants_one(o); /* certificate_required */
    int index = -1;
    enum experiment_state state =
        is_plain ? EXPERIMENT_UNTOLD : check_experiment(c, CHANGE_BIT(CLIENT_CERTIFICATE), &index);
    if (state == EXPERIMENT_WAITING) {
        check_waiting(c);
        return;
    }
    struct named *n =
        check_cause(c, "client-certificate.required",
                    is_plain || (index >= 0 && shows_want(o, &c->ev->probes[index].outcome))
                        ? CERTAINTY_PROVEN
                        : CERTAINTY_LIKELY);
    if (index >= 0) {
        n->proof.experiment = index;
        n->proof.changes = CHANGE_BIT(CLIENT_CERTIFICATE);
        n->proof.is_success = c->ev->probes[index].outcome.success;
    }
    check_say(c, "yes, and we have none");
}

static void judge(struct check_context *c)
{
    const struct probe *p = c->r->worked ? c->r->worked : c->r->first;
    enum experiment_state state = refusal(c, &p->outcome);
    if (state == EXPERIMENT_WAITING)
        check_waiting(c);
    else if (state == EXPERIMENT_WORKED)
        judge_refusal(c, &p->outcome);
    else if (p->outcome.certificate_requested)
        check_fine(c, "it asks, but needs none");
    else if (p->outcome.n_chain > 0)
        check_fine(c, "no");
    else
        check_untold(c, "we did not get so far");
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
