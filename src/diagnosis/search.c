/*
 * search.c - the search for the one change that makes a broken handshake work. Single changes that
 * the break makes plausible come first, then the other single ones, then sets of changes; the
 * baseline is tried again before a change is believed. Pure: it says what to try next.
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <string.h>

#include "context.h"
#include "whytls/text.h"

#define BIT(ident) CHANGE_BIT(ident)

/* Changes to what the hello offers; several of them can be made at once. */
enum {
    OFFERS = BIT(VERSIONS) | BIT(SUITES) | BIT(GROUPS) | BIT(SIGNATURES) | BIT(DH),
    OFFERS_OLD = BIT(OLD_ONLY) | BIT(SUITES) | BIT(GROUPS) | BIT(SIGNATURES) | BIT(DH),
    NAMES = BIT(NO_NAME) | BIT(TARGET_NAME),
    EVERY = OFFERS | BIT(NOT_NEWEST) | NAMES,
    UNRECOGNIZED_NAME = 112, /* alert, RFC 6066 3 */
};

/* ---- which changes a break makes plausible --------------------------------------------------- */

/* Alert descriptions (RFC 8446 6.2) that point at a part of the hello. Others: anything. */
static const struct {
    int alert;
    unsigned changes;
} alert_hints[] = {
    {40, OFFERS | BIT(NOT_NEWEST) | NAMES}, /* handshake_failure */
    {47, OFFERS | BIT(NOT_NEWEST)},         /* illegal_parameter */
    {70, BIT(VERSIONS) | BIT(NOT_NEWEST)},  /* protocol_version */
    {71, OFFERS},                           /* insufficient_security */
    {112, NAMES},                           /* unrecognized_name */
};

static unsigned plausible_for_alert(int alert)
{
    for (size_t i = 0; i < sizeof(alert_hints) / sizeof(alert_hints[0]); i++)
        if (alert_hints[i].alert == alert)
            return alert_hints[i].changes;
    return EVERY;
}

static unsigned plausible_for_refusal(enum refused_for what)
{
    switch (what) {
    case REFUSED_FOR_DH_TOO_SMALL:
        return BIT(DH);
    case REFUSED_FOR_VERSION:
        return BIT(VERSIONS) | BIT(NOT_NEWEST);
    case REFUSED_FOR_SUITE:
        return BIT(SUITES) | BIT(GROUPS);
    case REFUSED_FOR_SIGNATURE_TYPE:
        return BIT(SIGNATURES);
    case REFUSED_FOR_BAD_RECORD:
        return BIT(AGAIN);
    case REFUSED_FOR_BAD_SIGNATURE:
    case REFUSED_FOR_BAD_CERTIFICATE:
    case REFUSED_FOR_OWN_KEY:
        return 0;
    default:
        return BIT(NOT_NEWEST);
    }
}

/* Single changes worth trying for this break; `rest` are those of the second round. */
static unsigned plausible(const struct analysis *r, unsigned *rest)
{
    const struct outcome *o = &r->first->outcome;
    unsigned always = BIT(POLICY);
    *rest = 0;
    if (o->how == BREAK_WE_REFUSED)
        return always | plausible_for_refusal(o->refused_for);
    if (o->certificate_requested && outcome_certificate_came(o))
        return 0; /* the server asked who we are, and we showed nothing: not the hello's matter */
    if (outcome_tls_began(o))
        return always | BIT(NOT_NEWEST) | BIT(SIGNATURES) | BIT(AGAIN);
    if (o->how != BREAK_ALERT) /* closed, reset, silent, garbled: it may come and go */
        return always | EVERY | BIT(AGAIN);
    unsigned first = plausible_for_alert(o->alert);
    if (o->alert != UNRECOGNIZED_NAME) /* RFC 6066 3: it says plainly what it means */
        *rest = EVERY & ~first;
    return always | first;
}

/* ---- one round ------------------------------------------------------------------------------- */

struct round {
    unsigned worked; /* single changes that worked */
    bool is_waiting;
    int probe[CHANGE_COUNT];
};

static void want(struct search *s, unsigned changes)
{
    if (s->n_wanted < WALK_MAX_WANTS)
        s->wanted[s->n_wanted++] = changes;
}

/* What did not work. */
static void drop_tried(struct search *s, unsigned changes, enum experiment_state state)
{
    if (state == EXPERIMENT_FAILED)
        search_drop(s, changes, DROP_FAILED);
    if (state == EXPERIMENT_UNKNOWN)
        search_drop(s, changes, DROP_UNKNOWN);
}

