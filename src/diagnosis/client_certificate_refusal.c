/*
 * client_certificate_refusal.c - did a try end because of our certificate, or for want of one?
 * Where the server does not say, a try that shows another certificate, or none, tells. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "context.h"

/* The probe that shows nothing, or a made-up certificate, in place of what this one showed. */
static unsigned other_client_certificate(const struct check_context *c, const struct probe *p)
{
    bool has_client_certificate = c->ev->target.has_client_certificate;
    return p->changes | (has_client_certificate ? CHANGE_BIT(NO_CLIENT_CERTIFICATE)
                                                : CHANGE_BIT(CLIENT_CERTIFICATE));
}

enum experiment_state check_other_client_certificate(struct check_context *c, const struct probe *p,
                                                     int *index)
{
    *index = -1;
    if (p->changes & CHANGE_BIT(ADDRESS)) /* what change_apply.c can't change */
        return EXPERIMENT_UNKNOWN;
    return check_experiment(c, other_client_certificate(c, p), index);
}

/* Pages come and go: is this one the same where nothing is changed? */
static enum experiment_state is_same_again(struct check_context *c, const struct probe *p)
{
    int again;
    enum experiment_state state = check_experiment(c, p->changes | CHANGE_BIT(REPEAT), &again);
    if (state != EXPERIMENT_WORKED)
        return state == EXPERIMENT_WAITING ? state : EXPERIMENT_FAILED;
    return outcome_is_same_end(&p->outcome, &c->ev->probes[again].outcome) ? EXPERIMENT_WORKED
                                                                           : EXPERIMENT_FAILED;
}

/*
 * Does this other end, with another certificate, tell that the first one was about the certificate?
 * A server that can do without one still refuses a bad one, by an alert or in words: that tells
 * nothing of a page.
 */
static bool is_telling(const struct outcome *o, const struct outcome *then)
{
    if (outcome_is_same_end(o, then))
        return false;
    if (!o->success)
        return then->success || outcome_stops_at_client_certificate(then);
    return then->success && !outcome_page_names_client_certificate(then) &&
           (then->http_status < 400 || outcome_page_may_mean_client_certificate(then));
}

/* It refuses and does not say why: does it end in another way for one who shows another
 * certificate? A page is believed only where it stays the same without that. */
static enum experiment_state unsaid_refusal(struct check_context *c, const struct probe *p,
                                            int *index)
{
    enum experiment_state state = check_other_client_certificate(c, p, index);
    if (state == EXPERIMENT_WAITING)
        return state;
    if (*index < 0 || !is_telling(&p->outcome, &c->ev->probes[*index].outcome))
        state = EXPERIMENT_FAILED;
    else
        state = p->outcome.success ? is_same_again(c, p) : EXPERIMENT_WORKED;
    if (state != EXPERIMENT_WORKED)
        *index = -1;
    return state;
}

/* An alert about other things, after our answer: GnuTLS says 50 to an empty one (3.7.9). */
static bool is_odd_alert(const struct outcome *o)
{
    bool is_changed_data = o->alert == 20 || o->alert == 21 || o->alert == 51;
    return o->how == BREAK_ALERT && outcome_finished_sent(o) && !is_changed_data;
}

static enum experiment_state cut_refusal(struct check_context *c)
{
    enum experiment_state reply = check_reply(c);
    return reply == EXPERIMENT_WORKED   ? EXPERIMENT_FAILED
           : reply == EXPERIMENT_FAILED ? EXPERIMENT_WORKED
                                        : reply;
}

enum experiment_state check_client_certificate_refusal(struct check_context *c,
                                                       const struct probe *p, int *index)
{
    const struct outcome *o = &p->outcome;
    *index = -1;
    if (!o->certificate_requested)
        return EXPERIMENT_FAILED;
    if (outcome_is_cut_reply(o) && p == c->r->first)
        return cut_refusal(c);
    if (outcome_stops_at_client_certificate(o) ||
        (o->success && outcome_page_names_client_certificate(o)))
        return EXPERIMENT_WORKED;
    if (o->how == BREAK_WE_REFUSED && o->refused_for == REFUSED_FOR_OWN_KEY)
        return EXPERIMENT_WORKED;
    return outcome_page_may_mean_client_certificate(o) || is_odd_alert(o)
               ? unsaid_refusal(c, p, index)
               : EXPERIMENT_FAILED;
}
