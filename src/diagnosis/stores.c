/*
 * stores.c - the chain of a case under each list of authorities that was found here, judged as it
 * is under this system's. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/programs.h"

#include <string.h>

#include "context.h"
#include "whytls/text.h"

enum { MAX_TRUSTED = EVIDENCE_MAX_ANCHORS + STORE_MAX_ANCHORS };

/* What one program trusts, of what bears on the case. Borrows the bytes. */
struct trusted {
    struct anchor anchors[MAX_TRUSTED];
    size_t n;
    bool has_off; /* one was left out because it is switched off there */
};

const char *accepts_id(enum accepts a)
{
    static const char *const ids[] = {"yes", "no", "unknown"};
    return ids[a];
}

/* ---- what a program trusts ----------------------------------------------------------------------
 */

static bool is_off(const struct facts *f, const struct store *s, const struct blob *der)
{
    for (size_t i = 0; i < s->n_anchors; i++)
        if (s->anchors[i].is_off && blob_equal(&f->roots[s->anchors[i].root].der, der))
            return true;
    return false;
}

static void put_anchor(struct trusted *t, const struct facts *f, const struct store *s,
                       const struct blob *der, enum anchor_source source)
{
    if (is_off(f, s, der))
        t->has_off = true;
    else if (t->n < MAX_TRUSTED)
        t->anchors[t->n++] = (struct anchor){.der = *der, .source = source};
}

static const struct store *system_store(const struct facts *f)
{
    for (size_t i = 0; i < f->n_stores; i++)
        if (f->stores[i].kind == STORE_SYSTEM)
            return &f->stores[i];
    return NULL;
}

/* This system's list, all of it or what was shipped: where --cacert is judged by, it is a store. */
static void put_system(struct trusted *t, const struct facts *f, const struct store *s)
{
    const struct store *system = f->anchors_given ? system_store(f) : NULL;
    size_t n = system ? system->n_anchors : f->anchors_given ? 0 : f->n_anchors;
    for (size_t i = 0; i < n; i++) {
        enum anchor_source source = system ? system->anchors[i].source : f->anchors[i].source;
        const struct blob *der =
            system ? &f->roots[system->anchors[i].root].der : &f->anchors[i].der;
        if (s->has_system || source == ANCHOR_SHIPPED)
            put_anchor(t, f, s, der, source);
    }
}

static void collect_trusted(const struct facts *f, const struct store *s, struct trusted *t)
{
    *t = (struct trusted){.n = 0};
    for (size_t i = 0; i < s->n_anchors; i++)
        put_anchor(t, f, s, &f->roots[s->anchors[i].root].der, s->anchors[i].source);
    if (s->has_builtin || s->has_system)
        put_system(t, f, s);
}

/* ---- the rows -----------------------------------------------------------------------------------
 */

static void say(struct store_row *row, enum accepts trusts, const char *why)
{
    row->trusts = trusts;
    text_copy(row->why, sizeof(row->why), why);
}

static void say_answer(struct store_row *row, const struct chain_answer *a,
                       const struct anchor *anchors)
{
    if (!a->judged) {
        say(row, ACCEPTS_UNTOLD, "the chain could not be judged");
        return;
    }
    if (a->changes & CHAIN_BIT(ADD_ROOT)) {
        say(row, ACCEPTS_NO, "its authority is not on this list");
        return;
    }
    const struct chain_link *top = &a->path[a->n_path - 1];
    row->is_added = a->n_path > 0 && top->from == CHAIN_FROM_ANCHOR &&
                    anchors[top->index].source == ANCHOR_ADDED;
    say(row, ACCEPTS_YES, row->is_added ? "by an authority that was added on this computer" : "");
}

static void judge_store(const struct reading *r, struct store_row *row)
{
    const struct facts *f = &r->ev->facts;
    struct chain_question q = r->question;
    struct trusted t;
    struct chain_answer a;
    if (!row->store->is_read) {
        say(row, ACCEPTS_UNTOLD, "this list could not be read");
        return;
    }
    if (f->stores_for < r->ev->n_certificates || !r->chain_then.judged) {
        say(row, ACCEPTS_UNTOLD, "the chain could not be judged");
        return;
    }
    collect_trusted(f, row->store, &t);
    q.anchors = t.anchors;
    q.n_anchors = t.n;
    q.now = r->true_time;
    chain_judge(&q, &a);
    say_answer(row, &a, t.anchors);
    if (row->trusts == ACCEPTS_NO && t.has_off)
        say(row, ACCEPTS_NO, "its authority is switched off in this list");
}

/* The list that the case was judged by. */
static void put_first(const struct reading *r, struct store_row *row)
{
    const struct facts *f = &r->ev->facts;
    *row = (struct store_row){.kind = f->anchors_given ? STORE_GIVEN : STORE_SYSTEM,
                              .total = f->anchors_total};
    if (!f->anchors_known)
        say(row, ACCEPTS_UNTOLD, "this list could not be read");
    else
        say_answer(row, &r->chain_then, f->anchors);
}

size_t stores_compare(const struct reading *r, struct store_row rows[STORE_ROWS_MAX])
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
