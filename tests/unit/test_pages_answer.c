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

#include "ui/pages/pages.h"
#include "ui/widgets/widgets.h"
#include "ui_look.h"
#include "ui_models.h"
#include "whytls/walk.h"

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

/* A language with longer words, German or Finnish: two in five characters more in every text that
 * is drawn; what is short is a name, a code or a mark. */
static void make_longer(const struct redaction *c, const char *text, struct buf *out)
{
    static const char more[] = " und noch einiges mehr";
    enum { SHORT = 16 };
    (void)c;
    size_t n = strlen(text), wanted = n > SHORT ? (n * 2 + 4) / 5 : 0;
    buf_puts(out, text);
    for (size_t i = 0; i < wanted; i++)
        buf_put(out, &more[i % (sizeof(more) - 1)], 1);
}

/* A recorded case in which this cause is what was found: with the proof that its kind of cause has,
 * a pair of probes or the certificates judged once more, and all that was fine. */
static void accuse(struct scene *s, const struct cause *cause)
{
    bool is_chain = cause->blocks == BLOCKS_CERTIFICATE;
    s->walk.conclusion = CONCLUSION_CAUSE;
    for (int c = 0; c < CONCLUSION_COUNT; c++)
        if (conclusion_cause((enum conclusion)c) == cause)
            s->walk.conclusion = (enum conclusion)c;
    s->walk.n_causes = 1;
    s->walk.n_notes = 0;
    s->walk.causes[0] = (struct diagnosed){
        .cause = cause,
        .certainty = CERTAINTY_PROVEN,
        .proof = {.baseline = is_chain ? -1 : 0,
                  .experiment = is_chain ? -1 : 1,
                  .changes = is_chain ? 0 : CHANGE_BIT(VERSIONS),
                  .chain_changes = is_chain ? 1 : 0,
                  .is_success = true},
        .path_place = is_chain ? 0 : -1,
    };
}

static bool starts_on(const char *screen, const char *text)
{
    char words[16];
    text_copy_cut(words, sizeof(words), text);
    return strstr(screen, words) != NULL;
}

/* All of it is in sight: nothing scrolls but what is to be passed on ("In technical words"), each
 * thing to do and not to do is there, and a proof; where the words are longer than English, the key
 * that shows it. */
static void check_answer(const struct model *m, const struct cause *cause)
{
    struct advice a;
    const struct page_ops *ops = page_ops(PAGE_ANSWER);
    advice_make(m->walk, &m->walk->causes[0], NULL, &a);
    if (!a.term[0] && ops->rows(m) > page_window(m))
        fail_msg("%s takes %d rows of %d", cause->code, ops->rows(m), page_window(m));
    struct grid *g = draw(m, true);
    char *screen = text_of(g);
    bool is_whole = starts_on(screen, a.title) && starts_on(screen, a.who) &&
                    starts_on(screen, a.what) &&
                    (a.n_why == 0 || starts_on(screen, a.why[0]) ||
                     (m->redaction && strstr(screen, "press d.")));
    for (size_t i = 0; i < a.n_todo; i++)
        is_whole = is_whole && starts_on(screen, a.todo[i]);
    for (size_t i = 0; i < a.n_dont; i++)
        is_whole = is_whole && starts_on(screen, a.dont[i]);
    if (!is_whole)
        fail_msg("%s has not all of its parts on the screen:\n%s", cause->code, screen);
    free(screen);
    grid_free(g);
}

/* In 24 rows and 80 columns; the tree is at hand for what had no room. */
static void check_all_answers(const struct redaction *redaction)
{
    static const struct cause *all[MANY];
    size_t n = list_causes(all);
    struct scene chain, pair;
    scene_missing_certificate(&chain);
    scene_too_old(&pair);
    for (size_t i = 0; i < n; i++) {
        struct scene *s = all[i]->blocks == BLOCKS_CERTIFICATE ? &chain : &pair;
        accuse(s, all[i]);
        s->model.redaction = redaction;
        s->model.at = (struct place){.page = PAGE_ANSWER, .step = STEP_REACH};
        check_answer(&s->model, all[i]);
    }
    scene_end(&chain);
    scene_end(&pair);
}

