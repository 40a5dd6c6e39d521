/*
 * model_apply.c - turning pages, moving, folding, typing: what an action does to the model. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "page.h"
#include "pages/page_step_parts.h"
#include "pages/page_welcome.h"
#include "whytls/message.h"
#include "whytls/walk.h"

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
    m->is_finding = m->is_found = false;
    if (page_ops(page)->turned_to)
        page_ops(page)->turned_to(m);
    m->at = (struct place){.page = page, .step = step, .tab = m->at.tab, .focus = MODEL_FOCUS_AUTO};
}

static void go_back(struct model *m)
{
    m->is_finding = m->is_found = false;
    if (m->n_history > 0)
        m->at = m->history[--m->n_history];
    else
        model_say(m, false, message("This is the first page. Press q to quit."));
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

/* `r`: at once where the answer is there, else as soon as it is. */
static void apply_run_all(struct model *m, struct action a)
{
    (void)a;
    m->run_all = true;
    model_refresh(m);
    if (m->run_all)
        model_say(m, false, message("The answer will come up by itself.  Esc changes that."));
}

/* ---- one function an action ---------------------------------------------------------------- */

static void apply_nothing(struct model *m, struct action a)
{
    (void)m;
    (void)a;
}

/* Pages and keys mark their words (N_): they are translated here, once. */
static void say(struct model *m, struct action a)
{
    model_say(m, false, a.say ? message(a.say) : NULL);
}

static void apply_say(struct model *m, struct action a)
{
    say(m, a);
}

static void apply_focus(struct model *m, struct action a)
{
    m->at.focus = a.value;
    say(m, a);
}

static void apply_go(struct model *m, struct action a)
{
    if (m->at.page == PAGE_WELCOME && a.value != PAGE_HELP && welcome_marked(m) >= 0)
        field_put(&m->fields[FIELD_ADDRESS], ""); /* the digit has done its work */
    model_go(m, (enum page)a.value, m->at.step);
}

static void apply_step(struct model *m, struct action a)
{
    model_go(m, PAGE_STEP, (enum step)clamp(a.value, STEP_REACH, STEP_COUNT - 1));
}

static void apply_check_step(struct model *m, struct action a)
{
    size_t row = (size_t)clamp(a.value, 0, (int)tree_size() - 1), place = 0;
    enum step step = tree_row(row)->check->step;
    for (size_t i = 0; i < row; i++)
        place += tree_row(i)->check->step == step;
    model_go(m, PAGE_STEP, step);
    notice_question(m);
    if (m->asked < 0)
        m->at.focus = (int)place;
}

static void apply_tab(struct model *m, struct action a)
{
    m->at.tab = (enum details_tab)clamp(a.value, 0, TAB_COUNT - 1);
    m->at.focus = MODEL_FOCUS_AUTO;
    m->at.scroll = 0;
}

static void apply_probe(struct model *m, struct action a)
{
    m->shown_probe = a.value;
    apply_tab(m, (struct action){.value = TAB_HANDSHAKE});
}

static void apply_show_probe(struct model *m, struct action a)
{
    model_go(m, PAGE_DETAILS, m->at.step);
    apply_probe(m, a);
}

static void apply_show_certificates(struct model *m, struct action a)
{
    (void)a;
    model_go(m, PAGE_DETAILS, m->at.step);
    apply_tab(m, (struct action){.value = TAB_CERTIFICATES});
}

static void apply_back(struct model *m, struct action a)
{
    (void)a;
    if (m->run_all)
        m->run_all = false;
    else
        go_back(m);
}

static void apply_preview(struct model *m, struct action a)
{
    model_go(m, PAGE_PREVIEW, m->at.step);
    m->at.cause = a.value;
}

static void apply_present(struct model *m, struct action a)
{
    (void)a;
    m->is_presenter = !m->is_presenter;
    m->glyphs = m->is_presenter ? glyphs_for_presenter(m->glyphs->is_ascii)
                                : glyphs_get(m->glyphs->is_ascii);
    model_say(m, false, m->is_presenter ? message("Presenter mode.  z ends it.") : "");
}

