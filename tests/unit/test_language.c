/*
 * test_language.c - pages in another language: every page of ui_shots.h in the pseudo-language, on
 * the screen and as lines. No text of ours is left in English, none is cut but at a column with
 * "..", Enter and the way to help are in sight, all choices are there, and rows() counts them.
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

#include "unit/seen_part.h"
#include "ui/list_mode.h"
#include "ui_shots.h"
#include "whytls/lab.h"
#include "whytls/message.h"

enum {
    WIDTH = 80,
    HEIGHT = 24,
    SMALL_WIDTH = 40,
    SMALL_HEIGHT = 12,
    TALL = 400,
    DEPTH = 64,
    LONGEST_NAME = 40
};

/* ---- what is not ours to translate --------------------------------------------------------- */

/* Values of the cases and of the model, and names that are the same in every language; taken out in
 * this order. */
static const char *const values[] = {
    /* typed, or of the settings */
    "curl: (60) certificate has expired",
    "The folder cannot be written to: No space left on device.",
    "/home/ana/Documents/whytls",
    "default-dark",
    "mono",
    "mine",
    /* hosts */
    "www2.other.example",
    "shop.example",
    "SHOP.EXAMPLE",
    "mail.example",
    /* certificates */
    "Practice Issuing CA",
    "\"Practice",
    "Issuing CA",
    "Practice Authority",
    "intermediate.der",
    /* signs, and names of pages */
    "[FAIL]",
    "[INFO]",
    "page:welcome",
    "page:answer",
    "page:step",
    /* what a code is read aloud with */
    "Papa Three Foxtrot, Whiskey Tango Kilo Juliett",
    /* names of the protocol, and what the wire or a library says */
    "AES-",
    "ECDSA",
    "ECDHE",
    "Diffie-Hellman",
    "ClientHello",
    "ServerHello",
    "EncryptedExtensions",
    "CertificateVerify",
    "(Certificate)",
    "(Finished)",
    ": 1 certificate",
    "close notify",
    "handshake failure",
    "practice",
    /* a message of another program */
    "OpenSSL: certificate has expired",
    "git.example",
    "done, none,",
    /* commands to type */
    "openssl s_client -connect",
    "openssl",
    "-showcerts",
    "-servername",
    "-verify_hostname",
    "--verify-hostname",
    "--sni-hostname",
    "-noout",
    "-issuer",
    "-dates",
    "-subject",
    "subjectAltName",
    "--resolve",
};

static void blank_out(char *text, const char *value)
{
    size_t n = strlen(value);
    for (char *at = text; n > 0 && (at = strstr(at, value)) != NULL; at += n)
        memset(at, ' ', n);
}

static void blank_out_values(char *text)
{
    const struct scenario_line *line;
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
        blank_out(text, values[i]);
    for (size_t len = LONGEST_NAME; len > 0; len--) /* no name before one that it is a part of */
        for (size_t i = 0; (line = lab_scenario(i)); i++)
            if (strlen(line->name) == len)
                blank_out(text, line->name);
}

/* ---- no English is left -------------------------------------------------------------------- */

static bool is_letter(unsigned char c)
{
    return isalpha(c) || c >= 0x80;
}

/* In the pseudo-language each vowel has its accent. */
static bool is_english(const char *word, size_t n)
{
    int vowels = 0;
    bool is_hex = true; /* a fingerprint, a serial number */
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char)word[i] >= 0x80)
            return false;
        is_hex = is_hex && isxdigit((unsigned char)word[i]);
        vowels += strchr("aeiouAEIOU", word[i]) != NULL;
    }
    return vowels >= 2 && !is_hex;
}

/* Tells of each by its row, its values taken out. */
static int count_english(const char *name, const char *page)
{
    int found = 0;
    char *text = strdup(page);
    assert_non_null(text);
    blank_out_seen(text);
    blank_out_values(text);
    for (const char *at = text; *at;) {
        size_t n = 0;
        while (at[n] && is_letter((unsigned char)at[n]))
            n++;
        if (is_english(at, n)) {
            const char *from = at, *to = at + strcspn(at, "\n");
            while (from > text && from[-1] != '\n')
                from--;
            print_error("%s: not translated: %.*s: %.*s\n", name, (int)n, at, (int)(to - from),
                        from);
            found++;
        }
        at += n > 0 ? n : 1;
    }
    free(text);
    return found;
}

/* ---- nothing is cut ------------------------------------------------------------------------ */

/* Brackets begin and end each text: one that does not end was cut, or something stands on it. */
struct brackets {
    int open[DEPTH]; /* the rows where they began */
    int n;
    int n_stray; /* that end nothing */
};

/* "..", and behind it the next column or nothing. */
static bool is_cut(const char *at)
{
    return at[0] == '.' && at[1] == '.' && (at[2] == '\0' || (at[2] == ' ' && at[3] != ']'));
}

static void take_row(struct brackets *b, const char *row, int y)
{
    for (const char *at = row; *at; at++) {
        if (*at == '[' && b->n < DEPTH)
            b->open[b->n++] = y;
        else if (*at == ']' && b->n > 0)
            b->n--;
        else if (*at == ']')
            b->n_stray++;
        else if (is_cut(at))
            while (b->n > 0 && b->open[b->n - 1] == y)
                b->n--;
    }
}

