/*
 * test_pages.c - what must be so on every page, at every size, in both glyph sets: nothing outside
 * the grid, no control bytes, Enter says what it does, every key that is shown is bound, no mark by
 * colour alone, Esc never quits.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <locale.h>
#include <stdlib.h>

#include "ui/widgets/widgets.h"
#include "ui_look.h"
#include "ui_models.h"

static const struct {
    int width, height;
} sizes[] = {{80, 24}, {100, 30}, {120, 40}, {200, 60}};

enum { SIZE_COUNT = sizeof(sizes) / sizeof(sizes[0]) };

/* Each step, each tab; elsewhere two scrolls. */
static int count_variants(enum page page)
{
    return page == PAGE_STEP ? STEP_COUNT - 1 : page == PAGE_DETAILS ? TAB_COUNT : 2;
}

/* Calls a test with each scene, page and size. */
static void on_every_page(void (*test)(const struct model *m))
{
    for (int k = 0; k < SCENE_COUNT; k++) {
        struct scene s;
        scene_makers[k](&s);
        for (int i = 0; i < PAGE_COUNT * SIZE_COUNT; i++) {
            enum page page = (enum page)(i / SIZE_COUNT);
            if (!scene_has_page(&s, page))
                continue;
            s.model.width = sizes[i % SIZE_COUNT].width;
            s.model.height = sizes[i % SIZE_COUNT].height;
            for (int variant = 0; variant < count_variants(page); variant++) {
                s.model.at = (struct place){.page = page,
                                            .step = (enum step)(variant + 1),
                                            .tab = (enum details_tab)(variant % TAB_COUNT),
                                            .focus = MODEL_FOCUS_AUTO,
                                            .scroll = variant};
                test(&s.model);
            }
        }
        scene_end(&s);
    }
}

/* ---- drawing ------------------------------------------------------------------------------------
 */

static void check_grid(const struct model *m, bool is_ascii)
{
    struct model shown = *m;
    shown.glyphs = glyphs_get(is_ascii);
    struct grid *g = draw(&shown, is_ascii);
    for (int y = 0; y < g->height; y++) {
        char *row = row_of(g, y);
        assert_true(text_width(row) <= g->width);
        for (const unsigned char *c = (const unsigned char *)row; *c; c++) {
            assert_true(*c >= 0x20 && *c != 0x7F);
            assert_true(!is_ascii || *c < 0x80);
        }
        assert_true(text_is_clean(row, strlen(row)));
        free(row);
        for (int x = 0; x < g->width; x++) { /* wide characters and their halves */
            const struct cell *cell = grid_cell(g, x, y), *next = grid_cell(g, x + 1, y);
            assert_true(cell->width != 2 || (next && next->width == 0));
            assert_true(cell->width != 0 || (x > 0 && grid_cell(g, x - 1, y)->width == 2));
        }
    }
    assert_in_range(g->cursor_x, 0, g->width - 1);
    assert_in_range(g->cursor_y, 0, g->height - 1);
    grid_free(g);
}

static void check_both_sets(const struct model *m)
{
    check_grid(m, true);
    check_grid(m, false);
}

static void nothing_is_outside_and_nothing_is_odd(void **state)
{
    (void)state;
    on_every_page(check_both_sets);
}

static void check_enter(const struct model *m)
{
    struct grid *g = draw(m, true);
    char *row = row_of(g, g->height - 2);
    assert_memory_equal(row, " Enter = ", 9);
    assert_true(strlen(row) > 12);
    free(row);
    grid_free(g);
    assert_int_not_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_NONE);
}

static void enter_always_says_what_it_does(void **state)
{
    (void)state;
    on_every_page(check_enter);
}

