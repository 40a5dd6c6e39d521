/*
 * list_mode.c - pages as lines, actions as choices: see list_mode.h. Pure. Fuzzed by fuzz_list.
 * SPDX-License-Identifier: MIT
 */
#include "list_mode.h"

#include <stdio.h>
#include <string.h>

#include "page.h"
#include "whytls/ascii.h"
#include "whytls/message.h"
#include "whytls/text.h"
#include "widgets/widgets.h"

enum { PAGE_MAX_BYTES = 1024 * 1024 };

void list_prepare(struct model *m)
{
    bool is_english = strcmp(message_language(), "en") == 0;
    m->width = is_english ? LIST_WIDTH : LIST_LONGER_WIDTH;
    m->height = CANVAS_MAX_HEIGHT;
    m->glyphs = glyphs_for_list(m->glyphs->is_ascii);
}

/* ---- a page as lines ---------------------------------------------------------------------- */

static void put_page(const struct model *m, struct buf *out)
{
    char status[PAGE_SENTENCE] = "";
    const struct page_ops *ops = page_ops(m->at.page);
    if (ops->list)
        ops->list(m, out);
    else
        list_rows(m, m->height - 1 - PAGE_FOOTER, ops->draw, out);
    if (ops->status && !ops->items) /* else it tells of the one thing that has the focus */
        ops->status(m, status, sizeof(status));
    if (status[0])
        buf_printf(out, "\n%s\n", status);
}

/* Texts that were not drawn are redacted here; what was drawn is redacted already, and stays so. */
void list_page(const struct model *m, struct buf *out)
{
    struct buf page, shown;
    buf_init(&page, PAGE_MAX_BYTES);
    put_page(m, &page);
    buf_puts(out, redaction_text(m->redaction, page.failed ? "" : buf_text(&page), &shown));
    buf_fini(&shown);
    out->failed = out->failed || page.failed;
    buf_fini(&page);
}

/* ---- what is new -------------------------------------------------------------------------- */

static bool has_line(const char *text, const char *line, size_t n)
{
    for (const char *end; *text; text = *end ? end + 1 : end) {
        end = text + strcspn(text, "\n");
        if ((size_t)(end - text) == n && memcmp(text, line, n) == 0)
            return true;
    }
    return false;
}

void list_news(const char *before, const char *now, struct buf *out)
{
    for (const char *end; *now; now = *end ? end + 1 : end) {
        end = now + strcspn(now, "\n");
        size_t n = (size_t)(end - now);
        if (n > 0 && !has_line(before, now, n)) {
            buf_put(out, now, n);
            buf_puts(out, "\n");
        }
    }
}

/* ---- choices ------------------------------------------------------------------------------ */

/* Moving about means nothing where all is read out, and typing is asked for in a line. */
static bool is_of_screen(struct action a)
{
    switch (a.kind) {
    case ACTION_NONE:
    case ACTION_SAY:
    case ACTION_MOVE:
    case ACTION_TOP:
    case ACTION_BOTTOM:
    case ACTION_FOCUS:
    case ACTION_TYPE:
    case ACTION_ERASE:
    case ACTION_DELETE:
    case ACTION_CURSOR:
    case ACTION_LINE_START:
    case ACTION_LINE_END:
    case ACTION_LINE_CLEAR:
    case ACTION_PRESENT:
    case ACTION_NARROW:
    case ACTION_FIND:
    case ACTION_FIND_END:
    case ACTION_FIND_NEXT:
    case ACTION_AS_LIST:
    case ACTION_REDRAW:
    case ACTION_SUSPEND:
        return true;
    default:
        return false;
    }
}

static bool is_same(const struct choice *a, const struct choice *b)
{
    bool is_action = a->action.kind == b->action.kind && a->action.value == b->action.value &&
                     a->action.choice == b->action.choice && a->is_field == b->is_field;
    bool needs_focus = a->key == ' ' || a->is_field; /* the same action upon another thing */
    return is_action && (!needs_focus || a->focus == b->focus);
}

static void add(struct choices *c, const struct choice *new)
{
    for (int i = 0; i < c->n; i++)
        if (is_same(&c->all[i], new)) { /* one choice for both, by number and by letter */
            c->all[i].letter = c->all[i].letter ? c->all[i].letter : new->letter;
            return;
        }
    if (c->n < LIST_MAX_CHOICES)
        c->all[c->n++] = *new;
}

