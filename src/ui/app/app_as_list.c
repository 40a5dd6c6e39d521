/*
 * app_as_list.c - the wizard without a screen: prints pages as lines, asks, reads a line, and
 * presses the key that was chosen. What to print and what can be chosen is list_mode.c's to say.
 * Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sysexits.h>
#include <unistd.h>

#include "app.h"
#include "../list_mode.h"
#include "../page.h"
#include "whytls/message.h"
#include "whytls/report.h"
#include "whytls/text.h"

enum {
    TEXT_MAX = 1024 * 1024,
    NARROWEST = 16,   /* columns; in fewer, words are broken anyway */
    TELL_EACH_S = 10, /* a word now and then, so that nobody thinks it has died */
};

/* ---- printing ----------------------------------------------------------------------------- */

static void say(const char *text)
{
    fputs(text, stdout);
    fflush(stdout);
}

/* Whole words on each line of this terminal. */
static void say_lines(const struct app *app, const char *text)
{
    struct winsize size;
    struct buf b;
    bool is_known = ioctl(app->list.fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= NARROWEST;
    buf_init(&b, TEXT_MAX);
    list_wrap(text, is_known ? size.ws_col : CANVAS_MAX_WIDTH, &b);
    say(b.failed ? text : buf_text(&b));
    buf_fini(&b);
}

static void say_paragraph(const struct app *app, const char *text)
{
    say("\n");
    say_lines(app, text);
    say("\n");
}

static void print_case(struct app *app)
{
    const struct evidence *ev = app->model.evidence;
    if (!ev || strcmp(app->list.case_code, ev->case_code) == 0)
        return;
    TEXT_SET(app->list.case_code, ev->case_code);
    struct buf b;
    const char *host = redaction_text(app->model.redaction, ev->target.host, &b);
    printf("\n");
    /* TRANSLATORS: the host, its port, the code of the case. */
    printf(message("%s, port %u.  Case %s."), host, ev->target.port, ev->case_code);
    printf("\n");
    buf_fini(&b);
}

static bool is_same_place(const struct place *a, const struct place *b)
{
    return a->page == b->page && a->step == b->step && a->tab == b->tab;
}

/* The whole page where one has turned to it, else only the lines that have changed. */
static bool print_page(struct app *app)
{
    struct list_screen *l = &app->list;
    struct buf page, news;
    bool is_here = l->shown && is_same_place(&l->at, &app->model.at);
    buf_init(&page, TEXT_MAX);
    buf_init(&news, TEXT_MAX);
    list_page(&app->model, &page);
    if (page.failed)
        model_say(&app->model, true,
                  message("There is not enough memory to show all of this page."));
    if (is_here && !l->is_whole)
        list_news(l->shown, buf_text(&page), &news);
    else
        buf_puts(&news, buf_text(&page));
    bool has_news = news.len > 0;
    if (has_news) {
        print_case(app);
        say("\n");
        say_lines(app, buf_text(&news));
    }
    free(l->shown);
    l->shown = buf_take(&page);
    l->at = app->model.at;
    l->is_whole = false;
    buf_fini(&news);
    return has_news;
}

static void ask(struct app *app)
{
    struct choices *c = malloc(sizeof(*c));
    struct buf out;
    if (!c)
        return;
    buf_init(&out, TEXT_MAX);
    list_choices(&app->model, c);
    list_ask(c, app->list.is_all, &out);
    app->list.is_all = false;
    say_lines(app, buf_text(&out));
    buf_fini(&out);
    free(c);
    app->list.is_asking = true;
}

static bool is_busy(const struct app *app)
{
    return app->session && !session_is_done(app->session);
}

void app_list_show(struct app *app)
{
    struct list_screen *l = &app->list;
    app_sync(app);
    app->is_dirty = false;
    if (l->is_typing)
        return;
    if (is_busy(app) && !l->is_wanted) { /* what comes in meanwhile is told when it is all there */
        if (!l->has_told)
            say_paragraph(
                app,
                message("Asking the site.  Type . to stop, q to leave, or press Enter to look."));
        l->has_told = true;
        return;
    }
    l->has_told = is_busy(app);
    bool has_news = print_page(app);
    if (app->model.message[0]) {
        struct buf b;
        printf("\n%s\n", redaction_text(app->model.redaction, app->model.message, &b));
        buf_fini(&b);
    }
    if (has_news || l->is_wanted || !l->is_asking)
        ask(app);
    l->is_wanted = false;
}

void app_list_tick(struct app *app)
{
    if (!is_busy(app) || app->list.is_asking)
        return;
    unsigned s = session_elapsed_ms(app->session) / 1000;
    if (s > 0 && s % TELL_EACH_S == 0) {
        printf(message_plural("Still asking, %u second now.", "Still asking, %u seconds now.", s),
               s);
        printf("\n");
        fflush(stdout);
    }
}

/* ---- what was typed ----------------------------------------------------------------------- */

static void press(struct app *app, unsigned key)
{
    if (!app->is_over)
        app_key(app, key);
}

static void put_focus(struct app *app, const struct choice *c)
{
    struct action now = view_key(&app->model, c->key);
    bool is_same = now.kind == c->action.kind && now.value == c->action.value &&
                   now.choice == c->action.choice && c->key != ' ';
    if (c->focus != MODEL_FOCUS_AUTO && (c->is_field || !is_same))
        app->model.at.focus = c->focus;
}

/* The text for a field: it comes as a paste, so that nothing in it is a key. */
static void fill_field(struct app *app, const char *line)
{
    unsigned int ch;
    size_t n;
    app->list.is_typing = false;
    if (line[0] == '\0')
        return;
    press(app, UI_KEY_CTRL + 'U');
    press(app, UI_KEY_PASTE_BEGIN);
    for (; (n = text_next(line, &ch)) > 0; line += n)
        press(app, ch);
    press(app, UI_KEY_PASTE_END);
}

static void take_choice(struct app *app, const struct choice *c)
{
    put_focus(app, c);
    if (!c->is_field) {
        press(app, c->key);
        return;
    }
    app->list.is_typing = true;
    printf("%s: ", c->words);
    fflush(stdout);
}

static void tell_how_to_choose(int n)
{
    printf(message("Please type a letter, or a number from 1 to %d, then press Enter."), n);
    printf("\n");
}

static void take_line(struct app *app, const char *line)
{
    struct choices *c = malloc(sizeof(*c));
    bool was_busy = is_busy(app);
    app_sync(app);
    app->list.is_wanted = true;
    app->is_dirty = true;
    if (app->list.is_typing) {
        fill_field(app, line);
    } else if (c && (app->list.is_asking || line[0])) {
        list_choices(&app->model, c);
        int i = list_chosen(c, line);
        app->list.is_all = i == LIST_MORE;
        if (i >= 0)
            take_choice(app, &c->all[i]);
        else if (i != LIST_MORE)
            tell_how_to_choose(c->n);
    }
    if (!was_busy && is_busy(app)) /* something new was begun: wait for what it comes to */
        app->list.is_wanted = app->list.has_told = false;
    app->list.is_asking = false;
    free(c);
}

/* A terminal gives a line at a time; what is longer than the buffer is cut. */
static void on_lines(uv_poll_t *handle, int status, int events)
{
    struct app *app = handle->data;
    struct list_screen *l = &app->list;
    char bytes[LIST_LINE], clean[LIST_LINE];
    (void)events;
    ssize_t n = status < 0 ? 0 : read(l->fd, bytes, sizeof(bytes));
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) { /* Ctrl-D: nobody is left to be asked */
        app->is_left_unasked = true;
        app_quit(app, 0);
        return;
    }
    for (ssize_t i = 0; i < n && !app->is_over; i++) {
        if (bytes[i] != '\n') {
            if (l->n_line < sizeof(l->line))
                l->line[l->n_line++] = bytes[i];
            continue;
        }
        const char *line = l->line;
        bool is_whole = l->n_line < sizeof(l->line);
        text_trim(&line, &l->n_line);
        is_whole = text_clean(clean, sizeof(clean), line, l->n_line) && is_whole;
        l->n_line = 0;
        if (is_whole)
            take_line(app, clean);
        else {
            say(message("That line is too long, so it was not taken."));
            say("\n");
        }
    }
}

