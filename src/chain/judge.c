/*
 * judge.c - the smallest set of changes that makes a chain acceptable, over all its paths. Each
 * check is left out by its own change and by no other, so the smallest set for one path is the set
 * of checks that it fails; the path with the smallest one is the answer, and the verification is
 * then run again with that set, and with each of its members left out. Uses path.c, path_checks.c.
 * SPDX-License-Identifier: MIT
 */
#include "chain/internal.h"

#include <assert.h>

#include "whytls/text.h"

struct choice {
    const struct path *path;
    unsigned changes;
    size_t n_fetched;
    int at[CHAIN_CHANGE_COUNT];
};

/* ---- the best path ---------------------------------------------------------------------- */

/*
 * Between sets of one size the likelier story wins, first here likeliest. ORDER stands before NAME:
 * it is only tried where an authority was sent first, and then its name never fits.
 */
static const enum chain_change by_likelihood[] = {
    CHAIN_CHANGE_DATE,       CHAIN_CHANGE_ORDER,
    CHAIN_CHANGE_NAME,       CHAIN_CHANGE_ADD_CERTIFICATE,
    CHAIN_CHANGE_PURPOSE,    CHAIN_CHANGE_KEY,
    CHAIN_CHANGE_SIGNATURE,  CHAIN_CHANGE_LIFETIME,
    CHAIN_CHANGE_DISTRUST,   CHAIN_CHANGE_ADD_ROOT,
    CHAIN_CHANGE_REVOCATION, CHAIN_CHANGE_STAPLE,
    CHAIN_CHANGE_AUTHORITY,  CHAIN_CHANGE_DEPTH,
    CHAIN_CHANGE_NAME_LIMIT, CHAIN_CHANGE_INTACT,
    CHAIN_CHANGE_RULES,
};
_Static_assert(sizeof by_likelihood / sizeof *by_likelihood == CHAIN_CHANGE_COUNT, "all of them");

static unsigned likelihood(unsigned changes)
{
    unsigned value = 0;
    for (size_t i = 0; i < CHAIN_CHANGE_COUNT; i++) {
        value = value << 1 | (changes >> by_likelihood[i] & 1);
    }
    return value;
}

static int count_changes(unsigned changes)
{
    return __builtin_popcount(changes);
}

/* Strictly better only, so that of equals the one found first (sent order) stays. */
static bool is_better(const struct choice *a, const struct choice *b)
{
    assert(a->path);
    if (!b->path) {
        return true;
    }
    if (count_changes(a->changes) != count_changes(b->changes)) {
        return count_changes(a->changes) < count_changes(b->changes);
    }
    if (a->changes != b->changes) {
        return likelihood(a->changes) > likelihood(b->changes);
    }
    if (a->n_fetched != b->n_fetched) {
        return a->n_fetched < b->n_fetched;
    }
    return a->path->n < b->path->n;
}

static bool is_from_extra(const struct pool *pool, const struct path *p, size_t place)
{
    const struct node *node = &pool->nodes[p->nodes[place]];
    return node->sent < 0 && node->anchor < 0;
}

/* All that is judged in it is something that GnuTLS can judge. */
static bool is_judgeable(const struct attempt *t, const struct path *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (!path_is_root(t, p, i) && !pool_traits(t->pool, p->nodes[i])->is_known) {
            return false;
        }
    }
    return !p->is_unknown;
}

/* False where the answer is not known: a path could not be judged and might have been better. */
static bool choose(const struct attempt *t, struct paths *paths, struct choice *best)
{
    bool all_known = !paths->is_cut;
    *best = (struct choice){.path = NULL};
    for (size_t i = 0; i < paths->n; i++) {
        struct choice c = {.path = &paths->list[i]};
        if (!is_judgeable(t, c.path)) {
            all_known = false;
            continue;
        }
        path_verify(t, &paths->list[i]);
        c.changes = path_faults(t, c.path, c.at);
        for (size_t k = 0; k < c.path->n; k++) {
            c.n_fetched += is_from_extra(t->pool, c.path, k);
        }
        if (is_better(&c, best)) {
            *best = c;
        }
    }
    all_known = all_known && !t->pool->gave_up;
    return best->path && (all_known || best->changes == 0);
}

static bool is_authority(const struct attempt *t, size_t node)
{
    return gnutls_x509_crt_get_ca_status(t->pool->nodes[node].crt, NULL) > 0;
}

/* Where the first one sent is an authority, or issued another one (with whatever signature): the
 * leaf may stand elsewhere. */
static bool may_be_out_of_place(const struct attempt *t, size_t first)
{
    if (is_authority(t, first)) {
        return true;
    }
    for (size_t i = 0; i < t->pool->n; i++) {
        if (i != first && pool_edge(t->pool, i, first) != EDGE_NONE) {
            return true;
        }
    }
    return false;
}

static bool covers(const struct attempt *t, size_t node)
{
    return crt_covers_name(t->pool->nodes[node].crt, t->q->name, t->q->name_is_address);
}

static bool may_be_leaf(const struct attempt *t, size_t first, size_t i)
{
    return i != first && t->pool->nodes[i].sent >= 0 && !is_authority(t, i);
}

