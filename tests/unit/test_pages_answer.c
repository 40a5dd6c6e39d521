/*
 * test_pages_answer.c - the answer of every cause stands on 24 rows, and in a language with longer
 * words still what matters; whether it helped; presenter mode and the wide step.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>

#include "ui/pages/entry.h"
#include "ui/pages/pages.h"
#include "ui_look.h"
#include "ui_models.h"

enum { MANY = 256 };

/* Every cause, and every way to end without one. */
static size_t list_causes(const struct cause **all)
{
    size_t n = 0;
    while (cause_at(n) && n < MANY) {
        all[n] = cause_at(n);
        n++;
    }
    assert_in_range(n, 50, MANY - CONCLUSION_COUNT);
    for (int c = 0; c < CONCLUSION_COUNT; c++)
        if (conclusion_cause((enum conclusion)c))
            all[n++] = conclusion_cause((enum conclusion)c);
    return n;
}

/* As where it is proven: certificates judged once more or a pair of probes, and the cause's own
 * words.
 */
static void make_proven(const struct cause *cause, struct advice *a)
{
    page_preview_advice(cause, a);
    if (cause->blocks == BLOCKS_CERTIFICATE) {
        text_copy(a->why[a->n_why++], ADVICE_LINE,
                  "We changed only one thing: we put the missing certificate in. Then the "
                  "certificate is accepted.");
    } else {
        text_copy(a->why[a->n_why++], ADVICE_LINE,
                  "First try: The site refused after our hello (alert 40, handshake failure).");
        text_copy(a->why[a->n_why++], ADVICE_LINE,
                  "Then we changed only the TLS versions we offer. It worked, with TLS 1.2.");
    }
    if (cause->proof)
        text_copy(a->why[a->n_why++], ADVICE_LINE, cause->proof);
}

static int rows_of(const struct model *m, const struct advice *a)
{
    struct doc d = doc_measure(m);
    entry_put(&d, a, false);
    return d.row + 1; /* "2 faults.  This one blocks first." */
}

static void every_answer_stands_on_one_screen(void **state)
{
    (void)state;
    static const struct cause *all[MANY];
    struct model m;
    size_t n = list_causes(all);
    model_init(&m, 80, 24, false);
    m.at.page = PAGE_PREVIEW;
    for (size_t i = 0; i < n; i++) {
        struct advice a;
        make_proven(all[i], &a);
        if (rows_of(&m, &a) > page_window(&m))
            fail_msg("%s takes %d rows of %d", all[i]->code, rows_of(&m, &a), page_window(&m));
    }
}

/* Two in five characters more, as German or Finnish would have it. */
static void make_longer(char *text, size_t size)
{
    static const char more[] = " und noch einiges mehr";
    size_t n = strlen(text), wanted = n + (n * 2 + 4) / 5;
    wanted = wanted < size ? wanted : size - 1;
    for (size_t i = 0; n < wanted; i++)
        text[n++] = more[i % (sizeof(more) - 1)];
    text[n] = '\0';
}

static void longer_words_still_fit(void **state)
{
    (void)state;
    static const struct cause *all[MANY];
    struct model m;
    size_t n = list_causes(all);
    model_init(&m, 80, 24, false);
    m.at.page = PAGE_PREVIEW;
    for (size_t i = 0; i < n; i++) {
        struct advice a;
        page_preview_advice(all[i], &a);
        make_longer(a.title, sizeof(a.title));
        make_longer(a.who, sizeof(a.who));
        make_longer(a.what, sizeof(a.what));
        for (size_t k = 0; k < a.n_todo; k++)
            make_longer(a.todo[k], ADVICE_LINE);
        for (size_t k = 0; k < a.n_dont; k++)
            make_longer(a.dont[k], ADVICE_LINE);
        if (rows_of(&m, &a) > page_window(&m))
            fail_msg("%s takes %d rows of %d", all[i]->code, rows_of(&m, &a), page_window(&m));
    }
}

/* ---- feedback -----------------------------------------------------------------------------------
 */

