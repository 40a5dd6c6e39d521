/*
 * test_pages_compare.c - the comparison shows what was asked and nothing else; what it asks more
 * leaves what was found as it was.
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
#include "whytls/walk.h"

static void start(struct scene *s, void (*make)(struct scene *))
{
    make(s);
    s->model.is_done = true;
    s->model.at = (struct place){.page = PAGE_ANSWER, .step = STEP_REACH};
    press(&s->model, 'c');
    assert_int_equal(s->model.at.page, PAGE_COMPARE);
}

static size_t count_clients(void)
{
    size_t n = 0;
    while (client_at(n))
        n++;
    return n;
}

/* A case with a baseline that failed, two addresses, and nothing else. */
static void scene_lone(struct scene *s)
{
    struct settings base;
    scene_start(s, "lone", "shop.example");
    struct resolution *r = &s->evidence->resolution;
    r->finished = true;
    r->n_addresses = 2;
    TEXT_SET(r->addresses[0], "192.0.2.7");
    TEXT_SET(r->addresses[1], "192.0.2.8");
    walk(s->evidence, &s->walk);
    base = s->walk.analysis.base;
    struct probe *p = evidence_add_probe(s->evidence, &base, 0);
    p->outcome.finished = true;
    p->outcome.stage = STAGE_HELLO;
    p->outcome.how = BREAK_ALERT;
    p->outcome.alert = 40;
    walk(s->evidence, &s->walk);
}

static void what_was_not_asked_says_so(void **state)
{
    (void)state;
    static const int sizes[][2] = {{80, 24}, {100, 30}, {120, 40}, {200, 50}};
    struct scene s;
    start(&s, scene_lone);
    struct model *m = &s.model;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        m->width = sizes[i][0];
        m->height = sizes[i][1];
        assert_true(page_has(m, "a current program *"));
        assert_true(page_has(m, "[FAIL]  refused: alert 40"));
        assert_true(page_has(m, "[    ]  not asked"));
        assert_true(page_has(m, "192.0.2.8"));
        assert_true(page_has(m, "[ ?? ]  no certificate to judge"));
        assert_false(page_has(m, "[ OK ]"));
        assert_false(page_has(m, "with the missing card")); /* nobody has judged that */
    }
    m->width = 80;
    m->height = MODEL_LEAST_HEIGHT - 1;
    assert_true(page_has(m, "needs 80 x 24"));
    scene_end(&s);
}

static void enter_says_why(void **state)
{
    (void)state;
    struct scene s;
    start(&s, scene_lone);
    struct model *m = &s.model;
    press(m, UI_KEY_ENTER);
    assert_int_equal(m->at.page, PAGE_DETAILS);
    assert_int_equal(m->at.tab, TAB_HANDSHAKE);
    assert_int_equal(m->shown_probe, 0);
    press(m, UI_KEY_ESC);
    press(m, UI_KEY_DOWN);
    assert_int_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_SAY); /* it can't be asked here */
    assert_false(page_has(m, "Ask the others"));
    m->can_compare = true;
    assert_int_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_COMPARE);
    assert_int_equal(view_key(m, 'a').kind, ACTION_COMPARE);
    assert_true(page_has(m, "Ask the others"));
    press(m, UI_KEY_TAB);
    assert_int_equal(m->at.focus, count_clients());
    press(m, UI_KEY_TAB);
    press(m, UI_KEY_ENTER);
    assert_int_equal(m->at.tab, TAB_CERTIFICATES);
    scene_end(&s);
}

/* Each want is a new one, and when all are answered there is none left. */
static void all_is_asked_once(void **state)
{
    (void)state;
    struct scene s;
    struct want wants[32];
    start(&s, scene_lone);
    size_t n = compare_wants(&s.walk, wants, 32);
    assert_int_equal(n, count_clients() - 1 + 1); /* the other programs and the other address */
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            assert_false(settings_equal(&wants[i].settings, &wants[k].settings));
        struct probe *p = evidence_add_probe(s.evidence, &wants[i].settings, wants[i].changes);
        p->outcome.finished = p->outcome.success = i % 2 == 0;
        p->outcome.finished = true;
        p->outcome.stage = p->outcome.success ? STAGE_DONE : STAGE_HELLO;
        p->outcome.how = p->outcome.success ? BREAK_NONE : BREAK_CLOSED;
    }
    walk(s.evidence, &s.walk);
    assert_int_equal(compare_wants(&s.walk, wants, 32), 0);
    assert_false(page_has(&s.model, "not asked"));
    assert_true(page_has(&s.model, "the other side closed"));
    scene_end(&s);
}

/* Programs that are asked for a comparison only: the search must not take one for its experiment.
 */
static void what_was_found_stays_found(void **state)
{
    (void)state;
    struct scene s;
    struct want wants[32];
    start(&s, scene_lone);
    s.evidence->settled = true;
    walk(s.evidence, &s.walk);
    struct walk before = s.walk;
    size_t n = compare_wants(&s.walk, wants, 32);
    for (size_t i = 0; i < n; i++) {
        if (wants[i].changes != CHANGE_BIT(OTHER_CLIENT))
            continue;
        struct probe *p = evidence_add_probe(s.evidence, &wants[i].settings, wants[i].changes);
        p->outcome.finished = p->outcome.success = true;
        p->outcome.stage = STAGE_DONE;
    }
    walk(s.evidence, &s.walk);
    assert_int_equal(s.walk.conclusion, before.conclusion);
    assert_int_equal(s.walk.n_causes, before.n_causes);
    assert_ptr_equal(s.walk.causes[0].cause, before.causes[0].cause);
    for (size_t i = 0; i < tree_size(); i++)
        assert_int_equal(s.walk.findings[i].result, before.findings[i].result);
    scene_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_not_asked_says_so),
        cmocka_unit_test(enter_says_why),
        cmocka_unit_test(all_is_asked_once),
        cmocka_unit_test(what_was_found_stays_found),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