static void try_single(const struct analysis *r, int i, struct search *s, struct round *round)
{
    assert(i >= 0 && i < CHANGE_COUNT);
    unsigned change = 1u << i;
    struct settings applied;
    if (!analysis_apply(r, change, &applied)) {
        search_drop(s, change, DROP_NO_DIFFERENCE);
        return;
    }
    enum experiment_state state = analysis_experiment_of(r, &applied, change, &round->probe[i]);
    if (state == EXPERIMENT_WORKED)
        round->worked |= change;
    else
        drop_tried(s, change, state);
    if (state == EXPERIMENT_WAITING) {
        round->is_waiting = true;
        want(s, change);
    }
}

/* Tries each bit of `singles` alone; AGAIN first, so that luck shows before change does. */
static void try_singles(const struct analysis *r, unsigned singles, struct search *s,
                        struct round *round)
{
    if (singles & BIT(AGAIN))
        try_single(r, CHANGE_AGAIN, s, round);
    for (int i = 0; i < CHANGE_COUNT; i++)
        if (i != CHANGE_AGAIN && (singles & (1u << i)))
            try_single(r, i, s, round);
}

/* Which of several single changes that work is the cause: the one that says most, first. Without
 * the name, or with another, another site answers: that says least. */
static const enum change preference[] = {
    CHANGE_POLICY,   CHANGE_TARGET_NAME,  CHANGE_VERSIONS,     CHANGE_OLD_ONLY, CHANGE_NOT_NEWEST,
    CHANGE_DH,       CHANGE_GROUPS,       CHANGE_SIGNATURES,   CHANGE_SUITES,   CHANGE_NO_NAME,
    CHANGE_WWW_NAME, CHANGE_NEWER_CLIENT, CHANGE_OLDER_CLIENT,
};

/* Nothing was agreed on that the first hello had not offered too. */
static bool is_within_base(const struct analysis *r, const struct outcome *o)
{
    for (int i = 0; i < OFFER_COUNT; i++) {
        const struct offer_row *row = offer_row((enum offer)i);
        if (row->list == OFFER_LIST_VERSION && row->wire == o->version &&
            !(r->base.offers[OFFER_LIST_VERSION] & offer_bit((enum offer)i)))
            return false;
    }
    return !o->dh_bits || o->dh_bits >= r->base.dh_min_bits;
}

/*
 * A short hello of an older program that gets a current version through: then the old versions
 * alone are not what the server needs, only their short hello.
 */
static bool is_hello_too_long(const struct analysis *r, const struct round *round)
{
    if (!(round->worked & BIT(OLDER_CLIENT)))
        return false;
    assert(round->probe[CHANGE_OLDER_CLIENT] >= 0); /* what worked was tried */
    const struct probe *p = &r->ev->probes[round->probe[CHANGE_OLDER_CLIENT]];
    return p->outcome.version >= offer_row(OFFER_VERSION_TLS12)->wire &&
           is_within_base(r, &p->outcome);
}

static void settle_single(const struct analysis *r, struct round *round, struct search *s)
{
    if (is_hello_too_long(r, round)) {
        search_drop_each(s, round->worked & ~(unsigned)BIT(OLDER_CLIENT), DROP_HELLO_LENGTH);
        round->worked = BIT(OLDER_CLIENT);
    } else if ((round->worked & BIT(OLDER_CLIENT)) &&
               !is_within_base(r, &r->ev->probes[round->probe[CHANGE_OLDER_CLIENT]].outcome)) {
        search_drop(s, BIT(OLDER_CLIENT), DROP_WEAKER_RULES);
        round->worked &= ~(unsigned)BIT(OLDER_CLIENT); /* the sets say which */
    }
    for (size_t i = 0; i < sizeof(preference) / sizeof(preference[0]); i++)
        if (round->worked & (1u << preference[i])) {
            s->state = SEARCH_FOUND;
            s->changes = 1u << preference[i];
            s->experiment = round->probe[preference[i]];
            search_drop_each(s, round->worked & ~s->changes, DROP_LESS_TELLING);
            return;
        }
}

/*
 * A change is only believed where the first hello still fails and the changed one still works,
 * afterwards: what ran beside it or before proves nothing about a server that fails now and then.
 * Tried in this order, so that no short period of failures fits by chance.
 */
