/*
 * test_tree.c - the tables hold together: every cause has its own slug and code, its step's digit,
 * words whose keys exist, and a scenario that leads to it; parents stand above children.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "advice/advice_keys.h"
#include "whytls/advice.h"
#include "whytls/walk.h"
#include "whytls/lab.h"
#include "whytls/text.h"

static void test_parents_stand_above_children(void **state)
{
    (void)state;
    enum step step = STEP_NONE;
    for (size_t i = 0; i < tree_size(); i++) {
        const struct tree_row *row = tree_row(i);
        assert_true(row->parent < (int)i);
        assert_true(row->check->step >= step);
        step = row->check->step;
    }
}

static void test_questions_fit_their_column(void **state)
{
    (void)state;
    for (size_t i = 0; i < tree_size(); i++) {
        const struct check *check = tree_row(i)->check;
        if (text_width(check->question) > 40)
            fail_msg("too long: %s", check->question);
        assert_true(check->gloss && check->gloss[0]);
    }
}

/* What is fine is said in the words of each check, and none is left out for want of room. */
static void test_what_is_fine_is_said_by_each_check(void **state)
{
    (void)state;
    static struct walk w;
    static char lines[ADVICE_MAX_FINE][ADVICE_LINE];
    size_t n = 0;
    for (size_t i = 0; i < tree_size(); i++) {
        const struct check *check = tree_row(i)->check;
        if (!check->fine != !check->fine_brief)
            fail_msg("%s: one of fine and fine_brief alone", check->id);
        n += check->fine != NULL;
        w.findings[i].result = RESULT_FINE;
        w.findings[i].summary = said_with(SAID_TEXT, said_text("yes, 100% of it"));
    }
    assert_true(n > 0);
    assert_int_equal(advice_fine(&w, NULL, lines), n);
    for (size_t i = 0; i < n; i++)
        if (strpbrk(lines[i], "{}") || strstr(lines[i], "yes, ") ||
            lines[i][strlen(lines[i]) - 1] != '.')
            fail_msg("is this a sentence? %s", lines[i]);
}

/* Of a file every row is asked that says so, and no other; what lies below the
 * certificates not before there is one. */
static void test_a_file_is_asked_what_it_answers(void **state)
{
    (void)state;
    static struct walk w;
    struct evidence *ev = evidence_new();
    ev->target.from_file = true;
    walk(ev, &w);
    for (size_t i = 0; i < tree_size(); i++) {
        const struct tree_row *row = tree_row(i);
        bool is_below = row->parent >= 0 && tree_row((size_t)row->parent)->check->answers_file;
        bool is_asked = w.findings[i].summary.id != SAID_NOT_IN_FILE;
        if (is_asked != (row->check->answers_file && !is_below))
            fail_msg("%s: asked of an empty file: %d", row->check->id, is_asked);
    }
    evidence_free(ev);
}

static void test_every_cause_has_its_own_slug_and_code(void **state)
{
    (void)state;
    const struct cause *a, *b;
    for (size_t i = 0; (a = cause_at(i)); i++) {
        assert_ptr_equal(cause_find(a->slug), a);
        assert_ptr_equal(cause_find(a->code), a);
        for (size_t k = i + 1; (b = cause_at(k)); k++) {
            assert_string_not_equal(a->slug, b->slug);
            assert_string_not_equal(a->code, b->code);
        }
    }
}

static void test_every_cause_says_who_what_and_what_to_do(void **state)
{
    (void)state;
    const struct cause *c;
    for (size_t i = 0; (c = cause_at(i)); i++) {
        assert_true(c->title && c->what && c->todo[0]);
        assert_true(c->who != WHO_NOBODY);
        if (c->blocks != BLOCKS_NOTHING && !c->to_confirm)
            fail_msg("%s does not say what would prove it", c->slug);
    }
}

