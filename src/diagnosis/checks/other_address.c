/*
 * other_address.c - does the site answer alike at each of its addresses?
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "../context.h"

static const struct cause causes[] = {
    {
        .slug = "address.other-works",
        .code = "W-303",
        .who = WHO_SITE_OWNER,
        .blocks = BLOCKS_HELLO,
        .explains = {"reach.closed", "reach.reset", "reach.silent", "reach.stalled",
                     "reach.broken-off", "reach.comes-and-goes"},
        .title = "One of the site's addresses does not work",
        .what = "The site {host} has more than one address. It works at {good_address}, and fails "
                "at {bad_address}. Which one you get is a matter of luck.",
        .todo = {"Try again. Your program may then take the good address.",
                 "Tell the site's owner that {bad_address} fails."},
        .dont = {"Do not write an address into your hosts file for good."},
        .split = "One more try at each address would show it.",
    },
};

/* The certificate at another address counts too: one server of several may have an old one. */
static bool shows_worse_chain(const struct check_context *c, int index)
{
    const struct reading *r = c->r;
    const struct outcome *o = &c->ev->probes[index].outcome;
    if (!r->shown || !r->anchors_ready || o->n_chain == 0 || !r->chain.acceptable ||
        o->chain[0] == r->shown->outcome.chain[0])
        return false;
    struct chain_answer a;
    reading_judge(r, &c->ev->probes[index], r->clock, NULL, &a);
    return a.judged && !a.acceptable;
}

/* True where this place's address behaves otherwise than the baseline's. */
static bool differs(struct check_context *c, enum experiment_state state, int index)
{
    bool base_works = outcome_is_through(&c->r->first->outcome);
    if (!base_works)
        return state == EXPERIMENT_WORKED;
    return state == EXPERIMENT_FAILED ||
           (state == EXPERIMENT_WORKED && shows_worse_chain(c, index));
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
        if (tries[i].state == EXPERIMENT_UNTOLD)
            all = EXPERIMENT_UNTOLD;
    }
    for (size_t i = 0; all == EXPERIMENT_WORKED && i < sizeof(tries) / sizeof(tries[0]); i++)
        if ((tries[i].state == EXPERIMENT_WORKED) != tries[i].worked)
            all = EXPERIMENT_FAILED;
    return all;
}

static void name_it(struct check_context *c, size_t place, int index)
{
    enum experiment_state again = same_once_more(c, place, index);
    if (again == EXPERIMENT_WAITING) {
        check_waiting(c);
        return;
    }
    if (again == EXPERIMENT_FAILED) {
        check_fine(c, "it comes and goes");
        return;
    }
    struct named *n = check_cause(c, "address.other-works",
                                  again == EXPERIMENT_WORKED ? CERTAINTY_PROVEN : CERTAINTY_LIKELY);
    n->proof.experiment = index;
    n->proof.changes = CHANGE_BIT(ADDRESS);
    n->proof.is_success = true;
    check_say(c, "no, one of them fails");
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
        else if (index >= 0 && differs(c, state, index)) {
            name_it(c, i, index);
            return;
        }
    }
    if (is_waiting)
        check_waiting(c);
    else if (asked == 0)
        check_fine(c, "it has one address");
    else
        check_fine(c, "yes, at %zu addresses", asked + 1);
}

const struct check check_other_address = {
    .id = "other-address",
    .step = STEP_OTHERS,
    .question = "Is it the same at each address?",
    .gloss = "A big site has several addresses, with a server behind each.",
    .judge = judge,
    .causes = causes,
    .n_causes = sizeof(causes) / sizeof(causes[0]),
};
