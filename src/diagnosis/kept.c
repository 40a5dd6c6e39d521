/*
 * kept.c - the walk of a case whose names were hidden: its certificates are gone, so what was found
 * when they were there is taken over, by slugs and ids. The words are our own. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "context.h"
#include "whytls/text.h"

static unsigned chain_bits(const struct kept_proof *p)
{
    unsigned bits = 0;
    for (size_t i = 0; i < p->n_changed_in_chain; i++)
        for (int c = 0; c < CHAIN_CHANGE_COUNT; c++)
            if (strcmp(p->changed_in_chain[i], chain_change_id((enum chain_change)c)) == 0)
                bits |= 1u << c;
    return bits;
}

static enum certainty certainty_of(const char *id)
{
    for (int c = CERTAINTY_PROVEN; c < CERTAINTY_UNKNOWN; c++)
        if (strcmp(certainty_id((enum certainty)c), id) == 0)
            return (enum certainty)c;
    return CERTAINTY_UNKNOWN;
}

static bool diagnosed_of(const struct kept_cause *t, struct diagnosed *n)
{
    const struct kept_proof *p = &t->proof;
    *n = (struct diagnosed){
        .cause = cause_find(t->cause),
        .certainty = certainty_of(t->certainty),
        .proof = {.baseline = p->baseline,
                  .experiment = p->experiment,
                  .changes = p->changed,
                  .chain_changes = chain_bits(p),
                  .is_success = p->worked},
        .path_place = -1,
    };
    return n->cause != NULL;
}

static size_t take_causes(const struct kept_cause *kept, size_t n, struct diagnosed *into)
{
    size_t taken = 0;
    for (size_t i = 0; i < n && taken < WALK_MAX_CAUSES; i++)
        taken += diagnosed_of(&kept[i], &into[taken]);
    return taken;
}

static enum result result_of(const char *id)
{
    int r = 0;
    while (r < RESULT_NOT_NEEDED && strcmp(result_id((enum result)r), id) != 0)
        r++;
    return (enum result)r;
}

/* What was kept of this check; NULL: nothing. */
static const struct kept_check *kept_of(const struct kept *t, const struct check *check)
{
    for (size_t i = 0; i < t->n_path; i++)
        if (strcmp(t->path[i].check, check->id) == 0)
            return &t->path[i];
    return NULL;
}

_Static_assert((int)KEPT_MAX_ARGS == (int)SAID_MAX_ARGS, "what is said is kept whole");

/* False where it has no such value. */
static bool arg_of(const struct kept_arg *kept, struct said_arg *arg)
{
    *arg = said_text(kept->text);
    arg->kind = said_kind_find(kept->kind);
    arg->number = kept->number;
    return arg->kind != SAID_ARG_NONE;
}

/* By its id; the words alone are shown where the case has none, or one that we do not know. */
static struct said said_of(const struct kept_check *kept)
{
    struct said said = {.id = said_find(kept->said_id), .n_args = kept->n_args};
    bool is_known = said.id != SAID_NONE && kept->n_args == said_n_args(said.id);
    for (size_t i = 0; is_known && i < kept->n_args; i++)
        is_known = arg_of(&kept->args[i], &said.args[i]);
    if (is_known)
        return said;
    return kept->said[0] ? said_with(SAID_TEXT, said_text(kept->said)) : said_plain(SAID_NONE);
}

static void take_checks(const struct kept *t, struct walk *w)
{
    for (size_t row = 0; row < tree_size(); row++) {
        const struct kept_check *kept = kept_of(t, tree_row(row)->check);
        struct finding *f = &w->findings[row];
        f->result = kept ? result_of(kept->result) : RESULT_NOT_NEEDED;
        if (kept)
            f->summary = said_of(kept);
    }
}

/* Each cause stands with the check that found it. */
static void place_causes(struct walk *w, const struct diagnosed *causes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t row = 0; row < tree_size(); row++) {
            const struct check *check = tree_row(row)->check;
            struct finding *f = &w->findings[row];
            bool is_its = causes[i].cause >= check->causes &&
                          causes[i].cause < check->causes + check->n_causes;
            if (is_its && f->result == RESULT_CAUSE && f->n_causes < FINDING_MAX_CAUSES)
                f->causes[f->n_causes++] = causes[i];
        }
}

/* An entry that is no fault says how the walk ended; none at all: before there was an answer. */
static enum conclusion conclusion_of(const struct walk *w)
{
    if (w->n_causes == 0)
        return CONCLUSION_STOPPED;
    for (int c = 0; c < CONCLUSION_COUNT; c++)
        if (conclusion_cause((enum conclusion)c) == w->causes[0].cause)
            return (enum conclusion)c;
    return CONCLUSION_CAUSE;
}

void kept_walk(const struct evidence *ev, struct walk *w)
{
    const struct kept *t = ev->kept;
    w->n_causes = take_causes(t->verdict, t->n_verdict, w->causes);
    w->n_notes = take_causes(t->notes, t->n_notes, w->notes);
    w->conclusion = conclusion_of(w);
    take_checks(t, w);
    if (w->conclusion == CONCLUSION_CAUSE)
        place_causes(w, w->causes, w->n_causes);
    else
        w->n_causes = 0;
    place_causes(w, w->notes, w->n_notes);
    if (w->conclusion == CONCLUSION_STOPPED)
        w->causes[0] = (struct diagnosed){.cause = conclusion_cause(CONCLUSION_STOPPED),
                                          .certainty = CERTAINTY_UNKNOWN,
                                          .proof = {.baseline = -1, .experiment = -1},
                                          .path_place = -1};
}
