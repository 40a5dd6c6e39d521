/*
 * test_theme.c - themes: what is wrong with a file is said by line and column; what is shipped can
 * be read on every terminal; what extends what; which of many is taken.
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ui/theme/colour.h"
#include "whytls/data.h"

/* ---- a home of its own -------------------------------------------------------------------- */

static char home[] = "/tmp/whytls-theme-XXXXXX";

static void put_file(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/%s/%s", home, folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void make_folder(const char *name)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/%s", home, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void no_wish(void)
{
    unsetenv("NO_COLOR");
    unsetenv("WHYTLS_THEME");
    setenv("TERM", "xterm-256color", 1);
}

static int begin(void **state)
{
    char path[256];
    (void)state;
    if (!mkdtemp(home))
        return -1;
    make_folder("config");
    make_folder("config/whytls");
    make_folder("config/whytls/themes");
    make_folder("data");
    make_folder("data/themes");
    snprintf(path, sizeof(path), "%s/config", home);
    setenv("XDG_CONFIG_HOME", path, 1);
    snprintf(path, sizeof(path), "%s/data", home);
    setenv("WHYTLS_DATADIR", path, 1);
    no_wish();
    return 0;
}

static int remove_all(void **state)
{
    char command[300];
    static const char *const folders[] = {"config/whytls/themes", "config/whytls", "config",
                                          "data/themes",          "data",          "."};
    static const char *const files[] = {"mine", "other", "light", "loop-a", "loop-b", "broken",
                                        "d0",   "d1",    "d2",    "d3",     "d4",     "d5",
                                        "d6",   "d7",    "d8",    "d9"};
    (void)state;
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        for (size_t k = 0; k < sizeof(files) / sizeof(files[0]); k++) {
            snprintf(command, sizeof(command), "%s/%s/%s.json", home, folders[i], files[k]);
            unlink(command);
        }
        snprintf(command, sizeof(command), "%s/%s", home, folders[i]);
        rmdir(command);
    }
    rmdir(home);
    return 0;
}

/* ---- faults and their places -------------------------------------------------------------- */

static bool reads(const char *text, struct theme *t, struct json_report *r)
{
    json_report_init(r);
    return theme_read("night.json", text, strlen(text), t, r);
}

/* Refused, and this is the first thing that is said. */
static void refuses(const char *text, const char *said)
{
    struct json_report r;
    struct theme t;
    bool ok = reads(text, &t, &r);
    assert_string_equal(r.first, said);
    assert_false(ok);
    json_report_fini(&r);
}

/* Taken, and these lines are said. */
static void warns(const char *text, const char *lines)
{
    struct json_report r;
    struct theme t;
    bool ok = reads(text, &t, &r);
    assert_string_equal(buf_text(&r.lines), lines);
    assert_true(ok);
    assert_int_equal(r.n_errors, 0);
    json_report_fini(&r);
}

/* The example of the design, its lines as they are there. */
static void the_example_says_where_and_what_was_meant(void **state)
{
    (void)state;
    refuses("{ \"$schema\": \"whytls-theme-1\", \"schema\": 1, \"name\": \"Night\",\n"
            "  \"extends\": \"default-dark\",\n"
            "  \"background\": \"dark\", \"glyphs\": \"auto\",\n"
            "  \"vars\":  { \"blue\": {\"256\": 74, \"16\": \"brightblue\", \"8\": \"blue\"} },\n"
            "  \"roles\": { \"text\": {\"fg\": \"default\", \"bg\": \"default\"},\n"
            "    \"ok\":\n"
            "      {\"fg\": \"bleu\", \"bold\": true} } }\n",
            "night.json:7:14: unknown colour \"bleu\" in roles.ok.fg. Did you mean \"blue\"?");
}