static void check_keys(const char *slug, const char *text)
{
    for (const char *p = text ? strchr(text, '{') : NULL; p; p = strchr(p + 1, '{')) {
        const char *end = strchr(p, '}');
        if (!end || !keys_has(p + 1, (size_t)(end - p - 1)))
            fail_msg("%s: unknown key in \"%s\"", slug, text);
    }
}

static void test_every_key_in_the_words_exists(void **state)
{
    (void)state;
    const struct cause *c;
    for (size_t i = 0; (c = cause_at(i)); i++) {
        const char *const texts[] = {c->title,   c->what,    c->proof,   c->to_confirm, c->todo[0],
                                     c->todo[1], c->todo[2], c->dont[0], c->dont[1]};
        for (size_t k = 0; k < sizeof(texts) / sizeof(texts[0]); k++)
            check_keys(c->slug, texts[k]);
    }
}

static void test_what_a_cause_explains_exists(void **state)
{
    (void)state;
    const struct cause *c;
    for (size_t i = 0; (c = cause_at(i)); i++)
        for (size_t k = 0; k < CAUSE_MAX_EXPLAINS && c->explains[k]; k++)
            if (!cause_find(c->explains[k]))
                fail_msg("%s explains %s, which is no cause", c->slug, c->explains[k]);
}

/* Causes that loopback can't stage, or that only a user's answer brings: each has a unit test. */
static const char *const unstaged[] = {
    "client.one-program",
    "client.changed-here",
    "trust.program-list",          /* lab/test_answers.sh */
    "chain.program-refuses",       /* lab/test_answers.sh */
    "chain.distrusted-in-program", /* chains/test_rules.sh */
    "between.this-network",
    "between.name-filtered",
    "reach.no-reply",
    "reach.broken-off",
    "reach.data-changed",
    "reach.wrong-signature",
    "cipher.old-exchange",
};

static bool has_word(const char *list, const char *word)
{
    size_t len = strlen(word);
    for (const char *p = list ? strstr(list, word) : NULL; p; p = strstr(p + 1, word))
        if ((p == list || p[-1] == ' ') && (p[len] == '\0' || p[len] == ' '))
            return true;
    return false;
}

static bool is_staged(const char *slug)
{
    const struct scenario_line *s;
    for (size_t i = 0; (s = lab_scenario(i)); i++)
        if (has_word(s->expect, slug) || has_word(s->notes, slug))
            return true;
    for (size_t i = 0; i < sizeof(unstaged) / sizeof(unstaged[0]); i++)
        if (strcmp(unstaged[i], slug) == 0)
            return true;
    return false;
}

static void test_every_cause_has_a_scenario(void **state)
{
    (void)state;
    const struct cause *c;
    for (size_t i = 0; (c = cause_at(i)); i++)
        if (!is_staged(c->slug))
            fail_msg("no scenario leads to %s", c->slug);
}

static void test_every_scenario_leads_to_causes_that_exist(void **state)
{
    (void)state;
    const struct scenario_line *s;
    for (size_t i = 0; (s = lab_scenario(i)); i++) {
        char list[256];
        text_copy_cut(list, sizeof(list), s->expect);
        for (char *word = strtok(list, " "); word; word = strtok(NULL, " "))
            if (!cause_find(word))
                fail_msg("%s expects %s, which is no cause", s->name, word);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parents_stand_above_children),
        cmocka_unit_test(test_questions_fit_their_column),
        cmocka_unit_test(test_what_is_fine_is_said_by_each_check),
        cmocka_unit_test(test_a_file_is_asked_what_it_answers),
        cmocka_unit_test(test_every_cause_has_its_own_slug_and_code),
        cmocka_unit_test(test_every_cause_says_who_what_and_what_to_do),
        cmocka_unit_test(test_every_key_in_the_words_exists),
        cmocka_unit_test(test_what_a_cause_explains_exists),
        cmocka_unit_test(test_every_cause_has_a_scenario),
        cmocka_unit_test(test_every_scenario_leads_to_causes_that_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
