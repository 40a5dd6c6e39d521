/*
 * test_pages_save.c - the pages that save and open: ticks, fields, what will be hidden, what was
 * written, the list of cases, the question before a case is left.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>

#include "ui_look.h"
#include "ui_models.h"

static void start(struct scene *s)
{
    scene_broken(s);
    struct save_form *f = &s->model.forms.save;
    s->model.at = (struct place){.page = PAGE_ANSWER, .step = STEP_REACH};
    press(&s->model, UI_KEY_CTRL + 'S');
    assert_int_equal(s->model.at.page, PAGE_SAVE);
    f->is_ready = f->ticks[SAVE_TEXT] = true;
    TEXT_SET(f->site_as, "host-1");
    TEXT_SET(f->address_as, "addr-1");
    field_put(&s->model.fields[FIELD_FOLDER], "/home/ana/Documents/whytls");
    field_put(&s->model.fields[FIELD_FILE], "whytls-K7M-4QXJ");
}

static void ticks_are_set_by_space(void **state)
{
    (void)state;
    struct scene s;
    start(&s);
    struct model *m = &s.model;
    assert_true(page_has(m, "[x] The answer"));
    assert_true(page_has(m, "Enter = save 1 file\n"));
    press(m, ' ');
    assert_true(page_has(m, "[ ] The answer"));
    assert_true(page_has(m, "Enter = nothing yet: tick what to save first"));
    press(m, UI_KEY_TAB);
    press(m, ' ');
    assert_true(page_has(m, "[x] The whole case"));
    press(m, UI_KEY_BACKTAB);
    press(m, ' ');
    assert_true(page_has(m, "Enter = save 2 files"));
    assert_true(page_has(m, ".txt and .json"));
    assert_int_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_SAVE);
    assert_int_equal(view_key(m, UI_KEY_CTRL + 'S').kind, ACTION_SAVE);
    scene_end(&s);
}

static void what_is_hidden_is_shown_first(void **state)
{
    (void)state;
    struct scene s;
    start(&s);
    struct model *m = &s.model;
    assert_true(page_has(m, "shop.example  is written as  host-1"));
    assert_true(page_has(m, "192.0.2.7  is written as  addr-1"));
    assert_false(page_has(m, "the case will be without"));
    m->forms.save.ticks[SAVE_CASE] = m->forms.save.ticks[SAVE_HIDE_NAMES] = true;
    assert_true(page_has(m, "the case will be without"));
    m->forms.save.ticks[SAVE_HIDE_NAMES] = false;
    m->forms.save.ticks[SAVE_HIDE_MINE] = true; /* of these no certificate knows */
    assert_false(page_has(m, "the case will be without"));
    scene_end(&s);
}

static void fields_are_typed_in(void **state)
{
    (void)state;
    struct scene s;
    start(&s);
    struct model *m = &s.model;
    m->at.focus = SAVE_FILE;
    assert_true(page_has(m, "Typing in: File"));
    press(m, UI_KEY_CTRL + 'U');
    type(m, "q s x");
    assert_string_equal(m->fields[FIELD_FILE].text, "q s x");
    assert_int_equal(m->at.page, PAGE_SAVE);
    press(m, UI_KEY_UP);
    assert_true(page_has(m, "Typing in: Folder"));
    press(m, UI_KEY_BACKSPACE);
    assert_string_equal(m->fields[FIELD_FOLDER].text, "/home/ana/Documents/whytl");
    press(m, UI_KEY_ESC);
    assert_int_equal(m->at.page, PAGE_ANSWER);
    scene_end(&s);
}

static void what_was_written_is_shown(void **state)
{
    (void)state;
    static const int sizes[][2] = {{80, 24}, {100, 30}, {120, 40}, {200, 50}};
    struct scene s;
    start(&s);
    struct save_form *f = &s.model.forms.save;
    assert_true(page_has(&s.model, "Nothing is sent anywhere."));
    f->n_written = 2;
    text_copy_cut(f->written[0], FIELD_SIZE, "/home/ana/whytls-K7M-4QXJ.txt");
    text_copy_cut(f->written[1], FIELD_SIZE, "/home/ana/whytls-K7M-4QXJ.json");
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        s.model.width = sizes[i][0];
        s.model.height = sizes[i][1];
        assert_true(page_has(&s.model, f->written[0]));
        assert_true(page_has(&s.model, f->written[1]));
    }
    s.model.width = 79;
    s.model.height = MODEL_LEAST_HEIGHT - 1;
    assert_true(page_has(&s.model, "needs 80 x 24"));
    scene_end(&s);
}

/* A worried hand presses Enter again and again: that makes one file. */
static void an_enter_too_many_saves_nothing(void **state)
{
    (void)state;
    struct scene s;
    start(&s);
    struct model *m = &s.model;
    assert_int_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_SAVE);
    m->forms.save.is_written = true;
    assert_true(page_has(m, "Enter = back to where you were"));
    assert_int_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_BACK);
    assert_int_equal(view_key(m, UI_KEY_CTRL + 'S').kind, ACTION_SAVE);
    press(m, ' '); /* something else is wanted now */
    assert_int_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_SAVE);
    m->forms.save.is_written = true;
    m->at.focus = SAVE_FILE;
    press(m, 'x');
    assert_int_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_SAVE);
    m->forms.save.is_written = true;
    model_go(m, PAGE_TREE, m->at.step);
    press(m, '/'); /* what is looked for on another page is none of it */
    press(m, 'x');
    assert_string_equal(m->fields[FIELD_FIND].text, "x");
    press(m, UI_KEY_ESC);
    press(m, UI_KEY_ESC);
    assert_int_equal(m->at.page, PAGE_SAVE);
    assert_int_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_BACK);
    scene_end(&s);
}

