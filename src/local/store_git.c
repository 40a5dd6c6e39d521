/*
 * store_git.c - which file of authorities git was told to use. Only the setting for all sites is
 * read, not those for single addresses ([http "https://..."]). Uses libc only. Fuzzed by fuzz_git.
 * SPDX-License-Identifier: MIT
 */
#include "local/local_stores.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "whytls/file.h"
#include "whytls/reader.h"
#include "whytls/text.h"

enum { GIT_MAX_BYTES = 1 << 20 };

/* Cuts spaces at both ends off, and a pair of quotes. */
static char *trim(char *text)
{
    text += strspn(text, " \t");
    size_t n = strlen(text);
    while (n > 0 && strchr(" \t\r", text[n - 1]))
        text[--n] = '\0';
    if (n >= 2 && text[0] == '"' && text[n - 1] == '"') {
        text[n - 1] = '\0';
        text++;
    }
    return text;
}

/* A line of the section [http]; true where it sets the file. */
static bool read_setting(char *line, char *out)
{
    char *equals = strchr(line, '=');
    if (!equals)
        return false;
    *equals = '\0';
    return text_equal_nocase(trim(line), "sslcainfo") && text_copy(out, PATH_MAX, trim(equals + 1));
}

bool store_read_git(const char *text, size_t size, char out[PATH_MAX])
{
    size_t n = 0;
    const char *at = NULL;
    bool is_http = false, found = false;
    struct reader r = reader_of(text, size);
    while (reader_line(&r, &at, &n)) {
        char line[PATH_MAX + 64];
        snprintf(line, sizeof(line), "%.*s", (int)(n < sizeof(line) ? n : 0), at);
        char *words = trim(line);
        if (words[0] == '[')
            is_http = text_equal_nocase(words, "[http]");
        else if (is_http && words[0] != '#' && words[0] != ';')
            found = read_setting(words, out) || found;
    }
    return found && out[0];
}

static bool read_config(const char *file, char out[PATH_MAX], bool *no_memory)
{
    size_t n = 0;
    char *text = file_bytes(file, GIT_MAX_BYTES, &n, NULL);
    bool found = text && store_read_git(text, n, out);
    *no_memory = *no_memory || (!text && errno == ENOMEM);
    free(text);
    return found;
}

bool store_find_git(const struct store_places *p, char out[PATH_MAX], bool *no_memory)
{
    static const char *const files[] = {"~/.gitconfig", "~/.config/git/config", "/etc/gitconfig"};
    char set[PATH_MAX] = "", file[PATH_MAX];
    const char *from_variable = p->variable("GIT_SSL_CAINFO");
    if (from_variable && *from_variable)
        return store_expand(p, from_variable, out);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        if (store_expand(p, files[i], file) && read_config(file, set, no_memory))
            return store_expand(p, set, out);
    return false;
}
