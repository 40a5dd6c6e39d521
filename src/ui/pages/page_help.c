/*
 * page_help.c - what the page one came from means, and its keys, made from keys.def. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "whytls/message.h"
#include "whytls/text.h"

static enum page explained(const struct model *m)
{
    return m->n_history > 0 ? m->history[m->n_history - 1].page : PAGE_WELCOME;
}

/* Of two rows for one key, the one that acts now. */
static bool is_the_other(const struct model *m, const struct key_row *row)
{
    if (row->when == KEY_CAN_COMPARE || row->when == KEY_HAS_COMPARED)
        return (row->when == KEY_CAN_COMPARE) != m->can_compare;
    bool is_twin = row->when == KEY_NAMES_SHOWN || row->when == KEY_NAMES_HIDDEN;
    return is_twin && (row->when == KEY_NAMES_HIDDEN) != (m->redaction != NULL);
}

/* First what stands on the page itself, so that it is all on one screen. */
enum keys_of { KEYS_SHOWN, KEYS_MORE, KEYS_ELSEWHERE };

static enum keys_of kind_of(const struct key_row *row, enum page page)
{
    if (!key_row_is_on(row, page))
        return KEYS_ELSEWHERE;
    return key_row_place(row, page) == KEY_IN_HELP ? KEYS_MORE : KEYS_SHOWN;
}

enum { KEY_X = 4, WORDS_X = 16 };

/* Where the words begin: behind the longest name of a key. */
static int words_x(void)
{
    int x = WORDS_X;
    const struct key_row *row;
    for (size_t i = 0; (row = key_row(i)); i++) {
        int end = KEY_X + text_width(key_row_shown(row, false)) + 1;
        x = end > x ? end : x;
    }
    return x;
}

static void put_help(struct doc *d, int x, const struct key_row *row)
{
    char words[PAGE_SENTENCE];
    const char *aside = row->aside ? message(row->aside) : "";
    snprintf(words, sizeof(words), "%s%s%s", message(row->help), aside[0] ? "  " : "", aside);
    doc_text(d, x, ROLE_TEXT, words);
}

static void put_keys(const struct model *m, struct doc *d, enum page page, enum keys_of kind)
{
    static const char *const headings[] = {N_("Keys here"), N_("More keys here"),
                                           N_("Keys on other pages")};
    const struct key_row *row;
    int x = words_x();
    doc_blank(d);
    doc_text(d, 2, ROLE_HEADING, message(headings[kind]));
    for (size_t i = 0; (row = key_row(i)); i++) {
        if (kind_of(row, page) != kind || is_the_other(m, row))
            continue;
        doc_put(d, KEY_X, ROLE_KEY, key_row_shown(row, false));
        put_help(d, x, row);
    }
}

static const struct {
    enum mark mark;
    const char *words;
} meanings[] = {
    {MARK_OK, N_("nothing wrong here")},     {MARK_FAIL, N_("here is a fault")},
    {MARK_WARN, N_("a weakness, no fault")}, {MARK_BUSY, N_("being asked now")},
    {MARK_UNKNOWN, N_("we could not tell")}, {MARK_SKIP, N_("not needed for this answer")},
};
enum { MEANING_COUNT = sizeof(meanings) / sizeof(meanings[0]) };

static void put_marks(struct doc *d)
{
    for (size_t i = 0; i < MEANING_COUNT; i++) {
        doc_mark(d, KEY_X, meanings[i].mark);
        doc_text(d, words_x(), ROLE_TEXT, message(meanings[i].words));
    }
}

/* "page:answer" is the same in every language: one helper looks for it, another says it. */
static void say_name(enum page page, char *out, size_t out_size)
{
    char name[64];
    snprintf(name, sizeof(name), "page:%s", page_ops(page)->name);
    snprintf(out, out_size, message("The name of this page is  %s"), name);
}