/* What stands for a name is seen, however long the name is. */
static void a_long_name_hides_nothing(void **state)
{
    (void)state;
    struct scene s;
    start(&s);
    TEXT_SET(s.evidence->target.host,
             "a-rather-long-name-of-a-bucket.storage.eu-central-1.cloud.example");
    TEXT_SET(s.model.forms.save.site_as, "host-1");
    assert_true(page_has(&s.model, "a-rather-long-name"));
    assert_true(page_has(&s.model, "..  is written as  host-1"));
    scene_end(&s);
}

static void saved_cases_are_listed(void **state)
{
    (void)state;
    struct scene s;
    static struct saved_case cases[60];
    scene_welcome(&s);
    struct model *m = &s.model;
    press(m, UI_KEY_F0 + 2);
    assert_int_equal(m->at.page, PAGE_CASES);
    assert_true(page_has(m, "There are none yet."));
    assert_int_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_BACK);
    for (int i = 0; i < 60; i++) {
        snprintf(cases[i].path, sizeof(cases[i].path), "/home/ana/%d.json", i);
        snprintf(cases[i].summary.host, sizeof(cases[i].summary.host), "site-%d.example", i);
        TEXT_SET(cases[i].summary.codes, "W-603, W-701");
        case_code_make(cases[i].summary.code, sizeof(cases[i].summary.code), (uint64_t)i);
        cases[i].summary.port = 443;
        cases[i].summary.time = 1790000000 - 86400 * i;
    }
    m->forms.cases.cases = cases;
    m->forms.cases.n_cases = 60;
    m->at.focus = MODEL_FOCUS_AUTO;
    assert_true(page_has(m, "site-0.example:443"));
    assert_true(page_has(m, cases[0].summary.code));
    assert_true(page_has(m, "W-603, W-701"));
    assert_true(page_has(m, "/home/ana/0.json"));
    assert_true(page_has(m, "1-18 of 60"));
    press(m, UI_KEY_END);
    struct action a = view_key(m, UI_KEY_ENTER);
    assert_int_equal(a.kind, ACTION_OPEN);
    assert_int_equal(a.value, 59);
    press(m, '/');
    type(m, "site-7.");
    press(m, UI_KEY_ENTER);
    assert_int_equal(view_key(m, UI_KEY_ENTER).value, 7);
    scene_end(&s);
}

/* The folder may be on a network: Enter must not lead away while one waits for it. */
static void a_list_may_take_its_time(void **state)
{
    (void)state;
    struct scene s;
    static struct saved_case one = {.path = "/home/ana/1.json",
                                    .summary = {.host = "shop.example"}};
    scene_welcome(&s);
    struct model *m = &s.model;
    press(m, UI_KEY_F0 + 2);
    m->forms.cases.is_listing = true;
    assert_true(page_has(m, "Looking for saved cases"));
    assert_false(page_has(m, "There are none yet."));
    assert_int_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_SAY);
    m->forms.cases.is_late = true;
    assert_true(page_has(m, "does not answer"));
    m->forms.cases.is_listing = m->forms.cases.is_late = false;
    m->forms.cases.cases = &one;
    m->forms.cases.n_cases = 1;
    assert_false(page_has(m, "Not listed"));
    m->forms.cases.n_unlisted = 9999;
    assert_true(page_has(m, "shop.example"));
    assert_true(page_has(m, "Not listed: 9999 (whytls list)."));
    scene_end(&s);
}

static void keeping_on_comes_first(void **state)
{
    (void)state;
    struct scene s;
    scene_broken(&s);
    struct model *m = &s.model;
    m->at = (struct place){.page = PAGE_ANSWER, .step = STEP_REACH};
    model_go(m, PAGE_LEAVE, STEP_REACH);
    assert_true(page_has(m, "This case is not saved."));
    assert_true(page_has(m, "Enter = keep going"));
    assert_int_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_BACK);
    assert_int_equal(view_key(m, '2').kind, ACTION_SAVE_AND_QUIT);
    struct action a = view_key(m, 'q');
    assert_int_equal(a.kind, ACTION_QUIT);
    assert_int_equal(a.choice, 1);
    press(m, UI_KEY_ENTER);
    assert_int_equal(m->at.page, PAGE_ANSWER);
    scene_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_set_by_space),
        cmocka_unit_test(what_is_hidden_is_shown_first),
        cmocka_unit_test(fields_are_typed_in),
        cmocka_unit_test(what_was_written_is_shown),
        cmocka_unit_test(saved_cases_are_listed),
        cmocka_unit_test(a_list_may_take_its_time),
        cmocka_unit_test(keeping_on_comes_first),
        cmocka_unit_test(an_enter_too_many_saves_nothing),
        cmocka_unit_test(a_long_name_hides_nothing),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
