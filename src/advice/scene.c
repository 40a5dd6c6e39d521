/*
 * scene.c - what several values of advice look up, and how a value is written.
 * SPDX-License-Identifier: MIT
 */
#include "scene.h"
#include "whytls/message.h"

#include "whytls/text.h"

void scene_put(char *out, const char *text)
{
    text_copy_cut(out, VALUE_SIZE, text);
}

void scene_quote(char *out, const char *text)
{
    if (text[0]) /* TRANSLATORS: quotation marks around a name */
        text_printf(out, VALUE_SIZE, message("\"%s\""), text);
}

const struct standing *scene_standing(const struct scene *s)
{
    const struct chain_answer *a = &s->w->analysis.chain_then;
    return s->n->path_place > 0 ? &a->above : &a->standing;
}

const struct cert_info *scene_certificate(const struct scene *s)
{
    const struct analysis *r = &s->w->analysis;
    if (!s->described->is_read) {
        const struct blob *der = analysis_certificate(r, s->n->path_place);
        if (!der || !cert_describe(der, &s->described->info))
            s->described->info = r->leaf;
        s->described->is_read = true;
    }
    return &s->described->info;
}
