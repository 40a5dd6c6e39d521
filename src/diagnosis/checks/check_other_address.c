/*
 * check_other_address.c - does the site answer alike at each of its addresses?
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "address.other-works",
        .code = "W-303",
        .who = WHO_SITE_OWNER,
        .who_all = N_("The site's owner; or your network, if that address works from a phone."),
        .blocks = BLOCKS_HELLO,
        .explains = {"reach.closed", "reach.reset", "reach.silent", "reach.stalled",
                     "reach.broken-off", "reach.comes-and-goes"},
        .title = N_("One of the site's IP addresses does not work"),
        .what = N_("This site has more than one IP address, with a server at each. It works at "
                   "{good_address}, and fails at {bad_address}. Your program takes one by chance."),
        .todo = {N_("Try again. Your program may then take the good address."),
                 N_("Tell the site's owner that {bad_address} fails.")},
        .how = {WAY_FLUSH_NAMES, WAY_TELL_OWNER},
        .dont = {N_("Do not write an IP address into your hosts file for good.")},
        .term =
            N_("One of several addresses fails: {endpoint}: {good_address} works, {bad_address} "
               "does not: {first_end}."),
        .to_confirm = N_("One more try at each address would show it."),
    },
    {
        .slug = "address.other-certificate",
        .code = "W-308",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_CERTIFICATE,
        .explains = {"chain.expired", "chain.not-yet-valid", "chain.intermediate-expired",
                     "chain.missing-intermediate"},
        .title = N_("The site's servers show different certificates"),
        .what = N_("At {good_address} the certificate is good. At {bad_address} it is not. Most "
                   "likely a new certificate was not put on all servers."),
        .todo = {N_("Tell the site's owner that {bad_address} has another certificate."),
                 N_("Try again. Your program may then take the good address.")},
        .how = {WAY_TELL_OWNER, WAY_FLUSH_NAMES},
        .dont = {DONT_GO_AROUND, DONT_STAY},
        .term = N_("Different certificates by address: {endpoint}: valid chain at {good_address}, "
                   "rejected chain at {bad_address}. Deploy the new certificate and chain on every "
                   "node, and reload."),
        .proof = N_("We judged both certificates by the same rules, and only one is good."),
        .to_confirm = N_("One more try at each address would show it."),
    },
};

/* Does the certificate there differ, and one of the two is good and the other is not? */
static bool shows_other_chain(const struct check_context *c, int index)
{
    const struct analysis *r = c->r;
    const struct outcome *o = &c->ev->probes[index].outcome;
    if (!r->shown || !r->anchors_ready || !r->chain_then.judged || o->n_chain == 0 ||
        o->chain[0] == r->shown->outcome.chain[0])
        return false;
    struct chain_answer there;
    analysis_judge(r, &c->ev->probes[index], r->true_time, NULL, &there);
    return there.judged && there.acceptable != r->chain_then.acceptable;
}

/* True where this place's address behaves otherwise than the baseline's. */
static bool differs(struct check_context *c, enum experiment_state state)
{
    bool base_works = outcome_is_through(&c->r->first->outcome);
    return base_works ? state == EXPERIMENT_FAILED : state == EXPERIMENT_WORKED;
}

static bool is_base_address(const struct check_context *c, size_t place)
{
    struct settings s = c->r->base;
    memcpy(s.address, c->ev->resolution.addresses[place], sizeof(s.address));
    return settings_equal(&s, &c->r->base);
}

/* Both addresses twice more, in another order than at first, so that no server that takes turns
 * fits: where one of them now ends otherwise, it is luck and no address. */
static enum experiment_state same_once_more(struct check_context *c, size_t place, int index)
{
    bool base_works = outcome_is_through(&c->r->first->outcome);
    bool there_works = outcome_is_through(&c->ev->probes[index].outcome);
    const unsigned once = CHANGE_BIT(REPEAT), twice = once | CHANGE_BIT(AGAIN);
    const struct {
        enum experiment_state state;
        bool worked;
    } tries[] = {
        {check_at_address(c, place, once, NULL), there_works},
        {check_experiment(c, once, NULL), base_works},
        {check_experiment(c, twice, NULL), base_works},
        {check_at_address(c, place, twice, NULL), there_works},
    };
    enum experiment_state all = EXPERIMENT_WORKED;
    for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
        if (tries[i].state == EXPERIMENT_WAITING)
            return EXPERIMENT_WAITING;
        if (tries[i].state == EXPERIMENT_UNKNOWN)
            all = EXPERIMENT_UNKNOWN;
    }
    for (size_t i = 0; all == EXPERIMENT_WORKED && i < sizeof(tries) / sizeof(tries[0]); i++)
        if ((tries[i].state == EXPERIMENT_WORKED) != tries[i].worked)
            all = EXPERIMENT_FAILED;
    return all;
}