static void each_fault_has_its_place(void **state)
{
    (void)state;
    refuses("", "night.json:1:1: the text ends too early");
    refuses("{\n\"schema\": 1,\n}", "night.json:3:1: a text in quotes is missing");
    refuses("{\"schema\": 1, \"schema\": 1}", "night.json:1:16: this member is there twice");
    refuses("{\"schema\": 1} // night", "night.json:1:15: there is more after the end");
    refuses("[1]", "night.json:1:1: this must be an object: { ... }");
    refuses("{\n  \"name\": \"x\" }", "night.json:1:1: \"schema\": 1 is missing");
    refuses("{\"schema\":\n 2}", "night.json:2:2: \"schema\": 1 is all that is known yet");
    refuses("{\"$schema\": \"x\", \"schema\": 1}",
            "night.json:1:13: $schema must be \"whytls-theme-1\"");
    refuses("{\"schema\": 1,\n\"name\": 5}", "night.json:2:9: name must be a text");
    refuses("{\"schema\": 1, \"background\": \"grey\"}",
            "night.json:1:29: background must be \"any\" or \"dark\" or \"light\"");
    refuses("{\"schema\": 1, \"glyphs\": true}",
            "night.json:1:25: glyphs must be \"auto\" or \"ascii\"");
    refuses("{\"schema\": 1, \"extends\": [1]}",
            "night.json:1:26: extends must be the name of a theme");
    refuses("{\"schema\": 1, \"extends\": \"lihgt\"}",
            "night.json:1:26: extends: there is no theme \"lihgt\". Did you mean \"light\"?");
    refuses("{\"schema\": 1, \"extends\": \"../light\"}",
            "night.json:1:26: extends: there is no theme \"../light\" (whytls theme list)");
    refuses("{\"schema\": 1, \"roles\": 1}",
            "night.json:1:24: roles must be an object: { \"ok\": { \"fg\": \"blue\" } }");
    refuses("{\"schema\": 1, \"roles\": {\"ok\": \"blue\"}}",
            "night.json:1:31: roles.ok must be an object: { \"fg\": \"blue\" }");
    refuses("{\"schema\": 1, \"roles\": {\"ok\": {\"bold\": 1}}}",
            "night.json:1:40: roles.ok.bold must be true or false");
}

static void each_fault_of_a_colour_has_its_place(void **state)
{
    (void)state;
    refuses("{\"schema\": 1, \"roles\": {\"ok\": {\"fg\": \"#56B4E\"}}}",
            "night.json:1:38: roles.ok.fg: \"#56B4E\" is no colour. Write # and six hex digits");
    refuses("{\"schema\": 1, \"roles\": {\"ok\": {\"bg\": \"mauve\"}}}",
            "night.json:1:38: unknown colour \"mauve\" in roles.ok.bg");
    refuses("{\"schema\": 1, \"roles\": {\"ok\": {\"fg\": 74}}}",
            "night.json:1:38: roles.ok.fg must be a colour, as in \"blue\" or \"#56B4E9\"");
    refuses("{\"schema\": 1, \"roles\": {\"ok\": {\"fg\": {}}}}",
            "night.json:1:38: roles.ok.fg names no colour");
    refuses("{\"schema\": 1, \"roles\": {\"ok\": {\"fg\": \"$sky\"}}}",
            "night.json:1:38: roles.ok.fg: there is no \"sky\" in vars");
    refuses("{\"schema\": 1, \"vars\": []}",
            "night.json:1:23: vars must be an object: { \"name\": colour }");
    refuses("{\"schema\": 1, \"vars\": {\"\": \"blue\"}}",
            "night.json:1:28: the name of a var must have 1 to 63 bytes");
    refuses("{\"schema\": 1, \"vars\": {\"a\": {\"256\": 256}}}",
            "night.json:1:37: vars.a.256 must be a number from 0 to 255, or a colour's name");
    refuses("{\"schema\": 1, \"vars\": {\"a\": {\"16\": 1.5}}}",
            "night.json:1:36: vars.a.16 must be a number from 0 to 15, or a colour's name");
    refuses("{\"schema\": 1, \"vars\": {\"a\": {\"8\": \"gren\"}}}",
            "night.json:1:35: unknown colour \"gren\" in vars.a.8. Did you mean \"green\"?");
    refuses("{\"schema\": 1, \"vars\": {\"a\": {\"rgb\": \"blue\"}}}",
            "night.json:1:37: vars.a.rgb must be # and six hex digits, as in \"#56B4E9\"");
}

static void what_can_not_be_seen_is_refused(void **state)
{
    (void)state;
    refuses("{\"schema\": 1, \"roles\": {\n \"ok\": {\"fg\": \"blue\", \"bg\": \"blue\"}}}",
            "night.json:2:8: roles.ok: fg and bg are the same where there are 8 colours");
    /* Two blues that are one where there are few colours. */
    refuses("{\"schema\": 1, \"roles\": {\"ok\": {\"fg\": \"#0000F0\", \"bg\": \"#0000E0\"}}}",
            "night.json:1:31: roles.ok: fg and bg are the same where there are 8 colours");
    /* What one file says of text can hide what another one says. */
    refuses("{\"schema\": 1, \"extends\": \"linux-console\",\n"
            " \"roles\": {\"text\": {\"fg\": \"white\", \"bg\": \"yellow\"}}}",
            "night.json:2:20: roles.warn: fg and bg are the same where there are 8 colours");
}