static void it_helped_or_not(void **state)
{
    (void)state;
    struct scene s;
    scene_crowded(&s);
    s.model.at = (struct place){.page = PAGE_ANSWER, .step = STEP_REACH};
    assert_true(page_has(&s.model, "+ It helped   - It did not"));
    struct action a = view_key(&s.model, '+');
    assert_int_equal(a.kind, ACTION_HELPED);
    assert_int_equal(a.value, HELPED_YES);
    assert_int_equal(view_key(&s.model, '-').value, HELPED_NO);
    s.model.at.page = PAGE_STEP;
    s.model.at.step = STEP_EDGE;
    assert_int_not_equal(view_key(&s.model, '+').kind, ACTION_HELPED);
    scene_end(&s);
}

/* ---- presenter mode, wide layout ----------------------------------------------------------------
 */

static bool has_bar(const struct model *m)
{
    struct grid *g = draw(m, false);
    bool has = false;
    for (int y = 3; y < g->height - 3; y++)
        for (int x = 0; x < g->width; x++)
            has = has || grid_cell(g, x, y)->role == ROLE_RULE;
    grid_free(g);
    return has;
}

static void a_presenter_has_a_large_number(void **state)
{
    (void)state;
    static const int sizes[][2] = {{80, 24}, {100, 30}, {120, 40}, {200, 50}};
    struct scene s;
    scene_crowded(&s);
    struct model *m = &s.model;
    text_copy(s.evidence->target.host, sizeof(s.evidence->target.host), "shop.example");
    m->at = (struct place){.page = PAGE_STEP, .step = STEP_CIPHER, .focus = MODEL_FOCUS_AUTO};
    press(m, 'z');
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        m->width = sizes[i][0];
        m->height = sizes[i][1];
        assert_true(page_has(m, "    #####     SHOP.EXAMPLE"));
        assert_true(page_has(m, "STEP 5 OF 9:  DO BOTH SIDES SHARE A CIPHER?"));
        assert_true(page_has(m, "NAMES SHOWN"));
        assert_true(page_has(m, "5a [")); /* and the checks below it */
        assert_false(page_has(m, "----"));
    }
    m->at.page = PAGE_ANSWER;
    assert_true(page_has(m, "ANSWER W-"));
    assert_true(page_has(m, "Who can fix it"));
    m->at.page = PAGE_TREE; /* no number there: the page as ever */
    assert_true(page_has(m, "THE PATH WE TOOK"));
    press(m, 'z');
    m->at.page = PAGE_STEP;
    assert_false(page_has(m, "NAMES SHOWN"));
    scene_end(&s);
}

/* The first row below the number is the page's own first row: nothing is hidden by it. */
static void nothing_is_under_the_number(void **state)
{
    (void)state;
    struct scene s;
    scene_broken(&s);
    struct model *m = &s.model;
    m->at = (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    m->height = 30;
    press(m, 'z');
    struct grid *g = draw(m, true);
    char *row = row_of(g, page_top(m));
    assert_string_equal(row, " 1  Can we reach the site?");
    free(row);
    grid_free(g);
    scene_end(&s);
}

static void the_path_stands_beside_a_wide_step(void **state)
{
    (void)state;
    struct scene s;
    scene_broken(&s);
    struct model *m = &s.model;
    m->at = (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    assert_int_equal(view_key(m, 'w').kind, ACTION_SAY); /* no room: it says why */
    assert_false(page_has(m, "THE PATH SO FAR"));
    m->width = 120;
    m->height = 40;
    assert_true(page_has(m, "THE PATH SO FAR"));
    assert_true(page_has(m, "The case, read aloud:"));
    assert_true(has_bar(m));
    press(m, 'w');
    assert_false(page_has(m, "THE PATH SO FAR"));
    assert_false(has_bar(m));
    press(m, 'W');
    assert_true(page_has(m, "THE PATH SO FAR"));
    scene_end(&s);
}

static void codes_are_spelled(void **state)
{
    (void)state;
    char words[200], few[8];
    spell_code("K7M-4QXJ", words, sizeof(words));
    assert_string_equal(words, "Kilo Seven Mike, Four Quebec X-ray Juliett");
    spell_code("K7M-4QXJ", few, sizeof(few));
    assert_true(strlen(few) < sizeof(few));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_stands_on_one_screen),
        cmocka_unit_test(longer_words_still_fit),
        cmocka_unit_test(it_helped_or_not),
        cmocka_unit_test(a_presenter_has_a_large_number),
        cmocka_unit_test(nothing_is_under_the_number),
        cmocka_unit_test(the_path_stands_beside_a_wide_step),
        cmocka_unit_test(codes_are_spelled),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
