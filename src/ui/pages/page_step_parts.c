/*
 * page_step_parts.c - checks, experiments and questions of a step: see page_step_parts.h. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "page_step_parts.h"

#include <stdio.h>
#include <string.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/text.h"
#include "whytls/walk.h"

/* ---- checks ------------------------------------------------------------------------------- */

enum { QUESTION_X = 15, LEAST_SAID = 20, RESULT_X = 4 };

int step_check_count(enum step s)
{
    int n = 0;
    for (size_t i = 0; i < tree_size(); i++)
        n += tree_row(i)->check->step == s;
    return n;
}

size_t step_check_row(enum step s, int i)
{
    for (size_t row = 0; row < tree_size(); row++)
        if (tree_row(row)->check->step == s && i-- == 0)
            return row;
    return 0;
}

/* As wide as the longest question, so that the results stand in one column; but they have room. */
static int question_width(const struct canvas *c, enum step s)
{
    int widest = 0, most = c->width - QUESTION_X - 2 - LEAST_SAID;
    for (int i = 0; i < step_check_count(s); i++) {
        int width = canvas_columns(c, message(tree_row(step_check_row(s, i))->check->question));
        widest = width > widest ? width : widest;
    }
    return widest > most ? most : widest;
}

static void draw_check(const struct model *m, const struct canvas *c, int y, int i, bool is_here)
{
    size_t row = step_check_row(m->at.step, i);
    char id[8], said[SAID_SIZE];
    int width = question_width(c, m->at.step), said_x = QUESTION_X + width + 2;
    enum mark mark = mark_of_check(m, row);
    advice_said(&m->walk->findings[row].summary, m->redaction, said, sizeof(said));
    enum role role = list_point(m, c, LIST_POINTER_X, y, is_here);
    page_check_id(row, id, sizeof(id));
    canvas_put(c, 4, y, role, id);
    mark_draw(c, 7, y, mark);
    canvas_put_within(c, QUESTION_X, y, width, role, message(tree_row(row)->check->question));
    const char *instead = mark == MARK_BUSY   ? message("asking")
                          : mark == MARK_SKIP ? message("not needed")
                                              : "";
    canvas_put_within(c, said_x, y, c->width - said_x - 1, ROLE_TEXT, said[0] ? said : instead);
}

/* How many are done, and where the others are if they are not all in sight. */
static void draw_check_count(const struct model *m, const struct canvas *c, int top, int window)
{
    int n = step_check_count(m->at.step), done = 0, needed = 0, below = n - top - window;
    char count[160];
    for (int i = 0; i < n; i++) {
        enum mark mark = mark_of_check(m, step_check_row(m->at.step, i));
        needed += mark != MARK_SKIP;
        done += mark != MARK_BUSY && mark != MARK_EMPTY && mark != MARK_SKIP;
    }
    if (needed == 0)
        snprintf(count, sizeof(count),
                 below > 0 ? message("none needed, %d more below")
                 : top > 0 ? message("none needed, %d more above")
                           : message("none needed"),
                 below > 0 ? below : top);
    else
        snprintf(count, sizeof(count),
                 below > 0 ? message("%d of %d done, %d more below")
                 : top > 0 ? message("%d of %d done, %d more above")
                           : message("%d of %d done"),
                 done, needed, below > 0 ? below : top);
    canvas_put_right(c, 0, 1, ROLE_MUTED, count);
}

void step_draw_checks(const struct model *m, const struct canvas *c)
{
    enum question q;
    int n = step_check_count(m->at.step);
    bool is_asked = step_question_asked(m, &q);
    int focus = is_asked ? -1 : page_focus(m);
    int pitch = m->is_presenter ? 2 : 1;
    int window = (c->height - 1) / pitch, top = list_top(focus < 0 ? 0 : focus, n, window);
    canvas_put(c, 1, 0, ROLE_HEADING, message("Checks"));
    draw_check_count(m, c, top, window);
    for (int y = 0; y < window && top + y < n; y++)
        draw_check(m, c, y * pitch + 1, top + y, top + y == focus);
}

/* ---- experiments -------------------------------------------------------------------------- */

static const enum step steps_of_changes[] = {
    [CHANGE_VERSIONS] = STEP_PROTOCOL,
    [CHANGE_OLD_ONLY] = STEP_PROTOCOL,
    [CHANGE_NOT_NEWEST] = STEP_PROTOCOL,
    [CHANGE_SUITES] = STEP_CIPHER,
    [CHANGE_GROUPS] = STEP_CIPHER,
    [CHANGE_SIGNATURES] = STEP_CIPHER,
    [CHANGE_DH] = STEP_CIPHER,
    [CHANGE_POLICY] = STEP_OTHERS,
    [CHANGE_NO_NAME] = STEP_NAME,
    [CHANGE_TARGET_NAME] = STEP_NAME,
    [CHANGE_WWW_NAME] = STEP_NAME,
    [CHANGE_SERVED_NAME] = STEP_NAME,
    [CHANGE_ADDRESS] = STEP_OTHERS,
    [CHANGE_NEWER_CLIENT] = STEP_OTHERS,
    [CHANGE_OLDER_CLIENT] = STEP_OTHERS,
    [CHANGE_OTHER_CLIENT] = STEP_OTHERS,
    [CHANGE_CLIENT_CERTIFICATE] = STEP_CERTIFICATES,
    [CHANGE_PLAIN] = STEP_REACH,
    [CHANGE_WAIT_FOR_BANNER] = STEP_REACH,
    [CHANGE_AGAIN] = STEP_REACH,
    [CHANGE_REPEAT] = STEP_REACH,
    [CHANGE_SAME_LENGTH] = STEP_OTHERS,
    [CHANGE_ONLY_LENGTH] = STEP_OTHERS,
    [CHANGE_SEND_NOTHING] = STEP_REACH,
    [CHANGE_NO_CLIENT_CERTIFICATE] = STEP_CERTIFICATES,
    [CHANGE_POST_HANDSHAKE_AUTH] = STEP_CERTIFICATES,
};

