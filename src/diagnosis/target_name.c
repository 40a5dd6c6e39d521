/*
 * target_name.c - the name of the site: by which it is judged, whether it is one of the public
 * Internet, and its twin with www. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "context.h"
#include "whytls/text.h"

/* Who names the site by --servername and types no name but a place where it is tried. */
static bool is_tried_elsewhere(const struct target *t)
{
    return t->server_name_set && t->server_name[0] &&
           (t->is_address || text_equal_nocase(t->ascii, "localhost"));
}

const char *target_name(const struct target *t)
{
    return is_tried_elsewhere(t) ? t->server_name : t->ascii;
}

const char *analysis_name(const struct analysis *r)
{
    return target_name(&r->ev->target);
}

bool analysis_name_is_address(const struct analysis *r)
{
    return r->ev->target.is_address && !is_tried_elsewhere(&r->ev->target);
}

/* Names that are not of the public Internet: RFC 6761, RFC 6762, RFC 8375, and common habit. */
static const char *const inside_suffixes[] = {
    ".local",     ".internal", ".intranet", ".lan",       ".home",        ".corp",   ".private",
    ".localhost", ".test",     ".invalid",  ".home.arpa", ".localdomain", ".domain",
};

bool target_is_public(const struct evidence *ev)
{
    const struct target *t = &ev->target;
    bool is_elsewhere = is_tried_elsewhere(t);
    const char *name = is_elsewhere ? t->server_name : t->ascii;
    if ((t->is_address && !is_elsewhere) || !strchr(name, '.'))
        return false;
    /* Only an address that the name itself gave says something about the name. */
    if (!t->is_practice && !t->connect_to[0] && !is_elsewhere && ev->resolution.n_addresses > 0 &&
        address_text_is_private(ev->resolution.addresses[0]))
        return false;
    for (size_t i = 0; i < sizeof(inside_suffixes) / sizeof(inside_suffixes[0]); i++)
        if (text_ends_nocase(name, inside_suffixes[i]))
            return false;
    return true;
}

bool name_toggle_www(const char *name, char *out, size_t out_size)
{
    if (!strchr(name, '.'))
        return false;
    if (text_starts_nocase(name, "www."))
        return text_copy(out, out_size, name + 4) && strchr(out, '.');
    return snprintf(out, out_size, "www.%s", name) < (int)out_size;
}