static void put_all(const struct model *m, struct doc *d)
{
    enum page page = explained(m);
    char words[PAGE_SENTENCE];
    doc_text(d, 2, ROLE_TITLE, message(page_ops(page)->title));
    doc_text(d, 2, ROLE_TEXT, message(page_ops(page)->help));
    put_keys(m, d, page, KEYS_SHOWN);
    put_keys(m, d, page, KEYS_MORE);
    doc_blank(d);
    doc_text(d, 2, ROLE_HEADING, message("Marks"));
    put_marks(d);
    put_keys(m, d, page, KEYS_ELSEWHERE);
    doc_blank(d);
    say_name(page, words, sizeof(words));
    doc_put(d, 2, ROLE_MUTED, words);
    d->row++;
    if (m->evidence) {
        spell_code(m->evidence->case_code, words, sizeof(words));
        doc_putf(d, 2, ROLE_MUTED, message("This case, read aloud:  %s"), words);
        d->row++;
    }
}

static int count_rows(const struct model *m)
{
    struct doc d = doc_measure(m);
    put_all(m, &d);
    return d.row;
}

static void draw(const struct model *m, const struct canvas *c)
{
    canvas_put(c, 1, 0, ROLE_TITLE, message("HELP"));
    struct canvas body = canvas_part(c, 0, 2, c->width, c->height - 2);
    struct doc d = doc_of(&body, page_scroll(m));
    put_all(m, &d);
    canvas_cursor(&body, 0, 0);
}

/* ---- as lines -----------------------------------------------------------------------------------
 */

/* Letters do as the numbers of the choices do; the other keys are of the screen. */
static void list_letters(const struct model *m, enum page page, struct buf *out)
{
    const struct key_row *row;
    struct model there = *m; /* what is ready there, not here */
    if (m->n_history > 0)
        there.at = m->history[m->n_history - 1];
    for (size_t i = 0; (row = key_row(i)); i++) {
        bool is_there = key_row_is_on(row, page) && key_row_is_ready(row, &there);
        if (is_there && row->letter > ' ' && row->label[0] && !row->is_of_screen)
            buf_printf(out, "  %c  %s\n", row->letter, message(row->help));
    }
}

static void list(const struct model *m, struct buf *out)
{
    enum page page = explained(m);
    char words[PAGE_SENTENCE];
    buf_printf(out, "%s.  %s\n%s\n\n", message("Help"), message(page_ops(page)->title),
               message(page_ops(page)->help));
    buf_printf(out, "%s\n",
               message("Type the number of a choice, or one of these, then press Enter."));
    list_letters(m, page, out);
    buf_printf(out, "%s\n\n",
               message("Ctrl-C leaves at once.  Ctrl-Z goes back to the shell; fg returns."));
    buf_printf(out, "%s\n", message("What stands for how it went"));
    for (int i = 0; i < MEANING_COUNT; i++)
        buf_printf(out, "  %s  %s\n", mark_words(meanings[i].mark), message(meanings[i].words));
    buf_puts(out, "\n");
    say_name(page, words, sizeof(words));
    buf_printf(out, "%s\n", words);
    if (m->evidence) {
        spell_code(m->evidence->case_code, words, sizeof(words));
        buf_printf(out, message("This case, read aloud:  %s"), words);
        buf_puts(out, "\n");
    }
}

/* ---- keys ---------------------------------------------------------------------------------------
 */

static struct action key(const struct model *m, unsigned k)
{
    bool is_again = k == '?' || k == UI_KEY_F0 + 1;
    if (is_again && m->at.scroll == 0 && count_rows(m) > page_window(m))
        return action_of(ACTION_BOTTOM, 0); /* once more: all the keys */
    if (k == UI_KEY_ENTER || is_again)
        return action_of(ACTION_BACK, 0);
    return action_of(ACTION_NONE, 0);
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    snprintf(out, out_size, message("Help for the page: %s"),
             message(page_ops(explained(m))->title));
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    (void)m;
    snprintf(out, out_size, "%s", message("back to where you were"));
}

const struct page_ops page_help = {
    .name = "help",
    .title = N_("Help"),
    .help = N_("What a page means, and its keys."),
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .rows = count_rows,
};
