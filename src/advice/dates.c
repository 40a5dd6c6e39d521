/*
 * dates.c - Unix seconds as a date that a person reads. Its own arithmetic, so that neither a time
 * zone nor a locale of this machine can change a verdict. Uses base only.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/text.h"

enum { DAY_S = 86400 };

static const char *const months[] = {
    N_("January"), N_("February"), N_("March"),     N_("April"),   N_("May"),      N_("June"),
    N_("July"),    N_("August"),   N_("September"), N_("October"), N_("November"), N_("December")};

/* Days since 1970-01-01 to a date of the Gregorian calendar, by eras of 400 years. */
static void civil_from_days(int64_t days, int64_t *year, int *month, int *day)
{
    days += 719468; /* to 0000-03-01 */
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * of_year + 2) / 153; /* March is 0 */
    *day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

void advice_date_iso(int64_t unix_seconds, char *out, size_t out_size)
{
    int64_t days = unix_seconds / DAY_S - (unix_seconds % DAY_S < 0);
    int seconds = (int)(unix_seconds - days * DAY_S);
    int64_t year;
    int month, day;
    civil_from_days(days, &year, &month, &day);
    snprintf(out, out_size, "%04lld-%02d-%02dT%02d:%02d:%02dZ", (long long)year, month, day,
             seconds / 3600, seconds / 60 % 60, seconds % 60);
}

void advice_date(int64_t unix_seconds, bool with_time, char *out, size_t out_size)
{
    int64_t days = unix_seconds / DAY_S - (unix_seconds % DAY_S < 0);
    int64_t seconds = unix_seconds - days * DAY_S;
    int64_t year;
    int month, day;
    civil_from_days(days, &year, &month, &day);
    const char *name = message(months[month - 1]);
    if (with_time)
        /* TRANSLATORS: day, month, year, hour, minute */
        text_printf(out, out_size, message("%d %s %lld, %02d:%02d UTC"), day, name, (long long)year,
                    (int)(seconds / 3600), (int)(seconds / 60 % 60));
    else
        /* TRANSLATORS: day, month, year */
        text_printf(out, out_size, message("%d %s %lld"), day, name, (long long)year);
}

/* Two of a unit at least, so that no unit stands in the singular. */
void advice_span(int64_t seconds, char *out, size_t out_size)
{
    static const struct {
        int64_t seconds;
        const char *words;
    } units[] = {{365 * (int64_t)DAY_S, N_("%lld years")},
                 {DAY_S, N_("%lld days")},
                 {60 * 60, N_("%lld hours")},
                 {60, N_("%lld minutes")}};
    out[0] = '\0';
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (seconds >= 2 * units[i].seconds) {
            int64_t n = (seconds + units[i].seconds / 2) / units[i].seconds;
            text_printf(out, out_size, message(units[i].words), (long long)n);
            return;
        }
}
