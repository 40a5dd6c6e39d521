/*
 * clock_witnesses.c - is this computer's clock right? Weighs the witnesses of doc/design.md,
 * "Time": two that are independent must agree against the clock, and none may support it, before it
 * is blamed. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "context.h"

enum {
    TOLERANCE_S = 5 * 60,     /* less is nothing (doc/design.md; Chromium's kNetworkTimeFudge) */
    SIGNED_SLACK_S = 60 * 60, /* certificates are often back-dated by an hour */
    DAY_S = 24 * 60 * 60,
    QUARTER_S = 15 * 60,
    ZONE_MAX_S = 14 * 60 * 60, /* the largest offset of a time zone (UTC+14) */
    ZONE_SLACK_S = 2 * 60,
};

/* Votes by independent source; a source votes once. */
struct votes {
    int behind, ahead, right;
    int right_elsewhere; /* of right: not the site itself */
    int64_t told;        /* the best word on the true time so far; 0: none */
};

static void vote_point(struct votes *v, const struct analysis *r, int64_t theirs, int64_t ours)
{
    if (theirs == EVIDENCE_NO_TIME || ours == EVIDENCE_NO_TIME)
        return;
    int64_t skew = theirs - ours;
    if (skew > TOLERANCE_S)
        v->behind++;
    else if (skew < -TOLERANCE_S)
        v->ahead++;
    else
        v->right++;
    if (!v->told)
        v->told = r->clock + skew;
}

/* A time that the true time can't be before. */
static bool is_before_bound(const struct analysis *r, int64_t bound, int64_t slack)
{
    return bound != EVIDENCE_NO_TIME && r->clock < bound - slack;
}

static void vote_local(struct votes *v, const struct analysis *r)
{
    const struct facts *f = &r->ev->facts;
    bool files_later = false;
    for (size_t i = 0; i < f->n_witnesses; i++) {
        const struct witness *w = &f->witnesses[i];
        if (w->kind == WITNESS_KERNEL)
            vote_point(v, r, w->time, r->clock);
        else if (w->kind == WITNESS_BUILD_DATE)
            v->behind += is_before_bound(r, w->time, TOLERANCE_S);
        else
            files_later = files_later || is_before_bound(r, w->time, TOLERANCE_S);
    }
    /* Packages, trust list and saved time were all stamped by this computer: one voice. */
    v->behind += files_later;
}

/* The newest lower bound that does not depend on this computer's clock of today. */
static int64_t hard_bound(const struct analysis *r)
{
    int64_t bound = EVIDENCE_NO_TIME;
    for (size_t i = 0; i < r->ev->facts.n_witnesses; i++) {
        const struct witness *w = &r->ev->facts.witnesses[i];
        if (w->kind == WITNESS_BUILD_DATE && w->time > bound)
            bound = w->time;
    }
    return bound;
}

/* Two names on one machine are one witness. */
static bool is_another_host(const struct analysis *r, const struct fetch *f)
{
    return !r->worked || !f->address[0] || strcmp(f->address, r->worked->settings.address) != 0;
}

/* What the target and the hosts that its certificate names say; a Date before the hard bound lies.
 */
static void vote_hosts(struct votes *v, const struct analysis *r)
{
    const struct evidence *ev = r->ev;
    int64_t bound = hard_bound(r);
    const struct outcome *o = r->worked ? &r->worked->outcome : NULL;
    v->right_elsewhere = v->right;
    if (o && o->http_date >= bound)
        vote_point(v, r, o->http_date, o->http_date_local);
    int right_here = v->right - v->right_elsewhere;
    for (size_t i = 0; i < ev->n_fetches; i++) {
        const struct fetch *f = &ev->fetches[i];
        if (f->http_date && f->http_date >= bound && is_another_host(r, f)) {
            vote_point(v, r, f->http_date, f->http_date_local);
            break;
        }
    }
    v->right_elsewhere = v->right - right_here;
    if (o && (is_before_bound(r, o->staple_produced_at, SIGNED_SLACK_S) ||
              (r->chain.is_proven && is_before_bound(r, r->leaf.newest_sct, SIGNED_SLACK_S))))
        v->behind++;
    else if (o && o->staple_next_update && r->clock > o->staple_next_update + SIGNED_SLACK_S)
        v->ahead++;
}

/*
 * The authority on top of a chain whose dates are certainly its word; -1: there is none. That the
 * site left one out or sent them in disorder takes nothing from that; any other fault might.
 */
static int window_anchor(const struct chain_answer *a)
{
    const unsigned harmless = CHAIN_BIT(DATE) | CHAIN_BIT(ADD_CERTIFICATE) | CHAIN_BIT(ORDER) |
                              CHAIN_BIT(STAPLE) | CHAIN_BIT(REVOCATION);
    if (!a->judged || !a->is_proven || (a->changes & ~harmless) || a->n_path == 0)
        return -1;
    const struct chain_link *top = &a->path[a->n_path - 1];
    return top->from == CHAIN_FROM_ANCHOR ? (int)top->index : -1;
}

