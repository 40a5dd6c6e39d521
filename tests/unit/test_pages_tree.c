/*
 * test_pages_tree.c - the tree page: all of the table is there, rows keep their places, branches
 * fold, a branch that was not taken can be looked at, and words are found on every page.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>

#include "ui/pages/page_tree_lines.h"
#include "ui_look.h"
#include "ui_models.h"
#include "whytls/walk.h"

static void start(struct scene *s, void (*make)(struct scene *))
{
    make(s);
    s->model.at = (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    press(&s->model, 't');
    assert_int_equal(s->model.at.page, PAGE_TREE);
}

static int place_of(const struct model *m, enum tree_kind kind, size_t what)
{
    struct tree_lines all;
    tree_lines_make(m, &all);
    for (int i = 0; i < all.n; i++) {
        const struct tree_line *l = &all.line[i];
        bool is_it = kind == TREE_CHECK   ? l->row == what
                     : kind == TREE_CAUSE ? l->place == (int)what
                                          : (size_t)l->step == what;
        if (l->kind == kind && is_it)
            return i;
    }
    return -1;
}

static void all_of_the_table_is_there(void **state)
{
    (void)state;
    struct scene s;
    size_t causes = 0;
    start(&s, scene_fresh);
    press(&s.model, 'e');
    while (cause_at(causes))
        assert_true(place_of(&s.model, TREE_CAUSE, causes++) > 0);
    for (size_t row = 0; row < tree_size(); row++)
        assert_true(place_of(&s.model, TREE_CHECK, row) > 0);
    for (size_t step = STEP_REACH; step < STEP_COUNT; step++)
        assert_true(place_of(&s.model, TREE_STEP, step) >= 0);
    struct tree_lines lines;
    tree_lines_make(&s.model, &lines);
    assert_in_range(lines.n, causes + tree_size() + STEP_COUNT, TREE_MAX_LINES - 1);
    scene_end(&s);
}

/* What is being asked may end in any way: no line goes to another row for it. */
static void rows_keep_their_places(void **state)
{
    (void)state;
    struct scene s;
    struct tree_lines before, after;
    start(&s, scene_fresh);
    press(&s.model, 'e');
    tree_lines_make(&s.model, &before);
    for (size_t i = 0; i < tree_size(); i++) {
        struct finding *f = &s.walk.findings[i];
        const struct check *check = tree_row(i)->check;
        f->result = check->n_causes > 0 ? RESULT_CAUSE : RESULT_FINE;
        f->n_causes = check->n_causes > 0;
        f->causes[0] = (struct diagnosed){.cause = check->causes};
        tree_lines_make(&s.model, &after);
        assert_int_equal(after.n, before.n);
        for (int k = 0; k < after.n; k++) {
            assert_int_equal(after.line[k].kind, before.line[k].kind);
            assert_int_equal(after.line[k].row, before.line[k].row);
            assert_ptr_equal(after.line[k].cause, before.line[k].cause);
        }
    }
    scene_end(&s);
}

static void branches_fold(void **state)
{
    (void)state;
    struct scene s;
    start(&s, scene_fresh);
    struct model *m = &s.model;
    m->at.focus = place_of(m, TREE_STEP, STEP_CIPHER);
    assert_int_equal(place_of(m, TREE_CHECK, tree_size() - 1), -1);
    press(m, UI_KEY_RIGHT);
    assert_true(tree_is_open(m, tree_step_bit(STEP_CIPHER)));
    int step = m->at.focus;
    press(m, UI_KEY_RIGHT); /* it is open: into it */
    assert_int_equal(m->at.focus, step + 1);
    press(m, UI_KEY_LEFT); /* a check has no branches of its own: back to its step */
    assert_int_equal(m->at.focus, step);
    press(m, UI_KEY_LEFT);
    assert_false(tree_is_open(m, tree_step_bit(STEP_CIPHER)));
    press(m, ' ');
    assert_true(tree_is_open(m, tree_step_bit(STEP_CIPHER)));
    press(m, 'e');
    assert_int_equal(m->forms.tree.open, tree_all_open());
    assert_int_equal(m->at.focus, place_of(m, TREE_STEP, STEP_CIPHER)); /* still on its line */
    press(m, 'E');
    assert_int_equal(m->forms.tree.open, 0);
    assert_int_equal(m->at.focus, place_of(m, TREE_STEP, STEP_CIPHER));
    press(m, UI_KEY_ESC); /* and it stays so */
    press(m, 't');
    assert_int_equal(m->forms.tree.open, 0);
    scene_end(&s);
}

