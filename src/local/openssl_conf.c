/*
 * openssl_conf.c - reads OpenSSL's configuration format as config(5) describes it: sections,
 * comments, quotes, continued lines, $variables, .include of files and folders. Everything is
 * bounded: bytes, files, depth, entries, the length of a value. Uses libc and the bounded reader.
 * Fuzzed by fuzz_openssl_conf.
 * SPDX-License-Identifier: MIT
 */
#include "local/openssl_conf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "local/local_file.h"
#include "whytls/ascii.h"
#include "whytls/buf.h"
#include "whytls/file.h"
#include "whytls/reader.h"
#include "whytls/text.h"

enum {
    CONF_MAX_BYTES = 1 << 20, /* of all files together; and of all values */
    CONF_MAX_FILES = 64,
    CONF_MAX_DEPTH = 8,
    CONF_MAX_ENTRIES = 1024,
    CONF_MAX_LINE = 4096,
    CONF_MAX_VARIABLES = 4096,
    CONF_MAX_NAME = 128,
};

struct conf {
    struct conf_entry *entries;
    size_t n;
    size_t room;
    size_t bytes_left;  /* to read */
    size_t values_left; /* to store: $variables can make much of little */
    int files_left;
    int variables_left;
    int depth;
    bool is_cut;
    bool follows; /* .include */
    const char *file;
    char section[CONF_MAX_NAME];
};

/* ---- entries ---------------------------------------------------------------------------- */

static void entry_fini(struct conf_entry *e)
{
    free(e->section);
    free(e->name);
    free(e->value);
    free(e->file);
    memset(e, 0, sizeof(*e));
}

/* config(5): of a name that comes twice in a section, only the last stays. */
static void forget_earlier(struct conf *c, const char *section, const char *name)
{
    for (size_t i = 0; i < c->n; i++) {
        struct conf_entry *e = &c->entries[i];
        if (strcmp(e->name, name) == 0 && strcmp(e->section, section) == 0) {
            entry_fini(e);
            memmove(e, e + 1, (c->n - i - 1) * sizeof(*e));
            c->n--;
            return;
        }
    }
}

static bool has_room(struct conf *c)
{
    if (c->n < c->room)
        return true;
    size_t room = c->room ? c->room * 2 : 64;
    struct conf_entry *more =
        room <= CONF_MAX_ENTRIES ? realloc(c->entries, room * sizeof(*more)) : NULL;
    if (!more)
        return false;
    c->entries = more;
    c->room = room;
    return true;
}

static void add_entry(struct conf *c, const char *section, const char *name, const char *value,
                      const char *line)
{
    forget_earlier(c, section, name);
    size_t size = strlen(value) + 1;
    if (size > c->values_left || !has_room(c)) {
        c->is_cut = true;
        return;
    }
    struct conf_entry e = {
        .section = strdup(section),
        .name = strdup(name),
        .value = strdup(value),
        .file = strdup(c->file),
    };
    text_clean_str_marked(e.line, sizeof(e.line), line);
    if (!e.section || !e.name || !e.value || !e.file) {
        entry_fini(&e);
        c->is_cut = true;
        return;
    }
    c->values_left -= size;
    c->entries[c->n++] = e;
}

const char *conf_value(const struct conf *c, const char *section, const char *name)
{
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->entries[i].name, name) == 0 && strcmp(c->entries[i].section, section) == 0)
            return c->entries[i].value;
    return NULL;
}

const struct conf_entry *conf_next(const struct conf *c, const char *section,
                                   const struct conf_entry *after)
{
    for (size_t i = after ? (size_t)(after - c->entries) + 1 : 0; i < c->n; i++)
        if (strcmp(c->entries[i].section, section) == 0)
            return &c->entries[i];
    return NULL;
}

/* ---- values ----------------------------------------------------------------------------- */

static bool is_name_char(char c)
{
    return ascii_isalnum(c) || c == '_';
}

/* Copies a name of letters, digits and _ and moves on; what does not fit is left out. */
static const char *take_name(const char *at, char name[CONF_MAX_NAME])
{
    size_t n = 0;
    for (; is_name_char(*at); at++)
        if (n + 1 < CONF_MAX_NAME)
            name[n++] = *at;
    name[n] = '\0';
    return at;
}

static const char *variable_value(const struct conf *c, const char *section, const char *name)
{
    if (strcmp(section, "ENV") == 0)
        return getenv(name);
    const char *value = conf_value(c, section, name);
    return value ? value : conf_value(c, "default", name);
}