static void what_is_not_known_is_a_warning(void **state)
{
    (void)state;
    warns("{\"schema\": 1, \"roles\": {\n  \"wran\": {\"bold\": true}}}",
          "night.json:2:11: warning: unknown role \"wran\". Did you mean \"warn\"?\n");
    warns("{\"schema\": 1, \"roles\": {\"sparkle\": 5}}",
          "night.json:1:36: warning: unknown role \"sparkle\"\n");
    warns("{\"schema\": 1, \"colour\": 1}",
          "night.json:1:25: warning: unknown member \"colour\"\n");
    warns("{\"schema\": 1, \"roles\": {\"ok\": {\"blod\": true}}}",
          "night.json:1:40: warning: unknown member \"blod\". Did you mean \"bold\"?\n");
    warns("{\"schema\": 1, \"vars\": {\"a\": {\"8\": 1, \"24\": 1}}}",
          "night.json:1:44: warning: unknown member \"24\"\n");
    warns("{\"schema\": 1, \"background\": \"dark\", \"roles\": {\"ok\": {\"fg\": \"blue\"}}}",
          "night.json:1:53: warning: roles.ok is hard to read: contrast 2.2 where there are 8 "
          "colours\n");
}

/* Escapes, directions, NUL: what a file says reaches no terminal as it is. */
static void hostile_words_are_cleaned(void **state)
{
    (void)state;
    struct json_report r;
    struct theme t;
    refuses("{\"schema\": 1, \"roles\": {\"ok\": {\"fg\": \"\\u001b[31m\\u202e\"}}}",
            "night.json:1:38: unknown colour \"<U+001B>[31m<U+202E>\" in roles.ok.fg");
    assert_true(reads("{\"schema\": 1, \"name\": \"a\\u001bb\", \"about\": \"\\u202ec\"}", &t, &r));
    assert_string_equal(t.title, "a<U+001B>b");
    assert_string_equal(t.about, "<U+202E>c");
    json_report_fini(&r);
    refuses("{\"schema\": 1, \"name\": \"a\\u0000\"}",
            "night.json:1:27: a text must not hold the character NUL");
}

/* A file full of faults: each is counted, not each is looked up, and the lines end somewhere. */
static void a_thousand_faults_are_bounded(void **state)
{
    (void)state;
    struct json_report r;
    struct theme t;
    struct buf text;
    buf_init(&text, 1024 * 1024);
    buf_puts(&text, "{\"schema\": 1, \"vars\": {");
    for (int i = 0; i < 200; i++)
        buf_printf(&text, "%s\"v%d\": {\"1\":1,\"2\":1,\"3\":1,\"4\":1,\"5\":1,\"6\":1,\"rgb\":1}",
                   i ? "," : "", i);
    buf_puts(&text, "}}");
    assert_false(reads(buf_text(&text), &t, &r));
    assert_in_range(r.lines.len, 1, JSON_REPORT_MAX);
    assert_true(r.n_errors > 0);
    json_report_fini(&r);
    buf_fini(&text);
}

/* ---- colours ------------------------------------------------------------------------------ */

static void nearest_colours_are_those_of_xterm(void **state)
{
    (void)state;
    static const struct {
        int32_t rgb;
        int index;
    } measured[] = {
        {0x56B4E9, 74}, {0xE69F00, 178}, {0xD55E00, 166}, {0xCC79A7, 175}, {0x0072B2, 25},
        {0x000000, 16}, {0xFFFFFF, 231}, {0x808080, 244}, {0xFF0000, 196},
    };
    for (size_t i = 0; i < sizeof(measured) / sizeof(measured[0]); i++)
        assert_int_equal(colour_nearest(measured[i].rgb, 16, 255), measured[i].index);
    for (int i = 16; i < 256; i++) /* each is its own neighbour */
        assert_int_equal(colour_of_index(colour_nearest(colour_of_index(i), 16, 255)),
                         colour_of_index(i));
}

