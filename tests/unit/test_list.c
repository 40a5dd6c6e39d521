/*
 * test_list.c - the wizard as a list has all that the screen has: every page that keys lead to and
 * every action that a key has there is a choice; and its lines hold what the screen says.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>

#include "sanitized.h"
#include "ui/list_mode.h"
#include "ui/pages/page_tree_lines.h"
#include "ui_look.h"
#include "ui_models.h"

/* ---- every key, every focus --------------------------------------------------------------- */

static bool is_same_action(struct action a, struct action b)
{
    return a.kind == b.kind && a.value == b.value && a.choice == b.choice;
}

/* The keys that mean something to a screen only, by the table. */
static bool is_key_of_screen(const struct model *m, unsigned key, struct action a)
{
    const struct key_row *row;
    for (size_t i = 0; (row = key_row(i)); i++) {
        bool is_it = row->special == key || (key < 0x80 && row->letter == (char)(key | 0x20)) ||
                     (row->letter && (unsigned)row->letter == key);
        if (row->is_of_screen && is_it && key_row_is_on(row, m->at.page) &&
            is_same_action(row->action, a))
            return true;
    }
    return false;
}

/* What changes no page and does nothing outside: moving about and typing. */
static bool is_motion(enum action_kind kind)
{
    static const enum action_kind motions[] = {
        ACTION_NONE,       ACTION_SAY,      ACTION_MOVE,     ACTION_TOP,       ACTION_BOTTOM,
        ACTION_FOCUS,      ACTION_TYPE,     ACTION_ERASE,    ACTION_DELETE,    ACTION_CURSOR,
        ACTION_LINE_START, ACTION_LINE_END, ACTION_REDRAW,   ACTION_SUSPEND,   ACTION_AS_LIST,
        ACTION_LINE_CLEAR, ACTION_FIND,     ACTION_FIND_END, ACTION_FIND_NEXT, ACTION_FOLD,
    };
    for (size_t i = 0; i < sizeof(motions) / sizeof(motions[0]); i++)
        if (motions[i] == kind)
            return true;
    return false;
}

enum { LONG_LIST = 60, KEY_PLACES = 95 + UI_KEY_F0 + 13 - UI_KEY_ENTER + 26 };

static unsigned key_at(int i)
{
    if (i < 95)
        return (unsigned)(' ' + i);
    i -= 95;
    int specials = UI_KEY_F0 + 13 - UI_KEY_ENTER;
    return i < specials ? (unsigned)(UI_KEY_ENTER + i)
                        : (unsigned)(UI_KEY_CTRL + 'A' + i - specials);
}

/* Calls back with the outcome of each key at each focus of the page; of a long list at each
 * seventh, for its items take the same keys. */
static void press_all(const struct model *m,
                      void (*see)(const struct model *, unsigned, struct action, void *), void *ctx)
{
    const struct page_ops *ops = page_ops(m->at.page);
    int n = ops->items ? ops->items(m) : 0;
    int step = n > LONG_LIST && !takes_the_whole() ? 7 : 1;
    for (int focus = n > 0 ? 0 : MODEL_FOCUS_AUTO; focus < n || focus == MODEL_FOCUS_AUTO;
         focus += step) {
        struct model there = *m;
        there.at.focus = focus;
        for (int i = 0; i < KEY_PLACES; i++) {
            struct action a = view_key(&there, key_at(i));
            if (!is_motion(a.kind) && !is_key_of_screen(&there, key_at(i), a))
                see(&there, key_at(i), a, ctx);
        }
        if (n == 0)
            break;
    }
}

/* ---- the walk ----------------------------------------------------------------------------- */

enum { PLACES_MAX = 4096 };

struct places {
    struct model at[PLACES_MAX];
    int n;
};

static bool has_ways(const struct model *m)
{
    const struct way_words *ways[WAY_COUNT];
    return model_ways(m, &m->at, ways) > 0;
}

