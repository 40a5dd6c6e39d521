/*
 * app_paste.c - what is pasted comes as keys between two marks; together it goes into the field
 * that is typed in. Nothing in it is a key. Fuzzed by fuzz_terminal.
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "../page.h"
#include "app.h"
#include "whytls/message.h"

static void begin_paste(struct app *app)
{
    app->paste.is_on = true;
    app->paste.n = app->paste.n_end = 0;
    app->paste.was_cut = false;
    if (!app->paste.bytes)
        app->paste.bytes = malloc(MODEL_PASTE_MAX);
}

/* On a slow line the mark of the end may come in pieces, which are keys each by itself. */
static bool is_end_in_pieces(struct app *app, unsigned key)
{
    static const unsigned end[] = {UI_KEY_ESC, '[', '2', '0', '1', '~'};
    enum { PIECES = sizeof(end) / sizeof(end[0]) };
    if (key != end[app->paste.n_end])
        app->paste.n_end = 0;
    app->paste.n_end += key == end[app->paste.n_end];
    if (app->paste.n_end < PIECES)
        return false;
    size_t letters = PIECES - 2; /* those that were taken for text */
    if (!app->paste.was_cut)
        app->paste.n -= app->paste.n >= letters ? letters : app->paste.n;
    return true;
}

static void add_to_paste(struct app *app, unsigned key)
{
    /* A pasted line end comes as Enter; what else is no character is dropped. */
    unsigned c = key == UI_KEY_ENTER ? '\n' : key == UI_KEY_TAB ? '\t' : key;
    char utf8[4];
    size_t n = 0;
    if (c >= 0x110000)
        return;
    if (c < 0x80) {
        utf8[n++] = (char)c;
    } else {
        int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
        static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
        utf8[n++] = (char)(lead[more] | (c >> (6 * more)));
        while (more-- > 0)
            utf8[n++] = (char)(0x80 | ((c >> (6 * more)) & 0x3F));
    }
    if (!app->paste.bytes || app->paste.n + n > MODEL_PASTE_MAX) {
        app->paste.was_cut = true;
        return;
    }
    memcpy(app->paste.bytes + app->paste.n, utf8, n);
    app->paste.n += n;
}

static void tell_pasted(struct model *m, enum pasted taken)
{
    if (taken == PASTE_TOO_LONG)
        model_say(m, true, message("The pasted text is too long, so it was not put in."));
    else if (taken == PASTE_FIRST_LINE)
        model_say(m, false, message("Only the first line of that was taken."));
}

static void end_paste(struct app *app)
{
    struct model *m = &app->model;
    app->paste.is_on = false;
    model_say(m, false, "");
    if (!page_is_typing(m))
        model_say(m, false, message("Pasted text is taken only where something is typed."));
    else if (app->paste.bytes && !app_explain_paste(app, app->paste.bytes, app->paste.n))
        tell_pasted(m, field_paste(&m->fields[page_field(m)], app->paste.bytes, app->paste.n));
    else if (app->paste.bytes)
        model_say(m, false, message("That is a message that we know.  Enter shows what it means."));
    else
        model_say(m, true, message("There is not enough memory to take the pasted text."));
    m->forms.save.is_written = false;
    free(app->paste.bytes);
    app->paste.bytes = NULL;
}

bool app_paste_key(struct app *app, unsigned key, bool *is_over)
{
    bool was_in_paste = app->paste.is_on;
    if (!was_in_paste && key == UI_KEY_PASTE_BEGIN)
        begin_paste(app);
    else if (was_in_paste && (key == UI_KEY_PASTE_END || is_end_in_pieces(app, key)))
        end_paste(app);
    else if (was_in_paste)
        add_to_paste(app, key);
    *is_over = was_in_paste && !app->paste.is_on;
    return was_in_paste || key == UI_KEY_PASTE_BEGIN || key == UI_KEY_PASTE_END;
}
