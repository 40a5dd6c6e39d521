/*
 * page_help.c - what the page one came from means, and its keys, made from keys.def. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "../widgets/widgets.h"
#include "pages.h"

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

static void put_keys(const struct model *m, struct doc *d, enum page page, enum keys_of kind)
{
    static const char *const headings[] = {"Keys here", "More keys here", "Keys on other pages"};
    const struct key_row *row;
    doc_blank(d);
    doc_text(d, 2, ROLE_HEADING, headings[kind]);
    for (size_t i = 0; (row = key_row(i)); i++) {
        if (kind_of(row, page) != kind || is_the_other(m, row))
            continue;
        doc_put(d, 4, ROLE_KEY, row->shown);
        doc_text(d, 16, ROLE_TEXT, row->help);
    }
}

static const struct {
    enum mark mark;
    const char *words;
} meanings[] = {
    {MARK_OK, "nothing wrong here"},     {MARK_FAIL, "here is a fault"},
    {MARK_WARN, "a weakness, no fault"}, {MARK_BUSY, "being asked now"},
    {MARK_UNKNOWN, "we could not tell"}, {MARK_SKIP, "not needed for this answer"},
};
enum { MEANING_COUNT = sizeof(meanings) / sizeof(meanings[0]) };

static void put_marks(struct doc *d)
{
    for (size_t i = 0; i < MEANING_COUNT; i++) {
        doc_mark(d, 4, meanings[i].mark);
        doc_text(d, 16, ROLE_TEXT, meanings[i].words);
    }
}

static void put_all(const struct model *m, struct doc *d)
{
    enum page page = explained(m);
    doc_text(d, 2, ROLE_TITLE, page_ops(page)->title);
    doc_text(d, 2, ROLE_TEXT, page_ops(page)->help);
    put_keys(m, d, page, KEYS_SHOWN);
    put_keys(m, d, page, KEYS_MORE);
    doc_blank(d);
    doc_text(d, 2, ROLE_HEADING, "Marks");
    put_marks(d);
    put_keys(m, d, page, KEYS_ELSEWHERE);
    doc_blank(d);
    doc_putf(d, 2, ROLE_MUTED, "The name of this page is  page:%s", page_ops(page)->name);
    d->row++;
    if (m->evidence) {
        char words[PAGE_SENTENCE];
        spell_code(m->evidence->case_code, words, sizeof(words));
        doc_putf(d, 2, ROLE_MUTED, "This case, read aloud:  %s", words);
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
    canvas_put(c, 1, 0, ROLE_TITLE, "HELP");
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
        const char *aside = strstr(row->help, "  (");
        int n = aside ? (int)(aside - row->help) : (int)strlen(row->help);
        if (is_there && row->letter > ' ' && row->label[0] && !row->is_of_screen)
            buf_printf(out, "  %c  %.*s\n", row->letter, n, row->help);
    }
}

static void list(const struct model *m, struct buf *out)
{
    enum page page = explained(m);
    buf_printf(out, "Help.  %s\n%s\n\n", page_ops(page)->title, page_ops(page)->help);
    buf_puts(out, "Type the number of a choice, or one of these, then press Enter.\n");
    list_letters(m, page, out);
    buf_puts(out, "Ctrl-C leaves at once.  Ctrl-Z goes back to the shell; fg returns.\n\n");
    buf_puts(out, "What stands for how it went\n");
    for (int i = 0; i < MEANING_COUNT; i++)
        buf_printf(out, "  %s  %s\n", mark_words(meanings[i].mark), meanings[i].words);
    buf_printf(out, "\nThe name of this page is  page:%s\n", page_ops(page)->name);
    if (m->evidence) {
        char words[PAGE_SENTENCE];
        spell_code(m->evidence->case_code, words, sizeof(words));
        buf_printf(out, "This case, read aloud:  %s\n", words);
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
    snprintf(out, out_size, "Help for the page: %s", page_ops(explained(m))->title);
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    (void)m;
    snprintf(out, out_size, "back to where you were");
}

const struct page_ops page_help = {
    .name = "help",
    .title = "Help",
    .help = "What a page means, and its keys.",
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .list = list,
    .rows = count_rows,
};
