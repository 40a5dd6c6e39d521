/*
 * test_click.c - the mouse: reports of the terminal to keys, and clicks on every page to what
 * stands there.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>

#include "ui_models.h"

static void reports_become_keys(void **state)
{
    (void)state;
    static const struct {
        const char *report;
        unsigned key;
    } rows[] = {
        {"0;1;1M", UI_KEY_CLICK},
        {"0;12;5M", UI_KEY_CLICK | 4u << 10 | 11u},
        {"0;12;5m", UI_KEY_NONE}, /* let go */
        {"1;12;5M", UI_KEY_NONE},
        {"2;12;5M", UI_KEY_NONE},
        {"64;1;1M", UI_KEY_WHEEL_UP},
        {"65;80;24M", UI_KEY_WHEEL_DOWN},
        {"0;0;5M", UI_KEY_NONE},
        {";;M", UI_KEY_NONE},
        {"M", UI_KEY_NONE},
        {"0;12M", UI_KEY_NONE},
        {"0;99999999999999999999999;1M", UI_KEY_NONE},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct mouse_reader r = {.is_begun = true};
        unsigned key = UI_KEY_NONE;
        for (const char *p = rows[i].report; *p && r.is_begun; p++)
            assert_true(mouse_take(&r, *p, &key));
        assert_false(r.is_begun);
        if (key != rows[i].key)
            fail_msg("%s: %#x", rows[i].report, key);
    }
    struct mouse_reader r = {.is_begun = true};
    unsigned key;
    assert_false(mouse_take(&r, 'q', &key)); /* it is the next key then */
    int x, y;
    assert_true(key_is_click(key_of_click(199, 59), &x, &y));
    assert_int_equal(x, 199);
    assert_int_equal(y, 59);
    assert_false(key_is_click(UI_KEY_F0 + 12, &x, &y));
}

static struct grid *shown(const struct model *m)
{
    struct grid *g = grid_new(m->width, m->height, m->glyphs->is_ascii);
    assert_non_null(g);
    view_draw(m, g);
    return g;
}

/* Every item that is seen: a click gives it the focus, and one more is Enter there. Pages that need
 * no case have the same items in every scene: they are clicked in the first. */
static void items_take_clicks(void **state)
{
    (void)state;
    static const enum page pages[] = {PAGE_WELCOME, PAGE_LAB,     PAGE_STEP,    PAGE_TREE,
                                      PAGE_DETAILS, PAGE_COMPARE, PAGE_SETTINGS};
    int n_clicked = 0;
    for (int k = 0; k < SCENE_COUNT; k++)
        for (size_t p = 0; p < sizeof(pages) / sizeof(pages[0]); p++) {
            struct scene s;
            scene_makers[k](&s);
            s.model.at = (struct place){
                .page = pages[p], .step = STEP_REACH, .tab = TAB_EXPERIMENTS, .focus = 0};
            const struct page_ops *ops = page_ops(pages[p]);
            bool is_new = k == 0 || (PAGES_WITH_CASE & (1u << pages[p])) != 0;
            int n = is_new && scene_has_page(&s, pages[p]) && ops->items ? ops->items(&s.model) : 0;
            for (int i = 0; i < n; i++) {
                s.model.at.focus = i;
                struct grid *g = shown(&s.model);
                int y = g->cursor_y, top = ops->top ? ops->top(&s.model) : 0;
                s.model.at.focus = i == 0 ? n - 1 : 0;
                struct grid *other = shown(&s.model);
                bool is_seen = !ops->top || ops->top(&s.model) == top;
                struct action a = view_click(&s.model, other, 20, y);
                if (is_seen && n > 1 && a.kind != ACTION_FOCUS)
                    fail_msg("%s, page:%s, item %d in row %d: %d", s.name, ops->name, i, y,
                             (int)a.kind);
                n_clicked += a.kind == ACTION_FOCUS;
                grid_free(other);
                s.model.at.focus = i;
                struct action enter = view_key(&s.model, UI_KEY_ENTER);
                a = view_click(&s.model, g, 20, y);
                assert_int_equal(a.kind, enter.kind);
                grid_free(g);
            }
            scene_end(&s);
        }
    assert_true(n_clicked > 50);
}

static void words_of_the_frame_are_keys(void **state)
{
    (void)state;
    struct scene s;
    scene_missing_certificate(&s);
    s.model.at = (struct place){.page = PAGE_ANSWER, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    struct grid *g = shown(&s.model);
    int bar = s.model.height - 1;
    assert_int_equal(view_click(&s.model, g, 2, bar).value, PAGE_HELP); /* "F1 Help" */
    assert_int_equal(view_click(&s.model, g, 6, bar).value, PAGE_HELP);
    assert_int_equal(view_click(&s.model, g, 11, bar).kind, ACTION_BACK); /* "Esc Back" */
    assert_int_equal(view_click(&s.model, g, s.model.width - 1, bar).kind, ACTION_NONE);
    assert_int_equal(view_click(&s.model, g, 3, bar - 1).kind,
                     view_key(&s.model, UI_KEY_ENTER).kind);
    assert_int_equal(view_click(&s.model, g, 40, 2).kind, ACTION_NONE); /* the rule */
    assert_int_equal(view_click(&s.model, NULL, 0, 0).kind, ACTION_NONE);
    assert_int_equal(view_click(&s.model, g, -1, 500).kind, ACTION_NONE);
    grid_free(g);
    s.model.at.page = PAGE_STEP;
    g = shown(&s.model);
    struct action a = view_click(&s.model, g, 17, 1); /* "[3 ok]" */
    assert_int_equal(a.kind, ACTION_STEP);
    assert_int_equal(a.value, 3);
    grid_free(g);
    s.model.at.page = PAGE_DETAILS;
    g = shown(&s.model);
    a = view_click(&s.model, g, 26, 1); /* " 2 Certificates " */
    assert_int_equal(a.kind, ACTION_TAB);
    assert_int_equal(a.value, TAB_CERTIFICATES);
    grid_free(g);
    scene_end(&s);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_become_keys),
        cmocka_unit_test(items_take_clicks),
        cmocka_unit_test(words_of_the_frame_are_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