static bool is_same_place(const struct model *a, const struct model *b)
{
    if (a->at.page != b->at.page)
        return false;
    if (a->at.page == PAGE_STEP)
        return a->at.step == b->at.step;
    if (a->at.page == PAGE_TREE) /* as it is at first, and with all branches open */
        return (a->forms.tree.open == tree_all_open()) == (b->forms.tree.open == tree_all_open());
    if (a->at.page == PAGE_PREVIEW) /* from some of them h leads on */
        return has_ways(a) == has_ways(b);
    bool is_details = a->at.page == PAGE_DETAILS;
    return !is_details || (a->at.tab == b->at.tab && a->shown_probe == b->shown_probe);
}

/* Goes where an action leads; what the app would do stays undone. */
static void go_on(struct places *p, const struct model *from, struct action a, bool is_list)
{
    struct model to = *from;
    if (!model_apply(&to, a))
        return;
    if (is_list)
        list_prepare(&to);
    for (int i = 0; i < p->n; i++)
        if (is_same_place(&p->at[i], &to))
            return;
    assert_in_range(p->n, 0, PLACES_MAX - 1);
    to.at.focus = MODEL_FOCUS_AUTO;
    p->at[p->n++] = to;
}

static void follow(const struct model *m, unsigned key, struct action a, void *ctx)
{
    (void)key;
    go_on(ctx, m, a, false);
}

static void walk_by_keys(struct places *p, const struct model *from)
{
    p->n = 0;
    p->at[p->n++] = *from;
    for (int i = 0; i < p->n; i++)
        press_all(&p->at[i], follow, p);
}

static void walk_by_choices(struct places *p, const struct model *from)
{
    static struct choices c;
    p->n = 0;
    p->at[p->n++] = *from;
    list_prepare(&p->at[0]);
    for (int i = 0; i < p->n; i++) {
        list_choices(&p->at[i], &c);
        for (int k = 0; k < c.n; k++)
            go_on(p, &p->at[i], c.all[k].action, true);
    }
}

static bool has_place(const struct places *p, const struct model *m)
{
    for (int i = 0; i < p->n; i++)
        if (is_same_place(&p->at[i], m))
            return true;
    return false;
}

static void every_place_is_in_both(void **state)
{
    (void)state;
    static struct places by_keys, by_choices;
    /* The app turns to the pages LEAVE, and MESSAGE where one was typed; no key does. */
    bool seen[PAGE_COUNT] = {[PAGE_TOO_SMALL] = true, [PAGE_LEAVE] = true, [PAGE_MESSAGE] = true};
    for (int k = 0; k < SCENE_COUNT; k++) {
        struct scene s;
        scene_makers[k](&s);
        s.model.at = (struct place){.page = s.evidence ? PAGE_STEP : PAGE_WELCOME,
                                    .step = STEP_REACH,
                                    .focus = MODEL_FOCUS_AUTO};
        walk_by_keys(&by_keys, &s.model);
        walk_by_choices(&by_choices, &s.model);
        for (int i = 0; i < by_keys.n; i++) {
            seen[by_keys.at[i].at.page] = true;
            assert_true(scene_has_page(&s, by_keys.at[i].at.page));
            if (!has_place(&by_choices, &by_keys.at[i]))
                fail_msg("%s: no choice leads to page:%s, step %d, tab %d", s.name,
                         page_name(by_keys.at[i].at.page), (int)by_keys.at[i].at.step,
                         (int)by_keys.at[i].at.tab);
        }
        for (int i = 0; i < by_choices.n; i++)
            assert_true(has_place(&by_keys, &by_choices.at[i]));
        scene_end(&s);
    }
    for (int page = 0; page < PAGE_COUNT; page++)
        if (!seen[page])
            fail_msg("no key leads to page:%s", page_name((enum page)page));
}

/* ---- actions ------------------------------------------------------------------------------ */

struct offered {
    const struct scene *scene;
    struct choices choices;
};