static void repeat(const struct analysis *r, struct search *s)
{
    const struct {
        unsigned changes;
        enum experiment_state expected;
    } tries[] = {
        {BIT(REPEAT), EXPERIMENT_FAILED},
        {s->changes | BIT(REPEAT), EXPERIMENT_WORKED},
        {s->changes | BIT(REPEAT) | BIT(AGAIN), EXPERIMENT_WORKED},
        {BIT(REPEAT) | BIT(AGAIN), EXPERIMENT_FAILED},
        {s->changes | BIT(AGAIN), EXPERIMENT_WORKED},
    };
    s->is_confirmed = true;
    for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
        int index;
        enum experiment_state state = analysis_experiment(r, tries[i].changes, &index);
        if (state == EXPERIMENT_WAITING)
            want(s, tries[i].changes);
        if (state == tries[i].expected)
            continue;
        s->is_confirmed = false;
        if (state == EXPERIMENT_WORKED || state == EXPERIMENT_FAILED)
            search_drop(s, s->changes, DROP_LUCK);
        if (state == EXPERIMENT_WORKED) {
            s->state = SEARCH_LUCK;
            s->experiment = index;
        } else if (state == EXPERIMENT_FAILED) {
            s->state = SEARCH_LUCK;
            s->baseline = index;
        }
    }
}

/* Where the line is cut, or the hello called unreadable, its length may be why. */
static bool may_be_length(const struct analysis *r, const struct search *s)
{
    const struct outcome *o = &r->first->outcome;
    if (!outcome_hello_unanswered(o) || (s->changes & (BIT(OLDER_CLIENT) | BIT(POLICY))))
        return false;
    return o->how != BREAK_ALERT || o->alert == 10 || o->alert == 47 || o->alert == 50;
}

/* Is it the change, or only the length that it gives the hello? */
static void tell_length(const struct analysis *r, struct search *s)
{
    int index;
    unsigned padded = s->changes | BIT(SAME_LENGTH);
    enum experiment_state state = analysis_experiment(r, padded, &index);
    if (state == EXPERIMENT_FAILED) {
        search_drop(s, s->changes, DROP_ONLY_LENGTH);
        s->changes = BIT(SAME_LENGTH);
        s->baseline = index;
        return;
    }
    if (state == EXPERIMENT_UNKNOWN) { /* the changed one is not the shorter */
        padded = s->changes | BIT(ONLY_LENGTH);
        state = analysis_experiment(r, padded, &index);
        if (state == EXPERIMENT_WORKED) {
            search_drop(s, s->changes, DROP_ONLY_LENGTH);
            s->changes = BIT(ONLY_LENGTH);
            s->experiment = index;
        }
    }
    if (state == EXPERIMENT_WAITING)
        want(s, padded);
}

static void confirm(const struct analysis *r, struct search *s)
{
    assert(s->state == SEARCH_FOUND && s->changes && s->experiment >= 0);
    repeat(r, s);
    if (s->state == SEARCH_FOUND && may_be_length(r, s))
        tell_length(r, s);
    if (s->n_wanted > 0 && s->state == SEARCH_FOUND)
        s->state = SEARCH_WAITING;
    else
        s->n_wanted = 0;
}

/* ---- sets of changes ---------------------------------------------------------------------- */

static bool is_same_break(const struct analysis *r, int index)
{
    assert(index >= 0); /* what failed was tried */
    const struct outcome *a = &r->first->outcome, *b = &r->ev->probes[index].outcome;
    return a->how == b->how || (a->how == BREAK_WE_REFUSED && b->how == BREAK_ALERT) ||
           (a->how == BREAK_ALERT && b->how == BREAK_WE_REFUSED);
}

/* Leaves each change out in turn; those that can't be left out are `needed`. False: a try broke in
 * another way than the first one. It may have been pushed back, and says nothing. */
static bool find_needed(const struct analysis *r, unsigned every, struct search *s,
                        unsigned *needed)
{
    *needed = 0;
    for (int i = 0; i < CHANGE_COUNT; i++) {
        unsigned without = every & ~(1u << i);
        struct settings all, less;
        if (without == every || !analysis_apply(r, every, &all) ||
            !analysis_apply(r, without, &less) || settings_equal(&all, &less))
            continue;
        int index;
        enum experiment_state state = analysis_experiment_of(r, &less, without, &index);
        if (state == EXPERIMENT_WAITING)
            want(s, without);
        if (state == EXPERIMENT_FAILED && !is_same_break(r, index)) {
            search_drop(s, every, DROP_OTHER_BREAK);
            return false;
        }
        if (state == EXPERIMENT_FAILED)
            *needed |= 1u << i;
        if (state == EXPERIMENT_WORKED)
            search_drop(s, 1u << i, DROP_NOT_NEEDED);
    }
    return true;
}

