/*
 * marks.c - [ OK ], [FAIL] and the rest: what a check and a step have come to. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "widgets.h"
#include "whytls/message.h"
#include "whytls/walk.h"

static const struct {
    const char *text;
    enum role role;
    const char *words;
} marks[] = {
    /* TRANSLATORS: how a check went, where a page is read aloud; a full stop ends it. */
    [MARK_OK] = {"[ OK ]", ROLE_OK, N_("OK.")},
    [MARK_FAIL] = {"[FAIL]", ROLE_FAIL, N_("FAILED.")},
    [MARK_WARN] = {"[WARN]", ROLE_WARN, N_("WEAK.")},
    [MARK_INFO] = {"[INFO]", ROLE_INFO, N_("NOTE.")},
    [MARK_BUSY] = {"[ .. ]", ROLE_BUSY, N_("ASKING.")},
    [MARK_SKIP] = {"[SKIP]", ROLE_SKIP, N_("NOT NEEDED.")},
    [MARK_UNKNOWN] = {"[ ?? ]", ROLE_UNKNOWN, N_("NOT CLEAR.")},
    [MARK_EMPTY] = {"[    ]", ROLE_MUTED, N_("NOT YET.")},
};

const char *mark_text(enum mark mark)
{
    return marks[mark].text;
}

const char *mark_words(enum mark mark)
{
    return message(marks[mark].words);
}

enum role mark_role(enum mark mark)
{
    return marks[mark].role;
}

void mark_draw(const struct canvas *c, int x, int y, enum mark mark)
{
    canvas_put(c, x, y, marks[mark].role, marks[mark].text);
}

static bool is_asking(const struct model *m)
{
    return m->walk->conclusion == CONCLUSION_ASKING && !m->is_done;
}

static bool has_fault(const struct finding *f)
{
    for (size_t i = 0; i < f->n_causes; i++)
        if (f->causes[i].cause->blocks != BLOCKS_NOTHING)
            return true;
    return f->n_causes == 0;
}

enum mark mark_of_check(const struct model *m, size_t row)
{
    const struct finding *f = &m->walk->findings[row];
    switch (f->result) {
    case RESULT_FINE:
        return MARK_OK;
    case RESULT_CAUSE:
        return has_fault(f) ? MARK_FAIL : MARK_WARN;
    case RESULT_UNKNOWN:
        return MARK_UNKNOWN;
    case RESULT_WAITING: /* where all is over, nobody waits any more */
        return is_asking(m) ? MARK_BUSY : MARK_UNKNOWN;
    case RESULT_NOT_NEEDED:
        return is_asking(m) ? MARK_EMPTY : MARK_SKIP;
    }
    return MARK_EMPTY;
}

enum mark mark_of_step(const struct model *m, enum step s)
{
    static const enum mark worst_first[] = {MARK_FAIL, MARK_BUSY, MARK_WARN, MARK_UNKNOWN};
    bool seen[MARK_COUNT] = {false};
    for (size_t i = 0; m->walk && i < tree_size(); i++)
        if (tree_row(i)->check->step == s)
            seen[mark_of_check(m, i)] = true;
    for (size_t i = 0; i < sizeof(worst_first) / sizeof(worst_first[0]); i++)
        if (seen[worst_first[i]])
            return worst_first[i];
    if (seen[MARK_OK])
        return seen[MARK_EMPTY] ? MARK_BUSY : MARK_OK;
    return seen[MARK_EMPTY] || !m->walk ? MARK_EMPTY : MARK_SKIP;
}