static bool has_same_leaf(const struct probe *a, const struct probe *b)
{
    return a->outcome.n_chain > 0 && b->outcome.n_chain > 0 &&
           a->outcome.chain[0] == b->outcome.chain[0];
}

static void name_it(struct check_context *c, size_t place, int index)
{
    enum experiment_state again = same_once_more(c, place, index);
    if (again == EXPERIMENT_WAITING) {
        check_waiting(c);
        return;
    }
    if (again == EXPERIMENT_FAILED) {
        check_fine(c, said_plain(SAID_ADDRESS_LUCK));
        return;
    }
    struct diagnosed *n = check_cause(
        c, "address.other-works", again == EXPERIMENT_WORKED ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    n->proof.experiment = index;
    n->proof.changes = CHANGE_BIT(ADDRESS);
    n->proof.is_success = true;
    check_say(c, said_plain(SAID_ADDRESS_FAILS));
}

/* The first of the two probes is the one whose certificate is good. */
static void name_chain(struct check_context *c, size_t place, int there)
{
    int again_here, again_there;
    const unsigned once = CHANGE_BIT(REPEAT);
    const struct probe *probes = c->ev->probes;
    enum experiment_state there_state = check_at_address(c, place, once, &again_there);
    enum experiment_state here_state = check_experiment(c, once, &again_here);
    if (here_state == EXPERIMENT_WAITING || there_state == EXPERIMENT_WAITING) {
        check_waiting(c);
        return;
    }
    bool is_here_same =
        again_here >= 0 && has_same_leaf(&probes[again_here], &probes[c->r->first_index]);
    bool is_there_same = again_there >= 0 && has_same_leaf(&probes[again_there], &probes[there]);
    bool is_here_good = c->r->chain_then.acceptable;
    struct diagnosed *n =
        check_cause(c, "address.other-certificate",
                    is_here_same && is_there_same ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    n->proof.baseline = is_here_good ? c->r->first_index : there;
    n->proof.experiment = is_here_good ? there : c->r->first_index;
    n->proof.changes = CHANGE_BIT(ADDRESS);
    n->proof.is_success = true;
    check_say(c, said_plain(SAID_ADDRESS_CERTIFICATE));
}

static void judge(struct check_context *c)
{
    const struct resolution *found = &c->ev->resolution;
    bool base_works = outcome_is_through(&c->r->first->outcome);
    size_t most = base_works ? 3 : SEARCH_MAX_ADDRESSES; /* a healthy site costs at most 4 */
    bool is_waiting = false;
    size_t asked = 0;
    for (size_t i = 0; i < found->n_addresses && asked < most; i++) {
        int index;
        if (is_base_address(c, i))
            continue;
        asked++;
        enum experiment_state state = check_at_address(c, i, 0, &index);
        if (state == EXPERIMENT_WAITING)
            is_waiting = true;
        else if (index >= 0 && differs(c, state)) {
            name_it(c, i, index);
            return;
        } else if (index >= 0 && state == EXPERIMENT_WORKED && base_works &&
                   shows_other_chain(c, index)) {
            name_chain(c, i, index);
            return;
        }
    }
    if (is_waiting)
        check_waiting(c);
    else if (asked == 0)
        check_fine(c, said_plain(SAID_ONE_ADDRESS));
    else
        check_fine(c, said_with(SAID_SAME_AT_ADDRESSES, said_number((int64_t)asked + 1)));
}

const struct check check_other_address = {
    .id = "other-address",
    .step = STEP_OTHERS,
    .question = N_("Is it the same at each IP address?"),
    .gloss = N_("A big site has several IP addresses, with a server at each."),
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