static void a_step_with_a_fault_is_open(void **state)
{
    (void)state;
    struct scene s;
    scene_broken(&s);
    size_t fault = 4;
    s.walk.findings[fault].result = RESULT_CAUSE;
    s.model.at = (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    press(&s.model, UI_KEY_F0 + 5);
    for (enum step step = STEP_REACH; step < STEP_COUNT; step++)
        assert_int_equal(tree_is_open(&s.model, tree_step_bit(step)),
                         step == tree_row(fault)->check->step);
    scene_end(&s);
}

static void enter_leads_to_the_evidence(void **state)
{
    (void)state;
    struct scene s;
    start(&s, scene_fresh);
    struct model *m = &s.model;
    press(m, 'e');
    size_t row = tree_size() - 1;
    m->at.focus = place_of(m, TREE_CHECK, row);
    press(m, UI_KEY_ENTER);
    assert_int_equal(m->at.page, PAGE_STEP);
    assert_int_equal(m->at.step, tree_row(row)->check->step);
    press(m, UI_KEY_ESC);
    press(m, UI_KEY_END);
    press(m, UI_KEY_ENTER); /* the last line is the answer */
    assert_int_equal(m->at.page, PAGE_ANSWER);
    scene_end(&s);
}

static void a_branch_not_taken_is_a_preview(void **state)
{
    (void)state;
    struct scene s;
    start(&s, scene_fresh);
    struct model *m = &s.model;
    press(m, 'e');
    for (size_t i = 0; cause_at(i); i++) {
        m->at.focus = place_of(m, TREE_CAUSE, i);
        struct walk before = s.walk;
        press(m, UI_KEY_ENTER);
        assert_int_equal(m->at.page, PAGE_PREVIEW);
        assert_true(page_has(m, "PREVIEW"));
        assert_true(page_has(m, cause_at(i)->code));
        assert_true(page_has(m, "This was not found here."));
        assert_memory_equal(&before, &s.walk, sizeof(before));
        press(m, UI_KEY_ENTER);
        assert_int_equal(m->at.page, PAGE_TREE);
    }
    scene_end(&s);
}

static void what_was_not_asked_says_why(void **state)
{
    (void)state;
    struct scene s;
    start(&s, scene_crowded);
    s.walk.findings[0].result = RESULT_FINE;
    s.walk.findings[1].result = RESULT_NOT_NEEDED;
    press(&s.model, 'e');
    s.model.height = 200;
    assert_true(page_has(&s.model, "not needed for this answer"));
    assert_true(page_has(&s.model, "ended it"));
    scene_end(&s);
}

/* ---- finding ------------------------------------------------------------------------------ */

static void a_folded_cause_is_found(void **state)
{
    (void)state;
    struct scene s;
    start(&s, scene_fresh);
    struct model *m = &s.model;
    assert_false(page_has(m, "W-603"));
    press(m, '/');
    type(m, "w-603");
    assert_true(page_has(m, "Find: [w-603"));
    assert_true(page_has(m, "W-603  "));
    press(m, UI_KEY_ENTER);
    assert_false(m->is_finding);
    press(m, UI_KEY_ENTER);
    assert_int_equal(m->at.page, PAGE_PREVIEW);
    assert_true(page_has(m, "PREVIEW  W-603"));
    scene_end(&s);
}

static void find_goes_on_and_back(void **state)
{
    (void)state;
    struct scene s;
    start(&s, scene_fresh);
    struct model *m = &s.model;
    press(m, '/');
    type(m, "clock");
    press(m, UI_KEY_ENTER);
    int first = m->at.focus;
    press(m, 'n');
    int second = m->at.focus;
    assert_int_not_equal(first, second);
    press(m, 'N');
    assert_int_equal(m->at.focus, first);
    press(m, '/');
    type(m, "no such words");
    assert_true(page_has(m, "not on this page"));
    press(m, UI_KEY_ESC);
    assert_int_equal(m->at.focus, first); /* as it was */
    assert_int_equal(m->at.page, PAGE_TREE);
    scene_end(&s);
}

static void rows_are_found(void **state)
{
    (void)state;
    struct scene s;
    scene_crowded(&s);
    struct model *m = &s.model;
    m->at = (struct place){.page = PAGE_ANSWER, .step = STEP_REACH};
    assert_false(page_has(m, "Also seen"));
    press(m, '/');
    type(m, "also SEEN");
    assert_true(page_has(m, "Also seen"));
    struct grid *g = draw(m, true);
    bool is_marked = false;
    for (int y = 0; y < g->height; y++)
        for (int x = 0; x < g->width; x++)
            is_marked = is_marked || (grid_cell(g, x, y)->ch[0] == 'A' &&
                                      grid_cell(g, x, y)->role == ROLE_FOCUS);
    assert_true(is_marked);
    grid_free(g);
    press(m, UI_KEY_ENTER);
    press(m, '/');
    type(m, "FAULT ");
    press(m, UI_KEY_ENTER);
    int rows[WALK_MAX_CAUSES - 1];
    for (int i = 0; i < WALK_MAX_CAUSES - 1; i++) { /* every one of them, then the first again */
        rows[i] = m->at.scroll;
        for (int k = 0; k < i; k++)
            assert_int_not_equal(rows[k], rows[i]);
        press(m, 'n');
    }
    assert_int_equal(m->at.scroll, rows[0]);
    press(m, 't'); /* another page: nothing is marked there */
    assert_false(m->is_found);
    scene_end(&s);
}

static void letters_are_no_keys_while_one_looks(void **state)
{
    (void)state;
    struct scene s;
    start(&s, scene_broken);
    press(&s.model, '/');
    type(&s.model, "q. at");
    assert_string_equal(s.model.fields[FIELD_FIND].text, "q. at");
    assert_int_equal(view_key(&s.model, UI_KEY_CTRL + 'C').kind, ACTION_QUIT);
    assert_int_equal(view_key(&s.model, UI_KEY_F0 + 10).kind, ACTION_QUIT);
    assert_int_equal(view_key(&s.model, UI_KEY_ESC).kind, ACTION_FIND_END);
    scene_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_the_table_is_there),
        cmocka_unit_test(rows_keep_their_places),
        cmocka_unit_test(branches_fold),
        cmocka_unit_test(a_step_with_a_fault_is_open),
        cmocka_unit_test(enter_leads_to_the_evidence),
        cmocka_unit_test(a_branch_not_taken_is_a_preview),
        cmocka_unit_test(what_was_not_asked_says_why),
        cmocka_unit_test(a_folded_cause_is_found),
        cmocka_unit_test(find_goes_on_and_back),
        cmocka_unit_test(rows_are_found),
        cmocka_unit_test(letters_are_no_keys_while_one_looks),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
