/*
 * values_time.c - what the keys stand for that are times: the clock, and the dates of certificates.
 * See scene.h.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene.h"

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
    [CLOCK_PLAIN] = {.reason = "A certificate has a first and a last day, so the clock must "
                               "be right."},
    [CLOCK_ZONE] = {.reason = "It is off by whole hours or quarters, so the time zone may be "
                              "wrong.",
                    .harm = "Other sites may fail because of it, and the time zone may be wrong."},
    [CLOCK_BATTERY] = {.reason = "A clock starts at such a date when its small battery is empty.",
                       .hint = "Have the clock's battery replaced, if it forgets the time again.",
                       .harm = "Other sites may fail because of it, and its battery may be empty."},
};

static void put_known(char *out, const char *text)
{
    scene_put(out, text ? text : "");
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
    snprintf(out, VALUE_SIZE, "%s%s", span[0] && r->true_time_is_least ? "at least " : "", span);
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
    snprintf(out, VALUE_SIZE, "%s%s", date, r->true_time_is_least ? " or later" : "");
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
static void put_distance(const struct scene *s, int64_t when, char *out, size_t out_size)
{
    enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400, YEAR_S = 31556952 };
    static const struct {
        int64_t at_least, seconds;
        const char *name;
    } units[] = {{2LL * YEAR_S, YEAR_S, "year"},
                 {2LL * DAY_S, DAY_S, "day"},
                 {HOUR_S, HOUR_S, "hour"},
                 {0, MINUTE_S, "minute"}};
    const struct analysis *r = &s->w->analysis;
    bool is_past = when <= r->true_time;
    int64_t far = is_past ? r->true_time - when : when - r->true_time;
    size_t i = 0;
    while (far < units[i].at_least)
        i++;
    long long n = (long long)(far / units[i].seconds);
    const char *least = r->true_time_is_least ? (is_past ? "at least " : "at most ") : "";
    snprintf(out, out_size, is_past ? "%s%lld %s%s ago" : "in %s%lld %s%s", least, n, units[i].name,
             n == 1 ? "" : "s");
}

static void put_when(const struct scene *s, int64_t when, char *out)
{
    char day[VALUE_SIZE] = "", distance[64];
    put_day(s, when, day);
    put_distance(s, when, distance, sizeof(distance));
    snprintf(out, VALUE_SIZE, "%.64s (%s)", day, distance);
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
    snprintf(part, sizeof(part), ".%03u", ms % 1000);
    for (size_t n = strlen(part); n > 0 && (part[n - 1] == '0' || part[n - 1] == '.'); n--)
        part[n - 1] = '\0';
    snprintf(out, VALUE_SIZE, "%u%s second%s", ms / 1000, part, ms == 1000 ? "" : "s");
}

/* The first questions, and how many more. */
void value_not_asked(const struct scene *s, char *out)
{
    enum { MOST = 3 };
    int n = 0;
    for (size_t i = 0; i < tree_size(); i++) {
        size_t used = strlen(out);
        if (s->w->findings[i].is_cut && n++ < MOST)
            snprintf(out + used, VALUE_SIZE - used, "%s\"%s\"", n > 1 ? ", " : "",
                     tree_row(i)->check->question);
    }
    size_t used = strlen(out);
    if (n > MOST)
        snprintf(out + used, VALUE_SIZE - used, ", and %d more", n - MOST);
}

void value_lists_without(const struct scene *s, char *out)
{
    keys_lists_without(&s->w->analysis, out, VALUE_SIZE);
}