static void say_item(const struct model *there, int i, char *out, size_t out_size)
{
    const struct page_ops *ops = page_ops(there->at.page);
    if (ops->item)
        ops->item(there, i, out, out_size);
    else if (ops->status)
        ops->status(there, out, out_size);
}

static bool is_tick(struct action a)
{
    return a.kind == ACTION_TICK || a.kind == ACTION_SET;
}

/* Not of one thing among others: where the space bar is for that, Enter is for the page. */
static bool enter_is_of_page(const struct model *there, int i)
{
    const struct page_ops *ops = page_ops(there->at.page);
    bool is_of_page = i < 0 || !ops->item || is_tick(view_key(there, ' '));
    return ops->enter && (page_is_typing(there) || is_of_page);
}

static void add_key(const struct model *there, int i, unsigned key, struct choices *c)
{
    const struct page_ops *ops = page_ops(there->at.page);
    struct choice new = {.focus = i, .key = key, .action = view_key(there, key)};
    if (is_of_screen(new.action) || (key == UI_KEY_ENTER && ops->is_idle && ops->is_idle(there)))
        return;
    if (key == UI_KEY_ENTER && enter_is_of_page(there, i))
        ops->enter(there, new.words, sizeof(new.words));
    else
        say_item(there, i, new.words, sizeof(new.words));
    add(c, &new);
}

/* One thing that can have the focus: typing into it, what the space bar and what Enter do there. */
static void add_item(const struct model *m, int i, struct choices *c)
{
    struct model there = *m;
    there.at.focus = i;
    if (page_is_typing(&there)) {
        struct choice new = {.focus = i, .is_field = true};
        say_item(&there, i, new.words, sizeof(new.words));
        add(c, &new);
    } else if (view_key(&there, ' ').kind != ACTION_FOLD) { /* Enter is enough for that */
        add_key(&there, i, ' ', c);
    }
    if (!enter_is_of_page(&there, i))
        add_key(&there, i, UI_KEY_ENTER, c);
}

/* What Enter does for the whole page: after all that one can set before. */
static void add_page_enter(const struct model *m, int i, struct choices *c)
{
    struct model there = *m;
    there.at.focus = i;
    if (enter_is_of_page(&there, i))
        add_key(&there, i, UI_KEY_ENTER, c);
}

/* "Tree: the path through all questions": the help, less what only the keyboard is told. */
static void say_row(const struct key_row *row, char *out, size_t out_size)
{
    snprintf(out, out_size, "%s: %s", message(row->label), message(row->help));
}

static void add_row(const struct model *m, const struct key_row *row, struct choices *c)
{
    if (!row->label[0] || !key_row_is_on(row, m->at.page) || !key_row_is_ready(row, m))
        return;
    struct choice new = {.focus = MODEL_FOCUS_AUTO, .letter = row->letter};
    new.key = row->special ? row->special : (unsigned)(unsigned char)row->letter;
    new.action = view_key(m, new.key);
    say_row(row, new.words, sizeof(new.words));
    if (!row->is_of_screen && !is_of_screen(new.action))
        add(c, &new);
}

static int find_usual(const struct model *m, const struct choices *c)
{
    struct choice enter = {.key = UI_KEY_ENTER, .action = view_key(m, UI_KEY_ENTER)};
    for (int i = 0; i < c->n; i++)
        if (c->all[i].key == UI_KEY_ENTER && is_same(&c->all[i], &enter))
            return i;
    for (int i = 0; i < c->n; i++)
        if (c->all[i].is_field && c->all[i].focus == page_focus(m))
            return i;
    return 0;
}

/* ---- the likeliest ------------------------------------------------------------------------ */

/* Keys, the likeliest first: what one looks for on an answer, then the way on and back. */
static const char likely_letters[] = ".hatds<ceq";

enum { LIKELY = 4 };

static bool is_shown_at_once(const struct model *m, const struct choice *c)
{
    bool is_thing = c->focus != MODEL_FOCUS_AUTO && page_ops(m->at.page)->is_menu;
    return is_thing || c->action.kind == ACTION_ANSWER;
}

