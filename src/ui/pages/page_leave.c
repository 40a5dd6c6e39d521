/*
 * page_leave.c - asked before a case is left that was not saved. To keep going comes first. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "whytls/message.h"

enum { STAY, SAVE_FIRST, LEAVE, CHOICE_COUNT };

static const char *const choices[CHOICE_COUNT] = {
    [STAY] = N_("Keep going"),
    [SAVE_FIRST] = N_("Save the case, then leave"),
    [LEAVE] = N_("Leave without saving"),
};

static int count_items(const struct model *m)
{
    (void)m;
    return CHOICE_COUNT;
}

static void draw(const struct model *m, const struct canvas *c)
{
    canvas_put(c, 1, 0, ROLE_DIALOG, message("LEAVE?"));
    canvas_wrap(c, 2, 2, c->width - 3, 2, ROLE_TEXT,
                message("This case is not saved.  What we know of it will be gone."));
    for (int i = 0; i < CHOICE_COUNT; i++) {
        bool is_here = page_focus(m) == i;
        enum role role = list_point(m, c, LIST_POINTER_X, 4 + i, is_here);
        canvas_putf(c, 4, 4 + i, role, "%d  %s", i + 1, message(choices[i]));
    }
}

static struct action choose(int i)
{
    switch (i) {
    case SAVE_FIRST:
        return action_of(ACTION_SAVE_AND_QUIT, 0);
    case LEAVE:
        return (struct action){.kind = ACTION_QUIT, .choice = 1};
    default:
        return action_of(ACTION_BACK, 0);
    }
}

static struct action key(const struct model *m, unsigned k)
{
    if (k == UI_KEY_ENTER)
        return choose(page_focus(m));
    if (k >= '1' && k < '1' + CHOICE_COUNT)
        return choose((int)(k - '1'));
    if (k == 'q' || k == 'Q' || k == UI_KEY_F0 + 10)
        return choose(LEAVE);
    return action_of(ACTION_NONE, 0);
}

static void item(const struct model *m, int i, char *out, size_t out_size)
{
    (void)m;
    snprintf(out, out_size, "%s", message(choices[i]));
}

static void list(const struct model *m, struct buf *out)
{
    (void)m;
    buf_printf(out, "%s\n", message("This case is not saved.  What we know of it will be gone."));
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    (void)m;
    snprintf(out, out_size, "%s", message("Press q once more to leave without saving."));
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    static const char *const words[CHOICE_COUNT] = {N_("keep going"), N_("save, then leave"),
                                                    N_("leave without saving")};
    snprintf(out, out_size, "%s", message(words[page_focus(m)]));
}

const struct page_ops page_leave = {
    .name = "leave",
    .title = N_("Leave?"),
    .help = N_("A case that is not saved is gone when you leave. Save it to open it again later."),
    .is_menu = true,
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .item = item,
    .items = count_items,
};
