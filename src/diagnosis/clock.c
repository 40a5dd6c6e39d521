/*
 * clock.c - is this computer's clock right? Weighs the witnesses of design.md, "Time": two that
 * are independent must agree against the clock, and none may support it, before it is blamed. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "context.h"

enum {
    TOLERANCE_S = 5 * 60,     /* less is nothing (design.md; Chromium's kNetworkTimeFudge) */
    SIGNED_SLACK_S = 60 * 60, /* certificates are often back-dated by an hour */
    DAY_S = 24 * 60 * 60,
};

/* Votes by independent source; a source votes once. */
struct votes {
    int behind, ahead, right;
    int64_t told; /* the best word on the true time so far; 0: none */
};

static void vote_point(struct votes *v, const struct reading *r, int64_t theirs, int64_t ours)
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
static bool is_before_bound(const struct reading *r, int64_t bound, int64_t slack)
{
    return bound != EVIDENCE_NO_TIME && r->clock < bound - slack;
}

static void vote_local(struct votes *v, const struct reading *r)
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
static int64_t hard_bound(const struct reading *r)
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
static bool is_another_host(const struct reading *r, const struct fetch *f)
{
    return !r->worked || !f->address[0] || strcmp(f->address, r->worked->settings.address) != 0;
}

/* What the target and the hosts that its certificate names say; a Date before the hard bound lies.
 */
static void vote_hosts(struct votes *v, const struct reading *r)
{
    const struct evidence *ev = r->ev;
    int64_t bound = hard_bound(r);
    const struct outcome *o = r->worked ? &r->worked->outcome : NULL;
    if (o && o->http_date >= bound)
        vote_point(v, r, o->http_date, o->http_date_local);
    for (size_t i = 0; i < ev->n_fetches; i++) {
        const struct fetch *f = &ev->fetches[i];
        if (f->http_date && f->http_date >= bound && is_another_host(r, f)) {
            vote_point(v, r, f->http_date, f->http_date_local);
            break;
        }
    }
    if (o && (is_before_bound(r, o->staple_produced_at, SIGNED_SLACK_S) ||
              (r->chain.is_proven && is_before_bound(r, r->leaf.newest_sct, SIGNED_SLACK_S))))
        v->behind++;
    else if (o && o->staple_next_update && r->clock > o->staple_next_update + SIGNED_SLACK_S)
        v->ahead++;
}

/* The authority on top of a chain that nothing but the date speaks against; -1: there is none. */
static int window_anchor(const struct chain_answer *a)
{
    if (!a->judged || !a->is_proven || (a->changes & ~(unsigned)CHAIN_BIT(DATE)) || a->n_path == 0)
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
static void vote_window(struct votes *v, const struct reading *r)
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

static int64_t newest_bound(const struct reading *r)
{
    int64_t newest = r->clock;
    for (size_t i = 0; i < r->ev->facts.n_witnesses; i++)
        if (r->ev->facts.witnesses[i].time > newest)
            newest = r->ev->facts.witnesses[i].time;
    if (r->chain.judged && r->chain.not_before > newest)
        newest = r->chain.not_before;
    return newest;
}

void reading_weigh_clock(struct reading *r)
{
    struct votes v = {0};
    vote_local(&v, r);
    vote_hosts(&v, r);
    vote_window(&v, r);
    r->clock_is_backed = v.right > 0;
    bool behind = v.behind >= 2 && v.ahead == 0;
    bool ahead = v.ahead >= 2 && v.behind == 0;
    r->clock_is_wrong = (behind || ahead) && v.right == 0;
    if (!r->clock_is_wrong)
        return;
    r->true_time = v.told ? v.told : newest_bound(r);
}
