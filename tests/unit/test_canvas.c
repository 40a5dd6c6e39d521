/*
 * test_canvas.c - the grid: clipping, wide characters, combining marks, the ASCII fallback.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "ui/canvas.h"
#include "whytls/text.h"

static void assert_row(const struct grid *g, int y, const char *expected)
{
    struct buf text;
    buf_init(&text, 4096);
    grid_row_text(g, y, &text);
    assert_string_equal(buf_text(&text), expected);
    buf_fini(&text);
}

static void text_is_put_where_it_should_be(void **state)
{
    (void)state;
    struct grid *g = grid_new(10, 3, false);
    struct canvas c = grid_canvas(g);
    assert_int_equal(canvas_put(&c, 2, 1, ROLE_OK, "abc"), 3);
    assert_row(g, 1, "  abc");
    assert_row(g, 0, "");
    assert_int_equal(grid_cell(g, 2, 1)->role, ROLE_OK);
    assert_int_equal(grid_cell(g, 5, 1)->role, ROLE_TEXT);
    assert_null(grid_cell(g, 10, 0));
    assert_null(grid_cell(g, 0, -1));
    grid_free(g);
}

static void what_is_outside_is_clipped(void **state)
{
    (void)state;
    struct grid *g = grid_new(10, 3, false);
    struct canvas c = grid_canvas(g);
    canvas_put(&c, 8, 0, ROLE_TEXT, "abcdef");
    assert_row(g, 0, "        ab");
    assert_row(g, 1, ""); /* it does not run on in the next row */
    canvas_put(&c, -2, 1, ROLE_TEXT, "abcdef");
    assert_row(g, 1, "cdef");
    canvas_put(&c, 0, -1, ROLE_TEXT, "x");
    canvas_put(&c, 0, 3, ROLE_TEXT, "x");
    canvas_put(&c, 0, 2000000000, ROLE_TEXT, "x");
    assert_row(g, 2, "");
    grid_free(g);
}

static void a_part_can_not_reach_beyond_itself(void **state)
{
    (void)state;
    struct grid *g = grid_new(10, 4, false);
    struct canvas c = grid_canvas(g);
    struct canvas part = canvas_part(&c, 2, 1, 4, 2);
    canvas_put(&part, 0, 0, ROLE_TEXT, "abcdefgh");
    canvas_put(&part, 0, 2, ROLE_TEXT, "below");
    canvas_put(&part, -1, 1, ROLE_TEXT, "xyz");
    assert_row(g, 1, "  abcd");
    assert_row(g, 2, "  yz");
    assert_row(g, 3, "");
    struct canvas beyond = canvas_part(&part, 3, 1, 50, 50);
    assert_int_equal(beyond.width, 1);
    assert_int_equal(beyond.height, 1);
    struct canvas outside = canvas_part(&part, -5, 9, 3, 3);
    assert_int_equal(outside.width * outside.height, 0);
    canvas_cursor(&part, 4, 0);
    assert_int_equal(g->cursor_x, -1);
    canvas_cursor(&part, 1, 1);
    assert_int_equal(g->cursor_x, 3);
    assert_int_equal(g->cursor_y, 2);
    grid_free(g);
}

static void wide_characters_stay_whole(void **state)
{
    (void)state;
    struct grid *g = grid_new(6, 2, false);
    struct canvas c = grid_canvas(g);
    assert_int_equal(canvas_put(&c, 0, 0, ROLE_TEXT, "中文字"), 6);
    assert_row(g, 0, "中文字");
    canvas_put(&c, 3, 0, ROLE_TEXT, "x"); /* the right half of the second */
    assert_row(g, 0, "中 x字");
    canvas_put(&c, 4, 0, ROLE_TEXT, "y"); /* the left half of the third */
    assert_row(g, 0, "中 xy");
    canvas_put(&c, 5, 1, ROLE_TEXT, "中"); /* half of it would hang out */
    assert_row(g, 1, "");
    grid_free(g);
}

