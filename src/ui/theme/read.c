/*
 * read.c - a theme from the bytes of its file: what it extends first, then what it says itself,
 * then a look at whether it can be read. Nothing of it is believed before it was checked.
 * Fuzzed by fuzz_theme.
 * SPDX-License-Identifier: MIT
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "colour.h"
#include "draft.h"
#include "whytls/text.h"

static const double contrast_least = 3.0; /* WCAG 2.1, 1.4.11: below it is hardly seen */

static const char schema_name[] = "whytls-theme-1";

/* Puts what these bytes say into *d, over what they extend. False: the report says why. */
static bool read_draft(struct draft *d, struct draft_chain *chain, const char *name,
                       const char *bytes, size_t n, struct json_report *report);

/* ---- words and choices -------------------------------------------------------------------- */

static const char *member_at(size_t i)
{
    static const char *const names[] = {"$schema",    "schema", "name", "about", "extends",
                                        "background", "glyphs", "vars", "roles"};
    return i < sizeof(names) / sizeof(names[0]) ? names[i] : NULL;
}

static const char *background_at(size_t i)
{
    static const char *const names[] = {
        [BACKGROUND_ANY] = "any", [BACKGROUND_DARK] = "dark", [BACKGROUND_LIGHT] = "light"};
    return i < sizeof(names) / sizeof(names[0]) ? names[i] : NULL;
}

static const char *glyphs_at(size_t i)
{
    static const char *const names[] = {"auto", "ascii"};
    return i < sizeof(names) / sizeof(names[0]) ? names[i] : NULL;
}

/* One of these words into *out, where the member is there at all. */
static bool read_word(struct json_doc *doc, const char *member, const char *(*name_at)(size_t i),
                      size_t *out)
{
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(doc->root, member);
    char words[128] = "";
    for (size_t i = 0; at && name_at(i); i++) {
        if (cJSON_IsString(at) && strcmp(at->valuestring, name_at(i)) == 0) {
            *out = i;
            return true;
        }
        size_t n = strlen(words);
        snprintf(words + n, sizeof(words) - n, "%s\"%s\"", n ? " or " : "", name_at(i));
    }
    if (at)
        json_doc_error(doc, at, "%s must be %s", member, words);
    return !at;
}

static bool read_text(struct json_doc *doc, const char *member, char *out, size_t out_size)
{
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(doc->root, member);
    if (cJSON_IsString(at))
        text_clean_str_marked(out, out_size, at->valuestring);
    else if (at)
        json_doc_error(doc, at, "%s must be a text", member);
    return !at || cJSON_IsString(at);
}

static bool read_schema(struct json_doc *doc)
{
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(doc->root, "$schema");
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(doc->root, "schema");
    if (name && !(cJSON_IsString(name) && strcmp(name->valuestring, schema_name) == 0)) {
        json_doc_error(doc, name, "$schema must be \"%s\"", schema_name);
        return false;
    }
    if (cJSON_IsNumber(number) && number->valuedouble == 1)
        return true;
    json_doc_error(doc, number ? number : doc->root, "\"schema\": 1 is %s",
                   number ? "all that is known yet" : "missing");
    return false;
}

static void warn_unknown_members(struct json_doc *doc)
{
    const cJSON *at;
    cJSON_ArrayForEach(at, doc->root)
    {
        size_t i = 0;
        while (member_at(i) && strcmp(member_at(i), at->string) != 0)
            i++;
        if (!member_at(i))
            json_doc_warn_unknown(doc, at, "member", member_at);
    }
}

/* ---- what it extends ---------------------------------------------------------------------- */

static bool fail_extends(struct json_doc *doc, const cJSON *at, const struct draft_chain *chain)
{
    for (size_t i = 0; i < chain->n; i++)
        if (strcmp(chain->names[i], at->valuestring) == 0) {
            json_doc_error(doc, at,
                           "extends: \"%.60s\" comes back to itself. Give this file another name",
                           at->valuestring);
            return true;
        }
    if (chain->n > THEME_MAX_DEPTH) {
        json_doc_error(doc, at, "extends: more than %d themes inside each other", THEME_MAX_DEPTH);
        return true;
    }
    return false;
}

static bool read_extended(struct draft *d, struct draft_chain *chain, struct json_doc *doc)
{
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(doc->root, "extends");
    char from[THEME_PATH], file[THEME_NAME + 8];
    struct buf bytes;
    if (!at)
        return true;
    if (!cJSON_IsString(at)) {
        json_doc_error(doc, at, "extends must be the name of a theme");
        return false;
    }
    if (fail_extends(doc, at, chain))
        return false;
    buf_init(&bytes, THEME_MAX_BYTES);
    bool ok = theme_bytes(at->valuestring, &bytes, from, doc->report, doc, at);
    if (ok) {
        snprintf(file, sizeof(file), "%.63s.json", at->valuestring);
        ok = read_draft(d, chain, file, buf_text(&bytes), bytes.len, doc->report);
    }
    buf_fini(&bytes);
    return ok;
}

/* ---- can it be read? ---------------------------------------------------------------------- */

static const char *depth_words(enum colour_depth depth)
{
    static const char *const words[] = {
        [DEPTH_8] = "8 colours",
        [DEPTH_16] = "16 colours",
        [DEPTH_256] = "256 colours",
        [DEPTH_DIRECT] = "all colours",
    };
    return words[depth];
}

