/*
 * check_same_certificate.c - does the site show the same certificate each time? Asked only where
 * the one that came is not good: behind one address there may be several servers, and not all
 * renewed.
 * SPDX-License-Identifier: MIT
 */
#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "address.changing-certificate",
        .code = "W-309",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .explains = {"address.other-certificate"},
        .title = N_("One of several servers of the site shows a bad certificate"),
        .what =
            N_("We asked the same IP address more than once. One certificate, the site's ID card, "
               "is good, and the other is not. Most likely one of several servers was forgotten."),
        .todo = {N_("Try again. Your program may then get the good one."),
                 N_("Tell the site's owner to look at all servers behind this address.")},
        .how = {WAY_NONE, WAY_TELL_OWNER},
        .dont = {DONT_GO_AROUND},
        .term = N_(
            "Inconsistent certificate between servers: repeated connections to {endpoint} "
            "({address}) get different certificates, and only some are valid. The bad one: subject "
            "{subject}, serial number {serial}, notAfter {not_after}. Install the current "
            "certificate on every server behind the load balancer."),
        .proof = N_("We judged both certificates in the same way, and only one is good."),
        .to_confirm = N_("More tries would show it."),
    },
};

enum { N_TRIES = 2 };

/* A greeting that came through, or is under way and has shown its certificate, and that with a
 * fault that another server may not have. What others say of it is asked elsewhere, and so is a
 * proof that comes late. */
static bool is_in_question(const struct analysis *r)
{
    const unsigned said_of_it = CHAIN_BIT(REVOCATION) | CHAIN_BIT(STAPLE);
    return r->shown && r->shown_index == r->first_index &&
           (!r->first->outcome.finished || outcome_is_through(&r->first->outcome)) &&
           !r->ev->target.from_file && r->anchors_ready && r->chain_then.judged &&
           (r->chain_then.changes & ~said_of_it);
}

static bool shows_good_one(const struct check_context *c, int index)
{
    const struct analysis *r = c->r;
    const struct outcome *o = &c->ev->probes[index].outcome;
    struct chain_answer there;
    if (o->n_chain == 0 || o->chain[0] == r->shown->outcome.chain[0])
        return false;
    analysis_judge(r, &c->ev->probes[index], r->true_time, NULL, &there);
    return there.judged && there.acceptable;
}

static void name_it(struct check_context *c, int index, unsigned change)
{
    struct diagnosed *n = check_cause(c, "address.changing-certificate", CERTAINTY_PROVEN);
    n->proof.baseline = c->r->first_index;
    n->proof.experiment = index;
    n->proof.changes = change;
    n->proof.is_success = true;
    check_say(c, said_plain(SAID_CERTIFICATE_CHANGES));
}

/* Both at the same time: one after the other cost as many round trips again. The first one that
 * tells it is the proof. */
static void judge(struct check_context *c)
{
    static const unsigned tries[N_TRIES] = {CHANGE_BIT(AGAIN), CHANGE_BIT(REPEAT)};
    enum experiment_state states[N_TRIES];
    int indexes[N_TRIES];
    if (!is_in_question(c->r)) {
        check_not_needed(c);
        return;
    }
    for (size_t i = 0; i < N_TRIES; i++)
        states[i] = check_experiment(c, tries[i], &indexes[i]);
    for (size_t i = 0; i < N_TRIES; i++) {
        if (states[i] == EXPERIMENT_WAITING) {
            check_waiting(c);
            return;
        }
        if (indexes[i] < 0) {
            check_unknown(c, said_plain(SAID_NOT_ASKED_AGAIN));
            return;
        }
        if (shows_good_one(c, indexes[i])) {
            name_it(c, indexes[i], tries[i]);
            return;
        }
    }
    check_fine(c, said_plain(SAID_YES));
}

const struct check check_same_certificate = {
    .id = "same-certificate",
    .step = STEP_OTHERS,
    .question = N_("Is its certificate the same each time?"),
    .gloss = N_("One IP address may have several servers behind it."),
    .judge = judge,
    .asks_early = true,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
