/*
 * test_grids.c - what must be so on every page, in every state of ui_shots.h and with every scene,
 * at every size, in both glyph sets: nothing outside the grid, no control bytes, Enter says what it
 * does, every key that is shown does something, no mark by colour alone, the cursor is where the
 * focus is, help has the page's name, Esc never quits.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <locale.h>
#include <stdlib.h>

#include "ui/widgets/widgets.h"
#include "ui_shots.h"
#include "whytls/theme.h"

static const struct shot_size sizes[] = {{80, 24},  {80, 16},  {80, 19},  {118, 16},
                                         {100, 30}, {120, 24}, {120, 40}, {200, 60}};

enum { SIZE_COUNT = sizeof(sizes) / sizeof(sizes[0]) };

static struct grid *draw_in(const struct model *m, bool is_ascii)
{
    struct model shown = *m;
    shown.glyphs = m->is_presenter ? glyphs_for_presenter(is_ascii) : glyphs_get(is_ascii);
    return draw(&shown, is_ascii);
}

/* Each step, each tab; elsewhere two scrolls. */
static int count_variants(enum page page)
{
    return page == PAGE_STEP ? STEP_COUNT - 1 : page == PAGE_DETAILS ? TAB_COUNT : 2;
}

/* Calls a test with each state of each page, at the first of the sizes. */
static void on_every_shot(int n_sizes, void (*test)(const struct model *m))
{
    for (int i = 0; i < SHOT_COUNT * n_sizes; i++) {
        struct staged s;
        struct shot_size size = sizes[i % n_sizes];
        shot_begin(&s, &shots[i / n_sizes], size.width, size.height);
        test(&s.model);
        shot_end(&s);
    }
}

/* And with each scene that is made by hand, on each page, whether it comes to that or not. */
static void on_every_page(void (*test)(const struct model *m))
{
    on_every_shot(SIZE_COUNT, test);
    for (int k = 0; k < SCENES_BY_HAND; k++) {
        struct scene s;
        scene_makers[k](&s);
        for (int i = 0; i < PAGE_COUNT * 2; i++) {
            enum page page = (enum page)(i / 2);
            struct shot_size size = sizes[i % 2 ? SIZE_COUNT - 1 : 0];
            if (!scene_has_page(&s, page))
                continue;
            s.model.width = size.width;
            s.model.height = size.height;
            for (int variant = 0; variant < count_variants(page); variant++) {
                s.model.at = (struct place){.page = page,
                                            .step = (enum step)(variant + 1),
                                            .tab = (enum details_tab)(variant % TAB_COUNT),
                                            .focus = MODEL_FOCUS_AUTO,
                                            .scroll = variant};
                test(&s.model);
            }
        }
        scene_end(&s);
    }
}

/* ---- drawing ------------------------------------------------------------------------------ */

static void check_grid(const struct grid *g)
{
    for (int y = 0; y < g->height; y++) {
        char *row = row_of(g, y);
        assert_true(text_width(row) <= g->width);
        for (const unsigned char *c = (const unsigned char *)row; *c; c++) {
            assert_true(*c >= 0x20 && *c != 0x7F);
            assert_true(!g->ascii || *c < 0x80);
        }
        assert_true(text_is_clean(row, strlen(row)));
        free(row);
        for (int x = 0; x < g->width; x++) { /* wide characters and their halves */
            const struct cell *cell = grid_cell(g, x, y), *next = grid_cell(g, x + 1, y);
            assert_true(cell->width != 2 || (next && next->width == 0));
            assert_true(cell->width != 0 || (x > 0 && grid_cell(g, x - 1, y)->width == 2));
        }
    }
    assert_in_range(g->cursor_x, 0, g->width - 1);
    assert_in_range(g->cursor_y, 0, g->height - 1);
}

static void check_both_sets(const struct model *m, const struct grid *g)
{
    struct grid *other = draw_in(m, false);
    check_grid(g);
    check_grid(other);
    grid_free(other);
}

static void check_enter(const struct model *m, const struct grid *g)
{
    char *row = row_of(g, g->height - 2);
    assert_memory_equal(row, " Enter = ", 9);
    assert_true(strlen(row) > 12);
    free(row);
    assert_int_not_equal(view_key(m, UI_KEY_ENTER).kind, ACTION_NONE);
}

static bool row_has(const struct grid *g, int y, const char *words)
{
    char *row = row_of(g, y);
    bool has = strstr(row, words) != NULL;
    free(row);
    return has;
}

