/*
 * test_pages_how.c - the page "How to do it": h leads there from a preview and from the answer, and
 * only where there are ways; every system's lines are there; Esc goes back to where one was.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>

#include "ui/list_mode.h"
#include "ui_look.h"
#include "ui_models.h"
#include "whytls/advice.h"

static int place_of(const char *slug)
{
    int i = 0;
    while (cause_at((size_t)i) && strcmp(cause_at((size_t)i)->slug, slug) != 0)
        i++;
    assert_non_null(cause_at((size_t)i));
    return i;
}

static void start(struct scene *s, const char *slug)
{
    scene_missing_certificate(s);
    s->model.at = (struct place){.page = PAGE_TREE, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    assert_true(model_apply(&s->model, (struct action){ACTION_PREVIEW, place_of(slug), 0, NULL}));
}

static void a_preview_has_its_ways(void **state)
{
    (void)state;
    struct scene s;
    struct model *m = &s.model;
    start(&s, "chain.expired");
    assert_true(page_has(m, "h How to"));
    press(m, 'h');
    assert_int_equal(m->at.page, PAGE_HOW);
    assert_true(page_has(m, advice_way(WAY_TELL_OWNER)->title));
    assert_true(page_has(m, advice_way(WAY_TELL_OWNER)->on[0].lines[2]));
    press(m, '?'); /* help for it, and back to it */
    assert_true(page_has(m, "an iPhone"));
    press(m, UI_KEY_ESC);
    assert_true(page_has(m, advice_way(WAY_TELL_OWNER)->title));
    press(m, UI_KEY_ESC);
    assert_int_equal(m->at.page, PAGE_PREVIEW);
    assert_int_equal(m->at.cause, place_of("chain.expired"));
    press(m, 'H');
    press(m, UI_KEY_ENTER);
    assert_int_equal(m->at.page, PAGE_PREVIEW);
    scene_end(&s);
}

/* A cause whose instructions say all that there is. */
static const struct cause *without_ways(void)
{
    const struct way_words *ways[WAY_COUNT];
    struct model m = {0};
    for (int i = 0; cause_at((size_t)i); i++)
        if (model_ways(&m, &(struct place){.page = PAGE_PREVIEW, .cause = i}, ways) == 0)
            return cause_at((size_t)i);
    return NULL;
}

static void where_there_are_none_h_says_so(void **state)
{
    (void)state;
    struct scene s;
    const struct cause *cause = without_ways();
    if (!cause)
        skip();
    start(&s, cause->slug);
    assert_false(page_has(&s.model, "h How to"));
    assert_int_equal(view_key(&s.model, 'h').kind, ACTION_SAY);
    scene_end(&s);
}

static void answer_with(struct scene *s, const char *slug)
{
    s->walk.causes[0].cause = cause_find(slug);
    s->walk.n_causes = 1;
    s->walk.conclusion = CONCLUSION_CAUSE;
    s->model.at = (struct place){.page = PAGE_ANSWER, .step = STEP_REACH};
}

static void the_answer_has_its_ways(void **state)
{
    (void)state;
    struct scene s;
    struct model *m = &s.model;
    scene_missing_certificate(&s);
    answer_with(&s, "chain.expired");
    assert_true(page_has(m, "h How to"));
    press(m, 'h');
    assert_int_equal(m->at.page, PAGE_HOW);
    assert_true(page_has(m, "back to the answer"));
    assert_true(page_has(m, advice_way(WAY_TELL_OWNER)->title));
    s.walk.conclusion = CONCLUSION_ASKING; /* asked again meanwhile */
    assert_true(page_has(m, "Nothing of this needs explaining."));
    scene_end(&s);
}

static void as_lines_every_way_is_whole(void **state)
{
    (void)state;
    struct scene s;
    struct buf text;
    start(&s, "chain.expired");
    press(&s.model, 'h');
    list_prepare(&s.model);
    buf_init(&text, 64 * 1024);
    list_page(&s.model, &text);
    const struct way_words *way = advice_way(WAY_TELL_OWNER);
    for (size_t i = 0; i < WAY_MAX_LINES && way->on[0].lines[i]; i++)
        assert_non_null(strstr(buf_text(&text), way->on[0].lines[i]));
    buf_fini(&text);
    scene_end(&s);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_preview_has_its_ways),
        cmocka_unit_test(where_there_are_none_h_says_so),
        cmocka_unit_test(the_answer_has_its_ways),
        cmocka_unit_test(as_lines_every_way_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
