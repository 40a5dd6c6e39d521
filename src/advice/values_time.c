/*
 * values_time.c - what the keys stand for that are times: the clock, and the dates of certificates.
 * See scene.h.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lists.h"
#include "scene.h"
#include "whytls/message.h"
#include "whytls/text.h"

enum { NEAR_S = 2 * 86400 };

/* The day; and the hour too where it is so near that the day alone says little. */
static void put_day(const struct scene *s, int64_t when, char *out)
{
    bool is_near = llabs((long long)(when - s->w->analysis.true_time)) < NEAR_S;
    advice_date(when, is_near, out, VALUE_SIZE);
}

/* One row for each enum clock_fault; NULL: the words that stand where there is no value. */
static const struct {
    const char *reason, *hint, *harm;
} faults[] = {
    [CLOCK_PLAIN] = {.reason = N_("A certificate has a first and a last day, so the clock must "
                                  "be right.")},
    [CLOCK_ZONE] = {.reason = N_("It is off by whole hours or quarters, so the time zone may be "
                                 "wrong."),
                    .harm =
                        N_("Other sites may fail because of it, and the time zone may be wrong.")},
    [CLOCK_BATTERY] =
        {.reason = N_("A clock starts at such a date when its small battery is empty."),
         .hint = N_("Have the clock's battery replaced, if it forgets the time again."),
         .harm = N_("Other sites may fail because of it, and its battery may be empty.")},
};

static void put_known(char *out, const char *text)
{
    scene_put(out, text ? message(text) : "");
}

void value_clock_reason(const struct scene *s, char *out)
{
    put_known(out, faults[s->w->analysis.clock_fault].reason);
}

void value_clock_hint(const struct scene *s, char *out)
{
    put_known(out, faults[s->w->analysis.clock_fault].hint);
}

void value_clock_harm(const struct scene *s, char *out)
{
    put_known(out, faults[s->w->analysis.clock_fault].harm);
}

void value_clock_off(const struct scene *s, char *out)
{
    char span[64];
    const struct analysis *r = &s->w->analysis;
    advice_span(analysis_clock_off(r), span, sizeof(span));
    if (span[0] && r->true_time_is_least)
        text_printf(out, VALUE_SIZE, message("at least %s"), span);
    else
        scene_put(out, span);
}

void value_clock(const struct scene *s, char *out)
{
    advice_date(s->w->analysis.clock, true, out, VALUE_SIZE);
}

void value_true_time(const struct scene *s, char *out)
{
    char date[64];
    const struct analysis *r = &s->w->analysis;
    advice_date(r->true_time, true, date, sizeof(date));
    if (r->true_time_is_least)
        text_printf(out, VALUE_SIZE, message("%s or later"), date);
    else
        scene_put(out, date);
}

void value_expired_on(const struct scene *s, char *out)
{
    put_day(s, scene_certificate(s)->not_after, out);
}

void value_starts_on(const struct scene *s, char *out)
{
    put_day(s, scene_certificate(s)->not_before, out);
}

/* "26 days ago", "in 3 hours"; of the true time, so that a case says the same on any day. */
enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400, YEAR_S = 31556952 };
struct forms {
    const char *one, *many;
};
static const struct {
    int64_t at_least, seconds;
    struct forms past, past_least, future, future_least;
} units[] = {
    {2LL * YEAR_S,
     YEAR_S,
     {N_("%lld year ago"), N_("%lld years ago")},
     {N_("at least %lld year ago"), N_("at least %lld years ago")},
     {N_("in %lld year"), N_("in %lld years")},
     {N_("in at most %lld year"), N_("in at most %lld years")}},
    {2LL * DAY_S,
     DAY_S,
     {N_("%lld day ago"), N_("%lld days ago")},
     {N_("at least %lld day ago"), N_("at least %lld days ago")},
     {N_("in %lld day"), N_("in %lld days")},
     {N_("in at most %lld day"), N_("in at most %lld days")}},
    {HOUR_S,
     HOUR_S,
     {N_("%lld hour ago"), N_("%lld hours ago")},
     {N_("at least %lld hour ago"), N_("at least %lld hours ago")},
     {N_("in %lld hour"), N_("in %lld hours")},
     {N_("in at most %lld hour"), N_("in at most %lld hours")}},
    {0,
     MINUTE_S,
     {N_("%lld minute ago"), N_("%lld minutes ago")},
     {N_("at least %lld minute ago"), N_("at least %lld minutes ago")},
     {N_("in %lld minute"), N_("in %lld minutes")},
     {N_("in at most %lld minute"), N_("in at most %lld minutes")}},
};