/* Steps and tabs are places: the walk above sees to them. */
static void must_be_a_choice(const struct model *m, unsigned key, struct action a, void *ctx)
{
    const struct offered *o = ctx;
    const struct page_ops *ops = page_ops(m->at.page);
    if (a.kind == ACTION_STEP || a.kind == ACTION_TAB || (a.kind == ACTION_QUIT && a.value == 130))
        return;
    if (a.kind == ACTION_BACK && m->n_history == 0) /* it only says so */
        return;
    for (int i = 0; i < o->choices.n; i++)
        if (is_same_action(o->choices.all[i].action, a))
            return;
    bool is_enters = is_same_action(view_key(m, UI_KEY_ENTER), a); /* Ctrl-S saves, too */
    if (is_enters && ops->is_idle && ops->is_idle(m))
        return;
    fail_msg("%s, page:%s: key %#x does %d/%d, and no choice does", o->scene->name,
             page_name(m->at.page), key, (int)a.kind, a.value);
}

static void every_action_is_a_choice(void **state)
{
    (void)state;
    static struct places p;
    static struct offered offered;
    for (int k = 0; k < SCENE_COUNT; k++) {
        struct scene s;
        scene_makers[k](&s);
        s.model.at.page = s.evidence ? PAGE_STEP : PAGE_WELCOME;
        s.model.at.focus = MODEL_FOCUS_AUTO;
        walk_by_keys(&p, &s.model);
        for (int i = 0; i < p.n; i++) {
            struct model as_list = p.at[i];
            list_prepare(&as_list);
            list_choices(&as_list, &offered.choices);
            offered.scene = &s;
            press_all(&p.at[i], must_be_a_choice, &offered);
        }
        scene_end(&s);
    }
}

/* Each choice has words, does what it is there for, and what Enter does is the usual one. */
static void choices_can_be_taken(void **state)
{
    (void)state;
    static struct places p;
    static struct choices c;
    for (int k = 0; k < SCENE_COUNT; k++) {
        struct scene s;
        scene_makers[k](&s);
        s.model.at.page = s.evidence ? PAGE_STEP : PAGE_WELCOME;
        walk_by_choices(&p, &s.model);
        for (int i = 0; i < p.n; i++) {
            list_choices(&p.at[i], &c);
            assert_in_range(c.n, 1, LIST_MAX_CHOICES - 1);
            assert_in_range(c.usual, 0, c.n - 1);
            for (int n = 0; n < c.n; n++) {
                struct model there = p.at[i];
                char number[16];
                assert_true(strlen(c.all[n].words) > 3);
                assert_true(text_is_clean(c.all[n].words, strlen(c.all[n].words)));
                snprintf(number, sizeof(number), " %d", n + 1);
                assert_int_equal(list_chosen(&c, number), n);
                if (c.all[n].focus != MODEL_FOCUS_AUTO)
                    there.at.focus = c.all[n].focus;
                if (c.all[n].is_field)
                    assert_true(page_is_typing(&there));
                else
                    assert_true(is_same_action(view_key(&there, c.all[n].key), c.all[n].action));
            }
        }
        scene_end(&s);
    }
}

