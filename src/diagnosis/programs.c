/*
 * programs.c - the chain of a case by the rules of several programs (judges.def): judged as ever,
 * with what the program has and allows, and nothing else. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "whytls/programs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "trusted.h"
#include "whytls/text.h"

static const struct judge judges[] = {
#include "judges.def"
};

const struct judge *judge_at(size_t i)
{
    return i < sizeof(judges) / sizeof(judges[0]) ? &judges[i] : NULL;
}

_Static_assert(sizeof(judges) / sizeof(judges[0]) <= JUDGES_MAX, "there is a row for each");

static const char needs_all_cards[] = "a card is missing";

/* What it minds, in the order in which a person would want to know. */
static const struct {
    unsigned change;
    const char *words;
} minds[] = {
    {CHAIN_BIT(NAME), "another name"},
    {CHAIN_BIT(ADD_ROOT), "its authority is not listed"},
    {CHAIN_BIT(ADD_CERTIFICATE), needs_all_cards},
    {CHAIN_BIT(ORDER), "the first card is not the site's"},
    {CHAIN_BIT(DATE), "a date"},
    {CHAIN_BIT(REVOCATION), "called back"},
    {CHAIN_BIT(DISTRUST), "it trusts this authority no more"},
    {CHAIN_BIT(LIFETIME), "good for too many days"},
    {CHAIN_BIT(KEY), "a short key"},
    {CHAIN_BIT(SIGNATURE), "an old signature"},
    {CHAIN_BIT(PURPOSE), "made for another use"},
    {CHAIN_BIT(AUTHORITY), "signed by one that may not"},
    {CHAIN_BIT(DEPTH), "too many authorities"},
    {CHAIN_BIT(NAME_LIMIT), "an authority's limit for names"},
    {CHAIN_BIT(INTACT), "a signature that does not fit"},
    {CHAIN_BIT(STAPLE), "the stapled proof is missing"},
    {CHAIN_BIT(RULES), "another rule for chains"},
};

static void say(struct judge_row *row, enum accepts accepts, const char *why)
{
    row->accepts = accepts;
    text_copy(row->why, sizeof(row->why), why);
}

/* ---- what it has --------------------------------------------------------------------------------
 */

static const struct store *store_of(const struct facts *f, int list)
{
    for (size_t i = 0; i < f->n_stores; i++)
        if ((int)f->stores[i].kind == list && f->stores[i].is_read)
            return &f->stores[i];
    return NULL;
}

/* False: its list is not here; what came with this system stands in for it. */
static bool take_list(const struct reading *r, const struct judge *j, struct trusted *t)
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

static void ask(const struct reading *r, const struct judge *j, const struct trusted *t,
                struct chain_question *q)
{
    *q = r->question;
    q->anchors = t->anchors;
    q->n_anchors = t->n;
    q->now = r->true_time;
    q->keepers = j->keeper >= 0 ? 1u << j->keeper : 0;
    q->key_use = j->keeps_usage ? q->key_use : KEY_USE_ANY;
    q->may_expect_staple = q->may_expect_staple && j->keeps_staple;
    if (j->fetches == FETCHES_NOT)
        q->n_extra = 0;
    if (!j->asks_revocation) {
        q->staple = NULL;
        q->n_told = 0;
    }
}

static const struct blob *der_at(const struct chain_question *q, const struct chain_answer *a,
                                 size_t place)
{
    const struct chain_link *link = &a->path[place];
    return link->from == CHAIN_FROM_SENT    ? q->sent[link->index]
           : link->from == CHAIN_FROM_EXTRA ? q->extra[link->index]
           : link->index < q->n_anchors     ? &q->anchors[link->index].der
                                            : NULL;
}

/* ---- what it allows -----------------------------------------------------------------------------
 */

/* All keys of the path are RSA ones that are long enough for it, or no RSA ones. */
static bool takes_keys(const struct judge *j, const struct chain_question *q,
                       const struct chain_answer *a)
{
    for (size_t i = 0; i < a->n_path; i++) {
        struct cert_info info;
        const struct blob *der = der_at(q, a, i);
        bool is_rsa = der && cert_describe(der, &info) && strncmp(info.key, "RSA-", 4) == 0;
        if (is_rsa && strtoul(info.key + 4, NULL, 10) < j->min_rsa)
            return false;
        if (!is_rsa && a->at[CHAIN_CHANGE_KEY] == (int)i)
            return false;
    }
    return true;
}

static bool is_by_sha1(const struct chain_question *q, const struct chain_answer *a)
{
    struct cert_info info;
    int at = a->at[CHAIN_CHANGE_SIGNATURE];
    const struct blob *der = at >= 0 ? der_at(q, a, (size_t)at) : NULL;
    return der && cert_describe(der, &info) && strstr(info.signature, "SHA1");
}

