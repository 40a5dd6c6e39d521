/*
 * model.c - the model as it begins, and what is asked of it everywhere. Pure.
 * SPDX-License-Identifier: MIT
 */
#include "model.h"

#include "whytls/advice.h"
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

/* ---- how to do it --------------------------------------------------------------------------- */

static size_t add_ways(const struct cause *cause, const struct way_words *ways[WAY_COUNT], size_t n)
{
    for (size_t i = 0; cause && i < CAUSE_MAX_TODO; i++) {
        const struct way_words *way = cause->todo[i] ? advice_way(cause->how[i]) : NULL;
        size_t known = 0;
        while (known < n && ways[known] != way)
            known++;
        if (way && known == n && n < WAY_COUNT)
            ways[n++] = way;
    }
    return n;
}

size_t model_ways(const struct model *m, const struct place *at,
                  const struct way_words *ways[WAY_COUNT])
{
    const struct diagnosed *list = NULL;
    if (at->page == PAGE_PREVIEW)
        return add_ways(cause_at((size_t)(at->cause < 0 ? 0 : at->cause)), ways, 0);
    if (!m->walk || m->walk->conclusion == CONCLUSION_ASKING)
        return 0;
    size_t n = 0, n_causes = walk_verdict(m->walk, &list);
    for (size_t i = 0; i < n_causes; i++)
        n = add_ways(list[i].cause, ways, n);
    return n;
}