/* The things that the page is there for and what Enter does, else four in all; where only one more
 * is left, that too. */
static void mark_likely(const struct model *m, struct choices *c)
{
    int n = 0;
    for (int i = 0; i < c->n; i++) {
        c->all[i].is_likely =
            i == c->usual || c->n <= LIKELY + 1 || is_shown_at_once(m, &c->all[i]);
        n += c->all[i].is_likely;
    }
    for (const char *letter = likely_letters; *letter && n < LIKELY; letter++)
        for (int i = 0; i < c->n; i++)
            if (c->all[i].letter == *letter && !c->all[i].is_likely) {
                c->all[i].is_likely = true;
                n++;
            }
}

static int count_unlikely(const struct choices *c)
{
    int n = 0;
    for (int i = 0; i < c->n; i++)
        n += !c->all[i].is_likely;
    return n;
}

void list_choices(const struct model *m, struct choices *c)
{
    const struct page_ops *ops = page_ops(m->at.page);
    const struct key_row *row;
    int n = ops->items ? ops->items(m) : 0;
    c->n = 0;
    for (int i = 0; i < n; i++)
        add_item(m, i, c);
    for (int i = 0; i < n; i++)
        add_page_enter(m, i, c);
    if (n == 0)
        add_key(m, MODEL_FOCUS_AUTO, UI_KEY_ENTER, c);
    for (size_t i = 0; (row = key_row(i)); i++)
        add_row(m, row, c);
    c->usual = find_usual(m, c);
    mark_likely(m, c);
    for (int i = 0; i < c->n; i++) {
        struct buf words;
        text_copy_cut(c->all[i].words, sizeof(c->all[i].words),
                      redaction_text(m->redaction, c->all[i].words, &words));
        buf_fini(&words);
    }
}

/* What one types for it: a key's own letter, so that it is the same on every page; a thing among
 * others has its number. */
static const char *label_of(const struct choices *c, int i, char label[16])
{
    const struct choice *one = &c->all[i];
    if (one->letter && one->focus == MODEL_FOCUS_AUTO)
        snprintf(label, 16, "%c", one->letter);
    else
        snprintf(label, 16, "%d", i + 1);
    return label;
}

static void put_more(struct buf *out, int n)
{
    buf_puts(out, "  0  ");
    buf_printf(out,
               message_plural("more: %d other choice", "more: %d other choices", (unsigned long)n),
               n);
    buf_puts(out, "\n");
}

void list_ask(const struct choices *c, bool is_all, struct buf *out)
{
    char label[16];
    int n_more = is_all ? 0 : count_unlikely(c);
    buf_puts(out, "\n");
    for (int i = 0; i < c->n; i++)
        if (is_all || c->all[i].is_likely)
            buf_printf(out, "  %s  %s\n", label_of(c, i, label), c->all[i].words);
    if (n_more > 0)
        put_more(out, n_more);
    /* TRANSLATORS: asks for a choice; in brackets is the one that Enter alone takes. */
    buf_printf(out, message("Answer [%s]: "), label_of(c, c->usual, label));
}

static bool asks_for_more(const char *line)
{
    size_t n = strcspn(line, " \t.)");
    bool is_it = n == 1 ? line[0] == '0' : n == 4 && text_starts_nocase(line, "more");
    return is_it && line[n + strspn(line + n, " \t.)")] == '\0';
}

int list_chosen(const struct choices *c, const char *line)
{
    line += strspn(line, " \t");
    if (line[0] == '\0')
        return c->n > 0 ? c->usual : LIST_NONE;
    if (asks_for_more(line) && count_unlikely(c) > 0)
        return LIST_MORE;
    const char *end = line;
    int64_t number = ascii_take_number(&end, INT32_MAX);
    if (number >= 0)
        return end[strspn(end, " \t.)")] == '\0' && number >= 1 && number <= c->n ? (int)number - 1
                                                                                  : LIST_NONE;
    if (line[1 + strspn(line + 1, " \t")] != '\0')
        return LIST_NONE;
    for (int i = 0; i < c->n; i++)
        if (c->all[i].letter &&
            text_equal_nocase((char[]){c->all[i].letter, '\0'}, (char[]){line[0], '\0'}))
            return i;
    return LIST_NONE;
}
