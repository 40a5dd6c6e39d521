/*
 * app_script.c - reads a script and plays it to the wizard: see app_script.h. Knows no page and no
 * loop. Fuzzed by fuzz_script.
 * SPDX-License-Identifier: MIT
 */
#include "app_script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../keys.h"
#include "whytls/ascii.h"
#include "whytls/file.h"
#include "whytls/text.h"

enum { SCRIPT_MAX_BYTES = 64 * 1024, SCRIPT_LINE = 1024, WAIT_LIMIT_S = 60 };

struct script {
    char *text, *at;
    unsigned line;
    unsigned waited_s;
    bool is_over;
    char waiting_for[SCRIPT_LINE];
    char error[SCRIPT_LINE + 64];
};

struct script *script_open(const char *file, char *error, size_t error_size)
{
    struct script *s = calloc(1, sizeof(*s));
    struct file_fault fault;
    struct buf bytes;
    buf_init(&bytes, SCRIPT_MAX_BYTES);
    bool is_read = file_read_any(file, &bytes, &fault);
    if (s && is_read)
        s->at = s->text = buf_take(&bytes);
    buf_fini(&bytes);
    if (s && s->text)
        return s;
    snprintf(error, error_size, "the script cannot be read: %s",
             is_read ? "there is not enough memory" : file_words(&fault));
    script_free(s);
    return NULL;
}

void script_free(struct script *s)
{
    if (!s)
        return;
    free(s->text);
    free(s);
}

const char *script_error(const struct script *s)
{
    return s->error;
}

static enum script_state fail(struct script *s, const char *why, const char *what)
{
    char clean[SCRIPT_LINE];
    text_clean_str_marked(clean, sizeof(clean), what);
    snprintf(s->error, sizeof(s->error), "script line %u: %s%s%s", s->line, why,
             clean[0] ? ": " : "", clean);
    s->is_over = true;
    return SCRIPT_FAILED;
}

static void press(struct script *s, const struct script_host *host, unsigned key)
{
    if (!s->is_over && !host->key(host->ctx, key))
        s->is_over = true;
}

/* Text as keys; with escapes, \n is Enter's character inside a paste. */
static void type(struct script *s, const struct script_host *host, const char *text,
                 bool has_escapes)
{
    unsigned int ch;
    size_t n;
    while ((n = text_next(text, &ch)) > 0) {
        bool is_line_end = has_escapes && text[0] == '\\' && text[1] == 'n';
        press(s, host, is_line_end ? UI_KEY_ENTER : ch);
        text += is_line_end ? 2 : n;
    }
}

/* ---- the commands ------------------------------------------------------------------------- */

typedef enum script_state command_fn(struct script *s, const struct script_host *host,
                                     const char *rest);

static enum script_state do_type(struct script *s, const struct script_host *host, const char *rest)
{
    if (!text_is_clean(rest, strlen(rest)))
        return fail(s, "only clean text can be typed", "");
    type(s, host, rest, false);
    return SCRIPT_OVER;
}

static enum script_state do_paste(struct script *s, const struct script_host *host,
                                  const char *rest)
{
    if (!text_is_clean(rest, strlen(rest)))
        return fail(s, "only clean text can be pasted", "");
    press(s, host, UI_KEY_PASTE_BEGIN);
    type(s, host, rest, true);
    press(s, host, UI_KEY_PASTE_END);
    return SCRIPT_OVER;
}

static enum script_state do_key(struct script *s, const struct script_host *host, const char *rest)
{
    unsigned key = key_by_name(rest);
    if (key == UI_KEY_NONE)
        return fail(s, "no such key", rest);
    press(s, host, key);
    return SCRIPT_OVER;
}

/* Two numbers with blanks between, and nothing behind them. */
static bool take_two(const char *s, int *first, int *second)
{
    *first = (int)ascii_take_number(&s, INT16_MAX);
    s += strspn(s, " ");
    *second = (int)ascii_take_number(&s, INT16_MAX);
    return !*s && *first >= 0 && *second >= 0;
}

