/*
 * header.c - the first row, and the strip of steps. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "widgets.h"
#include "build_info.h"

enum { HEADER_STATE_WIDTH = 18, HEADER_CASE_WIDTH = 14 };

static void put_state(const struct model *m, const struct canvas *c)
{
    char state[32];
    enum role role = ROLE_TEXT;
    unsigned tenths = m->elapsed_ms / 100;
    if (m->at.page == PAGE_PREVIEW)
        snprintf(state, sizeof(state), "PREVIEW");
    else if (m->redaction || m->evidence->redacted) {
        snprintf(state, sizeof(state), "NAMES HIDDEN");
        role = ROLE_REDACTED;
    } else if (!m->is_live)
        snprintf(state, sizeof(state), "SAVED");
    else
        snprintf(state, sizeof(state), "%s %3u.%u s",
                 m->evidence->target.is_practice ? "PRACTICE" : "LIVE", tenths / 10, tenths % 10);
    canvas_put_right(c, 0, 1, role, state);
}

void header_draw(const struct model *m, const struct canvas *c)
{
    if (!m->evidence || m->at.page == PAGE_WELCOME || m->at.page == PAGE_LAB ||
        m->at.page == PAGE_CASES) {
        canvas_put(c, 1, 0, ROLE_TITLE, "whytls " WHYTLS_VERSION);
        canvas_put(c, 25, 0, ROLE_TEXT, "Why did the secure connection fail?");
        canvas_put_right(c, 0, 1, ROLE_MUTED, "NEW CASE");
        return;
    }
    char site[SETTINGS_NAME_SIZE + 16];
    const struct target *t = &m->evidence->target;
    bool is_ipv6 = strchr(t->host, ':') != NULL;
    snprintf(site, sizeof(site), is_ipv6 ? "[%s]:%u" : "%s:%u", t->host, t->port);
    int case_x = c->width / 2;
    if (case_x > c->width - HEADER_STATE_WIDTH - HEADER_CASE_WIDTH)
        case_x = c->width - HEADER_STATE_WIDTH - HEADER_CASE_WIDTH;
    canvas_put_within(c, 1, 0, case_x - 3, ROLE_TITLE, site);
    canvas_putf(c, case_x, 0, ROLE_TEXT, "CASE %s", m->evidence->case_code);
    put_state(m, c);
}

static const char *strip_word(enum mark mark)
{
    switch (mark) {
    case MARK_OK:
        return "ok";
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

void step_number_draw(const struct model *m, const struct canvas *c, int y)
{
    char place[24];
    snprintf(place, sizeof(place), "STEP  %d / %d", (int)m->at.step, STEP_COUNT - 1);
    canvas_put_right(c, y, 1, ROLE_TITLE, place);
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
    step_number_draw(m, c, y);
}
