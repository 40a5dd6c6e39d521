/*
 * page_too_small.c - what to do where the window is smaller than 80 x 16: never a locked gate. It
 * asks for 80 x 24, where every part has its room. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "pages.h"
#include "whytls/message.h"

enum { SMALLEST_WIDTH = 24, SMALLEST_HEIGHT = 4 };

static void draw(const struct model *m, const struct canvas *c)
{
    if (m->width < SMALLEST_WIDTH || m->height < SMALLEST_HEIGHT)
        return; /* nothing that could be read: wait */
    bool is_flat = m->height == SMALLEST_HEIGHT;
    int y = 0;
    /* TRANSLATORS: in a window that may have 24 columns only. */
    canvas_putf(c, 1, y++, ROLE_TEXT, message("This window is %d x %d."), m->width, m->height);
    canvas_putf(c, 1, y++, ROLE_TEXT, message("whytls needs %d x %d."), MODEL_MIN_WIDTH,
                MODEL_MIN_HEIGHT);
    if (!is_flat)
        canvas_put(c, 1, y++, ROLE_TEXT, message("Make it bigger, or press"));
    int x = is_flat ? 1 : 3;
    canvas_put(c, x, y, ROLE_KEY, "l");
    int width = canvas_put(c, x + 3, y, ROLE_TEXT,
                           is_flat ? message("list") : message("to go on as a list"));
    canvas_cursor(c, x, y);
    x = is_flat ? x + 3 + width + 4 : 3;
    y += !is_flat;
    canvas_put(c, x, y, ROLE_KEY, "q");
    canvas_put(c, x + 3, y, ROLE_TEXT, is_flat ? message("quit") : message("to quit"));
}

static struct action key(const struct model *m, unsigned k)
{
    (void)m;
    if (k == 'l' || k == 'L')
        return action_of(ACTION_AS_LIST, 0);
    if (k == 'q' || k == 'Q' || k == UI_KEY_F0 + 10)
        return action_of(ACTION_QUIT, 0);
    return action_of(ACTION_NONE, 0);
}

const struct page_ops page_too_small = {
    .name = "too-small",
    .title = N_("The window is too small"),
    .help = "",
    .is_bare = true,
    .draw = draw,
    .key = key,
};
