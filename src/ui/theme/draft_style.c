/*
 * draft_style.c - the vars and roles of a theme file: colours as names, #RRGGBB, $vars, or an
 * object with one for each depth. Each fault is said where it stands.
 * SPDX-License-Identifier: MIT
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "colour.h"
#include "draft.h"
#include "whytls/text.h"

enum { WHERE_SIZE = 160 };

static const struct {
    const char *name;
    unsigned bit;
} attributes[] = {{"bold", STYLE_BOLD}, {"underline", STYLE_UNDERLINE}, {"reverse", STYLE_REVERSE}};

/* ---- names, for what was probably meant --------------------------------------------------- */

static const char *role_name_at(size_t i)
{
    return i < ROLE_COUNT ? role_name((enum role)i) : NULL;
}

static const char *style_member_at(size_t i)
{
    static const char *const names[] = {"fg", "bg", "bold", "underline", "reverse"};
    return i < sizeof(names) / sizeof(names[0]) ? names[i] : NULL;
}

static const char *depth_name_at(size_t i)
{
    static const char *const names[] = {"8", "16", "256", "rgb"};
    return i < sizeof(names) / sizeof(names[0]) ? names[i] : NULL;
}

/* ---- a colour ----------------------------------------------------------------------------- */

static bool fail_colour(struct json_doc *doc, const cJSON *at, const char *where)
{
    const char *word = at->valuestring;
    const char *meant = json_meant(word, colour_name_at);
    if (word[0] == '#')
        json_doc_error(doc, at, "%s: \"%.60s\" is no colour. Write # and six hex digits", where,
                       word);
    else if (meant)
        json_doc_error(doc, at, "unknown colour \"%.60s\" in %s. Did you mean \"%s\"?", word, where,
                       meant);
    else
        json_doc_error(doc, at, "unknown colour \"%.60s\" in %s", word, where);
    return false;
}

/* A name or a number of the palette below `limit`. */
static bool read_number(struct json_doc *doc, const cJSON *at, const char *where, int limit,
                        int *out)
{
    if (cJSON_IsString(at)) {
        *out = colour_by_name(at->valuestring);
        return *out != COLOUR_UNKNOWN || fail_colour(doc, at, where);
    }
    double value = cJSON_IsNumber(at) ? at->valuedouble : -1;
    if (value >= 0 && value < limit && value == (int)value) {
        *out = (int)value;
        return true;
    }
    json_doc_error(doc, at, "%s must be a number from 0 to %d, or a colour's name", where,
                   limit - 1);
    return false;
}

static bool read_hex(struct json_doc *doc, const cJSON *at, const char *where, int32_t *out)
{
    *out = cJSON_IsString(at) ? colour_by_hex(at->valuestring) : COLOUR_UNKNOWN;
    if (*out != COLOUR_UNKNOWN)
        return true;
    json_doc_error(doc, at, "%s must be # and six hex digits, as in \"#56B4E9\"", where);
    return false;
}

static bool read_depths(struct json_doc *doc, const cJSON *object, const char *where,
                        struct colour *c)
{
    const cJSON *at;
    bool ok = object->child != NULL;
    if (!ok)
        json_doc_error(doc, object, "%s names no colour", where);
    cJSON_ArrayForEach(at, object)
    {
        char here[WHERE_SIZE + 8];
        snprintf(here, sizeof(here), "%s.%.5s", where, at->string);
        if (strcmp(at->string, "256") == 0)
            ok = read_number(doc, at, here, 256, &c->at256) && ok;
        else if (strcmp(at->string, "16") == 0)
            ok = read_number(doc, at, here, 16, &c->at16) && ok;
        else if (strcmp(at->string, "8") == 0)
            ok = read_number(doc, at, here, 16, &c->at8) && ok;
        else if (strcmp(at->string, "rgb") == 0)
            ok = read_hex(doc, at, here, &c->rgb) && ok;
        else
            json_doc_warn_unknown(doc, at, "member", depth_name_at);
    }
    return ok;
}

static bool read_var(const struct draft *d, struct json_doc *doc, const cJSON *at,
                     const char *where, struct colour *c)
{
    for (size_t i = 0; i < d->n_vars; i++)
        if (strcmp(d->vars[i].name, at->valuestring + 1) == 0) {
            *c = d->vars[i].colour;
            return true;
        }
    json_doc_error(doc, at, "%s: there is no \"%.60s\" in vars", where, at->valuestring + 1);
    return false;
}

