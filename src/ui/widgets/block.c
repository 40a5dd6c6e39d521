/*
 * block.c - the first rows in presenter mode: a number that is read from the back of a room, what
 * is asked, and how it went, in words. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

#include "../page.h"
#include "whytls/ascii.h"
#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/text.h"
#include "whytls/walk.h"
#include "widgets.h"

enum { DIGIT_ROWS = 5, DIGIT_X = 4, WORDS_X = 14, CASE_X = 46, LINE_SIZE = 512 };

static const char *const digits[10][DIGIT_ROWS] = {
    {" ### ", "#   #", "#   #", "#   #", " ### "}, {"  #  ", " ##  ", "  #  ", "  #  ", " ### "},
    {"#### ", "    #", " ### ", "#    ", "#####"}, {"#### ", "    #", " ### ", "    #", "#### "},
    {"#  # ", "#  # ", "#####", "   # ", "   # "}, {"#####", "#    ", "#### ", "    #", "#### "},
    {" ### ", "#    ", "#### ", "#   #", " ### "}, {"#####", "    #", "   # ", "  #  ", "  #  "},
    {" ### ", "#   #", " ### ", "#   #", " ### "}, {" ### ", "#   #", " ####", "    #", " ### "},
};

/* The letters of western Europe, U+00E0 to U+00FE, but the sign of division: C3 A0 to C3 BE. */
static bool is_latin_1(const char *at)
{
    unsigned char second = (unsigned char)at[1];
    return (unsigned char)at[0] == 0xC3 && second >= 0xA0 && second <= 0xBE && second != 0xB7;
}

/* No others, whatever the locale; those of a name stay as they are, so that it is still known. */
static void put_upper(const struct canvas *c, int x, int y, int width, bool is_name,
                      const char *text)
{
    char upper[LINE_SIZE];
    text_copy_cut(upper, sizeof(upper), text);
    for (char *at = upper; *at; at++) {
        if (!is_name && is_latin_1(at))
            *++at -= 0x20;
        else
            *at = ascii_toupper(*at);
    }
    canvas_put_within(c, x, y, width, ROLE_TITLE, upper);
}

static void draw_digit(const struct canvas *c, int digit)
{
    for (int y = 0; y < DIGIT_ROWS; y++)
        canvas_put(c, DIGIT_X, y, ROLE_TITLE, digits[digit % 10][y]);
}

static void draw_first_row(const struct model *m, const struct canvas *c)
{
    char text[64];
    bool is_hidden = m->redaction || m->evidence->redacted;
    int end = canvas_put_right(c, 0, 1, is_hidden ? ROLE_REDACTED : ROLE_TITLE,
                               is_hidden ? message("NAMES HIDDEN") : message("NAMES SHOWN"));
    snprintf(text, sizeof(text), message("CASE %s"), m->evidence->case_code);
    int x = end - canvas_columns(c, text) - 1;
    x = x < CASE_X ? x : CASE_X;
    put_upper(c, WORDS_X, 0, x - WORDS_X - 2, true, m->evidence->target.host);
    canvas_put(c, x, 0, ROLE_TITLE, text);
}

static void draw_step(const struct model *m, const struct canvas *c)
{
    char line[LINE_SIZE];
    enum step s = m->at.step;
    int y = 4;
    draw_digit(c, (int)s);
    snprintf(line, sizeof(line), message("Step %d of %d:  %s"), (int)s, STEP_COUNT - 1,
             message(step_question(s)));
    put_upper(c, WORDS_X, 2, c->width - WORDS_X - 1, false, line);
    mark_draw(c, WORDS_X, y, mark_of_step(m, s));
    page_ops(PAGE_STEP)->status(m, line, sizeof(line));
    canvas_put_within(c, WORDS_X + MARK_WIDTH + 2, y, c->width - WORDS_X - MARK_WIDTH - 3,
                      ROLE_TITLE, line);
}

static void draw_answer(const struct model *m, const struct canvas *c)
{
    const struct diagnosed *list = NULL;
    struct advice a;
    if (m->walk->conclusion == CONCLUSION_ASKING || walk_verdict(m->walk, &list) == 0) {
        put_upper(c, WORDS_X, 2, c->width - WORDS_X - 1, false, message("Answer:  not there yet"));
        return;
    }
    char line[LINE_SIZE];
    advice_make(m->walk, &list[0], m->redaction, &a);
    draw_digit(c, a.cause->code[2] - '0');
    snprintf(line, sizeof(line), message("Answer %s   %s"), a.cause->code, a.sure);
    put_upper(c, WORDS_X, 2, c->width - WORDS_X - 1, false, line);
    canvas_put_within(c, WORDS_X, 4, c->width - WORDS_X - 1, ROLE_TITLE, a.title);
}

void block_draw(const struct model *m, const struct canvas *c)
{
    struct canvas rows = canvas_part(c, 0, 0, c->width, BLOCK_ROWS);
    canvas_fill(&rows, ROLE_TEXT);
    draw_first_row(m, c);
    if (m->at.page == PAGE_STEP)
        draw_step(m, c);
    else
        draw_answer(m, c);
}