/* FAIL and WARN stand in words wherever they are coloured. */
static void check_marks(const struct model *m, const struct grid *g)
{
    for (int y = 0; y < g->height; y++)
        for (int x = 0; x < g->width; x++) {
            char word[16] = "";
            if (grid_cell(g, x, y)->role != ROLE_FAIL)
                continue;
            size_t n = 0;
            while (x < g->width && grid_cell(g, x, y)->role == ROLE_FAIL && n + 1 < sizeof(word))
                word[n++] = (char)grid_cell(g, x++, y)->ch[0];
            bool is_mark = strstr(word, "FAIL") || strstr(word, "!!") || strstr(word, "FAULT") ||
                           row_has(g, y, " found");
            if (!is_mark)
                fail_msg("page:%s has \"%s\" as a fault", page_name(page_shown(m)), word);
        }
}

/* The others too: a role that says how something went stands only on words or known signs. */
static void check_words(const struct model *m, const struct grid *g)
{
    (void)m;
    static const enum role telling[] = {ROLE_OK,   ROLE_FAIL, ROLE_WARN,   ROLE_INFO,
                                        ROLE_BUSY, ROLE_SKIP, ROLE_UNKNOWN};
    for (int y = 0; y < g->height; y++)
        for (size_t i = 0; i < sizeof(telling) / sizeof(telling[0]); i++) {
            bool has_role = false, has_sign = false;
            for (int x = 0; x < g->width; x++) {
                const struct cell *cell = grid_cell(g, x, y);
                if (cell->role != telling[i])
                    continue;
                has_role = true;
                has_sign = has_sign || cell->ch[0] > 0x7F || isalnum((int)cell->ch[0]) != 0 ||
                           strchr("?!.", (int)cell->ch[0]);
            }
            assert_true(has_sign || !has_role);
        }
}

static void marks_differ_in_words(void **state)
{
    (void)state;
    for (int i = 0; i < MARK_COUNT; i++)
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(mark_text((enum mark)i), mark_text((enum mark)k));
            assert_string_not_equal(mark_words((enum mark)i), mark_words((enum mark)k));
        }
}

/* The last column is free but for rules: what reaches it was cut in the middle of a word. */
static void check_edge(const struct model *m, const struct grid *g)
{
    for (int y = 0; y < g->height; y++) {
        const struct cell *last = grid_cell(g, g->width - 1, y);
        if (last->ch[0] > ' ' && last->role != ROLE_RULE)
            fail_msg("page:%s, step %d, %dx%d: row %d is cut", page_name(page_shown(m)),
                     (int)m->at.step, g->width, g->height, y + 1);
    }
}

/* ---- where one is ------------------------------------------------------------------------- */

/* A screen reader and a braille row follow the hardware cursor. */
static void check_cursor(const struct model *m, const struct grid *g)
{
    const struct page_ops *ops = page_ops(page_shown(m));
    const struct cell *cell = grid_cell(g, g->cursor_x, g->cursor_y);
    assert_non_null(cell);
    bool has_focus = page_is_typing(m) || (ops->items && ops->items(m) > 0);
    bool is_there = cell->role == ROLE_FOCUS || cell->role == ROLE_FIELD;
    if (has_focus && !is_there)
        fail_msg("page:%s, step %d, item %d: the cursor is at %d,%d", page_name(page_shown(m)),
                 (int)m->at.step, page_focus(m), g->cursor_x, g->cursor_y);
}

/* So that a new page does not go without its golden screens. */
static void every_page_is_there(void **state)
{
    (void)state;
    bool seen[PAGE_COUNT] = {false};
    for (int i = 0; i < SHOT_COUNT * SHOT_SIZES; i++) {
        struct staged s;
        struct shot_size size = shot_sizes[i % SHOT_SIZES];
        shot_begin(&s, &shots[i / SHOT_SIZES], size.width, size.height);
        seen[page_shown(&s.model)] = true;
        shot_end(&s);
    }
    for (int page = 0; page < PAGE_COUNT; page++)
        if (!seen[page])
            fail_msg("there is no page:%s in ui_shots.h", page_name((enum page)page));
}

static void a_small_window_shows_the_same_for_all(void **state)
{
    (void)state;
    char *first = NULL;
    for (int i = 0; i < SHOT_COUNT; i++) {
        struct staged s;
        shot_begin(&s, &shots[i], MODEL_MIN_WIDTH - 1, MODEL_MIN_HEIGHT - 1);
        struct grid *g = shot_draw(&s, true);
        char *text = text_of(g);
        first = first ? first : text;
        assert_string_equal(text, first);
        if (text != first)
            free(text);
        grid_free(g);
        shot_end(&s);
    }
    free(first);
}