static bool read_colour(const struct draft *d, struct json_doc *doc, const cJSON *at,
                        const char *where, struct colour *out)
{
    struct colour c = {COLOUR_UNKNOWN, COLOUR_UNKNOWN, COLOUR_UNKNOWN, COLOUR_UNKNOWN};
    bool ok = true;
    if (cJSON_IsObject(at)) {
        ok = read_depths(doc, at, where, &c);
    } else if (!cJSON_IsString(at)) {
        json_doc_error(doc, at, "%s must be a colour, as in \"blue\" or \"#56B4E9\"", where);
        ok = false;
    } else if (at->valuestring[0] == '$') {
        ok = read_var(d, doc, at, where, &c);
    } else if (at->valuestring[0] == '#') {
        c.rgb = colour_by_hex(at->valuestring);
        ok = c.rgb != COLOUR_UNKNOWN || fail_colour(doc, at, where);
    } else {
        c.at256 = c.at16 = colour_by_name(at->valuestring);
        ok = c.at16 != COLOUR_UNKNOWN || fail_colour(doc, at, where);
    }
    if (!ok)
        return false;
    colour_complete(&c);
    *out = c;
    return true;
}

/* ---- vars --------------------------------------------------------------------------------- */

/* The place of a var: that of the same name in what is extended, or a new one; NULL: no room. */
static struct draft_var *var_place(struct draft *d, const char *name)
{
    for (size_t i = 0; i < d->n_vars; i++)
        if (strcmp(d->vars[i].name, name) == 0)
            return &d->vars[i];
    if (d->n_vars == THEME_MAX_VARS || !text_copy(d->vars[d->n_vars].name, THEME_NAME, name))
        return NULL;
    return &d->vars[d->n_vars++];
}

bool draft_read_vars(struct draft *d, struct json_doc *doc, const cJSON *vars)
{
    const cJSON *at;
    bool ok = true;
    if (vars && !cJSON_IsObject(vars)) {
        json_doc_error(doc, vars, "vars must be an object: { \"name\": colour }");
        return false;
    }
    cJSON_ArrayForEach(at, vars)
    {
        char where[WHERE_SIZE];
        struct colour c;
        snprintf(where, sizeof(where), "vars.%.60s", at->string);
        if (!at->string[0] || strlen(at->string) >= THEME_NAME) {
            json_doc_error(doc, at, "the name of a var must have 1 to %d bytes", THEME_NAME - 1);
            ok = false;
            continue;
        }
        if (!read_colour(d, doc, at, where, &c)) {
            ok = false;
            continue;
        }
        struct draft_var *place = var_place(d, at->string);
        if (place)
            place->colour = c;
        else
            json_doc_error(doc, at, "there are more than %d vars", THEME_MAX_VARS);
        ok = ok && place;
    }
    return ok;
}

/* ---- roles -------------------------------------------------------------------------------- */

static bool read_attribute(struct json_doc *doc, const cJSON *at, const char *where,
                           struct draft_style *s, bool *is_known)
{
    for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
        if (strcmp(at->string, attributes[i].name) != 0)
            continue;
        *is_known = true;
        if (!cJSON_IsBool(at)) {
            json_doc_error(doc, at, "%s must be true or false", where);
            return false;
        }
        s->attributes &= ~attributes[i].bit;
        s->attributes |= cJSON_IsTrue(at) ? attributes[i].bit : 0;
    }
    return true;
}

static bool read_role(const struct draft *d, struct json_doc *doc, const cJSON *role,
                      struct draft_style *s)
{
    const cJSON *at;
    bool ok = true;
    cJSON_ArrayForEach(at, role)
    {
        char where[WHERE_SIZE];
        bool is_known = false;
        snprintf(where, sizeof(where), "roles.%s.%.60s", role->string, at->string);
        if (strcmp(at->string, "fg") == 0) {
            s->has_fg = is_known = true;
            ok = read_colour(d, doc, at, where, &s->fg) && ok;
        } else if (strcmp(at->string, "bg") == 0) {
            s->has_bg = is_known = true;
            ok = read_colour(d, doc, at, where, &s->bg) && ok;
        } else {
            ok = read_attribute(doc, at, where, s, &is_known) && ok;
        }
        if (!is_known)
            json_doc_warn_unknown(doc, at, "member", style_member_at);
    }
    return ok;
}

bool draft_read_roles(struct draft *d, struct json_doc *doc, const cJSON *roles)
{
    const cJSON *at;
    bool ok = true;
    if (roles && !cJSON_IsObject(roles)) {
        json_doc_error(doc, roles, "roles must be an object: { \"ok\": { \"fg\": \"blue\" } }");
        return false;
    }
    cJSON_ArrayForEach(at, roles)
    {
        int r = 0;
        while (r < ROLE_COUNT && strcmp(role_name((enum role)r), at->string) != 0)
            r++;
        if (r == ROLE_COUNT) {
            json_doc_warn_unknown(doc, at, "role", role_name_at);
        } else if (!cJSON_IsObject(at)) {
            json_doc_error(doc, at, "roles.%s must be an object: { \"fg\": \"blue\" }", at->string);
            ok = false;
        } else {
            d->styles[r].at = at;
            ok = read_role(d, doc, at, &d->styles[r]) && ok;
        }
    }
    return ok;
}
