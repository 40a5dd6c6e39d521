/*
 * values_own.c - what the keys stand for that are about a certificate of the user's own: what the
 * site asks for, and what the user has. See scene.h.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "scene.h"
#include "whytls/message.h"
#include "whytls/text.h"

enum { NAMED_MOST = 2 };

/* "A", or "A" or "B", or "A", "B" or 5 more: a list of alternatives. */
void value_wanted_from(const struct scene *s, char *out)
{
    const struct certificate_request *request = analysis_request(&s->w->analysis);
    if (!request || request->n_authorities == 0)
        return;
    size_t n = request->n_authorities, all = request->n_all_authorities;
    if (all == 1)
        scene_quote(out, request->authorities[0].name);
    else if (n < NAMED_MOST)
        text_printf(
            out, VALUE_SIZE,
            message_plural("\"%s\" or %zu more", "\"%s\" or %zu more", (unsigned long)(all - 1)),
            request->authorities[0].name, all - 1);
    else if (all == NAMED_MOST)
        text_printf(out, VALUE_SIZE, message("\"%s\" or \"%s\""), request->authorities[0].name,
                    request->authorities[1].name);
    else
        text_printf(out, VALUE_SIZE,
                    message_plural("\"%s\", \"%s\" or %zu more", "\"%s\", \"%s\" or %zu more",
                                   (unsigned long)(all - NAMED_MOST)),
                    request->authorities[0].name, request->authorities[1].name, all - NAMED_MOST);
}

void value_wanted_line(const struct scene *s, char *out)
{
    char from[VALUE_SIZE - 48] = "";
    char all[VALUE_SIZE] = "";
    value_wanted_from(s, all);
    text_copy_cut(from, sizeof(from), all);
    if (from[0])
        text_printf(out, VALUE_SIZE, message("It asks for a client certificate from %s."), from);
}

/* ---- the user's own ---- */

/* The first certificate of the file; or the first one that is out of date, where one is. */
static bool describe(const struct scene *s, int place, struct cert_info *info)
{
    size_t i = place > 0 ? (size_t)place : 0;
    return i < s->ev->n_own && cert_describe(&s->ev->own[i].der, info);
}

void value_own_issuer(const struct scene *s, char *out)
{
    struct cert_info top;
    size_t n = s->ev->n_own;
    if (n == 0 || !cert_describe(&s->ev->own[n - 1].der, &top))
        return;
    if (n == 1 && top.is_self_issued)
        scene_put(out, message("nobody but itself"));
    else
        scene_quote(out, top.issuer);
}

/* It leads to the name as well as the name itself does. */
void value_own_serial(const struct scene *s, char *out)
{
    struct cert_info leaf;
    if (!redaction_empties_bytes(s->redaction) && describe(s, 0, &leaf))
        scene_put(out, leaf.serial);
}

void value_own_until(const struct scene *s, char *out)
{
    struct own_dates dates;
    struct cert_info info;
    analysis_own_dates(&s->w->analysis, &dates);
    if (describe(s, dates.late, &info))
        advice_date(info.not_after, false, out, VALUE_SIZE);
}

void value_own_from(const struct scene *s, char *out)
{
    struct own_dates dates;
    struct cert_info info;
    analysis_own_dates(&s->w->analysis, &dates);
    if (describe(s, dates.early, &info))
        advice_date(info.not_before, false, out, VALUE_SIZE);
}

/* The rule of the authority itself goes before that of all. */
void value_purpose_rule(const struct scene *s, char *out)
{
    const struct facts *f = &s->ev->facts;
    const struct dated_rule *found = NULL;
    char day[64];
    for (size_t i = 0; i < f->n_rules; i++)
        if (f->rules[i].kind == DATED_PURPOSE && (!found || f->rules[i].authority[0]))
            found = &f->rules[i];
    if (!found)
        return;
    advice_date(found->date, false, day, sizeof(day));
    if (found->authority[0])
        text_printf(out, VALUE_SIZE, message("%s leaves that purpose out since %s"),
                    found->authority, day);
    else
        text_printf(out, VALUE_SIZE,
                    message("Every public authority leaves that purpose out since %s"), day);
}

void value_own_key(const struct scene *s, char *out)
{
    struct cert_info leaf;
    if (describe(s, 0, &leaf))
        scene_put(out, leaf.key);
}
