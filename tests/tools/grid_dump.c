/*
 * grid_dump.c - the golden screens: for every row of unit/ui_shots.h a file with the screen at
 * 80x24, and for every page a file with its layout: the other sizes, the locale C, the roles of the
 * cells with the cursor, and the page as a list. And how each role looks. tests/README.md says how
 * to read them. For tests/golden.sh.
 * SPDX-License-Identifier: MIT
 */
#include <locale.h>

#include "ui/list_mode.h"
#include "unit/ui_shots.h"
#include "whytls/theme.h"

enum { TEXT_MAX = 1024 * 1024, PATH_SIZE = 512 };

static const char *folder;

static FILE *open_file(const char *name)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof(path), "%s/%s.txt", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f) {
        perror(path);
        exit(1);
    }
    return f;
}

/* ---- one screen --------------------------------------------------------------------------- */

/* The letters of role.h; the cells at the end of a row that are all text are left out. */
static char *roles_of(const struct grid *g)
{
    struct buf all, out;
    buf_init(&all, TEXT_MAX);
    buf_init(&out, TEXT_MAX);
    grid_roles(g, &all);
    for (const char *row = buf_text(&all), *end; (end = strchr(row, '\n')); row = end + 1) {
        size_t n = (size_t)(end - row);
        while (n > 0 && row[n - 1] == role_letter(ROLE_TEXT))
            n--;
        buf_put(&out, row, n);
        buf_puts(&out, "\n");
    }
    buf_printf(&out, "cursor %d,%d\n", g->cursor_x + 1, g->cursor_y + 1);
    buf_fini(&all);
    return buf_take(&out);
}

static void put_section(FILE *f, const struct staged *s, const char *what, const char *text)
{
    fprintf(f, "==== %dx%d%s\n%s", s->model.width, s->model.height, what, text);
}

static void put_screen(FILE *f, const struct staged *s)
{
    struct grid *g = shot_draw(s, false);
    char *text = text_of(g);
    put_section(f, s, "", text);
    free(text);
    grid_free(g);
}

/* Words are wider in C where they are spelled as codes: then the roles stand elsewhere too. */
static void put_in_c(FILE *f, const struct staged *s)
{
    struct grid *g = shot_draw(s, true);
    char *text = text_of(g);
    put_section(f, s, ", locale C", text);
    free(text);
    grid_free(g);
}

static void put_roles(FILE *f, const struct staged *s)
{
    struct grid *g = shot_draw(s, false);
    char *roles = roles_of(g);
    put_section(f, s, ", roles", roles);
    free(roles);
    grid_free(g);
}

static void put_list(FILE *f, const struct staged *s)
{
    static struct choices choices;
    struct model m = s->model;
    struct buf text;
    buf_init(&text, TEXT_MAX);
    list_prepare(&m);
    list_choices(&m, &choices);
    list_page(&m, &text);
    list_ask(&choices, true, &text);
    fprintf(f, "==== list\n%s\n", buf_text(&text));
    buf_fini(&text);
}

/* ---- all of them -------------------------------------------------------------------------- */

static void put_size(FILE *f, const struct shot *shot, int width, int height)
{
    struct staged s;
    shot_begin(&s, shot, width, height);
    put_screen(f, &s);
    shot_end(&s);
}

/* What is held once a page, of its first row: what differs there is the layout, not the words. */
static void dump_layout(const struct shot *shot, const struct staged *s)
{
    char name[PATH_SIZE];
    snprintf(name, sizeof(name), "%s.layout", page_name(shot->page));
    FILE *f = open_file(name);
    put_in_c(f, s);
    put_roles(f, s);
    put_list(f, s);
    put_size(f, shot, MODEL_MIN_WIDTH, MODEL_LEAST_HEIGHT);
    if (shot->page == PAGE_STEP)
        put_size(f, shot, MODEL_WIDE + 2, MODEL_MIN_HEIGHT);
    for (int k = 0; k < SHOT_SIZES; k++)
        if (shot_sizes[k].width > MODEL_MIN_WIDTH)
            put_size(f, shot, shot_sizes[k].width, shot_sizes[k].height);
    fclose(f);
}

static void dump_shots(void)
{
    bool seen[PAGE_COUNT] = {false};
    for (int i = 0; i < SHOT_COUNT; i++) {
        const struct shot *shot = &shots[i];
        struct staged s;
        FILE *f = open_file(shot->name);
        shot_begin(&s, shot, MODEL_MIN_WIDTH, MODEL_MIN_HEIGHT);
        put_screen(f, &s);
        fclose(f);
        if (!seen[shot->page])
            dump_layout(shot, &s);
        seen[shot->page] = true;
        shot_end(&s);
    }
}

/* In a window that is too small, all pages are one. */
static void dump_too_small(void)
{
    static const struct shot_size smaller[] = {{79, 23}, {40, 8}, {24, 4}};
    FILE *f = open_file("too-small");
    for (size_t i = 0; i < sizeof(smaller) / sizeof(smaller[0]); i++)
        put_size(f, &shots[0], smaller[i].width, smaller[i].height);
    fclose(f);
}

/* ---- what the letters come to ------------------------------------------------------------- */

static void put_look(FILE *f, const struct theme *t, enum role r, enum colour_depth depth)
{
    char words[THEME_WORDS], all[2 * THEME_WORDS];
    struct look look = theme_look(t, r, depth);
    theme_attribute_words(look.attributes, words, sizeof(words));
    snprintf(all, sizeof(all), "%d/%d %s", look.fg, look.bg, words);
    fprintf(f, "  %-20s", all);
}

/* A terminal is told nothing but the role's look: screens differ between themes by this alone. */
static void dump_looks(void)
{
    struct theme plain, colours;
    struct json_report report;
    json_report_init(&report);
    theme_default(&colours);
    if (!theme_load("mono", &plain, &report))
        exit(1);
    json_report_fini(&report);
    FILE *f = open_file("looks");
    fprintf(f, "%-18s  %-20s  %-20s  %-20s\n", "letter, role", "default, 8 colours",
            "default, 256 colours", "mono");
    for (int i = 0; i < ROLE_COUNT; i++) {
        enum role r = (enum role)i;
        fprintf(f, "%c  %-15s", role_letter(r), role_name(r));
        put_look(f, &colours, r, DEPTH_8);
        put_look(f, &colours, r, DEPTH_256);
        put_look(f, &plain, r, DEPTH_256);
        fprintf(f, "\n");
    }
    fclose(f);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 64;
    folder = argv[1];
    setlocale(LC_ALL, "C.UTF-8");
    dump_shots();
    dump_too_small();
    dump_looks();
    return 0;
}