static void check_help(const struct model *m)
{
    char wanted[64];
    struct model help = *m;
    enum page page = page_shown(m);
    if (page == PAGE_HELP)
        return;
    press(&help, UI_KEY_F0 + 1);
    assert_int_equal(help.at.page, PAGE_HELP);
    const struct key_row *row;
    for (size_t i = 0; (row = key_row(i)); i++) /* what the page shows is on the first screen */
        if (key_row_is_on(row, page) && key_row_is_ready(row, m) &&
            key_row_place(row, page) != KEY_IN_HELP && !page_has(&help, row->help))
            fail_msg("the help of page:%s has not at once: %s", page_name(page), row->help);
    help.height = 200;
    snprintf(wanted, sizeof(wanted), "page:%s", page_name(page));
    assert_true(page_has(&help, wanted));
}

static void help_has_the_name_of_each_page(void **state)
{
    (void)state;
    on_every_shot(1, check_help);
}

/* Where there is no colour, what the eye looks for has an attribute, and marks have words anyway.
 */
static void without_colour_what_matters_differs(void **state)
{
    (void)state;
    static const enum role seen[] = {ROLE_TITLE,     ROLE_HEADING,  ROLE_FAIL,       ROLE_WARN,
                                     ROLE_FOCUS,     ROLE_FIELD,    ROLE_HINT_ENTER, ROLE_KEY,
                                     ROLE_PATH_HERE, ROLE_REDACTED, ROLE_DANGER};
    struct theme mono;
    struct json_report report;
    json_report_init(&report);
    assert_true(theme_load("mono", &mono, &report));
    json_report_fini(&report);
    assert_true(theme_is_plain(&mono));
    for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++)
        if (theme_look(&mono, seen[i], DEPTH_MONO).attributes == 0)
            fail_msg("mono shows %s as text", role_name(seen[i]));
}

/* ---- keys --------------------------------------------------------------------------------- */

static void check_keys(const struct model *m, const struct grid *g)
{
    char *bar = row_of(g, g->height - 1), *enter = row_of(g, g->height - 2);
    bool is_typing = page_is_typing(m);
    const struct key_row *row;
    for (size_t i = 0; (row = key_row(i)); i++) {
        const char *shown = is_typing ? row->typing : row->shown;
        char words[64];
        enum key_place place = key_row_place(row, page_shown(m));
        if (place == KEY_IN_HELP || !key_row_is_on(row, page_shown(m)) || !shown ||
            !key_row_is_ready(row, m))
            continue;
        snprintf(words, sizeof(words), "%s %s", shown, row->label);
        assert_non_null(strstr(place == KEY_ON_BAR ? bar : enter, words));
        bool is_pair = row->special == UI_KEY_RIGHT && strchr(shown, '/');
        if (row->special && view_key(m, row->special).kind == ACTION_NONE &&
            !(is_pair && view_key(m, UI_KEY_LEFT).kind != ACTION_NONE))
            fail_msg("page:%s shows %s", page_name(page_shown(m)), words);
        if (row->letter && !is_typing) {
            unsigned upper = row->letter >= 'a' ? (unsigned)row->letter - 32 : 0;
            if (view_key(m, (unsigned)row->letter).kind == ACTION_NONE)
                fail_msg("page:%s shows %s %s", page_name(page_shown(m)), shown, row->label);
            if (upper)
                assert_int_equal(view_key(m, upper).kind, view_key(m, (unsigned)row->letter).kind);
        }
    }
    free(bar);
    free(enter);
}

/* "Left/Right" is two keys: where one of them has nothing to do, the other has. */
static bool one_of_them(const struct model *m, char *names,
                        bool (*is_so)(const struct model *m, unsigned key))
{
    bool is_one = false;
    for (char *one = names, *rest; one; one = rest) {
        rest = strlen(one) > 1 ? strchr(one, '/') : NULL;
        if (rest)
            *rest++ = '\0';
        is_one = is_so(m, key_by_name(one)) || is_one;
    }
    return is_one;
}

