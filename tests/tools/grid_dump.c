/*
 * grid_dump.c - every page as it is drawn, from recorded cases, into files of a folder: at four
 * sizes and in both glyph sets, with the roles of its cells, and as a list. For tests/golden.sh.
 * What is drawn knows no theme: mono and the others differ in how a role looks (test_theme.c), not
 * here. SPDX-License-Identifier: MIT
 */
#include <locale.h>

#include "ui/list.h"
#include "unit/ui_models.h"

enum { TEXT_MAX = 1024 * 1024 };

static const struct {
    int width, height;
} sizes[] = {{80, 24}, {100, 30}, {120, 40}};

static const char *folder;

static FILE *open_file(const char *name)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s.txt", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f) {
        perror(path);
        exit(1);
    }
    return f;
}

/* ---- one screen ---------------------------------------------------------------------------------
 */

static struct grid *draw(struct model m, int width, int height, bool is_ascii)
{
    m.width = width;
    m.height = height;
    m.glyphs = glyphs_get(is_ascii);
    struct grid *g = grid_new(width, height, is_ascii);
    view_draw(&m, g);
    return g;
}

static char *row_text(const struct grid *g, int y)
{
    struct buf row;
    buf_init(&row, TEXT_MAX);
    grid_row_text(g, y, &row);
    buf_puts(&row, "");
    return buf_take(&row);
}

static void put_rows(FILE *f, const struct grid *g)
{
    for (int y = 0; y < g->height; y++) {
        char *row = row_text(g, y);
        fprintf(f, "%s\n", row);
        free(row);
    }
}

/* A letter and how many cells it holds for; rows that are all text are left out. */
static void put_roles(FILE *f, const struct grid *g)
{
    for (int y = 0; y < g->height; y++) {
        int used = 0;
        for (int x = 0, end; x < g->width; x = end) {
            char letter = role_letter((enum role)grid_cell(g, x, y)->role);
            for (end = x; end < g->width && grid_cell(g, end, y)->role == grid_cell(g, x, y)->role;
                 end++)
                ;
            if (end == g->width && letter == role_letter(ROLE_TEXT))
                break;
            used += used ? fprintf(f, " %c%d", letter, end - x)
                         : fprintf(f, "%2d  %c%d", y + 1, letter, end - x);
        }
        if (used)
            fprintf(f, "\n");
    }
    fprintf(f, "cursor %d,%d\n", g->cursor_x + 1, g->cursor_y + 1);
}

/* Words are the same in both glyph sets: only the rows that are not. */
static void put_ascii(FILE *f, const struct grid *ascii, const struct grid *g)
{
    for (int y = 0; y < g->height; y++) {
        char *row = row_text(g, y), *other = row_text(ascii, y);
        if (strcmp(row, other) != 0)
            fprintf(f, "%2d  %s\n", y + 1, other);
        free(row);
        free(other);
    }
}

static void put_screen(FILE *f, const struct model *m, int width, int height)
{
    struct grid *g = draw(*m, width, height, false), *ascii = draw(*m, width, height, true);
    fprintf(f, "\n==== %dx%d\n", width, height);
    put_rows(f, g);
    fprintf(f, "---- roles\n");
    put_roles(f, g);
    fprintf(f, "---- rows that are others in ASCII\n");
    put_ascii(f, ascii, g);
    grid_free(g);
    grid_free(ascii);
}

static void put_list(FILE *f, struct model m)
{
    static struct choices choices;
    struct buf text;
    buf_init(&text, TEXT_MAX);
    list_prepare(&m);
    list_choices(&m, &choices);
    list_page(&m, &text);
    list_ask(&choices, &text);
    fprintf(f, "\n==== as a list\n%s\n", buf_text(&text));
    buf_fini(&text);
}

/* ---- all of them --------------------------------------------------------------------------------
 */

/* All sizes, or the first alone: enough for a page that is laid out as another is. */
static void dump_page(const struct scene *s, struct place at, const char *name, bool is_whole)
{
    struct model m = s->model;
    m.at = at;
    FILE *f = open_file(name);
    fprintf(f, "page:%s of %s\n", page_name(at.page), s->name);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]) && (is_whole || i == 0); i++)
        put_screen(f, &m, sizes[i].width, sizes[i].height);
    put_list(f, m);
    fclose(f);
}

static void dump_steps(const struct scene *s)
{
    for (enum step step = STEP_REACH; step < STEP_COUNT; step++) {
        char name[80];
        snprintf(name, sizeof(name), "step-%d", (int)step);
        dump_page(s, (struct place){.page = PAGE_STEP, .step = step, .focus = MODEL_FOCUS_AUTO},
                  name, step == STEP_CERTIFICATES);
    }
}

static void dump_tabs(const struct scene *s)
{
    for (int tab = 0; tab < TAB_COUNT; tab++) {
        char name[80];
        snprintf(name, sizeof(name), "details-%d", tab + 1);
        dump_page(s,
                  (struct place){.page = PAGE_DETAILS,
                                 .step = STEP_REACH,
                                 .tab = (enum details_tab)tab,
                                 .focus = MODEL_FOCUS_AUTO},
                  name, true);
    }
}

static void dump_pages(const struct scene *s, enum page page)
{
    if (page == PAGE_STEP)
        dump_steps(s);
    else if (page == PAGE_DETAILS)
        dump_tabs(s);
    else
        dump_page(s, (struct place){.page = page, .step = STEP_REACH, .focus = MODEL_FOCUS_AUTO},
                  page_name(page), true);
}

static void dump_case(void (*make)(struct scene *))
{
    struct scene s;
    make(&s);
    for (int page = 0; page < PAGE_COUNT; page++)
        if ((PAGES_OF_CASE & (1u << page)) != 0)
            dump_pages(&s, (enum page)page);
    scene_end(&s);
}

static void dump_rest(void)
{
    struct scene s;
    scene_welcome(&s);
    for (int page = 0; page < PAGE_COUNT; page++)
        if (scene_has_page(&s, (enum page)page))
            dump_pages(&s, (enum page)page);
    FILE *f = open_file(page_name(PAGE_TOO_SMALL));
    put_screen(f, &s.model, 79, 23);
    put_screen(f, &s.model, 40, 8);
    put_screen(f, &s.model, 24, 4);
    fclose(f);
    scene_end(&s);
}

/* Pages of other cases where they say something that the first one does not. */
static void dump_more(void)
{
    struct scene s;
    scene_refused(&s);
    dump_page(&s, (struct place){.page = PAGE_STEP, .step = STEP_BETWEEN, .focus = -1},
              "step-8-question", true);
    scene_end(&s);
    scene_healthy(&s);
    dump_page(&s, (struct place){.page = PAGE_ANSWER, .step = STEP_REACH, .focus = -1},
              "answer-works", false);
    scene_end(&s);
    scene_broken(&s);
    dump_page(&s, (struct place){.page = PAGE_STEP, .step = STEP_REACH, .focus = -1},
              "step-1-asking", false);
    scene_end(&s);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 64;
    folder = argv[1];
    setlocale(LC_ALL, "C.UTF-8");
    dump_rest();
    dump_case(scene_missing_card);
    dump_more();
    return 0;
}
