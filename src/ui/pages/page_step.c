/*
 * page_step.c - one of the nine steps: its question, the connection as it happened, the checks, the
 * experiments, and a question to the user where one is open. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "../list_mode.h"
#include "../widgets/widgets.h"
#include "pages.h"
#include "page_step_parts.h"
#include "whytls/message.h"
#include "whytls/walk.h"

enum {
    STEP_WIDTH = MODEL_MIN_WIDTH - 2, /* the step needs this much of a wide window */
    PATH_MIN = 40,                    /* the path beside it, from a window of 118 columns on */
    GLOSS_ROWS = 2,
    LEAST_TIMELINE = 4,
    LEAST_CHECKS = 4,
    LEAST_EXPERIMENTS = 2,
    ROOMY_EXPERIMENTS = 6, /* from here on there is room for other things, too */
    LEAST_EXTRA = 4,
};

/* ---- what has the focus ------------------------------------------------------------------- */

static int count_items(const struct model *m)
{
    enum question q;
    if (!m->walk)
        return 0;
    return step_question_asked(m, &q) ? question_choices(q) : step_check_count(m->at.step);
}

/* "Not sure" first, so that an Enter too many answers nothing; else the check that matters most. */
static int choose_focus(const struct model *m)
{
    enum question q;
    if (step_question_asked(m, &q))
        return question_choices(q) - 1;
    int n = step_check_count(m->at.step);
    static const enum mark telling[] = {MARK_FAIL, MARK_WARN, MARK_BUSY, MARK_UNKNOWN};
    for (size_t k = 0; k < sizeof(telling) / sizeof(telling[0]); k++)
        for (int i = 0; i < n; i++)
            if (mark_of_check(m, step_check_row(m->at.step, i)) == telling[k])
                return i;
    return 0;
}

/* ---- drawing ------------------------------------------------------------------------------ */

/* As many rows as the longest gloss of this step takes: the rows below keep their places. */
static int gloss_rows(const struct model *m, int width)
{
    const struct canvas nowhere = {.grid = NULL, .width = width, .height = GLOSS_ROWS};
    int most = 0;
    for (int i = 0; i < step_check_count(m->at.step); i++) {
        const char *gloss = tree_row(step_check_row(m->at.step, i))->check->gloss;
        int rows =
            gloss ? canvas_wrap(&nowhere, 0, 0, width, GLOSS_ROWS, ROLE_TEXT, message(gloss)) : 0;
        most = rows > most ? rows : most;
    }
    return most;
}

static void say_title(const struct model *m, char *out, size_t out_size)
{
    snprintf(out, out_size, "%d  %s", (int)m->at.step, message(step_question(m->at.step)));
}

/* Returns the rows it took. */
static int draw_gloss(const struct model *m, const struct canvas *c)
{
    enum question q;
    if (step_check_count(m->at.step) == 0)
        return 0;
    int focus = step_question_asked(m, &q) ? 0 : page_focus(m);
    const char *gloss = tree_row(step_check_row(m->at.step, focus))->check->gloss;
    int width = c->width - 6 > 72 ? 72 : c->width - 6;
    if (gloss)
        canvas_wrap(c, 4, 0, width, GLOSS_ROWS, ROLE_TEXT, message(gloss));
    return gloss_rows(m, width);
}

static void draw_timeline(const struct model *m, const struct canvas *c)
{
    canvas_put(c, 1, 0, ROLE_HEADING, message("The connection, as it happened"));
    int hidden = timeline_rows(m) - (c->height - 1);
    if (hidden > 0) {
        char more[96];
        snprintf(more, sizeof(more), message("%d more: press d"), hidden);
        canvas_put_right(c, 0, 1, ROLE_MUTED, more);
    }
    struct canvas rows = canvas_part(c, 0, 1, c->width, c->height - 1);
    timeline_draw(m, &rows);
}

/* How many rows each part has. It hangs on the window and the step alone, never on what came in:
 * no row may jump while one reads it. */
struct layout {
    int timeline, checks, experiments; /* with their titles */
    int gaps;                          /* blank rows between them: 0 to 2 */
    int finds, evidence;               /* with their titles and a blank row; in tall windows */
};

/* What a tall window has below: what the step can find, then the messages as they come. */
static void lay_out_extra(const struct model *m, struct layout *l)
{
    int spare = l->experiments - ROOMY_EXPERIMENTS;
    int wanted = 2 + step_cause_count(m->at.step);
    if (m->is_presenter || spare < LEAST_EXTRA)
        return;
    l->finds = wanted < spare ? wanted : spare;
    spare -= l->finds;
    l->evidence = spare < LEAST_EXTRA ? 0 : spare;
    l->experiments -= l->finds + l->evidence;
}