/*
 * The certificate's own window is its authority's word, so an authority that we trust must have
 * given it; a device that signs for itself by a wrong clock is no second witness beside its own
 * Date. It speaks where another has told a time in it. A public authority dates nothing ahead; an
 * old certificate says little, so there the clock must be far off (Firefox asks for a day).
 */
static void vote_window(struct votes *v, const struct analysis *r)
{
    const struct chain_answer *a = &r->chain;
    int anchor = window_anchor(a);
    if (anchor < 0 || a->not_before >= a->not_after)
        return;
    bool is_public = r->ev->facts.anchors[anchor].source == ANCHOR_SHIPPED;
    bool is_told = v->told >= a->not_before && v->told <= a->not_after;
    if (r->clock < a->not_before && is_public && (!v->told || is_told))
        v->behind++;
    else if (r->clock > a->not_after && is_told && r->clock - v->told > DAY_S)
        v->ahead++;
}

static int64_t newest_bound(const struct analysis *r)
{
    int64_t newest = r->clock;
    for (size_t i = 0; i < r->ev->facts.n_witnesses; i++)
        if (r->ev->facts.witnesses[i].time > newest)
            newest = r->ev->facts.witnesses[i].time;
    if (r->chain.judged && r->chain.not_before > newest)
        newest = r->chain.not_before;
    return newest;
}

/* A page from a cache may be old, but none is from the future. */
static bool site_is_off(const struct analysis *r)
{
    const struct outcome *o = r->worked ? &r->worked->outcome : NULL;
    if (!o || o->http_date == EVIDENCE_NO_TIME)
        return false;
    int64_t skew = o->http_date - o->http_date_local;
    return skew > TOLERANCE_S || skew < -DAY_S;
}

/* A Date from before this program was made is wrong, whatever our own clock says. */
static bool site_is_long_ago(const struct analysis *r)
{
    const struct outcome *o = r->worked ? &r->worked->outcome : NULL;
    return o && o->http_date != EVIDENCE_NO_TIME && o->http_date < hard_bound(r) - DAY_S;
}

/* The first day of 1970, 1980, 1999 to 2026: clock chips, kernels and boards begin on one of them.
 */
static bool is_first_day(int64_t clock)
{
    static const int64_t days[] = {0,          315532800,  915148800,  946684800,  978307200,
                                   1009843200, 1041379200, 1072915200, 1104537600, 1136073600,
                                   1167609600, 1199145600, 1230768000, 1262304000, 1293840000,
                                   1325376000, 1356998400, 1388534400, 1420070400, 1451606400,
                                   1483228800, 1514764800, 1546300800, 1577836800, 1609459200,
                                   1640995200, 1672531200, 1704067200, 1735689600, 1767225600};
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
        if (clock >= days[i] && clock - days[i] < 7 * DAY_S)
            return true;
    return false;
}

static enum clock_fault fault_of(int64_t clock, int64_t true_time)
{
    int64_t off = clock > true_time ? clock - true_time : true_time - clock;
    int64_t rest = off % QUARTER_S;
    if (off <= ZONE_MAX_S && (rest <= ZONE_SLACK_S || QUARTER_S - rest <= ZONE_SLACK_S))
        return CLOCK_ZONE;
    if (clock < true_time && off > 30 * DAY_S && is_first_day(clock))
        return CLOCK_BATTERY;
    return CLOCK_PLAIN;
}

/* One witness is not enough, and two that contradict each other are none. */
static enum clock_doubt doubt_of(const struct votes *v)
{
    if (v->behind + v->ahead == 0)
        return CLOCK_NO_WITNESS;
    return v->right > 0 || (v->behind > 0 && v->ahead > 0) ? CLOCK_DISAGREEING : CLOCK_ONE_AGAINST;
}

int64_t analysis_clock_off(const struct analysis *r)
{
    int64_t other = r->clock_is_wrong ? r->true_time : r->clocks_differ ? r->told_time : r->clock;
    int64_t off = other > r->clock ? other - r->clock : r->clock - other;
    return (off + 30) / 60 * 60; /* two clocks are never read in the same second */
}

void analysis_weigh_clock(struct analysis *r)
{
    struct votes v = {0};
    vote_local(&v, r);
    vote_hosts(&v, r);
    vote_window(&v, r);
    r->clock_is_backed = v.right > 0;
    r->site_clock_is_off = (v.right_elsewhere > 0 && site_is_off(r)) || site_is_long_ago(r);
    bool behind = v.behind >= 2 && v.ahead == 0;
    bool ahead = v.ahead >= 2 && v.behind == 0;
    r->clock_is_wrong = (behind || ahead) && v.right == 0;
    r->clock_doubt = doubt_of(&v);
    r->told_time = v.told;
    r->clocks_differ =
        !r->clock_is_backed && !r->clock_is_wrong && !site_is_long_ago(r) && site_is_off(r);
    if (!r->clock_is_wrong)
        return;
    r->true_time_is_least = !v.told;
    r->true_time = v.told ? v.told : newest_bound(r);
    if (v.told) /* a bound says "not before", which is no measure */
        r->clock_fault = fault_of(r->clock, r->true_time);
    else if (is_first_day(r->clock))
        r->clock_fault = CLOCK_BATTERY;
}
