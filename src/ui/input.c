/*
 * input.c - what a terminal sends, as keys: see input.h. Nothing that it sends gets lost but keys
 * that nobody knows, and no mark of a paste ever does: what is pasted would be keys.
 * Fuzzed by fuzz_terminal.
 * SPDX-License-Identifier: MIT
 */
#include "input.h"

/*
 * False: nothing is waiting. *key is NONE where what was read means nothing to us, or no whole
 * character yet.
 */
static bool read_one(struct input *in, unsigned *key)
{
    unsigned piece = INPUT_UNKNOWN;
    if (!in->next(in->ctx, &piece))
        return false;
    if (in->mouse.is_begun && mouse_take(&in->mouse, (int)piece, key))
        return true;
    bool is_byte = piece < 0x100;
    if (piece == INPUT_MOUSE)
        in->mouse = (struct mouse_reader){.is_begun = true};
    /* In the locale C too, letters are those of UTF-8: one that went missing would be another site.
     */
    if (!is_byte)
        *key = piece < INPUT_MOUSE ? piece : UI_KEY_NONE;
    else if (piece < 0x80)
        *key = key_of_byte(piece);
    else
        *key = utf8_take(&in->utf8, (unsigned char)piece);
    if (!is_byte || piece < 0x80)
        in->utf8 = (struct utf8_reader){0};
    return true;
}

/* A key that nobody knows: its letters and digits are no keys of their own. It ends with a letter
 * (ECMA-48 5.4), or where something comes that can't be a part of it. */
static void drop_sequence(struct input *in)
{
    unsigned next = UI_KEY_NONE;
    while (read_one(in, &next)) {
        if (next == UI_KEY_NONE || (next >= ' ' && next < '@'))
            continue;
        if (next < '@' || next > '~')
            in->pushed = next;
        return;
    }
}

/* Esc and a digit at once: an F-key, for terminals that eat those (a habit from mc). */
static unsigned after_escape(struct input *in, unsigned next)
{
    if (next >= '1' && next <= '9')
        return UI_KEY_F0 + (next - '0');
    if (next == '0')
        return UI_KEY_F0 + 10;
    in->pushed = next;
    return UI_KEY_ESC;
}

unsigned input_read(struct input *in)
{
    for (;;) {
        unsigned key = in->pushed, next = UI_KEY_NONE;
        in->pushed = UI_KEY_NONE;
        while (key == UI_KEY_NONE)
            if (!read_one(in, &key))
                return UI_KEY_NONE;
        in->is_pasting = key == UI_KEY_PASTE_BEGIN || (in->is_pasting && key != UI_KEY_PASTE_END);
        if (key != UI_KEY_ESC || in->is_pasting || !read_one(in, &next))
            return key;
        if (next != '[' && next != 'O')
            return after_escape(in, next);
        drop_sequence(in);
    }
}