_Static_assert(sizeof(steps_of_changes) / sizeof(steps_of_changes[0]) == CHANGE_COUNT,
               "every change has its step");

/* Where the changes of an experiment belong. */
static enum step step_of_changes(unsigned changes)
{
    for (size_t i = 0; i < CHANGE_COUNT; i++)
        if (changes & (1u << i))
            return steps_of_changes[i];
    return STEP_NONE;
}

static bool is_of_step(const struct model *m, const struct probe *p)
{
    return p->changes != 0 && step_of_changes(p->changes) == m->at.step;
}

/* A cause of this step that was found by judging the certificates once more, changed. */
static const struct diagnosed *judged_again(const struct model *m, size_t row)
{
    const struct finding *f = &m->walk->findings[row];
    for (size_t i = 0; i < f->n_causes; i++)
        if (tree_row(row)->check->step == m->at.step && f->causes[i].proof.chain_changes)
            return &f->causes[i];
    return NULL;
}

/* How a try ended; one row of the pages has room for the longest. */
enum { ASKING, STOPPED, NO_RESULT, STILL_FAILS, FAILS, IT_WORKED, WORKS, ACCEPTED, WOULD_WORK };
static const char *const results[] = {
    /* TRANSLATORS: how a try ended, beside what was changed: short. */
    [ASKING] = N_("asking .."),      [STOPPED] = N_("stopped"),
    [NO_RESULT] = N_("no result"),   [STILL_FAILS] = N_("still fails"),
    [FAILS] = N_("fails"),           [IT_WORKED] = N_("it worked"),
    [WORKS] = N_("works"),           [ACCEPTED] = N_("accepted"),
    [WOULD_WORK] = N_("would work"),
};

int experiment_result_width(void)
{
    int widest = 0;
    for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++) {
        int width = text_width(message(results[i]));
        widest = width > widest ? width : widest;
    }
    return widest;
}

const char *experiment_result(const struct model *m, const struct probe *p, enum role *role)
{
    const struct probe *first = timeline_baseline(m);
    bool did_fail = first && first->outcome.finished && !first->outcome.success;
    *role = ROLE_TEXT;
    if (!p->outcome.finished) {
        *role = ROLE_BUSY;
        return message(results[ASKING]);
    }
    if (p->outcome.how == BREAK_CANCELLED)
        return message(results[STOPPED]);
    if (p->outcome.how == BREAK_FAILED)
        return message(results[NO_RESULT]);
    if (!p->outcome.success)
        return message(results[did_fail && p != first ? STILL_FAILS : FAILS]);
    *role = ROLE_OK;
    return message(results[did_fail ? IT_WORKED : WORKS]);
}

/* What was changed, but for whether it was done once more: that makes no row of its own. */
static unsigned changed(const struct probe *p)
{
    const unsigned once_more = CHANGE_BIT(AGAIN) | CHANGE_BIT(REPEAT);
    return p->changes & ~once_more ? p->changes & ~once_more : p->changes;
}

static bool are_alike(const struct model *m, const struct probe *a, const struct probe *b)
{
    enum role role;
    return changed(a) == changed(b) &&
           strcmp(experiment_result(m, a, &role), experiment_result(m, b, &role)) == 0;
}

/* One row stands for all tries that changed the same and ended alike. */
static bool has_row(const struct model *m, size_t i)
{
    const struct probe *probes = m->evidence->probes;
    for (size_t before = 0; before < i; before++)
        if (are_alike(m, &probes[before], &probes[i]))
            return false;
    return is_of_step(m, &probes[i]);
}

static int count_alike(const struct model *m, const struct probe *p)
{
    int n = 0;
    for (size_t i = 0; i < m->evidence->n_probes; i++)
        n += are_alike(m, &m->evidence->probes[i], p);
    return n;
}

int step_experiment_count(const struct model *m)
{
    int n = 0;
    for (size_t i = 0; i < m->evidence->n_probes; i++)
        n += has_row(m, i);
    for (size_t row = 0; row < tree_size(); row++)
        n += judged_again(m, row) != NULL;
    return n;
}