/* FAIL and WARN stand in words wherever they are coloured. */
static void check_marks(const struct model *m)
{
    struct grid *g = draw(m, true);
    for (int y = 0; y < g->height; y++)
        for (int x = 0; x < g->width; x++) {
            char word[16] = "";
            if (grid_cell(g, x, y)->role != ROLE_FAIL)
                continue;
            size_t n = 0;
            while (x < g->width && grid_cell(g, x, y)->role == ROLE_FAIL && n + 1 < sizeof(word))
                word[n++] = (char)grid_cell(g, x++, y)->ch[0];
            bool is_mark = strstr(word, "FAIL") || strstr(word, "!!") || strstr(word, "FAULT");
            assert_true(is_mark);
        }
    grid_free(g);
}

/* The others too: a role that says how something went stands only on words or known signs. */
static void check_words(const struct model *m)
{
    static const enum role telling[] = {ROLE_OK,   ROLE_FAIL, ROLE_WARN,   ROLE_INFO,
                                        ROLE_BUSY, ROLE_SKIP, ROLE_UNKNOWN};
    struct grid *g = draw(m, true);
    for (int y = 0; y < g->height; y++)
        for (size_t i = 0; i < sizeof(telling) / sizeof(telling[0]); i++) {
            bool has_role = false, has_sign = false;
            for (int x = 0; x < g->width; x++) {
                const struct cell *cell = grid_cell(g, x, y);
                if (cell->role != telling[i])
                    continue;
                has_role = true;
                has_sign = has_sign || cell->ch[0] > 0x7F || isalnum((int)cell->ch[0]) != 0 ||
                           strchr("?!.", (int)cell->ch[0]);
            }
            assert_true(has_sign || !has_role);
        }
    grid_free(g);
}

static void marks_differ_in_words(void **state)
{
    (void)state;
    for (int i = 0; i < MARK_COUNT; i++)
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(mark_text((enum mark)i), mark_text((enum mark)k));
            assert_string_not_equal(mark_words((enum mark)i), mark_words((enum mark)k));
        }
}

static void no_mark_is_by_colour_alone(void **state)
{
    (void)state;
    on_every_page(check_marks);
    on_every_page(check_words);
}

/* ---- keys ---------------------------------------------------------------------------------------
 */

static void check_keys(const struct model *m)
{
    struct grid *g = draw(m, true);
    char *bar = row_of(g, g->height - 1), *enter = row_of(g, g->height - 2);
    bool is_typing = page_is_typing(m);
    const struct key_row *row;
    for (size_t i = 0; (row = key_row(i)); i++) {
        const char *shown = is_typing ? row->typing : row->shown;
        char words[64];
        enum key_place place = key_row_place(row, page_shown(m));
        if (place == KEY_IN_HELP || !key_row_is_on(row, page_shown(m)) || !shown ||
            !key_row_is_ready(row, m))
            continue;
        snprintf(words, sizeof(words), "%s %s", shown, row->label);
        assert_non_null(strstr(place == KEY_ON_BAR ? bar : enter, words));
        if (row->special)
            assert_int_not_equal(view_key(m, row->special).kind, ACTION_NONE);
        if (row->letter && !is_typing) {
            unsigned upper = row->letter >= 'a' ? (unsigned)row->letter - 32 : 0;
            assert_int_not_equal(view_key(m, (unsigned)row->letter).kind, ACTION_NONE);
            if (upper)
                assert_int_equal(view_key(m, upper).kind, view_key(m, (unsigned)row->letter).kind);
        }
    }
    free(bar);
    free(enter);
    grid_free(g);
}

/* From the screen back to the keys: what looks like a key on the last two rows is one. */
static void check_bar(const struct model *m)
{
    struct grid *g = draw(m, true);
    for (int y = g->height - 2; y < g->height; y++)
        for (int x = 0; x < g->width; x++) {
            char name[16] = "";
            size_t n = 0;
            while (x < g->width && grid_cell(g, x, y)->role == ROLE_KEY && n + 1 < sizeof(name))
                name[n++] = (char)grid_cell(g, x++, y)->ch[0];
            for (char *one = name, *rest; n > 0 && one; one = rest) { /* "Left/Right" is two */
                rest = strlen(one) > 1 ? strchr(one, '/') : NULL;
                if (rest)
                    *rest++ = '\0';
                if (view_key(m, key_by_name(one)).kind == ACTION_NONE)
                    fail_msg("page:%s shows the key %s", page_name(m->at.page), one);
            }
        }
    grid_free(g);
}