static void marks_join_the_character_before(void **state)
{
    (void)state;
    struct grid *g = grid_new(4, 2, false);
    struct canvas c = grid_canvas(g);
    assert_int_equal(canvas_put(&c, 0, 0, ROLE_TEXT, "e\u0301x"), 2);
    assert_row(g, 0, "e\u0301x");
    canvas_put(&c, 0, 1, ROLE_TEXT, "\u4e2d\u0301x");
    assert_row(g, 1, "\u4e2d\u0301x");
    canvas_put(&c, 0, 0, ROLE_TEXT, "a\u0301\u0302\u0303\u0304\u0305\u0306b"); /* a pile of marks */
    assert_int_equal(grid_cell(g, 0, 0)->ch[CELL_MARKS], 0x304);
    assert_int_equal(grid_cell(g, 1, 0)->ch[0], 'b');
    canvas_put(&c, 0, 1, ROLE_TEXT, "\u0301"); /* nothing before it: no harm */
    grid_free(g);
}

static void without_utf8_foreign_letters_are_named(void **state)
{
    (void)state;
    struct grid *g = grid_new(20, 2, true);
    struct canvas c = grid_canvas(g);
    assert_int_equal(canvas_put(&c, 0, 0, ROLE_TEXT, "a中b"), 10);
    assert_row(g, 0, "a<U+4E2D>b");
    canvas_put_right(&c, 1, 1, ROLE_TEXT, "中");
    assert_row(g, 1, "           <U+4E2D>");
    grid_free(g);
}

static void what_is_cut_says_so(void **state)
{
    (void)state;
    struct grid *g = grid_new(12, 4, false);
    struct canvas c = grid_canvas(g);
    canvas_put_within(&c, 0, 0, 6, ROLE_TEXT, "abcdef");
    canvas_put_within(&c, 0, 1, 6, ROLE_TEXT, "abcdefg");
    canvas_put_within(&c, 0, 2, 6, ROLE_TEXT, "中中中中");
    canvas_put_within(&c, 0, 3, 1, ROLE_TEXT, "abc");
    assert_row(g, 0, "abcdef");
    assert_row(g, 1, "abcd..");
    assert_row(g, 2, "中中..");
    assert_row(g, 3, ".");
    grid_free(g);
}

static void text_wraps_at_spaces(void **state)
{
    (void)state;
    struct grid *g = grid_new(12, 4, false);
    struct canvas c = grid_canvas(g);
    assert_int_equal(canvas_wrap(&c, 1, 0, 8, 9, ROLE_TEXT, "one two three four"), 3);
    assert_row(g, 0, " one two");
    assert_row(g, 1, " three");
    assert_row(g, 2, " four");
    assert_int_equal(canvas_wrap(&c, 1, 3, 8, 1, ROLE_TEXT, "one two three four"), 1);
    assert_int_equal(canvas_wrap(&c, 1, 3, 0, 1, ROLE_TEXT, "one"), 0);
    struct canvas measure = {.width = 12, .height = 4};
    assert_int_equal(canvas_wrap(&measure, 1, 0, 8, 9, ROLE_TEXT, "one two three four"), 3);
    grid_free(g);
}

static void sizes_are_bounded(void **state)
{
    (void)state;
    struct grid *g = grid_new(100000, 100000, false);
    assert_int_equal(g->width, CANVAS_MAX_WIDTH);
    assert_int_equal(g->height, CANVAS_MAX_HEIGHT);
    grid_free(g);
    g = grid_new(-3, 0, false);
    assert_int_equal(g->width * g->height, 1);
    grid_free(g);
    grid_free(NULL);
}

static void roles_are_letters_of_their_own(void **state)
{
    (void)state;
    struct grid *g = grid_new(4, 1, false);
    struct canvas c = grid_canvas(g);
    struct buf text;
    canvas_put(&c, 1, 0, ROLE_FAIL, "x");
    buf_init(&text, 64);
    grid_roles(g, &text);
    assert_string_equal(buf_text(&text), ".F..\n");
    buf_fini(&text);
    grid_free(g);
    for (int i = 0; i < ROLE_COUNT; i++)
        for (int k = 0; k < i; k++)
            assert_int_not_equal(role_letter((enum role)i), role_letter((enum role)k));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_put_where_it_should_be),
        cmocka_unit_test(what_is_outside_is_clipped),
        cmocka_unit_test(a_part_can_not_reach_beyond_itself),
        cmocka_unit_test(wide_characters_stay_whole),
        cmocka_unit_test(marks_join_the_character_before),
        cmocka_unit_test(without_utf8_foreign_letters_are_named),
        cmocka_unit_test(what_is_cut_says_so),
        cmocka_unit_test(text_wraps_at_spaces),
        cmocka_unit_test(sizes_are_bounded),
        cmocka_unit_test(roles_are_letters_of_their_own),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
