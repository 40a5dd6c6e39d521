/*
 * programs.c - the chain of a case by the rules of several programs (judges.def): judged as ever,
 * with what the program has and allows, and nothing else. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/programs.h"

#include "judges.h"
#include "trusted.h"
#include "whytls/text.h"

static const char needs_all_certificates[] = N_("an intermediate is missing");

/* What it minds, in the order in which a person would want to know. */
static const struct {
    unsigned change;
    const char *words;
} minds[] = {
    {CHAIN_BIT(NAME), N_("it does not match the name")},
    {CHAIN_BIT(ADD_ROOT), N_("its authority is not trusted")},
    {CHAIN_BIT(ADD_CERTIFICATE), needs_all_certificates},
    {CHAIN_BIT(ORDER), N_("wrong order of the chain")},
    {CHAIN_BIT(DATE), N_("not valid today")},
    {CHAIN_BIT(REVOCATION), N_("it is revoked")},
    {CHAIN_BIT(DISTRUST), N_("its authority is distrusted")},
    {CHAIN_BIT(LIFETIME), N_("valid for too many days")},
    {CHAIN_BIT(KEY), N_("a short key")},
    {CHAIN_BIT(SIGNATURE), N_("a weak signature")},
    {CHAIN_BIT(PURPOSE), N_("made for another purpose")},
    {CHAIN_BIT(AUTHORITY), N_("signed by one that is no CA")},
    {CHAIN_BIT(DEPTH), N_("the chain is too long")},
    {CHAIN_BIT(NAME_LIMIT), N_("an authority's name constraint")},
    {CHAIN_BIT(INTACT), N_("a wrong signature")},
    {CHAIN_BIT(STAPLE), N_("the OCSP staple is missing")},
    {CHAIN_BIT(RULES), N_("another rule for chains")},
};

static void say(struct judge_row *row, enum accepts accepts, const char *why)
{
    row->accepts = accepts;
    text_copy_cut(row->why, sizeof(row->why), why);
}

/* ---- what it has -------------------------------------------------------------------------- */

static const struct store *store_of(const struct facts *f, int list)
{
    for (size_t i = 0; i < f->n_stores; i++)
        if ((int)f->stores[i].kind == list && f->stores[i].is_read)
            return &f->stores[i];
    return NULL;
}

/* False: its list is not here; what came with this system stands in for it. */
static bool take_list(const struct analysis *r, const struct judge *j, struct trusted *t)
{
    const struct facts *f = &r->ev->facts;
    bool is_given = f->anchors_given;
    const struct store *s = is_given || j->list == STORE_SYSTEM ? NULL : store_of(f, j->list);
    if (s)
        trusted_of_store(f, s, t);
    else
        trusted_of_system(f, !is_given && j->list != STORE_SYSTEM, t);
    return s || is_given || j->list == STORE_SYSTEM;
}

static void ask(const struct analysis *r, const struct judge *j, const struct trusted *t,
                struct chain_question *q)
{
    *q = r->question;
    q->anchors = t->anchors;
    q->n_anchors = t->n;
    q->now = r->true_time;
    q->root_programs = j->root_program >= 0 ? 1u << j->root_program : 0;
    if (j->usage != USAGE_FITS)
        q->key_use = j->usage == USAGE_UNREAD ? KEY_USE_UNASKED : KEY_USE_ANY;
    q->may_expect_staple = q->may_expect_staple && j->keeps_staple;
    if (j->fetches == FETCHES_NOT)
        q->n_extra = 0;
    if (!j->asks_revocation) {
        q->staple = NULL;
        q->n_told = 0;
    }
}

/* ---- the rows ----------------------------------------------------------------------------- */

static void say_changes(struct judge_row *row)
{
    for (size_t i = 0; i < sizeof(minds) / sizeof(minds[0]); i++)
        if (row->changes & minds[i].change) {
            say(row, ACCEPTS_NO, minds[i].words);
            return;
        }
    say(row, ACCEPTS_NO, "");
}