static void every_key_that_is_shown_is_bound(void **state)
{
    (void)state;
    on_every_page(check_keys);
    on_every_page(check_bar);
}

static void check_escape(const struct model *m)
{
    assert_int_not_equal(view_key(m, UI_KEY_ESC).kind, ACTION_QUIT);
    assert_int_not_equal(view_key(m, UI_KEY_ESC).kind, ACTION_NONE);
    assert_int_equal(view_key(m, UI_KEY_F0 + 10).kind, ACTION_QUIT);
    struct action leave = view_key(m, UI_KEY_CTRL + 'C');
    assert_int_equal(leave.kind, ACTION_QUIT);
    assert_int_equal(leave.value, 130);
}

static void escape_never_quits_and_ctrl_c_always_leaves(void **state)
{
    (void)state;
    on_every_page(check_escape);
}

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

/* Ten thousand keys, the same every time: no crash, no quit by Esc, and always something to see. */
static void a_monkey_breaks_nothing(void **state)
{
    (void)state;
    for (int k = 0; k < SCENE_COUNT; k++) {
        struct scene s;
        uint32_t random = 12345;
        scene_makers[k](&s);
        s.model.at.page = s.evidence ? PAGE_STEP : PAGE_WELCOME;
        for (int i = 0; i < 10000; i++) {
            random = random * 1664525u + 1013904223u;
            unsigned n = random >> 16;
            unsigned key = n % 3 == 0   ? UI_KEY_ENTER + n / 3 % 32
                           : n % 3 == 1 ? ' ' + n / 3 % 95
                                        : n / 3 % 0x3000;
            struct action a = view_key(&s.model, key);
            model_apply(&s.model, a);
            bool is_elsewhere = !scene_has_page(&s, s.model.at.page);
            assert_false(is_elsewhere);
            if (i % 100 == 0)
                check_grid(&s.model, i % 200 == 0);
        }
        scene_end(&s);
    }
}

/* ---- pages by themselves ------------------------------------------------------------------------
 */

static void a_small_window_is_no_gate(void **state)
{
    (void)state;
    static const int small[][2] = {{79, 24}, {80, 23}, {58, 19}, {24, 4}, {23, 4}, {1, 1}};
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
    s.model.height = 24;
    assert_int_equal(page_shown(&s.model), PAGE_STEP);
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
        s.walk.findings[i].result = is_needed ? RESULT_UNTOLD : RESULT_NOT_NEEDED;
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

/* ---- the address field --------------------------------------------------------------------------
 */

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
    field_paste(&m.fields[FIELD_ADDRESS], pasted, sizeof(pasted) - 1);
    assert_string_equal(m.fields[FIELD_ADDRESS].text,
                        "https://shop.example/<U+001B>[31m<FF><U+202E>");
    assert_int_equal(m.fields[FIELD_ADDRESS].cursor, strlen(m.fields[FIELD_ADDRESS].text));
    static char huge[100000];
    memset(huge, 'a', sizeof(huge));
    field_paste(&m.fields[FIELD_ADDRESS], huge, sizeof(huge));
    assert_true(strlen(m.fields[FIELD_ADDRESS].text) < sizeof(m.fields[FIELD_ADDRESS].text));
    assert_true(text_is_clean(m.fields[FIELD_ADDRESS].text, strlen(m.fields[FIELD_ADDRESS].text)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_outside_and_nothing_is_odd),
        cmocka_unit_test(enter_always_says_what_it_does),
        cmocka_unit_test(no_mark_is_by_colour_alone),
        cmocka_unit_test(marks_differ_in_words),
        cmocka_unit_test(every_key_that_is_shown_is_bound),
        cmocka_unit_test(escape_never_quits_and_ctrl_c_always_leaves),
        cmocka_unit_test(a_key_that_can_not_act_says_why),
        cmocka_unit_test(a_monkey_breaks_nothing),
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
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