static struct layout lay_out(const struct model *m, int width, int room)
{
    enum question q;
    int asked = step_question_asked(m, &q) ? step_question_rows(q, width) : 0;
    int least_timeline = asked > LEAST_TIMELINE ? asked : LEAST_TIMELINE;
    struct layout l = {.timeline = 1 + timeline_rows(m),
                       .checks = 1 + step_check_count(m->at.step),
                       .experiments = LEAST_EXPERIMENTS,
                       .gaps = 0};
    if (m->is_presenter) { /* few things, with room between them */
        l.timeline = asked;
        l.checks = 1 + 2 * step_check_count(m->at.step);
    }
    int least = l.checks < LEAST_CHECKS ? l.checks : LEAST_CHECKS;
    while (l.gaps < 2 && l.timeline + l.checks + l.experiments + l.gaps < room)
        l.gaps++;
    while (!m->is_presenter && l.timeline > least_timeline &&
           l.timeline + l.checks + l.experiments > room)
        l.timeline--;
    while (l.checks > least && l.timeline + l.checks + l.experiments > room)
        l.checks--;
    l.experiments = room - l.timeline - l.checks - l.gaps;
    l.experiments = l.experiments > 0 ? l.experiments : 0; /* none at 16 rows */
    lay_out_extra(m, &l);
    return l;
}

/* A question to the user takes the place of the timeline: nothing else moves for it. */
static void draw_sections(const struct model *m, const struct canvas *c)
{
    enum question q;
    struct layout l = lay_out(m, c->width, c->height);
    int y = 0;
    struct canvas timeline = canvas_part(c, 0, y, c->width, l.timeline);
    if (step_question_asked(m, &q))
        step_draw_question(m, &timeline);
    else if (l.timeline > 0)
        draw_timeline(m, &timeline);
    y += l.timeline + (l.gaps > 0);
    struct canvas checks = canvas_part(c, 0, y, c->width, l.checks);
    step_draw_checks(m, &checks);
    y += l.checks + (l.gaps > 1);
    struct canvas rest = canvas_part(c, 0, y, c->width, l.experiments);
    if (step_experiment_count(m) > 0)
        step_draw_experiments(m, &rest);
    y += l.experiments;
    struct canvas finds = canvas_part(c, 0, y + 1, c->width, l.finds - 1);
    if (l.finds > 0)
        step_draw_finds(m, &finds);
    y += l.finds;
    struct canvas evidence = canvas_part(c, 0, y + 1, c->width, l.evidence - 1);
    if (l.evidence > 0)
        step_draw_evidence(m, &evidence);
}

/* Above the rule: the strip of steps, or the title where there is no row for both. */
static void draw_top(const struct model *m, const struct canvas *c)
{
    char title[PAGE_SENTENCE];
    if (m->height >= MODEL_MIN_HEIGHT) {
        strip_draw(m, c, 0);
        return;
    }
    say_title(m, title, sizeof(title));
    int end = step_number_draw(m, c, 0, 1 + canvas_columns(c, title) + 1);
    canvas_put_within(c, 1, 0, end - 2, ROLE_TITLE, title);
}

/* Returns the rows it took. */
static int draw_heading(const struct model *m, const struct canvas *c)
{
    char title[PAGE_SENTENCE];
    say_title(m, title, sizeof(title));
    bool has_title = m->height >= MODEL_MIN_HEIGHT;
    if (has_title)
        canvas_put_within(c, 1, 0, c->width - 2, ROLE_TITLE, title);
    struct canvas rest = canvas_part(c, 0, has_title, c->width, c->height - has_title);
    return has_title + draw_gloss(m, &rest);
}

static void draw(const struct model *m, const struct canvas *c)
{
    draw_top(m, c);
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    if (!m->walk)
        return;
    int beside = c->width - STEP_WIDTH > STEP_PATH_MAX ? STEP_PATH_MAX : c->width - STEP_WIDTH;
    if (beside >= PATH_MIN && !m->is_narrow && !m->is_presenter) {
        struct canvas path = canvas_part(&body, 0, 0, beside, body.height);
        step_draw_path(m, &path);
        for (int y = 0; y < body.height; y++)
            canvas_put(&body, beside, y, ROLE_RULE, m->glyphs->bar);
        body = canvas_part(&body, beside + 1, 0, body.width - beside - 1, body.height);
    }
    int heading = draw_heading(m, &body);
    struct canvas rest = canvas_part(&body, 0, heading, body.width, body.height - heading);
    draw_sections(m, &rest);
}

/* ---- as lines ----------------------------------------------------------------------------- */

static void list_check(const struct model *m, size_t row, struct buf *out)
{
    char id[8], said[SAID_SIZE];
    const struct check *check = tree_row(row)->check;
    page_check_id(row, id, sizeof(id));
    advice_said(&m->walk->findings[row].summary, m->redaction, said, sizeof(said));
    buf_printf(out, "  %s  %s  %s  %s\n", id, message(check->question),
               mark_words(mark_of_check(m, row)), said);
    if (check->gloss)
        buf_printf(out, "      %s\n", message(check->gloss));
}

