/*
 * test_pages.c - the pages by themselves: what they say, where their keys lead, what is typed into
 * them. What must be so on every page is in test_grids.c.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>

#include "ui/widgets/widgets.h"
#include "ui_look.h"
#include "ui_models.h"
#include "whytls/walk.h"

static void a_key_that_can_not_act_says_why(void **state)
{
    (void)state;
    struct scene s;
    scene_crowded(&s); /* saved: it can't be asked again */
    s.model.at.page = PAGE_ANSWER;
    struct action a = view_key(&s.model, 'a');
    assert_int_equal(a.kind, ACTION_SAY);
    assert_true(strlen(a.say) > 10);
    model_apply(&s.model, a);
    assert_true(page_has(&s.model, a.say));
    assert_false(page_has(&s.model, "Ask again"));
    scene_end(&s);
}

/* ---- pages by themselves ------------------------------------------------------------------ */

static void a_small_window_is_no_gate(void **state)
{
    (void)state;
    static const int small[][2] = {{79, 24}, {80, 15}, {58, 19}, {24, 4}, {23, 4}, {1, 1}};
    struct scene s;
    scene_broken(&s);
    s.model.at.page = PAGE_STEP;
    for (size_t i = 0; i < sizeof(small) / sizeof(small[0]); i++) {
        s.model.width = small[i][0];
        s.model.height = small[i][1];
        bool can_be_read = small[i][0] >= 24 && small[i][1] >= 4;
        assert_int_equal(page_shown(&s.model), PAGE_TOO_SMALL);
        assert_true(page_has(&s.model, "80 x 24") == can_be_read);
        assert_int_equal(view_key(&s.model, 'l').kind, ACTION_AS_LIST);
        assert_int_equal(view_key(&s.model, 'q').kind, ACTION_QUIT);
        assert_int_equal(view_key(&s.model, UI_KEY_ESC).kind, ACTION_NONE);
    }
    s.model.width = 80;
    for (int rows = MODEL_LEAST_HEIGHT; rows <= 24; rows++) { /* with less around it, but there */
        s.model.height = rows;
        assert_int_equal(page_shown(&s.model), PAGE_STEP);
        assert_true(page_has(&s.model, "Can we reach the site?"));
        assert_true(page_has(&s.model, "STEP  1 / 9"));
        assert_true(page_has(&s.model, "The connection, as it happened"));
        assert_true(page_has(&s.model, "Does the name have an IP address?"));
        assert_int_equal(page_has(&s.model, "[2 "), rows == 24);
    }
    scene_end(&s);
}

