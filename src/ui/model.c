/*
 * model.c - the model as it begins, and what is asked of it everywhere. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "model.h"

#include "whytls/text.h"
#include "whytls/walk.h"

const char *page_name(enum page p)
{
    static const char *const names[] = {
#define X(ident, name) [PAGE_##ident] = name,
        PAGE_LIST(X)
#undef X
    };
    return p < PAGE_COUNT ? names[p] : "";
}

void model_init(struct model *m, int width, int height, bool ascii)
{
    *m = (struct model){
        .width = width,
        .height = height,
        .glyphs = glyphs_get(ascii),
        .at = {.page = PAGE_WELCOME, .step = STEP_REACH},
        .shown_probe = -1,
        .asked = -1,
        .is_done = true,
    };
}

void model_say(struct model *m, bool is_error, const char *text)
{
    text_copy_cut(m->message, sizeof(m->message), text ? text : "");
    m->message_is_error = is_error;
}

bool model_has_missing(const struct model *m)
{
    struct missing_certificate list[CHAIN_MAX_PATH];
    return m->walk && walk_missing(m->walk, list) > 0;
}