/* Figures of the design, computed by others. */
static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    static const struct {
        int32_t rgb;
        double on_black;
    } known[] = {{0xFFFFFF, 21.0}, {0x56B4E9, 9.1}, {0xE69F00, 9.3},
                 {0xD55E00, 5.4},  {0xCC79A7, 6.9}, {0x0072B2, 4.0}};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        double c = colour_contrast(known[i].rgb, 0x000000);
        assert_true(c > known[i].on_black - 0.06 && c < known[i].on_black + 0.06);
    }
    assert_true(colour_contrast(0x0072B2, 0xFFFFFF) > 5.1);
    assert_true(colour_contrast(0x123456, 0x123456) == 1.0);
}

static void what_is_not_given_is_derived(void **state)
{
    (void)state;
    struct json_report r;
    struct theme t;
    assert_true(reads("{\"schema\": 1, \"vars\": {\"a\": {\"256\": 74}}, \"roles\": {"
                      "\"ok\": {\"fg\": \"$a\"}, \"warn\": {\"fg\": \"#FF0000\"},"
                      "\"info\": {\"fg\": \"brightgreen\", \"bg\": \"black\"}}}",
                      &t, &r));
    assert_int_equal(t.styles[ROLE_OK].fg.rgb, 0x5FAFD7);
    assert_int_equal(t.styles[ROLE_WARN].fg.at256, 196);
    assert_int_equal(t.styles[ROLE_WARN].fg.at16, 9);
    struct look look = theme_look(&t, ROLE_WARN, DEPTH_8);
    assert_int_equal(look.fg, 1); /* bright by boldness */
    assert_int_equal(look.attributes, STYLE_BOLD);
    look = theme_look(&t, ROLE_INFO, DEPTH_16);
    assert_int_equal(look.fg, 10);
    assert_int_equal(look.attributes, 0);
    look = theme_look(&t, ROLE_INFO, DEPTH_MONO);
    assert_int_equal(look.fg, COLOUR_DEFAULT);
    look = theme_look(&t, ROLE_WARN, DEPTH_DIRECT);
    assert_int_equal(look.fg, 0xFF0000);
    json_report_fini(&r);
    /* The first eight numbers of a direct terminal are its palette. */
    assert_true(reads(
        "{\"schema\": 1, \"roles\": {\"ok\": {\"fg\": \"white\", \"bg\": \"#000001\"}}}", &t, &r));
    look = theme_look(&t, ROLE_OK, DEPTH_DIRECT);
    assert_int_equal(look.bg, 0x000000);
    json_report_fini(&r);
}

/* ---- those that are shipped --------------------------------------------------------------- */

static void for_each_shipped(void (*test)(const struct theme *t))
{
    size_t n = 0;
    for (const struct data_file *f = theme_files; f->name; f++, n++) {
        struct json_report r;
        struct theme t;
        json_report_init(&r);
        assert_true(theme_read(f->name, f->bytes, f->len, &t, &r));
        assert_int_equal(r.n_warnings, 0);
        assert_true(t.title[0] && t.about[0]);
        test(&t);
        json_report_fini(&r);
    }
    assert_int_equal(n, 6);
}

static bool is_theme(const struct theme *t, const char *name)
{
    return strcmp(t->name, name) == 0;
}

/*
 * 4.5 is WCAG's AA for text, 7 its AAA. The default stands on whatever the terminal has, where no
 * colour can be 4.5 to both black and white but by luck: 4.5 to black and 3 to white where there
 * are colours enough, and 3 to both (AA of large and bold text) where there are few.
 */
static void check_contrast(const struct theme *t)
{
    for (int r = 0; r < ROLE_COUNT; r++)
        for (int depth = DEPTH_MONO; depth < DEPTH_COUNT; depth++) {
            double least = is_theme(t, "high-contrast")      ? 7.0
                           : t->background == BACKGROUND_ANY ? 3.0
                                                             : 4.5;
            double c = theme_contrast(t, (enum role)r, (enum colour_depth)depth);
            if (c < least)
                fail_msg("%s: %s at depth %d has %.2f", t->name, role_name((enum role)r), depth, c);
            struct theme on_dark = *t;
            on_dark.background = BACKGROUND_DARK;
            if (t->background == BACKGROUND_ANY && depth >= DEPTH_256)
                assert_true(theme_contrast(&on_dark, (enum role)r, (enum colour_depth)depth) >=
                            4.5);
        }
}