/* A question, and what came of it. */
struct judgement {
    const struct judge *judge;
    struct trusted trusted;
    struct chain_question question;
    struct chain_answer answer;
    struct chain_looks looks;
    bool is_list_here;
};

static bool asks_alike(const struct judge *a, const struct judge *b)
{
    return a->list == b->list && a->root_program == b->root_program &&
           (a->fetches == FETCHES_NOT) == (b->fetches == FETCHES_NOT) && a->usage == b->usage &&
           a->keeps_staple == b->keeps_staple && a->asks_revocation == b->asks_revocation;
}

static bool is_by_itself(const struct analysis *r, const struct chain_answer *a)
{
    return a->n_path == 1 && r->leaf.is_self_signed;
}

static void say_row(const struct analysis *r, const struct judgement *by, struct judge_row *row)
{
    const struct judge *j = row->judge;
    const struct chain_answer *a = &by->answer;
    const char *own = a->judged ? judge_minds(j, r, a, &by->looks) : NULL;
    bool is_missing = a->changes & CHAIN_BIT(ADD_CERTIFICATE);
    row->changes = a->changes & ~judge_allows(j, r, &by->question, a);
    if (!a->judged)
        say(row, ACCEPTS_UNKNOWN, N_("the chain could not be judged"));
    else if (row->changes & ~CHAIN_BIT(ADD_ROOT))
        say_changes(row);
    else if (own)
        say(row, ACCEPTS_NO, own);
    else if (a->is_incomplete && j->fetches == FETCHES_NOT)
        say(row, ACCEPTS_NO, needs_all_certificates);
    else if (row->changes && is_by_itself(r, a)) /* no maker of a program lists such a one */
        say(row, ACCEPTS_NO, N_("self-signed"));
    else if (row->changes && !by->is_list_here)
        say(row, ACCEPTS_UNKNOWN, N_("its trust store is not here"));
    else if (row->changes)
        say_changes(row);
    else if (is_missing && j->fetches == FETCHES_KNOWN)
        say(row, ACCEPTS_UNKNOWN, N_("it knows some intermediates"));
    else
        say(row, ACCEPTS_YES, is_missing ? N_("it fetches the intermediate") : "");
}

/* Judges the certificates once, for this program and all later ones that ask alike. */
static void fill_alike(const struct analysis *r, size_t from, struct judge_row *rows, size_t n)
{
    struct judgement by = {.judge = rows[from].judge};
    by.is_list_here = take_list(r, by.judge, &by.trusted);
    ask(r, by.judge, &by.trusted, &by.question);
    chain_judge(&by.question, &by.answer);
    if (by.answer.judged)
        chain_look(&by.question, &by.answer, &by.looks);
    for (size_t i = from; i < n; i++)
        if (rows[i].accepts == ACCEPTS_COUNT && asks_alike(rows[i].judge, by.judge))
            say_row(r, &by, &rows[i]);
}

size_t programs_compare(const struct analysis *r, struct judge_row rows[JUDGES_MAX])
{
    size_t n = 0;
    if (!r->shown || !r->anchors_ready || !r->chain_then.judged || r->ev->redacted)
        return 0;
    for (; judge_at(n); n++)
        rows[n] = (struct judge_row){.judge = judge_at(n), .accepts = ACCEPTS_COUNT};
    for (size_t i = 0; i < n; i++)
        if (rows[i].accepts == ACCEPTS_COUNT)
            fill_alike(r, i, rows, n);
    return n;
}

const struct judge *programs_strict(const struct analysis *r, const char **why)
{
    struct chain_looks looks;
    if (!r->chain_then.judged)
        return NULL;
    chain_look(&r->question, &r->chain_then, &looks);
    for (size_t i = 0; judge_at(i); i++) {
        const struct judge *j = judge_at(i);
        *why = j->is_old ? NULL : judge_minds_strictly(j, r, &looks);
        if (*why)
            return j;
    }
    return NULL;
}