/* From the screen back to the keys: all that looks like a key on the last two rows. */
static void check_shown_keys(const struct model *m, const struct grid *g,
                             bool (*is_so)(const struct model *m, unsigned key))
{
    for (int y = g->height - 2; y < g->height; y++)
        for (int x = 0; x < g->width; x++) {
            char names[16] = "", shown[16];
            size_t n = 0;
            while (x < g->width && grid_cell(g, x, y)->role == ROLE_KEY && n + 1 < sizeof(names))
                names[n++] = (char)grid_cell(g, x++, y)->ch[0];
            TEXT_SET(shown, names);
            if (n > 0 && !one_of_them(m, names, is_so))
                fail_msg("page:%s: %s is shown, and does nothing", page_name(page_shown(m)), shown);
        }
}

static bool is_bound(const struct model *m, unsigned key)
{
    return view_key(m, key).kind != ACTION_NONE;
}

static void check_bar(const struct model *m, const struct grid *g)
{
    check_shown_keys(m, g, is_bound);
}

/* What it does is seen at once, or it is one of those that the app does (test_keys.sh). */
static bool does_something(const struct model *m, unsigned key)
{
    struct model after = *m;
    struct action a = view_key(m, key);
    if (a.kind == ACTION_NONE)
        return false;
    if (a.kind >= ACTION_CHECK)
        return a.kind < ACTION_COUNT;
    assert_true(model_apply(&after, a));
    model_refresh(&after);
    struct grid *g = draw_in(m, true), *then = draw_in(&after, true);
    size_t n = (size_t)g->width * (size_t)g->height * sizeof(*g->cells);
    bool is_other = memcmp(g->cells, then->cells, n) != 0 || g->cursor_x != then->cursor_x ||
                    g->cursor_y != then->cursor_y;
    grid_free(g);
    grid_free(then);
    return is_other;
}

static void check_effect(const struct model *m)
{
    struct grid *g = draw_in(m, true);
    check_shown_keys(m, g, does_something);
    grid_free(g);
    assert_true(does_something(m, UI_KEY_ENTER));
}

static void a_key_that_is_shown_does_something(void **state)
{
    (void)state;
    on_every_shot(1, check_effect);
}

static void check_escape(const struct model *m, const struct grid *g)
{
    (void)g;
    assert_int_not_equal(view_key(m, UI_KEY_ESC).kind, ACTION_QUIT);
    assert_int_not_equal(view_key(m, UI_KEY_ESC).kind, ACTION_NONE);
    assert_int_equal(view_key(m, UI_KEY_F0 + 10).kind, ACTION_QUIT);
    struct action leave = view_key(m, UI_KEY_CTRL + 'C');
    assert_int_equal(leave.kind, ACTION_QUIT);
    assert_int_equal(leave.value, 130);
}

/* One drawing for all of them: there are hundreds of screens. */
static void check_all(const struct model *m)
{
    static void (*const checks[])(const struct model *m, const struct grid *g) = {
        check_both_sets, check_edge, check_enter, check_marks,  check_words,
        check_cursor,    check_keys, check_bar,   check_escape,
    };
    struct grid *g = draw_in(m, true);
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
        checks[i](m, g);
    grid_free(g);
}

static void every_screen_keeps_the_rules(void **state)
{
    (void)state;
    on_every_page(check_all);
}

/* Ten thousand keys, the same every time: no crash, no quit by Esc, and always something to see. */
static void a_monkey_breaks_nothing(void **state)
{
    (void)state;
    for (int k = 0; k <= SCENES_BY_HAND; k++) {
        struct scene s;
        uint32_t random = 12345;
        scene_makers[k](&s);
        s.model.at.page = s.evidence ? PAGE_STEP : PAGE_WELCOME;
        for (int i = 0; i < 10000 / (SCENES_BY_HAND + 1); i++) {
            random = random * 1664525u + 1013904223u;
            unsigned n = random >> 16;
            unsigned key = n % 3 == 0   ? UI_KEY_ENTER + n / 3 % 32
                           : n % 3 == 1 ? ' ' + n / 3 % 95
                                        : n / 3 % 0x3000;
            struct action a = view_key(&s.model, key);
            model_apply(&s.model, a);
            bool is_elsewhere = !scene_has_page(&s, s.model.at.page);
            assert_false(is_elsewhere);
            if (i % 100 == 0)
                check_all(&s.model);
        }
        scene_end(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_keeps_the_rules),
        cmocka_unit_test(a_small_window_shows_the_same_for_all),
        cmocka_unit_test(marks_differ_in_words),
        cmocka_unit_test(without_colour_what_matters_differs),
        cmocka_unit_test(every_page_is_there),
        cmocka_unit_test(help_has_the_name_of_each_page),
        cmocka_unit_test(a_key_that_is_shown_does_something),
        cmocka_unit_test(a_monkey_breaks_nothing),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