/* "*.example" for shop.example: for most, a wildcard of a whole top-level domain covers nothing. */
static bool has_top_wildcard(const struct cert_info *leaf, const char *name)
{
    const char *rest = name ? strchr(name, '.') : NULL;
    if (!rest || strchr(rest + 1, '.'))
        return false;
    for (size_t i = 0; i < leaf->n_names; i++)
        if (leaf->names[i][0] == '*' && strcasecmp(leaf->names[i] + 1, rest) == 0)
            return true;
    return false;
}

static unsigned allowed(const struct judge *j, const struct reading *r,
                        const struct chain_question *q, const struct chain_answer *a)
{
    const struct {
        enum chain_change change;
        bool is_allowed;
    } all[] = {
        {CHAIN_CHANGE_KEY, takes_keys(j, q, a)},
        {CHAIN_CHANGE_SIGNATURE, j->takes_sha1 && is_by_sha1(q, a)},
        {CHAIN_CHANGE_ADD_CERTIFICATE, j->fetches != FETCHES_NOT},
        {CHAIN_CHANGE_NAME, j->takes_top_wildcard && has_top_wildcard(&r->leaf, q->name)},
        {CHAIN_CHANGE_PURPOSE, j->takes_authority_purpose && a->at[CHAIN_CHANGE_PURPOSE] > 0},
    };
    unsigned changes = 0;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (all[i].is_allowed)
            changes |= 1u << all[i].change;
    return changes;
}

/* What it minds in its own strictness; NULL: nothing. */
static const char *strict_fault(const struct judge *j, const struct reading *r,
                                const struct chain_question *q, const struct chain_answer *a)
{
    if (!j->takes_any_purpose && !r->leaf.names_sites)
        return "made for any use, none named";
    for (size_t i = 0; j->is_strict && i < a->n_path; i++) {
        const struct blob *der = der_at(q, a, i);
        const char *fault = der ? cert_strict_fault(der, i + 1 == a->n_path) : NULL;
        if (fault)
            return fault;
    }
    return NULL;
}

/* What it minds that is no change of a chain; NULL: nothing. */
static const char *own_fault(const struct judge *j, const struct reading *r,
                             const struct chain_question *q, const struct chain_answer *a)
{
    if (j->needs_san && !r->leaf.has_san)
        return "the name is only in the old field";
    if (j->falls_over_dead && a->has_dead)
        return "an extra card is out of date";
    return strict_fault(j, r, q, a);
}

/* ---- the rows -----------------------------------------------------------------------------------
 */

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
    bool is_list_here;
};

static bool asks_alike(const struct judge *a, const struct judge *b)
{
    return a->list == b->list && a->keeper == b->keeper &&
           (a->fetches == FETCHES_NOT) == (b->fetches == FETCHES_NOT) &&
           a->keeps_usage == b->keeps_usage && a->keeps_staple == b->keeps_staple &&
           a->asks_revocation == b->asks_revocation;
}

static void say_row(const struct reading *r, const struct judgement *by, struct judge_row *row)
{
    const struct judge *j = row->judge;
    const struct chain_answer *a = &by->answer;
    const char *own = a->judged ? own_fault(j, r, &by->question, a) : NULL;
    bool is_missing = a->changes & CHAIN_BIT(ADD_CERTIFICATE);
    row->changes = a->changes & ~allowed(j, r, &by->question, a);
    if (!a->judged)
        say(row, ACCEPTS_UNTOLD, "the chain could not be judged");
    else if (row->changes & ~CHAIN_BIT(ADD_ROOT))
        say_changes(row);
    else if (own)
        say(row, ACCEPTS_NO, own);
    else if (a->is_incomplete && j->fetches == FETCHES_NOT)
        say(row, ACCEPTS_NO, needs_all_cards);
    else if (row->changes && !by->is_list_here)
        say(row, ACCEPTS_UNTOLD, "its own list is not here");
    else if (row->changes)
        say_changes(row);
    else if (is_missing && j->fetches == FETCHES_KNOWN)
        say(row, ACCEPTS_UNTOLD, "it knows some cards in advance");
    else
        say(row, ACCEPTS_YES, is_missing ? "it fetches the missing card" : "");
}

/* Judges the certificates once, for this program and all later ones that ask alike. */
static void fill_alike(const struct reading *r, size_t from, struct judge_row *rows, size_t n)
{
    struct judgement by = {.judge = rows[from].judge};
    by.is_list_here = take_list(r, by.judge, &by.trusted);
    ask(r, by.judge, &by.trusted, &by.question);
    chain_judge(&by.question, &by.answer);
    for (size_t i = from; i < n; i++)
        if (rows[i].accepts == ACCEPTS_COUNT && asks_alike(rows[i].judge, by.judge))
            say_row(r, &by, &rows[i]);
}

size_t programs_compare(const struct reading *r, struct judge_row rows[JUDGES_MAX])
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

const struct judge *programs_strict(const struct reading *r, const char **why)
{
    for (size_t i = 0; judge_at(i) && r->chain_then.judged; i++) {
        const struct judge *j = judge_at(i);
        *why = j->is_old ? NULL : strict_fault(j, r, &r->question, &r->chain_then);
        if (*why)
            return j;
    }
    return NULL;
}