/* ---- beginning and end -------------------------------------------------------------------- */

bool app_list_begin(struct app *app)
{
    struct list_screen *l = &app->list;
    list_prepare(&app->model);
    l->fd = term_open_to_watch();
    if (l->fd < 0)
        return false;
    if (uv_poll_init(&app->loop, &l->lines, l->fd) != 0) {
        close(l->fd);
        return false;
    }
    l->lines.data = app;
    uv_poll_start(&l->lines, UV_READABLE, on_lines);
    app->is_list = app->is_dirty = true;
    say_lines(app, message("whytls as a list.  Type a number or a letter, then press Enter.  "
                           "Enter alone takes the one in brackets."));
    say("\n");
    say_lines(app, message("The letters are the same on every page.  Ctrl-C leaves."));
    say("\n");
    return true;
}

/* It was left in the middle of a line. */
void app_list_end_line(struct app *app)
{
    if (app->list.is_asking || app->list.is_typing)
        say("\n");
    app->list.is_asking = app->list.is_typing = false;
}

void app_list_end(struct app *app)
{
    if (!app->list.lines.data)
        return;
    app_list_end_line(app);
    uv_close((uv_handle_t *)&app->list.lines, NULL);
    close(app->list.fd);
    free(app->list.shown);
}

/* As a shell would: the terminal needs nothing, and what was asked is asked again. */
void app_list_suspend(struct app *app)
{
    raise(SIGSTOP);
    app->list.is_wanted = app->list.is_whole = true;
    app->is_dirty = true;
}

int app_list_exit_code(const struct app *app)
{
    if (!app->start->as_list || !app->session)
        return 0;
    return report_exit_code(session_walk(app->session));
}