static void list_question(enum question q, struct buf *out)
{
    buf_puts(out, "\n");
    buf_printf(out, message("Please tell us:  %s"), message(question_row(q)->words));
    buf_puts(out, "\n");
}

static void list(const struct model *m, struct buf *out)
{
    enum question q;
    enum step s = m->at.step;
    int experiments = step_experiment_count(m);
    buf_printf(out, message("Step %d of %d.  %s  %s"), (int)s, STEP_COUNT - 1,
               message(step_question(s)), mark_words(mark_of_step(m, s)));
    buf_puts(out, "\n\n");
    if (s == STEP_REACH) { /* once is enough where one has to listen to it */
        list_rows(m, 1 + timeline_rows(m), draw_timeline, out);
        buf_puts(out, "\n");
    }
    buf_printf(out, "%s\n", message("Checks"));
    for (int i = 0; i < step_check_count(s); i++)
        list_check(m, step_check_row(s, i), out);
    if (experiments > 0) {
        buf_puts(out, "\n");
        list_rows(m, 1 + experiments, step_draw_experiments, out);
    }
    char so_far[PAGE_SENTENCE] = "";
    page_say_so_far(m, so_far, sizeof(so_far));
    buf_printf(out, "\n%s\n", so_far);
    if (step_question_asked(m, &q))
        list_question(q, out);
}

static void find_text(const struct model *m, int i, char *out, size_t out_size)
{
    enum question q;
    if (step_question_asked(m, &q)) {
        snprintf(out, out_size, "%s", message(question_row(q)->choices[i]));
        return;
    }
    size_t row = step_check_row(m->at.step, i);
    char said[SAID_SIZE];
    advice_said(&m->walk->findings[row].summary, m->redaction, said, sizeof(said));
    snprintf(out, out_size, "%s  %s", message(tree_row(row)->check->question), said);
}

/* ---- keys --------------------------------------------------------------------------------- */

/* The next step that has something to say; STEP_COUNT: the answer comes next. */
static enum step next_step(const struct model *m)
{
    enum step s = m->at.step + 1;
    while (s < STEP_COUNT && mark_of_step(m, s) == MARK_SKIP)
        s++;
    return s;
}

static struct action answer_with(enum question q, int choice)
{
    return (struct action){.kind = ACTION_ANSWER, .value = (int)q, .choice = choice};
}

static struct action key(const struct model *m, unsigned k)
{
    enum question q = QUESTION_COUNT;
    bool is_asked = m->walk && step_question_asked(m, &q);
    if (k == UI_KEY_ENTER && is_asked)
        return answer_with(q, page_focus(m) + 1);
    if (is_asked && k >= '1' && k < '1' + (unsigned)question_choices(q))
        return answer_with(q, (int)(k - '0'));
    if (k == UI_KEY_ENTER) {
        enum step s = next_step(m);
        return s < STEP_COUNT ? action_of(ACTION_STEP, (int)s) : action_of(ACTION_RUN_ALL, 0);
    }
    if (!is_asked && k >= '1' && k <= '9')
        return action_of(ACTION_STEP, (int)(k - '0'));
    if (k == UI_KEY_RIGHT || k == 'l' || k == 'L')
        return action_of(ACTION_STEP,
                         m->at.step + 1 < STEP_COUNT ? (int)m->at.step + 1 : (int)m->at.step);
    if (k == UI_KEY_LEFT || k == 'h' || k == 'H')
        return action_of(ACTION_STEP, m->at.step > STEP_REACH ? (int)m->at.step - 1 : STEP_REACH);
    return action_of(ACTION_NONE, 0);
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    enum question q;
    if (step_question_asked(m, &q)) {
        snprintf(out, out_size, message("answer: %s"),
                 message(question_row(q)->choices[page_focus(m)]));
        return;
    }
    enum step s = next_step(m);
    if (s < STEP_COUNT)
        snprintf(out, out_size, message("go to step %d: %s"), (int)s, message(step_question(s)));
    else if (m->walk->conclusion == CONCLUSION_ASKING)
        snprintf(out, out_size, "%s", message("see the answer as soon as it is there"));
    else
        snprintf(out, out_size, "%s", message("see the answer"));
}

const struct page_ops page_step = {
    .name = "step",
    .title = N_("One step of nine"),
    .help =
        N_("whytls asks nine questions, one a step. The row of marks on top shows how each went. "
           "Below stand the connection, the checks of this step, and what we tried. We change one "
           "thing at a time: the change that makes it work is the cause."),
    .draw = draw,
    .key = key,
    .status = page_say_so_far,
    .enter = say_enter,
    .list = list,
    .find_text = find_text,
    .items = count_items,
    .focus = choose_focus,
};
