/*
 * header.c - the first row, and the strip of steps. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "widgets.h"
#include "build_info.h"
#include "whytls/message.h"

enum { HEADER_STATE_WIDTH = 18, HEADER_CASE_WIDTH = 14 };

/* Returns the column where it begins. */
static int put_state(const struct model *m, const struct canvas *c)
{
    char state[64];
    enum role role = ROLE_TEXT;
    unsigned tenths = m->elapsed_ms / 100;
    if (m->at.page == PAGE_PREVIEW)
        /* TRANSLATORS: in the first row at the right: what is shown; 17 columns at most. So are
         * the next. */
        snprintf(state, sizeof(state), "%s", message("PREVIEW"));
    else if (m->redaction || m->evidence->redacted) {
        snprintf(state, sizeof(state), "%s", message("NAMES HIDDEN"));
        role = ROLE_REDACTED;
    } else if (!m->is_live)
        snprintf(state, sizeof(state), "%s", message("SAVED"));
    else
        snprintf(state, sizeof(state), "%s %3u.%u s",
                 m->evidence->target.is_practice ? message("PRACTICE") : message("LIVE"),
                 tenths / 10, tenths % 10);
    return canvas_put_right(c, 0, 1, role, state);
}

enum { QUESTION_X = 25 };

static void draw_new_case(const struct canvas *c)
{
    /* TRANSLATORS: 50 columns at most are seen whole. */
    const char *question = message("Why did the secure connection fail?");
    int least = 1 + canvas_put(c, 1, 0, ROLE_TITLE, "whytls " WHYTLS_VERSION) + 2;
    int end = canvas_put_right(c, 0, 1, ROLE_MUTED, message("NEW CASE")) - 1;
    int x = end - canvas_columns(c, question);
    x = x > QUESTION_X ? QUESTION_X : x < least ? least : x;
    canvas_put_within(c, x, 0, end - x, ROLE_TEXT, question);
}

void header_draw(const struct model *m, const struct canvas *c)
{
    if (!m->evidence || m->at.page == PAGE_WELCOME || m->at.page == PAGE_LAB ||
        m->at.page == PAGE_CASES) {
        draw_new_case(c);
        return;
    }
    char site[SETTINGS_NAME_SIZE + 16], code[64];
    const struct target *t = &m->evidence->target;
    bool is_ipv6 = strchr(t->host, ':') != NULL;
    snprintf(site, sizeof(site), is_ipv6 ? "[%s]:%u" : "%s:%u", t->host, t->port);
    int case_x = c->width / 2;
    if (case_x > c->width - HEADER_STATE_WIDTH - HEADER_CASE_WIDTH)
        case_x = c->width - HEADER_STATE_WIDTH - HEADER_CASE_WIDTH;
    snprintf(code, sizeof(code), message("CASE %s"), m->evidence->case_code);
    int before = put_state(m, c) - 1 - canvas_columns(c, code);
    case_x = before < case_x ? before : case_x;
    canvas_put_within(c, 1, 0, case_x - 3, ROLE_TITLE, site);
    canvas_put(c, case_x, 0, ROLE_TEXT, code);
}

static const char *strip_word(enum mark mark)
{
    switch (mark) {
    case MARK_OK:
        return "ok"; /* a sign, as the others are */
    case MARK_FAIL:
        return "!!";
    case MARK_WARN:
        return "! ";
    case MARK_UNKNOWN:
        return "??";
    case MARK_SKIP:
        return "--";
    default:
        return "..";
    }
}

int step_number_draw(const struct model *m, const struct canvas *c, int y, int from)
{
    char place[48];
    int step = (int)m->at.step, last = STEP_COUNT - 1;
    /* TRANSLATORS: 15 columns at most; else the numbers stand alone. */
    snprintf(place, sizeof(place), message("STEP  %d / %d"), step, last);
    if (from + canvas_columns(c, place) >= c->width) /* the numbers say it, too */
        snprintf(place, sizeof(place), "%d / %d", step, last);
    return canvas_put_right(c, y, 1, ROLE_TITLE, place);
}

void strip_draw(const struct model *m, const struct canvas *c, int y)
{
    int x = 1;
    for (enum step s = STEP_REACH; s < STEP_COUNT; s++) {
        enum mark mark = mark_of_step(m, s);
        bool is_here = s == m->at.step;
        enum role role = is_here ? ROLE_FOCUS : mark == MARK_FAIL ? ROLE_FAIL : ROLE_MUTED;
        x += canvas_putf(c, x, y, role, "[%d %s]", (int)s, is_here ? ">>" : strip_word(mark));
        x += canvas_put(c, x, y, ROLE_TEXT, " ");
    }
    step_number_draw(m, c, y, x);
}
