/*
 * input.h - what a terminal sends, as keys: bytes to characters, reports of the mouse, what comes
 * behind Escape, pastes. Whoever knows the terminal gives it piece by piece. Pure.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_UI_INPUT_H
#define WHYTLS_UI_INPUT_H

#include "keys.h"

/* Beside bytes (below 0x100) and the keys of enum ui_key, a piece may be one of these. */
enum {
    INPUT_MOUSE = 0x2000000, /* "ESC [ <": a report of the mouse follows */
    INPUT_UNKNOWN,           /* a key that means nothing here */
};

/* All zero but for next and ctx: nothing came yet. */
struct input {
    bool (*next)(void *ctx, unsigned *piece); /* false: nothing is waiting */
    void *ctx;
    unsigned pushed; /* a key that was read too early */
    struct utf8_reader utf8;
    struct mouse_reader mouse;
    bool is_pasting; /* what comes is text, whatever it looks like */
};

/* The next key (an enum ui_key or a character); UI_KEY_NONE where none is waiting. */
unsigned input_read(struct input *in);

#endif