static void every_answer_stands_on_one_screen(void **state)
{
    (void)state;
    check_all_answers(NULL);
}

static void longer_words_still_fit(void **state)
{
    (void)state;
    const struct redaction longer = {.hide = make_longer};
    check_all_answers(&longer);
}

/* What was seen besides takes from the proofs, which the details have too; not from what to do. */
static void a_note_has_room_with_every_answer(void **state)
{
    (void)state;
    static const struct cause *all[MANY];
    size_t n = list_causes(all);
    struct scene s;
    scene_missing_certificate(&s);
    for (size_t i = 0, k = 0; i < n; i++) {
        const struct cause *fault = all[i], *note;
        if (fault->blocks != BLOCKS_CERTIFICATE)
            continue;
        do
            note = all[k++ % n];
        while (note->blocks != BLOCKS_NOTHING);
        accuse(&s, fault);
        s.walk.notes[0] = (struct diagnosed){.cause = note, .path_place = -1};
        s.walk.n_notes = 1;
        s.model.at = (struct place){.page = PAGE_ANSWER, .step = STEP_REACH};
        if (!fault->term)
            assert_true(page_ops(PAGE_ANSWER)->rows(&s.model) <= page_window(&s.model));
        assert_true(page_has(&s.model, "Also seen"));
    }
    scene_end(&s);
}

static bool has_second_on_row(const struct model *m, int y)
{
    struct grid *g = draw(m, true);
    char *row = row_of(g, y);
    bool has = strstr(row, "FAULT 2  W-") != NULL;
    free(row);
    grid_free(g);
    return has;
}

/* Two faults rarely have room together: then each has a screen, and the first one says so. */
static void the_second_fault_has_a_screen(void **state)
{
    (void)state;
    static const struct cause *all[MANY];
    size_t n = list_causes(all);
    struct scene s;
    scene_missing_certificate(&s);
    struct model *m = &s.model;
    for (size_t i = 0; i < n; i++) {
        const struct cause *first = all[i], *second = all[n - 1 - i];
        if (first->blocks == BLOCKS_NOTHING || second->blocks == BLOCKS_NOTHING || first == second)
            continue;
        accuse(&s, first);
        s.walk.causes[s.walk.n_causes] = s.walk.causes[0];
        s.walk.causes[s.walk.n_causes++].cause = second;
        m->at = (struct place){.page = PAGE_ANSWER, .step = STEP_REACH};
        if (page_ops(PAGE_ANSWER)->rows(m) <= page_window(m))
            continue;
        int last = page_top(m) + page_window(m) - 1;
        assert_true(page_has(m, "The other fault is below:  press PgDn or Space."));
        if (!has_second_on_row(m, last))
            fail_msg("%s hides %s", first->code, second->code);
        press(m, UI_KEY_PAGE_DOWN);
        bool is_end = page_scroll(m) < page_window(m) - 1; /* there is not more of it */
        assert_true(page_has(m, "FAULT 2  W-"));
        assert_true(is_end || has_second_on_row(m, page_top(m)));
        assert_false(page_has(m, "below:  press"));
    }
    scene_end(&s);
}

/* ---- feedback ----------------------------------------------------------------------------- */

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

/* ---- presenter mode, wide layout ---------------------------------------------------------- */

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
    TEXT_SET(s.evidence->target.host, "shop.example");
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
        cmocka_unit_test(a_note_has_room_with_every_answer),
        cmocka_unit_test(the_second_fault_has_a_screen),
        cmocka_unit_test(it_helped_or_not),
        cmocka_unit_test(a_presenter_has_a_large_number),
        cmocka_unit_test(nothing_is_under_the_number),
        cmocka_unit_test(the_path_stands_beside_a_wide_step),
        cmocka_unit_test(codes_are_spelled),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
