/*
 * command_theme.c - whytls theme: the themes that there are, what one looks like in plain text, and
 * what is wrong with one, by file, line and column.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "command.h"

#include "whytls/message.h"

enum { WORDS_SIZE = 64 };

/* ---- colours on standard output ----------------------------------------------------------- */

/* Without curses: what is printed may go anywhere, so at most what any colour terminal knows. */
static enum colour_depth depth_of_output(enum colour_when when)
{
    const char *term = getenv("TERM");
    bool is_rich = term && (strstr(term, "256color") || strstr(term, "-direct"));
    if (theme_is_colourless(when))
        return DEPTH_MONO;
    if (when == COLOUR_AUTO && (!isatty(STDOUT_FILENO) || !term || strcmp(term, "dumb") == 0))
        return DEPTH_MONO;
    return is_rich ? DEPTH_256 : DEPTH_8;
}

/* Select graphic rendition, ECMA-48 8.3.117; 38;5 and 48;5 from ITU-T T.416 as xterm has them. */
static void print_sample(const struct theme *t, enum role r, enum colour_depth depth)
{
    struct look look = theme_look(t, r, depth);
    printf("\033[0%s%s%s", look.attributes & STYLE_BOLD ? ";1" : "",
           look.attributes & STYLE_UNDERLINE ? ";4" : "",
           look.attributes & STYLE_REVERSE ? ";7" : "");
    if (look.fg != COLOUR_DEFAULT)
        printf(depth == DEPTH_256 ? ";38;5;%d" : ";3%d", look.fg);
    if (look.bg != COLOUR_DEFAULT)
        printf(depth == DEPTH_256 ? ";48;5;%d" : ";4%d", look.bg);
    printf("m Sample \033[0m  ");
}

/* What was wrong with themes, a line a fault, as compilers have them, so that an editor finds the
 * place. Returns -1, or the exit code where nothing can be said of them. */
static int tell(const struct json_report *report)
{
    if (report->no_memory)
        return complain(EX_OSERR, message("there is not enough memory"));
    fputs(buf_text(&report->lines), stderr);
    return -1;
}

/* ---- list --------------------------------------------------------------------------------- */

static int list_themes(const struct options *o)
{
    struct theme *list;
    struct json_report report;
    if (o->n_args > 1)
        return complain(EX_USAGE, message("usage: whytls theme list"));
    json_report_init(&report);
    size_t n = theme_list(&list, &report);
    int code = tell(&report);
    for (size_t i = 0; code < 0 && i < n; i++)
        printf("%-16s %-64s %s\n", list[i].name, list[i].about,
               list[i].from[0] ? list[i].from : message("built in"));
    json_report_fini(&report);
    free(list);
    return code < 0 ? EXIT_WORKS : code;
}

/* ---- show --------------------------------------------------------------------------------- */

static void print_role(const struct theme *t, enum role r, enum colour_depth depth)
{
    char fg[WORDS_SIZE], bg[WORDS_SIZE], attributes[WORDS_SIZE];
    const struct style *s = &t->styles[r];
    theme_colour_words(s->fg, fg, sizeof(fg));
    theme_colour_words(s->bg, bg, sizeof(bg));
    theme_attribute_words(s->attributes, attributes, sizeof(attributes));
    if (depth != DEPTH_MONO)
        print_sample(t, r, depth);
    printf("%-15s %-14s %-14s %-15s %4.1f %4.1f %4.1f  %s\n", role_name(r), fg, bg, attributes,
           theme_contrast(t, r, DEPTH_256), theme_contrast(t, r, DEPTH_16),
           theme_contrast(t, r, DEPTH_8), message(role_words(r)));
}

static int show_theme(const struct options *o)
{
    static const char *const backgrounds[] = {
        [BACKGROUND_ANY] = "any", [BACKGROUND_DARK] = "dark", [BACKGROUND_LIGHT] = "light"};
    const struct theme_wish wish = {.option = o->theme};
    struct json_report report;
    struct theme t;
    enum colour_depth depth = depth_of_output(o->color);
    json_report_init(&report);
    bool ok = true;
    if (o->n_args > 1)
        ok = theme_load(o->args[1], &t, &report);
    else
        theme_choose(&wish, &t, &report);
    int code = tell(&report);
    json_report_fini(&report);
    if (code >= 0 || !ok)
        return code >= 0 ? code : EX_CONFIG;
    printf(message("%s: %s\nfrom: %s\nbackground: %s\nsigns: %s\n\n"), t.name, t.about,
           t.from[0] ? t.from : message("built in"), backgrounds[t.background],
           t.is_ascii ? "ascii" : "auto");
    printf("%s%-15s %-14s %-14s %-15s %s\n", depth != DEPTH_MONO ? "          " : "",
           message("role"), message("letters"), message("ground"), message("look"),
           message("contrast with"));
    printf("%s%-15s %-14s %-14s %-15s  256   16    8 %s\n", depth != DEPTH_MONO ? "          " : "",
           "", "", "", "", message("colours"));
    for (int r = 0; r < ROLE_COUNT; r++)
        print_role(&t, (enum role)r, depth);
    return EXIT_WORKS;
}

/* ---- check -------------------------------------------------------------------------------- */

static int check_theme(const struct options *o)
{
    struct json_report report;
    struct theme t;
    if (o->n_args < 2)
        return complain(EX_USAGE, message("usage: whytls theme check FILE"));
    json_report_init(&report);
    bool ok = theme_load(o->args[1], &t, &report);
    int code = tell(&report);
    ok = ok && code < 0;
    if (ok && report.n_warnings == 0)
        printf(message("%s: good\n"), t.name);
    else if (ok)
        printf(message("%s: it can be used; warnings: %zu\n"), t.name, report.n_warnings);
    json_report_fini(&report);
    return ok ? EXIT_WORKS : code >= 0 ? code : EX_CONFIG;
}

/* ---- which -------------------------------------------------------------------------------- */

int command_theme(const struct options *o)
{
    static const struct {
        const char *name;
        int (*run)(const struct options *o);
    } parts[] = {{"list", list_themes}, {"show", show_theme}, {"check", check_theme}};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (strcmp(parts[i].name, o->args[0]) == 0)
            return parts[i].run(o);
    return complain(EX_USAGE, message("theme %s: give list, show or check"), o->args[0]);
}