/*
 * Where one of them has the name, none that lacks it is the leaf: the faults of the true leaf must
 * not make another one look like the smaller evil.
 */
static void find_all_paths(const struct attempt *t, struct paths *paths)
{
    size_t first = (size_t)t->pool->sent[0];
    bool has_name = covers(t, first);
    if (!may_be_out_of_place(t, first)) {
        paths_find(paths, t->pool, first);
        return;
    }
    for (size_t i = 0; i < t->pool->n; i++) {
        has_name = has_name || (may_be_leaf(t, first, i) && covers(t, i));
    }
    for (size_t i = 0; i < t->pool->n; i++) {
        if (may_be_leaf(t, first, i) && (!has_name || covers(t, i))) {
            paths_find(paths, t->pool, i);
        }
    }
    if (!has_name || covers(t, first)) {
        paths_find(paths, t->pool, first);
    }
}

/* ---- the answer ------------------------------------------------------------------------- */

/* The set is enough, and no member of it can be spared. */
static bool prove(const struct attempt *t, const struct choice *c)
{
    if (!path_accepts(t, c->path, c->changes)) {
        return false;
    }
    for (unsigned i = 0; i < CHAIN_CHANGE_COUNT; i++) {
        unsigned bit = 1u << i;
        if ((c->changes & bit) && path_accepts(t, c->path, c->changes & ~bit)) {
            return false;
        }
    }
    return true;
}

static struct chain_link link_of(const struct node *node, size_t place)
{
    if (node->anchor >= 0 && place > 0) {
        return (struct chain_link){CHAIN_FROM_ANCHOR, (size_t)node->anchor};
    }
    assert(node->sent >= 0 || node->extra >= 0); /* an anchor is no leaf */
    if (node->sent >= 0) {
        return (struct chain_link){CHAIN_FROM_SENT, (size_t)node->sent};
    }
    return (struct chain_link){CHAIN_FROM_EXTRA, (size_t)node->extra};
}

static void tell_path(const struct attempt *t, const struct path *p, struct chain_answer *a)
{
    assert(p->n > 0 && p->n <= CHAIN_MAX_PATH);
    a->n_path = p->n;
    for (size_t i = 0; i < p->n; i++) {
        a->path[i] = link_of(&t->pool->nodes[p->nodes[i]], i);
        if (path_is_root(t, p, i)) {
            continue;
        }
        const struct traits *c = pool_traits(t->pool, p->nodes[i]);
        if (i == 0 || c->not_before > a->not_before) {
            a->not_before = c->not_before;
        }
        if (i == 0 || c->not_after < a->not_after) {
            a->not_after = c->not_after;
        }
    }
    a->is_incomplete = !p->is_anchored && !pool_is_self_signed(t->pool, p->nodes[p->n - 1]);
}

static bool is_worse(enum standing_kind kind, enum standing_kind than)
{
    return kind == STANDING_REVOKED ? than != STANDING_REVOKED
                                    : than == STANDING_GOOD && kind != STANDING_GOOD;
}

static void tell_above(const struct attempt *t, const struct path *p, struct chain_answer *a)
{
    for (size_t i = 0; i + 1 < p->n; i++) {
        const struct standing *said = &path_told(t, p, i)->best;
        a->told[i] = said->kind;
        if (i > 0 && (a->above_at == 0 || is_worse(said->kind, a->above.kind))) {
            a->above = *said;
            a->above_at = i;
        }
    }
}

static void tell_changes(const struct attempt *t, const struct choice *c, struct chain_answer *a)
{
    a->judged = true;
    a->changes = c->changes;
    a->acceptable = c->changes == 0;
    a->is_proven = prove(t, c);
    for (size_t i = 0; i < CHAIN_CHANGE_COUNT; i++) {
        a->at[i] = c->at[i];
    }
    if (c->changes & CHAIN_BIT(RULES)) {
        text_copy_cut(a->rule, sizeof a->rule, path_broken_words(t, c->path));
    }
    const struct told *told = path_told(t, c->path, 0);
    a->staple = told->staple;
    a->standing = told->best;
    tell_above(t, c->path, a);
    a->distrust = path_dated_rule(t, c->path, DATED_DISTRUST);
    a->lifetime = path_dated_rule(t, c->path, DATED_LIFETIME);
    a->must_staple = pool_traits(t->pool, c->path->nodes[0])->must_staple;
}

/* ---- what is odd ------------------------------------------------------------------------ */

static bool is_in_path(const struct path *p, size_t node)
{
    for (size_t i = 0; i < p->n; i++) {
        if (p->nodes[i] == node) {
            return true;
        }
    }
    return false;
}

/* Did this one, or an authority with its name and key, sign something in the path? */
static bool belongs_to_path(const struct attempt *t, const struct path *p, size_t node)
{
    for (size_t i = 0; i < p->n; i++) {
        if (pool_is_same_key(t->pool, p->nodes[i], node) ||
            pool_edge(t->pool, p->nodes[i], node) == EDGE_GOOD) {
            return true;
        }
    }
    return false;
}