static bool is_invisible(struct look look)
{
    return look.fg == look.bg && look.fg != COLOUR_DEFAULT;
}

/* The worst depth of one role: refused where nothing could be seen, else a word of warning. */
static bool judge_role(const struct theme *t, enum role r, struct json_doc *doc, const cJSON *at)
{
    enum colour_depth worst = DEPTH_8;
    for (int depth = DEPTH_8; depth < DEPTH_COUNT; depth++) {
        if (is_invisible(theme_look(t, r, (enum colour_depth)depth))) {
            json_doc_error(doc, at, "roles.%s: fg and bg are the same where there are %s",
                           role_name(r), depth_words((enum colour_depth)depth));
            return false;
        }
        if (theme_contrast(t, r, (enum colour_depth)depth) < theme_contrast(t, r, worst))
            worst = (enum colour_depth)depth;
    }
    double contrast = theme_contrast(t, r, worst);
    if (contrast < contrast_least)
        json_doc_warn(doc, at, "roles.%s is hard to read: contrast %.1f where there are %s",
                      role_name(r), contrast, depth_words(worst));
    return true;
}

static bool judge(const struct theme *t, const struct draft *d, struct json_doc *doc)
{
    bool ok = true;
    for (int r = 0; r < ROLE_COUNT; r++) {
        const cJSON *at = d->styles[r].at           ? d->styles[r].at
                          : d->styles[ROLE_TEXT].at ? d->styles[ROLE_TEXT].at
                                                    : doc->root;
        ok = judge_role(t, (enum role)r, doc, at) && ok;
    }
    return ok;
}

/* ---- from a draft to a theme -------------------------------------------------------------- */

static const struct colour plain = {COLOUR_DEFAULT, COLOUR_DEFAULT, COLOUR_DEFAULT, COLOUR_DEFAULT};

static void finish(const struct draft *d, const char *name, struct theme *t)
{
    const struct draft_style *text = &d->styles[ROLE_TEXT];
    *t = (struct theme){.background = d->background, .is_ascii = d->is_ascii};
    theme_name_of(name, t->name, sizeof(t->name));
    TEXT_SET(t->title, d->title);
    TEXT_SET(t->about, d->about);
    for (int r = 0; r < ROLE_COUNT; r++) {
        const struct draft_style *s = &d->styles[r];
        t->styles[r] = (struct style){
            .fg = s->has_fg      ? s->fg
                  : text->has_fg ? text->fg
                                 : plain,
            .bg = s->has_bg      ? s->bg
                  : text->has_bg ? text->bg
                                 : plain,
            .attributes = s->attributes,
        };
    }
}

static void forget_places(struct draft *d)
{
    for (int r = 0; r < ROLE_COUNT; r++)
        d->styles[r].at = NULL;
    d->title[0] = d->about[0] = '\0';
}

static bool read_members(struct draft *d, struct json_doc *doc)
{
    size_t background = d->background, glyphs = d->is_ascii;
    bool ok = read_text(doc, "name", d->title, sizeof(d->title));
    ok = read_text(doc, "about", d->about, sizeof(d->about)) && ok;
    ok = read_word(doc, "background", background_at, &background) && ok;
    ok = read_word(doc, "glyphs", glyphs_at, &glyphs) && ok;
    d->background = (enum theme_background)background;
    d->is_ascii = glyphs == 1;
    ok = draft_read_vars(d, doc, cJSON_GetObjectItemCaseSensitive(doc->root, "vars")) && ok;
    ok = draft_read_roles(d, doc, cJSON_GetObjectItemCaseSensitive(doc->root, "roles")) && ok;
    warn_unknown_members(doc);
    return ok;
}

/* With t: this is the theme that was asked for, to be judged while its places are known. */
static bool read_doc(struct draft *d, struct draft_chain *chain, struct json_doc *doc,
                     struct theme *t)
{
    struct theme made;
    if (!read_schema(doc))
        return false;
    theme_name_of(doc->name, chain->names[chain->n], THEME_NAME);
    chain->n++;
    if (!read_extended(d, chain, doc))
        return false;
    forget_places(d);
    if (!read_members(d, doc))
        return false;
    if (!t)
        return true;
    finish(d, doc->name, &made);
    if (!judge(&made, d, doc))
        return false;
    *t = made;
    return true;
}

static bool read_draft(struct draft *d, struct draft_chain *chain, const char *name,
                       const char *bytes, size_t n, struct json_report *report)
{
    struct json_doc doc;
    if (!json_doc_open(&doc, name, bytes, n, report))
        return false;
    bool ok = read_doc(d, chain, &doc, NULL);
    json_doc_close(&doc);
    return ok;
}

bool theme_read(const char *name, const char *bytes, size_t n, struct theme *t,
                struct json_report *report)
{
    struct json_doc doc;
    struct draft d = {.n_vars = 0};
    struct draft_chain chain = {.n = 0};
    if (!json_doc_open(&doc, name, bytes, n, report))
        return false;
    bool ok = read_doc(&d, &chain, &doc, t);
    json_doc_close(&doc);
    return ok;
}