static void put_distance(const struct scene *s, int64_t when, char *out, size_t out_size)
{
    const struct analysis *r = &s->w->analysis;
    bool is_past = when <= r->true_time, is_least = r->true_time_is_least;
    int64_t far = is_past ? r->true_time - when : when - r->true_time;
    size_t i = 0;
    while (far < units[i].at_least)
        i++;
    long long n = (long long)(far / units[i].seconds);
    const struct forms *forms = is_past    ? is_least ? &units[i].past_least : &units[i].past
                                : is_least ? &units[i].future_least
                                           : &units[i].future;
    text_printf(out, out_size, message_plural(forms->one, forms->many, (unsigned long)n), n);
}

static void put_when(const struct scene *s, int64_t when, char *out)
{
    char day[VALUE_SIZE] = "", distance[96];
    put_day(s, when, day);
    put_distance(s, when, distance, sizeof(distance));
    /* TRANSLATORS: a date, and how far it is from now: "3 November 2026 (26 days ago)" */
    text_printf(out, VALUE_SIZE, message("%s (%s)"), day, distance);
}

/* "3 November 2026 (26 days ago)" */
void value_expired_when(const struct scene *s, char *out)
{
    put_when(s, scene_certificate(s)->not_after, out);
}

void value_starts_when(const struct scene *s, char *out)
{
    put_when(s, scene_certificate(s)->not_before, out);
}

void value_revoked_on(const struct scene *s, char *out)
{
    advice_date(scene_standing(s)->revoked_at, false, out, VALUE_SIZE);
}

void value_signed_on(const struct scene *s, char *out)
{
    advice_date(scene_standing(s)->signed_at, true, out, VALUE_SIZE);
}

/* "2.5 seconds" */
void value_max_time(const struct scene *s, char *out)
{
    unsigned ms = (unsigned)s->ev->time_up_ms;
    char part[8];
    if (ms == 0)
        return;
    snprintf(part, sizeof(part), "%03u", ms % 1000);
    for (size_t n = strlen(part); n > 0 && part[n - 1] == '0'; n--)
        part[n - 1] = '\0';
    if (part[0])
        /* TRANSLATORS: whole seconds, then what stands behind the decimal sign */
        text_printf(out, VALUE_SIZE, message("%u.%s seconds"), ms / 1000, part);
    else
        text_printf(out, VALUE_SIZE, message_plural("%u second", "%u seconds", ms / 1000),
                    ms / 1000);
}

/* The first questions, and how many more. */
void value_not_asked(const struct scene *s, char *out)
{
    enum { MOST = 3 };
    int n = 0;
    char question[VALUE_SIZE], all[VALUE_SIZE];
    for (size_t i = 0; i < tree_size(); i++) {
        if (!s->w->findings[i].is_cut || n++ >= MOST)
            continue;
        scene_quote(question, message(tree_row(i)->check->question));
        list_add(out, VALUE_SIZE, N_("%s, %s"), question);
    }
    if (n <= MOST)
        return;
    scene_put(all, out);
    text_printf(out, VALUE_SIZE,
                message_plural("%s, and %d more", "%s, and %d more", (unsigned long)(n - MOST)),
                all, n - MOST);
}

void value_lists_without(const struct scene *s, char *out)
{
    keys_lists_without(&s->w->analysis, out, VALUE_SIZE);
}
