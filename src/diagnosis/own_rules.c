/*
 * own_rules.c - the dated rules of other programs, held against the chain of a case. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "context.h"

size_t reading_rules(const struct reading *r, struct rule_hit hits[RULE_MAX_HITS])
{
    struct chain_question q = r->question;
    if (!r->shown || !r->chain_then.judged)
        return 0;
    q.now = r->true_time;
    return rules_biting(&q, &r->chain_then, hits);
}
