/*
 * fuzz_terminal.c - any bytes as what a terminal sends to the first page: keys, reports of the
 * mouse, pastes. 0xFE and another byte stand for what curses puts together, 0xFD for a pause. No
 * mark of a paste gets lost, and what fields hold is clean. Entry point for libFuzzer.
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"
#include "ui/app/app.h"
#include "ui/input.h"
#include "ui/page.h"

enum { A_PAUSE = 0xFD, A_KEY = 0xFE };

struct sent {
    struct reader r;
    size_t n_marks; /* of pastes that begin */
};

static unsigned piece_of(uint8_t which)
{
    static const unsigned pieces[] = {
        INPUT_MOUSE,      INPUT_UNKNOWN, UI_KEY_PASTE_BEGIN, UI_KEY_PASTE_END, UI_KEY_ENTER,
        UI_KEY_BACKSPACE, UI_KEY_DELETE, UI_KEY_UP,          UI_KEY_DOWN,      UI_KEY_LEFT,
        UI_KEY_RIGHT,     UI_KEY_HOME,   UI_KEY_END,         UI_KEY_PAGE_UP,   UI_KEY_PAGE_DOWN,
        UI_KEY_BACKTAB,   UI_KEY_F0 + 1, UI_KEY_F0 + 10,
    };
    return pieces[which % (sizeof pieces / sizeof *pieces)];
}

static bool next(void *ctx, unsigned *piece)
{
    struct sent *sent = ctx;
    uint8_t byte = sent->r.left ? reader_u8(&sent->r) : A_PAUSE;
    if (byte == A_PAUSE)
        return false;
    *piece = byte == A_KEY ? piece_of(reader_u8(&sent->r)) : byte;
    sent->n_marks += *piece == UI_KEY_PASTE_BEGIN;
    return true;
}

static void take_key(struct app *app, unsigned key, struct grid *grid)
{
    struct model *m = &app->model;
    bool is_over = false;
    int x, y;
    if (app_paste_key(app, key, &is_over))
        return;
    if (key_is_click(key, &x, &y)) {
        view_draw(m, grid);
        model_apply(m, view_click(m, grid, x, y));
    } else {
        model_apply(m, view_key(m, key));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sent sent = {.r = reader_of(data, size)};
    struct input in = {.next = next, .ctx = &sent};
    struct app *app = calloc(1, sizeof *app);
    must(app != NULL);
    model_init(&app->model, 80, 24, false);
    struct grid *grid = grid_new(80, 24, false);
    must(grid != NULL);
    size_t n_marks = 0;
    unsigned key;
    while ((key = input_read(&in)) != UI_KEY_NONE || sent.r.left) {
        must(key <= 0x10FFFF || (key >= UI_KEY_ENTER && key < INPUT_MOUSE));
        n_marks += key == UI_KEY_PASTE_BEGIN;
        if (key != UI_KEY_NONE)
            take_key(app, key, grid);
        for (int i = 0; i < FIELD_COUNT; i++)
            must_be_clean(app->model.fields[i].text);
    }
    must(n_marks == sent.n_marks);
    view_draw(&app->model, grid);
    grid_free(grid);
    free(app->paste.bytes);
    free(app);
    return 0;
}
