/*
 * http_date.c - the three forms of an HTTP date (RFC 9110 5.6.7), in no locale. Pure.
 * Fuzzed by fuzz_http.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "http.h"
#include "whytls/ascii.h"
#include "whytls/reader.h"

enum { AGE_MAX_S = 10 * 366 * 86400 }; /* no cache keeps anything longer */

struct civil {
    int year, month, day, hour, minute, second;
};

/* Takes one character apart from a set; spaces and dashes separate fields in all three forms. */
static void skip(struct reader *r, const char *set)
{
    while (r->left && strchr(set, r->at[0]) && r->at[0])
        reader_u8(r);
}

static int take_number(struct reader *r, size_t least, size_t most)
{
    int value = 0;
    size_t digits = 0;
    while (r->left && digits < most && ascii_isdigit((char)r->at[0])) {
        value = value * 10 + (reader_u8(r) - '0');
        digits++;
    }
    if (digits < least)
        r->bad = true;
    return value;
}

static int take_month(struct reader *r)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const uint8_t *name = reader_bytes(r, 3);
    for (int i = 0; name && i < 12; i++)
        if (memcmp(name, names + i * 3, 3) == 0)
            return i + 1;
    r->bad = true;
    return 0;
}

static void take_clock(struct reader *r, struct civil *c)
{
    c->hour = take_number(r, 2, 2);
    if (reader_u8(r) != ':')
        r->bad = true;
    c->minute = take_number(r, 2, 2);
    if (reader_u8(r) != ':')
        r->bad = true;
    c->second = take_number(r, 2, 2);
}

/* Days since 1970-01-01 of a date in the Gregorian calendar, by counting 400-year eras. */
static int64_t days_of(const struct civil *c)
{
    int64_t y = c->year - (c->month <= 2);
    int64_t era = y / 400, yoe = y - era * 400;
    int64_t doy = (153 * (c->month + (c->month > 2 ? -3 : 9)) + 2) / 5 + c->day - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static bool is_sane(const struct civil *c)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (c->year % 4 == 0 && c->year % 100 != 0) || c->year % 400 == 0;
    if (c->year < 1970 || c->month < 1 || c->day < 1 || c->hour > 23 || c->minute > 59)
        return false;
    return c->second <= 60 && c->day <= days[c->month - 1] + (leap && c->month == 2);
}

/* After the day's name: "Nov  6 08:49:37 1994". */
static void take_asctime(struct reader *r, struct civil *c)
{
    c->month = take_month(r);
    skip(r, " ");
    c->day = take_number(r, 1, 2);
    skip(r, " ");
    take_clock(r, c);
    skip(r, " ");
    c->year = take_number(r, 4, 4);
}

/* "06 Nov 1994 08:49:37 GMT", or of old "06-Nov-94 08:49:37 GMT". False: it is no GMT. */
static bool take_fixdate(struct reader *r, struct civil *c)
{
    c->day = take_number(r, 1, 2);
    skip(r, " -");
    c->month = take_month(r);
    skip(r, " -");
    size_t before = r->left;
    c->year = take_number(r, 2, 4);
    if (before - r->left == 2) /* no clock here to compare with: 70 is as far as Unix goes back */
        c->year += c->year < 70 ? 2000 : 1900;
    skip(r, " ");
    take_clock(r, c);
    skip(r, " ");
    const uint8_t *zone = reader_bytes(r, 3);
    return zone && memcmp(zone, "GMT", 3) == 0;
}

int64_t http_date_parse(const char *s, size_t n)
{
    struct reader r = reader_of(s, n);
    struct civil c = {0};
    bool is_good = true;
    while (r.left && ascii_isalpha((char)r.at[0]))
        reader_u8(&r); /* the day's name tells nothing new */
    bool is_asctime = r.left && r.at[0] == ' ';
    skip(&r, ", ");
    if (is_asctime)
        take_asctime(&r, &c);
    else
        is_good = take_fixdate(&r, &c);
    if (!is_good || r.bad || !is_sane(&c))
        return 0;
    return days_of(&c) * 86400 + c.hour * 3600 + c.minute * 60 + c.second;
}

int64_t http_age_parse(const char *s, size_t n)
{
    int64_t age = 0;
    for (size_t i = 0; i < n; i++) {
        if (!ascii_isdigit(s[i]) || age > AGE_MAX_S)
            return 0;
        age = age * 10 + (s[i] - '0');
    }
    return age <= AGE_MAX_S ? age : 0;
}