/* The frame's rows are whole, and the page's where nothing of it is scrolled away. */
static int count_cut(const char *name, const struct model *m, const struct grid *g)
{
    const struct page_ops *ops = page_ops(page_shown(m));
    struct brackets page = {0};
    int found = 0, top = ops->is_bare ? 0 : page_top(m), end = g->height - PAGE_FOOTER;
    bool scrolls = ops->rows && ops->rows(m) > page_window(m);
    for (int y = 0; y < g->height; y++) {
        struct brackets of_row = {0};
        char *row = row_of(g, y);
        bool is_frame = !ops->is_bare && (y < top || y >= end);
        take_row(is_frame ? &of_row : &page, row, y);
        if (of_row.n + of_row.n_stray > 0) {
            print_error("%s: cut in the frame: %s\n", name, row);
            found++;
        }
        free(row);
    }
    if (!scrolls && page.n + page.n_stray > 0) {
        char *text = text_of(g);
        print_error("%s: something is cut (row %d):\n%s\n", name, page.n > 0 ? page.open[0] : -1,
                    text);
        free(text);
        found++;
    }
    return found;
}

/* ---- the tests ----------------------------------------------------------------------------- */

static void on_every_shot(int width, int height,
                          int (*count)(const char *name, const struct staged *s))
{
    int found = 0;
    message_use(MESSAGE_PSEUDO);
    for (int i = 0; i < SHOT_COUNT; i++) {
        struct staged s;
        shot_begin(&s, &shots[i], width, height);
        found += count(shots[i].name, &s);
        shot_end(&s);
    }
    message_use("C");
    assert_int_equal(found, 0);
}

static int count_on_screen(const char *name, const struct staged *s)
{
    struct grid *g = shot_draw(s, false);
    char *text = text_of(g), *bar = row_of(g, g->height - 1), *enter = row_of(g, g->height - 2);
    int found = count_english(name, text) + count_cut(name, &s->model, g);
    assert_memory_equal(enter, " [Éñtér = ", strlen(" [Éñtér = "));
    assert_true(strlen(enter) > 30);
    if (s->model.at.page != PAGE_HELP && !s->model.is_finding)
        assert_memory_equal(bar, " F1 [Hélp", strlen(" F1 [Hélp"));
    free(text);
    free(bar);
    free(enter);
    grid_free(g);
    return found;
}

static void pages_are_translated_and_fit(void **state)
{
    (void)state;
    on_every_shot(WIDTH, HEIGHT, count_on_screen);
    on_every_shot(WIDTH, MODEL_LEAST_HEIGHT, count_on_screen);
}

static int count_in_small(const char *name, const struct staged *s)
{
    struct grid *g = shot_draw(s, false);
    char *text = text_of(g);
    int found = count_english(name, text) + count_cut(name, &s->model, g);
    free(text);
    grid_free(g);
    return found;
}

static void a_small_window_says_so_in_whole_words(void **state)
{
    (void)state;
    on_every_shot(SMALL_WIDTH, SMALL_HEIGHT, count_in_small);
}

/* Every choice that there is in English, by the same key. */
static void same_choices(const char *name, const struct model *m, const struct choices *c)
{
    struct choices *english = malloc(sizeof(*english));
    assert_non_null(english);
    message_use("C");
    list_choices(m, english);
    message_use(MESSAGE_PSEUDO);
    if (english->n != c->n)
        fail_msg("%s: %d choices of %d", name, c->n, english->n);
    for (int i = 0; i < c->n; i++)
        assert_true(english->all[i].key == c->all[i].key &&
                    english->all[i].focus == c->all[i].focus);
    free(english);
}

static int count_as_lines(const char *name, const struct staged *s)
{
    struct model m = s->model;
    struct choices *c = malloc(sizeof(*c));
    struct buf text;
    assert_non_null(c);
    buf_init(&text, 1024 * 1024);
    list_prepare(&m);
    list_choices(&m, c);
    same_choices(name, &m, c);
    list_page(&m, &text);
    list_ask(c, true, &text);
    int found = count_english(name, buf_text(&text));
    buf_fini(&text);
    free(c);
    return found;
}

static void lines_are_translated(void **state)
{
    (void)state;
    on_every_shot(WIDTH, HEIGHT, count_as_lines);
}

/* In a window that is high enough for all of it. */
static int count_rows_wrong(const char *name, const struct staged *s)
{
    struct staged tall = *s;
    const struct page_ops *ops = page_ops(page_shown(&tall.model));
    if (!ops->rows || tall.model.at.scroll > 0 || ops->rows(&tall.model) == 0)
        return 0;
    struct grid *g = shot_draw(&tall, false);
    int top = page_top(&tall.model), last = top - 1, rows = ops->rows(&tall.model);
    for (int y = top; y < g->height - PAGE_FOOTER; y++) {
        char *row = row_of(g, y);
        last = row[0] ? y : last;
        free(row);
    }
    grid_free(g);
    int drawn = last + 1 - top;
    bool is_right = drawn == rows || drawn == rows - 1; /* a blank row may end it */
    if (!is_right)
        print_error("%s: %d rows are counted, %d are drawn\n", name, rows, drawn);
    return !is_right;
}

static void rows_are_counted_as_they_are_drawn(void **state)
{
    (void)state;
    on_every_shot(WIDTH, TALL, count_rows_wrong);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_translated_and_fit),
        cmocka_unit_test(a_small_window_says_so_in_whole_words),
        cmocka_unit_test(lines_are_translated),
        cmocka_unit_test(rows_are_counted_as_they_are_drawn),
    };
    return cmocka_run_group_tests_name("language", tests, NULL, NULL);
}