/* at is behind "$": name, section::name, and either in {} or (). Returns what follows it. */
static const char *put_variable(struct conf *c, const char *at, const char *section,
                                struct buf *out)
{
    char first[CONF_MAX_NAME], second[CONF_MAX_NAME];
    char closing = *at == '{' ? '}' : *at == '(' ? ')' : '\0';
    at = take_name(closing ? at + 1 : at, first);
    bool has_section = at[0] == ':' && at[1] == ':';
    if (has_section)
        at = take_name(at + 2, second);
    if (closing && *at == closing)
        at++;
    if (c->variables_left-- <= 0) {
        c->is_cut = true;
        out->failed = true;
        return at;
    }
    const char *value =
        has_section ? variable_value(c, first, second) : variable_value(c, section, first);
    if (value)
        buf_puts(out, value);
    return at;
}

static char escaped(char c)
{
    static const char from[] = "rnbt", to[] = "\r\n\b\t";
    const char *found = c ? strchr(from, c) : NULL;
    return found ? to[found - from] : c;
}

/* Takes quotes and escapes out and puts variables in; a doubled quote stands for itself. */
/* What stands in quotes, as it is; `at` is the first of them. Returns what follows. */
static const char *put_quoted(const char *at, struct buf *out)
{
    char quote = *at++;
    for (; *at && *at != quote; at++) {
        if (*at == '\\' && at[1])
            at++;
        buf_put(out, at, 1);
    }
    return at + (*at != '\0');
}

static void expand(struct conf *c, const char *at, const char *section, struct buf *out)
{
    while (*at && !out->failed) {
        if (*at == '"' || *at == '\'' || *at == '`') {
            at = put_quoted(at, out);
        } else if (*at == '\\' && at[1]) {
            char plain = escaped(at[1]);
            buf_put(out, &plain, 1);
            at += 2;
        } else if (*at == '$') {
            at = put_variable(c, at + 1, section, out);
        } else {
            buf_put(out, at++, 1);
        }
    }
}

/* ---- lines ------------------------------------------------------------------------------ */

static void trim(char *s)
{
    size_t n = strlen(s), skip = 0;
    while (n > 0 && ascii_isspace(s[n - 1]))
        n--;
    while (skip < n && ascii_isspace(s[skip]))
        skip++;
    memmove(s, s + skip, n - skip);
    s[n - skip] = '\0';
}

/* Ends the line where a comment begins: a # that is neither quoted nor escaped. */
static void cut_comment(char *s)
{
    char quote = '\0';
    for (; *s; s++) {
        if (*s == '\\' && s[1])
            s++;
        else if (quote)
            quote = *s == quote ? '\0' : quote;
        else if (*s == '"' || *s == '\'' || *s == '`')
            quote = *s;
        else if (*s == '#')
            *s-- = '\0';
    }
}

static void read_file(struct conf *c, const char *file);

static void include_if_conf(void *ctx, const char *path)
{
    if (text_ends_nocase(path, ".cnf") || text_ends_nocase(path, ".conf"))
        read_file(ctx, path);
}

/* A file that is not there is passed over, as OpenSSL does. */
static void take_include(struct conf *c, char *rest)
{
    struct buf path;
    struct stat st;
    trim(rest);
    if (*rest == '=')
        rest++;
    trim(rest);
    if (!c->follows)
        return;
    buf_init(&path, CONF_MAX_LINE);
    const char *below = getenv("OPENSSL_CONF_INCLUDE");
    if (*rest != '/' && below)
        buf_printf(&path, "%s/", below);
    expand(c, rest, c->section, &path);
    const char *name = buf_text(&path);
    c->is_cut = c->is_cut || path.failed;
    if (stat(name, &st) == 0) {
        if (S_ISDIR(st.st_mode))
            c->is_cut = !local_file_walk(name, 0, include_if_conf, c) || c->is_cut;
        else
            read_file(c, name);
    }
    buf_fini(&path);
}

static void take_section(struct conf *c, char *line)
{
    char *end = strchr(line, ']');
    if (!end)
        return;
    *end = '\0';
    trim(line + 1);
    if (!text_copy(c->section, sizeof(c->section), line + 1)) {
        c->section[0] = '\0'; /* a name that was cut may be another section's */
        c->is_cut = true;
    }
}