static void apply_narrow(struct model *m, struct action a)
{
    (void)a;
    m->is_narrow = !m->is_narrow;
}

/* What a page keeps for itself, the page changes. */
static void apply_change(struct model *m, struct action a)
{
    const struct page_ops *ops = page_ops(m->at.page);
    if (ops->change)
        ops->change(m, a);
}

static void apply_find(struct model *m, struct action a)
{
    (void)a;
    m->is_finding = true;
    m->is_found = false;
    m->find_at = m->at;
    field_put(&m->fields[FIELD_FIND], "");
}

static void apply_find_end(struct model *m, struct action a)
{
    m->is_finding = false;
    if (a.value && m->fields[FIELD_FIND].text[0])
        return;
    m->at = m->find_at;
    m->is_found = false;
}

static void apply_find_next(struct model *m, struct action a)
{
    char said[FIELD_SIZE + 128];
    const char *text = m->fields[FIELD_FIND].text;
    if (!text[0]) {
        model_say(m, false, message("Press / first, and type what to look for."));
        return;
    }
    if (model_find(m, a.value))
        return;
    snprintf(said, sizeof(said), message("There is no \"%s\" on this page."), text);
    model_say(m, false, said);
}

static void apply_edit(struct model *m, struct action a)
{
    enum field_id field = page_field(m);
    if (field == FIELD_NONE)
        return;
    field_edit(&m->fields[field], a);
    say(m, a);
    apply_change(m, a);
    if (field == FIELD_FIND) { /* looks while one types, each time from where one began */
        m->at = m->find_at;
        m->is_found = m->fields[FIELD_FIND].text[0] && model_find(m, 0);
    }
}

static void (*const appliers[ACTION_COUNT])(struct model *m, struct action a) = {
    [ACTION_NONE] = apply_nothing,
    [ACTION_SAY] = apply_say,
    [ACTION_MOVE] = move,
    [ACTION_TOP] = move,
    [ACTION_BOTTOM] = move,
    [ACTION_FOCUS] = apply_focus,
    [ACTION_GO] = apply_go,
    [ACTION_STEP] = apply_step,
    [ACTION_TAB] = apply_tab,
    [ACTION_PROBE] = apply_probe,
    [ACTION_BACK] = apply_back,
    [ACTION_RUN_ALL] = apply_run_all,
    [ACTION_TYPE] = apply_edit,
    [ACTION_ERASE] = apply_edit,
    [ACTION_DELETE] = apply_edit,
    [ACTION_CURSOR] = apply_edit,
    [ACTION_LINE_START] = apply_edit,
    [ACTION_LINE_END] = apply_edit,
    [ACTION_LINE_CLEAR] = apply_edit,
    [ACTION_FIND] = apply_find,
    [ACTION_FIND_END] = apply_find_end,
    [ACTION_FIND_NEXT] = apply_find_next,
    [ACTION_FOLD] = apply_change,
    [ACTION_FOLD_ALL] = apply_change,
    [ACTION_CHECK_STEP] = apply_check_step,
    [ACTION_PREVIEW] = apply_preview,
    [ACTION_SHOW_PROBE] = apply_show_probe,
    [ACTION_SHOW_CERTIFICATES] = apply_show_certificates,
    [ACTION_TICK] = apply_change,
    [ACTION_SET] = apply_change,
    [ACTION_PRESENT] = apply_present,
    [ACTION_NARROW] = apply_narrow,
};

bool model_apply(struct model *m, struct action a)
{
    if (a.kind >= ACTION_COUNT || !appliers[a.kind])
        return false;
    appliers[a.kind](m, a);
    return true;
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
    for (int p = 0; p < PAGE_COUNT; p++)
        if (page_ops((enum page)p)->refresh)
            page_ops((enum page)p)->refresh(m);
    notice_question(m);
}