/* All of `every` works: what can't be left out of it is the set. */
static bool shrink(const struct analysis *r, unsigned every, struct search *s)
{
    unsigned needed;
    if (!find_needed(r, every, s, &needed))
        return false;
    enum experiment_state state = EXPERIMENT_WAITING;
    if (s->n_wanted == 0) {
        state = needed ? analysis_experiment(r, needed, &s->experiment) : EXPERIMENT_UNKNOWN;
        if (state == EXPERIMENT_WAITING)
            want(s, needed);
        if (state == EXPERIMENT_FAILED || state == EXPERIMENT_UNKNOWN)
            search_drop(s, every, DROP_NO_SMALLER);
    }
    if (state == EXPERIMENT_WAITING)
        s->state = SEARCH_WAITING;
    if (state == EXPERIMENT_WORKED) {
        s->state = SEARCH_FOUND;
        s->changes = needed;
    }
    return state == EXPERIMENT_WAITING || state == EXPERIMENT_WORKED;
}

static bool try_sets(const struct analysis *r, struct search *s)
{
    static const unsigned sets[] = {OFFERS, OFFERS_OLD};
    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
        enum experiment_state state = analysis_experiment(r, sets[i], NULL);
        if (state == EXPERIMENT_WAITING) {
            want(s, sets[i]);
            s->state = SEARCH_WAITING;
            return true;
        }
        drop_tried(s, sets[i], state);
        if (state == EXPERIMENT_WORKED && shrink(r, sets[i], s))
            return true;
    }
    return false;
}

/* ---- the search --------------------------------------------------------------------------- */

/* A round of single changes: true where the search is over or waits. */
static bool run_round(const struct analysis *r, unsigned singles, struct search *s)
{
    struct round round = {0};
    try_singles(r, singles, s, &round);
    if (round.worked & BIT(AGAIN)) {
        s->state = SEARCH_LUCK;
        s->experiment = round.probe[CHANGE_AGAIN];
        s->n_wanted = 0;
        search_drop_each(s, singles & ~(unsigned)BIT(AGAIN), DROP_LUCK);
        return true;
    }
    if (round.is_waiting) {
        s->state = SEARCH_WAITING;
        return true;
    }
    settle_single(r, &round, s);
    if (s->state == SEARCH_FOUND)
        confirm(r, s);
    return s->state != SEARCH_NOTHING;
}

/*
 * The site's other addresses come first: one that works ends the search before it costs more.
 * The check other_address asks for them; here they are only waited for.
 */
static bool address_settles(const struct analysis *r, struct search *s)
{
    const struct resolution *found = &r->ev->resolution;
    struct settings at = r->base;
    for (size_t i = 0; i < found->n_addresses && i < SEARCH_MAX_ADDRESSES; i++) {
        TEXT_SET(at.address, found->addresses[i]);
        if (settings_equal(&at, &r->base) || evidence_find_probe(r->ev, &at, 0))
            continue;
        enum experiment_state state = analysis_experiment_of(r, &at, BIT(ADDRESS), NULL);
        if (state == EXPERIMENT_WAITING)
            s->state = SEARCH_WAITING;
        if (state == EXPERIMENT_WAITING || state == EXPERIMENT_WORKED)
            return true;
    }
    return false;
}

static bool is_offer_matter(const struct analysis *r)
{
    const struct outcome *o = &r->first->outcome;
    bool is_garbled =
        o->refused_for == REFUSED_FOR_BAD_RECORD || o->refused_for == REFUSED_FOR_BAD_SIGNATURE;
    if (o->alert == UNRECOGNIZED_NAME || is_garbled)
        return false;
    return outcome_hello_unanswered(o) || o->how == BREAK_WE_REFUSED;
}

void search_run(const struct analysis *r, struct search *s)
{
    memset(s, 0, sizeof(*s));
    s->experiment = -1;
    s->baseline = r->first_index;
    s->state = SEARCH_NOT_NEEDED;
    if (!r->first || outcome_is_through(&r->first->outcome) ||
        !outcome_tcp_opened(&r->first->outcome) || r->first->outcome.how == BREAK_NOT_TLS)
        return;
    s->state = SEARCH_NOTHING;
    if (address_settles(r, s))
        return;
    unsigned rest;
    unsigned singles = plausible(r, &rest);
    search_drop_each(s, EVERY & ~(singles | rest), DROP_IMPLAUSIBLE);
    if (run_round(r, singles, s))
        return;
    if (!is_offer_matter(r)) {
        search_drop_each(s, rest, DROP_IMPLAUSIBLE);
        return;
    }
    const struct client *own = client_find(r->ev->target.client);
    bool is_old = own && own->is_old;
    if (run_round(r, rest | (is_old ? BIT(NEWER_CLIENT) : 0), s))
        return;
    if (run_round(r, BIT(OLD_ONLY) | (is_old ? 0 : BIT(OLDER_CLIENT)), s))
        return;
    if (try_sets(r, s) && s->state == SEARCH_FOUND)
        confirm(r, s);
}