static void take_assignment(struct conf *c, char *line, const char *raw)
{
    char *equals = strchr(line, '=');
    struct buf value;
    if (!equals)
        return;
    *equals = '\0';
    trim(line);
    trim(equals + 1);
    char *name = strstr(line, "::");
    const char *section = name ? line : c->section;
    if (name) {
        *name = '\0';
        name += 2;
    }
    buf_init(&value, CONF_MAX_LINE);
    expand(c, equals + 1, section, &value);
    if (value.failed)
        c->is_cut = true;
    else
        add_entry(c, section, name ? name : line, buf_text(&value), raw);
    buf_fini(&value);
}

/* line: whole, changed here. raw: its first physical line. */
static void take_line(struct conf *c, char *line, const char *raw)
{
    static const char include[] = ".include", pragma[] = ".pragma";
    cut_comment(line);
    trim(line);
    if (*line == '[')
        take_section(c, line);
    else if (strncmp(line, include, sizeof(include) - 1) == 0)
        take_include(c, line + sizeof(include) - 1);
    else if (*line && strncmp(line, pragma, sizeof(pragma) - 1) != 0)
        take_assignment(c, line, raw);
}

/* ---- files ------------------------------------------------------------------------------ */

/* True where the line ends in a backslash that is not escaped itself. */
static bool is_continued(const char *line, size_t n)
{
    size_t slashes = 0;
    while (slashes < n && line[n - 1 - slashes] == '\\')
        slashes++;
    return slashes % 2 == 1;
}

/* One line, those joined that a backslash at the end continues; false at the end of the text. */
static bool next_line(struct reader *r, struct buf *whole, struct buf *raw)
{
    const char *at;
    size_t n;
    bool is_any = false, is_more = true;
    while (is_more && reader_line(r, &at, &n)) {
        is_more = is_continued(at, n);
        buf_put(whole, at, is_more ? n - 1 : n);
        if (!is_any)
            buf_put(raw, at, n);
        is_any = true;
    }
    return is_any;
}

static void parse(struct conf *c, const void *text, size_t n)
{
    struct reader r = reader_of(text, n);
    bool is_more = true;
    while (is_more) {
        struct buf whole, raw;
        buf_init(&whole, CONF_MAX_LINE);
        buf_init(&raw, CONF_MAX_LINE);
        is_more = next_line(&r, &whole, &raw);
        if (whole.failed)
            c->is_cut = true;
        else if (whole.data) {
            if (raw.data)
                trim(raw.data);
            take_line(c, whole.data, buf_text(&raw));
        }
        buf_fini(&whole);
        buf_fini(&raw);
    }
}

static void read_file(struct conf *c, const char *file)
{
    size_t n = 0;
    if (c->depth >= CONF_MAX_DEPTH || c->files_left <= 0) {
        c->is_cut = true;
        return;
    }
    char *text = file_bytes(file, c->bytes_left, &n, NULL);
    c->is_cut = c->is_cut || (!text && errno == ENOMEM);
    if (!text)
        return;
    const char *outer = c->file;
    c->files_left--;
    c->bytes_left -= n;
    c->depth++;
    c->file = file;
    parse(c, text, n);
    c->file = outer;
    c->depth--;
    free(text);
}

static struct conf *conf_new(void)
{
    struct conf *c = calloc(1, sizeof(*c));
    if (!c)
        return NULL;
    c->bytes_left = c->values_left = CONF_MAX_BYTES;
    c->files_left = CONF_MAX_FILES;
    c->files_left = CONF_MAX_FILES;
    c->variables_left = CONF_MAX_VARIABLES;
    c->file = "";
    TEXT_SET(c->section, "default");
    return c;
}

struct conf *conf_read(const char *file)
{
    struct conf *c = conf_new();
    if (!c)
        return NULL;
    c->follows = true;
    read_file(c, file);
    if (c->files_left == CONF_MAX_FILES) { /* not even the first could be read */
        int saved = errno;
        conf_free(c);
        errno = saved;
        return NULL;
    }
    return c;
}

struct conf *conf_parse(const void *text, size_t n)
{
    struct conf *c = conf_new();
    if (c)
        parse(c, text, n);
    return c;
}

void conf_free(struct conf *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n; i++)
        entry_fini(&c->entries[i]);
    free(c->entries);
    free(c);
}

bool conf_is_cut(const struct conf *c)
{
    return c->is_cut;
}