static void shipped_themes_can_be_read(void **state)
{
    (void)state;
    for_each_shipped(check_contrast);
}

/* The console's own palette (Linux, drivers/tty/vt/vt.c), which is darker than xterm's. */
static int32_t console_colour(int number, bool is_bright)
{
    static const int32_t normal[] = {0x000000, 0xaa0000, 0x00aa00, 0xaa5500,
                                     0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa};
    static const int32_t bright[] = {0x555555, 0xff5555, 0x55ff55, 0xffff55,
                                     0x5555ff, 0xff55ff, 0x55ffff, 0xffffff};
    return is_bright ? bright[number] : normal[number];
}

static void the_console_theme_can_be_read_on_a_console(void **state)
{
    (void)state;
    struct json_report report;
    struct theme t;
    json_report_init(&report);
    assert_true(theme_load("linux-console", &t, &report));
    for (int r = 0; r < ROLE_COUNT; r++) {
        struct look look = theme_look(&t, (enum role)r, DEPTH_8);
        int32_t fg = console_colour(look.fg, look.attributes & STYLE_BOLD);
        double c = colour_contrast(fg, console_colour(look.bg, false));
        if (c < 4.5)
            fail_msg("%s has %.2f", role_name((enum role)r), c);
    }
    json_report_fini(&report);
}

/* A fault, a weakness and what is fine differ in more than colour: by attributes or brightness. */
static void check_marks(const struct theme *t)
{
    static const enum role marks[] = {ROLE_OK, ROLE_FAIL, ROLE_WARN};
    for (int depth = DEPTH_MONO; depth < DEPTH_COUNT; depth++)
        for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
            struct look fail = theme_look(t, ROLE_FAIL, (enum colour_depth)depth);
            struct look other = theme_look(t, marks[i], (enum colour_depth)depth);
            bool is_reversed = other.attributes & STYLE_REVERSE;
            assert_true(is_reversed == (marks[i] == ROLE_FAIL));
            assert_true(fail.attributes & STYLE_REVERSE);
        }
    struct look focus = theme_look(t, ROLE_FOCUS, DEPTH_MONO);
    assert_true(focus.attributes != theme_look(t, ROLE_EVIDENCE, DEPTH_MONO).attributes ||
                is_theme(t, "high-contrast"));
}

static void a_fault_is_reversed_everywhere(void **state)
{
    (void)state;
    for_each_shipped(check_marks);
}

static void check_kind(const struct theme *t)
{
    const struct colour *fg = &t->styles[ROLE_TEXT].fg, *bg = &t->styles[ROLE_TEXT].bg;
    bool is_own = fg->rgb == COLOUR_DEFAULT && bg->rgb == COLOUR_DEFAULT;
    assert_true(is_own == (is_theme(t, "default-dark") || is_theme(t, "mono")));
    assert_true(theme_is_plain(t) == is_theme(t, "mono"));
    assert_true(t->is_ascii == is_theme(t, "linux-console"));
    for (int r = 0; r < ROLE_COUNT && is_theme(t, "linux-console"); r++) {
        const struct style *s = &t->styles[r];
        assert_in_range(s->fg.at256, 0, 7);
        assert_in_range(s->bg.at256, 0, 7);
    }
}

static void each_is_of_its_kind(void **state)
{
    (void)state;
    for_each_shipped(check_kind);
    struct theme t;
    theme_default(&t);
    assert_string_equal(t.name, "default-dark");
}

/* ---- extends ------------------------------------------------------------------------------ */

static void user_theme(const char *name, const char *text)
{
    char file[64];
    snprintf(file, sizeof(file), "%s.json", name);
    put_file("config/whytls/themes", file, text);
}

static void loads(const char *which, struct theme *t)
{
    struct json_report r;
    json_report_init(&r);
    bool ok = theme_load(which, t, &r);
    if (!ok)
        fail_msg("%s", r.first);
    json_report_fini(&r);
}

static void refuses_to_load(const char *which, const char *said)
{
    struct json_report r;
    struct theme t;
    json_report_init(&r);
    assert_false(theme_load(which, &t, &r));
    assert_string_equal(r.first, said);
    json_report_fini(&r);
}

