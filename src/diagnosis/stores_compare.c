/*
 * stores_compare.c - the chain of a case under each list of authorities that was found here, judged
 * as it is under this system's. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/programs.h"

#include "trusted.h"
#include "whytls/text.h"

const char *accepts_id(enum accepts a)
{
    static const char *const ids[] = {"yes", "no", "unknown"};
    return ids[a];
}

/* ---- the rows ----------------------------------------------------------------------------- */

static void say(struct store_row *row, enum accepts trusts, const char *why)
{
    row->trusts = trusts;
    text_copy_cut(row->why, sizeof(row->why), why);
}

static void say_answer(struct store_row *row, const struct chain_answer *a,
                       const struct anchor *anchors)
{
    if (!a->judged) {
        say(row, ACCEPTS_UNKNOWN, N_("the chain could not be judged"));
        return;
    }
    if (a->changes & CHAIN_BIT(ADD_ROOT)) {
        say(row, ACCEPTS_NO, N_("it does not have the authority"));
        return;
    }
    const struct chain_link *top = &a->path[a->n_path - 1];
    row->is_added = a->n_path > 0 && top->from == CHAIN_FROM_ANCHOR &&
                    anchors[top->index].source == ANCHOR_ADDED;
    say(row, ACCEPTS_YES,
        row->is_added ? N_("by an authority that was added on this computer") : "");
}

static void judge_store(const struct analysis *r, struct store_row *row)
{
    const struct facts *f = &r->ev->facts;
    struct chain_question q = r->question;
    struct trusted t;
    struct chain_answer a;
    if (!row->store->is_read) {
        say(row, ACCEPTS_UNKNOWN, N_("this store could not be read"));
        return;
    }
    if (f->stores_for < r->ev->n_certificates || !r->chain_then.judged) {
        say(row, ACCEPTS_UNKNOWN, N_("the chain could not be judged"));
        return;
    }
    trusted_of_store(f, row->store, &t);
    q.anchors = t.anchors;
    q.n_anchors = t.n;
    q.now = r->true_time;
    chain_judge(&q, &a);
    say_answer(row, &a, t.anchors);
    if (row->trusts == ACCEPTS_NO && t.has_off)
        say(row, ACCEPTS_NO, N_("it distrusts the authority"));
}

/* The list that the case was judged by. */
static void put_first(const struct analysis *r, struct store_row *row)
{
    const struct facts *f = &r->ev->facts;
    *row = (struct store_row){.kind = f->anchors_given ? STORE_GIVEN : STORE_SYSTEM,
                              .total = f->anchors_total};
    if (!f->anchors_known)
        say(row, ACCEPTS_UNKNOWN, N_("this store could not be read"));
    else
        say_answer(row, &r->chain_then, f->anchors);
}

size_t stores_compare(const struct analysis *r, struct store_row rows[STORE_ROWS_MAX])
{
    const struct facts *f = &r->ev->facts;
    size_t n = 0;
    if (!r->shown || !r->anchors_ready)
        return 0;
    put_first(r, &rows[n++]);
    for (size_t i = 0; i < f->n_stores; i++) {
        struct store_row *row = &rows[n++];
        *row = (struct store_row){.kind = f->stores[i].kind,
                                  .store = &f->stores[i],
                                  .total = f->stores[i].total,
                                  .added = f->stores[i].added};
        judge_store(r, row);
    }
    return n;
}