static void draw_experiment(const struct canvas *c, int y, enum role role, const char *result,
                            const char *words)
{
    int x = RESULT_X + experiment_result_width() + 2;
    canvas_put(c, RESULT_X, y, role, result);
    canvas_put_within(c, x, y, c->width - x - 1, ROLE_EVIDENCE, words);
}

static void draw_judged_again(const struct canvas *c, int y, const struct diagnosed *n)
{
    char words[ADVICE_LINE] = "";
    size_t used = 0;
    for (int i = 0; i < CHAIN_CHANGE_COUNT && used < sizeof(words); i++)
        if (n->proof.chain_changes & (1u << i))
            used += (size_t)snprintf(words + used, sizeof(words) - used, "%s%s",
                                     used ? message(", and ") : "",
                                     message(chain_change_words((enum chain_change)i)));
    draw_experiment(c, y, n->proof.is_success ? ROLE_OK : ROLE_TEXT,
                    message(results[n->proof.is_success ? ACCEPTED : WOULD_WORK]), words);
}

/* The latest where there is no room for all. */
void step_draw_experiments(const struct model *m, const struct canvas *c)
{
    int skip = step_experiment_count(m) - (c->height - 1), y = 1;
    canvas_put(c, 1, 0, ROLE_HEADING, message("We tried once more, and changed only:"));
    if (skip > 0) {
        char more[96];
        snprintf(more, sizeof(more), message("%d more: press d"), skip);
        canvas_put_right(c, 0, 1, ROLE_MUTED, more);
    }
    for (size_t i = 0; i < m->evidence->n_probes; i++) {
        const struct probe *p = &m->evidence->probes[i];
        char words[ADVICE_LINE], all[ADVICE_LINE + 64];
        enum role role;
        if (!has_row(m, i) || skip-- > 0)
            continue;
        const char *result = experiment_result(m, p, &role);
        int n = count_alike(m, p);
        advice_changes(p->changes, words, sizeof(words));
        /* TRANSLATORS: what was changed, and how often that was tried. */
        snprintf(all, sizeof(all), n > 1 ? message("%s  (%d times)") : "%s", words, n);
        draw_experiment(c, y++, role, result, all);
    }
    for (size_t row = 0; row < tree_size(); row++) {
        const struct diagnosed *n = judged_again(m, row);
        if (n && skip-- <= 0)
            draw_judged_again(c, y++, n);
    }
}

/* ---- the question to the user ------------------------------------------------------------- */

bool step_question_asked(const struct model *m, enum question *q)
{
    for (size_t i = 0; m->walk && i < m->walk->n_wants; i++) {
        const struct want *want = &m->walk->wants[i];
        if (want->kind != WANT_ANSWER || want->check < 0 || (size_t)want->check >= tree_size())
            continue;
        if (tree_row((size_t)want->check)->check->step == m->at.step) {
            *q = want->question;
            return true;
        }
    }
    return false;
}

int question_choices(enum question q)
{
    int n = 0;
    while (n < QUESTION_MAX_CHOICES && question_row(q)->choices[n])
        n++;
    return n;
}

enum { QUESTION_ROWS = 2 };

static void say_question(enum question q, char *out, size_t out_size)
{
    snprintf(out, out_size, message("Please tell us:  %s"), message(question_row(q)->words));
}

int step_question_rows(enum question q, int width)
{
    const struct canvas nowhere = {.grid = NULL, .width = width, .height = QUESTION_ROWS};
    char words[PAGE_SENTENCE];
    say_question(q, words, sizeof(words));
    return canvas_wrap(&nowhere, 1, 0, width - 2, QUESTION_ROWS, ROLE_HEADING, words) +
           question_choices(q);
}

void step_draw_question(const struct model *m, const struct canvas *c)
{
    enum question q;
    if (!step_question_asked(m, &q))
        return;
    const struct question_row *row = question_row(q);
    char words[PAGE_SENTENCE];
    say_question(q, words, sizeof(words));
    int y = canvas_wrap(c, 1, 0, c->width - 2, QUESTION_ROWS, ROLE_HEADING, words);
    for (int i = 0; i < question_choices(q); i++) {
        bool is_here = i == page_focus(m);
        enum role role = list_point(m, c, LIST_POINTER_X, y + i, is_here);
        canvas_putf(c, 4, y + i, role, "%d  %s", i + 1, message(row->choices[i]));
    }
}

/* ---- what we know ------------------------------------------------------------------------- */

enum { LONGEST_FACT = 16 };

void step_draw_known(const struct model *m, const struct canvas *c, int y)
{
    char lines[ADVICE_MAX_FINE][ADVICE_LINE];
    size_t n = advice_fine(m->walk, m->redaction, lines);
    const struct canvas nowhere = {.grid = NULL, .width = c->width, .height = LONGEST_FACT};
    for (size_t i = 0; i < n; i++) { /* whole sentences only */
        if (y + canvas_wrap(&nowhere, 3, 0, c->width - 4, LONGEST_FACT, ROLE_TEXT, lines[i]) <=
            c->height)
            y += canvas_wrap(c, 3, y, c->width - 4, c->height - y, ROLE_TEXT, lines[i]);
    }
    if (n == 0)
        canvas_put(c, 3, y, ROLE_TEXT, message("Nothing yet."));
}