static void a_theme_extends_another(void **state)
{
    (void)state;
    struct theme base, t;
    user_theme("mine", "{\"schema\": 1, \"name\": \"Mine\", \"extends\": \"high-contrast\","
                       " \"vars\": {\"mine\": \"$cyan\"},"
                       " \"roles\": {\"text\": {\"fg\": \"$mine\"}, \"fail\": {\"bold\": false}}}");
    loads("high-contrast", &base);
    loads("mine", &t);
    assert_string_equal(t.title, "Mine");
    assert_string_equal(t.about, ""); /* of another theme, that would be a lie */
    assert_int_equal(t.background, BACKGROUND_DARK);
    assert_int_equal(t.styles[ROLE_TEXT].fg.at256, 51);   /* its own */
    assert_int_equal(t.styles[ROLE_TEXT].bg.at256, 16);   /* of the one it extends */
    assert_int_equal(t.styles[ROLE_TITLE].fg.at256, 226); /* ... */
    assert_int_equal(t.styles[ROLE_INFO].fg.at256, 51);   /* says none: that of text */
    assert_int_equal(t.styles[ROLE_FAIL].attributes, STYLE_REVERSE);
    assert_int_equal(base.styles[ROLE_FAIL].attributes, STYLE_REVERSE | STYLE_BOLD);
}

static void a_circle_is_refused(void **state)
{
    (void)state;
    user_theme("loop-a", "{\"schema\": 1, \"extends\": \"loop-b\"}");
    user_theme("loop-b", "{\"schema\": 1,\n \"extends\": \"loop-a\"}");
    refuses_to_load("loop-a", "loop-b.json:2:13: extends: \"loop-a\" comes back to itself. Give "
                              "this file another name");
    user_theme("loop-a", "{\"schema\": 1, \"extends\": \"loop-a\"}");
    refuses_to_load("loop-a", "loop-a.json:1:26: extends: \"loop-a\" comes back to itself. Give "
                              "this file another name");
}

static void eight_deep_and_no_deeper(void **state)
{
    (void)state;
    struct theme t;
    for (int i = 0; i < 9; i++) {
        char name[16], text[80];
        snprintf(name, sizeof(name), "d%d", i);
        snprintf(text, sizeof(text), "{\"schema\": 1, \"extends\": \"d%d\"}", i + 1);
        user_theme(name, text);
    }
    user_theme("d9", "{\"schema\": 1, \"roles\": {\"text\": {\"underline\": true}}}");
    loads("d1", &t);
    assert_int_equal(t.styles[ROLE_TEXT].attributes, STYLE_UNDERLINE);
    refuses_to_load("d0", "d8.json:1:26: extends: more than 8 themes inside each other");
}

/* What is wrong in another file is said of that file. */
static void a_fault_in_what_is_extended_is_said_there(void **state)
{
    (void)state;
    user_theme("broken", "{\"schema\": 1,\n \"roles\": {\"ok\": {\"fg\": \"bleu\"}}}");
    refuses("{\"schema\": 1, \"extends\": \"broken\"}",
            "broken.json:2:25: unknown colour \"bleu\" in roles.ok.fg. Did you mean \"blue\"?");
}

/* ---- finding and choosing ----------------------------------------------------------------- */

static void the_user_comes_before_the_system(void **state)
{
    (void)state;
    struct theme t;
    struct theme *list;
    put_file("data/themes", "other.json", "{\"schema\": 1, \"name\": \"of the system\"}");
    put_file("data/themes", "light.json", "{\"schema\": 1, \"name\": \"of the system\"}");
    loads("other", &t);
    assert_string_equal(t.title, "of the system");
    loads("light", &t);
    assert_string_equal(t.title, "of the system");
    user_theme("light", "{\"schema\": 1, \"name\": \"of the user\"}");
    loads("light", &t);
    assert_string_equal(t.title, "of the user");
    assert_non_null(strstr(t.from, "config/whytls/themes/light.json"));
    loads("mono", &t);
    assert_string_equal(t.from, "");
    size_t n = theme_list(&list, NULL), n_light = 0;
    for (size_t i = 0; i < n; i++) {
        assert_true(i == 0 || strcmp(list[i - 1].name, list[i].name) < 0);
        n_light += strcmp(list[i].name, "light") == 0;
    }
    assert_int_equal(n_light, 1);
    assert_true(n >= 7);
    free(list);
}