static void lines_choose(void **state)
{
    (void)state;
    static struct choices c;
    struct scene s;
    scene_broken(&s);
    s.model.at = (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    list_prepare(&s.model);
    list_choices(&s.model, &c);
    assert_int_equal(list_chosen(&c, ""), c.usual);
    assert_int_equal(list_chosen(&c, "  "), c.usual);
    assert_int_equal(c.all[list_chosen(&c, "q")].action.kind, ACTION_QUIT);
    assert_int_equal(c.all[list_chosen(&c, "T ")].action.value, PAGE_TREE);
    assert_int_equal(c.all[list_chosen(&c, ".")].action.kind, ACTION_STOP);
    assert_int_equal(list_chosen(&c, "2."), 1);
    static const char *const no_choices[] = {"00", "-1", "999", "99999999999999999999",
                                             "1x", "tt", "%",   "yes please"};
    for (size_t i = 0; i < sizeof(no_choices) / sizeof(no_choices[0]); i++)
        assert_int_equal(list_chosen(&c, no_choices[i]), -1);
    scene_end(&s);
}

/* What help says can be typed on a page can be typed there, though Enter does the same. */
static void check_letters(const struct model *at)
{
    static struct choices c;
    struct buf text;
    struct model help = *at;
    list_choices(at, &c);
    model_go(&help, PAGE_HELP, at->at.step);
    buf_init(&text, 64 * 1024);
    list_page(&help, &text);
    const char *line = strstr(buf_text(&text), "Type the number");
    assert_non_null(line);
    for (line = strchr(line, '\n') + 1; strncmp(line, "Ctrl-C", 6) != 0;
         line = strchr(line, '\n') + 1) {
        char typed[] = {line[2], '\0'};
        if (list_chosen(&c, typed) < 0)
            fail_msg("page:%s, help tells of %s", page_name(at->at.page), typed);
    }
    buf_fini(&text);
}

static void letters_of_help_are_choices(void **state)
{
    (void)state;
    static struct places p;
    for (int k = 0; k < SCENE_COUNT; k++) {
        struct scene s;
        scene_makers[k](&s);
        s.model.at.page = s.evidence ? PAGE_STEP : PAGE_WELCOME;
        walk_by_choices(&p, &s.model);
        for (int i = 0; i < p.n; i++)
            if (p.at[i].at.page != PAGE_HELP)
                check_letters(&p.at[i]);
        scene_end(&s);
    }
}

/* An Enter too many answers nothing. */
static int count_shown(const struct choices *c, bool is_all)
{
    struct buf text;
    int n = 0;
    buf_init(&text, 64 * 1024);
    list_ask(c, is_all, &text);
    for (const char *p = buf_text(&text); (p = strstr(p, "\n  ")); p++)
        n += strncmp(p, "\n  0  more: ", 12) != 0;
    buf_fini(&text);
    return n;
}

/* Four at first, with what Enter does; all of them after "0" or "more". Letters stay. */
static void the_likeliest_come_first(void **state)
{
    (void)state;
    static struct choices c;
    struct scene s;
    struct buf text;
    scene_missing_certificate(&s);
    s.model.at = (struct place){.page = PAGE_ANSWER, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    list_prepare(&s.model);
    list_choices(&s.model, &c);
    assert_int_equal(count_shown(&c, false), 4);
    assert_int_equal(count_shown(&c, true), c.n);
    assert_true(c.all[c.usual].is_likely);
    assert_int_equal(list_chosen(&c, "0"), LIST_MORE);
    assert_int_equal(list_chosen(&c, " More. "), LIST_MORE);
    assert_int_equal(list_chosen(&c, "mor"), LIST_NONE);
    buf_init(&text, 64 * 1024);
    list_ask(&c, false, &text);
    assert_non_null(strstr(buf_text(&text), "\n  t  Tree: "));
    assert_non_null(strstr(buf_text(&text), "\nAnswer [s]: "));
    buf_fini(&text);
    press(&s.model, 't');
    list_choices(&s.model, &c);
    assert_int_equal(count_shown(&c, false), 4);
    assert_int_equal(c.all[list_chosen(&c, "s")].action.value, PAGE_SAVE);
    s.model.at = (struct place){.page = PAGE_LAB, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO};
    list_choices(&s.model, &c); /* there one chooses: nothing to choose from is kept back */
    assert_true(count_shown(&c, false) > 100);
    scene_end(&s);
}

static void a_question_is_a_choice_each(void **state)
{
    (void)state;
    static struct choices c;
    struct scene s;
    scene_crowded(&s);
    s.model.at = (struct place){
        .page = PAGE_STEP, .step = tree_row(0)->check->step, .focus = MODEL_FOCUS_AUTO};
    list_prepare(&s.model);
    list_choices(&s.model, &c);
    for (int i = 0; i < SINCE_NOT_SURE; i++) {
        assert_int_equal(c.all[i].action.kind, ACTION_ANSWER);
        assert_int_equal(c.all[i].action.choice, i + 1);
        assert_non_null(strstr(c.all[i].words, question_row(QUESTION_SINCE)->choices[i]));
    }
    assert_int_equal(c.usual, SINCE_NOT_SURE - 1);
    scene_end(&s);
}

/* ---- lines -------------------------------------------------------------------------------- */

/* Clean, no signs that are only for eyes, and never a screen's rows cut at its edge. */
static void pages_are_lines_of_words(void **state)
{
    (void)state;
    static struct places p;
    for (int k = 0; k < SCENE_COUNT; k++) {
        struct scene s;
        scene_makers[k](&s);
        s.model.at.page = s.evidence ? PAGE_STEP : PAGE_WELCOME;
        walk_by_choices(&p, &s.model);
        for (int i = 0; i < p.n; i++) {
            struct buf text;
            buf_init(&text, 1024 * 1024);
            list_page(&p.at[i], &text);
            const char *words = buf_text(&text);
            assert_true(strlen(words) > 20);
            assert_false(text.failed);
            for (const char *line = words; *line;) {
                size_t n = strcspn(line, "\n");
                assert_true(text_is_clean(line, n));
                line += n + (line[n] == '\n');
            }
            assert_null(strstr(words, "[FAIL]"));
            assert_null(strstr(words, "[ OK ]"));
            assert_null(strstr(words, "\n\n\n"));
            buf_fini(&text);
        }
        scene_end(&s);
    }
}

static void only_what_is_new_is_said(void **state)
{
    (void)state;
    struct buf news;
    buf_init(&news, 1024);
    list_news("one\ntwo\n\nthree\n", "one\n2\n\nthree\nfour", &news);
    assert_string_equal(buf_text(&news), "2\nfour\n");
    buf_fini(&news);
    buf_init(&news, 1024);
    list_news("one\ntwo\n", "one\ntwo\n", &news);
    assert_int_equal(news.len, 0);
    buf_fini(&news);
}

/* ---- a narrow terminal -------------------------------------------------------------------- */

static void words_stay_whole_in_a_narrow_terminal(void **state)
{
    (void)state;
    static const struct {
        int width;
        const char *text, *wanted;
    } rows[] = {
        {40, "short\n\nAnswer [1]: ", "short\n\nAnswer [1]: "},
        {20, "  9  Save: save the answer\n", "  9  Save: save the\n     answer\n"},
        {20, "  10  Copy: this page as text\n", "  10  Copy: this\n      page as text\n"},
        {16, "  one two  three four five\n", "  one two  three\n  four five\n"},
        {16, "whytls-K7M-4QXJ-is-long.json is there", "whytls-K7M-4QXJ-is-long.json\nis there"},
        {16,
         "\344\270\255\346\226\207\344\270\255 "
         "\346\226\207\344\270\255\346\226\207\344\270\255\346\226\207",
         "\344\270\255\346\226\207\344\270\255\n\346\226\207\344\270\255\346\226\207\344\270\255"
         "\346\226\207"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf out;
        buf_init(&out, 1024);
        list_wrap(rows[i].text, rows[i].width, &out);
        assert_string_equal(buf_text(&out), rows[i].wanted);
        buf_fini(&out);
    }
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_place_is_in_both),
        cmocka_unit_test(every_action_is_a_choice),
        cmocka_unit_test(choices_can_be_taken),
        cmocka_unit_test(lines_choose),
        cmocka_unit_test(the_likeliest_come_first),
        cmocka_unit_test(a_question_is_a_choice_each),
        cmocka_unit_test(pages_are_lines_of_words),
        cmocka_unit_test(only_what_is_new_is_said),
        cmocka_unit_test(words_stay_whole_in_a_narrow_terminal),
        cmocka_unit_test(letters_of_help_are_choices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