/* That we stopped says nothing of the site, on any page. */
static void what_was_stopped_blames_nobody(void **state)
{
    (void)state;
    struct scene s;
    scene_broken(&s);
    struct model *m = &s.model;
    s.evidence->probes[0].outcome.how = BREAK_CANCELLED;
    s.evidence->n_probes = 1;
    s.evidence->stopped = true;
    walk(s.evidence, &s.walk);
    m->is_done = true;
    m->at = (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    assert_true(page_has(m, "ServerHello, its answer: stopped"));
    assert_false(page_has(m, "refuses"));
    m->at.page = PAGE_ANSWER;
    assert_true(page_has(m, "The test of shop.example was stopped"));
    m->at.page = PAGE_COMPARE;
    assert_true(page_has(m, "a Ask again")); /* with nothing to compare, all is asked once more */
    assert_int_equal(view_key(m, 'a').kind, ACTION_AGAIN);
    scene_end(&s);
}

static void the_step_shows_what_happened(void **state)
{
    (void)state;
    struct scene s;
    scene_broken(&s);
    s.model.at = (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    assert_true(page_has(&s.model, "STEP  1 / 9"));
    assert_true(page_has(&s.model, "192.0.2.7"));
    assert_true(page_has(&s.model, "alert 40"));
    assert_true(page_has(&s.model, ": not reached"));
    assert_true(page_has(&s.model, "Can we reach the site?"));
    assert_false(page_has(&s.model, "TLS versions we offer")); /* it belongs to step 4 */
    s.model.at.step = STEP_PROTOCOL;
    assert_true(page_has(&s.model, "TLS versions we offer"));
    s.model.height = 40;
    assert_true(page_has(&s.model, "it worked"));
    assert_true(page_has(&s.model, "still fails"));
    scene_end(&s);
}

static void enter_walks_through_the_steps_to_the_answer(void **state)
{
    (void)state;
    struct scene s;
    scene_broken(&s);
    s.walk.conclusion = CONCLUSION_UNKNOWN; /* as where all has been asked */
    s.walk.causes[0].cause = conclusion_cause(CONCLUSION_UNKNOWN);
    s.model.is_done = true;
    s.model.at = (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    s.walk.n_wants = 0;
    for (size_t i = 0; i < tree_size(); i++) {
        enum step step = tree_row(i)->check->step;
        bool is_needed = step != STEP_OTHERS && step != STEP_EDGE;
        s.walk.findings[i].result = is_needed ? RESULT_UNKNOWN : RESULT_NOT_NEEDED;
    }
    int presses = 0, needed = 1;
    for (enum step step = STEP_CLOCK; step < STEP_COUNT; step++)
        needed += mark_of_step(&s.model, step) != MARK_SKIP;
    assert_int_equal(needed, 7);
    while (s.model.at.page == PAGE_STEP && presses++ < 20) {
        enum step before = s.model.at.step;
        model_apply(&s.model, view_key(&s.model, UI_KEY_ENTER));
        assert_true(s.model.at.page != PAGE_STEP || s.model.at.step > before);
    }
    assert_int_equal(s.model.at.page, PAGE_ANSWER);
    assert_int_equal(presses, needed); /* no step is left out, none is shown for nothing */
    while (s.model.n_history > 0)
        model_apply(&s.model, view_key(&s.model, UI_KEY_ESC));
    assert_int_equal(s.model.at.page, PAGE_STEP);
    assert_int_equal(s.model.at.step, STEP_REACH);
    model_apply(&s.model, view_key(&s.model, UI_KEY_ESC));
    assert_true(page_has(&s.model, "Press q to quit"));
    scene_end(&s);
}

static void run_all_waits_for_the_answer(void **state)
{
    (void)state;
    struct scene s;
    scene_fresh(&s);
    s.model.at = (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    model_apply(&s.model, view_key(&s.model, 'R'));
    assert_int_equal(s.model.at.page, PAGE_STEP);
    s.walk.conclusion = CONCLUSION_WORKS;
    s.walk.causes[0].cause = conclusion_cause(CONCLUSION_WORKS);
    model_refresh(&s.model);
    assert_int_equal(s.model.at.page, PAGE_ANSWER);
    assert_true(page_has(&s.model, conclusion_cause(CONCLUSION_WORKS)->code));
    scene_end(&s);
}

static void a_question_is_not_answered_by_accident(void **state)
{
    (void)state;
    struct scene s;
    scene_crowded(&s);
    s.model.at = (struct place){
        .page = PAGE_STEP, .step = tree_row(0)->check->step, .focus = MODEL_FOCUS_AUTO};
    struct action a = view_key(&s.model, UI_KEY_ENTER);
    assert_int_equal(a.kind, ACTION_ANSWER);
    assert_int_equal(a.value, QUESTION_SINCE);
    assert_int_equal(a.choice, SINCE_NOT_SURE);
    a = view_key(&s.model, '2');
    assert_int_equal(a.kind, ACTION_ANSWER);
    assert_int_equal(a.choice, 2);
    assert_int_equal(view_key(&s.model, '7').kind, ACTION_NONE);
    s.model.at.step = STEP_EDGE; /* another step: digits go to steps again */
    assert_int_equal(view_key(&s.model, '2').kind, ACTION_STEP);
    scene_end(&s);
}

static void the_answer_names_code_and_count_first(void **state)
{
    (void)state;
    struct scene s;
    scene_crowded(&s);
    s.model.at = (struct place){.page = PAGE_ANSWER, .step = STEP_REACH};
    assert_true(page_has(&s.model, s.walk.causes[0].cause->code));
    assert_true(page_has(&s.model, "16 faults.  This one blocks first."));
    assert_true(page_has(&s.model, "Who can fix it"));
    assert_true(page_has(&s.model, "Do this"));
    assert_true(page_has(&s.model, "1-18 of "));
    model_apply(&s.model, view_key(&s.model, UI_KEY_END));
    assert_false(page_has(&s.model, "1-18 of "));
    int end = s.model.at.scroll;
    model_apply(&s.model, view_key(&s.model, UI_KEY_DOWN));
    assert_int_equal(s.model.at.scroll, end); /* and one Up is seen at once */
    model_apply(&s.model, view_key(&s.model, UI_KEY_UP));
    assert_int_equal(s.model.at.scroll, end - 1);
    scene_end(&s);
}

static void help_is_made_from_the_keys(void **state)
{
    (void)state;
    struct scene s;
    scene_broken(&s);
    s.model.at = (struct place){.page = PAGE_DETAILS, .step = STEP_REACH};
    model_apply(&s.model, view_key(&s.model, '?'));
    assert_int_equal(s.model.at.page, PAGE_HELP);
    s.model.height = 100;
    assert_true(page_has(&s.model, "page:details"));
    const struct key_row *row;
    for (size_t i = 0; (row = key_row(i)); i++)
        if (key_row_is_on(row, PAGE_DETAILS) && row->when != KEY_NAMES_HIDDEN)
            assert_true(page_has(&s.model, row->help));
    model_apply(&s.model, view_key(&s.model, UI_KEY_ENTER));
    assert_int_equal(s.model.at.page, PAGE_DETAILS);
    scene_end(&s);
}

/* ---- the address field -------------------------------------------------------------------- */

static void letters_type_in_the_field(void **state)
{
    (void)state;
    struct model m;
    model_init(&m, 80, 24, false);
    m.at.focus = MODEL_FOCUS_AUTO;
    type(&m, "q?t.1g Gj");
    assert_string_equal(m.fields[FIELD_ADDRESS].text, "q?t.1g Gj");
    assert_int_equal(view_key(&m, UI_KEY_ENTER).kind, ACTION_CHECK);
    model_apply(&m, view_key(&m, UI_KEY_ESC)); /* out of the field: now q is a key */
    assert_true(page_has(&m, "Press q to quit."));
    assert_int_equal(view_key(&m, 'q').kind, ACTION_QUIT);
    assert_int_equal(m.at.page, PAGE_WELCOME);
}

static void the_field_edits_whole_characters(void **state)
{
    (void)state;
    struct model m;
    model_init(&m, 80, 24, false);
    m.at.focus = MODEL_FOCUS_AUTO;
    model_apply(&m, view_key(&m, 'a'));
    model_apply(&m, view_key(&m, 0x4E2D));
    model_apply(&m, view_key(&m, 0x202E)); /* right-to-left override: not taken */
    model_apply(&m, view_key(&m, 0x1F600));
    assert_string_equal(m.fields[FIELD_ADDRESS].text, "a\u4e2d\U0001F600");
    model_apply(&m, view_key(&m, UI_KEY_LEFT));
    model_apply(&m, view_key(&m, UI_KEY_BACKSPACE));
    assert_string_equal(m.fields[FIELD_ADDRESS].text, "a\U0001F600");
    model_apply(&m, view_key(&m, UI_KEY_DELETE));
    assert_string_equal(m.fields[FIELD_ADDRESS].text, "a");
    model_apply(&m, view_key(&m, UI_KEY_HOME));
    model_apply(&m, view_key(&m, UI_KEY_BACKSPACE)); /* nothing before it: no harm */
    model_apply(&m, view_key(&m, 'b'));
    assert_string_equal(m.fields[FIELD_ADDRESS].text, "ba");
    for (int i = 0; i < 1000; i++)
        model_apply(&m, view_key(&m, 'x'));
    assert_true(strlen(m.fields[FIELD_ADDRESS].text) < sizeof(m.fields[FIELD_ADDRESS].text));
}

static void a_paste_is_one_clean_line(void **state)
{
    (void)state;
    struct model m;
    static const char pasted[] = "\n  https://shop.example/\x1b[31m\xff\xe2\x80\xae \nrm -rf\n";
    model_init(&m, 80, 24, false);
    assert_int_equal(field_paste(&m.fields[FIELD_ADDRESS], pasted, sizeof(pasted) - 1),
                     PASTE_FIRST_LINE);
    assert_string_equal(m.fields[FIELD_ADDRESS].text,
                        "https://shop.example/<U+001B>[31m<FF><U+202E>");
    assert_int_equal(m.fields[FIELD_ADDRESS].cursor, strlen(m.fields[FIELD_ADDRESS].text));
    static const char one[] = "\xef\xbb\xbf\r\n\xc2\xa0shop.example\xe2\x80\x8b\t\n \n";
    field_put(&m.fields[FIELD_ADDRESS], "");
    assert_int_equal(field_paste(&m.fields[FIELD_ADDRESS], one, sizeof(one) - 1), PASTE_WHOLE);
    assert_string_equal(m.fields[FIELD_ADDRESS].text, "shop.example");
    static char huge[100000];
    memset(huge, 'a', sizeof(huge));
    /* An address that was cut is another one: nothing of it is taken. */
    assert_int_equal(field_paste(&m.fields[FIELD_ADDRESS], huge, sizeof(huge)), PASTE_TOO_LONG);
    assert_string_equal(m.fields[FIELD_ADDRESS].text, "shop.example");
}

/* What this computer shows beside its own window, and what servers and certificates go by. */
static void the_clock_is_told_in_local_time_too(void **state)
{
    (void)state;
    struct scene s;
    scene_welcome(&s);
    assert_true(page_has(&s.model, "says 18 November 2026, 11:06 UTC, not checked"));
    s.model.east_s = 3600;
    assert_true(page_has(&s.model, "says 18 November 2026, 12:06 (11:06 UTC), not checked"));
    s.model.east_s = -12 * 3600 + 900; /* west, and the day before */
    assert_true(page_has(&s.model, "says 17 November 2026, 23:21 (11:06 UTC), not checked"));
    scene_end(&s);
    scene_crowded(&s);
    s.model.case_east_s = 13 * 3600;
    s.model.at = (struct place){.page = PAGE_DETAILS, .tab = TAB_COMPUTER};
    assert_true(page_has(&s.model, "19 November 2026, 00:06 (11:06 UTC)"));
    scene_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_that_can_not_act_says_why),
        cmocka_unit_test(a_small_window_is_no_gate),
        cmocka_unit_test(the_step_shows_what_happened),
        cmocka_unit_test(enter_walks_through_the_steps_to_the_answer),
        cmocka_unit_test(run_all_waits_for_the_answer),
        cmocka_unit_test(a_question_is_not_answered_by_accident),
        cmocka_unit_test(the_answer_names_code_and_count_first),
        cmocka_unit_test(help_is_made_from_the_keys),
        cmocka_unit_test(letters_type_in_the_field),
        cmocka_unit_test(the_field_edits_whole_characters),
        cmocka_unit_test(a_paste_is_one_clean_line),
        cmocka_unit_test(the_clock_is_told_in_local_time_too),
        cmocka_unit_test(what_was_stopped_blames_nobody),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
