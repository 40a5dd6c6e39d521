/*
 * model.c - turning pages, moving, saying: what an action does to the model. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "model.h"

#include <string.h>

#include "page.h"
#include "pages/step_parts.h"
#include "whytls/text.h"

const char *page_name(enum page p)
{
    static const char *const names[] = {
#define X(ident, name) [PAGE_##ident] = name,
        PAGE_LIST(X)
#undef X
    };
    return p < PAGE_COUNT ? names[p] : "";
}

void model_init(struct model *m, int width, int height, bool ascii)
{
    *m = (struct model){
        .width = width,
        .height = height,
        .glyphs = glyphs_get(ascii),
        .at = {.page = PAGE_WELCOME, .step = STEP_REACH},
        .shown_probe = -1,
        .asked = -1,
        .is_done = true,
    };
}

void model_say(struct model *m, bool is_error, const char *text)
{
    text_copy(m->message, sizeof(m->message), text ? text : "");
    m->message_is_error = is_error;
}

static void remember_place(struct model *m)
{
    if (m->n_history == MODEL_HISTORY) { /* the oldest is forgotten */
        memmove(m->history, m->history + 1, (MODEL_HISTORY - 1) * sizeof(m->history[0]));
        m->n_history--;
    }
    m->history[m->n_history++] = m->at;
}

void model_go(struct model *m, enum page page, enum step step)
{
    if (m->at.page == page && m->at.step == step)
        return;
    remember_place(m);
    m->at = (struct place){.page = page, .step = step, .tab = m->at.tab, .focus = MODEL_FOCUS_AUTO};
}

static void go_back(struct model *m)
{
    if (m->n_history > 0)
        m->at = m->history[--m->n_history];
    else
        model_say(m, false, "This is the first page. Press q to quit.");
}

static int clamp(int value, int low, int high)
{
    return value > high ? (high < low ? low : high) : value < low ? low : value;
}

static int item_count(const struct model *m)
{
    const struct page_ops *ops = page_ops(page_shown(m));
    return ops->items ? ops->items(m) : 0;
}

static void move_to(struct model *m, long place, bool is_focus)
{
    if (is_focus)
        m->at.focus = (int)(place < 0 ? 0 : place >= item_count(m) ? item_count(m) - 1 : place);
    else
        m->at.scroll = (int)(place < 0 ? 0 : place > 100000 ? 100000 : place);
    m->at.scroll = page_scroll(m);
}

static void move(struct model *m, struct action a)
{
    bool is_focus = item_count(m) > 0;
    long from = is_focus ? page_focus(m) : page_scroll(m);
    if (a.kind == ACTION_TOP)
        move_to(m, 0, is_focus);
    else if (a.kind == ACTION_BOTTOM)
        move_to(m, 100000, is_focus);
    else
        move_to(m, from + a.value, is_focus);
}

static void show_tab(struct model *m, int tab)
{
    m->at.tab = (enum details_tab)clamp(tab, 0, TAB_COUNT - 1);
    m->at.focus = MODEL_FOCUS_AUTO;
    m->at.scroll = 0;
}

/* `r`: at once where the answer is there, else as soon as it is. */
static void run_all(struct model *m)
{
    m->run_all = true;
    model_refresh(m);
    if (m->run_all)
        model_say(m, false, "The answer will come up by itself.  Esc changes that.");
}

bool model_apply(struct model *m, struct action a)
{
    switch (a.kind) {
    case ACTION_NONE:
        return true;
    case ACTION_SAY:
        model_say(m, false, a.say);
        return true;
    case ACTION_MOVE:
    case ACTION_TOP:
    case ACTION_BOTTOM:
        move(m, a);
        return true;
    case ACTION_FOCUS:
        m->at.focus = a.value;
        model_say(m, false, a.say);
        return true;
    case ACTION_GO:
        model_go(m, (enum page)a.value, m->at.step);
        return true;
    case ACTION_STEP:
        model_go(m, PAGE_STEP, (enum step)clamp(a.value, STEP_REACH, STEP_COUNT - 1));
        return true;
    case ACTION_TAB:
        show_tab(m, a.value);
        return true;
    case ACTION_PROBE:
        m->shown_probe = a.value;
        show_tab(m, TAB_HANDSHAKE);
        return true;
    case ACTION_BACK:
        if (m->run_all)
            m->run_all = false;
        else
            go_back(m);
        return true;
    case ACTION_RUN_ALL:
        run_all(m);
        return true;
    case ACTION_TYPE:
    case ACTION_ERASE:
    case ACTION_DELETE:
    case ACTION_CURSOR:
    case ACTION_LINE_START:
    case ACTION_LINE_END:
    case ACTION_LINE_CLEAR:
        field_edit(m, a);
        return true;
    default:
        return false;
    }
}

/* Where a question comes or goes, the focus would mean another thing than a moment ago. */
static void notice_question(struct model *m)
{
    enum question q = QUESTION_COUNT;
    bool is_asked = m->at.page == PAGE_STEP && step_question_asked(m, &q);
    int now = is_asked ? (int)q : -1;
    if (now != m->asked && m->at.page == PAGE_STEP)
        m->at.focus = MODEL_FOCUS_AUTO;
    m->asked = now;
}

void model_refresh(struct model *m)
{
    if (m->run_all && m->walk && m->walk->conclusion != CONCLUSION_ASKING) {
        m->run_all = false;
        model_say(m, false, "");
        model_go(m, PAGE_ANSWER, m->at.step);
    }
    if (m->evidence && m->shown_probe >= (int)m->evidence->n_probes)
        m->shown_probe = -1;
    notice_question(m);
}