static enum script_state do_click(struct script *s, const struct script_host *host,
                                  const char *rest)
{
    int x, y;
    if (!take_two(rest, &x, &y))
        return fail(s, "click wants a column and a row, from 0", rest);
    press(s, host, key_of_click(x, y));
    return SCRIPT_OVER;
}

static enum script_state do_wait(struct script *s, const struct script_host *host, const char *rest)
{
    bool is_known = true;
    bool is_so = host->is_so(host->ctx, rest, &is_known);
    if (!is_known)
        return fail(s, "no such condition", rest);
    if (is_so)
        return SCRIPT_OVER;
    text_copy_cut(s->waiting_for, sizeof(s->waiting_for), rest);
    return SCRIPT_WAITING;
}

static enum script_state do_snap(struct script *s, const struct script_host *host, const char *rest)
{
    return host->snap(host->ctx, rest, false) ? SCRIPT_OVER
                                              : fail(s, "the file cannot be written", rest);
}

static enum script_state do_roles(struct script *s, const struct script_host *host,
                                  const char *rest)
{
    return host->snap(host->ctx, rest, true) ? SCRIPT_OVER
                                             : fail(s, "the file cannot be written", rest);
}

static enum script_state do_resize(struct script *s, const struct script_host *host,
                                   const char *rest)
{
    int width = 0, height = 0;
    if (!take_two(rest, &width, &height) || width < 1 || height < 1)
        return fail(s, "resize wants two numbers", "");
    host->resize(host->ctx, width, height);
    return SCRIPT_OVER;
}

static enum script_state do_case(struct script *s, const struct script_host *host, const char *rest)
{
    return host->use_case(host->ctx, rest) ? SCRIPT_OVER
                                           : fail(s, "this is no case that can be read", rest);
}

static enum script_state do_clock(struct script *s, const struct script_host *host,
                                  const char *rest)
{
    int64_t seconds = ascii_take_number(&rest, INT64_MAX);
    if (*rest || seconds <= 0)
        return fail(s, "clock wants Unix seconds", "");
    host->set_clock(host->ctx, seconds);
    return SCRIPT_OVER;
}

static enum script_state do_quit(struct script *s, const struct script_host *host, const char *rest)
{
    (void)host;
    (void)rest;
    s->is_over = true;
    return SCRIPT_OVER;
}

static const struct {
    const char *name;
    command_fn *run;
} commands[] = {
    {"type", do_type}, {"paste", do_paste}, {"key", do_key},     {"click", do_click},
    {"wait", do_wait}, {"snap", do_snap},   {"roles", do_roles}, {"resize", do_resize},
    {"case", do_case}, {"clock", do_clock}, {"quit", do_quit},
};

/* OVER: this line is done. */
static enum script_state run_line(struct script *s, const struct script_host *host,
                                  const char *line)
{
    char word[16];
    const char *rest = line + strcspn(line, " ");
    if (line[0] == '\0' || line[0] == '#')
        return SCRIPT_OVER;
    snprintf(word, sizeof(word), "%.*s", (int)(rest - line), line);
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (strcmp(commands[i].name, word) == 0)
            return commands[i].run(s, host, rest[0] ? rest + 1 : rest);
    return fail(s, "no such command", word);
}

enum script_state script_run(struct script *s, const struct script_host *host)
{
    while (!s->is_over && *s->at) {
        char line[SCRIPT_LINE];
        size_t n = strcspn(s->at, "\n");
        snprintf(line, sizeof(line), "%.*s", (int)n, s->at);
        line[strcspn(line, "\r")] = '\0';
        s->line++;
        if (n >= sizeof(line)) /* cut, it would mean something else */
            return fail(s, "the line is too long", "");
        enum script_state state = run_line(s, host, line);
        if (state == SCRIPT_WAITING)
            s->line--;
        if (state != SCRIPT_OVER)
            return state;
        s->waited_s = 0;
        s->at += n;
        s->at += *s->at == '\n';
    }
    return s->error[0] ? SCRIPT_FAILED : SCRIPT_OVER;
}

enum script_state script_tick(struct script *s)
{
    if (++s->waited_s < WAIT_LIMIT_S)
        return SCRIPT_WAITING;
    s->line++;
    return fail(s, "waited too long for", s->waiting_for);
}