/*
 * A cross-sign that lives is there for other clients' sake and is not called unused; an expired one
 * is, because old clients fall over it.
 */
static bool is_unused(const struct attempt *t, const struct path *p, size_t node)
{
    const struct traits *c = pool_traits(t->pool, node);
    return !is_in_path(p, node) &&
           (!belongs_to_path(t, p, node) || t->q->now < c->not_before ||
            (t->q->now > c->not_after && !pool_is_self_signed(t->pool, node)));
}

/* Of the name and key of an authority in the path, and out of date. */
static bool is_expired_cross_sign(const struct attempt *t, const struct path *p, size_t node)
{
    if (t->q->now <= pool_traits(t->pool, node)->not_after) {
        return false;
    }
    for (size_t i = 1; i < p->n; i++) {
        if (pool_is_same_key(t->pool, p->nodes[i], node)) {
            return true;
        }
    }
    return false;
}

/* Sent twice, or as the root on top of the path: that is of no use, and does no harm. */
static bool is_harmless(const struct attempt *t, const struct path *p, size_t place)
{
    size_t node = (size_t)t->pool->sent[place];
    bool is_again = t->pool->nodes[node].sent != (int)place;
    return is_again || (node != p->nodes[0] && pool_is_self_signed(t->pool, node) &&
                        belongs_to_path(t, p, node));
}

static void tell_sent(const struct attempt *t, const struct path *p, struct chain_answer *a)
{
    for (size_t i = 0; i < t->q->n_sent && i < EVIDENCE_MAX_CHAIN; i++) {
        if (t->pool->sent[i] < 0) {
            a->has_unused = true;
            continue;
        }
        size_t node = (size_t)t->pool->sent[i];
        if (is_harmless(t, p, i) || !is_unused(t, p, node)) {
            continue;
        }
        a->has_unused = true;
        if (!a->has_expired_cross_sign && is_expired_cross_sign(t, p, node)) {
            a->has_expired_cross_sign = true;
            a->expired_cross_sign = i;
        }
    }
}

static void tell_order(const struct attempt *t, const struct path *p, struct chain_answer *a)
{
    int last = -1;
    for (size_t i = 0; i < p->n; i++) {
        int at = t->pool->nodes[p->nodes[i]].sent;
        if (at >= 0) {
            a->is_unordered = a->is_unordered || at < last;
            last = at;
        }
    }
}

static bool has_issuer_name(const struct attempt *t, size_t child, size_t node)
{
    const gnutls_datum_t *name = &t->pool->nodes[node].subject;
    return name->size > 2 /* not an empty list */ &&
           crt_names_issuer(t->pool->nodes[child].crt, name);
}

/*
 * Where the path had to go on with what was not sent, or ends: was another authority sent, of the
 * name that was needed? One that signed itself is another root, and no mistake in the middle.
 */
static void tell_wrong(const struct attempt *t, const struct path *p, struct chain_answer *a)
{
    for (size_t i = 0; i < p->n && a->wrong_sent < 0; i++) {
        bool is_had = i + 1 < p->n ? !is_from_extra(t->pool, p, i + 1) : !a->is_incomplete;
        for (size_t k = 0; !is_had && k < t->pool->n; k++) {
            int sent = t->pool->nodes[k].sent;
            enum edge edge = pool_edge(t->pool, p->nodes[i], k);
            if (sent >= 0 && (edge == EDGE_NONE || edge == EDGE_BROKEN) && !is_in_path(p, k) &&
                has_issuer_name(t, p->nodes[i], k) && !pool_is_self_signed(t->pool, k)) {
                a->wrong_sent = sent;
            }
        }
    }
}

/* What was not looked at for want of work is no note, and no proof. */
static void forget_doubtful(struct chain_answer *a)
{
    a->is_proven = a->has_unused = a->has_expired_cross_sign = false;
    a->wrong_sent = -1;
}

void chain_judge(const struct chain_question *q, struct chain_answer *a)
{
    struct pool pool;
    struct paths paths = {.n = 0};
    struct choice best;
    struct attempt t = {.q = q, .pool = &pool};
    *a = (struct chain_answer){.judged = false, .wrong_sent = -1, .distrust = -1, .lifetime = -1};
    for (size_t i = 0; i < CHAIN_CHANGE_COUNT; i++) {
        a->at[i] = -1;
    }
    pool_init(&pool, q);
    pool_mark_distrusted(&pool, q);
    if (q->n_sent > 0 && pool.sent[0] >= 0) {
        find_all_paths(&t, &paths);
        if (choose(&t, &paths, &best)) {
            tell_changes(&t, &best, a);
            tell_path(&t, best.path, a);
            tell_sent(&t, best.path, a);
            tell_order(&t, best.path, a);
            tell_wrong(&t, best.path, a);
        }
    }
    assert(pool.work_left <= CHAIN_MAX_WORK);
    a->n_checks = pool.n_checks;
    a->work = CHAIN_MAX_WORK - pool.work_left;
    a->gave_up = pool.gave_up;
    if (a->gave_up) {
        forget_doubtful(a);
    }
    pool_fini(&pool);
}
