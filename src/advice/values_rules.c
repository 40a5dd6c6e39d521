/*
 * values_rules.c - the dated rules that a chain violates, as words: who refuses it, and by what
 * rule.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "lists.h"
#include "scene.h"
#include "whytls/message.h"
#include "whytls/text.h"
#include "whytls/programs.h"
#include "whytls/advice.h"

/* What is violated of one kind, put together. */
struct violation {
    unsigned root_programs; /* all whose rules it violates */
    int64_t latest;     /* the latest of the dates: it holds for all of them; 0: there is none */
    uint16_t fewest;    /* LIFETIME: days */
    unsigned strictest; /* those who keep to so few */
};

static void add_rule(struct violation *all, const struct dated_rule *rule, unsigned root_programs)
{
    all->root_programs |= root_programs;
    all->latest = rule->date > all->latest ? rule->date : all->latest;
    if (!all->fewest || rule->days < all->fewest) {
        all->fewest = rule->days;
        all->strictest = 0;
    }
    all->strictest |= rule->days == all->fewest ? root_programs : 0;
}

static struct violation violation_of(const struct scene *s, enum dated_kind kind)
{
    const struct analysis *r = &s->w->analysis;
    struct violation all = {.root_programs = 0};
    for (size_t i = 0; i < r->n_hits; i++)
        if (r->question.rules[r->hits[i].rule].kind == kind)
            add_rule(&all, &r->question.rules[r->hits[i].rule], r->hits[i].root_programs);
    return all;
}

/* The kind that this cause is about: by its slug, for both have the same keys. */
static enum dated_kind kind_of(const struct scene *s)
{
    return strncmp(s->n->cause->slug, "chain.distrusted", strlen("chain.distrusted")) == 0
               ? DATED_DISTRUST
               : DATED_LIFETIME;
}

/* "Chrome, Edge and Firefox". */
static void list_root_programs(unsigned root_programs, char *out, size_t out_size)
{
    int left = __builtin_popcount(root_programs);
    out[0] = '\0';
    for (int k = 0; k < ROOT_PROGRAM_COUNT; k++) {
        if (!(root_programs >> k & 1))
            continue;
        left--;
        list_add(out, out_size, left > 0 ? N_("%s, %s") : N_("%s and %s"),
                 message(root_program_words((enum root_program)k)));
    }
}

/* One program does, several do. "Java programs" are several. */
static unsigned long number_of(unsigned root_programs)
{
    bool is_one = (root_programs & (root_programs - 1)) == 0;
    return is_one && root_programs != ROOT_PROGRAM_BIT(JAVA) ? 1 : 2;
}

void value_refusers(const struct scene *s, char *out)
{
    list_root_programs(violation_of(s, kind_of(s)).root_programs, out, VALUE_SIZE);
}

void value_distrust_rule(const struct scene *s, char *out)
{
    const struct violation b = violation_of(s, DATED_DISTRUST);
    char who[VALUE_SIZE / 2] = "", day[64];
    if (!b.root_programs)
        return;
    list_root_programs(b.root_programs, who, sizeof(who));
    unsigned long n = number_of(b.root_programs);
    if (!b.latest) {
        text_printf(out, VALUE_SIZE,
                    message_plural("%s refuses all certificates that it issued",
                                   "%s refuse all certificates that it issued", n),
                    who);
        return;
    }
    advice_date(b.latest - 1, false, day, sizeof(day)); /* the last day that was good */
    text_printf(out, VALUE_SIZE,
                message_plural("%s refuses certificates that it issued after %s",
                               "%s refuse certificates that it issued after %s", n),
                who, day);
}

void value_lifetime_rule(const struct scene *s, char *out)
{
    const struct violation b = violation_of(s, DATED_LIFETIME);
    char who[VALUE_SIZE / 2] = "";
    if (!b.root_programs)
        return;
    list_root_programs(b.strictest, who, sizeof(who));
    text_printf(out, VALUE_SIZE,
                message_plural("%s accepts %d days at most", "%s accept %d days at most",
                               number_of(b.strictest)),
                who, b.fewest);
}

void value_days_long(const struct scene *s, char *out)
{
    const struct cert_info *leaf = &s->w->analysis.leaf;
    int64_t seconds = leaf->not_after - leaf->not_before;
    if (seconds > 0)
        snprintf(out, VALUE_SIZE, "%lld", (long long)((seconds + 86399) / 86400));
}

void value_ocsp_ended(const struct scene *s, char *out)
{
    const struct analysis *r = &s->w->analysis;
    const struct dated_rule *rule = rules_about(&r->question, &r->chain_then, DATED_OCSP_ENDED);
    char day[64];
    if (!rule)
        return;
    advice_date(rule->date, false, day, sizeof(day));
    text_printf(out, VALUE_SIZE, message("But %s signs no OCSP responses since %s"),
                rule->authority, day);
}

/* The certificate that was sent beside the path and has expired. */
static bool describe_expired_cross_sign(const struct scene *s, struct cert_info *info)
{
    const struct analysis *r = &s->w->analysis;
    return r->chain_then.has_expired_cross_sign &&
           cert_describe(r->question.sent[r->chain_then.expired_cross_sign], info);
}

void value_cross_sign_name(const struct scene *s, char *out)
{
    struct cert_info info;
    if (describe_expired_cross_sign(s, &info) && info.subject[0])
        scene_quote(out, info.subject);
}

void value_cross_sign_expired_on(const struct scene *s, char *out)
{
    struct cert_info info;
    if (describe_expired_cross_sign(s, &info))
        advice_date(info.not_after, false, out, VALUE_SIZE);
}

/* ---- strict programs ---- */

void value_refusing_program(const struct scene *s, char *out)
{
    const char *why;
    const struct judge *j = programs_strict(&s->w->analysis, &why);
    if (j)
        scene_put(out, message(j->name));
}

void value_refusing_why(const struct scene *s, char *out)
{
    const char *why;
    if (programs_strict(&s->w->analysis, &why))
        scene_put(out, message(why));
}
