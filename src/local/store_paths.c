/*
 * store_paths.c - where a program's list may lie: paths with "~/" and "$NAME/" made whole, and made
 * fit to be shown. Pure but for the places that it is given.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "local/local_stores.h"
#include "whytls/text.h"

bool store_expand(const struct store_places *p, const char *path, char out[PATH_MAX])
{
    int n = -1;
    if (path[0] == '/')
        n = snprintf(out, PATH_MAX, "%s%s", p->root, path);
    else if (path[0] == '~' && path[1] == '/' && p->home[0])
        n = snprintf(out, PATH_MAX, "%s%s%s", p->root, p->home, path + 1);
    return n > 0 && n < PATH_MAX;
}

bool store_expand_variable(const struct store_places *p, const char *path, char out[PATH_MAX])
{
    char name[64], whole[PATH_MAX];
    if (path[0] != '$')
        return store_expand(p, path, out);
    size_t n = strcspn(path + 1, "/");
    snprintf(name, sizeof(name), "%.*s", (int)n, path + 1);
    const char *value = p->variable(name);
    return value && *value &&
           snprintf(whole, sizeof(whole), "%s%s", value, path + 1 + n) < (int)sizeof(whole) &&
           store_expand(p, whole, out);
}

void store_show_path(const struct store_places *p, const char *path, char *out, size_t out_size)
{
    char shown[PATH_MAX];
    size_t home = strlen(p->home);
    const char *rest = path + strlen(p->root);
    if (home > 1 && strncmp(rest, p->home, home) == 0 && rest[home] == '/')
        snprintf(shown, sizeof(shown), "~%.*s", PATH_MAX - 2, rest + home);
    else
        text_copy_cut(shown, sizeof(shown), rest);
    text_clean_str_marked(out, out_size, shown);
}
