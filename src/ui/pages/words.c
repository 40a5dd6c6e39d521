/*
 * words.c - what several pages say alike. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "pages.h"
#include "whytls/message.h"
#include "whytls/walk.h"

void page_say_so_far(const struct model *m, char *out, size_t out_size)
{
    const struct diagnosed *list = NULL;
    const struct walk *w = m->walk;
    bool is_asking = w->conclusion == CONCLUSION_ASKING;
    struct advice advice;
    if (is_asking && w->n_causes == 0)
        snprintf(out, out_size, message("So far:  nothing wrong yet.  Asking the site, %u s."),
                 m->elapsed_ms / 1000);
    else if (walk_verdict(w, &list) == 0 && w->n_causes == 0)
        snprintf(out, out_size, "%s", message("So far:  we cannot tell yet."));
    else {
        advice_make(w, w->n_causes > 0 ? &w->causes[0] : &list[0], m->redaction, &advice);
        snprintf(out, out_size, is_asking ? message("So far:   %s") : message("Found:   %s"),
                 advice.title);
    }
}

const char *page_step_branch(enum step s)
{
    static const char *const words[STEP_COUNT] = {
        [STEP_NONE] = "",
        /* TRANSLATORS: what else a step can find, behind "otherwise .. ": 40 columns at most. */
        [STEP_REACH] = N_("the name, the network or the port"),
        [STEP_CLOCK] = N_("behind, ahead, or a wrong time zone"),
        [STEP_OTHERS] = N_("only some programs or servers fail"),
        [STEP_PROTOCOL] = N_("one side's TLS version is too old"),
        [STEP_CIPHER] = N_("no common cipher, group or signature"),
        [STEP_CERTIFICATES] = N_("expired, not trusted, incomplete chain"),
        [STEP_NAME] = N_("the certificate is for another name"),
        [STEP_BETWEEN] = N_("TLS inspection, proxy, sign-in page"),
        [STEP_EDGE] = N_("the CDN cannot reach the origin server"),
    };
    return s > STEP_NONE && s < STEP_COUNT ? message(words[s]) : "";
}

void page_preview_advice(const struct cause *cause, struct advice *a)
{
    static const struct walk no_walk;
    const struct diagnosed n = {.cause = cause, .certainty = CERTAINTY_UNKNOWN, .path_place = -1};
    advice_make(&no_walk, &n, NULL, a);
    a->n_why = 0;
}

/* Minutes since midnight. */
static int minutes_of(int64_t when)
{
    enum { DAY_S = 86400 };
    return (int)((when % DAY_S + DAY_S) % DAY_S / 60);
}

void page_say_time(int64_t when, int east_s, char *out, size_t out_size)
{
    char date[64];
    int here = minutes_of(when + east_s), utc = minutes_of(when);
    if (east_s == 0) {
        advice_date(when, true, out, out_size);
        return;
    }
    advice_date(when + east_s, false, date, sizeof(date));
    /* TRANSLATORS: the date and the time here, and in brackets the same time in UTC. */
    snprintf(out, out_size, message("%s, %02d:%02d (%02d:%02d UTC)"), date, here / 60, here % 60,
             utc / 60, utc % 60);
}

void page_check_id(size_t row, char *out, size_t out_size)
{
    enum step step = tree_row(row)->check->step;
    int letter = 'a';
    for (size_t i = 0; i < row; i++)
        if (tree_row(i)->check->step == step)
            letter++;
    snprintf(out, out_size, "%d%c", (int)step, letter <= 'z' ? letter : '+');
}
