/*
 * stores_run.c - see stores_run.h. A thread that reads files can't be stopped (a home folder may
 * hang on a network), so it owns all that it writes to, and is abandoned where it is late.
 * SPDX-License-Identifier: MIT
 */
#include "session/stores_run.h"

#include <assert.h>
#include <stdlib.h>

/* Two lives: the thread's and the timer's. The last one frees it. */
struct stores_run {
    uv_work_t work;
    uv_timer_t timer;
    int n_open;
    bool with_system;
    bool is_told;          /* on_done came, or nobody wants it any more */
    struct store_set *set; /* the thread's until on_read */
    struct stores_reader *reader;
};

enum { TIMEOUT_MS = 2000 }; /* 20 to 50 are usual */

static void let_go(struct stores_run *run)
{
    assert(run->n_open > 0);
    if (--run->n_open == 0)
        free(run);
}

static void on_timer_closed(uv_handle_t *handle)
{
    let_go(handle->data);
}

/* True the first time only. */
static bool end_wait(struct stores_run *run)
{
    if (run->is_told)
        return false;
    run->is_told = true;
    uv_close((uv_handle_t *)&run->timer, on_timer_closed);
    return true;
}

static void read_stores(uv_work_t *work)
{
    struct stores_run *run = work->data;
    run->set = store_set_read(run->with_system);
}

static void hand_over(struct stores_run *run, struct store_set *set)
{
    struct stores_reader *k = run->reader;
    assert(k->run == run && !k->set); /* read once in the root program's life */
    k->run = NULL;
    k->set = set;
    k->was_read = true;
    if (!k->is_let_be)
        k->on_done(k->ctx);
}

static void on_read(uv_work_t *work, int status)
{
    struct stores_run *run = work->data;
    if (end_wait(run)) {
        run->reader->no_memory = status == 0 && !run->set;
        hand_over(run, run->set);
    } else
        store_set_free(run->set);
    let_go(run);
}

static void on_late(uv_timer_t *timer)
{
    struct stores_run *run = timer->data;
    if (end_wait(run))
        hand_over(run, NULL);
}

static struct stores_run *start(uv_loop_t *loop, struct stores_reader *k, bool with_system)
{
    struct stores_run *run = calloc(1, sizeof(*run));
    if (!run)
        return NULL;
    *run = (struct stores_run){.with_system = with_system, .reader = k, .n_open = 2};
    run->work.data = run->timer.data = run;
    uv_update_time(loop);
    uv_timer_init(loop, &run->timer);
    uv_timer_start(&run->timer, on_late, TIMEOUT_MS, 0);
    if (uv_queue_work(loop, &run->work, read_stores, on_read) == 0)
        return run;
    run->n_open = 1; /* the timer's */
    end_wait(run);
    return NULL;
}

bool stores_is_awaited(const struct stores_reader *k)
{
    return k->run && !k->is_let_be;
}

void stores_let_be(struct stores_reader *k)
{
    k->is_let_be = true;
}

void stores_await(struct stores_reader *k)
{
    k->is_let_be = false;
}

void stores_cancel(struct stores_reader *k)
{
    if (k->run && end_wait(k->run))
        uv_cancel((uv_req_t *)&k->run->work); /* where it has not begun */
    k->run = NULL;
}

/* ---- what the case is told ---------------------------------------------------------------- */

/* The lab's lists: what they have of its anchors. */
static void pretend_stores(const struct pretend *p, struct evidence *ev)
{
    struct facts *f = &ev->facts;
    for (size_t i = 0; i < p->n_stores && f->stores_for == 0; i++) {
        struct store *store = &f->stores[f->n_stores++];
        *store = p->stores[i];
        for (size_t k = 0; k < p->n_anchors && p->store_has_anchors[i]; k++) {
            int root = evidence_add_root(ev, p->anchors[k].der.data, p->anchors[k].der.len);
            if (root >= 0 && store->n_anchors < STORE_MAX_ANCHORS)
                store->anchors[store->n_anchors++] =
                    (struct store_anchor){.root = (uint16_t)root, .source = p->anchors[k].source};
        }
    }
}

void stores_note(struct stores_reader *k, uv_loop_t *loop, const struct request *r,
                 struct evidence *ev)
{
    struct facts *f = &ev->facts;
    if (f->stores_for == ev->n_certificates || k->run || (k->is_let_be && !k->was_read))
        return;
    if (!r->pretend.anchors_set && !k->was_read) {
        k->run = start(loop, k, r->cacert != NULL);
        k->was_read = k->no_memory = !k->run;
        ev->no_memory = ev->no_memory || k->no_memory;
        return;
    }
    if (r->pretend.anchors_set)
        pretend_stores(&r->pretend, ev);
    else if (k->set)
        store_set_match(k->set, ev);
    ev->no_memory = ev->no_memory || k->no_memory;
    f->stores_for = ev->n_certificates;
}
