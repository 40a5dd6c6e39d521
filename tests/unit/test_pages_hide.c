/*
 * test_pages_hide.c - with names hidden, no page at any size says one, as a screen or as lines; and
 * where hiding fails, nothing is said at all.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>

#include "sanitized.h"
#include "ui/list_mode.h"
#include "ui_look.h"
#include "ui_models.h"
#include "whytls/case.h"

static void fail_to_hide(const struct redaction *c, const char *text, struct buf *out)
{
    (void)c;
    (void)text;
    out->failed = true;
}

/* A recorded case, whose certificates have names too, in front of both covers. */
struct hidden {
    struct scene scene;
    struct redactor *redactor;
    struct redaction redaction;
};

static void start(struct hidden *h, void (*make)(struct scene *))
{
    make(&h->scene);
    h->redactor = redactor_new();
    redactor_learn(h->redactor, h->scene.evidence);
    h->redaction = redactor_redaction(h->redactor, HIDE_ALL);
    h->scene.model.redaction = &h->redaction;
}

static void end(struct hidden *h)
{
    redactor_free(h->redactor);
    scene_end(&h->scene);
}

static const char *const names[] = {"shop.example", "192.0.2.7", "127.0.0.1", "Practice Issuing",
                                    "Practice Root"};

static void assert_no_names(const struct model *m, const char *text)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (text_contains_nocase(text, names[i]))
            fail_msg("page:%s says %s", page_name(m->at.page), names[i]);
}

static void check_screen(const struct model *m)
{
    struct grid *g = draw(m, false);
    char *text = text_of(g);
    assert_no_names(m, text);
    free(text);
    grid_free(g);
}

static void check_lines(const struct model *m)
{
    static struct choices c;
    struct model as_list = *m;
    struct buf page;
    buf_init(&page, 1024 * 1024);
    list_prepare(&as_list);
    list_page(&as_list, &page);
    assert_no_names(m, buf_text(&page));
    buf_fini(&page);
    list_choices(&as_list, &c);
    for (int i = 0; i < c.n; i++)
        assert_no_names(m, c.all[i].words);
}

/* Steps and tabs are nine and six pages; of any other one, what is scrolled to. */
static int count_variants(enum page page)
{
    return page == PAGE_STEP || page == PAGE_DETAILS ? 9 : 4;
}

static void on_every_page(struct model *m, void (*check)(const struct model *))
{
    static const int sizes[][2] = {{80, 24}, {200, 50}, {79, 23}, {100, 30}, {120, 40}};
    const size_t n_sizes = IS_SANITIZED ? 2 : sizeof(sizes) / sizeof(sizes[0]);
    for (size_t i = 0; i < n_sizes; i++)
        for (int page = 0; page < PAGE_COUNT; page++)
            for (int variant = 0; variant < count_variants((enum page)page); variant++) {
                bool is_of_case = (PAGES_WITH_CASE & (1u << page)) != 0;
                m->width = sizes[i][0];
                m->height = sizes[i][1];
                m->is_presenter = variant % 2 == 1;
                m->at = (struct place){.page = (enum page)page,
                                       .step = (enum step)(variant + 1),
                                       .tab = (enum details_tab)(variant % TAB_COUNT),
                                       .focus = MODEL_FOCUS_AUTO,
                                       .scroll = variant * 36 / count_variants((enum page)page)};
                if (is_of_case)
                    check(m);
            }
}

static void no_page_says_a_name(void **state)
{
    (void)state;
    for (int k = 0; k < SCENE_COUNT; k++) {
        struct hidden h;
        scene_makers[k](&h.scene);
        bool has_case = h.scene.evidence != NULL;
        scene_end(&h.scene);
        if (!has_case)
            continue;
        start(&h, scene_makers[k]);
        h.scene.model.forms.tree.open = 0xFFFFFFFFu;
        on_every_page(&h.scene.model, check_screen);
        on_every_page(&h.scene.model, check_lines);
        end(&h);
    }
}

/* So that the test above can fail: the names are there. */
static void without_it_they_are_there(void **state)
{
    (void)state;
    struct scene s;
    scene_broken(&s);
    s.model.at = (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    assert_true(page_has(&s.model, "shop.example"));
    assert_true(page_has(&s.model, "192.0.2.7"));
    assert_true(page_has(&s.model, "x Hide names"));
    scene_end(&s);
}

static void the_same_is_called_the_same(void **state)
{
    (void)state;
    struct hidden h;
    start(&h, scene_broken);
    struct model *m = &h.scene.model;
    m->at = (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    assert_true(page_has(m, "host-1:443"));
    assert_true(page_has(m, "look up the IP address: addr-1"));
    assert_true(page_has(m, "NAMES HIDDEN"));
    assert_true(page_has(m, "x Show names"));
    m->is_presenter = true; /* its large letters too */
    assert_true(page_has(m, "host-1"));
    assert_false(page_has(m, "SHOP.EXAMPLE"));
    end(&h);
}

static void what_can_not_be_hidden_is_not_shown(void **state)
{
    (void)state;
    struct hidden h;
    start(&h, scene_broken);
    h.redaction.hide = fail_to_hide;
    struct model *m = &h.scene.model;
    m->at = (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    assert_true(page_has(m, "(hidden)"));
    on_every_page(m, check_screen);
    on_every_page(m, check_lines);
    end(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_page_says_a_name),
        cmocka_unit_test(without_it_they_are_there),
        cmocka_unit_test(the_same_is_called_the_same),
        cmocka_unit_test(what_can_not_be_hidden_is_not_shown),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
