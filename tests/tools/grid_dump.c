/*
 * grid_dump.c - the golden screens: every row of unit/ui_shots.h at every size, as text in a UTF-8
 * locale and in C, with the roles of its cells and where the cursor is, and as a list; and how each
 * role looks. Into files of a folder; tests/README.md says which. For tests/golden.sh.
 * SPDX-License-Identifier: MIT
 */
#include <locale.h>

#include "ui/list.h"
#include "unit/ui_shots.h"
#include "whytls/theme.h"

enum { TEXT_MAX = 1024 * 1024, PATH_SIZE = 512 };

static const char *folder;

static FILE *open_file(const char *name, const char *ending)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof(path), "%s/%s.%s", folder, name, ending);
    FILE *f = fopen(path, "wb");
    if (!f) {
        perror(path);
        exit(1);
    }
    return f;
}

static void write_file(const char *name, const char *ending, const char *text)
{
    FILE *f = open_file(name, ending);
    fputs(text, f);
    fclose(f);
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

/* Words are wider in C where they are spelled as codes: then the roles stand elsewhere too. */
static void dump_screen(const struct staged *s, const char *name)
{
    struct grid *g = shot_draw(s, false), *ascii = shot_draw(s, true);
    char *text = text_of(g), *roles = roles_of(g);
    char *ascii_text = text_of(ascii), *ascii_roles = roles_of(ascii);
    write_file(name, "txt", text);
    write_file(name, "attr", roles);
    if (strcmp(ascii_text, text) != 0)
        write_file(name, "C.txt", ascii_text);
    if (strcmp(ascii_roles, roles) != 0)
        write_file(name, "C.attr", ascii_roles);
    free(text);
    free(roles);
    free(ascii_text);
    free(ascii_roles);
    grid_free(g);
    grid_free(ascii);
}

static void dump_list(const struct staged *s, const char *name)
{
    static struct choices choices;
    struct model m = s->model;
    struct buf text;
    buf_init(&text, TEXT_MAX);
    list_prepare(&m);
    list_choices(&m, &choices);
    list_page(&m, &text);
    list_ask(&choices, &text);
    buf_puts(&text, "\n");
    write_file(name, "list.txt", buf_text(&text));
    buf_fini(&text);
}

/* ---- all of them -------------------------------------------------------------------------- */

/* In a window that is too small, all pages are one: it is written once. */
static void dump_shot(const struct shot *shot, int width, int height)
{
    char name[PATH_SIZE];
    struct staged s;
    shot_begin(&s, shot, width, height);
    bool is_small = page_shown(&s.model) == PAGE_TOO_SMALL;
    snprintf(name, sizeof(name), "%s.%dx%d", is_small ? "too-small" : shot->name, width, height);
    dump_screen(&s, name);
    shot_end(&s);
}

static void dump_too_small(void)
{
    static const struct shot_size smaller[] = {{40, 8}, {24, 4}};
    for (size_t i = 0; i < sizeof(smaller) / sizeof(smaller[0]); i++)
        dump_shot(&shots[0], smaller[i].width, smaller[i].height);
}

static void dump_text(const struct shot *shot, int width, int height)
{
    char ending[32];
    struct staged s;
    shot_begin(&s, shot, width, height);
    struct grid *g = shot_draw(&s, false);
    char *text = text_of(g);
    snprintf(ending, sizeof(ending), "%dx%d.txt", width, height);
    write_file(shot->name, ending, text);
    free(text);
    grid_free(g);
    shot_end(&s);
}

/* Of each page once in the fewest rows; and each step where the window is wide, but not tall. */
static void dump_short(void)
{
    bool seen[PAGE_COUNT] = {false};
    for (int i = 0; i < SHOT_COUNT; i++) {
        enum page page = shots[i].page;
        if (!seen[page])
            dump_text(&shots[i], MODEL_MIN_WIDTH, MODEL_LEAST_HEIGHT);
        if (page == PAGE_STEP)
            dump_text(&shots[i], MODEL_WIDE + 2, MODEL_MIN_HEIGHT);
        seen[page] = true;
    }
}

static void dump_all(void)
{
    for (int i = 0; i < SHOT_COUNT; i++) {
        struct staged s;
        for (int k = 0; k < SHOT_SIZES; k++)
            dump_shot(&shots[i], shot_sizes[k].width, shot_sizes[k].height);
        shot_begin(&s, &shots[i], MODEL_MIN_WIDTH, MODEL_MIN_HEIGHT);
        dump_list(&s, shots[i].name);
        shot_end(&s);
    }
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
    FILE *f = open_file("looks", "txt");
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
    dump_all();
    dump_short();
    dump_too_small();
    dump_looks();
    return 0;
}