static void a_file_is_read_where_it_lies(void **state)
{
    (void)state;
    char path[256], said[400];
    struct theme t;
    put_file(".", "mine.json", "{\"schema\": 1, \"name\": \"a file\"}");
    snprintf(path, sizeof(path), "%s/mine.json", home);
    loads(path, &t);
    assert_string_equal(t.title, "a file");
    assert_string_equal(t.name, "mine");
    assert_string_equal(t.from, path);
    snprintf(path, sizeof(path), "%s/none.json", home);
    snprintf(said, sizeof(said), "%s: No such file or directory", path);
    refuses_to_load(path, said);
    snprintf(said, sizeof(said), "%s/: it is a folder, not a file", home);
    snprintf(path, sizeof(path), "%s/", home);
    refuses_to_load(path, said);
}

static void chosen(const struct theme_wish *wish, const char *name, size_t n_errors)
{
    struct json_report r;
    struct theme t;
    json_report_init(&r);
    theme_choose(wish, &t, &r);
    assert_string_equal(t.name, name);
    assert_int_equal(r.n_errors, n_errors);
    json_report_fini(&r);
}

static void wishes_have_an_order(void **state)
{
    (void)state;
    struct theme_wish wish = {.option = NULL};
    no_wish();
    chosen(&wish, "default-dark", 0);
    setenv("TERM", "linux", 1);
    chosen(&wish, "linux-console", 0);
    wish.config = "high-contrast";
    chosen(&wish, "high-contrast", 0);
    setenv("WHYTLS_THEME", "colour-blind", 1);
    chosen(&wish, "colour-blind", 0);
    wish.option = "linux-console";
    chosen(&wish, "linux-console", 0);
    setenv("NO_COLOR", "", 1); /* empty does not count */
    chosen(&wish, "linux-console", 0);
    setenv("NO_COLOR", "1", 1);
    chosen(&wish, "mono", 0);
    wish.when = COLOUR_ALWAYS;
    chosen(&wish, "linux-console", 0);
    unsetenv("NO_COLOR");
    wish.when = COLOUR_NEVER;
    chosen(&wish, "mono", 0);
    no_wish();
}

static void a_bad_theme_stops_nothing(void **state)
{
    (void)state;
    no_wish();
    user_theme("broken", "{");
    chosen(&(struct theme_wish){.option = "broken"}, "default-dark", 1);
    chosen(&(struct theme_wish){.option = "no-such-theme"}, "default-dark", 1);
    chosen(&(struct theme_wish){.config = "/dev/zero"}, "default-dark", 1);
    chosen(&(struct theme_wish){.option = ""}, "default-dark", 0);
}

static void what_was_meant_is_near(void **state)
{
    (void)state;
    assert_string_equal(json_meant("bleu", colour_name_at), "blue");
    assert_string_equal(json_meant("Red", colour_name_at), "red");
    assert_string_equal(json_meant("brigthblue", colour_name_at), "brightblue");
    assert_null(json_meant("mauve", colour_name_at));
    assert_null(json_meant("", colour_name_at));
    assert_null(json_meant("x", colour_name_at));
    assert_null(json_meant("a very long word that is longer than any of ours", colour_name_at));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_says_where_and_what_was_meant),
        cmocka_unit_test(each_fault_has_its_place),
        cmocka_unit_test(each_fault_of_a_colour_has_its_place),
        cmocka_unit_test(what_can_not_be_seen_is_refused),
        cmocka_unit_test(what_is_not_known_is_a_warning),
        cmocka_unit_test(hostile_words_are_cleaned),
        cmocka_unit_test(a_thousand_faults_are_bounded),
        cmocka_unit_test(nearest_colours_are_those_of_xterm),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(what_is_not_given_is_derived),
        cmocka_unit_test(shipped_themes_can_be_read),
        cmocka_unit_test(the_console_theme_can_be_read_on_a_console),
        cmocka_unit_test(a_fault_is_reversed_everywhere),
        cmocka_unit_test(each_is_of_its_kind),
        cmocka_unit_test(a_theme_extends_another),
        cmocka_unit_test(a_circle_is_refused),
        cmocka_unit_test(eight_deep_and_no_deeper),
        cmocka_unit_test(a_fault_in_what_is_extended_is_said_there),
        cmocka_unit_test(the_user_comes_before_the_system),
        cmocka_unit_test(a_file_is_read_where_it_lies),
        cmocka_unit_test(wishes_have_an_order),
        cmocka_unit_test(a_bad_theme_stops_nothing),
        cmocka_unit_test(what_was_meant_is_near),
    };
    return cmocka_run_group_tests(tests, begin, remove_all);
}
