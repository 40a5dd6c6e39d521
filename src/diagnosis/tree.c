/*
 * tree.c - the tree's rows from tree.def, the causes of all checks in tree order, and the words
 * that belong to steps, people and results. Constant tables only.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "context.h"
#include "whytls/text.h"

#define ROW(name, parent, result) extern const struct check check_##name;
#include "whytls/tree.def"
#undef ROW

enum {
    ROW_ROOT = -1,
#define ROW(name, parent, result) ROW_##name,
#include "whytls/tree.def"
#undef ROW
    ROW_COUNT
};

_Static_assert((int)ROW_COUNT <= (int)WALK_MAX_CHECKS, "a finding for every row");

static const struct tree_row rows[] = {
#define ROW(name, parent_name, result)                                                             \
    {.check = &check_##name, .parent = ROW_##parent_name, .on = RESULT_##result},
#include "whytls/tree.def"
#undef ROW
};

size_t tree_size(void)
{
    return ROW_COUNT;
}

const struct tree_row *tree_row(size_t i)
{
    return i < ROW_COUNT ? &rows[i] : NULL;
}

const struct cause *cause_at(size_t i)
{
    for (size_t row = 0; row < ROW_COUNT; row++) {
        const struct check *check = rows[row].check;
        if (i < check->n_causes)
            return &check->causes[i];
        i -= check->n_causes;
    }
    return NULL;
}

static bool cause_is(const struct cause *c, const char *slug_or_code)
{
    return strcmp(c->slug, slug_or_code) == 0 || text_equal_nocase(c->code, slug_or_code);
}

const struct cause *cause_find(const char *slug_or_code)
{
    const struct cause *c;
    for (int i = 0; i < CONCLUSION_COUNT; i++)
        if ((c = conclusion_cause((enum conclusion)i)) && cause_is(c, slug_or_code))
            return c;
    for (size_t i = 0; (c = cause_at(i)); i++)
        if (cause_is(c, slug_or_code))
            return c;
    return NULL;
}

static const struct {
    const char *name, *question;
} steps[] = {
#define X(ident, number, name, question) [STEP_##ident] = {name, question},
    STEP_LIST(X)
#undef X
};

const char *step_name(enum step s)
{
    return s > STEP_NONE && s < STEP_COUNT ? steps[s].name : "";
}

const char *step_question(enum step s)
{
    return s > STEP_NONE && s < STEP_COUNT ? steps[s].question : "";
}

static const struct {
    const char *id, *words;
} people[] = {
#define X(ident, id, words) [WHO_##ident] = {id, words},
    WHO_LIST(X)
#undef X
};

const char *who_id(enum who w)
{
    return people[w].id;
}

const char *who_words(enum who w)
{
    return people[w].words;
}

const char *certainty_id(enum certainty c)
{
    static const char *const ids[] = {[CERTAINTY_PROVEN] = "proven",
                                      [CERTAINTY_LIKELY] = "likely",
                                      [CERTAINTY_UNKNOWN] = "unknown"};
    return ids[c];
}

const char *result_id(enum result r)
{
    static const char *const ids[] = {
        [RESULT_WAITING] = "waiting",       [RESULT_FINE] = "fine",
        [RESULT_CAUSE] = "cause",           [RESULT_UNKNOWN] = "untold",
        [RESULT_NOT_NEEDED] = "not-needed",
    };
    return ids[r];
}
